package step_test

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// onlyHere is an environment whose one store forgets what it keeps when the program ends.
func onlyHere() step.Env {
	env := steptest.Env()
	env.Stores = []step.StoreChoice{{Kind: "keyring", Problem: "It is locked."}, {Kind: "memory", Title: "This session only", Passing: true}}
	return env
}

// worked are answers whose credential passed its checks and was confirmed.
func worked(store string) flow.Answers {
	ok := []client.Result{result(client.CheckCredentials, client.Passed, ""), result("audit.list", client.Passed, "")}
	return flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, Store: store, Results: ok, Confirmed: true}}
}

// TestWhatAProfileIsGoodForNow: one sentence for each purpose, and another where nothing is kept.
func TestWhatAProfileIsGoodForNow(t *testing.T) {
	keep := credstore.Span(3 * credstore.Day)
	for _, c := range []struct {
		name   string
		change func(a *flow.Answers)
		env    step.Env
		want   string
	}{
		{name: "set up", want: "The profile acme is ready."},
		{
			name: "rolled back", change: func(a *flow.Answers) { a.Purpose = lifecycle.RollingBack },
			want: "The previous version is current again for acme. What uses it needs the earlier values once more.",
		},
		{
			name: "edited", change: func(a *flow.Answers) { a.Purpose = lifecycle.Changing },
			want: "The profile acme is changed; its credential is the same.",
		},
		{name: "rotated", change: func(a *flow.Answers) { a.Purpose = lifecycle.Rotating }, want: "The profile acme has its new credential."},
		{
			name: "rotated, logged out", change: func(a *flow.Answers) { a.Purpose, a.Retired = lifecycle.Rotating, lifecycle.LoggedOut },
			want: "The profile acme has its new credential; the previous key is logged out.",
		},
		{
			name: "rotated, ended", change: func(a *flow.Answers) { a.Purpose, a.Retired = lifecycle.Rotating, lifecycle.Ended },
			want: "The profile acme has its new credential; the previous key, which Mimecast no longer accepts, is deleted here.",
		},
		{
			name: "rotated, forgotten", change: func(a *flow.Answers) { a.Purpose, a.Retired = lifecycle.Rotating, lifecycle.Forgotten },
			want: "The profile acme has its new credential; the previous version is deleted here.",
		},
		{
			name: "rotated, kept", change: func(a *flow.Answers) { a.Purpose, a.Retired, a.Keep = lifecycle.Rotating, lifecycle.Kept, &keep },
			want: "The profile acme has its new credential; the previous version is kept for 3 days.",
		},
		{
			name: "works here only", env: onlyHere(), change: func(a *flow.Answers) { a.Store = "memory" },
			want: "The credential of acme works, and nothing has kept it beyond this session.",
		},
		{
			name: "here only", env: onlyHere(), change: func(a *flow.Answers) { a.Store, a.Confirmed = "memory", false },
			want: "Nothing has kept the credential of acme beyond this session.",
		},
	} {
		a := worked("keyring")
		if c.change != nil {
			c.change(&a)
		}
		if got := step.DoneWords(c.env, a); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestNextCommands: commands that can be typed for what the profile is.
func TestNextCommands(t *testing.T) {
	demo := steptest.Env()
	demo.Demo = &step.Demo{}
	for _, c := range []struct {
		name   string
		env    step.Env
		change func(a *flow.Answers)
		want   string
	}{
		{"2.0", steptest.Env(), func(*flow.Answers) {}, "check acme, show acme, get acme client_secret"},
		{"1.0", steptest.Env(), func(a *flow.Answers) { a.API = client.API10 }, "check acme, show acme, get acme secret_key"},
		{
			"a version is kept", steptest.Env(), func(a *flow.Answers) {
				a.Purpose, a.PreviousKept, a.Activated, a.Way = lifecycle.Rotating, true, true, lifecycle.Renew
			},
			"check acme, show acme, get acme client_secret, rollback acme, handoff acme",
		},
		{
			"no version is kept", steptest.Env(), func(a *flow.Answers) { a.Purpose, a.Activated = lifecycle.Rotating, true },
			"check acme, show acme, get acme client_secret, handoff acme",
		},
		{"kept, and not rotated", steptest.Env(), func(a *flow.Answers) { a.PreviousKept = true }, "check acme, show acme, get acme client_secret"},
		{
			"a product's form", steptest.Env(), func(a *flow.Answers) { a.Integration = "axonius-mimecast-v2" },
			"check acme, show acme, get acme client_secret, handoff acme",
		},
		{"demo", demo, func(a *flow.Answers) { a.Store = "memory" }, "setup"},
		{"here only", onlyHere(), func(a *flow.Answers) { a.Store = "memory" }, "setup acme"},
	} {
		a := worked("keyring")
		c.change(&a)
		var lines []string
		for _, command := range step.NextCommands(c.env, a) {
			line, of := strings.CutPrefix(command.Line, "mimecred ")
			if lines = append(lines, line); !of || command.About == "" {
				t.Errorf("%s: %+v", c.name, command)
			}
		}
		if got := strings.Join(lines, ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWhatRemainsInTheConsole: an item with its path and its reason, and nothing where the products contradict each other.
func TestWhatRemainsInTheConsole(t *testing.T) {
	a := worked("keyring")
	a.Integration = "elastic-mimecast-v2"
	todo := step.Afterwards(a)
	if len(todo) == 0 || !slices.ContainsFunc(todo, func(text string) bool { return strings.Contains(text, " > ") && strings.Contains(text, "). ") }) {
		t.Errorf("nothing remains with a path and a reason: %q", todo)
	}
	for _, text := range todo {
		if strings.Contains(text, " ()") {
			t.Errorf("an empty path is shown: %q", text)
		}
	}
	a.Also = []string{"jupiterone"} // of the other API
	if todo := step.Afterwards(a); todo != nil {
		t.Errorf("products that contradict each other leave %q", todo)
	}
}

// TestSavedWords: what was done with the credential, and how long it stays.
func TestSavedWords(t *testing.T) {
	doubtful, untried := worked("memory"), worked("keyring")
	doubtful.Confirmed, untried.Confirmed = false, false
	for _, c := range []struct {
		env  step.Env
		a    flow.Answers
		want string
	}{
		{steptest.Env(), worked("keyring"), "It was tested and confirmed with a live call."},
		{steptest.Env(), untried, "It was read back before it was tested."},
		{onlyHere(), worked("memory"), "The credential works. It is kept in this session only: it is gone when mimecred ends."},
		{
			onlyHere(), doubtful,
			"The credential is current although not every check passed. It is kept in this session only: it is gone when mimecred ends.",
		},
	} {
		if got := step.SavedWords(c.env, c.a); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestSavedFacts: a line for each thing that is known, and none for what is not.
func TestSavedFacts(t *testing.T) {
	bare, full, legacy, here := worked("keyring"), worked("keyring"), worked("keyring"), worked("memory")
	full.ClientID, full.ClientSecret, full.Location, full.PreviousKept = "id-1", secret.New("s"), "the keyring, as acme", true
	full.Results = append(full.Results, client.Result{ID: client.CheckAccount, State: client.Passed, Account: &client.Account{Name: "Example", Code: "CUSA00A000"}})
	legacy.API, legacy.ApplicationID, legacy.ApplicationKey = client.API10, "app-1", secret.New("k")
	legacy.AccessKey, legacy.SecretKey, legacy.KeysExpireAt = secret.New("a"), secret.New("b"), steptest.Env().Now().AddDate(1, 0, 0)
	here.PreviousKept, here.KeysExpireAt = true, steptest.Env().Now() // of API 2.0 nothing expires
	for _, c := range []struct {
		name string
		env  step.Env
		a    flow.Answers
		want []string
	}{
		{"little is known", steptest.Env(), bare, []string{"Profile: acme", "Checks: 2 passed"}},
		{"2.0", steptest.Env(), full, []string{
			"Profile: acme", "Where: the keyring, as acme", "Client ID: id-1", "Secrets: client secret", "Account: Example · CUSA00A000", "Checks: 3 passed",
			"Previous: kept: mimecred rollback acme puts it back",
		}},
		{"1.0", steptest.Env(), legacy, []string{
			"Profile: acme", "Application ID: app-1", "Secrets: application key, access key, secret key", "Checks: 2 passed",
			"Access key: expires on " + legacy.KeysExpireAt.Local().Format("2 January 2006, 15:04"),
		}},
		{"here only", onlyHere(), here, []string{"Profile: acme", "Checks: 2 passed", "Previous: kept while this session lasts"}},
	} {
		var got []string
		for _, f := range step.SavedFacts(c.env, c.a, "·") {
			got = append(got, f.Name+": "+f.Value)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestSumsOfChecks: one of a kind has its own word, and what there is none of is not named.
func TestSumsOfChecks(t *testing.T) {
	states := func(list ...client.State) flow.Answers {
		var a flow.Answers
		for _, s := range list {
			a.Results = append(a.Results, result("x", s, ""))
		}
		return a
	}
	anyway := states(client.Passed, client.Failed)
	anyway.Anyway = true
	none := flow.Answers{Change: lifecycle.Change{Anyway: true}}
	for _, c := range []struct {
		a    flow.Answers
		want string
	}{
		{none, "none"},
		{states(client.Passed), "1 passed"},
		{states(client.Passed, client.Warning, client.Failed, client.Skipped), "1 passed, 1 warning, 1 failed, 1 not applicable"},
		{states(client.Warning, client.Warning), "2 warnings"},
		{anyway, "1 passed, 1 failed; continued anyway"},
	} {
		if got := step.CheckWords(c.a); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	for _, c := range []struct {
		sum  credstore.CheckSummary
		want string
	}{
		{credstore.CheckSummary{}, "nothing was checked"},
		{credstore.CheckSummary{Passed: 6, Warnings: 1, Failed: 2}, "2 failed, 1 warning, 6 passed"},
		{credstore.CheckSummary{Skipped: 1, Warnings: 2}, "2 warnings"},
	} {
		if got := step.Tally(c.sum); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
