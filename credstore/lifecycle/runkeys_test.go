package lifecycle_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// keyMaker is a Mimecast whose sign-ins are answered by give.
type keyMaker struct {
	lifecycle.Mimecast
	give func(ctx context.Context, ask client.SignIn) (client.Keys, error)
}

func (m keyMaker) SignIn(ctx context.Context, ask client.SignIn) (client.Keys, error) {
	return m.give(ctx, ask)
}

// gives makes sign-ins come to what give says; m is the Mimecast that would answer.
func (s *story) gives(give func(ctx context.Context, m lifecycle.Mimecast, ask client.SignIn) (client.Keys, error)) {
	dial := s.Dial
	s.Dial = func(e client.Endpoint) (lifecycle.Mimecast, error) {
		m, err := dial(e)
		return keyMaker{m, func(ctx context.Context, ask client.SignIn) (client.Keys, error) { return give(ctx, m, ask) }}, err
	}
}

// TestKeysThatComeAgain: the current keys are the same whether they were renewed or created, and other keys replace them.
func TestKeysThatComeAgain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		way    lifecycle.Way
		others bool
		same   bool
		told   int
		is     lifecycle.Way
	}{
		"renewed":                    {lifecycle.Renew, false, true, 0, lifecycle.Renew},
		"created, and the same":      {lifecycle.NewKeys, false, true, 0, lifecycle.NewKeys},
		"created":                    {lifecycle.NewKeys, true, false, 0, lifecycle.NewKeys},
		"a renewal gives other keys": {lifecycle.Renew, true, false, 1, lifecycle.NewKeys},
	} {
		s := newStory(t)
		s.saved(s.user())
		current := s.record().Current
		keys, _ := current.Credential.(client.Legacy)
		s.gives(func(ctx context.Context, m lifecycle.Mimecast, ask client.SignIn) (client.Keys, error) {
			if tt.others {
				ask.Expired = secret.Value{}
				return m.SignIn(ctx, ask)
			}
			return client.Keys{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey}, nil
		})
		c := rotation(s.user())
		c.Way = tt.way
		out, err := s.run(t.Context(), c, lifecycle.Policy{})
		if err != nil || out.End != lifecycle.Finished || out.SameKeys != tt.same || out.Activated() == tt.same || out.Change.Way != tt.is {
			t.Errorf("%s: ended at %d, %v, the same %v, by %q", name, out.End, err, out.SameKeys, out.Change.Way)
		}
		if n := count[lifecycle.OtherKeys](s); n != tt.told || count[lifecycle.Judged](s) != 1 {
			t.Errorf("%s: other keys are told %d times, judged %d times", name, n, count[lifecycle.Judged](s))
		}
		if same := client.Same(s.record().Current.Credential, keys); same != tt.same {
			t.Errorf("%s: the current keys are the same %v", name, same)
		}
		if _, noted := s.vault.Noted("acme"); noted && tt.same {
			t.Errorf("%s: something is noted", name)
		}
	}
}

// TestRenewedKeysAreJudgedAndNoted: what a test of keys that stayed the same found is told, and noted of their version.
func TestRenewedKeysAreJudgedAndNoted(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil   func(*story)
		end     lifecycle.End
		goesOn  bool
		finding lifecycle.Finding
	}{
		"they work":   {func(*story) {}, lifecycle.Finished, true, lifecycle.Right},
		"no answer":   {(*story).broken, lifecycle.NothingStored, false, lifecycle.Untested},
		"are refused": {func(s *story) { s.sim.RevokeUser("svc@example.com") }, lifecycle.NothingStored, false, lifecycle.Refused},
	} {
		s := newStory(t)
		s.saved(s.user())
		s.sim.ExpireKeys("svc@example.com")
		list := &noting{Profiles: s.vault}
		s.Profiles = list
		at(s, func(lifecycle.KeysCame) { tt.spoil(s) })
		var judged []lifecycle.Judged
		at(s, func(e lifecycle.Judged) { judged = append(judged, e) })
		c := rotation(s.user())
		c.Way = lifecycle.Renew
		out, err := s.run(t.Context(), c, lifecycle.Policy{})
		if err != nil || out.End != tt.end || !out.SameKeys || out.Judgement.Finding != tt.finding {
			t.Errorf("%s: ended at %d, %v, judged %d", name, out.End, err, out.Judgement.Finding)
		}
		if len(judged) != 1 || judged[0].GoesOn != tt.goesOn || judged[0].Finding != tt.finding {
			t.Errorf("%s: told %+v", name, judged)
		}
		if list.sum.Version != s.record().Current.ID || list.sum.OK != tt.goesOn {
			t.Errorf("%s: noted %+v", name, list.sum)
		}
	}
}

