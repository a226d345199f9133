package screen_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

const clientSecret = "Zx9_the+client/secret=="

func activated() flow.Answers {
	return flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2", Region: "global",
			BaseURL: "https://api.services.mimecast.com", InternalDomain: "example.com", Activated: true,
			ClientID: "wQ3hTq0ClientID", ClientSecret: secret.New(clientSecret),
		},
	}
}

func activated10() flow.Answers {
	return flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", API: client.API10, Integration: "jupiterone", Region: "us", BaseURL: "https://us-api.mimecast.com",
			Activated: true, ApplicationID: "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", ApplicationKey: secret.New("the-application-key"),
			AccessKey: secret.New(strings.Repeat("access", 25)), SecretKey: secret.New(strings.Repeat("secretk=", 11)),
			Results: []client.Result{{ID: client.CheckAccount, Account: &client.Account{Name: "Example Corp"}}},
		},
	}
}

// board is a native clipboard.
type board struct {
	mu           sync.Mutex
	text         string
	writes       int
	unreadable   bool
	unwritable   bool
	whileReading func()
}

func (b *board) Write(_ context.Context, text string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.unwritable {
		return errors.New("no clipboard")
	}
	b.text = text
	b.writes++
	return nil
}

func (b *board) Read(context.Context) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.whileReading != nil {
		b.whileReading()
	}
	if b.unreadable {
		return "", errors.New("cannot be read")
	}
	return b.text, nil
}

func (b *board) set(text string) { _ = b.Write(context.Background(), text) }

func (b *board) holds() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text
}

// timers stand in for the clock of commands: what was asked for runs when the test says so.
type timers struct {
	waits []time.Duration
	fire  []func() tea.Msg
}

func (c *timers) tick(d time.Duration, message func(time.Time) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		c.waits = append(c.waits, d)
		c.fire = append(c.fire, func() tea.Msg { return message(time.Time{}) })
		return nil
	}
}

// pass lets the n-th timer run out.
func (c *timers) pass(b *bench, n int) {
	msg := c.fire[n]()
	b.run(func() tea.Msg { return msg })
}

// terminal collects what is sent to the terminal's clipboard: the only messages that a screen does not know.
type terminal struct {
	screen.Screen
	sent []string
}

func (s *terminal) Update(msg tea.Msg) (screen.Screen, tea.Cmd, screen.Intent) {
	if reflect.TypeOf(msg) == reflect.TypeOf(tea.SetClipboard("")()) {
		s.sent = append(s.sent, fmt.Sprint(msg))
		return s, nil, screen.Intent{}
	}
	next, cmd, intent := s.Screen.Update(msg)
	s.Screen = next
	return s, cmd, intent
}

// handing shows the hand-off with clipboards that are looked into and timers that are let run.
func handing(t *testing.T, a flow.Answers, native clipboard.Holder) (*bench, *timers, *terminal) {
	t.Helper()
	clocks := &timers{}
	env := formEnv(func(env *screen.Env) {
		env.Clipboard, env.Tick = screen.NewClipboard(clipboard.Of(native, nil)), clocks.tick
	})
	term := &terminal{Screen: screen.NewHandOff(env, a)}
	return start(t, term), clocks, term
}

// TestHandOffEndsWithTheProductsButton names the button that saves the product's form, below its last field.
func TestHandOffEndsWithTheProductsButton(t *testing.T) {
	toEnd := slices.Repeat([]string{"down"}, 12)
	b, _, _ := handing(t, activated10(), &board{})
	body := b.tap(toEnd...).shows("Then: Create Configuration", "Finish").body()
	if strings.Index(body, "Then: Create Configuration") > strings.Index(body, "Finish") {
		t.Errorf("it stands below the way on:\n%s", body)
	}
	b, _, _ = handing(t, activated(), &board{})
	b.tap(toEnd...).hides("Then: ").shows("Finish")
}

func TestHandOffCopies(t *testing.T) {
	native := &board{}
	b, clocks, term := handing(t, activated(), native)
	b.shows("Axonius: Adapters > Mimecast - V2 > Add Connection", "0/10 done", "https://api.services.mimecast.com").hides(clientSecret)
	b.tap("enter", "enter")
	if got := native.holds(); got != "wQ3hTq0ClientID" || term.sent[len(term.sent)-1] != got {
		t.Errorf("the native clipboard holds %q, the terminal got %q", got, term.sent)
	}
	b.shows("2/10", "Client ID copied, cleared after 45 seconds")
	b.tap("enter").shows("Client Secret copied").hides(clientSecret)
	if native.holds() != clientSecret || term.sent[2] != clientSecret {
		t.Errorf("the secret was not copied: %q, %q", native.holds(), term.sent)
	}
	if len(clocks.waits) != 3 || clocks.waits[2] != 45*time.Second {
		t.Fatalf("timers %v", clocks.waits)
	}
	clocks.pass(b, 0)
	if native.holds() != clientSecret || len(term.sent) != 3 {
		t.Error("the time of the first value took the third away")
	}
	clocks.pass(b, 2)
	b.shows("The clipboard was emptied")
	if native.holds() != "" || term.sent[3] != " " {
		t.Errorf("after its time the native clipboard holds %q, the terminal got %q", native.holds(), term.sent[3:])
	}
}

