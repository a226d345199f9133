package tui

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// scripted is a Mimecast whose checks end as the test says.
type scripted struct {
	lifecycle.Mimecast
	results func() []client.Result
}

func (s scripted) Close() {}

func (s scripted) Check(context.Context, client.Credential, client.Plan) iter.Seq[client.Result] {
	return func(yield func(client.Result) bool) {
		for _, r := range s.results() {
			if !yield(r) {
				return
			}
		}
	}
}

var passed = []client.Result{
	{ID: client.CheckReach, Title: "Reach Mimecast", State: client.Passed},
	{ID: client.CheckClock, Title: "Clock", State: client.Passed, Detail: "within 1 second of Mimecast"},
	{ID: client.CheckCredentials, Title: "Credentials", State: client.Passed},
	{ID: client.CheckAccount, Title: "Account", State: client.Passed, Account: &client.Account{Name: "Example Corp", Code: "CUSA00A000"}},
}

// checked is a wizard at the end of checks that went as results says.
func checked(t *testing.T, s setting, results func() []client.Result) *wizard {
	t.Helper()
	s.dial = func(client.Endpoint) (lifecycle.Mimecast, error) { return scripted{results: results}, nil }
	w := start(t, s)
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter").At(flow.Check)
	return w.until("the end of the checks", func() bool { return len(w.app.screen.Keys()) > 0 && w.app.screen.Keys()[0].Help().Key != "esc" })
}

func with(more ...client.Result) func() []client.Result {
	return func() []client.Result { return append(append([]client.Result(nil), passed...), more...) }
}

func TestContinueWithWarnings(t *testing.T) {
	t.Parallel()
	w := checked(t, setting{}, with(client.Result{ID: "audit.get-audit-events", Title: "Audit events", State: client.Passed}, client.Result{
		ID: "archive.search", Title: "Archive", State: client.Warning, Kind: client.NotLicensed, HTTPStatus: 403, Code: "err_license",
		Message: "Not licensed", Meaning: "The account lacks the archive.", Fix: "Ask Mimecast for it.", RequestID: "request-7",
	}))
	w.See("1 warning.").See("The account lacks the archive.").See("HTTP 403, err_license, Not licensed").See("Request id request-7")
	w.Press("c").Saved().See("5 passed, 1 warning; continued anyway")
	entry, ok, err := w.vault.Lookup("mimecast")
	if err != nil || !ok || entry.LastCheck == nil || entry.LastCheck.Warnings != 1 || !entry.LastCheck.OK {
		t.Errorf("recorded %+v, %v", entry.LastCheck, err)
	}
	if !strings.Contains(Summary(Outcome{Answers: w.Answers()}, step.Env{}, "-"), "continued anyway") {
		t.Error("the summary does not tell that not every check passed")
	}
}

func TestFailedChecksLeadToTheirStep(t *testing.T) {
	t.Parallel()
	for kind, want := range map[client.Kind]flow.Step{
		client.MissingPermission: flow.Console,
		client.DNS:               flow.Region,
		client.TLS:               flow.Connection,
		client.WrongAPI:          flow.API,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := checked(t, setting{}, with(client.Result{ID: "x.y", Title: "Something", State: client.Failed, Kind: kind, Meaning: "It is so."}))
			w.See("It is so.")
			if kind.Refused() {
				w.See("cannot be activated").Press("c").At(flow.Check)
			} else {
				w.See("1 check failed.")
			}
			w.Press("e").At(want)
		})
	}
}

func TestContinueAfterAFailureIsRecorded(t *testing.T) {
	t.Parallel()
	w := checked(t, setting{}, with(client.Result{ID: "x.y", Title: "Something", State: client.Failed, Kind: client.MissingPermission}))
	w.Press("enter").Press("enter").At(flow.Check).Press("c").Saved().See("1 failed; continued anyway")
	entry, _, err := w.vault.Lookup("mimecast")
	if err != nil || entry.LastCheck == nil || entry.LastCheck.OK || entry.LastCheck.Failed != 1 {
		t.Errorf("recorded %+v, %v", entry.LastCheck, err)
	}
}

