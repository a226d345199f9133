package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
)

// keysOf are the keys of one of the simulator's credentials of API 1.0.
func keysOf(t testing.TB, running *simulator.Running, name string) client.Legacy {
	t.Helper()
	text := func(key string) string {
		value, _ := readyNamed(t, running, name).From[key].(string)
		return value
	}
	return client.Legacy{
		ApplicationID: text("application_id"), ApplicationKey: secret.New(text("application_key")),
		AccessKey: secret.New(text("access_key")), SecretKey: secret.New(text("secret_key")),
	}
}

// otherKeys are keys that the simulator knows and that no ready-made credential has.
func otherKeys(t testing.TB, running *simulator.Running) client.Legacy {
	t.Helper()
	keys := keysOf(t, running, "legacy-ok")
	b := running.Server.Bind(keys.ApplicationID, "svc-otp@example.com", time.Time{})
	keys.AccessKey, keys.SecretKey = secret.New(b.AccessKey), secret.New(b.SecretKey)
	return keys
}

// waits adds a version that waits to be checked.
func (s stored) waits(t testing.TB, name string, c client.Credential, source credstore.Source) {
	t.Helper()
	vault, err := s.openVault()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Stage(t.Context(), storeMemory, s.record(t, name).Profile, c, source); err != nil {
		t.Fatal(err)
	}
	s.out.Reset()
	s.errs.Reset()
}

// check runs check in this process.
func (s stored) check(t testing.TB, o checkOptions) error {
	t.Helper()
	o.concurrency = 4
	return runCheck(t.Context(), s.app, o)
}

func (s stored) wantSaid(t testing.TB, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(s.errs.String(), word) {
			t.Errorf("%q is not said in %q", word, s.errs)
		}
	}
}

// TestCheckTakesUpCreatedKeys: keys that were created while others are current are tested when their profile is named,
// and activated; check --all leaves them alone and says so.
func TestCheckTakesUpCreatedKeys(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	s := withReady(t, running, "legacy-ok")
	before := keysOf(t, running, "legacy-ok")
	created := otherKeys(t, running)
	s.waits(t, "legacy-ok", created, credstore.Created)

	wantExit(t, s.check(t, checkOptions{all: true}), exitDone)
	s.wantSaid(t, "a pending version has not passed its checks", "hint: mimecred check legacy-ok tests it")
	if r := s.record(t, "legacy-ok"); r.Pending == nil || !client.Same(r.Current.Credential, before) {
		t.Fatal("check --all activated the pending keys")
	}
	s.errs.Reset()
	wantExit(t, s.check(t, checkOptions{names: []string{"legacy-ok", "legacy-ok"}}), exitDone)
	if r := s.record(t, "legacy-ok"); r.Pending != nil || !client.Same(r.Current.Credential, created) {
		t.Error("the created keys passed and are not current")
	}
	s.wantSaid(t, "the current version was tested, to compare with: 4 passed", "the credential passed and is now current",
		"the previous version is kept until", "hint: mimecred rollback legacy-ok makes it current again")
	if _, unfinished := s.vault.Noted("legacy-ok"); unfinished {
		t.Error("the keys are current and confirmed, and the change is not finished")
	}
}

// TestCheckOfCreatedKeysThatFail: the current version stays, and nothing is noted about it, since it was not tested.
func TestCheckOfCreatedKeysThatFail(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	s := withReady(t, running, "legacy-ok")
	before := keysOf(t, running, "legacy-ok")
	s.waits(t, "legacy-ok", keysOf(t, running, "legacy-expired"), credstore.Created)
	wantExit(t, s.check(t, checkOptions{names: []string{"legacy-ok"}}), exitRefused)
	s.wantSaid(t, "the current version stays", "hint: mimecred delete legacy-ok --pending")
	if r := s.record(t, "legacy-ok"); r.Pending == nil || !client.Same(r.Current.Credential, before) {
		t.Error("the created keys failed, and the current version did not stay")
	}
	if e, err := s.entry("legacy-ok"); err != nil || e.LastCheck == nil || e.LastCheck.Failed != 0 {
		t.Errorf("the list says of the current keys: %+v, %v", e.LastCheck, err)
	}
}

// TestCheckLeavesPastedVersionsAlone: what a wizard left behind is not activated by a check.
func TestCheckLeavesPastedVersionsAlone(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	s := withReady(t, running, "legacy-ok")
	s.waits(t, "legacy-ok", otherKeys(t, running), credstore.Pasted)
	wantExit(t, s.check(t, checkOptions{names: []string{"legacy-ok"}}), exitDone)
	s.wantSaid(t, "a pending version has not passed its checks", "hint: mimecred rotate legacy-ok --resume tests it")
	if r := s.record(t, "legacy-ok"); r.Pending == nil {
		t.Error("the version that waited is gone")
	}
}

