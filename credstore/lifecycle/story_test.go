package lifecycle_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// story is the lifecycle with a Mimecast of its own and a store that fails on request.
type story struct {
	lifecycle.Service
	t     *testing.T
	sim   *simulator.Server
	demo  simulator.Demo
	url   string
	store *storetest.Faulty
	vault *credstore.Vault
	told  []lifecycle.Event
	// on is done when something is told.
	on []func(lifecycle.Event)
}

func newStory(t *testing.T, opts ...simulator.Option) *story {
	t.Helper()
	sim := simulator.New(opts...)
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	s := &story{t: t, sim: sim, demo: sim.Demo(), url: server.URL, store: storetest.NewFaulty(credstore.NewMemory())}
	s.vault = credstore.NewVault(credstore.NewMemoryIndex(), time.Now, s.store)
	t.Cleanup(s.vault.Close)
	s.Service = lifecycle.Service{
		Vault: s.vault, Profiles: s.vault, Plan: lifecycle.PlanOf, Now: time.Now,
		Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) { return client.New(e) },
	}
	return s
}

func (s *story) tell(e lifecycle.Event) {
	s.told = append(s.told, e)
	for _, do := range s.on {
		do(e)
	}
}

// pair is a set-up of API 2.0 that works.
func (s *story) pair() lifecycle.Change {
	return lifecycle.Change{
		Name: "acme", Store: "memory", API: client.API20, BaseURL: s.url, ClientID: s.demo.ClientID, ClientSecret: secret.New(s.demo.ClientSecret),
	}
}

// keys is a set-up of API 1.0 whose keys are still to be created.
func (s *story) keys() lifecycle.Change {
	return lifecycle.Change{
		Name: "acme", Store: "memory", API: client.API10, BaseURL: s.url, ApplicationID: s.demo.ApplicationID,
		ApplicationKey: secret.New(s.demo.ApplicationKey), Email: s.demo.Email, SignIn: client.SignInCloud, Password: secret.New(s.demo.Password),
	}
}

// checked stages a change and checks it.
func (s *story) checked(c lifecycle.Change) lifecycle.Change {
	s.t.Helper()
	c, note, err := s.Stage(s.t.Context(), c, s.tell)
	if err != nil || note != "" {
		s.t.Fatalf("stage: %q, %v", note, err)
	}
	if c.Results, err = s.Check(s.t.Context(), c, s.tell); err != nil {
		s.t.Fatalf("check: %v", err)
	}
	return c
}

// through stages a change, checks, activates and confirms it.
func (s *story) through(c lifecycle.Change) lifecycle.Change {
	s.t.Helper()
	c = s.checked(c)
	if j := c.Judgement(); !j.Passes() {
		s.t.Fatalf("judged: %s", j.Outcome())
	}
	c, err := s.Activate(s.t.Context(), c, s.tell)
	if err != nil || !c.Activated || c.Staged {
		s.t.Fatalf("activate: activated %v, staged %v, %v", c.Activated, c.Staged, err)
	}
	if got := s.Confirm(s.t.Context(), c, s.tell); !got.OK || got.Problem+got.Fix != "" {
		s.t.Fatalf("confirm: %+v", got)
	}
	return c
}

