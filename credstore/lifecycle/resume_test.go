package lifecycle_test

import (
	"context"
	"errors"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// broken makes every call fail, until mended.
func (s *story) broken() {
	s.t.Helper()
	if err := s.sim.SetScenario("drop-connection"); err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) mended() {
	s.t.Helper()
	if err := s.sim.SetScenario("none"); err != nil {
		s.t.Fatal(err)
	}
	s.on = nil
}

// resumed goes on with acme.
func (s *story) resumed(c lifecycle.Change, p lifecycle.Policy) (lifecycle.Outcome, error) {
	c.Name, p.Resume = "acme", true
	return s.run(s.t.Context(), c, p)
}

// TestResumeFromEveryPhase: an interrupted rotation goes on from the phase that it has reached, with what was asked for when it began.
func TestResumeFromEveryPhase(t *testing.T) {
	t.Parallel()
	for _, phase := range []credstore.Phase{credstore.Begun, credstore.Staged, credstore.Activated, credstore.Confirmed} {
		for _, retire := range []bool{false, true} {
			t.Run(string(phase), func(t *testing.T) {
				t.Parallel()
				s := newStory(t)
				old := s.saved(s.pair()).ClientID
				c := rotation(s.another())
				c.RetirePrevious = retire
				switch phase {
				case credstore.Begun:
					if _, err := s.Begin(t.Context(), c, s.tell); err != nil {
						t.Fatal(err)
					}
				case credstore.Staged:
					ctx, cancel := context.WithCancel(t.Context())
					at(s, func(lifecycle.Planned) { cancel() })
					if _, err := s.run(ctx, c, lifecycle.Policy{}); !errors.Is(err, context.Canceled) {
						t.Fatal(err)
					}
				case credstore.Activated:
					at(s, func(lifecycle.Judged) { s.broken() })
					if _, err := s.run(t.Context(), c, lifecycle.Policy{}); err != nil {
						t.Fatal(err)
					}
				default:
					at(s, func(lifecycle.Judged) {
						s.store.On(storetest.Set, s.store.Count(storetest.Set)+2, storetest.Fail(credstore.Locked))
					})
					none := credstore.Span(0)
					if !retire {
						c.Keep = &none
					}
					if out, _ := s.run(t.Context(), c, lifecycle.Policy{}); out.Unretired == nil {
						t.Fatalf("retired: %s", out.Retired)
					}
				}
				s.Leave("acme")
				s.store.Clear()
				s.mended()
				want := ending{end: lifecycle.Finished, current: c.ClientID, previous: old}
				if retire || phase == credstore.Confirmed {
					want.previous = ""
				}
				if phase == credstore.Begun {
					want = ending{end: lifecycle.NothingStored, current: old}
				}
				out, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{})
				s.wantEnd(out, err, want)
				if out.Resumed.Phase != phase || !out.Current || len(out.Results()) == 0 != (phase == credstore.Begun || phase == credstore.Confirmed) {
					t.Errorf("resumed from %q, current %v, %d results", out.Resumed.Phase, out.Current, len(out.Results()))
				}
				if again, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{}); err != nil || again.End != lifecycle.NothingUnfinished {
					t.Errorf("once more: %d, %v", again.End, err)
				}
			})
		}
	}
}

// TestResumeUnconfirmedAgain: a version that still cannot be confirmed stays current, and the one before is kept whatever was asked for.
func TestResumeUnconfirmedAgain(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	old := s.saved(s.pair()).ClientID
	c := rotation(s.another())
	c.RetirePrevious = true
	at(s, func(lifecycle.Judged) { s.broken() })
	out, err := s.run(t.Context(), c, lifecycle.Policy{})
	want := ending{end: lifecycle.Unconfirmed, current: c.ClientID, previous: old, phase: credstore.Activated}
	s.wantEnd(out, err, want)
	out, err = s.resumed(lifecycle.Change{}, lifecycle.Policy{})
	s.wantEnd(out, err, want)
	if out.Confirmation == nil || len(out.Results()) == 0 || out.Retired != lifecycle.Kept || out.Change.Location == "" || out.Change.Store != "memory" {
		t.Errorf("confirmed by %+v, the old one %q, %+v", out.Confirmation, out.Retired, out.Change)
	}
}

