package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// TestRetireAfterAnotherRolledBack: while retire waits for an answer somebody rolls back. The current version
// is not logged out then.
func TestRetireAfterAnotherRolledBack(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	a, _, _ := d.program("")
	record, _, _, err := a.vault.Resume(t.Context(), "acme") // as retire does before it asks
	if err != nil {
		t.Fatal(err)
	}
	d.ends(exitDone, "", "rollback", "acme", "-q")
	d.wantVersions(before, "", now)
	err = retirement{a: a, vault: a.vault, record: record}.end(t.Context())
	a.close()
	if credstore.KindOf(err) != credstore.Conflict {
		t.Errorf("it ends with %v", err)
	}
	d.wantVersions(before, "", now)
	d.ends(exitDone, "", "check", "acme", "-q")
	if !d.sim.Server.HasKey(now) {
		t.Error("the other key is logged out")
	}
}

// makeCurrent makes credentials current, one after the other.
func makeCurrent(t *testing.T, v *credstore.Vault, p credstore.Profile, credentials ...client.Credential) {
	t.Helper()
	for _, c := range credentials {
		if _, err := v.Stage(t.Context(), storeKeyring, p, c, credstore.Pasted); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Activate(t.Context(), p.Name, credstore.CheckSummary{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.End(t.Context(), p.Name, credstore.Finished); err != nil {
		t.Fatal(err)
	}
}

// TestRetireAfterAnotherForgot: what another process only forgot is not said to be logged out.
func TestRetireAfterAnotherForgot(t *testing.T) {
	t.Parallel()
	d, _, before := rotatedKeys(t, nil)
	a, _, errs := d.program("")
	record, _, _, err := a.vault.Resume(t.Context(), "acme") // as retire does before it asks
	if err != nil {
		t.Fatal(err)
	}
	d.ends(exitDone, "", "retire", "acme", "--here", "-q")
	err = retirement{a: a, vault: a.vault, record: record}.end(t.Context())
	a.close()
	if credstore.KindOf(err) != credstore.Conflict || strings.Contains(errs.String(), "logged out") {
		t.Errorf("it ends with %v and says %q", err, errs)
	}
	if !d.sim.Server.HasKey(before) {
		t.Error("it was logged out without a version that says so")
	}
}

// TestRetireAtTheOldHost: keys are logged out where they are valid, wherever the profile has gone since.
func TestRetireAtTheOldHost(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	other := startedSimulator(t)
	a, _, _ := d.program("")
	record, err := a.vault.Load(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	p := record.Profile
	p.Endpoint.BaseURL = other.URL
	makeCurrent(t, a.vault, p, record.Current.Credential)
	a.close()
	d.ends(exitDone, "", "retire", "acme", "--yes").says(t, "the previous access key is logged out at Mimecast")
	if d.sim.Server.HasKey(before) {
		t.Error("it is still valid at its own host")
	}
	d.wantVersions(now, "", "")
}

// TestRetireSignsWithTheApplicationKeyOfNow: one that was generated anew takes the old one's place, and access keys stay.
func TestRetireSignsWithTheApplicationKeyOfNow(t *testing.T) {
	t.Parallel()
	d, _, before := rotatedKeys(t, nil)
	a, _, _ := d.program("")
	record, err := a.vault.Load(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	now, _ := record.Current.Credential.(client.Legacy)
	stale, _ := record.Previous.Credential.(client.Legacy)
	stale.ApplicationKey = secret.New("facade00-0000-4000-8000-000000000000")
	makeCurrent(t, a.vault, record.Profile, stale, now) // the old keys with an application key of before, then the current ones
	a.close()
	d.ends(exitDone, "", "retire", "acme", "--yes").says(t, "the previous access key is logged out at Mimecast")
	if d.sim.Server.HasKey(before) {
		t.Error("it is said to be logged out, and is valid")
	}
}

// TestRetireSaysWhatHasEndedBefore: keys that Mimecast does not take any more were not logged out by this.
func TestRetireSaysWhatHasEndedBefore(t *testing.T) {
	t.Parallel()
	d, now, _ := rotatedKeys(t, nil)
	d.sim.Server.RevokeUser(withCode)
	d.ends(exitDone, "", "retire", "acme", "--yes").says(t, "is no longer accepted by Mimecast, so there was nothing to log out; it is forgotten here")
	d.wantVersions(now, "", "")
}

// TestRotateIntoAnotherTenant is refused without --anyway.
func TestRotateIntoAnotherTenant(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	before := d.versions()[0]
	from := readyNamed(t, d.sim, "oauth-cloud-integrated").From
	pair := asJSON(t, map[string]any{"client_id": from["client_id"], "client_secret": from["client_secret"]})
	d.ends(exitCheckFailed, pair, "rotate", "acme", "--from", "-").says(t, "the new credential belongs to the account ", ", the current one to CUSA00A000")
	if got := d.versions(); got[0] != before {
		t.Errorf("current is %q", got[0])
	}
	id, _ := from["client_id"].(string)
	d.ends(exitDone, "", "rotate", "acme", "--resume", "--anyway")
	d.wantVersions(id, "", before)
}

// withALostSignIn is a desk whose acme has a previous version, and a sign-in of which nobody knows whether it created keys.
func withALostSignIn(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	lose := false
	url := d.between(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == signInPath && lose {
			d.sim.Server.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
	})
	from := d.setUp("legacy-ok", map[string]any{"base_url": url})
	id, _ := from["application_id"].(string)
	b := d.sim.Server.Bind(id, withCode, time.Time{})
	d.ends(exitDone, asJSON(t, map[string]any{"access_key": b.AccessKey, "secret_key": b.SecretKey}), "rotate", "acme", "--from", "-", "-q")
	lose = true
	create := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
	d.ends(exitUnjudged, create, "rotate", "acme", "--from", "-")
	return d
}

// TestALostSignInIsRemembered whatever is done to the profile, until somebody says that they have looked.
func TestALostSignInIsRemembered(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"retire", "acme", "--yes"}, {"retire", "acme", "--here"}, {"rollback", "acme"}, {"check", "acme"}, {"edit", "acme", "--rotate-after", "30d"}} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			d := withALostSignIn(t)
			d.ends(exitDone, "", args...)
			a, _, _ := d.program("")
			s, _ := a.vault.Noted("acme")
			a.close()
			if len(s.MayBeLost()) != 1 {
				t.Errorf("noted: %+v", s)
			}
			d.ends(exitDone, "", "list").says(t, "acme")
			d.ends(exitDone, "", "delete", "acme", "--pending", "--yes").says(t, "A sign-in as "+withoutCode)
			d.wantFinished()
		})
	}
}
