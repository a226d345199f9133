package main

import (
	"slices"
	"testing"

	"mimecred/client/catalog/operation"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// everything is every product, and every permission that a call needs.
func everything() (products, permissions []string) {
	for _, p := range operation.Products() {
		products = append(products, p.ID)
	}
	for _, o := range operation.All() {
		if !slices.Contains(permissions, o.Permission) {
			permissions = append(permissions, o.Permission)
		}
	}
	return products, permissions
}

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == one })
}

// TestRotatePair: a new pair takes the place of the old one, which is kept for a while.
func TestRotatePair(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", map[string]any{"integration": "axonius-mimecast-v2", "internal_domain": "example.com", "rotate_after": "60d"})
	old := d.versions()[0]
	fresh := d.pair(everything())
	got := d.ends(exitDone, asJSON(t, fresh), "rotate", "acme", "--from", "-")
	got.says(t, "the current one may have stopped", "tested, to compare with: 7 passed", "the new version is current in ", "a live call confirmed it",
		"kept until", "(in 7 days)", "hint: mimecred rollback acme", "mimecred handoff acme")
	id, _ := fresh["client_id"].(string)
	d.wantVersions(id, "", old)
	d.wantFinished()
	r := d.record()
	if p := r.Profile; p.Integration != "axonius-mimecast-v2" || p.InternalDomain != "example.com" || p.RotateAfter != 60*credstore.Day {
		t.Errorf("the profile has become %+v", p)
	}
	got = d.ends(exitDone, asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-", "-o", "json", "--keep-previous", "0")
	if o := got.checked(t); o.Rotation == nil || !o.OK || !o.Rotation.Activated || !o.Rotation.Confirmed ||
		o.Rotation.Retired != lifecycle.Forgotten || len(o.Rotation.Lost) != 0 || len(o.Checks) != 7 {
		t.Errorf("JSON: %s", got.out)
	}
	if v := d.versions(); v[2] != "" || v[0] == id {
		t.Errorf("current, pending, previous: %q", v)
	}
	d.wantFinished()
}

// TestRotateToLess: a new pair that lacks what the old one passes is told check by check, and waits for the person's word.
func TestRotateToLess(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	old := d.versions()[0]
	products, permissions := everything()
	less := d.pair(products, without(permissions, "Account | Dashboard | Read"))
	id, _ := less["client_id"].(string)
	got := d.ends(exitCheckFailed, asJSON(t, less), "rotate", "acme", "--from", "-")
	got.says(t, "the new credential lacks what the current one passes: Account; the current version stays, and the new version is pending",
		"Account: passed, now failed: ", "lacks a permission", "403", "hint: mimecred rotate acme --resume tests it again",
		"hint: mimecred rotate acme --resume --anyway", "hint: mimecred delete acme --pending")
	d.wantVersions(old, id, "")
	d.wantPhase(credstore.Rotation, credstore.Staged)
	if got := d.ends(exitDone, "", "check", "acme"); got.out == "" {
		t.Error("the current version was not tested")
	}
	d.ends(exitDone, "", "list").says(t, "acme is not finished (the pending version did not pass on ", ": 4 passed, 1 failed): mimecred rotate acme --resume goes on")

	got = d.ends(exitCheckFailed, "", "rotate", "acme", "--resume", "-o", "json")
	if o := got.checked(t); o.OK || o.Rotation == nil || o.Rotation.Activated || !slices.Equal(o.Rotation.Lost, []string{"account"}) || o.Rotation.Retired != "" {
		t.Errorf("JSON: %s", got.out)
	}
	d.wantVersions(old, id, "")
	got = d.ends(exitDone, "", "rotate", "acme", "--resume", "--anyway", "--keep-previous", "2w")
	got.says(t, "the new version is activated as it is", "Account: passed, now failed", "(in 14 days)")
	d.wantVersions(id, "", old)
	d.wantFinished()
	d.ends(exitDone, "", "rotate", "acme", "--resume").says(t, "acme: nothing is unfinished")
}

// TestRotateToRefused: a pair that Mimecast refuses is never activated, whatever the person says.
func TestRotateToRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	old := d.versions()[0]
	wrong := d.pair(everything())
	id, _ := wrong["client_id"].(string)
	wrong["client_secret"] = "made-up-and-wrong"
	got := d.ends(exitRefused, asJSON(t, wrong), "rotate", "acme", "--from", "-", "--anyway")
	got.says(t, "Mimecast refused the credential: Credentials: ", "; the current version stays", "hint: mimecred rotate acme --resume tests it again")
	got = d.ends(exitRefused, "", "rotate", "acme", "--resume", "--anyway")
	if got.says(t, "Mimecast refused"); slices.Contains([]string{got.out, got.err}, "--anyway puts") {
		t.Errorf("what is refused is offered: %s", got.err)
	}
	d.wantVersions(old, id, "")
	// Another one takes the place of the one that waits.
	fresh := d.pair(everything())
	d.ends(exitDone, asJSON(t, fresh), "rotate", "acme", "--from", "-").says(t, "an earlier change is not finished (the pending version was refused by Mimecast on ", ": invalid credentials)")
	if v := d.versions(); v[0] != fresh["client_id"] || v[1] != "" || v[2] != old {
		t.Errorf("current, pending, previous: %q", v)
	}
	d.ends(exitRefused, asJSON(t, wrong), "rotate", "acme", "--from", "-", "-q")
	d.ends(exitDone, "", "delete", "acme", "--pending", "--yes").says(t, "stays valid at Mimecast")
	d.wantFinished()
}