// TestResumeALogOutWithoutAnAnswer: whether the old key is logged out is left to somebody who asks for that.
func TestResumeALogOutWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.user())
	c := rotation(s.user())
	c.RetirePrevious = true
	at(s, func(lifecycle.LoggingOut) { s.broken() })
	out, err := s.run(t.Context(), c, lifecycle.Policy{})
	if err != nil || out.End != lifecycle.Finished || out.Unretired == nil || out.Retired != lifecycle.Kept {
		t.Fatalf("%d, %v, %q, %v", out.End, err, out.Retired, out.Unretired)
	}
	s.mended()
	week, keys := credstore.DefaultKeep, s.sim.Keys("svc@example.com")
	out, err = s.resumed(lifecycle.Change{Keep: &week}, lifecycle.Policy{})
	if err != nil || out.End != lifecycle.Finished || out.Resumed.Phase != credstore.LoggingOut || out.Retired != lifecycle.Kept || out.Previous == nil || s.sim.Keys("svc@example.com") != keys {
		t.Errorf("kept: %d, %v, resumed from %s, %q", out.End, err, out.Resumed.Phase, out.Retired)
	}
	out, err = s.resumed(lifecycle.Change{}, lifecycle.Policy{})
	if old, is := out.Change.PreviousKeys(); err != nil || out.Retired != lifecycle.LoggedOut || out.Ended != lifecycle.KeyLoggedOut || s.sim.Keys("svc@example.com") != keys-1 || !is || old.AccessKey.IsZero() {
		t.Errorf("logged out: %v, %q, %q", err, out.Retired, out.Ended)
	}
}

// TestResumeWithoutANote: a version that is pending although nobody noted why is tested and activated where it is.
func TestResumeWithoutANote(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	c, _, err := s.Stage(t.Context(), s.pair(), s.tell)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Forget("acme"); err != nil {
		t.Fatal(err)
	}
	out, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{})
	s.wantEnd(out, err, ending{end: lifecycle.Finished, current: c.ClientID})
	if out.Current || out.Resumed.Kind != credstore.SetUp || out.Change.Location != c.Location || out.Change.Store != c.Store {
		t.Errorf("resumed from %+v, stored %q in %q", out.Resumed, out.Change.Location, out.Change.Store)
	}
}

// TestRunOfWhatIsBeingRenamed: a profile with two names is given one before anything else.
func TestRunOfWhatIsBeingRenamed(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	s.saved(rotation(s.another()))
	s.store.Next(storetest.Delete, storetest.Fail(credstore.Locked))
	if _, err := s.vault.Rename(t.Context(), "acme", "beta"); err == nil {
		t.Fatal("it was not interrupted")
	}
	calls := len(s.sim.Requests())
	for name, c := range map[string]lifecycle.Change{
		"rotation": rotation(s.another()), "set-up": s.pair(), "roll back": {Purpose: lifecycle.RollingBack, Name: "acme"},
	} {
		for _, resume := range []bool{false, true} {
			out, err := s.run(t.Context(), c, lifecycle.Policy{Resume: resume})
			var refused *lifecycle.Refusal
			if !errors.As(err, &refused) || !refused.Unfinished || out.End != lifecycle.Unchanged {
				t.Errorf("%s, going on %v: %d, %v", name, resume, out.End, err)
			}
		}
	}
	if n := len(s.sim.Requests()); n != calls {
		t.Errorf("Mimecast was called %d times", n-calls)
	}
}

// TestResumeAsksAnew: what is asked for now about the previous version goes before what was asked for then.
func TestResumeAsksAnew(t *testing.T) {
	t.Parallel()
	week := credstore.DefaultKeep
	for name, tt := range map[string]struct {
		then, now lifecycle.Change
		policy    lifecycle.Policy
		kept      bool
	}{
		"retired then, kept now":       {lifecycle.Change{RetirePrevious: true}, lifecycle.Change{Keep: &week}, lifecycle.Policy{}, true},
		"kept then, retired now":       {lifecycle.Change{}, lifecycle.Change{RetirePrevious: true}, lifecycle.Policy{}, false},
		"retired then, kept by policy": {lifecycle.Change{RetirePrevious: true}, lifecycle.Change{}, lifecycle.Policy{KeepPrevious: true}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			s.saved(s.pair())
			c := rotation(s.another("Account | Dashboard | Read"))
			c.RetirePrevious = tt.then.RetirePrevious
			if out, err := s.run(t.Context(), c, lifecycle.Policy{}); err != nil || out.End != lifecycle.KeptPending {
				t.Fatalf("%d, %v", out.End, err)
			}
			tt.policy.Anyway = true
			out, err := s.resumed(tt.now, tt.policy)
			if err != nil || out.End != lifecycle.Finished || (s.ids()[2] != "") != tt.kept {
				t.Errorf("%d, %v, previous %q", out.End, err, s.ids()[2])
			}
		})
	}
}

