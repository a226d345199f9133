package tui

import (
	"image/color"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

func TestLayoutFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		width, height int
		want          layout
	}{
		{120, 40, wide},
		{80, 24, wide},
		{72, 13, wide},
		{71, 40, narrow},
		{80, 12, narrow},
		{60, 20, narrow},
		{40, 12, narrow},
		{40, 10, narrow},
		{39, 24, frameless},
		{80, 9, frameless},
		{20, 5, frameless},
		{19, 24, oneLine},
		{80, 4, oneLine},
		{1, 1, oneLine},
	} {
		if got := layoutFor(tt.width, tt.height, 11); got != tt.want {
			t.Errorf("%d×%d: layout %d, want %d", tt.width, tt.height, got, tt.want)
		}
	}
}

func TestSaneSize(t *testing.T) {
	t.Parallel()
	for in, want := range map[tea.WindowSizeMsg]tea.WindowSizeMsg{
		{Width: 0, Height: 0}:        {Width: 80, Height: 24},
		{Width: 0, Height: 24}:       {Width: 80, Height: 24},
		{Width: -3, Height: 10}:      {Width: 80, Height: 24},
		{Width: 65535, Height: 1}:    {Width: 80, Height: 24},
		{Width: 20, Height: 1000000}: {Width: 80, Height: 24},
		{Width: 1, Height: 1}:        {Width: 1, Height: 1},
		{Width: 132, Height: 50}:     {Width: 132, Height: 50},
	} {
		if got := (&display{}).filter(nil, in); got != want {
			t.Errorf("%v becomes %v, want %v", in, got, want)
		}
	}
}

// TestEverySizeHolds draws a step with text, one with a list and a dialog at every size from 1×1 on; the driver fails on a
// line or a frame that is too long.
func TestEverySizeHolds(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret)
	sizes := func() {
		for width := 1; width < 90; width += 3 {
			for height := 1; height < 30; height += 2 {
				w.Resize(width, height)
			}
		}
		w.Resize(80, 24)
	}
	sizes()
	w.Press("ctrl+c").See("Leave now?")
	sizes()
	w.Press("esc", "enter").See("Is this your tenant?")
	sizes()
	w.Press("f1").See("Keys of this step")
	sizes()
	if w.frames < 4*400 {
		t.Errorf("only %d frames were drawn", w.frames)
	}
}

func TestDialogSwallowsKeysTypedBeforeIt(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret)
	w.Press("ctrl+c").See("Leave now?")
	enter, _ := pressOf("enter")
	quit, _ := pressOf("ctrl+c")
	down, _ := pressOf("down")
	for _, press := range []tea.KeyPressMsg{quit, down, enter} { // in the same instant
		w.update(press)
	}
	if w.quit || w.app.dialog == nil || w.app.dialog.menu.At() != 0 {
		t.Fatal("keys that were typed before the dialog appeared were taken for its own")
	}
	w.clock.add(screen.ReadTime - time.Millisecond)
	w.update(enter)
	if w.app.dialog == nil {
		t.Fatal("the dialog closed before it could be read")
	}
	w.clock.add(time.Millisecond)
	w.update(enter)
	w.At(flow.Application)
}

func TestHelp(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toAPI("2.0").At(flow.Console).openAnswer(flow.Profile).Type("?") // a letter in a text field
	if !strings.Contains(w.Answers().Name, "?") || w.app.help {
		t.Fatalf("the name is %q, help %v", w.Answers().Name, w.app.help)
	}
	if !slices.Contains(w.footer(), "f1") || slices.Contains(w.footer(), "f1/?") {
		t.Errorf("the footer of a text field offers %v", w.footer())
	}
	w.Press("f1").See("Keys of this step").See("next").See("quit").Press("esc").Not("Keys of this step")
	w.Press("backspace").Press("enter").At(flow.Console).openAnswer(flow.API)
	w.Type("?").See("Keys of this step").See("up").Type("x").Not("Keys of this step")
	if !slices.Contains(w.footer(), "f1/?") {
		t.Errorf("the footer of a list offers %v", w.footer())
	}
}

// TestHelpExplainsTheStep before it lists the keys, and can be read where it does not fit.
func TestHelpExplainsTheStep(t *testing.T) {
	t.Parallel()
	w := start(t, setting{width: 40, height: 12})
	w.At(flow.Integration).Press("enter").At(flow.API)
	w.Press("f1").See("share neither addresses nor credentials").See("more. Any key closes this.").Not("ctrl+c quit")
	w.Press("down").See("credentials. The").Not("The two share").Press("pgdown").See("ctrl+c quit").Press("pgup", "pgup").See("The two share")
	w.update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	w.Not("The two share").Press("enter").Not("Keys of this step").At(flow.API)
}

func TestFirstStepOffersNoWayBack(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.At(flow.Integration)
	if slices.Contains(w.footer(), "esc") {
		t.Errorf("the footer of the first step offers %v", w.footer())
	}
	w.Press("esc").At(flow.Integration).Press("enter").At(flow.API)
	if !slices.Contains(w.footer(), "esc") {
		t.Errorf("the footer of the second step offers %v", w.footer())
	}
}

