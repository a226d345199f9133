package screen_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// bench holds a screen under test and what it wanted so far.
type bench struct {
	t      *testing.T
	screen screen.Screen
	intent screen.Intent
}

func formEnv(change ...func(*screen.Env)) screen.Env {
	env := screen.Env{
		Env: step.Env{
			Service: lifecycle.Service{
				Now:   func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
				Vault: &formVault{entries: map[string]credstore.Entry{}},
				Plan:  lifecycle.PlanOf,
			},
			Stores: []step.StoreChoice{{Kind: "keyring", Title: "The keyring of this computer"}}, EnvironmentProxy: func(string) string { return "" },
		},
		Context: context.Background(), Theme: theme.New(true, theme.WithoutColour(), theme.WithStill()), Keys: theme.DefaultKeyMap(),
	}
	for _, c := range change {
		c(&env)
	}
	return env
}

func withDemo(env *screen.Env) {
	env.Demo = &step.Demo{
		BaseURL: "http://127.0.0.1:8080", ClientID: "demoClientID", ClientSecret: "demoClientSecret",
		ApplicationID: "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", ApplicationKey: "demoApplicationKey", Email: "svc@example.com",
	}
}

// start shows a screen and lets what it does by itself come to its end.
func start(t *testing.T, s screen.Screen) *bench {
	t.Helper()
	b := &bench{t: t, screen: s}
	t.Cleanup(s.Close)
	b.send(screen.SizeMsg{Width: 80, Height: 22})
	b.run(s.Init())
	return b
}

// send gives the screen messages and runs the commands that come of them.
func (b *bench) send(msgs ...tea.Msg) *bench {
	for _, m := range msgs {
		var cmd tea.Cmd
		var intent screen.Intent
		b.screen, cmd, intent = b.screen.Update(m)
		b.note(intent)
		b.run(cmd)
	}
	return b
}

func (b *bench) note(i screen.Intent) {
	if i.Act != screen.Stay {
		b.intent = i
	}
}

func (b *bench) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			b.run(c)
		}
	default:
		b.send(msg)
	}
}

// tap presses keys by name.
func (b *bench) tap(names ...string) *bench {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace,
		"left": tea.KeyLeft, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	}
	for _, n := range names {
		switch {
		case codes[n] != 0:
			b.send(tea.KeyPressMsg{Code: codes[n]})
		case n == "shift+tab":
			b.send(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
		case n == "space":
			b.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		case strings.HasPrefix(n, "ctrl+"):
			b.send(tea.KeyPressMsg{Code: rune(n[5]), Mod: tea.ModCtrl})
		default:
			b.t.Fatalf("no key %q", n)
		}
	}
	return b
}

// write types text letter by letter.
func (b *bench) write(text string) *bench {
	for _, r := range text {
		b.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return b
}

func (b *bench) paste(text string) *bench { return b.send(tea.PasteMsg{Content: text}) }

// wants gives what the screen wanted since it was asked last.
func (b *bench) wants() screen.Act {
	act := b.intent.Act
	b.intent = screen.Intent{}
	return act
}

func (b *bench) answers() flow.Answers { return b.screen.Answers() }

func (b *bench) body() string { return ansi.Strip(b.screen.View(80, 60).Body) }

// shows fails when a text is not on the screen; line breaks do not matter.
func (b *bench) shows(texts ...string) *bench {
	b.t.Helper()
	flat := strings.Join(strings.Fields(b.body()), " ")
	for _, text := range texts {
		if !strings.Contains(flat, text) {
			b.t.Errorf("%q is not on the screen:\n%s", text, b.body())
		}
	}
	return b
}

func (b *bench) hides(texts ...string) *bench {
	b.t.Helper()
	flat := strings.Join(strings.Fields(b.body()), " ")
	for _, text := range texts {
		if strings.Contains(flat, text) {
			b.t.Errorf("%q is on the screen:\n%s", text, b.body())
		}
	}
	return b
}

// frames compares the body at four sizes, without colours, with the golden file of the test. The sides are drawn
// so that what is too wide or too low can be seen.
func (b *bench) frames() {
	b.t.Helper()
	golden.RequireEqual(b.t, b.drawn())
}

// drawn is the screen at four sizes, which must not be exceeded.
func (b *bench) drawn() string {
	b.t.Helper()
	var out strings.Builder
	for _, size := range []screen.SizeMsg{{Width: 80, Height: 22}, {Width: 60, Height: 15}, {Width: 40, Height: 9}, {Width: 20, Height: 5}} {
		f := b.screen.View(size.Width, size.Height)
		cursor := "hidden"
		if f.Cursor != nil {
			cursor = fmt.Sprintf("%d,%d", f.Cursor.X, f.Cursor.Y)
		}
		fmt.Fprintf(&out, "%dx%d, cursor %s\n", size.Width, size.Height, cursor)
		lines := strings.Split(ansi.Strip(f.Body), "\n")
		if len(lines) > size.Height {
			b.t.Errorf("%d lines in a height of %d", len(lines), size.Height)
		}
		for _, l := range lines {
			if w := lipgloss.Width(l); w > size.Width {
				b.t.Errorf("%d cells in a width of %d: %q", w, size.Width, l)
			}
			out.WriteString(l + strings.Repeat(" ", max(0, size.Width-lipgloss.Width(l))) + "|\n")
		}
	}
	return out.String()
}

// formVault knows profiles and nothing else.
type formVault struct {
	lifecycle.Vault // what forms do not need is not there

	entries map[string]credstore.Entry
	err     error
}

var errNotHere = errors.New("not part of this test")

func (v *formVault) Lookup(name string) (credstore.Entry, bool, error) {
	e, ok := v.entries[name]
	return e, ok, v.err
}

func (v *formVault) Preflight(context.Context, string, credstore.Profile) error { return errNotHere }

func (v *formVault) Stage(context.Context, string, credstore.Profile, client.Credential, credstore.Source) (credstore.Record, error) {
	return credstore.Record{}, errNotHere
}

func (v *formVault) Activate(context.Context, string, credstore.CheckSummary) (credstore.Record, error) {
	return credstore.Record{}, errNotHere
}

func (v *formVault) Load(context.Context, string) (credstore.Record, error) {
	return credstore.Record{}, errNotHere
}
func (v *formVault) End(context.Context, string, credstore.Ending) error { return errNotHere }
func (v *formVault) Location(store, name string) string                  { return store + "/" + name }

// formMimecast answers discovery.
type formMimecast struct {
	mu     sync.Mutex
	asked  []string
	found  client.Discovery
	err    error
	wait   chan struct{}
	closed int
}

func (m *formMimecast) Check(context.Context, client.Credential, client.Plan) iter.Seq[client.Result] {
	return func(func(client.Result) bool) {}
}

func (m *formMimecast) Discover(ctx context.Context, applicationID, email string) (client.Discovery, error) {
	m.mu.Lock()
	m.asked = append(m.asked, applicationID+" "+email)
	m.mu.Unlock()
	if m.wait != nil {
		select {
		case <-m.wait:
		case <-ctx.Done():
			return client.Discovery{}, fmt.Errorf("asking: %w", ctx.Err())
		}
	}
	return m.found, m.err
}

func (m *formMimecast) SignOut(context.Context, client.Legacy, secret.Value) error { return nil }

func (m *formMimecast) SignIn(context.Context, client.SignIn) (client.Keys, error) {
	return client.Keys{}, errNotHere
}

func (m *formMimecast) Close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed++
}

func ctrlR() tea.KeyPressMsg { return tea.KeyPressMsg{Code: 'r', Mod: tea.ModCtrl} }
