package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/keyring/keyringtest"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// childVariable makes the test binary a program on a terminal instead of a test.
const childVariable = "MIMECRED_TEST_CHILD"

// ring is the bus of this process and the gnome-keyring on it; nil where that cannot be had.
var ring *keyringtest.Session

func TestMain(m *testing.M) {
	switch what := os.Getenv(childVariable); what {
	case "":
	case "walk":
		os.Exit(m.Run()) // a test that is a process of its own, and needs no keyring
	default:
		os.Exit(child(what))
	}
	os.Exit(keyringtest.Main(m, func(s *keyringtest.Session) { ring = s }))
}

// child is what runs on the pseudo-terminal.
func child(what string) int {
	var err error
	switch what {
	case "wizard":
		err = runWizard(nil)
	case "panic-update", "panic-command":
		err = runWizard(func(flow.Step, screen.Env, flow.Answers) screen.Screen { return &bomb{what: what} })
	case "handoff":
		err = HandOff(context.Background(), Options{Env: step.Env{Service: lifecycle.Service{Now: time.Now}}, Answers: handedOff()})
	case "handoff-tmux":
		board := clipboard.Of(nil, clipboard.Tmux{})
		err = HandOff(context.Background(), Options{Env: step.Env{Service: lifecycle.Service{Now: time.Now}}, Clipboard: board, Answers: handedOff()})
	case "home":
		err = runHome()
	case "bare":
		_, err = tea.NewProgram(bare{}, tea.WithFPS(120)).Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		if errors.Is(err, tea.ErrProgramPanic) {
			return 70
		}
		return 1
	}
	return 0
}

// runWizard runs the wizard as the demo does: a simulator on a loopback port, and a store in memory.
func runWizard(build builder) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.MkdirTemp("", "mimecred")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	store := credstore.NewMemory()
	vault := credstore.NewVault(credstore.NewIndex(dir), time.Now, store)
	env := step.Env{
		Service: lifecycle.Service{
			Now: time.Now, Vault: vault, Plan: lifecycle.PlanOf,
			Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) { return client.New(e) },
		},
		Stores: []step.StoreChoice{{Kind: store.Kind(), Title: "This session only"}},
	}
	if os.Getenv("MIMECRED_TEST_SIMULATOR") != "" {
		sim, err := simulator.Start(ctx, "127.0.0.1:0")
		if err != nil {
			return err
		}
		defer func() { _ = sim.Close() }()
		d := sim.Server.Demo()
		env.Demo = &step.Demo{BaseURL: sim.URL, ClientID: d.ClientID, ClientSecret: d.ClientSecret}
	}
	answers := flow.Answers{
		Change: lifecycle.Change{API: client.API20},
		Given:  map[flow.Step]bool{flow.Integration: true, flow.API: true}, // so that the first frame asks for a text, as bare does
	}
	outcome, err := Run(ctx, Options{Env: env, Answers: answers, build: build})
	fmt.Print(Summary(outcome, env, "-"))
	return err
}

// bomb is a screen that panics when x is pressed.
type bomb struct {
	idleScreen
	what string
}

func (b *bomb) Init() tea.Cmd { return nil }
func (b *bomb) Update(msg tea.Msg) (screen.Screen, tea.Cmd, screen.Intent) {
	if press, ok := msg.(tea.KeyPressMsg); ok && press.String() == "x" {
		if b.what == "panic-update" {
			panic("made by the test")
		}
		return b, func() tea.Msg { panic("made by the test") }, screen.Intent{}
	}
	return b, nil, screen.Intent{}
}
func (b *bomb) View(int, int) screen.Frame { return screen.Frame{Body: "press x"} }
func (b *bomb) Keys() []key.Binding        { return nil }
func (b *bomb) Typing() bool               { return false }

// bare is the least Bubble Tea program that fills a screen and echoes a key: what the wizard is compared with.
type bare struct {
	width, height int
	typed         string
}

func (b bare) Init() tea.Cmd { return nil }
func (b bare) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		b.width, b.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			return b, tea.Quit
		}
		b.typed += msg.Text
	}
	return b, nil
}

func (b bare) View() tea.View {
	v := tea.NewView("Profile name\n" + b.typed)
	v.AltScreen = true
	return v
}
