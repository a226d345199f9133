package main

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// rotatedKeys is a desk whose acme, of API 1.0, was rotated once to keys that the console made.
func rotatedKeys(t *testing.T, with map[string]any) (d *desk, now, before string) {
	t.Helper()
	d = newDesk(t)
	from := d.setUp("legacy-ok", with)
	before = d.versions()[0]
	id, _ := from["application_id"].(string)
	b := d.sim.Server.Bind(id, withCode, time.Time{})
	d.ends(exitDone, asJSON(t, map[string]any{"access_key": b.AccessKey, "secret_key": b.SecretKey}), "rotate", "acme", "--from", "-", "-q")
	d.wantVersions(b.AccessKey, "", before)
	return d, b.AccessKey, before
}

// TestRetireLogsOut: the old access key is ended at Mimecast, once, and forgotten here.
func TestRetireLogsOut(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	keys := d.sim.Server.Keys(withCode)
	d.ends(exitUsage, "", "retire", "acme").says(t, "there is no terminal to ask whether to log the previous access key out", "hint: --yes")
	d.wantVersions(now, "", before)
	d.ends(exitDone, "", "retire", "acme", "--yes").says(t, "the previous access key is logged out at Mimecast; it is forgotten here")
	d.wantVersions(now, "", "")
	d.wantFinished()
	if n := d.sim.Server.Keys(withCode); n != keys-1 {
		t.Errorf("the user has %d keys, and had %d", n, keys)
	}
	d.ends(exitDone, "", "check", "acme", "-q")
	d.ends(exitDone, "", "retire", "acme", "--yes").says(t, "there is nothing to retire")
	if n := countPath(d.sim, logOutPath); n != 1 {
		t.Errorf("logged out %d times", n)
	}
}

const logOutPath = "/api/login/logout"

// TestRetireHere forgets the version, and leaves its key alone.
func TestRetireHere(t *testing.T) {
	t.Parallel()
	d, now, _ := rotatedKeys(t, nil)
	d.ends(exitDone, "", "retire", "acme", "--here").says(t, "is forgotten here; its access key stays valid at Mimecast")
	d.wantVersions(now, "", "")
	if n := countPath(d.sim, logOutPath); n != 0 {
		t.Errorf("logged out %d times", n)
	}
}

// TestRetirePair: of API 2.0 the version is forgotten, without a question or a call.
func TestRetirePair(t *testing.T) {
	t.Parallel()
	d, now, _ := rotatedPair(t)
	asked := len(d.sim.Server.Requests())
	d.ends(exitDone, "", "retire", "acme").says(t, "acme: the previous version is forgotten here")
	d.wantVersions(now, "", "")
	if n := len(d.sim.Server.Requests()); n != asked {
		t.Errorf("Mimecast was called %d times", n-asked)
	}
}

// TestRetireWhatHasEnded: a key that Mimecast does not take any more counts as logged out, whatever it says to the call.
func TestRetireWhatHasEnded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	refuse := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == logOutPath {
			w.WriteHeader(http.StatusBadRequest)
			panic(http.ErrAbortHandler)
		}
	}
	url := d.between(refuse)
	from := readyNamed(t, d.sim, "legacy-no-otp").From
	from["profile"], from["base_url"] = "acme", url
	d.ends(exitDone, asJSON(t, from), "setup", "--from", "-", "-q")
	old := d.versions()[0]
	id, _ := from["application_id"].(string)
	b := d.sim.Server.Bind(id, withCode, time.Time{})
	d.ends(exitDone, asJSON(t, map[string]any{"access_key": b.AccessKey, "secret_key": b.SecretKey}), "rotate", "acme", "--from", "-", "-q")
	got := d.ends(exitUnjudged, "", "retire", "acme", "--yes")
	got.says(t, "Mimecast did not confirm the log-out of the previous access key, so the key is kept", "hint: mimecred retire acme tries again; with --here")
	d.wantVersions(b.AccessKey, "", old)
	d.wantPhase(credstore.Rotation, credstore.LoggingOut)
	d.ends(exitDone, "", "list").says(t, "acme is not finished (the previous key was being logged out, and the answer was lost, just now): mimecred retire acme goes on")
	d.ends(exitDone, "", "rotate", "acme", "--resume").says(t, "the previous key was being logged out", "mimecred retire acme ends it")
	d.sim.Server.ExpireKeys(withoutCode)
	d.ends(exitDone, "", "retire", "acme", "--yes")
	d.wantVersions(b.AccessKey, "", "")
	d.wantFinished()
}