// TestHandOffLeavesOtherThings does not take away what the person copied meanwhile, and knows nothing where it cannot read.
func TestHandOffLeavesOtherThings(t *testing.T) {
	for name, tt := range map[string]struct {
		native  clipboard.Holder
		changed bool
		emptied bool
		says    string
	}{
		"another text":       {&board{}, true, false, "The clipboard has something else now"},
		"the same text":      {&board{}, false, true, "The clipboard was emptied"},
		"cannot be read":     {&board{unreadable: true}, true, true, "A request to empty was sent"},
		"cannot be written":  {&board{unwritable: true, unreadable: true}, false, true, "A request to empty was sent"},
		"terminal only, nil": {nil, false, true, "A request to empty was sent"},
	} {
		t.Run(name, func(t *testing.T) {
			b, clocks, term := handing(t, activated(), tt.native)
			b.tap("enter")
			if native, ok := tt.native.(*board); tt.changed && ok {
				native.set("the person's own")
			}
			clocks.pass(b, 0)
			b.shows(tt.says)
			if emptied := len(term.sent) == 2 && term.sent[1] == " "; emptied != tt.emptied {
				t.Errorf("sent to the terminal: %q", term.sent)
			}
			if native, ok := tt.native.(*board); tt.changed && ok && native.holds() != "the person's own" {
				t.Errorf("the person's own text was taken away: %q", native.holds())
			}
		})
	}
}

func TestHandOffSaysWhereItWent(t *testing.T) {
	b, _, _ := handing(t, activated(), &board{unwritable: true})
	b.tap("enter").shows("Host Name or IP Address sent to the terminal, cleared after 45 seconds")
}

// TestHandOffLeavesToTickWhatWasOnlySent: what nobody saw arrive is not done, and the cursor waits for the person.
func TestHandOffLeavesToTickWhatWasOnlySent(t *testing.T) {
	for name, tt := range map[string]struct {
		board *clipboard.Board
		says  string
		left  string
	}{
		"terminal":         {clipboard.Of(nil, nil), "Host Name or IP Address sent to the terminal, cleared after 45 seconds", "A request to empty was sent"},
		"cannot be read":   {clipboard.Of(&board{unreadable: true}, nil), "sent to the terminal, cleared after 45 seconds", "A request to empty was sent"},
		"tmux":             {clipboard.Of(nil, &board{}), "in tmux's buffer; sent to the terminal, cleared after 45 seconds", "Deleted from tmux; a request to empty was sent"},
		"tmux, unreadable": {clipboard.Of(nil, &board{unreadable: true}), "sent to the terminal, cleared after 45 seconds", "A request to empty was sent"},
	} {
		t.Run(name, func(t *testing.T) {
			clocks := &timers{}
			env := formEnv(func(env *screen.Env) { env.Clipboard, env.Tick = screen.NewClipboard(tt.board), clocks.tick })
			b := start(t, screen.NewHandOff(env, activated()))
			b.tap("enter").shows("0/10", tt.says, "Pasted? space ticks it.").hides("copied", "emptied")
			b.tap("enter").shows("0/10", tt.says)
			b.tap("space", "space").shows("2/10")
			clocks.pass(b, 1)
			b.shows(tt.left).hides("emptied", "Pasted?")
		})
	}
}

// TestClipboardCopiedWhileEmptied copies a second value while the first one's time is being ended.
func TestClipboardCopiedWhileEmptied(t *testing.T) {
	native := &board{unreadable: true}
	b, clocks, term := handing(t, activated(), native)
	b.tap("enter")
	native.whileReading = func() {
		native.whileReading = nil
		b.screen.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	}
	clocks.pass(b, 0)
	if len(term.sent) != 1 {
		t.Errorf("the terminal's clipboard was emptied of the second value: %q", term.sent)
	}
}

