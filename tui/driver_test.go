package tui

import (
	"context"
	"fmt"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/screen/home"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// global is where API 2.0 is, unless something else is said.
const global = "https://api.services.mimecast.com"

// wizard drives the app like a person at a terminal: it presses keys, waits for what must appear, and looks at every
// frame. It runs the app's commands as Bubble Tea does, each in a goroutine, and hands their messages to Update one by one.
// It never sleeps: what it waits for either comes with a message, or the test fails.
type wizard struct {
	t     *testing.T
	app   *app
	clock *clock
	sim   *simulator.Server
	url   string
	store credstore.Store
	vault *credstore.Vault
	door  *door
	index *credstore.Index

	msgs chan tea.Msg
	done chan struct{}
	quit bool
	// secrets must show in no frame; revealing is set while the person asked to see one.
	secrets   []string
	revealing bool
	frames    int
	// own counts the messages of the list of profiles' own work.
	own int
	// log is what the client wrote, dir where the index lies: neither may hold a secret.
	log *buffer
	dir string
}

// clock is a clock that a test moves. A keystroke takes a second.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// setting is what a journey may change before it starts.
type setting struct {
	sim     []simulator.Option
	store   credstore.Store
	stores  []step.StoreChoice
	others  []credstore.Store
	answers flow.Answers
	demo    bool
	width   int
	height  int
	theme   []theme.Option
	light   bool
	dial    func(client.Endpoint) (lifecycle.Mimecast, error)
	// change makes the last changes to what the screens are given.
	change func(*screen.Env)
	// prepare is called before the first screen, for what is to be there already.
	prepare func(*wizard)
}

// start opens the wizard.
func start(t *testing.T, s setting) *wizard {
	t.Helper()
	w := &wizard{t: t, clock: newClock(), msgs: make(chan tea.Msg, 64), done: make(chan struct{})}
	w.sim = simulator.New(append([]simulator.Option{simulator.WithClock(w.clock.Now)}, s.sim...)...)
	server := httptest.NewServer(w.sim)
	t.Cleanup(server.Close)
	w.url = server.URL
	w.store = s.store
	if w.store == nil {
		w.store = credstore.NewMemory()
	}
	w.dir, w.log = t.TempDir(), &buffer{}
	w.index = credstore.NewIndex(w.dir)
	w.vault = credstore.NewVault(w.index, w.clock.Now, append([]credstore.Store{w.store}, s.others...)...)
	w.door = &door{Vault: w.vault}
	if s.prepare != nil {
		s.prepare(w)
		w.vault.Close()
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(func() {
		close(w.done)
		cancel()
		w.app.screen.Close()
		w.door.close() // waits for what is being written into the test's directory
		w.sentinel()
	})
	w.app = newApp(w.env(ctx, s), s.answers, s.options(), newScreen)
	w.app.env.Passphrases.By(w.app.passphrases.ask)
	w.secrets = w.known()
	width, height := s.width, s.height
	if width == 0 {
		width, height = 80, 24
	}
	w.run(w.app.Init())
	w.Resize(width, height)
	return w
}

func (s setting) options() []theme.Option {
	return append([]theme.Option{theme.WithStill()}, s.theme...)
}

func (w *wizard) env(ctx context.Context, s setting) screen.Env {
	stores := s.stores
	if stores == nil {
		stores = []step.StoreChoice{{Kind: w.store.Kind(), Title: "OS keyring"}}
	}
	dial := s.dial
	if dial == nil {
		dial = func(e client.Endpoint) (lifecycle.Mimecast, error) {
			if strings.HasSuffix(e.BaseURL, ".mimecast.com") {
				e.BaseURL = w.url // what cannot run on this machine
			}
			return client.New(e, client.WithClock(w.clock.Now), client.WithLogger(w.log.logger()))
		}
	}
	env := screen.Env{
		Env: step.Env{
			Service: lifecycle.Service{
				Now:  w.clock.Now,
				Dial: dial, Vault: w.door, Profiles: hatch{w.vault, w.door}, Plan: lifecycle.PlanOf,
			},
			Stores: stores,
		},
		Context: ctx, Theme: theme.New(!s.light, s.options()...), Keys: theme.DefaultKeyMap(), Clipboard: screen.NewClipboard(clipboard.Of(&pasteboard{}, nil)),
	}
	if s.demo {
		d := w.sim.Demo()
		env.Demo = &step.Demo{
			BaseURL: w.url, ClientID: d.ClientID, ClientSecret: d.ClientSecret, ApplicationID: d.ApplicationID,
			ApplicationKey: d.ApplicationKey, Email: d.Email, Password: d.Password, AccessKey: d.AccessKey,
			SecretKey: d.SecretKey, Code: func() string { return w.sim.Code(d.Email) },
		}
	}
	if s.change != nil {
		s.change(&env)
	}
	return env
}

// known are the secrets that the simulator deals in.
func (w *wizard) known() []string {
	d := w.sim.Demo()
	return []string{d.ClientSecret, d.ApplicationKey, d.Password, d.AccessKey, d.SecretKey}
}

// run starts a command as Bubble Tea does.
func (w *wizard) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		select {
		case w.msgs <- msg:
		case <-w.done:
		}
	}()
}

