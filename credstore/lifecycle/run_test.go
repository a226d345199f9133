package lifecycle_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// another is a pair of another application, which lacks some permissions of the demo's.
func (s *story) another(lacks ...string) lifecycle.Change {
	s.t.Helper()
	all, _ := s.sim.Application(s.demo.ClientID)
	made := s.sim.AddOAuth(simulator.OAuthApplication{
		Name: "another", Products: all.Products,
		Permissions: slices.DeleteFunc(slices.Clone(all.Permissions), func(p string) bool { return slices.Contains(lacks, p) }),
	})
	c := s.pair()
	c.ClientID, c.ClientSecret = made.ClientID, secret.New(made.ClientSecret)
	return c
}

// rotation is a change that replaces the credential of acme by that of c.
func rotation(c lifecycle.Change) lifecycle.Change {
	c.Purpose = lifecycle.Rotating
	return c
}

// wrong is c with a secret that Mimecast refuses.
func wrong(c lifecycle.Change) lifecycle.Change {
	c.ClientSecret = secret.New("made-up-and-wrong")
	return c
}

// user is a change whose keys are created by the user who needs no code.
func (s *story) user() lifecycle.Change {
	c := s.keys()
	c.Email = "svc@example.com"
	return c
}

// run runs a change to its end.
func (s *story) run(ctx context.Context, c lifecycle.Change, p lifecycle.Policy) (lifecycle.Outcome, error) {
	if p.Code == nil {
		p.Code = func() secret.Value { return secret.Value{} }
	}
	return s.Run(ctx, c, p, s.tell)
}

// saved runs a set-up or rotation that has to come to its end.
func (s *story) saved(c lifecycle.Change) lifecycle.Change {
	s.t.Helper()
	out, err := s.run(s.t.Context(), c, lifecycle.Policy{})
	if err != nil || out.End != lifecycle.Finished {
		s.t.Fatalf("prepared: ended at %d, %v: %s", out.End, err, out.Judgement.Sentence())
	}
	s.told = nil
	return out.Change
}

// ids are the identifiers of the versions that the store has: current, pending, previous.
func (s *story) ids() (ids [3]string) {
	s.t.Helper()
	s.store.Clear()
	r, err := s.vault.Load(s.t.Context(), "acme")
	if err != nil && credstore.KindOf(err) != credstore.NotFound {
		s.t.Fatal(err)
	}
	for i, v := range []*credstore.Version{r.Current, r.Pending, r.Previous} {
		if v != nil {
			ids[i] = v.Credential.Identifier()
		}
	}
	return ids
}

// ending is how a run is to end, with the identifiers that the store has then, and the phase that is noted.
type ending struct {
	end                        lifecycle.End
	current, pending, previous string
	phase                      credstore.Phase
	fails                      bool
}

func (s *story) wantEnd(out lifecycle.Outcome, err error, want ending) {
	s.t.Helper()
	if out.End != want.end || (err != nil) != want.fails {
		s.t.Errorf("ended at %d with %v, want %d: %s", out.End, err, want.end, out.Judgement.Sentence())
	}
	if out.Activated() != (want.end >= lifecycle.Unconfirmed) {
		s.t.Errorf("activated: %v", out.Activated())
	}
	if got := s.ids(); got != [3]string{want.current, want.pending, want.previous} {
		s.t.Errorf("the store has %q, want %q, %q and %q", got, want.current, want.pending, want.previous)
	}
	if noted, _ := s.vault.Noted("acme"); noted.Phase != want.phase {
		s.t.Errorf("noted as %q, want %q", noted.Phase, want.phase)
	}
	if s.vault.Busy("acme") {
		s.t.Error("the profile is still locked")
	}
}