// overdue is a list that forgets a previous version whenever it may.
type overdue struct{ lifecycle.Profiles }

func (overdue) Sweep(context.Context, string) (*credstore.Version, error) {
	return &credstore.Version{ID: "overdue"}, nil
}

// TestRenewedKeysTellWhatWasForgotten: a previous version whose time has passed is in the outcome of a renewal.
func TestRenewedKeysTellWhatWasForgotten(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.user())
	s.sim.ExpireKeys("svc@example.com")
	s.Profiles = overdue{s.vault}
	c := rotation(s.user())
	c.Way = lifecycle.Renew
	if out, err := s.run(t.Context(), c, lifecycle.Policy{}); err != nil || out.Noted.Forgotten == nil || out.Noted.Forgotten.ID != "overdue" {
		t.Errorf("%v, %+v", err, out.Noted)
	}
}

// TestTheCodeGoesWithTheSignIn: a sign-in has the one-time code that the policy gives, and none where it gives none.
func TestTheCodeGoesWithTheSignIn(t *testing.T) {
	t.Parallel()
	refused := &client.Error{Kind: client.InvalidCredentials}
	for want, give := range map[string]func() secret.Value{"123456": func() secret.Value { return secret.New("123456") }, "": nil} {
		s := newStory(t)
		got := "not asked"
		s.gives(func(_ context.Context, _ lifecycle.Mimecast, ask client.SignIn) (client.Keys, error) {
			got = ask.Code.Reveal()
			return client.Keys{}, refused
		})
		out, err := s.Run(t.Context(), s.user(), lifecycle.Policy{Code: give}, s.tell)
		if err != nil || out.End != lifecycle.NothingStored || !errors.Is(out.SignIn, refused) || got != want {
			t.Errorf("%q: ended at %d, %v, asked with %q", want, out.End, err, got)
		}
	}
}

// TestALostAnswerIsInTheOutcome: a sign-in whose answer was lost may have left keys, which whoever ran it is told.
func TestALostAnswerIsInTheOutcome(t *testing.T) {
	t.Parallel()
	for lost, kind := range map[int]client.Kind{1: client.Timeout, 0: client.InvalidCredentials} {
		s := newStory(t)
		s.gives(func(context.Context, lifecycle.Mimecast, client.SignIn) (client.Keys, error) {
			return client.Keys{}, &client.Error{Kind: kind}
		})
		out, err := s.run(t.Context(), s.user(), lifecycle.Policy{})
		if err != nil || out.End != lifecycle.NothingStored || len(out.Change.LostKeys) != lost || len(s.Left("acme")) != lost {
			t.Errorf("%s: ended at %d, %v, lost %+v", kind, out.End, err, out.Change.LostKeys)
		}
	}
}

