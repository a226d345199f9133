package lifecycle_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// TestAnInterruptAfterTheLastCheckStops: a version that has just passed is not activated when the run was ended meanwhile.
func TestAnInterruptAfterTheLastCheckStops(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	old := s.saved(s.pair()).ClientID
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	planned := 0
	at(s, func(e lifecycle.Planned) { planned = len(e.Steps) })
	at(s, func(lifecycle.Checked) {
		if planned--; planned == 0 {
			cancel()
		}
	})
	var judged []lifecycle.Judged
	at(s, func(e lifecycle.Judged) { judged = append(judged, e) })
	c := rotation(s.another())
	out, err := s.run(ctx, c, lifecycle.Policy{Anyway: true})
	s.wantEnd(out, err, ending{end: lifecycle.KeptPending, current: old, pending: c.ClientID, phase: credstore.Staged, fails: true})
	if len(judged) != 1 || judged[0].GoesOn || !errors.Is(err, context.Canceled) {
		t.Errorf("judged %d times, %v", len(judged), err)
	}
}

// TestWhatCannotBeTestedIsToldSo: why no check was made is in the outcome, and a failed check is no such reason.
func TestWhatCannotBeTestedIsToldSo(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*story) lifecycle.Change
		want   bool
	}{
		"no such CA file": {func(s *story) lifecycle.Change { c := s.pair(); c.CAFile = "/nowhere/ca.pem"; return c }, true},
		"refused":         {func(s *story) lifecycle.Change { return wrong(s.pair()) }, false},
		"no such product": {func(s *story) lifecycle.Change { c := s.pair(); c.Integration = "nothing-known"; return c }, true},
	} {
		s := newStory(t)
		out, err := s.run(t.Context(), tt.change(s), lifecycle.Policy{})
		if err != nil || (out.Untestable != nil) != tt.want || out.End != lifecycle.Discarded || out.Confirmation != nil {
			t.Errorf("%s: ended at %d, %v, %v", name, out.End, err, out.Untestable)
		}
	}
}

// TestConfirmedIsInTheChange: what the call with the current version said is in the change that comes back, good or bad.
func TestConfirmedIsInTheChange(t *testing.T) {
	t.Parallel()
	for _, fails := range []bool{false, true} {
		s := newStory(t)
		if fails {
			at(s, func(lifecycle.Judged) { s.broken() })
		}
		out, err := s.run(t.Context(), s.pair(), lifecycle.Policy{})
		if err != nil || out.Change.Confirmed == fails || len(out.Change.Confirmation) == 0 || out.Confirmation == nil || out.Confirmation.OK == fails || out.Change.Anyway {
			t.Errorf("fails %v: %v, confirmed %v by %d results", fails, err, out.Change.Confirmed, len(out.Change.Confirmation))
		}
	}
}

// TestPreviousIsKnownWithoutAnotherLook: the version that was replaced is told although the store cannot be read once more.
func TestPreviousIsKnownWithoutAnotherLook(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	old := s.saved(s.pair()).ClientID
	at(s, func(lifecycle.Judged) {
		gets := s.store.Count(storetest.Get)
		for n := range 12 {
			if n > 2 {
				s.store.On(storetest.Get, gets+n+1, storetest.Fail(credstore.Locked))
			}
		}
	})
	out, err := s.run(t.Context(), rotation(s.another()), lifecycle.Policy{})
	if err != nil || !out.Activated() || out.Previous == nil || out.Previous.Credential.Identifier() != old || out.Retired != lifecycle.Kept || !out.Change.PreviousKept {
		t.Errorf("ended at %d, %v: %+v, %q", out.End, err, out.Previous, out.Retired)
	}
}

// TestResumedIsComparedWithTheCurrentOne: a pending version is compared with the one that is current now, and with the last
// check of that one where it no longer works.
func TestResumedIsComparedWithTheCurrentOne(t *testing.T) {
	t.Parallel()
	for _, stopped := range []bool{false, true} {
		s := newStory(t)
		s.saved(s.pair())
		id := s.record().Current.ID
		ctx, cancel := context.WithCancel(t.Context())
		at(s, func(lifecycle.Planned) { cancel() })
		if _, err := s.run(ctx, rotation(s.another()), lifecycle.Policy{}); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		s.Leave("acme")
		s.mended()
		if stopped {
			s.sim.DemoRegenerate()
		}
		s.told = nil
		var compared []lifecycle.Compared
		at(s, func(e lifecycle.Compared) { compared = append(compared, e) })
		out, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{})
		if err != nil || out.End != lifecycle.Finished || out.Change.Replaced.ID != id || out.Change.Replaced.Credential == nil || len(out.Change.Replaced.Results) == 0 || out.Change.Replaced.Account == "" {
			t.Errorf("stopped %v: ended at %d, %v, compared with %+v", stopped, out.End, err, out.Change.Replaced)
		}
		if len(compared) != 1 || compared[0].Last.IsZero() == stopped || len(compared[0].Results) == 0 {
			t.Errorf("stopped %v: told %+v", stopped, compared)
		}
		if n := count[lifecycle.Checked](s); n != len(out.Results()) {
			t.Errorf("stopped %v: %d checks told, %d made", stopped, n, len(out.Results()))
		}
	}
}

// TestARotationOfALaterProductIsNotCompared: a current version whose product is not known here keeps nothing from going on.
func TestARotationOfALaterProductIsNotCompared(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	plan, asked := s.Plan, 0
	s.Plan = func(sel catalog.Selection) (client.Plan, error) {
		if asked++; asked == 1 {
			return client.Plan{}, errors.New("not known")
		}
		return plan(sel)
	}
	out, err := s.run(t.Context(), rotation(s.another()), lifecycle.Policy{})
	if err != nil || out.End != lifecycle.Finished || count[lifecycle.Compared](s) != 0 {
		t.Errorf("ended at %d, %v, compared %d times", out.End, err, count[lifecycle.Compared](s))
	}
}

// nameless is a Mimecast that does not say whose a credential is, or not with a code.
type nameless struct {
	lifecycle.Mimecast
	account *client.Account
}

func (n nameless) Check(ctx context.Context, c client.Credential, plan client.Plan) iter.Seq[client.Result] {
	return func(yield func(client.Result) bool) {
		for r := range n.Mimecast.Check(ctx, c, plan) {
			if r.Account != nil {
				r.Account = n.account
			}
			if !yield(r) {
				return
			}
		}
	}
}

// TestAnAccountThatIsNotToldStays: what the list knows of the current version's account is not lost to a check that does not tell.
func TestAnAccountThatIsNotToldStays(t *testing.T) {
	t.Parallel()
	for name, account := range map[string]*client.Account{"none": nil, "no code": {Name: "Acme"}} {
		s := newStory(t)
		s.saved(s.pair())
		entry, _, _ := s.vault.Lookup("acme")
		s.Dial = func(e client.Endpoint) (lifecycle.Mimecast, error) {
			m, err := client.New(e)
			return nameless{m, account}, err
		}
		out, err := s.run(t.Context(), rotation(s.another()), lifecycle.Policy{})
		if err != nil || entry.Account == nil || entry.Account.Code == "" || out.Change.Replaced.Account != entry.Account.Code {
			t.Errorf("%s: %v, the list has %+v, compared with %q", name, err, entry.Account, out.Change.Replaced.Account)
		}
	}
}