func TestTryAgainChecksWhatIsStored(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	down := client.Result{ID: "x.y", Title: "Something", State: client.Failed, Kind: client.Server}
	tries := 0
	w := checked(t, setting{store: store}, func() []client.Result {
		if tries++; tries == 1 {
			return with(down)()
		}
		return passed
	})
	writes := store.Count(storetest.Set)
	w.See("1 check failed.").Press("r").See("Is this your tenant? Example Corp")
	if n := store.Count(storetest.Set); n != writes {
		t.Errorf("trying again wrote to the store %d times", n-writes)
	}
	w.finish()
}

func TestChecksThatCannotBegin(t *testing.T) {
	t.Parallel()
	w := start(t, setting{dial: func(client.Endpoint) (lifecycle.Mimecast, error) { return nil, errors.New("no such CA file") }})
	w.toApplication("2.0").Paste("id").Press("tab").Paste("secret-value").Press("enter").At(flow.Check).See("no such CA file")
	w.Press("e").At(flow.Connection)

	w = start(t, setting{})
	w.app.env.Plan = func(catalog.Selection) (client.Plan, error) {
		return client.Plan{}, errors.New("unknown integration")
	}
	w.toApplication("2.0").Paste("id").Press("tab").Paste("secret-value").Press("enter").At(flow.Check).See("unknown integration")
	w.Press("e").At(flow.Integration)
}

// TestAnotherNameLeavesNothingBehind stores a credential as pending, goes back to change the profile's name, and checks
// that the first name is gone from the store.
func TestAnotherNameLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	w := checked(t, setting{}, with())
	if got := w.stored("mimecast"); got == nil || got.Pending == nil {
		t.Fatalf("stored: %+v", got)
	}
	w.update(tea.MouseClickMsg{X: 4, Y: 1 + slices.Index(flow.Path(w.Answers()), flow.Profile), Button: tea.MouseLeft})
	w.At(flow.Profile).Press("ctrl+u").Type("acme").Press("enter")
	w.finish()
	if got := w.stored("mimecast"); got != nil {
		t.Errorf("the old name is still there: %+v", got)
	}
	if got := w.stored("acme"); got == nil || got.Current == nil {
		t.Errorf("stored: %+v", got)
	}
}

func TestRowsCanBeSelected(t *testing.T) {
	t.Parallel()
	w := checked(t, setting{}, with(
		client.Result{ID: "a.b", Title: "First", State: client.Failed, Kind: client.Server, Meaning: "The first meaning."},
		client.Result{ID: "c.d", Title: "Second", State: client.Failed, Kind: client.Server, Meaning: strings.Repeat("A long tale. ", 200)},
		client.Result{ID: "e.f", Title: "Third", State: client.Skipped, Meaning: "Needs a domain."},
	))
	w.See("The first meaning.").See("not applicable")
	w.Press("down").See("A long tale.").Not("The first meaning.").See("enter shows the rest")
	w.Press("enter").See("A long tale.")
	before := w.Frame()
	w.update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	w.Press("down", "down")
	if w.Frame() == before {
		t.Error("the details do not scroll")
	}
	w.Press("esc").At(flow.Check).Press("up").See("The first meaning.")
	lines := strings.Split(w.Frame(), "\n")
	for y, line := range lines {
		if strings.Contains(line, "Third") {
			w.update(tea.MouseClickMsg{X: 40, Y: y, Button: tea.MouseLeft})
		}
	}
	w.See("Needs a domain.")
}

// TestWhyACheckDoesNotApply reads the reason at 80×24 on the selected row, whether or not all is right, and in the details.
func TestWhyACheckDoesNotApply(t *testing.T) {
	t.Parallel()
	const reason, said = "not needed: the product does not read the account", "HTTP 403, app_forbidden, Forbidden"
	spared := client.Result{
		ID: "e.f", Title: "Last", State: client.Skipped, Kind: client.MissingPermission, Detail: reason,
		HTTPStatus: 403, Code: "app_forbidden", Message: "Forbidden",
	}
	end := []string{"down", "down", "down", "down", "down", "down", "down", "down", "down", "down"}
	w := checked(t, setting{}, with(spared))
	w.See("Is this your tenant?").Not(said)
	w.Press(end...).See("Is this your tenant?").See("Last: " + reason).See(said)
	w.Press("enter").Saved().See("1 not applicable")

	w = checked(t, setting{}, with(client.Result{ID: "a.b", Title: "First", State: client.Failed, Kind: client.Server, Meaning: "It is down."}, spared))
	w.See("It is down.").Not(said).Press(end...).See("Last: " + reason).See(said)
	w.Press("enter").See("Last: " + reason).See(said).Not("It is down.").Press("esc").At(flow.Check)
}

