package step_test

import (
	"errors"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// TestSavedOnTrial says where the new version lies.
func TestSavedOnTrial(t *testing.T) {
	if got := step.SavedOnTrial("in the keyring, as acme"); got != "Saved on trial and read back: in the keyring, as acme." {
		t.Error(got)
	}
}

// TestWhatToDoAboutACheck: what the kind of the change makes different comes before what the failure means by itself.
func TestWhatToDoAboutACheck(t *testing.T) {
	const ended, created = "Mimecast no longer accepts it:", "Mimecast refuses the keys that it just gave."
	const usual = "Look at it. That is in the step Region."
	rollBack, pasted, made := api20(), api10(), api10()
	rollBack.Purpose, made.KeysCreatedAt = lifecycle.RollingBack, noon()
	for _, c := range []struct {
		name string
		a    flow.Answers
		kind client.Kind
		want string
	}{
		{"set up, refused", api20(), client.InvalidCredentials, usual},
		{"rolled back, refused", rollBack, client.InvalidCredentials, ended},
		{"rolled back, not refused", rollBack, client.MissingPermission, usual},
		{"created, refused", made, client.InvalidCredentials, created},
		{"created, not refused", made, client.MissingPermission, usual},
		{"pasted, refused", pasted, client.InvalidCredentials, usual},
	} {
		got := step.FixOf(c.a, result("x", client.Failed, c.kind), client.Remedy{Fix: "Look at it.", Where: client.WhereRegion})
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestRollBackIsOffered where the version is refused and the one of before is kept.
func TestRollBackIsOffered(t *testing.T) {
	for _, c := range []struct{ refused, kept, offered bool }{
		{true, true, true}, {true, false, false}, {false, true, false}, {false, false, false},
	} {
		a := flow.Answers{Change: lifecycle.Change{Name: "acme", PreviousKept: c.kept}}
		got := step.PreviousKept(a, c.refused)
		if (got != "") != c.offered || c.offered && !strings.Contains(got, "mimecred rollback acme") {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// TestAFailedCall: what it means, what to do and where, and what Mimecast said word by word.
func TestAFailedCall(t *testing.T) {
	refused := &client.Error{Kind: client.InvalidCredentials, HTTPStatus: 401, Code: "invalid_client", Message: "No such client"}
	for _, c := range []struct {
		name  string
		err   error
		here  client.Where
		last  string
		named bool
	}{
		{"refused", refused, 0, "Mimecast says: HTTP 401, invalid_client, No such client", true},
		{"refused, where it is typed", refused, client.WhereApplication | client.WhereRegion, "Mimecast says: HTTP 401, invalid_client, No such client", false},
		{"said nothing", &client.Error{Kind: client.InvalidCredentials}, 0, "", true},
	} {
		f := step.FailureOf(c.err, client.API20, c.here)
		lines := f.Lines()
		if c.last != "" && lines[len(lines)-1] != c.last || c.last == "" && strings.Contains(strings.Join(lines, "\n"), "Mimecast says") {
			t.Errorf("%s: %q", c.name, lines)
		}
		if lines[0] != f.Meaning || len(lines) < 2 || strings.Contains(lines[1], "in the step") != c.named {
			t.Errorf("%s: %q", c.name, lines)
		}
	}
	other := step.FailureOf(errors.New("the disk is full"), client.API20, 0)
	if lines := other.Lines(); !strings.HasSuffix(lines[0], " The disk is full.") || other.Said != "" {
		t.Errorf("an error of this machine is %q, said %q", lines, other.Said)
	}
	if lines := step.FailureOf(nil, client.API20, 0).Lines(); lines != nil {
		t.Errorf("no error is %q", lines)
	}
}

// TestRetryHelps: only a failure that no repetition can change takes the key away, whatever its kind.
func TestRetryHelps(t *testing.T) {
	t.Parallel()
	helps := map[client.Kind]bool{
		client.InvalidCredentials: false, client.ExpiredKeys: false, client.WrongRegion: false, client.WrongAPI: false, client.Validation: false,
		client.UnknownApplication: true, client.DisabledOrTooNew: true, client.MissingProduct: true, client.MissingPermission: true,
		client.NotLicensed: true, client.ClockSkew: true, client.RateLimited: true, client.Server: true, client.BadResponse: true,
		client.Timeout: true, client.Network: true, client.DNS: true, client.TLS: true, client.ProxyFailed: true, client.Canceled: true, client.Unknown: true,
	}
	of := func(a flow.Answers, results ...client.Result) flow.Answers {
		a.Results = append([]client.Result{{ID: client.CheckReach, State: client.Passed}}, results...)
		return a
	}
	created := api10()
	created.KeysCreatedAt = noon()
	for _, kind := range client.Kinds() {
		want, judged := helps[kind]
		if !judged {
			t.Errorf("%s is in no row of this table", kind)
		}
		failed := client.Result{Kind: kind, State: client.Failed, Fix: "Copy it again.", Where: client.WhereKeys | client.WhereLater}
		warned, elsewhere, passed := failed, failed, client.Result{ID: client.CheckCredentials, State: client.Passed}
		warned.State, elsewhere.Where = client.Warning, client.WhereLater
		permission := client.Result{Kind: client.MissingPermission, State: client.Failed}
		refused := kind == client.InvalidCredentials
		for name, c := range map[string]struct {
			a    flow.Answers
			want bool
		}{
			"failed":                      {of(api10(), failed), want},
			"without a remedy":            {of(api10(), client.Result{Kind: kind, State: client.Failed}), want},
			"warning":                     {of(api10(), warned), true},
			"remedied elsewhere":          {of(api10(), elsewhere), true},
			"beside one that helps":       {of(api10(), failed, permission), true},
			"of keys created here":        {of(created, failed), want || refused},
			"of a credential that passed": {of(api10(), passed, failed), want || refused},
		} {
			if got := step.RetryHelps(c.a); got != c.want {
				t.Errorf("%s, %s: %v", kind, name, got)
			}
		}
	}
}

// TestEveryKindHasItsPageNamed: F1 and ? at a failed check name each kind once, with the command that explains it.
func TestEveryKindHasItsPageNamed(t *testing.T) {
	t.Parallel()
	var results []client.Result
	for _, kind := range client.Kinds() {
		failed := client.Result{State: client.Failed, Kind: kind}
		results = append(results, failed, failed)
		want := "mimecred explain " + string(kind) + "."
		if help := strings.Join(step.CheckHelp([]client.Result{failed, failed}), "\n"); strings.Count(help, want) != 1 {
			t.Errorf("%s: %q", kind, help)
		}
	}
	if help := step.CheckHelp(append(results, client.Result{State: client.Passed})); len(help) != len(client.Kinds()) {
		t.Errorf("%d lines", len(help))
	}
}