// TestRunSetUp: every way in which a set-up ends.
func TestRunSetUp(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*story) lifecycle.Change
		policy lifecycle.Policy
		spoil  func(*story, context.CancelFunc)
		want   func(*story) ending
	}{
		"passes": {
			change: (*story).pair,
			want:   func(s *story) ending { return ending{end: lifecycle.Finished, current: s.demo.ClientID} },
		},
		"is a rotation of nothing": {
			change: func(s *story) lifecycle.Change { return rotation(s.pair()) },
			want:   func(s *story) ending { return ending{end: lifecycle.Finished, current: s.demo.ClientID} },
		},
		"is refused": {
			change: func(s *story) lifecycle.Change { return wrong(s.pair()) },
			want:   func(*story) ending { return ending{end: lifecycle.Discarded} },
		},
		"is refused, and anyway does not help": {
			change: func(s *story) lifecycle.Change { return wrong(s.pair()) }, policy: lifecycle.Policy{Anyway: true},
			want: func(*story) ending { return ending{end: lifecycle.Discarded} },
		},
		"lacks a permission": {
			change: func(s *story) lifecycle.Change { return s.another("Account | Dashboard | Read") },
			want:   func(*story) ending { return ending{end: lifecycle.Discarded} },
		},
		"meets a silent host": {
			change: (*story).pair,
			spoil: func(s *story, _ context.CancelFunc) {
				if err := s.sim.SetScenario("drop-connection"); err != nil {
					s.t.Fatal(err)
				}
			},
			policy: lifecycle.Policy{Anyway: true},
			want:   func(*story) ending { return ending{end: lifecycle.Discarded} },
		},
		"cannot connect": {
			change: func(s *story) lifecycle.Change { c := s.pair(); c.CAFile = "/nowhere/ca.pem"; return c },
			want:   func(*story) ending { return ending{end: lifecycle.Discarded} },
		},
		"is interrupted while it is checked": {
			change: (*story).pair,
			spoil:  func(s *story, cancel context.CancelFunc) { at(s, func(lifecycle.Planned) { cancel() }) },
			want:   func(*story) ending { return ending{end: lifecycle.Discarded, fails: true} },
		},
		"cannot be stored": {
			change: (*story).pair,
			spoil:  func(s *story, _ context.CancelFunc) { s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked)) },
			want:   func(*story) ending { return ending{fails: true} },
		},
		"cannot be activated": {
			change: (*story).pair,
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.Judged) { s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked)) })
			},
			want: func(s *story) ending {
				return ending{end: lifecycle.KeptPending, pending: s.demo.ClientID, phase: credstore.Staged, fails: true}
			},
		},
		"cannot be confirmed": {
			change: (*story).pair,
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.Judged) {
					if err := s.sim.SetScenario("drop-connection"); err != nil {
						s.t.Fatal(err)
					}
				})
			},
			want: func(s *story) ending {
				return ending{end: lifecycle.Unconfirmed, current: s.demo.ClientID, phase: credstore.Activated}
			},
		},
		"cannot be read once more": {
			change: (*story).pair,
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.Judged) {
					s.store.On(storetest.Get, s.store.Count(storetest.Get)+4, storetest.Fail(credstore.Locked))
				})
			},
			want: func(s *story) ending { return ending{end: lifecycle.Finished, current: s.demo.ClientID} },
		},
		"creates keys": {
			change: (*story).user,
			want:   func(s *story) ending { return ending{end: lifecycle.Finished, current: s.demo.ApplicationID} },
		},
		"creates keys that are refused": {
			change: (*story).user,
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.KeysCame) { s.sim.RevokeUser("svc@example.com") })
			},
			want: func(s *story) ending {
				return ending{end: lifecycle.KeptPending, pending: s.demo.ApplicationID, phase: credstore.Staged}
			},
		},
		"gets no keys": {
			change: func(s *story) lifecycle.Change { c := s.user(); c.Password = secret.New("wrong"); return c },
			want:   func(*story) ending { return ending{end: lifecycle.NothingStored} },
		},
		"is interrupted before the sign-in": {
			change: (*story).user,
			spoil: func(s *story, cancel context.CancelFunc) {
				s.Plan = nil
				s.store.On(storetest.Delete, 1, s.cancels(cancel))
			},
			want: func(*story) ending { return ending{fails: true} },
		},
		"is interrupted after the sign-in": {
			change: (*story).user,
			spoil:  func(s *story, cancel context.CancelFunc) { at(s, func(lifecycle.KeysCame) { cancel() }) },
			want: func(s *story) ending {
				return ending{end: lifecycle.KeptPending, pending: s.demo.ApplicationID, phase: credstore.Staged, fails: true}
			},
		},
		"is not whole": {
			change: (*story).pair,
			policy: lifecycle.Policy{Complete: func(c lifecycle.Change, _ lifecycle.Found) (lifecycle.Change, error) { return c, errors.New("no") }},
			want:   func(*story) ending { return ending{fails: true} },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.spoil != nil {
				tt.spoil(s, cancel)
			}
			out, err := s.run(ctx, tt.change(s), tt.policy)
			s.wantEnd(out, err, tt.want(s))
		})
	}
}