// TestSetupFromStopsBeforeKeysThatWait: no keys are created when others wait that they would replace.
func TestSetupFromStopsBeforeKeysThatWait(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	s := withReady(t, running, "legacy-ok")
	s.waits(t, "legacy-ok", otherKeys(t, running), credstore.Created)
	s.vault.Close()
	from := readyNamed(t, running, "legacy-no-otp").From
	from["profile"] = "legacy-ok"
	wantExit(t, s.setupFrom(t, from, setupOptions{}), exitStore, "nobody else has them", "mimecred check legacy-ok first")
	if n := len(running.Server.Requests()); n != 0 {
		t.Errorf("Mimecast was called %d times", n)
	}
	from = readyNamed(t, running, "oauth-ok").From
	from["profile"] = "legacy-ok"
	wantExit(t, s.setupFrom(t, from, setupOptions{}), exitStore, "mimecred check legacy-ok first", "delete legacy-ok --pending")
}

// TestCheckGoesOnWithoutAPlan: an integration that this version does not know is a matter of its own profile.
func TestCheckGoesOnWithoutAPlan(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	s := withReady(t, running, "oauth-ok")
	vault, err := s.openVault()
	if err != nil {
		t.Fatal(err)
	}
	odd := s.record(t, "oauth-ok")
	odd.Profile.Name, odd.Profile.Integration = "acme", "made-by-a-later-version"
	if _, err := vault.Stage(t.Context(), storeMemory, odd.Profile, odd.Current.Credential, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	wantExit(t, s.check(t, checkOptions{all: true}), exitCheckFailed)
	s.wantSaid(t, "acme: choose the checks of acme: ", "hint: mimecred check acme --plan ID")
	if !strings.Contains(s.out.String(), "oauth-ok") || !strings.Contains(s.out.String(), "passed in") {
		t.Errorf("the other profile was not tested:\n%s", s.out)
	}
	wantExit(t, s.check(t, checkOptions{all: true, plan: "nothing-like-it"}), exitUsage, "--plan")
}

// TestSavedProfileWithoutItsCAFile: the command line is not to blame.
func TestSavedProfileWithoutItsCAFile(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	from := readyNamed(t, running, "oauth-ok").From
	from["ca_file"] = filepath.Join(t.TempDir(), "gone.pem")
	s := withProfile(t, from)
	wantExit(t, s.check(t, checkOptions{names: []string{"oauth-ok"}}), exitUnjudged)
	s.wantSaid(t, "reading the CA file", "gone.pem: put it back, or mimecred setup oauth-ok")
	wantExit(t, runToken(t.Context(), s.app, "oauth-ok"), exitUnjudged, "reading the CA file", "put it back")
	wantExit(t, s.setupFrom(t, from, setupOptions{}), exitUsage)
}

// TestCheckWithoutAList: a list of profiles that cannot be written is a warning; what was asked for was done.
func TestCheckWithoutAList(t *testing.T) {
	t.Parallel()
	sim := simulator.New()
	dir := t.TempDir()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A lock that nobody can take, from the first call on.
		_ = os.Mkdir(filepath.Join(dir, "index.lock"), 0o700)
		sim.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	for _, source := range []credstore.Source{credstore.Pasted, credstore.Created} {
		s := withProfile(t, readyFrom(t, sim, server.URL, "oauth-ok"))
		record := s.record(t, "oauth-ok")
		if err := os.RemoveAll(filepath.Join(dir, "index.lock")); err != nil {
			t.Fatal(err)
		}
		s.flags.store, s.index = "", credstore.NewIndex(dir)
		s.vault = credstore.NewVault(s.index, s.now, credstore.NewMemory())
		if _, err := s.vault.Stage(t.Context(), storeMemory, record.Profile, record.Current.Credential, source); err != nil {
			t.Fatal(err)
		}
		if source == credstore.Pasted {
			if _, err := s.vault.Activate(t.Context(), "oauth-ok", credstore.CheckSummary{}); err != nil {
				t.Fatal(err)
			}
			_ = s.vault.End(t.Context(), "oauth-ok", credstore.Left)
		}
		s.flags.output = "json"
		wantExit(t, s.check(t, checkOptions{names: []string{"oauth-ok"}}), exitDone)
		s.wantSaid(t, "warning: oauth-ok: the list of profiles could not be written: lock ")
		if !strings.Contains(s.out.String(), `"ok": true`) {
			t.Errorf("a check that passed is reported as failed:\n%s", s.out)
		}
		if r := s.record(t, "oauth-ok"); r.Current == nil || r.Pending != nil {
			t.Error("the credential is not current")
		}
	}
}

// TestKeysOfATestAreAccountedFor: that keys were created and logged out again is said also when nothing after the sign-in
// worked.
func TestKeysOfATestAreAccountedFor(t *testing.T) {
	t.Parallel()
	sim := simulator.New()
	var created atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if created.Load() && r.URL.Path != "/api/login/logout" {
			panic(http.ErrAbortHandler)
		}
		created.CompareAndSwap(false, r.URL.Path == signInPath)
		sim.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	got := call(t, nil, asJSON(t, readyFrom(t, sim, server.URL, "legacy-no-otp")), "check", "--from", "-")
	if got.code != exitUnjudged || !strings.Contains(got.err, "the access key created for this test was logged out again") {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.err)
	}
}