func TestReplacingKeepsThePrevious(t *testing.T) {
	t.Parallel()
	w := start(t, setting{answers: flow.Answers{Change: lifecycle.Change{Name: "acme"}}})
	d := w.sim.Demo()
	old := client.OAuth{ClientID: "old-id", ClientSecret: secretOf("old-secret")}
	profile := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: w.url}}
	if _, err := w.vault.Stage(t.Context(), "memory", profile, old, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := w.vault.Activate(t.Context(), "acme", credstore.CheckSummary{OK: true}); err != nil {
		t.Fatal(err)
	}
	w.toAPI("2.0").At(flow.Profile).See("acme exists").Press("enter").At(flow.Console).Press("enter").At(flow.Application).Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	w.See("Is this your tenant?")
	if got := w.stored("acme"); got == nil || !client.Same(got.Current.Credential, old) {
		t.Fatal("the current credential was replaced before the new one was accepted")
	}
	w.Press("enter").Saved().See("mimecred rollback")
	if got := w.stored("acme"); got == nil || got.Previous == nil || !client.Same(got.Previous.Credential, old) {
		t.Fatalf("stored: %+v", got)
	}
}

// TestCutOffChecksAreNotAllRight: when the checks ended before they came to the credential, nothing says it works.
func TestCutOffChecksAreNotAllRight(t *testing.T) {
	t.Parallel()
	w := checked(t, setting{}, func() []client.Result {
		return []client.Result{
			passed[0], passed[1],
			{ID: client.CheckCredentials, Title: "Credentials", State: client.Skipped, Kind: client.Canceled},
			{ID: client.CheckAccount, Title: "Account", State: client.Skipped, Kind: client.Canceled},
		}
	})
	w.See("could not be tested").Not("Is this your tenant?").Press("enter").At(flow.Check).Press("esc").At(flow.Check)
	if w.Answers().Activated {
		t.Error("a credential that was never checked was activated")
	}
}

// TestActivatingCanBeStopped: a store that waits for somebody while the credential is activated does not hold the person.
func TestActivatingCanBeStopped(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := checked(t, setting{store: store}, with())
	store.On(storetest.Any, 0, storetest.Hang())
	w.See("Is this your tenant?").Press("enter").See("Activating the credential").Press("esc").See("cancelled")
	store.Clear()
	w.Press("r").Saved()
	if got := w.stored("mimecast"); got == nil || got.Current == nil || got.Pending != nil {
		t.Fatalf("stored: %+v", got)
	}
}

// TestStepsOfTheCommandLineCanBeChanged: a value that came from the command line is skipped, and still reached from a failed
// check; afterwards it goes straight back to the check.
func TestStepsOfTheCommandLineCanBeChanged(t *testing.T) {
	t.Parallel()
	tries := 0
	s := setting{answers: flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", Store: "memory", API: client.API20, BaseURL: "http://127.0.0.1:1", Region: "",
			ClientID: "id", ClientSecret: secretOf("first-secret"),
		},
		Given: map[flow.Step]bool{},
	}}
	for step := flow.Integration; step <= flow.Application; step++ {
		s.answers.Given[step] = true
	}
	s.dial = func(client.Endpoint) (lifecycle.Mimecast, error) {
		return scripted{results: func() []client.Result {
			if tries++; tries == 1 {
				return []client.Result{{ID: client.CheckCredentials, Title: "Credentials", State: client.Failed, Kind: client.InvalidCredentials}}
			}
			return passed
		}}, nil
	}
	w := start(t, s)
	w.At(flow.Check).See("cannot be activated").Press("e").At(flow.Application)
	if w.app.answers.Given[flow.Region] != true || s.answers.Given[flow.Application] != true {
		t.Error("more was changed than the one step")
	}
	w.Press("tab", "ctrl+u").Paste("second-secret").Press("enter")
	w.finish()
}