func TestHandOffReveals(t *testing.T) {
	b, clocks, _ := handing(t, activated(), nil)
	b.tap("down", "down").hides(clientSecret).shows("23 characters", "Required.")
	b.tap("ctrl+r").shows(clientSecret)
	if clocks.waits[0] != 10*time.Second {
		t.Errorf("it is readable for %v", clocks.waits[0])
	}
	b.tap("down").hides(clientSecret).tap("up").hides(clientSecret)
	b.tap("ctrl+r").shows(clientSecret)
	clocks.pass(b, 0) // the first reveal's time must not end the second
	b.shows(clientSecret)
	clocks.pass(b, 1)
	b.hides(clientSecret)
	b.tap("ctrl+r").shows(clientSecret).tap("ctrl+r").hides(clientSecret)
	b.tap("up", "ctrl+r")
	if len(clocks.waits) != 3 {
		t.Error("a value that is no secret was revealed")
	}
}

func TestHandOffTicks(t *testing.T) {
	b, _, term := handing(t, activated(), &board{})
	b.tap("space").shows("1/10 done").tap("space").shows("0/10 done")
	if len(term.sent) != 0 {
		t.Errorf("a tick copied %q", term.sent)
	}
	b.tap("enter").write("y")
	if len(term.sent) != 2 || term.sent[1] != "wQ3hTq0ClientID" {
		t.Errorf("y copied %q", term.sent)
	}
	a := b.answers()
	again := start(t, screen.NewHandOff(formEnv(), a))
	again.shows("2/10 done")
	a.Integration = "pondurance-scope"
	start(t, screen.NewHandOff(formEnv(), a)).shows("0/6 done")
}

func TestHandOffRowsWithoutAValue(t *testing.T) {
	b, _, term := handing(t, activated(), nil)
	b.tap("down", "down", "down", "down") // Verify SSL
	b.shows("Optional. ").tap("enter").shows("1/10 done")
	if len(term.sent) != 0 {
		t.Errorf("nothing to copy, and %q was copied", term.sent)
	}
}

func TestHandOffGoesOn(t *testing.T) {
	b, _, _ := handing(t, activated(), &board{})
	for range 10 {
		if b.tap("enter").wants() != screen.Stay {
			t.Fatal("it goes on before the last row")
		}
	}
	if b.shows("10/10").tap("enter").wants() != screen.Next {
		t.Error("enter on the last row does not go on")
	}
	if b.tap("esc").wants() != screen.Back {
		t.Error("esc does not go back")
	}
}

// TestHandOffKeys holds the footer to what the keys do.
func TestHandOffKeys(t *testing.T) {
	b, _, _ := handing(t, activated(), nil)
	want := func(words string) {
		t.Helper()
		var got []string
		for _, k := range b.screen.Keys() {
			if k.Help().Key != "" {
				got = append(got, k.Help().Key+" "+k.Help().Desc)
			}
		}
		if text := strings.Join(got, ", "); text != words {
			t.Errorf("the footer says %q, want %q", text, words)
		}
	}
	want("enter copy, space tick, ↓ down, ↑ up, esc back")
	b.tap("down", "down")
	want("enter copy, ctrl+r reveal, space tick, ↓ down, ↑ up, esc back")
	b.tap("down", "down")
	want("enter done, space tick, ↓ down, ↑ up, esc back")
}

func TestHandOffClick(t *testing.T) {
	b, _, term := handing(t, activated(), nil)
	lines := strings.Split(b.body(), "\n")
	for y, line := range lines {
		if strings.Contains(line, "Client Secret") {
			b.send(screen.SizeMsg{Width: 80, Height: 60}, tea.MouseClickMsg{Button: tea.MouseLeft, X: 8, Y: y}).tap("enter")
			if len(term.sent) != 1 || term.sent[0] != clientSecret {
				t.Errorf("copied %q", term.sent)
			}
			return
		}
	}
	t.Fatal("no such row")
}

func TestClipboardClose(t *testing.T) {
	native := &board{}
	env := formEnv(func(env *screen.Env) {
		env.Clipboard, env.Tick = screen.NewClipboard(clipboard.Of(native, nil)), (&timers{}).tick
	})
	b := start(t, screen.NewHandOff(env, activated()))
	if env.Clipboard.Close(t.Context()) {
		t.Error("there is nothing to take away")
	}
	b.tap("enter")
	if !env.Clipboard.Close(t.Context()) || native.holds() != "" {
		t.Errorf("the end of the program leaves %q", native.holds())
	}
	if env.Clipboard.Close(t.Context()) {
		t.Error("it was taken away already")
	}
	b.tap("enter")
	native.set("the person's own")
	if env.Clipboard.Close(t.Context()) || native.holds() != "the person's own" {
		t.Errorf("the end of the program takes away what is not its own: %q", native.holds())
	}
}

