package main

import (
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// saidAt is what a command line says on standard error, a terminal of that width; standard output is none.
func (p program) saidAt(t *testing.T, width uint16, args ...string) string {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: width}); err != nil {
		t.Fatal(err)
	}
	cmd := p.command(t, args...)
	cmd.Stderr = tty
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = tty.Close()
	said, _ := io.ReadAll(master) // Linux ends the reading of a terminal with an error
	_ = cmd.Wait()                // its exit code is not the point
	return strings.ReplaceAll(string(said), "\r\n", "\n")
}

// TestAdviceFitsTheTerminal: what is said on standard error is broken between words at the width of a terminal, loses nothing, and
// stays whole where there is none.
func TestAdviceFitsTheTerminal(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	for _, line := range []string{
		"setup --client-secret x", "export", "help nothing-like-it", "list --store keyrng", "check nobody", "get nobody client_id", "--log no/such/folder/log list",
		"list", "rotate acme --keep-previous soon", "simulate --scenario nothing-like-it", "integrations show nothing-like-it",
	} {
		args := strings.Fields(line)
		whole := p.run(t, "", args...).err
		if whole == "" {
			t.Errorf("mimecred %s says nothing", line)
		}
		for _, width := range []uint16{30, 60, 80, 200} {
			said := p.saidAt(t, width, args...)
			if strings.Join(strings.Fields(said), " ") != strings.Join(strings.Fields(whole), " ") {
				t.Errorf("mimecred %s at %d columns says %q, want the words of %q", line, width, said, whole)
			}
			for row := range strings.Lines(said) {
				row = strings.TrimSuffix(row, "\n")
				if words := strings.Fields(row); ansi.StringWidth(row) > int(width) && len(words) > 2 {
					t.Errorf("mimecred %s at %d columns: %q", line, width, row)
				}
			}
		}
	}
}

func TestAdvice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, want string
		width      int
	}{
		{"hint: one two three", "hint: one two three", 0},
		{"hint: one two three", "hint: one\n      two\n      three", 12},
		{"one two three", "one two\nthree", 9},
		{"short\nhint: one two three\n\nend", "short\nhint: one two\n      three\n\nend", 14},
		{"日本 日本 x", "日本 日本\nx", 9},
		{"unbreakable-word that", "unbreakable-word\nthat", 8},
	} {
		if got := advice(c.text, c.width); got != c.want {
			t.Errorf("%q at %d is %q, want %q", c.text, c.width, got, c.want)
		}
	}
}