// unreached are checks that never got as far as the credential.
func unreached() []client.Result {
	return []client.Result{
		{ID: client.CheckReach, Title: "Reach Mimecast", State: client.Failed, Kind: client.Network, Meaning: "Mimecast cannot be reached."},
		{ID: client.CheckCredentials, Title: "Credentials", State: client.Skipped},
	}
}

// TestUntestedReplacesNothing: a credential that nobody looked at takes no other's place, and a first one only knowingly.
func TestUntestedReplacesNothing(t *testing.T) {
	t.Parallel()
	old := client.OAuth{ClientID: "old-id", ClientSecret: secretOf("old-secret")}
	index, store := credstore.NewMemoryIndex(), credstore.NewMemory()
	before := credstore.NewVault(index, newClock().Now, store)
	if _, err := before.Stage(t.Context(), "memory", credstore.Profile{Name: "mimecast", API: client.API20}, old, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := before.Activate(t.Context(), "mimecast", credstore.CheckSummary{OK: true}); err != nil {
		t.Fatal(err)
	}
	before.Close()
	vault := credstore.NewVault(index, newClock().Now, store)
	w := checked(t, setting{store: store, answers: flow.Answers{Change: lifecycle.Change{Name: "mimecast"}}, change: func(env *screen.Env) { env.Vault = vault }}, unreached)
	w.See("does not replace").Press("c").At(flow.Check)
	if slices.Contains(w.footer(), "c") || w.Answers().Activated {
		t.Errorf("an untested credential may replace the current one: %v", w.footer())
	}
	if r, err := vault.Load(t.Context(), "mimecast"); err != nil || !client.Same(r.Current.Credential, old) {
		t.Errorf("the credential that was current is not any more: %v", err)
	}

	w = checked(t, setting{}, unreached)
	w.See("activates it untested").Press("c").Saved().See("continued anyway")
}

// TestActivatingIsNotLeftInTheMiddle: ctrl+c and a click on the path wait for the store's answer, which tells which version is current.
func TestActivatingIsNotLeftInTheMiddle(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := checked(t, setting{store: store}, with())
	goOn := make(chan struct{})
	store.On(storetest.Set, 0, silent(w.clock, goOn))
	w.See("Is this your tenant?").Press("enter").See("Activating the credential")
	w.update(tea.MouseClickMsg{X: 4, Y: 1, Button: tea.MouseLeft})
	w.At(flow.Check).Press("ctrl+c").See("is activating the credential").See("esc stops it")
	close(goOn)
	w.Left()
	if got := w.stored("mimecast"); !w.Answers().Activated || got == nil || got.Current == nil {
		t.Errorf("activated %v, stored %+v", w.Answers().Activated, got)
	}
}

// TestPromotingCanBeStoppedWhileLeaving stops the wait for a store that never answers.
func TestPromotingCanBeStoppedWhileLeaving(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := checked(t, setting{store: store}, with())
	store.On(storetest.Any, 0, storetest.Hang())
	w.See("Is this your tenant?").Press("enter").See("Activating the credential").Press("ctrl+c").See("esc stops it")
	w.Press("esc").See("Leave now?").See("saved on trial")
}

// TestEnterMeantForTheWaitIsNoAnswer: enter that was pressed as the checks ended does not activate the credential.
func TestEnterMeantForTheWaitIsNoAnswer(t *testing.T) {
	t.Parallel()
	w := checked(t, setting{}, with())
	w.See("Is this your tenant?")
	for _, name := range []string{"enter", "c"} {
		press, _ := pressOf(name)
		w.update(press)
	}
	if busy := w.app.screen.Busy(); busy != "" {
		t.Fatalf("a key that nobody meant was an answer: %s", busy)
	}
	w.Press("enter").Saved()
}

// TestNarrowFooterKeepsTheWayToTheMistake when a check failed.
func TestNarrowFooterKeepsTheWayToTheMistake(t *testing.T) {
	t.Parallel()
	w := start(t, setting{width: 40, height: 12})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste("not-the-secret").Press("enter")
	w.At(flow.Check).until("a footer with the mistake", func() bool { return strings.Contains(w.Frame(), "e change this value") })
	w.See("↓ 2")
}
