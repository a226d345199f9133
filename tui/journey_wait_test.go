package tui

import (
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// shelf keeps unfinished set-ups in memory.
type shelf struct {
	mu   sync.Mutex
	kept map[string]flow.State
}

func newShelf() *shelf { return &shelf{kept: map[string]flow.State{}} }

func (s *shelf) Keep(state flow.State) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[state.Name] = state
	return nil
}

func (s *shelf) Forget(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, name)
	return nil
}

func (s *shelf) find(name string) (flow.State, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state, ok := s.kept[name]
	return state, ok
}

// still is a clock of commands that never runs out by itself.
func still(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }

// TestJourneyWait creates an application of API 1.0, leaves while it is too young, comes back, and goes on.
func TestJourneyWait(t *testing.T) {
	t.Parallel()
	kept := newShelf()
	change := func(env *screen.Env) { env.Unfinished, env.Tick = kept, still }
	w := start(t, setting{change: change})
	d := w.sim.Demo()
	w.At(flow.Integration).Press("enter")
	w.At(flow.API).Press("down", "enter", "down", "down", "enter")
	w.pasteRegion()
	w.At(flow.Console).Press("space", "space", "enter").See("easily missed").Press("enter")
	w.At(flow.Application).Paste(d.ApplicationID).Press("tab").Paste(d.ApplicationKey).Press("enter")
	w.At(flow.Wait).See("left, until").Press("enter").See("Not yet.")
	w.until("the state", func() bool { s, ok := kept.find("mimecast"); return ok && s.At() == flow.Wait })
	w.Press("ctrl+c").See("Leave now?")
	w.clock.add(screen.ReadTime)
	w.Press("down", "enter").Left()
	onward := w.app.keeper.end(w.app.step, w.app.answers, w.clock.Now())
	if text := Summary(Outcome{Answers: w.app.answers, Quit: true, Kept: onward}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot); !strings.Contains(text, "Continue with: mimecred setup mimecast") {
		t.Errorf("the last words: %s", text)
	}

	state, _ := kept.find("mimecast")
	if state.ApplicationMadeAt.IsZero() || len(state.Ticked) < 2 {
		t.Fatalf("kept: %+v", state)
	}
	again := start(t, setting{change: change, answers: flow.Answers{Unfinished: []flow.State{state}}})
	again.clock.now = state.ApplicationMadeAt.Add(18 * time.Minute)
	again.At(flow.Continue).See("Continue mimecast").Press("enter")
	again.At(flow.Application).Paste(d.ApplicationID).Press("tab").Paste(d.ApplicationKey).Press("enter")
	again.At(flow.Wait).See("11 min").Press("esc").At(flow.Application).Press("esc")
	again.At(flow.Console).Press("enter", "enter").At(flow.Application).Press("tab", "enter").At(flow.Wait)
	again.clock.add(12 * time.Minute)
	again.Press("enter").At(flow.Keys)
}

// TestKeeperForgets keeps nothing of what was finished, and nothing under a name that was given up.
func TestKeeperForgets(t *testing.T) {
	t.Parallel()
	kept := newShelf()
	k := newKeeper(kept)
	at := func(name string) flow.Answers { return flow.Answers{Change: lifecycle.Change{Name: name}} }
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	first, second := k.keep(flow.Console, at("one"), now), k.keep(flow.Application, at("one"), now)
	second()
	first() // late
	if s, _ := kept.find("one"); s.At() != flow.Application {
		t.Errorf("an older state replaced a newer one: %v", s.At())
	}
	late := k.keep(flow.Console, at("one"), now)
	if !k.end(flow.Application, at("two"), now) {
		t.Error("it says that nothing is kept")
	}
	late()
	if _, there := kept.find("one"); there {
		t.Error("the name that was given up is still kept")
	}
	if _, there := kept.find("two"); !there {
		t.Error("the last state is not kept")
	}
	k = newKeeper(kept)
	k.end(flow.Done, flow.Answers{Change: lifecycle.Change{Name: "two", Activated: true}}, now)
	if _, there := kept.find("two"); there {
		t.Error("what is finished is still kept")
	}
	k = newKeeper(nil)
	if k.keep(flow.Console, at("one"), now) != nil {
		t.Error("a command without a store")
	}
	if k.end(flow.Console, at("one"), now) {
		t.Error("without a store something was kept")
	}
}
