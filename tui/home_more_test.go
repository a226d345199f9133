package tui

import (
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// clickOn clicks where words begin on screen.
func (w *wizard) clickOn(words string) *wizard {
	w.t.Helper()
	for y, line := range strings.Split(w.Frame(), "\n") {
		if before, _, is := strings.Cut(line, words); is {
			w.clock.add(time.Second)
			w.update(tea.MouseClickMsg{X: len([]rune(before)), Y: y, Button: tea.MouseLeft})
			return w
		}
	}
	w.t.Fatalf("%q is nowhere:\n%s", words, w.Frame())
	return w
}

// TestHomeCoversWithTheMouse chooses, scrolls and closes what lies over the list with the mouse alone, and pastes a name.
func TestHomeCoversWithTheMouse(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{height: 14}, several)
	wheel := func(b tea.MouseButton) { w.update(tea.MouseWheelMsg{Button: b, X: 5, Y: 5}) }
	w.On("acme").clickOn("acme").See("Show details")
	wheel(tea.MouseWheelDown)
	w.See("› Rotate")
	wheel(tea.MouseWheelUp)
	w.See("› Test")
	w.clickOn("Roll back").See("Roll back: No previous").Press("end").See("› Delete").Press("pgup").See("› Test")
	w.clickOn("Show details").See("Client ID")
	wheel(tea.MouseWheelDown)
	w.Not("Axonius Mimecast V2 · API")
	w.clickOn("Base URL").Row("acme", "").Selected("acme")
	w.clickOn("acme").clickOn("Rename").See("New name of acme").Press("ctrl+u").Paste("omega\n").See("omega").clickOn("omega").Press("home").Type("x-").See("x-omega")
	w.Press("esc").On("acme").Press("enter", "d").See("Delete acme?").clickOn("Go back").Row("acme", "")
	w.Press("d").clickOn("Delete acme").See("Delete acme?") // in the same second as the question came up it would not count
}

// TestHomeAsksBeforeTypedSecretsAreLost, on the way back through the first step of a path too.
func TestHomeAsksBeforeTypedSecretsAreLost(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.Row("acme", "").Press("n").toApplication("2.0").Type("an-id").Press("tab").Type("typed-secret")
	for _, at := range []flow.Step{flow.Console, flow.API, flow.Integration} {
		w.Press("esc").At(at)
	}
	w.Press("esc").See("Leave now?").See("Not saved anywhere yet: the client secret.").Press("esc").At(flow.Integration)
	w.Press("esc").See("Back to the profiles").Press("down", "enter").At(flow.Home).Row("acme", "").Press("q").Left()
}

// TestHomeLeftInTheMiddleOfAPath: ctrl+c leaves the program as it does in a wizard, and what is left is said.
func TestHomeLeftInTheMiddleOfAPath(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.On("beta").Press("t").Row("beta", "just now").On("acme").Press("r").At(flow.Rotate).See("It works").Press("enter").At(flow.Console).Press("ctrl+c").Left()
	text := w.changed()
	if !strings.HasPrefix(text, "beta: tested: ") || !strings.Contains(text, "The rotation of acme is not finished") {
		t.Errorf("the summary is %q", text)
	}
}

// minutes are ticks that a test lets pass.
type minutes struct {
	mu      sync.Mutex
	waiting []chan time.Time
}

func (m *minutes) tick(_ time.Duration, message func(time.Time) tea.Msg) tea.Cmd {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := make(chan time.Time, 1)
	m.waiting = append(m.waiting, c)
	return func() tea.Msg {
		at, passed := <-c
		if !passed {
			return nil
		}
		return message(at)
	}
}

// pass lets everything that waits go on.
func (m *minutes) pass(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.waiting {
		c <- at
		close(c)
	}
	m.waiting = nil
}