// update hands one message to the app and looks at the frame that follows.
func (w *wizard) update(msg tea.Msg) {
	w.t.Helper()
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			w.run(cmd)
		}
		return
	case tea.QuitMsg:
		w.quit = true
		return
	case home.Msg:
		w.own++
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		w.t.Fatalf("the app uses tea.Sequence, which the driver does not know")
	}
	if w.quit {
		return
	}
	msg = (&display{}).filter(w.app, msg)
	_, cmd := w.app.Update(msg)
	w.look()
	w.run(cmd)
}

// look checks what must be so of every frame: its size, and that no secret is in it.
func (w *wizard) look() {
	w.t.Helper()
	frame := w.Frame()
	w.frames++
	if w.app.done {
		return
	}
	lines := strings.Split(frame, "\n")
	if len(lines) > w.app.height {
		w.t.Fatalf("%d lines in a window of %d\n%s", len(lines), w.app.height, frame)
	}
	for _, line := range lines {
		if n := ansi.StringWidth(line); n > w.app.width {
			w.t.Fatalf("%d cells in a window of %d: %q\n%s", n, w.app.width, line, frame)
		}
	}
	if w.revealing {
		return
	}
	if found := leak(frame, w.hidden()); found != "" {
		w.t.Fatalf("a secret (%s) is on screen:\n%s", found, frame)
	}
}

// until hands over messages until is is so.
func (w *wizard) until(what string, is func() bool) *wizard {
	w.t.Helper()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	for !is() {
		select {
		case msg := <-w.msgs:
			w.update(msg)
		case <-deadline.C:
			w.t.Fatalf("%s never came; at %s:\n%s", what, w.app.step, w.Frame())
		}
	}
	return w
}

// At waits for a step.
func (w *wizard) At(s flow.Step) *wizard {
	w.t.Helper()
	return w.until("the step "+s.String(), func() bool { return w.app.step == s && w.app.dialog == nil })
}

// See waits for words on screen, however they are broken into lines.
func (w *wizard) See(words string) *wizard {
	w.t.Helper()
	return w.until(fmt.Sprintf("%q", words), func() bool { return strings.Contains(w.Body(), words) })
}

// Not asserts that words are not on screen now.
func (w *wizard) Not(words string) *wizard {
	w.t.Helper()
	if strings.Contains(w.Body(), words) {
		w.t.Fatalf("%q is on screen:\n%s", words, w.Frame())
	}
	return w
}

// Left waits for the end of the program.
func (w *wizard) Left() *wizard {
	w.t.Helper()
	return w.until("the end", func() bool { return w.quit })
}

// Press presses keys by name.
func (w *wizard) Press(names ...string) *wizard {
	w.t.Helper()
	for _, name := range names {
		press, ok := pressOf(name)
		if !ok {
			w.t.Fatalf("there is no key %q", name)
		}
		w.clock.add(time.Second)
		w.revealing = name == "ctrl+r"
		w.update(press)
	}
	return w
}

// Type types text, one key a character.
func (w *wizard) Type(text string) *wizard {
	w.t.Helper()
	for _, r := range text {
		w.clock.add(time.Second)
		w.revealing = false
		w.update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return w
}

// Paste pastes text as a terminal does.
func (w *wizard) Paste(text string) *wizard {
	w.t.Helper()
	w.clock.add(time.Second)
	w.revealing = false
	w.update(tea.PasteMsg{Content: text})
	return w
}

// Resize changes the size of the window.
func (w *wizard) Resize(width, height int) *wizard {
	w.t.Helper()
	w.update(tea.WindowSizeMsg{Width: width, Height: height})
	return w
}

// Frame is what is on screen, without colours.
func (w *wizard) Frame() string { return ansi.Strip(w.app.View().Content) }

// Body is the text of the step or dialog, in one line.
func (w *wizard) Body() string {
	lines, _ := w.app.body(w.app.bodyBox())
	return strings.Join(strings.Fields(ansi.Strip(strings.Join(lines, " "))), " ")
}

// Answers are the answers now.
func (w *wizard) Answers() flow.Answers { return w.app.answers }

// calls counts the requests that Mimecast got for a path.
func (w *wizard) calls(path string) int {
	n := 0
	for _, r := range w.sim.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}

// stored is what the vault has for a name; nil when nothing.
func (w *wizard) stored(name string) *credstore.Record {
	w.t.Helper()
	record, err := w.vault.Load(w.t.Context(), name)
	if err != nil {
		return nil
	}
	return &record
}

// footer are the keys that the footer offers.
func (w *wizard) footer() []string {
	var keys []string
	for _, b := range enabled(w.app.keys().ShortHelp()) {
		keys = append(keys, b.Help().Key)
	}
	return slices.Clip(keys)
}

func secretOf(s string) secret.Value { return secret.New(s) }

// throughHandOff presses enter on every row of the hand-off: a row is left when its value was copied.
func (w *wizard) throughHandOff() {
	w.t.Helper()
	for w.app.step == flow.HandOff && !w.app.done {
		w.Press("enter").until("the copied value", func() bool { return !strings.Contains(w.Body(), "Copying ") })
	}
}
