package main

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
)

// TestDeleteTellsTheProductsSteps: what the product still has is taken out in the product, as far as its guide says how.
func TestDeleteTellsTheProductsSteps(t *testing.T) {
	t.Parallel()
	got := inTheProduct(credstore.Entry{Name: "acme", API: client.API10, Integration: "jupiterone"})
	want := []string{
		"What uses the credentials keeps them until you remove them there:",
		"hint: JupiterOne: Integrations > Mimecast", "hint: JupiterOne: Choose the integration", "hint: JupiterOne: The trash can", "hint: JupiterOne: Remove",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, e := range []credstore.Entry{
		{Name: "acme", API: client.API20},
		{Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2"},
		{Name: "acme", API: client.API20, Integration: "made-by-a-later-version"},
	} {
		if lines := inTheProduct(e); lines != nil {
			t.Errorf("%s: %q", e.Integration, lines)
		}
	}
}

// TestDeleteTellsTheConsolesSteps: where the application is removed, whichever menu there is, also for a product that this
// version does not know.
func TestDeleteTellsTheConsolesSteps(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		e    credstore.Entry
		want []string
	}{
		{credstore.Entry{Name: "acme", API: client.API20, Identifier: "id-1", Integration: "made-by-a-later-version"}, []string{
			"To end them, in the Administration Console (its ID is id-1):",
			"hint: Disable or delete the application: Integrations > Integrations Hub > Mimecast API 2.0 (in other menus: ",
		}},
		{credstore.Entry{Name: "acme", API: client.API10, Integration: "jupiterone"}, []string{
			"To end them, in the Administration Console:",
			"hint: Revoke the service user's keys: Services > Applications > Registered Applications",
			"hint: Disable or delete the application: Services > API and Platform Integrations > ",
			"hint: Take the role from the service user, or delete the user: Account > Roles",
		}},
	} {
		got := atMimecast(test.e, nil)
		if len(got) != len(test.want) {
			t.Fatalf("%s: %q", test.e.Integration, got)
		}
		for i, line := range got {
			if !strings.HasPrefix(line, test.want[i]) {
				t.Errorf("%s: %q, want %q", test.e.Integration, line, test.want[i])
			}
		}
	}
}

// TestDeleteTellsWhatStaysValid: of every version there is, and who else uses the application.
func TestDeleteTellsWhatStaysValid(t *testing.T) {
	t.Parallel()
	d, _, _ := rotatedPair(t)
	other := readyNamed(t, d.sim, "oauth-ok").From
	other["profile"] = "beta"
	d.ends(exitDone, asJSON(t, other), "setup", "--from", "-", "-q")
	d.ends(exitDone, "", "rollback", "acme", "-q")
	wrong := d.pair(everything())
	wrong["client_secret"] = "made-up-and-wrong"
	d.ends(exitRefused, asJSON(t, wrong), "rotate", "acme", "--from", "-", "-q")
	d.ends(exitUsage, "", "delete", "acme").says(t, "there is no terminal to ask whether to delete")
	got := d.ends(exitDone, "", "delete", "acme", "--yes")
	got.says(t, "At Mimecast the client ID and the client secret stay valid", "So do those of the previous version",
		"So do those of the pending version", "the profile beta uses the same application, and would stop.")
	d.wantVersions("", "", "")
	d.wantFinished()
	if got := d.ends(exitDone, "", "list", "-q"); got.out != "beta\n" {
		t.Errorf("the list has %q", got.out)
	}
}

// TestDeletePendingWhereNothingWaits says so, and leaves the current version alone.
func TestDeletePendingWhereNothingWaits(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedPair(t)
	d.ends(exitUsage, "", "delete", "acme", "--pending", "--yes").says(t, "acme has no pending version")
	d.ends(exitUsage, "", "delete", "nobody", "--pending", "--yes").says(t, `there is no profile "nobody"`)
	d.wantVersions(now, "", before)
}
