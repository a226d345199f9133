package main

import (
	"errors"
	"maps"
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

// TestFullDiskForEveryCommand lets the disk be full from every write on, for every command that changes a profile. What is
// done in the store is never told as a failure, and what is not done is never told as done.
func TestFullDiskForEveryCommand(t *testing.T) {
	for name, command := range map[string][]string{
		"delete": {"delete", "acme", "--yes"}, "retire": {"retire", "acme", "--yes"}, "retire here": {"retire", "acme", "--here"},
		"edit": {"edit", "acme", "--rotate-after", "30d"}, "rename": {"rename", "acme", "other"}, "rollback": {"rollback", "acme"},
		"check": {"check", "acme"},
	} {
		t.Run(name, func(t *testing.T) {
			warned := false
			for from := 1; ; from++ {
				files := &fullDisk{}
				d := newDesk(t)
				d.files = files
				first := d.setUp("oauth-ok", nil)
				second := maps.Clone(first)
				maps.Copy(second, d.pair(nil, nil))
				delete(second, "integration")
				d.run(asJSON(t, second), "rotate", "acme", "--from", "-", "-q", "--anyway")
				before := d.stored()
				files.n, files.from = 0, from
				got := d.run("", command...)
				writes := files.n
				files.from = 0
				changed := d.stored() != before
				if changed && (got.code == exitStore || strings.Contains(got.err, "Could not") || strings.Contains(got.err, "unharmed")) {
					t.Errorf("full from write %d on: it was done, and exit %d says\n%s", from, got.code, got.err)
				}
				if !changed && got.code == exitDone && name != "check" {
					t.Errorf("full from write %d on: it was not done, and exit 0 says\n%s", from, got.err)
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
