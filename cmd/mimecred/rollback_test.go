package main

import (
	"testing"

	"mimecred/client/simulator"
)

// rotatedPair is a desk whose acme was rotated once; it gives the client IDs of now and before.
func rotatedPair(t *testing.T) (d *desk, now, before string) {
	t.Helper()
	d = newDesk(t)
	d.setUp("oauth-ok", nil)
	before = d.versions()[0]
	fresh := d.pair(everything())
	d.ends(exitDone, asJSON(t, fresh), "rotate", "acme", "--from", "-", "-q")
	now, _ = fresh["client_id"].(string)
	d.wantVersions(now, "", before)
	return d, now, before
}

// TestRollback: the previous version comes back, tested and confirmed, and another rollback takes that back.
func TestRollback(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedPair(t)
	got := d.ends(exitDone, "", "rollback", "acme")
	got.says(t, "acme: the previous version is current again", "kept until", "(in 7 days)",
		"hint: what uses the credential needs the previous values again: mimecred handoff acme")
	d.wantVersions(before, "", now)
	d.wantFinished()
	got = d.ends(exitDone, "", "rollback", "acme", "-o", "json")
	if o := got.checked(t); !o.OK || o.Rotation == nil || !o.Rotation.Activated || !o.Rotation.Confirmed {
		t.Errorf("JSON: %s", got.out)
	}
	d.wantVersions(now, "", before)
}

// TestRollbackToRefused: what Mimecast does not take any more does not come back by itself.
func TestRollbackToRefused(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedPair(t)
	d.sim.Server.AddOAuth(simulator.OAuthApplication{ClientID: before, ClientSecret: "generated-anew"})
	got := d.ends(exitRefused, "", "rollback", "acme")
	got.says(t, "the previous version is refused by Mimecast; nothing was changed", "hint: mimecred rollback acme --anyway")
	d.wantVersions(now, "", before)
	if e, _, err := d.entry(); err != nil || e.LastCheck == nil || !e.LastCheck.OK {
		t.Errorf("the list says of the current version: %+v, %v", e.LastCheck, err)
	}
	d.ends(exitRefused, "", "rollback", "acme", "--anyway").says(t, "current again")
	d.wantVersions(before, "", now)
	if e, _, err := d.entry(); err != nil || e.LastCheck == nil || e.LastCheck.OK {
		t.Errorf("the list says of the current version: %+v, %v", e.LastCheck, err)
	}
	if err := d.sim.Server.SetScenario("drop-connection"); err != nil {
		t.Fatal(err)
	}
	d.ends(exitUnjudged, "", "rollback", "acme").says(t, "the previous version could not be tested; nothing was changed")
	d.wantVersions(before, "", now)
}

// TestRollbackWithoutAVersionBefore says so, and asks Mimecast nothing.
func TestRollbackWithoutAVersionBefore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	asked := len(d.sim.Server.Requests())
	d.ends(exitUsage, "", "rollback", "acme").says(t, "acme has no previous version", "hint: mimecred rotate acme")
	d.ends(exitUsage, "", "rollback", "nobody").says(t, `there is no profile "nobody"`)
	if n := len(d.sim.Server.Requests()); n != asked {
		t.Errorf("Mimecast was called %d times", n-asked)
	}
}
