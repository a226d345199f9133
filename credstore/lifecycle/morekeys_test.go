package lifecycle_test

import (
	"errors"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestMoreKeys: where a sign-in may have left lost keys, Run signs in again as it was answered, and yes is what enter says.
func TestMoreKeys(t *testing.T) {
	t.Parallel()
	answer := func(is bool) func() bool { return func() bool { return is } }
	for name, tt := range map[string]struct {
		lost   bool
		answer func() bool
		held   bool
	}{
		"nothing lost":           {false, nil, false},
		"nothing lost, no":       {false, answer(false), false},
		"lost, not answered":     {true, nil, false},
		"lost, yes":              {true, answer(true), false},
		"lost, no":               {true, answer(false), true},
		"lost, no, of API 2.0":   {true, answer(false), false},
		"lost, no, of a renewal": {true, answer(false), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			c := s.user()
			switch name {
			case "lost, no, of API 2.0":
				c = s.pair()
			case "lost, no, of a renewal":
				s.saved(s.user())
				c = rotation(s.user())
				c.Way = lifecycle.Renew
			}
			if tt.lost {
				noted := credstore.UnfinishedChange{Name: "acme", Phase: credstore.Creating, Store: "memory", User: "svc@example.com"}
				if err := s.vault.Note(t.Context(), noted); err != nil {
					t.Fatal(err)
				}
				s.Leave("acme")
			}
			asked, had := len(s.sim.Requests()), s.ids()
			known := lifecycle.Change{Name: "acme", LostKeys: s.Left("acme")}
			if before := s.LostBefore(lifecycle.Change{Name: "acme"}); (len(before) > 0) != tt.lost || s.LostBefore(known) != nil {
				t.Errorf("before: %+v", before)
			}
			out, err := s.run(t.Context(), c, lifecycle.Policy{MoreKeys: tt.answer})
			var lost *lifecycle.LostKeysError
			if errors.As(err, &lost) != tt.held || !tt.held && err != nil {
				t.Fatalf("ended at %d, %v", out.End, err)
			}
			if !tt.held {
				return
			}
			if len(lost.Lost) != 1 || len(s.sim.Requests()) != asked || s.ids() != had || s.vault.Busy("acme") {
				t.Errorf("lost %+v, %d requests, the store has %q", lost.Lost, len(s.sim.Requests())-asked, s.ids())
			}
			if left := s.Left("acme"); len(left) != 1 {
				t.Errorf("reminded of %+v", left)
			}
		})
	}
}
