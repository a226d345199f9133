package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDamagedListIsTold damages the list in several ways: as text and as JSON that is told on standard error, and every command
// that names a profile finds it in the keyring, which puts it back on the list.
func TestDamagedListIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.setUp()
	beta := maps.Clone(o.from)
	beta["profile"] = "beta"
	o.wants(exitDone, asJSON(t, beta), "setup", "--from", "-", "-q")
	dir := filepath.Join(o.home, "config", "mimecred")
	whole, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"nothing": {}, "garbage": []byte("\x00\x01{{"), "the first half": whole[:len(whole)/2], "all but the end": whole[:len(whole)-8],
		"a key less": bytes.Replace(whole, []byte(`"beta"`), nil, 1), "a brace more": append([]byte("{"), whole...),
	} {
		damage := func() {
			aside, _ := filepath.Glob(filepath.Join(dir, "index.damaged-*"))
			for _, path := range aside {
				_ = os.Remove(path)
			}
			if err := os.WriteFile(filepath.Join(dir, "index.json"), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range [][]string{{"list"}, {"list", "-o", "json"}, {"list", "-q"}, {"check", "--all"}, {"check", "--all", "-o", "json"}, {}} {
			damage()
			if got := o.run(t, "", "__complete", "show", ""); strings.Contains(got.err, "damaged") {
				t.Errorf("%s: completions say %s", name, got.err)
			}
			got := o.run(t, "", args...)
			if !strings.Contains(got.err, "warning: ") || !strings.Contains(got.err, "the file was damaged; it was kept as ") {
				t.Errorf("%s: mimecred %v: exit %d\n%s%s", name, args, got.code, got.out, got.err)
			}
			if len(args) == 3 && !json.Valid([]byte(got.out)) {
				t.Errorf("%s: mimecred %v printed %s", name, args, got.out)
			}
		}
		for _, line := range []string{"show beta", "show beta -o json", "check beta -q", "get beta client_id", "token beta", "export beta -f env", "edit beta --rotate-after 30d", "handoff beta"} {
			damage()
			o.wants(exitDone, "", strings.Fields(line)...)
			if list := o.wants(exitDone, "", "list", "-q").out; !strings.Contains(list, "beta") {
				t.Errorf("%s: after mimecred %s the list is %q", name, line, list)
			}
		}
		o.wants(exitUsage, "", "show", "betta")
	}
}
