package screen_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// hands is a clock that the test moves.
type hands struct{ now time.Time }

func (h *hands) Now() time.Time { return h.now }

func ten() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

func waitingFor(madeAt time.Time) flow.Answers {
	return flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API10}, NewApplication: true, ApplicationMadeAt: madeAt}
}

// bells counts how often the terminal was to ring.
type bells struct {
	screen.Screen
	rang int
}

func (s *bells) Update(msg tea.Msg) (screen.Screen, tea.Cmd, screen.Intent) {
	if raw, ok := msg.(tea.RawMsg); ok && raw.Msg == "\a" {
		s.rang++
		return s, nil, screen.Intent{}
	}
	next, cmd, intent := s.Screen.Update(msg)
	s.Screen = next
	return s, cmd, intent
}

// shelf keeps states in memory.
type shelf map[string]flow.State

func (s shelf) Keep(state flow.State) error { s[state.Name] = state; return nil }
func (s shelf) Forget(name string) error    { delete(s, name); return nil }

func waitFor(t *testing.T, a flow.Answers, after time.Duration) (*bench, *hands, *timers, *bells) {
	t.Helper()
	clock, clocks := &hands{ten().Add(after)}, &timers{}
	env := formEnv(func(env *screen.Env) {
		env.Now, env.Tick, env.Unfinished = clock.Now, clocks.tick, shelf{}
	})
	ringing := &bells{Screen: screen.NewWait(env, a)}
	return start(t, ringing), clock, clocks, ringing
}

func TestWaitCountsDown(t *testing.T) {
	b, clock, clocks, ringing := waitFor(t, waitingFor(ten()), 18*time.Minute+400*time.Millisecond)
	b.shows("12 min 00 s left, until 10:30.", "mimecred setup acme goes on.")
	if clocks.waits[0] != 600*time.Millisecond {
		t.Errorf("the next second is %v away", clocks.waits[0])
	}
	if b.tap("enter").wants() != screen.Stay {
		t.Error("it goes on before the time is over")
	}
	b.shows("Not yet.")
	clock.now = ten().Add(29*time.Minute + 59*time.Second)
	clocks.pass(b, 0)
	b.shows("1 s left")
	if ringing.rang != 0 {
		t.Error("the bell rang too early")
	}
	clock.now = ten().Add(30 * time.Minute)
	clocks.pass(b, 1)
	b.shows("The 30 minutes are over since 10:30. Keys can be made now.")
	if ringing.rang != 1 {
		t.Errorf("the bell rang %d times", ringing.rang)
	}
	if len(clocks.waits) != 2 {
		t.Errorf("it still counts: %v", clocks.waits)
	}
	if b.tap("enter").wants() != screen.Next {
		t.Error("enter does not go on")
	}
}

func TestWaitCountsFromNowWhenNobodySaw(t *testing.T) {
	b, _, _, _ := waitFor(t, waitingFor(time.Time{}), 5*time.Minute)
	b.shows("30 min 00 s left, until 10:35.")
	if !b.answers().ApplicationMadeAt.Equal(ten().Add(5 * time.Minute)) {
		t.Errorf("made at %v", b.answers().ApplicationMadeAt)
	}
}

func TestWaitSkips(t *testing.T) {
	b, _, clocks, ringing := waitFor(t, waitingFor(ten()), time.Minute)
	if b.write("s").wants() != screen.Next || !b.answers().WaitSkipped {
		t.Fatal("s does not go on")
	}
	clocks.pass(b, 0)
	if ringing.rang != 0 {
		t.Error("the bell rings for what was skipped")
	}
	again, _, _, _ := waitFor(t, b.answers(), time.Minute)
	if again.shows("the application is older").tap("enter").wants() != screen.Next {
		t.Error("coming back, it waits again")
	}
}

func TestWaitThatIsOver(t *testing.T) {
	b, _, clocks, ringing := waitFor(t, waitingFor(ten()), time.Hour)
	b.shows("over since 10:30")
	if len(clocks.waits) != 0 || ringing.rang != 0 {
		t.Error("it counts or rings although the time was over before")
	}
	if b.tap("esc").wants() != screen.Back {
		t.Error("esc does not go back")
	}
}

// TestWaitOfAnotherScreen drops the second of a countdown that is not on screen any more.
func TestWaitOfAnotherScreen(t *testing.T) {
	_, _, clocks, _ := waitFor(t, waitingFor(ten()), time.Minute)
	b, _, others, _ := waitFor(t, waitingFor(ten()), time.Minute)
	msg := clocks.fire[0]()
	b.run(func() tea.Msg { return msg })
	if len(others.waits) != 1 {
		t.Errorf("a stale second started another countdown: %v", others.waits)
	}
}

