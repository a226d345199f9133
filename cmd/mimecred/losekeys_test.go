package main

import "testing"

// TestDeleteAsksBeforeKeysAreLost: created keys that wait are deleted by a script only when it says so, whatever else is asked
// for; pasted ones as before.
func TestDeleteAsksBeforeKeysAreLost(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("legacy-ok", nil)
	old := d.versions()[0]
	create := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
	if err := d.sim.Server.SetScenario("server-500"); err != nil {
		t.Fatal(err)
	}
	d.ends(exitUnjudged, create, "rotate", "acme", "--from", "-")
	created := d.versions()[1]
	d.wantVersions(old, created, "")
	for _, line := range [][]string{{"delete", "acme", "--yes"}, {"delete", "acme", "--pending", "--yes"}} {
		d.ends(exitUsage, "", line...).says(t, "nothing was deleted", "nobody else has them",
			"hint: mimecred rotate acme --resume tests them first", "hint: --lose-keys")
		d.wantVersions(old, created, "")
	}
	d.ends(exitDone, "", "delete", "acme", "--pending", "--yes", "--lose-keys")
	d.wantVersions(old, "", "")
	d.ends(exitUnjudged, create, "rotate", "acme", "--from", "-")
	d.ends(exitDone, "", "delete", "acme", "--yes", "--lose-keys")
	d.wantVersions("", "", "")
}
