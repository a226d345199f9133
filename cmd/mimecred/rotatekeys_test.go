package main

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

const (
	withCode    = "svc-otp@example.com"
	withoutCode = "svc@example.com"
)

// signIn is what create_keys and renew_keys hold.
func signIn(d *desk, email string, with map[string]any) map[string]any {
	d.t.Helper()
	from := readyNamed(d.t, d.sim, "legacy-no-otp").From
	create, _ := from["create_keys"].(map[string]any)
	create = maps.Clone(create)
	create["email"] = email
	maps.Copy(create, with)
	return create
}

// TestRotateCreatesKeys: new keys take the place of the old ones, which are logged out when that is asked for. Nothing of the
// application has to be given again, nor who signs in, once that is known.
func TestRotateCreatesKeys(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("legacy-ok", nil)
	old, before := d.versions()[0], d.sim.Server.Keys(withCode)
	create := map[string]any{"create_keys": signIn(d, withCode, nil)}
	got := d.ends(exitRefused, asJSON(t, create), "rotate", "acme", "--from", "-")
	got.says(t, "acme: the sign-in brought no keys; the current version stays")
	d.wantVersions(old, "", "")
	d.wantFinished()

	create["create_keys"] = signIn(d, withCode, map[string]any{"otp": d.sim.Server.Code(withCode)})
	got = d.ends(exitDone, asJSON(t, create), "rotate", "acme", "--from", "-", "--retire", "-o", "json")
	if o := got.checked(t); !o.OK || o.Rotation == nil || !o.Rotation.Confirmed || o.Rotation.Retired != lifecycle.LoggedOut {
		t.Errorf("JSON: %s", got.out)
	}
	got.says(t, "acme: the previous access key is logged out at Mimecast; it is forgotten here")
	first := d.versions()
	if first[0] == old || first[1] != "" || first[2] != "" {
		t.Errorf("current, pending, previous: %q", first)
	}
	if n := d.sim.Server.Keys(withCode); n != before {
		t.Errorf("the user has %d keys, and had %d", n, before)
	}
	if p := d.record().Profile; p.ServiceUser != withCode || p.SignIn != "cloud" {
		t.Errorf("the profile has become %+v", p)
	}

	// The second time who signs in is known.
	create = signIn(d, withCode, nil)
	delete(create, "email")
	delete(create, "type")
	d.ends(exitRefused, asJSON(t, map[string]any{"create_keys": create}), "rotate", "acme", "--from", "-", "-q")
	create["otp"] = d.sim.Server.Code(withCode)
	d.ends(exitDone, asJSON(t, map[string]any{"create_keys": create}), "rotate", "acme", "--from", "-", "-q")
	if v := d.versions(); v[0] == first[0] || v[2] != first[0] {
		t.Errorf("current, pending, previous: %q", v)
	}
	if n := d.sim.Server.Keys(withCode); n != before+1 {
		t.Errorf("the user has %d keys, and had %d: nothing asked for one to be logged out", n, before)
	}
	d.wantFinished()
}

// TestRotateKeepsCreatedKeys: created keys that do not pass are kept, no others are created meanwhile, and a check or --resume
// activates them later.
func TestRotateKeepsCreatedKeys(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"rotate acme --resume", "check acme"} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.setUp("legacy-ok", nil)
			old := d.versions()[0]
			create := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
			if err := d.sim.Server.SetScenario("server-500"); err != nil {
				t.Fatal(err)
			}
			got := d.ends(exitUnjudged, create, "rotate", "acme", "--from", "-", "--anyway")
			got.says(t, "the current version does not work now", "the credential could not be tested: Credentials: ", "; the current version stays, and the new version is pending")
			if err := d.sim.Server.SetScenario("none"); err != nil {
				t.Fatal(err)
			}
			created := d.versions()[1]
			d.wantVersions(old, created, "")
			asked := countPath(d.sim, signInPath)
			got = d.ends(exitStore, create, "rotate", "acme", "--from", "-")
			got.says(t, "nobody else has them", "hint: mimecred rotate acme --resume first", "hint: mimecred delete acme --pending discards them")
			if n := countPath(d.sim, signInPath); n != asked {
				t.Error("more keys were created")
			}
			d.wantPhase(credstore.Rotation, credstore.Staged)
			d.ends(exitDone, "", strings.Fields(line)...)
			d.wantVersions(created, "", old)
			d.wantFinished()
		})
	}
}