func (s *story) record() credstore.Record {
	s.t.Helper()
	r, err := s.vault.Load(s.t.Context(), "acme")
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *story) found() lifecycle.Found {
	s.t.Helper()
	f, err := s.Find(s.t.Context(), "acme", s.tell)
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

// created signs in for keys, with the code that Mimecast sends where it asks for one.
func (s *story) created(c lifecycle.Change) lifecycle.Change {
	s.t.Helper()
	keys, _, err := s.Create(s.t.Context(), c, secret.Value{}, s.tell)
	var second *client.SecondFactorError
	if errors.As(err, &second) {
		keys, _, err = s.Create(s.t.Context(), c, secret.New(s.sim.Code(s.demo.Email)), s.tell)
	}
	if err != nil {
		s.t.Fatalf("create: %v", err)
	}
	c, renewed := s.WithKeys(c, keys)
	if renewed || c.KeysCreatedAt.IsZero() || !c.Password.IsZero() {
		s.t.Fatalf("with keys: renewed %v, created at %v, password kept %v", renewed, c.KeysCreatedAt, !c.Password.IsZero())
	}
	return c
}

func TestSetUp(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	c := s.through(s.pair())
	r := s.record()
	if !client.Same(r.Current.Credential, c.Credential()) || r.Pending != nil || r.Previous != nil || c.PreviousKept {
		t.Errorf("stored: %+v", r)
	}
	if _, noted := s.vault.Noted("acme"); noted {
		t.Error("something is noted of a change that is finished")
	}
	var planned, checks int
	for _, e := range s.told {
		switch e := e.(type) {
		case lifecycle.Planned:
			planned = len(e.Steps)
			if !e.Pending {
				t.Error("the pending version is called current")
			}
		case lifecycle.Checked:
			checks++
		}
	}
	if planned == 0 || checks != planned || checks != len(c.Results) {
		t.Errorf("%d planned, %d told, %d results", planned, checks, len(c.Results))
	}
}

func TestSetUpThatIsRefused(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	c := s.pair()
	c.ClientSecret = secret.New("wrong")
	c = s.checked(c)
	j := c.Judgement()
	if j.Finding != lifecycle.Refused || j.Passes() || j.MayContinue() || j.AllRight() {
		t.Errorf("judged: %d, %s", j.Finding, j.Outcome())
	}
	if err := s.Discard(t.Context(), c, s.tell); err != nil {
		t.Fatal(err)
	}
	if _, err := s.vault.Load(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("after it was discarded: %v", err)
	}
}

// TestAnotherNameClearsTheFirst: a version that was staged under a name that the person no longer wants is removed, after the new one is
// safe; where that fails it is said, and nothing else is wrong.
func TestAnotherNameClearsTheFirst(t *testing.T) {
	t.Parallel()
	for _, fails := range []bool{false, true} {
		s := newStory(t)
		c, _, err := s.Stage(t.Context(), s.pair(), s.tell)
		if err != nil {
			t.Fatal(err)
		}
		if fails {
			s.store.Next(storetest.Delete, storetest.Fail(credstore.Denied))
		}
		c.Name = "beta"
		c, note, err := s.Stage(t.Context(), c, s.tell)
		if err != nil || c.StagedName != "beta" || !c.Staged || (note != "") != fails || fails && !strings.Contains(note, "acme") {
			t.Errorf("fails %v: staged as %q, %q, %v", fails, c.StagedName, note, err)
		}
		if _, err := s.vault.Load(t.Context(), "acme"); (err == nil) != fails {
			t.Errorf("fails %v: the first one: %v", fails, err)
		}
	}
}

func TestStageOfNothing(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	if _, _, err := s.Stage(t.Context(), s.keys(), s.tell); err == nil {
		t.Error("a credential without keys was stored")
	}
	if err := s.LogOutUnstored(t.Context(), s.pair()); err == nil {
		t.Error("a pair of API 2.0 was logged out")
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	first := s.through(s.pair())
	found := s.found()
	if found.Unfinished || found.KeysPending() || found.Record.Current == nil {
		t.Fatalf("found: %+v", found)
	}
	c := found.Rotate()
	if c.Credential() != nil || !c.Replaces || c.Activated || c.Replaced.ID != found.Record.Current.ID || c.BaseURLBefore != s.url || c.Moved() != "" {
		t.Fatalf("the rotation begins with %+v", c)
	}
	c, results := s.TestCurrent(t.Context(), found, c, s.tell)
	if len(results) == 0 || len(c.Replaced.Tested) != len(results) || len(c.Replaced.Results) != len(results) || c.Replaced.CheckedAt.IsZero() {
		t.Errorf("the current version was tested: %d results, %+v", len(results), c.Replaced)
	}
	c, err := s.Begin(t.Context(), c, s.tell)
	if err != nil {
		t.Fatal(err)
	}
	if noted, is := s.vault.Noted("acme"); !is || noted.Kind != credstore.Rotation || noted.Phase != credstore.Begun {
		t.Errorf("noted: %+v", noted)
	}
	c.ClientID, c.ClientSecret = first.ClientID, first.ClientSecret
	if c.CurrentAgain() == "" {
		t.Error("the current pair counts as a new one")
	}
	id, value := s.sim.DemoRegenerate()
	c.ClientID, c.ClientSecret = id, secret.New(value)
	if c.CurrentAgain() != "" {
		t.Error("a new pair counts as the current one")
	}
	c = s.through(c)
	r := s.record()
	if r.Previous == nil || !c.PreviousKept || !client.Same(r.Previous.Credential, first.Credential()) {
		t.Fatalf("the previous version: %+v", r.Previous)
	}
	if noted, is := s.vault.Noted("acme"); !is || noted.Phase != credstore.Confirmed {
		t.Errorf("noted: %+v", noted)
	}
	again := s.found()
	if rotated := again.Rotated(); !rotated.Confirmed || !rotated.PreviousKept || rotated.Replaced.ID != r.Previous.ID || rotated.Way != lifecycle.Regenerate {
		t.Errorf("found again: %+v", rotated)
	}
	done, _, err := s.Retire(t.Context(), "acme", c.Replaced.ID, lifecycle.Kept, s.tell)
	if err != nil || done != lifecycle.Kept || s.record().Previous == nil {
		t.Errorf("kept: %s, %v", done, err)
	}
	if _, noted := s.vault.Noted("acme"); noted {
		t.Error("something is noted of a rotation that is finished")
	}
}

// TestRotationToLess: a pair that lacks what the current one passes is not good enough for a script, and a person may decide.
func TestRotationToLess(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	c := s.pair()
	c.Integration = "axonius-mimecast-v2"
	s.through(c)
	found := s.found()
	c = found.Rotate()
	c, _ = s.TestCurrent(t.Context(), found, c, s.tell)
	app, _ := s.sim.Application(s.demo.ClientID)
	for _, permission := range app.Permissions {
		s.sim.RemovePermission(s.demo.ClientID, permission)
	}
	id, value := s.sim.DemoRegenerate()
	c.ClientID, c.ClientSecret = id, secret.New(value)
	j := s.checked(c).Judgement()
	if j.Finding != lifecycle.Worse || len(j.Lost) == 0 || j.Passes() || !j.MayContinue() || !strings.Contains(j.Sentence(), "lacks what the current one passes") {
		t.Errorf("judged: %d, %s", j.Finding, j.Outcome())
	}
}

func TestRollBack(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	if _, err := s.Before(t.Context(), "acme", s.tell); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("of no profile: %v", err)
	}
	first := s.through(s.created(s.keys()))
	if _, err := s.Before(t.Context(), "acme", s.tell); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("of a profile with one version: %v", err)
	}
	second := s.keys()
	second.InternalDomain = "example.com"
	s.through(s.created(second))
	c, err := s.Before(t.Context(), "acme", s.tell)
	if err != nil || c.Purpose != lifecycle.RollingBack || c.Activated || c.Replaced.ID != s.record().Previous.ID {
		t.Fatalf("before: %+v, %v", c, err)
	}
	if c.Results, err = s.Check(t.Context(), c, s.tell); err != nil || !c.Judgement().AllRight() {
		t.Fatalf("checked: %s, %v", c.Judgement().Outcome(), err)
	}
	if c, err = s.Activate(t.Context(), c, s.tell); err != nil {
		t.Fatal(err)
	}
	// Before it is confirmed, another run finds it put back already.
	if again, err := s.Before(t.Context(), "acme", s.tell); err != nil || !again.Activated {
		t.Errorf("found again: activated %v, %v", again.Activated, err)
	}
	if got := s.Confirm(t.Context(), c, s.tell); !got.OK {
		t.Errorf("confirm: %+v", got)
	}
	if r := s.record(); !client.Same(r.Current.Credential, first.Credential()) || r.ProfileOf(r.Current).InternalDomain != "" {
		t.Errorf("put back: %+v", r.ProfileOf(r.Current))
	}
}

