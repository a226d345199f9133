package main

import "testing"

// TestSetupAnyway: what Mimecast accepted is saved although checks failed, when that is asked for; what it refused never is.
func TestSetupAnyway(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	lacking := readyNamed(t, d.sim, "oauth-missing-product").From
	lacking["profile"] = "acme"
	d.ends(exitCheckFailed, asJSON(t, lacking), "setup", "--from", "-").says(t, "acme was not saved", "--anyway")
	if _, known, err := d.entry(); known || err != nil {
		t.Fatalf("saved: %v, %v", known, err)
	}
	d.ends(exitDone, asJSON(t, lacking), "setup", "--from", "-", "--anyway").says(t, "although not every check passed", "acme is saved")
	if _, known, err := d.entry(); !known || err != nil {
		t.Fatalf("saved: %v, %v", known, err)
	}
	refused := readyNamed(t, d.sim, "oauth-ok").From
	refused["profile"], refused["client_secret"] = "beta", "made-up-and-wrong"
	got := d.ends(exitRefused, asJSON(t, refused), "setup", "--from", "-", "--anyway")
	got.says(t, "beta was not saved")
	d.ends(exitUsage, "", "setup", "acme", "--anyway").says(t, "--anyway is for --from")
}