// TestWaitScrolls reads all of it in a low window.
func TestWaitScrolls(t *testing.T) {
	b, _, _, _ := waitFor(t, waitingFor(ten()), time.Minute)
	b.send(screen.SizeMsg{Width: 40, Height: 9})
	last := func() bool { return strings.Contains(b.screen.View(40, 9).Body, "walk-through") }
	if last() {
		t.Fatal("everything fits")
	}
	for range 12 {
		b.tap("down")
	}
	if !last() {
		t.Errorf("the end cannot be reached:\n%s", b.screen.View(40, 9).Body)
	}
	for range 12 {
		b.tap("up")
	}
	if !strings.Contains(b.screen.View(40, 9).Body, "left, until") {
		t.Error("the beginning cannot be reached again")
	}
}

func TestWaitKeys(t *testing.T) {
	b, clock, _, _ := waitFor(t, waitingFor(ten()), time.Minute)
	words := func() string {
		var all []string
		for _, k := range b.screen.Keys() {
			all = append(all, k.Help().Key+" "+k.Help().Desc)
		}
		return strings.Join(all, ", ")
	}
	if got := words(); got != "s skip, it is older, esc back" {
		t.Error(got)
	}
	clock.now = ten().Add(time.Hour)
	if got := words(); got != "enter next, esc back" {
		t.Error(got)
	}
}

func TestWaitFrames(t *testing.T) {
	for name, after := range map[string]time.Duration{"counting": 18*time.Minute + 13*time.Second, "over": 31 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			b, _, _, _ := waitFor(t, waitingFor(ten()), after)
			b.frames()
		})
	}
}

func unfinished() []flow.State {
	return []flow.State{
		{
			Name: "acme", Step: "wait", API: client.API10, Integration: "jupiterone", NewApplication: true, ApplicationMadeAt: ten(),
			SavedAt: ten(), BaseURL: "https://us-api.mimecast.com",
		},
		{Name: "beta", Step: "console", API: client.API20, BaseURL: "https://api.services.mimecast.com", SavedAt: ten().Add(-3 * time.Hour), Ticked: []string{"2.0-role"}},
	}
}

func continuing(t *testing.T, after time.Duration) *bench {
	t.Helper()
	clock := &hands{ten().Add(after)}
	env := formEnv(func(env *screen.Env) { env.Now = clock.Now })
	return start(t, screen.NewContinue(env, flow.Answers{Unfinished: unfinished()}))
}

func TestContinue(t *testing.T) {
	b := continuing(t, 18*time.Minute)
	b.shows("Continue acme (12 minutes left)", "JupiterOne · API 1.0", "Continue beta (at In the console, 3 hours ago)", "Start again")
	b.tap("enter")
	if want := (screen.Intent{Act: screen.Jump, Step: flow.Application}); b.intent != want {
		t.Errorf("it wants %v, want %v", b.intent, want)
	}
	if a := b.answers(); a.Name != "acme" || a.API != client.API10 || len(a.Unfinished) != 0 {
		t.Errorf("answers %+v", a)
	}
	b = continuing(t, 0).tap("down", "enter")
	if b.intent.Step != flow.Console || !b.answers().Ticked["2.0-role"] {
		t.Errorf("it wants %v with %v", b.intent, b.answers().Ticked)
	}
	b = continuing(t, 0).tap("down", "down", "enter")
	if a := b.answers(); b.wants() != screen.Next || a.Name != "" || len(a.Unfinished) != 0 {
		t.Errorf("beginning anew: %+v", a)
	}
}

func TestWhereLeft(t *testing.T) {
	states := unfinished()
	for after, want := range map[time.Duration]string{
		0: "30 minutes left", 29*time.Minute + time.Second: "1 minute left", 40 * time.Minute: "keys can be made now",
	} {
		if got := step.WhereLeft(states[0], ten().Add(after)); got != want {
			t.Errorf("after %v: %q, want %q", after, got, want)
		}
	}
	for after, want := range map[time.Duration]string{
		0: "just now", time.Minute: "1 minute ago", 59 * time.Minute: "59 minutes ago", time.Hour: "1 hour ago", 49 * time.Hour: "2 days ago",
	} {
		got := step.WhereLeft(states[1], states[1].SavedAt.Add(after))
		if got != "at In the console, "+want {
			t.Errorf("after %v: %q", after, got)
		}
	}
}

func TestContinueFrames(t *testing.T) {
	continuing(t, 18*time.Minute).frames()
}

// TestBellsAreRaw keeps the counting of bells honest: this is the message that Bubble Tea writes to the terminal.
func TestBellsAreRaw(t *testing.T) {
	if got := reflect.TypeOf(tea.Raw("\a")()); got != reflect.TypeFor[tea.RawMsg]() {
		t.Errorf("a bell is a %v", got)
	}
}