func TestHandOffFrames(t *testing.T) {
	for name, a := range map[string]flow.Answers{"axonius": activated(), "jupiterone": activated10()} {
		t.Run(name, func(t *testing.T) {
			b, _, _ := handing(t, a, &board{})
			b.tap("enter", "enter")
			b.frames()
		})
	}
}

// TestHandOffNotDone: leaving a form with fields that are not done is asked about each time, and who goes back finds the first of them.
func TestHandOffNotDone(t *testing.T) {
	b, _, _ := handing(t, activated10(), &board{})
	b.tap(slices.Repeat([]string{"down"}, 12)...).tap("enter")
	if b.intent.Act != screen.Ask || b.intent.Title != "7 fields are not done. Leave the form?" {
		t.Fatalf("wanted: %+v", b.intent)
	}
	b.wants()
	b.tap("space").tap(slices.Repeat([]string{"down"}, 12)...).tap("enter")
	if b.intent.Act != screen.Ask || b.intent.Title != "6 fields are not done. Leave the form?" || len(b.answers().Ticked) == 0 {
		t.Errorf("the second time it wants %+v, ticks %v", b.intent, b.answers().Ticked)
	}
}

// TestHandOffTellsWhatChanged: after a rotation the fields that the product has already are told from those that are new, and only the
// new ones have to be done.
func TestHandOffTellsWhatChanged(t *testing.T) {
	a := activated()
	a.Purpose = lifecycle.Rotating
	a.Replaced = lifecycle.Replaced{ID: "1", Credential: client.OAuth{ClientID: "old", ClientSecret: secret.New("old")}, Region: a.Region, BaseURL: a.BaseURL}
	b, _, _ := handing(t, a, &board{})
	b.shows("Host Name or IP Address unchanged", "8 unchanged, 0/2 done").tap("space", "down", "space").shows("8 unchanged, 2/2 done").tap("up", "up", "up", "space").shows("8 unchanged, 2/2 done")
	b.tap(slices.Repeat([]string{"down"}, 12)...).tap("enter")
	if got := b.wants(); got != screen.Next {
		t.Errorf("everything that changed is done, and it wants %v", got)
	}
	a.Replaced.BaseURL = "https://us-api.services.mimecast.com"
	b, _, _ = handing(t, a, &board{})
	b.shows("Host Name or IP Address https://api.services.mimecast.com", "7 unchanged, 0/3 done")
	a.Purpose = lifecycle.SettingUp
	b, _, _ = handing(t, a, &board{})
	b.hides("unchanged")
}

func TestHandOffFramesMoments(t *testing.T) {
	for name, do := range map[string]func(*bench){
		"revealed": func(b *bench) { b.tap("down", "down", "down", "down", "down", "ctrl+r") },
		"advice":   func(b *bench) { b.tap("down", "down") },
		"end":      func(b *bench) { b.tap("up", "down", "down", "down", "down", "down", "down", "down") },
	} {
		t.Run(name, func(t *testing.T) {
			b, _, _ := handing(t, activated10(), &board{})
			do(b)
			b.frames()
		})
	}
}

// TestLeavingWhatNothingKeeps: the last screen of a path asks before a credential is lost that is in memory alone, a form each time, and says nothing of a command that could not find it.
func TestLeavingWhatNothingKeeps(t *testing.T) {
	for name, build := range map[string]func(screen.Env, flow.Answers) screen.Screen{"hand-off": screen.NewHandOff, "done": screen.NewDone} {
		for _, passing := range []bool{true, false} {
			env := formEnv(func(env *screen.Env) {
				env.Clipboard = screen.NewClipboard(nil)
				env.Stores = []step.StoreChoice{{Kind: "memory", Title: "This session only", Passing: passing}}
			})
			a := activated()
			a.Store = "memory"
			b := start(t, build(env, a)).tap(slices.Repeat([]string{"down"}, 30)...).tap("enter")
			asked := b.intent.Act == screen.Ask && strings.Contains(b.intent.Title+b.intent.Text, "only in memory")
			if asked != passing || strings.Contains(b.intent.Text, "handoff") == passing && b.intent.Act == screen.Ask {
				t.Errorf("%s, passing %v: %+v", name, passing, b.intent)
			}
			if b.intent.Act == screen.Ask {
				b.wants()
				b.tap(slices.Repeat([]string{"down"}, 30)...).tap("enter")
			}
			want := screen.Next
			if name == "hand-off" { // the keys that answer the question mean something else on the next page
				want = screen.Ask
			}
			if got := b.wants(); got != want {
				t.Errorf("%s, passing %v: the second time it wants %v", name, passing, got)
			}
		}
	}
}
