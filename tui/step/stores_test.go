package step_test

import (
	"context"
	"strings"
	"testing"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// TestStoresAreLookedAtAgain: what is offered for created keys is what works at that moment, and the look has a deadline.
func TestStoresAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	then := []step.StoreChoice{{Kind: "keyring", Problem: "It is locked."}, {Kind: "file"}, {Kind: "memory", Passing: true}}
	now := []step.StoreChoice{{Kind: "keyring"}, {Kind: "file", Problem: "It is full."}, {Kind: "memory", Passing: true}}
	env := step.Env{Stores: then}
	kinds := func(e step.Env, a flow.Answers) string {
		var all []string
		for _, c := range e.OtherStores(a) {
			all = append(all, c.Kind)
		}
		return strings.Join(all, " ")
	}
	a := flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "file", Purpose: lifecycle.SettingUp}}
	if got := kinds(env.Again(t.Context()), a); got != "memory" {
		t.Errorf("without a look: %q", got)
	}
	env.Look = func(ctx context.Context) []step.StoreChoice {
		if _, limited := ctx.Deadline(); !limited {
			t.Error("the look has no deadline")
		}
		return now
	}
	if got := kinds(env.Again(t.Context()), a); got != "keyring memory" {
		t.Errorf("after the look: %q", got)
	}
	if step.WithCurrent(a) != "" {
		t.Error("a new profile has no current version")
	}
	for _, b := range []flow.Answers{{Change: lifecycle.Change{Name: "acme", Purpose: lifecycle.Rotating}}, {Change: lifecycle.Change{Name: "acme", Replaces: true}}} {
		if words := step.WithCurrent(b); !strings.Contains(words, "mimecred rotate acme --from FILE") || kinds(env, b) != "" {
			t.Errorf("%q, offered %q", words, kinds(env, b))
		}
	}
}