func TestMouse(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	click := func(x, y int) {
		w.clock.add(time.Second)
		w.update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	}
	row := func(s flow.Step) int { return 1 + slices.Index(flow.Path(w.Answers()), s) }
	w.toApplication("2.0")
	click(4, row(flow.Check)) // not visited
	w.At(flow.Application)
	click(4, row(flow.Region)) // settled without a question
	w.At(flow.Region)
	click(4, row(flow.Application)) // lies ahead: only enter goes there
	w.At(flow.Region)
	line := strings.Split(w.Frame(), "\n")[23]
	click(ansi.StringWidth(line[:strings.Index(line, "esc")]), 23)
	w.At(flow.Application)
	click(4, row(flow.Console))
	w.At(flow.Console).Press("enter").At(flow.Application)
	w.Type("id").Press("tab").Type("secret-typed")
	w.Press("ctrl+c").See("Leave now?")
	rows := w.app.dialog.view(w.app.bodyBox().width, w.app.bodyBox().height).Lines
	first := slices.IndexFunc(rows, func(row string) bool { return strings.Contains(row, "Go back") })
	if first < 0 {
		t.Fatalf("the first choice is nowhere: %q", rows)
	}
	click(w.app.bodyBox().x+3, w.app.bodyBox().y+first)
	w.At(flow.Application)
	w.Press("ctrl+c").See("Leave now?")
	w.update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if w.app.dialog.menu.At() != 1 {
		t.Error("the wheel does not move through the choices")
	}
	w.update(tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseRight})
	w.Press("enter").Left()
}

func TestColoursFollowTheBackground(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toAPI("2.0").At(flow.Console).openAnswer(flow.Profile).Press("ctrl+u").Type("acme")
	before := w.app.View().Content
	w.update(tea.BackgroundColorMsg{Color: color.Black})
	if w.app.View().Content != before {
		t.Error("a dark background changes the first frame")
	}
	w.update(tea.BackgroundColorMsg{Color: color.White})
	if after := w.app.View().Content; after == before {
		t.Error("a light background changes nothing")
	}
	if w.Answers().Name != "acme" || !strings.Contains(w.Frame(), "acme") {
		t.Errorf("the name became %q", w.Answers().Name)
	}
	if w.app.env.Theme.Dark {
		t.Error("the next screens would still be dark")
	}
}

// TestColoursChangeWithoutStartingAnew: a check that runs is not run twice because the background turned out to be light.
func TestColoursChangeWithoutStartingAnew(t *testing.T) {
	t.Parallel()
	w := checked(t, setting{}, with())
	w.See("Is this your tenant?")
	before := w.app.View().Content
	w.update(tea.BackgroundColorMsg{Color: color.White})
	if w.app.View().Content == before {
		t.Error("a light background changes nothing")
	}
	w.See("Is this your tenant?").Press("enter").Saved()
	before = w.app.View().Content
	w.update(tea.BackgroundColorMsg{Color: color.Black})
	if w.app.View().Content == before {
		t.Error("a dark background changes nothing")
	}
}

// idleScreen is a screen that records what it gets.
type idleScreen struct {
	screen.Screen
	answers flow.Answers
	got     *[]tea.Msg
	busy    string
}

func (s idleScreen) Init() tea.Cmd { return nil }
func (s idleScreen) Update(msg tea.Msg) (screen.Screen, tea.Cmd, screen.Intent) {
	*s.got = append(*s.got, msg)
	return s, nil, screen.Intent{}
}
func (s idleScreen) View(int, int) screen.Frame { return screen.Frame{Body: "idle"} }
func (s idleScreen) Answers() flow.Answers      { return s.answers }
func (s idleScreen) Busy() string               { return s.busy }
func (s idleScreen) Close()                     {}

func TestBusyScreenIsNotMadeAnewForColours(t *testing.T) {
	t.Parallel()
	var got []tea.Msg
	built := 0
	clock := newClock()
	a := newApp(screen.Env{Env: step.Env{Service: lifecycle.Service{Now: clock.Now}}, Theme: theme.New(true), Keys: theme.DefaultKeyMap(), Context: t.Context()},
		flow.Answers{}, nil,
		func(_ flow.Step, _ screen.Env, answers flow.Answers) screen.Screen {
			built++
			return idleScreen{answers: answers, got: &got, busy: "Busy"}
		})
	a.Update(tea.BackgroundColorMsg{Color: color.White})
	if built != 1 {
		t.Errorf("the screen was built %d times", built)
	}
	a.change(flow.Region)
	if a.step != flow.Integration {
		t.Error("a busy screen was left")
	}
	if len(got) == 0 {
		t.Error("the screen was told nothing")
	}
	if _, ok := got[0].(screen.SizeMsg); !ok {
		t.Errorf("the screen was told %T first", got[0])
	}
}

// TestColoursFollowThePalette: a terminal with 16 colours gets those that can be read, one with none gets none, and what was typed stays.
func TestColoursFollowThePalette(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toAPI("2.0").At(flow.Console).openAnswer(flow.Profile).Press("ctrl+u").Type("acme")
	full := w.app.View().Content
	w.update(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	if w.app.View().Content != full {
		t.Error("all colours change the first frame")
	}
	w.update(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	basic := w.app.View().Content
	if basic == full || strings.Contains(basic, "38;2;") {
		t.Errorf("16 colours are not used: %q", basic)
	}
	w.update(tea.BackgroundColorMsg{Color: color.White})
	if light := w.app.View().Content; light == basic || strings.Contains(light, "38;2;") {
		t.Errorf("on white the 16 colours are not used: %q", light)
	}
	w.update(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	if none := w.app.View().Content; regexp.MustCompile(`\x1b\[[0-9;]*(3[0-8]|9[0-7])`).MatchString(none) {
		t.Errorf("a terminal without colours gets some: %q", none)
	}
	if w.Answers().Name != "acme" || !strings.Contains(w.Frame(), "acme") {
		t.Errorf("the name became %q", w.Answers().Name)
	}
}