// at does something when an event of a kind is told.
func at[E lifecycle.Event](s *story, do func(E)) {
	s.on = append(s.on, func(e lifecycle.Event) {
		if e, is := e.(E); is {
			do(e)
		}
	})
}

// cancels is an operation that is the last before the interrupt.
func (s *story) cancels(cancel context.CancelFunc) storetest.Fault {
	return func(_ context.Context, _ storetest.Call, do func() ([]byte, error)) ([]byte, error) {
		defer cancel()
		return do()
	}
}

// TestRunRotation: every way in which a rotation of a pair ends, and what becomes of the one before.
func TestRunRotation(t *testing.T) {
	t.Parallel()
	none := credstore.Span(0)
	for name, tt := range map[string]struct {
		change func(*story) lifecycle.Change
		policy lifecycle.Policy
		spoil  func(*story, context.CancelFunc)
		end    lifecycle.End
		// fresh is where the new pair is: 0 current, 1 pending, -1 nowhere. kept tells that the one before is still previous.
		fresh   int
		kept    bool
		phase   credstore.Phase
		retired lifecycle.Retired
		fails   bool
	}{
		"passes": {
			change: func(s *story) lifecycle.Change { return s.another() },
			end:    lifecycle.Finished, kept: true, retired: lifecycle.Kept,
		},
		"passes, and nothing is kept": {
			change: func(s *story) lifecycle.Change { c := s.another(); c.Keep = &none; return c },
			end:    lifecycle.Finished, retired: lifecycle.Forgotten,
		},
		"passes, and the old one is retired": {
			change: func(s *story) lifecycle.Change { c := s.another(); c.RetirePrevious = true; return c },
			end:    lifecycle.Finished, retired: lifecycle.Forgotten,
		},
		"passes, and everything is kept": {
			change: func(s *story) lifecycle.Change { c := s.another(); c.RetirePrevious = true; return c },
			policy: lifecycle.Policy{KeepPrevious: true},
			end:    lifecycle.Finished, kept: true, retired: lifecycle.Kept,
		},
		"is refused": {
			change: func(s *story) lifecycle.Change { return wrong(s.another()) }, policy: lifecycle.Policy{Anyway: true},
			end: lifecycle.KeptPending, fresh: 1, phase: credstore.Staged,
		},
		"is worse": {
			change: func(s *story) lifecycle.Change { return s.another("Account | Dashboard | Read") },
			end:    lifecycle.KeptPending, fresh: 1, phase: credstore.Staged,
		},
		"is worse, and wanted anyway": {
			change: func(s *story) lifecycle.Change { return s.another("Account | Dashboard | Read") }, policy: lifecycle.Policy{Anyway: true},
			end: lifecycle.Finished, kept: true, retired: lifecycle.Kept,
		},
		"is interrupted while it is checked": {
			change: func(s *story) lifecycle.Change { return s.another() },
			spoil:  func(s *story, cancel context.CancelFunc) { at(s, func(lifecycle.Planned) { cancel() }) },
			end:    lifecycle.KeptPending, fresh: 1, phase: credstore.Staged, fails: true,
		},
		"is interrupted before it is activated": {
			change: func(s *story) lifecycle.Change { return s.another() },
			spoil:  func(s *story, cancel context.CancelFunc) { at(s, func(lifecycle.Judged) { cancel() }) },
			end:    lifecycle.KeptPending, fresh: 1, phase: credstore.Staged, fails: true,
		},
		"cannot be stored": {
			change: func(s *story) lifecycle.Change { return s.another() },
			spoil:  func(s *story, _ context.CancelFunc) { s.store.On(storetest.Set, 0, storetest.Fail(credstore.Denied)) },
			fresh:  -1, fails: true,
		},
		"cannot be confirmed": {
			change: func(s *story) lifecycle.Change { c := s.another(); c.Keep = &none; return c },
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.Judged) {
					if err := s.sim.SetScenario("drop-connection"); err != nil {
						s.t.Fatal(err)
					}
				})
			},
			end: lifecycle.Unconfirmed, kept: true, phase: credstore.Activated, retired: lifecycle.Kept,
		},
		"cannot retire the old one": {
			change: func(s *story) lifecycle.Change { c := s.another(); c.Keep = &none; return c },
			spoil: func(s *story, _ context.CancelFunc) {
				at(s, func(lifecycle.Judged) {
					s.store.On(storetest.Set, s.store.Count(storetest.Set)+2, storetest.Fail(credstore.Locked))
				})
			},
			end: lifecycle.Finished, kept: true, phase: credstore.Confirmed, retired: lifecycle.Kept,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			old := s.saved(s.pair()).ClientID
			c := rotation(tt.change(s))
			want := ending{end: tt.end, current: old, phase: tt.phase, fails: tt.fails}
			switch tt.fresh {
			case 1:
				want.pending = c.ClientID
			case 0:
				want.current = c.ClientID
			}
			if tt.kept {
				want.previous = old
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.spoil != nil {
				tt.spoil(s, cancel)
			}
			out, err := s.run(ctx, c, tt.policy)
			s.wantEnd(out, err, want)
			if out.Retired != tt.retired || (out.Previous != nil) != tt.kept {
				t.Errorf("the old one is %q, previous %v, %v", out.Retired, out.Previous != nil, out.Unretired)
			}
			if compared := slices.ContainsFunc(s.told, func(e lifecycle.Event) bool { _, is := e.(lifecycle.Compared); return is }); compared != (tt.fresh >= 0) {
				t.Errorf("compared with the current one: %v", compared)
			}
		})
	}
}

