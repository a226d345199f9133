package lifecycle_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// leaves stages a change, as a wizard that was left does.
func (s *story) leaves(c lifecycle.Change, source credstore.Source) {
	s.t.Helper()
	if _, err := s.vault.Stage(s.t.Context(), c.Store, c.Profile(), c.Credential(), source); err != nil {
		s.t.Fatal(err)
	}
	s.Leave("acme")
	s.told = nil
}

// TestOfAPendingVersion: which version a test is of, what becomes of it, and in which words.
func TestOfAPendingVersion(t *testing.T) {
	t.Parallel()
	const is = "The credential passed and is now current."
	for name, tt := range map[string]struct {
		// before makes the current version, fresh the pending one; then happens before the test.
		before, fresh func(*story) lifecycle.Change
		source        credstore.Source
		all           bool
		then          func(*story)
		// activated tells that the pending version is current then, ok that nothing went wrong.
		activated, ok bool
		phase         credstore.Phase
		words         []string
	}{
		"nothing else": {fresh: (*story).pair, source: credstore.Pasted, activated: true, ok: true, words: []string{is}},
		"nothing else, of all": {
			fresh: (*story).pair, source: credstore.Pasted, all: true, activated: true, ok: true, words: []string{is},
		},
		"nothing else, refused": {
			fresh: func(s *story) lifecycle.Change { return wrong(s.pair()) }, source: credstore.Pasted, phase: credstore.Staged,
			words: []string{"The pending version did not pass, and nothing is current yet.", "mimecred check acme tests it again", "--pending discards it"},
		},
		"created": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return s.another() }, source: credstore.Created,
			activated: true, ok: true,
			words: []string{
				"The current version was tested, to compare with: ", is, "The previous version is kept until ",
				"mimecred rollback acme makes it current again",
			},
		},
		"created, and the current one stopped": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return s.another() }, source: credstore.Created,
			then: func(s *story) { s.sim.DeleteApplication(s.demo.ClientID) }, activated: true, ok: true,
			words: []string{"The current version does not work now (", "the new version is compared with its check of ", is},
		},
		"created, of all": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return s.another() }, source: credstore.Created, all: true,
			ok: true, phase: credstore.Staged,
			words: []string{"The current version was tested; a pending version has not passed", "mimecred check acme tests it", "--pending discards it"},
		},
		"pasted": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return s.another() }, source: credstore.Pasted,
			ok: true, phase: credstore.Staged,
			words: []string{"The current version was tested; a pending version has not passed", "mimecred rotate acme --resume tests it"},
		},
		"created, refused": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return wrong(s.another()) }, source: credstore.Created,
			phase: credstore.Staged,
			words: []string{"The pending keys did not pass; the current version stays, and was not tested.", "mimecred delete acme --pending discards the keys"},
		},
		"created, of another account": {
			before: (*story).pair, fresh: (*story).elsewhere, source: credstore.Created, phase: credstore.Staged,
			words: []string{"The new credential belongs to the account ", "; the current version stays.", "mimecred rotate acme --resume --anyway"},
		},
		"created, not confirmed": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return s.another() }, source: credstore.Created,
			then: func(s *story) {
				at(s, func(lifecycle.Judged) {
					if err := s.sim.SetScenario("drop-connection"); err != nil {
						s.t.Fatal(err)
					}
				})
			},
			activated: true, phase: credstore.Activated,
			words: []string{is, "the call that confirms it failed", "mimecred check acme tries again", "mimecred rollback acme makes the previous version"},
		},
		"created, not activated": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return s.another() }, source: credstore.Created,
			then: func(s *story) {
				at(s, func(lifecycle.Judged) { s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked)) })
			},
			phase: credstore.Staged, words: []string{"is locked"},
		},
		"created, and another one meanwhile": {
			before: (*story).pair, fresh: func(s *story) lifecycle.Change { return s.another() }, source: credstore.Created,
			then: func(s *story) {
				at(s, func(lifecycle.Planned) {
					if err := s.vault.End(s.t.Context(), "acme", credstore.Discarded); err != nil {
						s.t.Error(err)
					}
					s.leaves(s.another(), credstore.Created)
				})
			},
			phase: credstore.Staged, words: []string{"another program changed it meanwhile"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			if tt.before != nil {
				s.saved(tt.before(s))
			}
			s.leaves(tt.fresh(s), tt.source)
			want := s.ids()
			if tt.then != nil {
				tt.then(s)
			}
			got, err := s.Test(t.Context(), "acme", tt.all, s.tell)
			if err != nil || got.Activated() != tt.activated || got.OK() != tt.ok {
				t.Fatalf("activated %v, ok %v, %v: %+v", got.Activated(), got.OK(), err, got.Told(s.Now()))
			}
			if has := s.ids(); tt.activated && (has[0] != want[1] || has[1] != "" || has[2] != want[0]) || !tt.activated && has[0] != want[0] {
				t.Errorf("the store has %q, and had %q", has, want)
			}
			if noted, _ := s.vault.Noted("acme"); noted.Phase != tt.phase || s.vault.Busy("acme") {
				t.Errorf("noted as %q, held %v", noted.Phase, s.vault.Busy("acme"))
			}
			said := strings.Join(got.Told(s.Now()).Lines(), "\n")
			for _, words := range tt.words {
				if !strings.Contains(said, words) {
					t.Errorf("%q is not in\n%s", words, said)
				}
			}
			if strings.Contains(said, is) != tt.activated {
				t.Errorf("activated %v:\n%s", tt.activated, said)
			}
		})
	}
}

