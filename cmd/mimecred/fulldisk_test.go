package main

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"mimecred/credstore"
)

// fullDisk fails every write of the files beside the store from the n-th on, counted from 1; 0 fails none.
type fullDisk struct {
	credstore.OSFiles
	n, from int
}

func (f *fullDisk) full() error {
	if f.n++; f.from > 0 && f.n >= f.from {
		return errors.New("no space left on device")
	}
	return nil
}

func (f *fullDisk) Replace(path string, text []byte) error {
	if err := f.full(); err != nil {
		return err
	}
	return f.OSFiles.Replace(path, text)
}

func (f *fullDisk) Remove(path string) error {
	if err := f.full(); err != nil {
		return err
	}
	return f.OSFiles.Remove(path)
}

// onFullDisk is a command that changes a profile, and what is there before it.
type onFullDisk struct {
	args   []string
	before func(d *desk) (in string)
}

func commandsOnFullDisk(t *testing.T) map[string]onFullDisk {
	// rotated has acme with a previous version, and a pair that is to follow.
	rotated := func(d *desk) string {
		first := d.setUp("oauth-ok", nil)
		second := maps.Clone(first)
		maps.Copy(second, d.pair(everything()))
		delete(second, "integration")
		d.ends(exitDone, asJSON(t, second), "rotate", "acme", "--from", "-", "-q", "--anyway")
		maps.Copy(second, d.pair(everything()))
		return asJSON(t, second)
	}
	quiet := func(d *desk) string { rotated(d); return "" }
	return map[string]onFullDisk{
		"delete": {[]string{"delete", "acme", "--yes"}, quiet}, "retire": {[]string{"retire", "acme", "--yes"}, quiet},
		"retire here": {[]string{"retire", "acme", "--here"}, quiet}, "edit": {[]string{"edit", "acme", "--rotate-after", "30d"}, quiet},
		"rename": {[]string{"rename", "acme", "other"}, quiet}, "rollback": {[]string{"rollback", "acme"}, quiet}, "check": {[]string{"check", "acme"}, quiet},
		"setup": {[]string{"setup", "--from", "-"}, func(d *desk) string {
			from := maps.Clone(readyNamed(t, d.sim, "oauth-ok").From)
			from["profile"] = "acme"
			return asJSON(t, from)
		}},
		"setup as JSON": {[]string{"setup", "--from", "-", "-o", "json"}, func(d *desk) string {
			from := maps.Clone(readyNamed(t, d.sim, "legacy-ok").From)
			from["profile"] = "acme"
			return asJSON(t, from)
		}},
		"rotate":         {[]string{"rotate", "acme", "--from", "-"}, rotated},
		"rotate for two": {[]string{"rotate", "acme", "--from", "-", "--retire", "-o", "json"}, rotated},
		"rotate keys": {[]string{"rotate", "acme", "--from", "-", "--retire"}, func(d *desk) string {
			d.setUp("legacy-ok", nil)
			return asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
		}},
	}
}

// ends looks at a rotation that was to log the old key out, and tells whether it did what it could without that: the new keys
// are current, the old ones are kept and still valid, and the command that is told ends them once there is room.
func (c onFullDisk) ends(t *testing.T, d *desk, got called) bool {
	t.Helper()
	r := d.record()
	if !slices.Contains(c.args, "--retire") || got.code != exitStore || r.Previous == nil || r.Pending != nil || countPath(d.sim, logOutPath) > 0 {
		return false
	}
	got.says(t, "the new version is current", "hint: mimecred retire acme logs the previous key out later")
	d.ends(exitDone, "", "retire", "acme", "--yes").says(t, "logged out at Mimecast")
	d.wantFinished()
	return true
}

// TestFullDiskForEveryCommand lets the disk be full from every write on, for every command that changes a profile. What is
// done in the store is never told as a failure, and what is not done is never told as done.
func TestFullDiskForEveryCommand(t *testing.T) {
	for name, c := range commandsOnFullDisk(t) {
		t.Run(name, func(t *testing.T) {
			warned := false
			for from := 1; ; from++ {
				files := &fullDisk{}
				d := newDesk(t)
				d.files = files
				in := c.before(d)
				before, active := d.stored(), d.versions()[0]
				files.n, files.from = 0, from
				got := d.run(in, c.args...)
				writes := files.n
				files.from = 0
				changed := d.stored() != before
				if in != "" {
					changed = d.versions()[0] != active // what waits only is not done
				}
				if changed && c.ends(t, d, got) {
					continue // the change is done and told of; the old key is kept, since nothing could be noted before its end
				}
				if changed && (got.code == exitStore || strings.Contains(got.err, "Could not") || strings.Contains(got.err, "unharmed")) {
					t.Errorf("full from write %d on: it was done, and exit %d says\n%s", from, got.code, got.err)
				}
				if !changed && got.code == exitDone && name != "check" {
					t.Errorf("full from write %d on: it was not done, and exit 0 says\n%s", from, got.err)
				}
				if changed && in != "" {
					d.ends(exitDone, "", "rotate", "acme", "--resume") // what was left noted is put right
					d.wantFinished()
				}
				warned = warned || strings.Contains(got.err, "warning:") && strings.Contains(got.err, "could not be written: no space left")
				if writes < from {
					break
				}
			}
			if !warned {
				t.Error("no run warned that the list could not be written")
			}
		})
	}
}

// stored is everything that the store has of the test's names.
func (d *desk) stored() string {
	d.t.Helper()
	var all strings.Builder
	for _, name := range []string{"acme", "other"} {
		item, err := d.inner.Get(d.t.Context(), name)
		if err != nil && credstore.KindOf(err) != credstore.NotFound {
			d.t.Fatal(err)
		}
		all.WriteString(name + string(item) + "\n")
	}
	return all.String()
}