// TestRetireNeverEndsWhatIsUsed: an access key that another version goes on using is not logged out.
func TestRetireNeverEndsWhatIsUsed(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	a, _, _ := d.program("")
	// The keys of before with another application key: the same access key, and another credential.
	r, err := a.vault.Load(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := r.Previous.Credential.(client.Legacy)
	if _, err := a.vault.Stage(t.Context(), storeKeyring, r.Profile, again, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	a.close()
	d.wantVersions(now, before, before)
	d.ends(exitDone, "", "retire", "acme", "--yes")
	d.wantVersions(now, before, "")
	if n := countPath(d.sim, logOutPath); n != 0 {
		t.Errorf("logged out %d times", n)
	}
}

// TestRetireNamesWhoShares: another profile of the same application may have the very same key.
func TestRetireNamesWhoShares(t *testing.T) {
	t.Parallel()
	d, _, _ := rotatedKeys(t, nil)
	other := maps.Clone(readyNamed(t, d.sim, "legacy-ok").From)
	other["profile"] = "other"
	d.ends(exitDone, asJSON(t, other), "setup", "--from", "-", "-q")
	d.ends(exitDone, "", "retire", "acme", "--yes").says(t, "the profile other uses the application", "if it has the previous access key, it stops")
}

// TestRetireIsFinished: when the key is logged out and the store fails, the same command finishes it.
func TestRetireIsFinished(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	d.store.Next(storetest.Set, storetest.Fail(credstore.Broken))
	d.ends(exitStore, "", "retire", "acme", "--yes")
	d.wantVersions(now, "", before)
	d.wantPhase(credstore.Rotation, credstore.LoggingOut)
	d.ends(exitDone, "", "rotate", "acme", "--resume", "--retire")
	d.wantVersions(now, "", "")
	d.wantFinished()
}

// TestKeptForItsTime: the previous version is forgotten by the first check that passes after its time, and not before.
func TestKeptForItsTime(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	d.later = 7*day - time.Hour
	d.ends(exitDone, "", "check", "acme", "-q")
	d.wantVersions(now, "", before)
	d.later = 7*day + time.Hour
	if err := d.sim.Server.SetScenario("server-500"); err != nil {
		t.Fatal(err)
	}
	d.ends(exitUnjudged, "", "check", "acme", "-q")
	d.wantVersions(now, "", before)
	if err := d.sim.Server.SetScenario("none"); err != nil {
		t.Fatal(err)
	}
	d.ends(exitDone, "", "check", "--all").
		says(t, "acme: the time of the previous version is over, and it is forgotten here; its access key stays valid at Mimecast unless it was logged out there")
	d.wantVersions(now, "", "")
	d.wantFinished()
}

// TestKeepPrevious: how long the previous version is kept is the person's choice.
func TestKeepPrevious(t *testing.T) {
	t.Parallel()
	for text, test := range map[string]struct {
		kept  bool
		until time.Duration
		said  string
	}{
		"0":     {false, 0, "the previous version is forgotten here"},
		"never": {true, 0, "the previous version is kept until the next change"},
		"12h":   {true, 12 * time.Hour, "(in 12 h)"},
		"2w":    {true, 14 * day, "(in 14 days)"},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.setUp("oauth-ok", nil)
			started := d.now()
			got := d.ends(exitDone, asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-", "--keep-previous", text)
			got.says(t, test.said)
			r := d.record()
			if (r.Previous != nil) != test.kept {
				t.Fatalf("before: %+v", r.Previous)
			}
			if test.kept && test.until == 0 && !r.Previous.KeepUntil.IsZero() {
				t.Errorf("kept until %s", r.Previous.KeepUntil)
			}
			if test.until > 0 && r.Previous.KeepUntil.Sub(started.Add(test.until)).Abs() > time.Minute {
				t.Errorf("kept until %s", r.Previous.KeepUntil)
			}
			d.wantFinished()
		})
	}
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	d.ends(exitUsage, "{}", "rotate", "acme", "--from", "-", "--keep-previous", "a while").says(t, "--keep-previous: ")
}

// TestWhatIsForgottenIsSaid: a version that a rotation pushes out is told of before, while its key can still be logged out.
func TestWhatIsForgottenIsSaid(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	create := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
	d.ends(exitDone, create, "rotate", "acme", "--from", "-").says(t,
		"acme: the previous version is forgotten with this; its access key stays valid at Mimecast",
		"hint: mimecred retire acme, before the next change, logs it out")
	if v := d.versions(); v[2] != now || v[0] == before {
		t.Errorf("current, pending, previous: %q", v)
	}
}

// TestSweepThatFails: a store that fails when something is to be forgotten is a warning; the check passed all the same.
func TestSweepThatFails(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedKeys(t, nil)
	d.later = 8 * day
	d.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
	d.ends(exitDone, "", "check", "acme").says(t, "warning: acme: the time of the previous version is over, and it could not be forgotten: ")
	d.store.Clear()
	d.wantVersions(now, "", before)
}
