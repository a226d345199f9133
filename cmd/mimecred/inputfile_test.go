//go:build !windows

package main

import (
	"maps"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestInputsThatAreNoFile names, as every input file of the command line and of a profile, what is no file: nothing hangs,
// and what it is is said. A pipe that somebody writes to is read.
func TestInputsThatAreNoFile(t *testing.T) {
	d := newDesk(t)
	from := maps.Clone(readyNamed(t, d.sim, "oauth-ok").From)
	from["profile"] = "acme"
	d.ends(exitDone, asJSON(t, from), "setup", "--from", "-", "-q")
	dir := t.TempDir()
	pipe, loop := filepath.Join(dir, "pipe"), filepath.Join(dir, "loop")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	d.ends(exitUsage, "", "check", "--from", dir).says(t, "a folder")
	d.ends(exitUsage, "", "check", "--from", loop).says(t, "symbolic links")
	d.ends(exitUsage, "", "check", "--from", "/dev/zero").says(t, "is larger than 1 MiB")
	d.ends(exitUsage, "", "api", "acme", "POST", "/x", "-d", "@"+dir).says(t, "a folder")
	d.ends(exitUsage, "", "api", "acme", "POST", "/x", "-d", "@/dev/zero").says(t, "is larger than 10 MiB")
	d.ends(exitUsage, "", "list", "--log", pipe).says(t, "open the file of --log")
	for path, what := range map[string]string{pipe: "a named pipe", dir: "a folder", "/dev/zero": "a device", loop: "symbolic links"} {
		with := maps.Clone(from)
		with["ca_file"] = path
		d.ends(exitUsage, asJSON(t, with), "check", "--from", "-").says(t, what)
	}
	go func() {
		if f, err := os.OpenFile(pipe, os.O_WRONLY, 0); err == nil {
			_, _ = f.WriteString(asJSON(t, from))
			_ = f.Close()
		}
	}()
	d.ends(exitDone, "", "check", "--from", pipe)
}