// TestPendingIsActivatedByItsTest: results that somebody has just got for the pending version are enough, and only for that one.
func TestPendingIsActivatedByItsTest(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	out, err := s.run(t.Context(), s.user(), lifecycle.Policy{})
	if err != nil || out.End != lifecycle.Finished {
		t.Fatalf("%d, %v", out.End, err)
	}
	c := rotation(s.user())
	at(s, func(lifecycle.KeysCame) { s.broken() })
	if out, err = s.run(t.Context(), c, lifecycle.Policy{}); err != nil || out.End != lifecycle.KeptPending {
		t.Fatalf("%d, %v", out.End, err)
	}
	s.mended()
	tested := s.checkedPending()
	other := tested
	other.StagedVersion = "another"
	if out, err = s.resumed(other, lifecycle.Policy{}); credstore.KindOf(err) != credstore.Conflict || out.Activated() {
		t.Errorf("another version was activated: %d, %v", out.End, err)
	}
	calls := len(s.sim.Requests())
	out, err = s.resumed(tested, lifecycle.Policy{KeepPrevious: true})
	if err != nil || out.End != lifecycle.Finished || out.Retired != lifecycle.Kept || len(out.Judgement.Lost) > 0 {
		t.Errorf("%d, %v, %s", out.End, err, out.Retired)
	}
	if n := len(s.sim.Requests()) - calls; n == 0 || n > 2*len(tested.Results) {
		t.Errorf("Mimecast was called %d times for the current version and to confirm", n)
	}
}

// checkedPending is a change with the results of the pending version, as somebody else got them.
func (s *story) checkedPending() lifecycle.Change {
	s.t.Helper()
	r := s.record()
	c, ok := lifecycle.Change{Name: "acme"}.ForPending(r, "memory", "")
	if !ok {
		s.t.Fatal("nothing is pending")
	}
	results, err := s.Check(s.t.Context(), c, s.tell)
	if err != nil {
		s.t.Fatal(err)
	}
	return lifecycle.Change{StagedVersion: r.Pending.ID, Results: results}
}

// TestRunKeys: keys that a sign-in brings, or does not bring, in a rotation of API 1.0.
func TestRunKeys(t *testing.T) {
	t.Parallel()
	renew := func(c lifecycle.Change) lifecycle.Change { c.Way = lifecycle.Renew; return c }
	for name, tt := range map[string]struct {
		change  func(lifecycle.Change) lifecycle.Change
		spoil   func(*story, context.CancelFunc)
		end     lifecycle.End
		retired lifecycle.Retired
		same    bool
		keys    int // that the user has then, beside the one of the first set-up
		lost    int // sign-ins that may have left keys
		fails   bool
	}{
		"new keys":             {end: lifecycle.Finished, retired: lifecycle.Kept, keys: 1},
		"logged out":           {change: func(c lifecycle.Change) lifecycle.Change { c.RetirePrevious = true; return c }, end: lifecycle.Finished, retired: lifecycle.LoggedOut},
		"refused":              {change: func(c lifecycle.Change) lifecycle.Change { c.Password = secret.New("no"); return c }, end: lifecycle.NothingStored},
		"renewed":              {change: renew, end: lifecycle.Finished, same: true},
		"renewed, not reached": {change: renew, spoil: func(s *story, _ context.CancelFunc) { at(s, func(lifecycle.KeysCame) { s.broken() }) }, end: lifecycle.NothingStored, same: true},
		"renewed, not tested":  {change: renew, spoil: func(s *story, stop context.CancelFunc) { at(s, func(lifecycle.KeysCame) { stop() }) }, end: lifecycle.NothingStored, same: true, fails: true},
		"not stored": {
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.KeysCame) { s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked)) })
			},
			fails: true,
		},
		"neither stored nor logged out": {
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.KeysCame) { s.broken(); s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked)) })
			},
			keys: 1, lost: 1, fails: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			s.saved(s.user())
			first, before := s.record().Current, s.sim.Keys("svc@example.com")
			c := rotation(s.user())
			if tt.change != nil {
				c = tt.change(c)
			}
			if c.Way == lifecycle.Renew {
				s.sim.ExpireKeys("svc@example.com")
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.spoil != nil {
				tt.spoil(s, cancel)
			}
			out, err := s.run(ctx, c, lifecycle.Policy{})
			s.store.Clear()
			s.mended()
			if out.End != tt.end || (err != nil) != tt.fails || out.Retired != tt.retired || out.SameKeys != tt.same {
				t.Errorf("ended at %d, %v, the old ones %q, the same %v", out.End, err, out.Retired, out.SameKeys)
			}
			if n := s.sim.Keys("svc@example.com") - before; n != tt.keys {
				t.Errorf("the user has %d more keys", n)
			}
			if lost := s.Left("acme"); len(lost) != tt.lost {
				t.Errorf("lost: %+v", lost)
			}
			if same := client.Same(first.Credential, s.record().Current.Credential); same != !out.Activated() {
				t.Errorf("the first keys are current: %v", same)
			}
		})
	}
}