// TestRotateWhatFailedBefore: a check that the old pair fails as well is no reason to keep the old one.
func TestRotateWhatFailedBefore(t *testing.T) {
	t.Parallel()
	products, permissions := everything()
	lacking := without(permissions, "Directories | Internal | Read")
	for name, test := range map[string]struct {
		permissions []string
		code        int
		said        string
	}{
		"the same": {lacking, exitDone, "the new version is current"},
		"more":     {without(lacking, "Gateway | Tracking | Read"), exitCheckFailed, "lacks what the current one passes"},
		"less":     {permissions, exitDone, "Internal users of example.com: failed before, now passed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.setUp("oauth-ok", map[string]any{"integration": "axonius-mimecast-v2", "internal_domain": "example.com"})
			poor := d.pair(products, lacking)
			d.ends(exitCheckFailed, asJSON(t, poor), "rotate", "acme", "--from", "-", "-q")
			d.ends(exitDone, "", "rotate", "acme", "--resume", "--anyway", "-q")
			d.ends(test.code, asJSON(t, d.pair(products, test.permissions)), "rotate", "acme", "--from", "-").says(t, test.said)
		})
	}
}

// TestRotateAfterTheOldPairStopped: what a pair passed that was generated anew is known from its last check.
func TestRotateAfterTheOldPairStopped(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	from := d.setUp("oauth-ok", nil)
	id, _ := from["client_id"].(string)
	d.sim.Server.AddOAuth(simulator.OAuthApplication{ClientID: id, ClientSecret: "generated-anew"})
	products, permissions := everything()
	less := d.pair(products, without(permissions, "Account | Dashboard | Read"))
	got := d.ends(exitCheckFailed, asJSON(t, less), "rotate", "acme", "--from", "-")
	got.says(t, "the current version does not work now (Credentials: ", "the new version is compared with its check of ",
		"lacks what the current one passes", "Account: passed, now failed")
	// The check that failed is no baseline for the next try.
	d.ends(exitCheckFailed, "", "rotate", "acme", "--resume").says(t, "Account: passed, now failed")
	d.ends(exitDone, asJSON(t, d.pair(products, permissions)), "rotate", "acme", "--from", "-")
}

// TestRotateNamesWhoShares: whoever uses the same application is named before its pair is replaced.
func TestRotateNamesWhoShares(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	from := d.setUp("oauth-ok", nil)
	from["profile"], from["integration"] = "other", "axonius-mimecast-v2"
	from["internal_domain"] = "example.com"
	d.ends(exitDone, asJSON(t, from), "setup", "--from", "-", "-q")
	d.ends(exitDone, asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-").
		says(t, "acme: Axonius Mimecast V2 (profile other) uses the same application, and needs the new credential, too")
}