func TestKeysAreCreatedAndLoggedOut(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	if err := s.Preflight(t.Context(), s.keys(), s.tell); err != nil {
		t.Fatal(err)
	}
	first := s.through(s.created(s.keys()))
	if !s.sim.HasKey(first.AccessKey.Reveal()) {
		t.Fatal("Mimecast does not know the key")
	}
	found := s.found()
	c, err := s.Begin(t.Context(), found.Rotate(), s.tell)
	if err != nil {
		t.Fatal(err)
	}
	c.Email, c.SignIn, c.Password, c.Way = s.demo.Email, client.SignInCloud, secret.New(s.demo.Password), lifecycle.NewKeys
	c = s.through(s.created(c))
	if old, is := c.PreviousKeys(); !is || !old.AccessKey.Equal(first.AccessKey) {
		t.Fatalf("the old keys: %v", is)
	}
	done, end, err := s.Retire(t.Context(), "acme", c.Replaced.ID, lifecycle.LoggedOut, s.tell)
	if err != nil || done != lifecycle.LoggedOut || end != lifecycle.KeyLoggedOut {
		t.Fatalf("retire: %s, %s, %v", done, end, err)
	}
	if s.sim.HasKey(first.AccessKey.Reveal()) || !s.sim.HasKey(c.AccessKey.Reveal()) || s.record().Previous != nil {
		t.Error("the old key works, or the new one does not")
	}
}

