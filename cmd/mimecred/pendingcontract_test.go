package main

import (
	"testing"

	"mimecred/credstore"
	"mimecred/tui/step/steptest"
)

// TestCheckOfAPendingVersion: what a test comes to is the same here, in the list of profiles, and in line mode.
func TestCheckOfAPendingVersion(t *testing.T) {
	t.Parallel()
	for _, p := range steptest.Pendings() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			vault := func() *credstore.Vault {
				a, _, _ := d.program("")
				t.Cleanup(a.close)
				return a.vault
			}
			if err := p.Put(t.Context(), vault(), storeKeyring, d.sim.Server, d.sim.URL); err != nil {
				t.Fatal(err)
			}
			got := d.run("", "check", "acme")
			if wrong := p.Wrong(t.Context(), vault(), got.out+got.err); wrong != "" || p.Activated && got.code != exitDone {
				t.Errorf("exit %d, %s\n%s%s", got.code, wrong, got.out, got.err)
			}
		})
	}
}
