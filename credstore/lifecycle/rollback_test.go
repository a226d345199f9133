package lifecycle_test

import (
	"context"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestRollBackSaysWhatItPutsBack: the change, the judgement and what was told are those of the previous version.
func TestRollBackSaysWhatItPutsBack(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil   func(s *story, previous string)
		policy  lifecycle.Policy
		goesOn  bool
		finding lifecycle.Finding
	}{
		"accepted":       {func(*story, string) {}, lifecycle.Policy{}, true, lifecycle.Right},
		"refused":        {func(s *story, previous string) { s.sim.DeleteApplication(previous) }, lifecycle.Policy{}, false, lifecycle.Refused},
		"refused anyway": {func(s *story, previous string) { s.sim.DeleteApplication(previous) }, lifecycle.Policy{Anyway: true}, true, lifecycle.Refused},
		"a silent host":  {func(s *story, _ string) { s.broken() }, lifecycle.Policy{}, false, lifecycle.Untested},
	} {
		s := newStory(t)
		previous := s.saved(s.pair()).ClientID
		s.saved(rotation(s.another()))
		old := s.record().Previous
		tt.spoil(s, previous)
		var judged []lifecycle.Judged
		at(s, func(e lifecycle.Judged) { judged = append(judged, e) })
		out, err := s.run(t.Context(), lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme"}, tt.policy)
		c := out.Change
		if err != nil || c.Purpose != lifecycle.RollingBack || !c.Replaces || c.Location == "" || c.Replaced.ID != old.ID || c.ClientID != previous || c.Store != "memory" || c.BaseURL != s.url {
			t.Errorf("%s: %v, %+v", name, err, c)
		}
		if out.Judgement.Finding != tt.finding || out.Untestable != nil || len(judged) != 1 || judged[0].GoesOn != tt.goesOn || judged[0].Finding != tt.finding {
			t.Errorf("%s: judged %d, %v, told %d times", name, out.Judgement.Finding, out.Untestable, len(judged))
		}
		if confirmed := out.Confirmation != nil; confirmed != (tt.goesOn && tt.finding == lifecycle.Right) {
			t.Errorf("%s: confirmed %v", name, confirmed)
		}
	}
}

// TestRollBackThatCannotBeTested: why is in the outcome, and anyway makes it current all the same.
func TestRollBackThatCannotBeTested(t *testing.T) {
	t.Parallel()
	for _, anyway := range []bool{false, true} {
		s := newStory(t)
		s.saved(s.pair())
		s.saved(rotation(s.another()))
		s.Dial = func(client.Endpoint) (lifecycle.Mimecast, error) { return nil, errUnlooked }
		out, err := s.run(t.Context(), lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme"}, lifecycle.Policy{Anyway: anyway})
		if err != nil || out.Untestable == nil || out.Activated() != anyway || len(out.Results()) != 0 {
			t.Errorf("anyway %v: ended at %d, %v, %v", anyway, out.End, err, out.Untestable)
		}
	}
}

// TestRunTellsNobody: a run that nobody listens to comes to the same end.
func TestRunTellsNobody(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, err := s.Run(ctx, s.pair(), lifecycle.Policy{}, nil)
	s.wantEnd(out, err, ending{end: lifecycle.Finished, current: s.demo.ClientID})
	out, err = s.Run(ctx, rotation(s.another()), lifecycle.Policy{}, nil)
	if err != nil || out.End != lifecycle.Finished || out.Previous == nil {
		t.Errorf("rotated: %d, %v", out.End, err)
	}
	if out, err = s.Run(ctx, lifecycle.Change{Name: "acme"}, lifecycle.Policy{Resume: true}, nil); err != nil || out.End != lifecycle.NothingUnfinished {
		t.Errorf("resumed: %d, %v", out.End, err)
	}
	if err := s.Finish("acme", nil); credstore.KindOf(err) == credstore.Locked {
		t.Errorf("finished: %v", err)
	}
}