// TestPreflightComesBeforeWhatCannotBeUndone: a store that does not work is found out about before a sign-in and in each set-up.
func TestPreflightComesBeforeWhatCannotBeUndone(t *testing.T) {
	t.Parallel()
	pasted := func(s *story) lifecycle.Change { return s.pair() }
	signsIn := func(s *story) lifecycle.Change { return s.user() }
	for name, tt := range map[string]struct {
		change  func(*story) lifecycle.Change
		purpose lifecycle.Purpose
		tried   bool
	}{
		"a set-up":               {pasted, lifecycle.SettingUp, true},
		"a set-up that signs in": {signsIn, lifecycle.SettingUp, true},
		"a rotation":             {pasted, lifecycle.Rotating, false},
		"one that signs in":      {signsIn, lifecycle.Rotating, true},
	} {
		s := newStory(t)
		s.saved(tt.change(s))
		calls := len(s.sim.Requests())
		refused := &preflight{Vault: s.vault, err: &credstore.Error{Kind: credstore.Locked, Op: "try the store"}}
		s.Vault = refused
		c := tt.change(s)
		c.Purpose = tt.purpose
		_, err := s.run(t.Context(), c, lifecycle.Policy{})
		if refused.tried != tt.tried || tt.tried && (!errors.Is(err, refused.err) || len(s.sim.Requests()) != calls) {
			t.Errorf("%s: tried %v, %v, %d calls", name, refused.tried, err, len(s.sim.Requests())-calls)
		}
		if _, noted := s.vault.Noted("acme"); noted && tt.tried {
			t.Errorf("%s: something is noted", name)
		}
	}
}

// preflight is a vault whose stores do not work.
type preflight struct {
	lifecycle.Vault
	err   error
	tried bool
}

func (v *preflight) Preflight(context.Context, string, credstore.Profile) error {
	v.tried = true
	return v.err
}

// displacing is a vault that finds out with each staging that an earlier sign-in has left keys.
type displacing struct {
	lifecycle.Vault
	staged bool
}

func (v *displacing) Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, s credstore.Source) (credstore.Record, error) {
	v.staged = true
	return v.Vault.Stage(ctx, store, p, c, s)
}

func (v *displacing) Noted(name string) (credstore.UnfinishedChange, bool) {
	noted, is := v.Vault.Noted(name)
	if v.staged {
		noted.LostKeys = append(noted.LostKeys, credstore.LostKeys{At: time.Unix(5, 0), User: "svc@example.com", Certain: true})
	}
	return noted, is
}

// TestWhatStagingFindsOutIsTold: keys whose place the new version has now are told of, once.
func TestWhatStagingFindsOutIsTold(t *testing.T) {
	t.Parallel()
	for _, displaces := range []bool{true, false} {
		s := newStory(t)
		if displaces {
			s.Vault = &displacing{Vault: s.vault}
		}
		out, err := s.run(t.Context(), s.pair(), lifecycle.Policy{})
		if err != nil || out.End != lifecycle.Finished || count[lifecycle.Remark](s) == 1 != displaces {
			t.Errorf("displaces %v: ended at %d, %v, told %d times", displaces, out.End, err, count[lifecycle.Remark](s))
		}
	}
}

// TestCreatedKeysThatCannotBeStored: they are logged out again, and nothing else is left; where that fails it is told.
func TestCreatedKeysThatCannotBeStored(t *testing.T) {
	t.Parallel()
	for _, reached := range []bool{true, false} {
		s := newStory(t)
		at(s, func(lifecycle.KeysCame) {
			s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
			if !reached {
				s.broken()
			}
		})
		var told []lifecycle.UnstoredLoggedOut
		at(s, func(e lifecycle.UnstoredLoggedOut) { told = append(told, e) })
		out, err := s.run(t.Context(), s.user(), lifecycle.Policy{})
		s.mended()
		if credstore.KindOf(err) != credstore.Locked || out.End != lifecycle.Unchanged || len(told) != 1 || (told[0].Err == nil) != reached {
			t.Errorf("reached %v: ended at %d, %v, told %+v", reached, out.End, err, told)
		}
		if lost := len(s.Left("acme")); lost == 0 != reached {
			t.Errorf("reached %v: %d sign-ins may have left keys", reached, lost)
		}
	}
}