// TestRunRollBack: the previous version is made current when Mimecast accepts it, or when somebody wants it anyway.
func TestRunRollBack(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil  func(s *story, previous string, cancel context.CancelFunc)
		policy lifecycle.Policy
		end    lifecycle.End
		fails  bool
	}{
		"accepted": {end: lifecycle.Finished},
		"refused":  {spoil: func(s *story, previous string, _ context.CancelFunc) { s.sim.DeleteApplication(previous) }},
		"refused, and wanted anyway": {
			spoil:  func(s *story, previous string, _ context.CancelFunc) { s.sim.DeleteApplication(previous) },
			policy: lifecycle.Policy{Anyway: true}, end: lifecycle.Unconfirmed,
		},
		"a silent host": {spoil: func(s *story, _ string, _ context.CancelFunc) { s.broken() }},
		"interrupted":   {spoil: func(s *story, _ string, cancel context.CancelFunc) { at(s, func(lifecycle.Planned) { cancel() }) }, fails: true},
		"not confirmed": {spoil: func(s *story, _ string, _ context.CancelFunc) { at(s, func(lifecycle.Judged) { s.broken() }) }, end: lifecycle.Unconfirmed},
		"not written": {
			spoil: func(s *story, _ string, _ context.CancelFunc) {
				s.store.On(storetest.Set, 0, storetest.Fail(credstore.Denied))
			}, fails: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			previous := s.saved(s.pair()).ClientID
			now := s.saved(rotation(s.another())).ClientID
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.spoil != nil {
				tt.spoil(s, previous, cancel)
			}
			out, err := s.run(ctx, lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme"}, tt.policy)
			want := ending{end: tt.end, current: now, previous: previous, fails: tt.fails}
			if tt.end >= lifecycle.Unconfirmed {
				want.current, want.previous = previous, now
			}
			if tt.end == lifecycle.Unconfirmed {
				want.phase = credstore.Activated
			}
			s.wantEnd(out, err, want)
		})
	}
	s := newStory(t)
	s.saved(s.pair())
	if _, err := s.run(t.Context(), lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme"}, lifecycle.Policy{}); !errors.Is(err, lifecycle.ErrNoPrevious) {
		t.Errorf("without a previous version: %v", err)
	}
}

// TestRunIsRefusedFirst: what has to be finished first, and who is at it, is told before anything is changed.
func TestRunIsRefusedFirst(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	at(s, func(lifecycle.KeysCame) { s.broken() })
	if out, err := s.run(t.Context(), s.user(), lifecycle.Policy{}); err != nil || out.End != lifecycle.KeptPending {
		t.Fatalf("%d, %v", out.End, err)
	}
	s.mended()
	calls := len(s.sim.Requests())
	if out, err := s.run(t.Context(), s.pair(), lifecycle.Policy{}); credstore.KindOf(err) != credstore.PendingKeys || out.End != lifecycle.Unchanged {
		t.Errorf("pending keys: %d, %v", out.End, err)
	}
	if n := len(s.sim.Requests()); n != calls {
		t.Errorf("Mimecast was called %d times", n-calls)
	}
	if out, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{}); err != nil || out.End != lifecycle.Finished {
		t.Errorf("going on with them: %d, %v", out.End, err)
	}
	if err := lifecycle.BeingRenamed(credstore.UnfinishedChange{Name: "acme", To: "beta", Kind: credstore.Renaming}); err == nil {
		t.Error("a renaming is in nobody's way")
	}
}
