package screen

import (
	"context"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

func TestAttemptHandsOverOneMessageAtATime(t *testing.T) {
	t.Parallel()
	a, first := Begin(t.Context(), time.Minute, func(_ context.Context, emit func(any)) {
		emit("one")
		emit("two")
	})
	if got := first(); got != (AttemptMsg{a, "one"}) {
		t.Errorf("first %v", got)
	}
	if got := a.Next()(); got != (AttemptMsg{a, "two"}) {
		t.Errorf("second %v", got)
	}
	if got := a.Next()(); got != nil {
		t.Errorf("after the end: %v", got)
	}
	if a.ctx.Err() == nil {
		t.Error("the context of an attempt that ended is still alive")
	}
}

func TestAttemptThatWasStoppedSaysNothing(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{})
	a, first := Begin(t.Context(), time.Minute, func(ctx context.Context, emit func(any)) {
		defer close(ended)
		emit("one")
		<-ctx.Done()
		emit("too late")
	})
	first()
	a.Stop()
	a.Stop()
	<-ended // the work is not held up by a message that nobody takes
	if got := a.Next()(); got != nil {
		t.Errorf("after stop: %v", got)
	}
	var none *Attempt
	none.Stop()
}

func TestAttemptThatWasStoppedBeforeItBeganDoesNothing(t *testing.T) {
	t.Parallel()
	a, first := Begin(t.Context(), time.Minute, func(context.Context, func(any)) { t.Error("it began") })
	a.Stop()
	if got := first(); got != nil {
		t.Errorf("it says %v", got)
	}
}

func TestAttemptTakesNoticesThatComeTooLate(t *testing.T) {
	t.Parallel()
	var late func(any)
	a, first := Begin(t.Context(), time.Minute, func(_ context.Context, emit func(any)) { late = emit })
	if got := first(); got != nil {
		t.Errorf("an attempt without messages says %v", got)
	}
	late("a store's notice") // must neither block nor panic
	a.Stop()
}

func TestAttemptPassesPanicsOn(t *testing.T) {
	t.Parallel()
	_, first := Begin(t.Context(), time.Minute, func(context.Context, func(any)) { panic("made by the test") })
	defer func() {
		err, ok := recover().(error)
		if !ok || !strings.Contains(err.Error(), "made by the test") || !strings.Contains(err.Error(), "attempt_test.go") {
			t.Errorf("the command panics with %v", err)
		}
	}()
	first()
	t.Error("the command did not panic")
}

func TestSummaryOf(t *testing.T) {
	t.Parallel()
	a := flow.Answers{Change: lifecycle.Change{
		Results: []client.Result{
			{State: client.Passed, Account: &client.Account{Name: "Example Corp", Code: "C1", Region: "us"}},
			{State: client.Passed},
			{State: client.Warning},
			{State: client.Failed},
			{State: client.Skipped},
		},
	}}
	got := a.Summary(time.Time{})
	if got.OK || got.Passed != 2 || got.Warnings != 1 || got.Failed != 1 || got.Skipped != 1 || got.Account == nil || got.Account.Code != "C1" {
		t.Errorf("%+v", got)
	}
	if words := step.CheckWords(a); words != "2 passed, 1 warning, 1 failed, 1 not applicable" {
		t.Errorf("in words: %s", words)
	}
	if (flow.Answers{}).Summary(time.Time{}).OK || step.CheckWords(flow.Answers{}) != "none" {
		t.Error("no checks count as checks that passed")
	}
}

func TestProfileOf(t *testing.T) {
	t.Parallel()
	a := flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", Integration: "x", API: client.API10, Region: "eu", BaseURL: "https://eu-api.mimecast.com",
			Email: "svc@example.com", SignIn: client.SignInDomain, InternalDomain: "example.com",
		},
	}
	got := a.Profile()
	if got.ServiceUser != "" || a.Source() != credstore.Pasted || got.Endpoint.BaseURL != a.BaseURL || got.InternalDomain != "example.com" {
		t.Errorf("pasted keys: %+v", got)
	}
	a.KeysCreatedAt = time.Unix(1, 0)
	if got = a.Profile(); got.ServiceUser != "svc@example.com" || got.SignIn != "domain" || a.Source() != credstore.Created {
		t.Errorf("created keys: %+v", got)
	}
}

// TestSpinnersTurnOnlyWhileSomethingRuns and only for their own screen.
func TestSpinnersTurnOnlyWhileSomethingRuns(t *testing.T) {
	t.Parallel()
	env := Env{Env: step.Env{Service: lifecycle.Service{Now: time.Now}}, Context: t.Context(), Theme: theme.New(true), Keys: theme.DefaultKeyMap()}
	c := NewCheck(env, flow.Answers{}).(*checkScreen)
	c.phase = checking
	turn := c.tick()
	if turn == nil || c.tick() != nil {
		t.Fatal("a running spinner stands still, or turns twice as fast")
	}
	first := c.spinner.View()
	if _, cmd, _ := c.Update(turn()); cmd == nil || c.spinner.View() == first {
		t.Error("a running spinner stands still")
	} else {
		turn = cmd
	}
	if _, cmd, _ := c.Update(spinner.TickMsg{ID: -1}); cmd != nil {
		t.Error("the spinner of another screen turns this one")
	}
	c.phase = finished
	if _, cmd, _ := c.Update(turn()); cmd != nil {
		t.Error("the spinner turns after the end")
	}
}

func TestReportScrollsAndGoesOn(t *testing.T) {
	t.Parallel()
	env := Env{Theme: theme.New(true, theme.WithoutColour()), Keys: theme.DefaultKeyMap()}
	s := NewDone(env, flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, ClientID: "id", Location: "in the keyring", PreviousKept: true}})
	s, _, _ = s.Update(SizeMsg{Width: 30, Height: 4})
	if len(s.Keys()) != 3 {
		t.Errorf("keys of a report that does not fit: %v", s.Keys())
	}
	before := s.View(30, 4).Body
	s, _, _ = s.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	s, _, _ = s.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if after := s.View(30, 4).Body; after == before {
		t.Error("it does not scroll")
	}
	for range 100 {
		s, _, _ = s.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	}
	if last := s.View(30, 4).Body; !strings.Contains(last, "program") {
		t.Errorf("the end is not reached:\n%s", last)
	}
	if _, _, intent := s.Update(tea.KeyPressMsg{Code: tea.KeyEnter}); intent.Act != Next {
		t.Errorf("enter wants %v", intent)
	}
}

func TestARunThatWasCutOffIsNoSuccess(t *testing.T) {
	t.Parallel()
	a := flow.Answers{Change: lifecycle.Change{
		Results: []client.Result{
			{ID: client.CheckCredentials, State: client.Passed},
			{ID: "area.call", State: client.Skipped, Kind: client.Canceled},
		},
	}}
	if got := a.Summary(time.Time{}); got.OK || got.Passed != 1 || got.Skipped != 1 {
		t.Errorf("%+v", got)
	}
	if a.Results = a.Results[:1]; !a.Summary(time.Time{}).OK {
		t.Error("a run that passed counts as none")
	}
}