// TestHomeLooksAgain: every minute the list is read anew, so that it shows what other programs do, and how old things are.
func TestHomeLooksAgain(t *testing.T) {
	t.Parallel()
	m := &minutes{}
	w := atHome(t, setting{change: func(env *screen.Env) { env.Tick = m.tick }}, several)
	w.On("old").Row("old", "3 h ago")
	other := credstore.NewVault(w.index, w.clock.Now, w.store)
	p, c := w.of20("zulu", "")
	if _, err := other.Stage(t.Context(), "memory", p, c, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	w.clock.add(2 * time.Hour)
	m.pass(w.clock.Now())
	w.Row("zulu", "pending").See("! zulu: not tested · another mimecred is busy").Row("old", "5 h ago").Selected("old")
	other.Close()
	m.pass(w.clock.Now())
	w.until("zulu to be free", func() bool { return !strings.Contains(w.Frame(), "another mimecred") })
	m.pass(w.clock.Now())
}

// TestHomeGoesOnWithEveryKind of what is unfinished, each in its own way.
func TestHomeGoesOnWithEveryKind(t *testing.T) {
	t.Parallel()
	at := newClock().Now()
	for name, tt := range map[string]struct {
		swap credstore.UnfinishedChange
		fill func(*wizard)
		walk func(*wizard)
	}{
		"a set-up of which nothing is known": {
			credstore.UnfinishedChange{Name: "lost", Kind: credstore.SetUp, Phase: credstore.Creating, At: at, Store: "memory", User: "svc@example.com"},
			nil,
			func(w *wizard) {
				w.See("! lost: a sign-in asked for keys, and its answer was lost").Press("enter").At(flow.Integration)
				if a := w.Answers(); a.Name != "lost" || a.Store != "memory" || len(a.LostKeys) != 1 || a.LostKeys[0].User != "svc@example.com" {
					w.t.Errorf("it begins with %+v", a)
				}
			},
		},
		"a change that waits": {
			credstore.UnfinishedChange{Name: "acme", Kind: credstore.Change, Phase: credstore.Staged, At: at, Store: "memory"},
			func(w *wizard) {
				p, c := w.of20("acme", "")
				w.put(p, c, states()...)
				p.InternalDomain = "example.org"
				w.wait(p, c, credstore.Pasted)
			},
			func(w *wizard) {
				w.See("! acme: the edit is not tested yet").Press("g", "enter").At(flow.Check).See("Is this your tenant?")
				if a := w.Answers(); a.Purpose != lifecycle.Changing || a.InternalDomain != "example.org" {
					w.t.Errorf("it goes on with %+v", a)
				}
			},
		},
		"a change that was begun": {
			credstore.UnfinishedChange{Name: "acme", Kind: credstore.Change, Phase: credstore.Begun, At: at, Store: "memory"},
			func(w *wizard) {
				p, c := w.of20("acme", "")
				w.put(p, c, states()...)
			},
			func(w *wizard) { w.See("! acme: edit begun").Press("g", "enter").At(flow.Edit) },
		},
		"a renewal": {
			credstore.UnfinishedChange{Name: "old", Kind: credstore.Renewal, Phase: credstore.Begun, At: at, Store: "memory"},
			func(w *wizard) {
				p, c := w.of10("old")
				w.put(p, c, states()...)
			},
			func(w *wizard) {
				w.See("! old: renewal of its keys begun").Press("g", "enter").At(flow.Rotate)
				if a := w.Answers(); a.API != client.API10 || a.Purpose != lifecycle.Rotating {
					w.t.Errorf("it goes on with %+v", a)
				}
			},
		},
		"what was given up meanwhile": {
			credstore.UnfinishedChange{Name: "acme", Kind: credstore.SetUp, Phase: credstore.Staged, At: at, Store: "memory"},
			func(w *wizard) {
				p, c := w.of20("acme", "")
				w.put(p, c, states()...)
			},
			func(w *wizard) {
				w.See("! acme: the pending version").Press("g", "enter").See("Nothing is pending any more").At(flow.Home)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			change := func(env *screen.Env) {
				env.Profiles = withUnfinished{env.Profiles, []credstore.UnfinishedChange{tt.swap}}
			}
			w := atHome(t, setting{change: change}, func(w *wizard) {
				if tt.fill != nil {
					tt.fill(w)
				}
			})
			tt.walk(w)
		})
	}
}
