package step_test

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestExpectedSteps: before anything is known, the path is that of API 2.0 with all that has a good default settled; what was found
// out is not guessed.
func TestExpectedSteps(t *testing.T) {
	env := steptest.Env()
	env.Stores = []step.StoreChoice{{Kind: "keyring", Title: "OS keyring"}}
	for name, c := range map[string]struct {
		at   flow.Step
		a    flow.Answers
		want []flow.Step
	}{
		"nothing known": {flow.Integration, flow.Answers{}, []flow.Step{flow.Integration, flow.API, flow.Console, flow.Application, flow.Check, flow.Done}},
		"API 1.0": {
			flow.API,
			flow.Answers{Change: lifecycle.Change{API: client.API10}},
			[]flow.Step{flow.Integration, flow.API, flow.Region, flow.Console, flow.Application, flow.Keys, flow.Check, flow.Done},
		},
		"the name is taken": {
			flow.Console,
			flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20}},
			[]flow.Step{flow.Integration, flow.API, flow.Profile, flow.Console, flow.Application, flow.Check, flow.Done},
		},
	} {
		a := step.Expected(env, c.at, c.a)
		path := slices.DeleteFunc(flow.Path(a), func(s flow.Step) bool { return a.Settled[s] })
		if !slices.Equal(path, c.want) {
			t.Errorf("%s: %v, want %v", name, path, c.want)
		}
	}
	if a := step.Expected(env, flow.Rotate, flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Rotating}}); a.API != "" {
		t.Errorf("a rotation is guessed at: %+v", a)
	}
}

// TestStartTellsOfTheStore: the first page says that the best place for secrets does not work here, and what helps.
func TestStartTellsOfTheStore(t *testing.T) {
	env := steptest.Env()
	env.Stores = []step.StoreChoice{{Kind: "keyring", Title: "OS keyring", Problem: "There is no session bus.", Fix: "Log in at a desktop."}}
	const want = "OS keyring: There is no session bus. Log in at a desktop."
	if lines := step.StartLines(env); !slices.Contains(lines, want) {
		t.Errorf("%q is not in %q", want, lines)
	}
	file, session := step.StoreChoice{Kind: "file", Title: "Encrypted file"}, step.StoreChoice{Kind: "memory", Title: "This session only", Passing: true}
	env.Stores[0].Brief = "there is no session bus"
	for want, others := range map[string][]step.StoreChoice{
		"OS keyring does not work here: there is no session bus. The step Profile offers: Encrypted file.":                               {file, session},
		"OS keyring does not work here: there is no session bus. Without it the credential is kept in memory only, until mimecred ends.": {session},
	} {
		env.Stores = append(env.Stores[:1:1], others...)
		if lines := step.StartLines(env); !slices.Contains(lines, want) {
			t.Errorf("%q is not in %q", want, lines)
		}
	}
	env.Stores[0].Problem = ""
	if text := strings.Join(step.StartLines(env), " "); strings.Contains(text, "keyring") {
		t.Errorf("a keyring that works is told of: %q", text)
	}
}
