package main

import (
	"os"
	"testing"
)

// TestTheCommandAloneIsTheOneOfTheTree: a command line that begins with a command builds nothing but that one. A flag before it
// has the whole tree built, and nobody sees a difference.
func TestTheCommandAloneIsTheOneOfTheTree(t *testing.T) {
	t.Parallel()
	for _, m := range makers() {
		cmd := m.make(newApp(streams{}, os.Getenv))
		if cmd.Name() != m.name {
			t.Errorf("the command that is made for %s is called %s", m.name, cmd.Name())
		}
		for _, given := range []string{"--help", "-h", "--nonsense", "-o", "--store=nowhere"} {
			alone, inTree := call(t, nil, "", m.name, given), call(t, nil, "", "-q", m.name, given)
			if alone != inTree {
				t.Errorf("mimecred %s %s: %+v\nin the whole tree: %+v", m.name, given, alone, inTree)
			}
		}
	}
}

// TestVersionAloneIsTheFlag: the short way of --version ends as that of every other flag, whatever stands in the environment
// and whoever reads.
func TestVersionAloneIsTheFlag(t *testing.T) {
	t.Parallel()
	for _, store := range []string{"", "memory", "nowhere"} {
		p := newProgram(t, "MIMECRED_STORE="+store)
		want := p.run(t, "", "--version", "--no-color")
		for _, flag := range []string{"--version", "-v"} {
			if got := p.run(t, "", flag); got != want {
				t.Errorf("%s with the store %q: %+v, want %+v", flag, store, got, want)
			}
		}
		for _, args := range [][]string{{"--version"}, {"--version", "--no-color"}} {
			if code := p.unread(t, args...); code != want.code {
				t.Errorf("%v with the store %q ends with %d where nobody reads, want %d", args, store, code, want.code)
			}
		}
	}
}

// unread runs a command line into a pipe that nobody reads and gives the exit code.
func (p program) unread(t *testing.T, args ...string) int {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	defer w.Close()
	cmd := p.command(t, args...)
	cmd.Stdout = w
	return exitOf(t, cmd.Run())
}
