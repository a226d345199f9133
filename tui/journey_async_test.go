package tui

import (
	"context"
	"iter"
	"testing"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
)

// gated is a Mimecast whose answers the test lets through one by one, deaf to a context that ended, as a reply that is
// under way already is.
type gated struct {
	lifecycle.Mimecast
	asked  chan struct{}
	answer chan struct{}
	check  func(client.Credential) []client.Result
	// fail is what a sign-in comes to, in place of the simulator's answer.
	fail error
}

func (g *gated) Check(_ context.Context, c client.Credential, _ client.Plan) iter.Seq[client.Result] {
	return func(yield func(client.Result) bool) {
		for _, r := range g.check(c) {
			g.asked <- struct{}{}
			<-g.answer
			if !yield(r) {
				return
			}
		}
	}
}

func (g *gated) SignIn(ctx context.Context, s client.SignIn) (client.Keys, error) {
	g.asked <- struct{}{}
	<-g.answer
	if g.fail != nil {
		return client.Keys{}, g.fail
	}
	return g.Mimecast.SignIn(ctx, s)
}

// gate makes a wizard whose Mimecast is gated.
func gate(t *testing.T, s setting, check func(client.Credential) []client.Result) (*wizard, *gated) {
	t.Helper()
	g := &gated{asked: make(chan struct{}, 8), answer: make(chan struct{}, 8), check: check}
	var w *wizard
	s.dial = func(e client.Endpoint) (lifecycle.Mimecast, error) {
		c, err := client.New(e, client.WithClock(w.clock.Now), client.WithLogger(w.log.logger()))
		if err != nil {
			return nil, err
		}
		mine := *g
		mine.Mimecast = c
		return &mine, nil
	}
	w = start(t, s)
	return w, g
}

// TestStaleResultsAreDropped leaves a check whose result is under way, changes the secret and checks again: the first
// result must not show up in the second run.
func TestStaleResultsAreDropped(t *testing.T) {
	t.Parallel()
	w, g := gate(t, setting{}, func(c client.Credential) []client.Result {
		title := "first run"
		if pair, ok := c.(client.OAuth); ok && pair.ClientSecret.Reveal() == "second-secret" {
			title = "second run"
		}
		return []client.Result{{ID: client.CheckCredentials, Title: title, State: client.Passed}}
	})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste("first-secret").Press("enter")
	w.At(flow.Check)
	w.See("Reach Mimecast")
	<-g.asked
	w.Press("esc").At(flow.Application).Press("tab", "ctrl+u").Paste("second-secret").Press("enter").At(flow.Check)
	g.answer <- struct{}{} // the answer of the first run arrives now
	g.answer <- struct{}{}
	w.See("second run").See("Enter saves it").Not("first run")
	if n := len(w.Answers().Results); n != 1 {
		t.Errorf("%d results, want 1", n)
	}
}

// TestSignInIsNotInterrupted presses everything that leaves while Mimecast is creating keys.
func TestSignInIsNotInterrupted(t *testing.T) {
	t.Parallel()
	w, g := gate(t, setting{}, nil)
	w.toKeys().signIn("svc@example.com", w.sim.Demo().Password)
	w.See("Signing in at Mimecast")
	<-g.asked
	w.Press("esc").See("Signing in at Mimecast").At(flow.Keys)
	w.update(tea.MouseClickMsg{X: 5, Y: 2, Button: tea.MouseLeft})
	w.At(flow.Keys).Press("ctrl+c").See("One moment").Press("ctrl+c", "enter", "esc").See("One moment")
	if w.quit {
		t.Fatal("left while keys were being created")
	}
	g.answer <- struct{}{}
	w.See("Leave now?").See("saved on trial")
	w.Press("down", "enter").Left()
	if got := w.stored("mimecast"); got == nil || got.Pending == nil {
		t.Fatalf("stored: %+v", got)
	}
}

// TestSignalWaitsForTheKeys sends SIGTERM's message while Mimecast is creating keys: they are stored before the end.
func TestSignalWaitsForTheKeys(t *testing.T) {
	t.Parallel()
	w, g := gate(t, setting{}, nil)
	w.toKeys().signIn("svc@example.com", w.sim.Demo().Password)
	w.See("Signing in at Mimecast")
	<-g.asked
	w.update(leaveMsg{})
	if w.quit {
		t.Fatal("left while keys were being created")
	}
	g.answer <- struct{}{}
	w.Left()
	if got := w.stored("mimecast"); got == nil || got.Pending == nil {
		t.Fatalf("stored: %+v", got)
	}
	if !w.Answers().Staged {
		t.Error("the outcome does not tell that the keys are stored")
	}
}

// TestSignalLeavesAtOnce when nothing would be lost for good.
func TestSignalLeavesAtOnce(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toApplication("2.0").Type("id")
	w.update(leaveMsg{})
	w.Left()
}

// TestStoringFromTheDialogCanBeStopped: a store that waits for somebody does not hold the person.
func TestStoringFromTheDialogCanBeStopped(t *testing.T) {
	t.Parallel()
	w, store := unsavedKeys(t)
	store.Clear()
	store.On(storetest.Any, 0, storetest.Hang())
	w.Press("ctrl+c").See("Leave now?").Press("down", "enter").See("Saving the keys on trial")
	w.Press("enter", "ctrl+c").See("Saving the keys on trial")
	w.Press("esc").See("Leave now?").See("cancelled")
	if w.quit || w.Answers().Staged {
		t.Fatal("the keys count as stored")
	}
}

// TestReadBackIsWhatIsChecked: the credential that is checked is the one that the store gave back.
func TestReadBackIsWhatIsChecked(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := start(t, setting{store: store})
	store.On(storetest.Set, 0, storetest.Lie()) // a dismissed question of the keyring
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	w.At(flow.Check).until("an explanation", func() bool { return w.app.screen.Keys()[0].Help().Key == "r" })
	if n := w.calls(tokenPath); n != 0 {
		t.Errorf("%d tokens asked for with a credential that is not stored", n)
	}
	w.Not("Is this your tenant?")
	store.Clear()
	w.Press("r")
	w.finish()
}
