package main

import (
	"os/exec"
	"strings"
	"testing"

	"mimecred/credstore/keyring/keyringtest"
)

// TestWizardToKeyring: the wizard, asked line by line, against a Mimecast over HTTP and a real keyring; then the item is
// there, the check passes, and delete takes it away.
func TestWizardToKeyring(t *testing.T) {
	t.Parallel()
	session := keyringtest.New(t)
	running := startedSimulator(t)
	from := firstReady(t, running).From
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	id, _ := from["client_id"].(string)
	secret, _ := from["client_secret"].(string)
	answers := []string{
		"",                         // no product; the name is the command line's, and the keyring works
		"2.0",                      // the API
		"!", "region", running.URL, // the region, which is settled, as an address
		"", // the console's walk-through is done
		id, secret,
		"yes", // put it in use
	}
	got := p.run(t, strings.Join(answers, "\n")+"\n", "setup", "acme")
	if got.code != exitDone || !strings.Contains(got.out, "The profile acme is ready") {
		t.Fatalf("exit %d\n%s%s", got.code, got.out, got.err)
	}
	if strings.Contains(got.out+got.err, secret) {
		t.Error("the secret was repeated")
	}
	lookup := func() string {
		cmd := exec.CommandContext(t.Context(), "secret-tool", "lookup", "service", "mimecred", "username", "acme")
		cmd.Env = session.Env()
		out, _ := cmd.Output() // fails when there is none
		return string(out)
	}
	if item := lookup(); !strings.Contains(item, secret) {
		t.Errorf("secret-tool finds %d bytes without the secret", len(item))
	}
	if got := p.run(t, "", "check", "acme"); got.code != exitDone {
		t.Errorf("check: exit %d\n%s%s", got.code, got.out, got.err)
	}
	if got := p.run(t, "", "delete", "acme", "-y"); got.code != exitDone {
		t.Errorf("delete: exit %d\n%s", got.code, got.err)
	}
	if item := lookup(); item != "" {
		t.Error("the item is still there")
	}
}

// TestMemoryStoreIsNotAskedAgain when the command line chose it.
func TestMemoryStoreIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	a := &app{flags: globals{store: storeMemory}}
	if got := a.stores(t.Context()); len(got) != 1 || got[0].Kind != storeMemory {
		t.Errorf("offered: %+v", got)
	}
}