func TestKeysThatCannotBeStoredAreLoggedOut(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	c := s.created(s.keys())
	s.store.Next(storetest.Set, storetest.Fail(credstore.Denied))
	if _, _, err := s.Stage(t.Context(), c, s.tell); credstore.KindOf(err) != credstore.Denied {
		t.Fatalf("stage: %v", err)
	}
	if err := s.LogOutUnstored(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if s.sim.HasKey(c.AccessKey.Reveal()) || len(s.Left("acme")) != 0 {
		t.Errorf("the key works, or is told as lost: %v", s.Left("acme"))
	}
}

// TestASignInOutlivesItsCaller: keys that Mimecast creates reach somebody whatever becomes of the context.
func TestASignInOutlivesItsCaller(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	keys, _, err := s.Create(ctx, s.keys(), secret.Value{}, s.tell)
	var second *client.SecondFactorError
	if err != nil && !errors.As(err, &second) {
		t.Errorf("%v", err)
	}
	if err == nil && keys.AccessKey.IsZero() {
		t.Error("there are no keys, and no error")
	}
}

func TestRenewal(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	first := s.through(s.created(s.keys()))
	s.sim.ExpireKeys(s.demo.Email)
	found := s.found()
	c := found.Rotate()
	c, _ = s.TestCurrent(t.Context(), found, c, s.tell)
	if !lifecycle.KeysExpired(c.Replaced.Tested) || c.Ways()[0] != lifecycle.Renew {
		t.Fatalf("ways: %v, tested: %+v", c.Ways(), c.Replaced.Tested)
	}
	c.Way = lifecycle.Renew
	c, err := s.Begin(t.Context(), c, s.tell)
	if err != nil {
		t.Fatal(err)
	}
	if noted, _ := s.vault.Noted("acme"); noted.Kind != credstore.Renewal {
		t.Errorf("noted: %+v", noted)
	}
	c.Email, c.SignIn, c.Password = s.demo.Email, client.SignInCloud, secret.New(s.demo.Password)
	keys, _, err := s.Create(t.Context(), c, secret.Value{}, s.tell)
	var second *client.SecondFactorError
	if errors.As(err, &second) {
		keys, _, err = s.Create(t.Context(), c, secret.New(s.sim.Code(s.demo.Email)), s.tell)
	}
	if err != nil {
		t.Fatal(err)
	}
	c, renewed := s.WithKeys(c, keys)
	if !renewed || !c.AccessKey.Equal(first.AccessKey) || !c.SecretKey.Equal(first.SecretKey) || c.Source() != credstore.Pasted {
		t.Errorf("renewed %v, source %s", renewed, c.Source())
	}
	if err := s.Finish("acme", s.tell); err != nil {
		t.Fatal(err)
	}
	got, err := s.Test(t.Context(), "acme", false, s.tell)
	if err != nil || !got.Summary.OK {
		t.Errorf("tested: %+v, %v", got.Summary, err)
	}
}

func TestTestOfAProfile(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	if _, err := s.Test(t.Context(), "acme", false, s.tell); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("of none: %v", err)
	}
	if problem, fix := lifecycle.ExplainTest(lifecycle.Trial{Name: "acme"}, context.DeadlineExceeded); !strings.Contains(problem, "too long") || fix == "" {
		t.Errorf("%q, %q", problem, fix)
	}
	s.saved(s.pair())
	got, err := s.Test(t.Context(), "acme", false, s.tell)
	if err != nil || got.Pending || !got.OK() || len(got.Told(s.Now()).Lines()) > 0 {
		t.Errorf("of what is current: %+v, %v", got, err)
	}
	if entry, _, _ := s.vault.Lookup("acme"); entry.LastCheck == nil || !entry.LastCheck.OK {
		t.Error("the list does not know of the test")
	}
}