// TestRenewKeys: keys that have run out are valid again, and stay the same.
func TestRenewKeys(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	from := readyNamed(t, d.sim, "legacy-no-otp").From
	from["profile"] = "acme"
	d.ends(exitDone, asJSON(t, from), "setup", "--from", "-", "-q")
	before := d.record()
	d.sim.Server.ExpireKeys(withoutCode)
	d.ends(exitRefused, "", "check", "acme", "-q")
	renew := signIn(d, withoutCode, nil)
	wrong := maps.Clone(renew)
	wrong["password"] = "made-up-and-wrong"
	d.ends(exitRefused, asJSON(t, map[string]any{"renew_keys": wrong}), "rotate", "acme", "--from", "-").says(t, "the sign-in brought no keys")
	delete(renew, "email")
	got := d.ends(exitDone, asJSON(t, map[string]any{"renew_keys": renew}), "rotate", "acme", "--from", "-", "-o", "json")
	if o := got.checked(t); !o.OK || o.Rotation == nil || !o.Rotation.Renewed || o.Rotation.Activated || o.Rotation.Retired != "" {
		t.Errorf("JSON: %s", got.out)
	}
	got.says(t, "acme: the keys stayed the same, and are valid again")
	after := d.record()
	if after.Current.ID != before.Current.ID || after.Pending != nil || after.Previous != nil {
		t.Errorf("the versions have changed: %+v", after)
	}
	d.wantFinished()
	if got := d.ends(exitDone, "", "show", "acme"); !strings.Contains(got.out, "4 passed") {
		t.Errorf("the list does not know that they pass: %s", got.out)
	}
}

// TestRenewGivesOtherKeys: keys that came instead of the old ones are new keys, and are taken care of as such.
func TestRenewGivesOtherKeys(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	url := d.between(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == signInPath {
			body := `{"data":[{"userName":"` + withoutCode + `"}]}`
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		}
	})
	from := readyNamed(t, d.sim, "legacy-no-otp").From
	from["profile"], from["base_url"] = "acme", url
	d.ends(exitDone, asJSON(t, from), "setup", "--from", "-", "-q")
	old := d.versions()[0]
	d.sim.Server.ExpireKeys(withoutCode)
	got := d.ends(exitDone, asJSON(t, map[string]any{"renew_keys": signIn(d, withoutCode, nil)}), "rotate", "acme", "--from", "-")
	got.says(t, "Mimecast gave other keys instead", "the current version does not work now", "the new version is current")
	if v := d.versions(); v[0] == old || v[2] != old {
		t.Errorf("current, pending, previous: %q", v)
	}
	d.wantFinished()
}

// TestSignInWithoutAnAnswer: when the answer to a sign-in is lost, nobody knows whether keys exist. That is noted, told before
// any others are created, and forgotten when the person says so.
func TestSignInWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	lose := true
	url := d.between(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == signInPath && lose {
			d.sim.Server.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
	})
	d.setUp("legacy-ok", map[string]any{"base_url": url})
	old := d.versions()[0]
	create := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
	got := d.ends(exitUnjudged, create, "rotate", "acme", "--from", "-")
	got.says(t, "acme: mimecred could not tell whether keys were created", "Registered Applications", "the sign-in brought no keys; the current version stays")
	if s := d.wantPhase(credstore.Rotation, credstore.Creating); s.User != withoutCode {
		t.Errorf("noted: %+v", s)
	}
	d.ends(exitDone, "", "list").says(t, "acme is not finished (a sign-in asked for keys, and its answer was lost, just now): mimecred rotate acme goes on")
	got = d.ends(exitStore, "", "rotate", "acme", "--resume")
	got.says(t, "A sign-in as "+withoutCode+" for the application ", "may have created keys that nobody has", "Registered Applications",
		"there is nothing to go on with", "hint: mimecred rotate acme begins anew", "hint: mimecred delete acme --pending forgets")
	// Another try that fails for certain says it again, and does not forget it.
	wrong := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, map[string]any{"type": "domain", "email": "nobody@example.com"})})
	lose = false
	got = d.ends(exitRefused, wrong, "rotate", "acme", "--from", "-")
	got.says(t, "A sign-in as "+withoutCode)
	if s := d.wantPhase(credstore.Rotation, credstore.Begun); len(s.LostKeys) != 1 || s.LostKeys[0].User != withoutCode {
		t.Errorf("noted: %+v", s)
	}
	d.ends(exitDone, "", "list").says(t, "acme: there may be lost keys at Mimecast")
	got = d.ends(exitDone, "", "delete", "acme", "--pending")
	got.says(t, "A sign-in as "+withoutCode, "the unfinished change is discarded")
	d.wantFinished()
	d.wantVersions(old, "", "")
	d.ends(exitDone, create, "rotate", "acme", "--from", "-", "-q")
}