// TestOfAPendingVersionThatLacksSomething: everything that the current one passes has to pass, be it skipped or only with a warning.
func TestOfAPendingVersionThatLacksSomething(t *testing.T) {
	t.Parallel()
	row := func(id string, state client.State) client.Result {
		return client.Result{ID: id, Title: id, State: state, Meaning: "Made up.", Permission: "Some | Thing | Read"}
	}
	for _, state := range []client.State{client.Failed, client.Warning, client.Skipped} {
		before := []client.Result{row(client.CheckCredentials, client.Passed), row("audit", client.Passed), row("block", client.Failed)}
		after := []client.Result{row(client.CheckCredentials, client.Passed), row("audit", state), row("block", client.Passed)}
		lines := lifecycle.DifferenceLines(client.Compare(before, after))
		want := []lifecycle.DifferenceLine{
			{Text: "audit: passed, now " + string(state) + ": Made up; needs Some | Thing | Read"}, {Text: "block: failed before, now passed", Gained: true},
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%+v, want %+v", lines, want)
		}
		c := lifecycle.Change{Replaced: lifecycle.Replaced{Results: before}, Results: after}
		if j := c.Judgement(); j.Passes() || !slices.Equal(j.Against(), []string{want[0].Text}) {
			t.Errorf("%s: passes %v, %q", state, j.Passes(), j.Against())
		}
	}
}

// TestStopOfATestLeavesThePendingVersion: a test that is called off between its checks and the activation changes nothing.
func TestStopOfATestLeavesThePendingVersion(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	s.leaves(s.another(), credstore.Created)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	at(s, func(lifecycle.Unfinished) { cancel() })
	got, err := s.Test(ctx, "acme", false, s.tell)
	if err != nil || got.Activated() || got.OK() || !errors.Is(got.Err, context.Canceled) || s.ids()[1] == "" || s.vault.Busy("acme") {
		t.Errorf("%v, %+v", err, got.Told(s.Now()))
	}
	if said := got.Told(s.Now()); !strings.Contains(said.Trouble, "was stopped") {
		t.Errorf("%+v", said)
	}
}

// TestKeptWords: until when, and what there is to do; nothing without a previous version.
func TestKeptWords(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local)
	if fact, advice := lifecycle.KeptWords(credstore.Entry{Name: "acme"}, nil, now); fact != "" || advice != "" {
		t.Errorf("%q, %q", fact, advice)
	}
	old := &credstore.Version{ID: "1", Credential: client.OAuth{ClientID: "x", ClientSecret: secret.New("y")}}
	if fact, _ := lifecycle.KeptWords(credstore.Entry{Name: "acme"}, old, now); fact != "The previous version is kept until the next change." {
		t.Error(fact)
	}
	old.KeepUntil = now.Add(7 * 24 * time.Hour)
	if fact, advice := lifecycle.KeptWords(credstore.Entry{Name: "acme"}, old, now); !strings.HasSuffix(fact, "(in 7 days).") || !strings.Contains(advice, "mimecred retire acme") {
		t.Errorf("%q, %q", fact, advice)
	}
}