// TestWhatCannotBeChecked: the cause names where it is mended.
func TestWhatCannotBeChecked(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	for name, tt := range map[string]struct {
		change func(*lifecycle.Change)
		where  client.Where
	}{
		"no such product": {func(c *lifecycle.Change) { c.Integration = "nothing-known" }, client.WhereIntegration},
		"no such CA file": {func(c *lifecycle.Change) { c.CAFile = "/nowhere/ca.pem" }, client.WhereConnection},
	} {
		c := s.pair()
		tt.change(&c)
		c.StagedCredential = c.Credential()
		_, err := s.Check(t.Context(), c, s.tell)
		var cannot *lifecycle.CannotCheckError
		if !errors.As(err, &cannot) || cannot.Where != tt.where || cannot.Problem == "" || cannot.Fix == "" || errors.Unwrap(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestGiveUpDeleteAndRemind(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.through(s.pair())
	if err := s.Remind(t.Context(), "acme", 30*credstore.Day, s.tell); err != nil || s.record().Profile.RotateAfter != 30*credstore.Day {
		t.Errorf("the reminder: %v, %v", s.record().Profile.RotateAfter, err)
	}
	c, err := s.Begin(t.Context(), s.found().Rotate(), s.tell)
	if err != nil {
		t.Fatal(err)
	}
	id, value := s.sim.DemoRegenerate()
	c.ClientID, c.ClientSecret = id, secret.New(value)
	s.checked(c)
	found := s.found()
	if !found.Unfinished || found.Change.Phase != credstore.Staged || found.Record.Pending == nil {
		t.Fatalf("found: %+v", found.Change)
	}
	if next, ok := found.Rotate().ForPending(found.Record, "memory", "here"); !ok || !client.Same(next.StagedCredential, c.Credential()) || next.Location != "here" {
		t.Errorf("the pending version: %v, %+v", ok, next)
	}
	if err := s.DiscardFound(t.Context(), found, s.tell); err != nil {
		t.Fatal(err)
	}
	if again := s.found(); again.Unfinished || again.Record.Pending != nil || again.Record.Current == nil {
		t.Errorf("after it was discarded: %+v", again.Change)
	}
	if err := s.Delete(t.Context(), "acme", s.tell); err != nil {
		t.Fatal(err)
	}
	if entries, err := s.vault.Entries(); err != nil || len(entries) != 0 {
		t.Errorf("after it was deleted: %v, %v", entries, err)
	}
}

// TestAListThatCannotBeWrittenIsTold: what was asked for is done then, whatever it was.
func TestAListThatCannotBeWrittenIsTold(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	files := &spoiled{}
	s.vault = credstore.NewVault(credstore.NewIndex(t.TempDir(), credstore.WithFiles(files)), time.Now, s.store)
	t.Cleanup(s.vault.Close)
	s.Vault, s.Profiles = s.vault, s.vault
	told := func() (is bool) {
		is = slices.ContainsFunc(s.told, func(e lifecycle.Event) bool {
			n, is := e.(lifecycle.NotListed)
			return is && n.Name == "acme" && n.Err != nil
		})
		s.told = nil
		return is
	}
	c := s.checked(s.pair())
	files.broken = true
	c, err := s.Activate(t.Context(), c, s.tell)
	if err != nil || !c.Activated || !told() {
		t.Errorf("activate: %v, activated %v", err, c.Activated)
	}
	if err := s.Remind(t.Context(), "acme", credstore.Day, s.tell); err != nil || !told() {
		t.Errorf("remind: %v", err)
	}
	if n := s.Note(t.Context(), "acme", lifecycle.Summary(c.Results, time.Now()), s.tell); n.Unforgotten != nil || !told() {
		t.Errorf("note: %+v", n)
	}
	if err := s.Delete(t.Context(), "acme", s.tell); err != nil || !told() {
		t.Errorf("delete: %v", err)
	}
}

// spoiled are files of which the list cannot be written once they are broken.
type spoiled struct {
	credstore.OSFiles
	broken bool
}

func (f *spoiled) Replace(path string, text []byte) error {
	if f.broken && strings.HasSuffix(path, "index.json") {
		return errors.New("made to fail")
	}
	return f.OSFiles.Replace(path, text)
}