// TestSetUpWithoutAnAnswer: the same for a profile that does not exist yet.
func TestSetUpWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	url := d.between(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == signInPath {
			panic(http.ErrAbortHandler)
		}
	})
	from := readyNamed(t, d.sim, "legacy-no-otp").From
	from["profile"], from["base_url"] = "acme", url
	d.ends(exitUnjudged, asJSON(t, from), "setup", "--from", "-").says(t, "mimecred could not tell whether keys were created", "acme was not saved")
	d.wantPhase(credstore.SetUp, credstore.Creating)
	d.ends(exitDone, "", "list").says(t, "acme is not finished", "mimecred setup acme goes on", "there are no profiles yet")
	d.ends(exitUsage, "").says(t, "acme is not finished", "the input ended at the question")
	d.ends(exitStore, "", "rotate", "acme", "--resume").says(t, "hint: mimecred setup acme begins anew")
	from["base_url"] = d.sim.URL
	d.ends(exitDone, asJSON(t, from), "setup", "--from", "-").says(t, "A sign-in as "+withoutCode, "acme is saved")
	// What may be left at Mimecast is told until somebody has looked.
	d.ends(exitDone, "", "list").says(t, "acme: there may be lost keys at Mimecast", "mimecred delete acme --pending forgets that, once you have looked")
	d.ends(exitDone, "", "delete", "acme", "--pending").says(t, "A sign-in as "+withoutCode)
	d.wantFinished()
}

// TestKeysThatCannotBeStored: keys that no store takes are logged out again, and the store of before is as it was.
func TestKeysThatCannotBeStored(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	url := d.between(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == signInPath {
			d.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
		}
	})
	d.setUp("legacy-ok", map[string]any{"base_url": url})
	old, before := d.versions()[0], d.sim.Server.Keys(withoutCode)
	create := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
	d.ends(exitStore, create, "rotate", "acme", "--from", "-").says(t, "could not be stored and was logged out again", "is locked")
	d.store.Clear()
	d.wantVersions(old, "", "")
	d.wantFinished()
	if n := d.sim.Server.Keys(withoutCode); n != before {
		t.Errorf("the user has %d keys, and had %d", n, before)
	}
}

// TestRotateIsNotCutOff: ctrl+c while Mimecast creates keys ends the rotation once they are stored.
func TestRotateIsNotCutOff(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	url := d.between(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == signInPath {
			interrupt()
		}
	})
	d.setUp("legacy-ok", map[string]any{"base_url": url})
	old := d.versions()[0]
	got := d.runContext(ctx, asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)}), "rotate", "acme", "--from", "-")
	if got.code != exitInterrupted {
		t.Errorf("exit %d, want %d", got.code, exitInterrupted)
	}
	got.says(t, "interrupted: the current version stays, and the new version is pending", "hint: mimecred rotate acme --resume")
	created := d.versions()[1]
	d.wantVersions(old, created, "")
	d.ends(exitDone, "", "rotate", "acme", "--resume")
	d.wantVersions(created, "", old)
	d.wantFinished()
}

// TestCheckOfKeysWithoutAnAnswer: the same is said of keys that were only to be tested.
func TestCheckOfKeysWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	from := readyNamed(t, d.sim, "legacy-no-otp").From
	from["base_url"] = d.at(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	d.ends(exitUnjudged, asJSON(t, from), "check", "--from", "-").says(t, "mimecred could not tell whether keys were created", "hint: look in the console")
	d.wantFinished()
}
