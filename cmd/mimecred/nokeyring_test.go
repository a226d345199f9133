package main

import (
	"bytes"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// TestWizardWithoutAKeyring: a person without a keyring is told so on the first screen, before anything is created, and again after leaving, with what
// helps; the exit code is the store's, and nothing is on the disk.
func TestWizardWithoutAKeyring(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	cmd := p.command(t, "setup")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	first := readUntil(t, tty, "Welcome", "session bus")
	for _, next := range []string{"Which product?", "API 1.0", "This session only"} {
		if _, err := io.WriteString(tty, "\r"); err != nil {
			t.Fatal(err)
		}
		first += readUntil(t, tty, next)
	}
	if strings.Contains(first, "Nothing was saved") {
		t.Fatalf("the wizard has ended: %q", first)
	}
	if _, err := io.WriteString(tty, "\x03"); err != nil {
		t.Fatal(err)
	}
	// Linux ends the reading of a terminal that nobody has open with an error instead of an end.
	rest, _ := io.ReadAll(tty)
	if code := exitOf(t, cmd.Wait()); code != exitStore {
		t.Errorf("exit %d, want %d", code, exitStore)
	}
	for _, words := range []string{"Nothing was saved.", "no profile was set up: ", "there is no session bus", "hint: Start mimecred inside a desktop session"} {
		if said := strings.Join(strings.Fields(string(rest)), " "); !strings.Contains(said, words) { // lines are broken at the width
			t.Errorf("%q is not said in %q", words, rest)
		}
	}
	err = filepath.WalkDir(p.home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("%s was written", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// readUntil reads a terminal until all the words have come, or it ends.
func readUntil(t *testing.T, from io.Reader, words ...string) string {
	t.Helper()
	var all bytes.Buffer
	part := make([]byte, 4096)
	for {
		missing := ""
		for _, word := range words {
			if !bytes.Contains(all.Bytes(), []byte(word)) {
				missing = word
			}
		}
		if missing == "" {
			return all.String()
		}
		n, err := from.Read(part)
		all.Write(part[:n])
		if err != nil {
			t.Fatalf("it ended (%v) without %q: %q", err, missing, all.String())
		}
	}
}

// TestWizardLeftWithAnotherStore: who chose to do without the keyring and leaves has left, and no store has failed.
func TestWizardLeftWithAnotherStore(t *testing.T) {
	t.Parallel()
	for _, store := range []string{storeFile, storeMemory} {
		p := newProgram(t)
		if got := p.run(t, "\n2.0\nq\n", "setup", "--plain", "--store", store); got.code != exitInterrupted || strings.Contains(got.err, "keyring") {
			t.Errorf("%s: exit %d\n%s%s", store, got.code, got.out, got.err)
		}
	}
}

// TestTheKeyringIsNotBlamed: where another store was chosen or keeps the credential, the keyring is no reason for leaving.
func TestTheKeyringIsNotBlamed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a, _, _ := d.program("")
	defer a.close()
	env := step.Env{Stores: []step.StoreChoice{{Kind: storeKeyring, Problem: "There is none.", Fix: "Get one."}, {Kind: storeFile}, sessionOnly()}}
	for name, tt := range map[string]struct {
		at      flow.Step
		store   string
		onTrial bool
		keyring bool
	}{
		"nothing chosen":         {at: flow.Integration, keyring: true},
		"the file is marked":     {at: flow.Profile, store: storeFile, keyring: true},
		"the file is chosen":     {at: flow.Console, store: storeFile},
		"kept in the file":       {at: flow.Check, store: storeFile, onTrial: true},
		"kept somewhere":         {at: flow.Check, onTrial: true},
		"the keyring was wanted": {at: flow.Check, store: storeKeyring, keyring: true},
		"the memory is chosen":   {at: flow.Console, store: storeMemory},
	} {
		answers := flow.Answers{Change: lifecycle.Change{Name: "scr", Store: tt.store, API: client.API20, Staged: tt.onTrial}, LeftAt: tt.at}
		err := a.left(env, answers)
		if blamed := strings.Contains(err.Error(), "There is none"); blamed != tt.keyring {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWizardWithASilentBus: a bus that says nothing holds the wizard up for a moment only, once, and the keyring stays to
// be chosen: whether it works is found out when it is used.
func TestWizardWithASilentBus(t *testing.T) {
	t.Parallel()
	socket := filepath.Join(t.TempDir(), "bus")
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS=unix:path="+socket)
	got := p.run(t, "\n2.0\n!\nprofile\n\nq\n", "setup", "--plain")
	if got.code != exitInterrupted || !strings.Contains(got.out, "OS keyring") || strings.Contains(got.out, "cannot be used") {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.err)
	}
	if _, err := os.Stat(filepath.Join(p.home, "config", "mimecred", "index.json")); err == nil {
		t.Error("a list of profiles was written")
	}
}
