package client_test

import (
	"slices"
	"testing"

	"mimecred/client"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	run := func(states map[string]client.State, ids ...string) []client.Result {
		var list []client.Result
		for _, id := range ids {
			list = append(list, client.Result{ID: id, State: states[id]})
		}
		return list
	}
	ids := func(list []client.Changed) []string {
		var names []string
		for _, c := range list {
			names = append(names, c.After.ID)
		}
		return names
	}
	before := run(map[string]client.State{
		"reach": client.Passed, "clock": client.Passed, "credentials": client.Passed, "account": client.Passed, "a": client.Passed,
		"b": client.Failed, "c": client.Failed, "d": client.Skipped, "old": client.Passed, "w": client.Passed, "x": client.Passed,
	}, "reach", "clock", "credentials", "account", "a", "b", "c", "d", "old", "w", "x")
	after := run(map[string]client.State{
		"reach": client.Failed, "clock": client.Warning, "credentials": client.Passed, "account": client.Skipped, "a": client.Failed,
		"b": client.Failed, "c": client.Passed, "d": client.Passed, "new": client.Failed, "w": client.Warning, "x": client.Passed,
	}, "reach", "clock", "credentials", "account", "a", "b", "c", "d", "new", "w", "x")
	d := client.Compare(before, after)
	if got, want := ids(d.Lost), []string{"account", "a", "w"}; !slices.Equal(got, want) || !d.Worse() {
		t.Errorf("lost %q, want %q", got, want)
	}
	if got, want := ids(d.Still), []string{"b"}; !slices.Equal(got, want) {
		t.Errorf("still %q, want %q", got, want)
	}
	if got, want := ids(d.Gained), []string{"c"}; !slices.Equal(got, want) {
		t.Errorf("gained %q, want %q", got, want)
	}
	if none := client.Compare(nil, after); none.Worse() || len(none.Still)+len(none.Gained) > 0 {
		t.Errorf("compared with nothing: %+v", none)
	}
	if d.Lost[1].Before.State != client.Passed || d.Lost[1].After.State != client.Failed {
		t.Errorf("lost: %+v", d.Lost[1])
	}
}
