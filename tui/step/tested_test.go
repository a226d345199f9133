package step_test

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

func result(id string, state client.State, kind client.Kind) client.Result {
	return client.Result{ID: id, State: state, Kind: kind}
}

// TestWhatTheLastTestFound: what the new credential has to pass, and how good the current one is.
func TestWhatTheLastTestFound(t *testing.T) {
	works := []client.Result{result(client.CheckCredentials, client.Passed, ""), result("audit.list", client.Passed, "")}
	nothing := []client.Result{result(client.CheckCredentials, client.Passed, ""), result("audit.list", client.Failed, client.MissingPermission)}
	const unknown = " mimecred does not know what it passed, so it cannot compare the new one."
	const known = " The new one is compared with its test of 2 hours ago: 2 passed."
	for _, c := range []struct {
		name           string
		tested, before []client.Result
		tone           step.Tone
		want           string
	}{
		{"not tested", nil, nil, step.Doubtful, "The current credential was not tested." + unknown},
		{"not tested now", nil, works, step.Doubtful, "The current credential was not tested." + known},
		{"works", works, works, step.Fine, "It works: 2 passed. The new one must pass the same."},
		{
			"expired",
			[]client.Result{result(client.CheckCredentials, client.Failed, client.ExpiredKeys)},
			works, step.Broken,
			"The current keys have expired." + known,
		},
		{
			"refused",
			[]client.Result{result(client.CheckCredentials, client.Failed, client.InvalidCredentials)},
			nil, step.Broken,
			"Mimecast refuses the current credential." + unknown,
		},
		{"nothing works", nothing, nil, step.Broken, "Every call that the product makes fails with the current credential." + unknown},
		{
			"in part", append(works, result("siem.list", client.Warning, client.NotLicensed)), works, step.Doubtful,
			"It works in part: 2 passed, 1 with a warning. The new one must pass what it passes.",
		},
	} {
		a := flow.Answers{Change: lifecycle.Change{Replaced: lifecycle.Replaced{Tested: c.tested, Results: c.before, CheckedAt: noon().Add(-2 * time.Hour)}}}
		if tone, got := step.TestedWords(a, noon()); got != c.want || tone != c.tone {
			t.Errorf("%s: %d, %q, want %d, %q", c.name, tone, got, c.tone, c.want)
		}
	}
}

// TestCountingChecks: those of which there are any, and the one thing that no number says.
func TestCountingChecks(t *testing.T) {
	for _, c := range []struct {
		verdict client.Verdict
		want    string
	}{
		{client.Verdict{}, "no check"},
		{client.Verdict{Passed: 9}, "9 passed"},
		{client.Verdict{Passed: 1, Warnings: 1, Failed: 1}, "1 passed, 1 with a warning, 1 failed"},
		{client.Verdict{Passed: 2, Warnings: 2, Failed: 2}, "2 passed, 2 with a warning, 2 failed"},
		{client.Verdict{Passed: 1, Warnings: 2, NothingWorks: true}, "1 passed, 2 with a warning, every call of the product failed"},
		{client.Verdict{Passed: 1, Failed: 2, NothingWorks: true}, "1 passed, 2 failed"},
	} {
		if got := step.CountWords(c.verdict); got != c.want {
			t.Errorf("%+v: %q, want %q", c.verdict, got, c.want)
		}
	}
}
