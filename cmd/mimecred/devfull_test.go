package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

const devFull = "/dev/full"

// full opens a file whose every write fails, as on a full disk.
func full(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile(devFull, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("this system has no %s: Linux has", devFull)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// intoFull runs a command line whose standard output is full.
func (p program) intoFull(t *testing.T, in string, args ...string) called {
	t.Helper()
	cmd := p.command(t, args...)
	var errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), full(t), &errs
	return called{code: exitOf(t, cmd.Run()), err: errs.String()}
}

// wantUnwritten wants that a failed write was told, once, and that the program did not end as if all was well.
func (c called) wantUnwritten(t *testing.T, what string) {
	t.Helper()
	if n := strings.Count(c.err, "no space left on device"); c.code == exitDone || c.code == exitNoReader || n != 1 || !strings.Contains(c.err, what) {
		t.Errorf("exit %d, told %d times:\n%s", c.code, n, c.err)
	}
}

// TestFullOutputIsTold runs every command that prints into a full standard output, as text and as JSON. What was to be changed
// is changed all the same.
func TestFullOutputIsTold(t *testing.T) {
	t.Parallel()
	full(t)
	for name, before := range map[string]func(o *office){
		"list": (*office).setUp, "list -o json": (*office).setUp, "show acme": (*office).setUp, "show acme -o json": (*office).setUp,
		"get acme client_id": (*office).setUp, "get acme client_secret": (*office).setUp, "": (*office).setUp,
		"check acme": (*office).setUp, "check acme -o json": (*office).setUp, "check --all": (*office).setUp, "check --all -o json": (*office).setUp,
		"token acme": (*office).setUp, "token acme -o json": (*office).setUp, "api acme GET /identity/whoami": (*office).setUp,
		"export acme -f env": (*office).setUp, "export acme -f json": (*office).setUp, "export acme -f yaml --file -": (*office).setUp,
		"handoff acme": (*office).setUp,
		"integrations": func(*office) {}, "integrations -o json": func(*office) {}, "version": func(*office) {}, "--version": func(*office) {}, "man": func(*office) {},
		"completion bash": func(*office) {}, "completion zsh": func(*office) {}, "completion fish": func(*office) {}, "completion powershell": func(*office) {},
		"completion": func(*office) {}, "__complete che": func(*office) {},
	} {
		t.Run("mimecred "+name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			before(o)
			o.intoFull(t, "", strings.Fields(name)...).wantUnwritten(t, "standard output")
		})
	}
	for _, c := range changingCommands() {
		for _, format := range []string{"", "json"} {
			if c.newest == nil {
				continue // it prints nothing on standard output
			}
			t.Run(c.name+" from a file "+format, func(t *testing.T) {
				t.Parallel()
				o := newOffice(t)
				c.before(o)
				args := c.args
				if format != "" {
					args = append(args[:len(args):len(args)], "-o", format)
				}
				o.intoFull(t, c.in(o), args...).wantUnwritten(t, "standard output")
				if !c.done(o) {
					t.Error("it was not done")
				}
			})
		}
	}
}

// TestFullLogIsTold: a trace that lacks something is told of, whatever the command.
func TestFullLogIsTold(t *testing.T) {
	t.Parallel()
	full(t)
	for _, c := range changingCommands() {
		if c.newest == nil {
			continue // it makes no call that could be traced
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			c.before(o)
			o.run(t, c.in(o), append([]string{"--log", devFull}, c.args...)...).wantUnwritten(t, "--log")
			if !c.done(o) {
				t.Error("it was not done")
			}
		})
	}
	t.Run("token", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		o.setUp()
		o.run(t, "", "token", "acme", "--log", devFull).wantUnwritten(t, "--log")
		o.run(t, "", "api", "acme", "GET", "/identity/whoami", "--log", devFull).wantUnwritten(t, "--log")
	})
}

// TestFullHelpIsTold asks every command for its help.
func TestFullHelpIsTold(t *testing.T) {
	t.Parallel()
	full(t)
	p := newProgram(t)
	for _, path := range commandPaths() {
		p.intoFull(t, "", append(strings.Fields(path), "--help")...).wantUnwritten(t, "standard output")
		p.intoFull(t, "", append([]string{"help"}, strings.Fields(path)...)...).wantUnwritten(t, "standard output")
	}
}

// commandPaths are the words of every command, "" for the program's own.
func commandPaths() []string {
	a := newApp(streams{}, func(string) string { return "" })
	var paths []string
	var add func(c *cobra.Command)
	add = func(c *cobra.Command) {
		paths = append(paths, strings.TrimSpace(strings.TrimPrefix(c.CommandPath(), "mimecred")))
		for _, sub := range c.Commands() {
			add(sub)
		}
	}
	add(newRootCmd(a))
	return paths
}