// TestRunWithPatience: the refusals of a new application are repeated with growing pauses, and only the last run is told.
func TestRunWithPatience(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	all, _ := s.sim.Application(s.demo.ClientID)
	s.sim.SetProducts(s.demo.ClientID)
	clock := time.Now()
	s.Now = func() time.Time { return clock }
	var pauses []time.Duration
	pause := func(_ context.Context, d time.Duration) error {
		pauses, clock = append(pauses, d), clock.Add(d)
		if len(pauses) == 3 {
			s.sim.SetProducts(s.demo.ClientID, all.Products...)
		}
		return nil
	}
	out, err := s.run(t.Context(), s.pair(), lifecycle.Policy{Patience: lifecycle.Patience{For: time.Hour, Pause: pause}})
	s.wantEnd(out, err, ending{end: lifecycle.Finished, current: s.demo.ClientID})
	if want := []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second}; !slices.Equal(pauses, want) {
		t.Errorf("paused %v", pauses)
	}
	var repeated []lifecycle.Repeating
	checked := 0
	for _, e := range s.told {
		switch e := e.(type) {
		case lifecycle.Repeating:
			repeated = append(repeated, e)
		case lifecycle.Checked:
			checked++
		}
	}
	if len(repeated) != 3 || repeated[0].Kind != client.MissingProduct || repeated[1].Left != time.Hour-10*time.Second || checked != len(out.Results()) {
		t.Errorf("told: %+v, and %d checks", repeated, checked)
	}
}
