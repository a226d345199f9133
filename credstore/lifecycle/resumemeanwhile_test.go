package lifecycle_test

import (
	"context"
	"errors"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// meanwhile is a vault to which something happens before each change is announced.
type meanwhile struct {
	lifecycle.Vault
	do func()
}

func (v meanwhile) Begin(ctx context.Context, c credstore.UnfinishedChange) (credstore.UnfinishedChange, error) {
	v.do()
	return v.Vault.Begin(ctx, c)
}

// pending leaves a rotation of acme whose new version is not tested, and gives that change.
func (s *story) pending() lifecycle.Change {
	s.t.Helper()
	s.saved(s.pair())
	c := rotation(s.another())
	ctx, cancel := context.WithCancel(s.t.Context())
	at(s, func(lifecycle.Planned) { cancel() })
	if _, err := s.run(ctx, c, lifecycle.Policy{}); !errors.Is(err, context.Canceled) {
		s.t.Fatal(err)
	}
	s.mended()
	s.told = nil
	return c
}

// TestResumeOfWhatIsGone: a pending version that somebody discarded meanwhile is a conflict, and nothing is noted afterwards.
func TestResumeOfWhatIsGone(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.pending()
	old := s.ids()[0]
	s.Vault = meanwhile{s.vault, func() {
		if err := s.vault.End(t.Context(), "acme", credstore.Discarded); err != nil {
			t.Error(err)
		}
	}}
	out, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{})
	s.wantEnd(out, err, ending{current: old, fails: true})
	if credstore.KindOf(err) != credstore.Conflict {
		t.Errorf("%v", err)
	}
}

// TestResumeTellsWhatItFinds: how far the change had come is told once, before anything is done.
func TestResumeTellsWhatItFinds(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.pending()
	out, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{})
	if err != nil || out.End != lifecycle.Finished || len(s.told) == 0 {
		t.Fatalf("ended at %d, %v", out.End, err)
	}
	if first, is := s.told[0].(lifecycle.Unfinished); !is || first.Phase != credstore.Staged || first.Name != "acme" || count[lifecycle.Unfinished](s) != 1 {
		t.Errorf("told first: %+v", s.told[0])
	}
}

// TestResultsThatAreKnownAreNotMadeAgain: the results of somebody's test of the pending version decide as they are.
func TestResultsThatAreKnownAreNotMadeAgain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(s *story, id string)
		end   lifecycle.End
	}{
		"passed":  {func(*story, string) {}, lifecycle.Finished},
		"refused": {func(s *story, id string) { s.sim.DeleteApplication(id) }, lifecycle.KeptPending},
	} {
		s := newStory(t)
		c := s.pending()
		tt.spoil(s, c.ClientID)
		tested := s.checkedPending()
		s.told = nil
		out, err := s.resumed(tested, lifecycle.Policy{})
		if err != nil || out.End != tt.end || len(out.Results()) != len(tested.Results) {
			t.Errorf("%s: ended at %d, %v, with %d results", name, out.End, err, len(out.Results()))
		}
		if count[lifecycle.Planned](s) != 0 || count[lifecycle.Compared](s) != 1 {
			t.Errorf("%s: %d runs of checks were made", name, count[lifecycle.Planned](s))
		}
	}
}

// TestAnInterruptBeforeTheJudgementStops: good results are not acted on by a run that was ended meanwhile.
func TestAnInterruptBeforeTheJudgementStops(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	c := s.pending()
	tested := s.checkedPending()
	tested.Name = "acme"
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	at(s, func(lifecycle.Compared) { cancel() })
	var judged []lifecycle.Judged
	at(s, func(e lifecycle.Judged) { judged = append(judged, e) })
	old := s.ids()[0]
	out, err := s.run(ctx, tested, lifecycle.Policy{Resume: true})
	s.wantEnd(out, err, ending{end: lifecycle.KeptPending, current: old, pending: c.ClientID, phase: credstore.Staged, fails: true})
	if len(judged) != 1 || judged[0].GoesOn || !judged[0].Passes() || !errors.Is(err, context.Canceled) {
		t.Errorf("judged %+v, %v", judged, err)
	}
}

// TestAnEditThatIsConfirmedIsFinished: whatever kind of change was left to be finished is finished when it goes on.
func TestAnEditThatIsConfirmedIsFinished(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	edit := s.another()
	edit.Purpose = lifecycle.Changing
	at(s, func(lifecycle.Judged) { s.broken() })
	if out, err := s.run(t.Context(), edit, lifecycle.Policy{}); err != nil || out.End != lifecycle.Unconfirmed {
		t.Fatalf("ended at %d, %v", out.End, err)
	}
	s.mended()
	if err := s.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Confirmed, Retire: true}); err != nil {
		t.Fatal(err)
	}
	s.Leave("acme")
	out, err := s.resumed(lifecycle.Change{}, lifecycle.Policy{})
	s.wantEnd(out, err, ending{end: lifecycle.Finished, current: edit.ClientID, previous: s.demo.ClientID})
	if out.Unretired != nil || out.Retired != lifecycle.Kept {
		t.Errorf("the previous one is %q, %v", out.Retired, out.Unretired)
	}
}
