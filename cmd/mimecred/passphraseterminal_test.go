package main

import (
	"bufio"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestPassphraseOnTheTerminal: a command asks for the passphrase without showing it, again when it was wrong, and gives the
// terminal back as it was.
func TestPassphraseOnTheTerminal(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	running := startedSimulator(t)
	from := readyNamed(t, running, "oauth-ok").From
	if err := os.WriteFile(filepath.Join(p.home, "from.json"), []byte(asJSON(t, from)), 0o600); err != nil {
		t.Fatal(err)
	}
	second := maps.Clone(from)
	second["profile"] = "second"
	if err := os.WriteFile(filepath.Join(p.home, "second.json"), []byte(asJSON(t, second)), 0o600); err != nil {
		t.Fatal(err)
	}
	const passphrase = "correct horse battery"
	talk := func(args []string, answers ...string) (said string, code int) {
		t.Helper()
		var err error
		cmd := p.command(t, args...)
		if cmd.Path, err = exec.LookPath("mimecred-quick"); err != nil {
			t.Fatal(err)
		}
		cmd.Args[0] = "mimecred-quick"
		tty, err := pty.Start(cmd)
		if err != nil {
			t.Fatal(err)
		}
		defer tty.Close()
		out := bufio.NewReader(tty)
		for i := 0; i+1 < len(answers); i += 2 {
			var text strings.Builder
			for !strings.HasSuffix(text.String(), answers[i]+" (hidden): ") {
				r, err := out.ReadByte()
				if err != nil {
					t.Fatalf("%v never asks for %q: %s", args, answers[i], text.String())
				}
				text.WriteByte(r)
			}
			said += text.String()
			if _, err := io.WriteString(tty, answers[i+1]+"\r"); err != nil {
				t.Fatal(err)
			}
		}
		rest, _ := io.ReadAll(out) // Linux ends the reading of a terminal with an error
		return said + string(rest), exitOf(t, cmd.Wait())
	}
	setUp := []string{"setup", "--store", "file", "--from", "from.json"}
	said, code := talk(setUp, "New passphrase", passphrase, "The same once more", "correct house", "New passphrase", passphrase, "The same once more", passphrase)
	if code != exitDone || !strings.Contains(said, "The two lines are not the same.") || strings.Contains(said, passphrase) {
		t.Errorf("set up: exit %d\n%s", code, said)
	}
	said, code = talk([]string{"setup", "second", "--store", "file", "--from", "second.json"}, "Passphrase", passphrase)
	if code != exitDone {
		t.Fatalf("set up another: exit %d\n%s", code, said)
	}
	secret, _ := from["client_secret"].(string)
	said, code = talk([]string{"get", "oauth-ok", "client_secret"}, "Passphrase", "wrong", "Passphrase", passphrase)
	if code != exitDone || !strings.Contains(said, "That passphrase is wrong.") || strings.Contains(said, passphrase) || !strings.Contains(said, secret) {
		t.Errorf("get: exit %d\n%s", code, strings.ReplaceAll(said, secret, "(secret)"))
	}
	if err := os.WriteFile(filepath.Join(p.home, "new.txt"), []byte("another one\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	said, code = talk([]string{"store", "passphrase", "--new-file", "new.txt"}, "Passphrase until now", passphrase)
	if code != exitDone || !strings.Contains(said, "is changed") || !strings.Contains(said, "others may read new.txt") {
		t.Errorf("a new one from a file: exit %d\n%s", code, said)
	}
	said, code = talk([]string{"check", "--all"}, "Passphrase", passphrase, "Passphrase", passphrase, "Passphrase", passphrase)
	if code != exitStore || strings.Count(said, "(hidden)") != 3 {
		t.Errorf("three wrong ones for two profiles: exit %d\n%s", code, said)
	}
	said, code = talk([]string{"get", "oauth-ok", "client_id"}, "Passphrase", "another one")
	if code != exitDone {
		t.Errorf("the new one: exit %d\n%s", code, said)
	}
	said, code = talk([]string{"check", "oauth-ok"}, "Passphrase", "\x03")
	if code != exitInterrupted {
		t.Errorf("interrupted: exit %d\n%s", code, said)
	}
}
