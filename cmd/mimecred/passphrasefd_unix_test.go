//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestPassphraseDescriptor: a descriptor that the program was started with gives the passphrase; every other number is refused, also
// those on which Go's runtime has files of its own. A file that others may read is warned of, and what it has is asked for once.
func TestPassphraseDescriptor(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	running := startedSimulator(t)
	from := readyNamed(t, running, "oauth-ok").From
	write := func(name, text string, mode os.FileMode) string {
		t.Helper()
		path := filepath.Join(p.home, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("from.json", asJSON(t, from), 0o600)
	good, open := write("good", "correct horse\n", 0o600), write("open", "correct horse\n", 0o644)
	run := func(redirect string, args ...string) (errs string, code int) {
		t.Helper()
		cmd := p.command(t, args...)
		if redirect != "" {
			f, err := os.Open(redirect)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			cmd.ExtraFiles = []*os.File{f}
		}
		var said bytes.Buffer
		cmd.Stderr = &said
		code = exitOf(t, cmd.Run())
		return said.String(), code
	}
	setUp := func(fd int) []string {
		return []string{"setup", "--store", "file", "--from", "from.json", "--passphrase-fd", strconv.Itoa(fd)}
	}
	for fd := 3; fd < 12; fd++ {
		if inherited(fd) {
			continue // whoever runs the tests left it open, so that the program has it, too
		}
		errs, code := run("", setUp(fd)...)
		if code != exitUsage || !strings.Contains(errs, "is no open descriptor") || !strings.Contains(errs, "hint: ") {
			t.Errorf("descriptor %d without a redirect: exit %d, %s", fd, code, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(p.home, "config", "mimecred", "credentials")); err == nil {
		t.Fatal("a store was made all the same")
	}
	if errs, code := run(good, setUp(3)...); code != exitDone || strings.Contains(errs, "others may read") {
		t.Fatalf("set up: exit %d, %s", code, errs)
	}
	get := []string{"get", "oauth-ok", "client_secret", "--passphrase-fd", "3"}
	if errs, code := run(open, get...); code != exitDone || strings.Count(errs, "others may read descriptor 3") != 1 {
		t.Errorf("open to others: exit %d, %s", code, errs)
	}
}
