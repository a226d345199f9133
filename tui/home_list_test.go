package tui

import (
	"errors"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

func TestHomeShowsEveryProfile(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 160, height: 40}, several)
	w.Top("6 profiles").Row("acme", "Axonius Mimecast V2").Row("beta", "–").Row("delta", "1 failed").Row("old", "1.0")
	w.Row("acme", "in 9 days").Row("waits", "pending").Row("waits", "not tested")
	// What is unfinished comes first, and the first profile is selected.
	w.Selected("acme").See("! waits: the pending version is not tested yet").Press("k").Selected("! waits").Press("j", "j").Selected("beta")
	w.Press("G").Selected("waits").Press("g").Selected("! waits")
	w.On("delta").Pane("CUSA00A000").Pane("due 1 April 2027").Pane("Tested 40 days ago: 1 failed, 3 passed").Pane("missing permission").Pane("Reach Mimecast")
	if got := w.footer(); !slices.Contains(got, "T") || !slices.Contains(got, "q") || slices.Contains(got, "esc") {
		t.Errorf("the footer offers %v", got)
	}
}

func TestHomeKeysMoveAndTheMouseDoesToo(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 80, height: 16}, func(w *wizard) {
		for i := range 40 {
			p, c := w.of20(fmt.Sprintf("p%02d", i), "")
			w.put(p, c)
		}
	})
	w.Row("p00", "").Selected("p00").Press("down", "down", "up").Selected("p01").Press("end").Selected("p39").See("40/40")
	w.Press("pgup", "home", "pgdown").See("↓").Press("home", "up").Selected("p00")
	w.update(tea.MouseWheelMsg{Button: tea.MouseWheelDown, X: 5, Y: 5})
	w.Selected("p03")
	w.update(tea.MouseWheelMsg{Button: tea.MouseWheelUp, X: 5, Y: 5})
	if w.row("p00") == "" {
		t.Error("the wheel does not go back to the first row")
	}
	click := func(words string) {
		for y, line := range strings.Split(w.Frame(), "\n") {
			if strings.Contains(line, words) {
				w.clock.add(time.Second)
				w.update(tea.MouseClickMsg{X: 6, Y: y, Button: tea.MouseLeft})
				return
			}
		}
		t.Fatalf("%q is nowhere:\n%s", words, w.Frame())
	}
	click("p05")
	w.Selected("p05").Not("Show details")
	click("p05")
	w.See("Show details")
	click("Rename")
	w.See("New name of p05").Press("esc").Selected("p05")
	line := strings.Split(w.Frame(), "\n")[15]
	at := strings.Index(line, "filter")
	w.update(tea.MouseClickMsg{X: len([]rune(line[:at])), Y: 15, Button: tea.MouseLeft})
	w.Type("p3").Top("10 of 40 profiles").Row("p30", "")
}

func TestHomeFilterAsOneTypes(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.Row("delta", "").Press("/").Type("ax").Top("2 of 6 profiles").Row("acme", "").Row("delta", "").Not("gamma")
	w.Type(" FAIL").Top("1 of 6 profiles").Selected("/")
	if !w.app.typing() {
		t.Error("'?' would open the help")
	}
	w.Type("?").See("Nothing matches").Press("backspace", "enter").Selected("delta").See("/ ax FAIL")
	if w.app.typing() {
		t.Error("the list takes letters for text")
	}
	w.Press("esc").Top("6 profiles").Selected("delta").Not("/ ax")
	w.Press("/").Type("pending version").Row("! waits:", "not tested yet").Press("esc").Top("6 profiles")
	w.Press("/").Paste("gam\nma").Press("esc", "/").Type("gam").Press("down", "enter").Selected("gamma")
	w.Press("q").Left()
}

func TestHomeEmptyShowsHowToBegin(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, func(*wizard) {})
	w.See("No profiles yet").See("n sets the first one up").Top("0 profiles")
	w.Press("down", "enter", "t", "T", "r", "h", "e", "d", "/", "x", "c", "pgdown").See("No profiles yet")
	w.Press("n").At(flow.Integration).Press("esc").At(flow.Home).See("No profiles yet").Press("ctrl+c").Left()
}

// broken is a list that cannot be read until it is mended.
type broken struct {
	lifecycle.Profiles
	mended *atomic.Bool
}

func (b broken) Entries() ([]credstore.Entry, error) {
	if b.mended.Load() {
		return b.Profiles.Entries()
	}
	return nil, &credstore.Error{Kind: credstore.Denied, Store: credstore.IndexStore, Op: "read the list of profiles", Err: errors.New("permission denied")}
}

func TestHomeListThatCannotBeRead(t *testing.T) {
	t.Parallel()
	mended := &atomic.Bool{}
	w := atHome(t, setting{change: func(env *screen.Env) { env.Profiles = broken{env.Profiles, mended} }}, several)
	w.See("read the list of profiles").See("r tries again").Press("r").See("r tries again")
	mended.Store(true)
	w.Press("r").Top("6 profiles").Row("acme", "").Not("tries again")
}

// TestHomeListThatWasDamaged: what was rescued is shown, and what happened is told.
func TestHomeListThatWasDamaged(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{change: func(env *screen.Env) { env.Profiles = damaged{env.Profiles} }}, several)
	w.Row("acme", "").See("was damaged").Press("down").Not("was damaged")
}

type damaged struct{ lifecycle.Profiles }

func (d damaged) Entries() ([]credstore.Entry, error) {
	list, err := d.Profiles.Entries()
	return list, errors.Join(err, &credstore.Error{Kind: credstore.Damaged, Store: credstore.IndexStore, Op: "read the list of profiles", Err: errors.New("it was damaged")})
}

// TestHomeAtEverySize draws the list at every size that there may be; the driver looks at each frame.
func TestHomeAtEverySize(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.Row("delta", "")
	sizes := func() {
		for width := 1; width <= 130; width += 3 {
			for height := 1; height <= 42; height += 4 {
				w.Resize(width, height)
			}
		}
		w.Resize(80, 24)
	}
	before := w.frames
	sizes()
	w.Press("/").Type("a")
	sizes()
	w.Press("esc", "end", "enter")
	sizes()
	w.Press("f1")
	sizes()
	w.Press("esc", "esc", "d")
	sizes()
	w.Press("esc", "home", "enter")
	if w.frames-before < 5*400 {
		t.Errorf("only %d frames were drawn", w.frames-before)
	}
}

func TestHomeColoursFollowTheBackground(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.On("delta")
	before := w.app.View().Content
	w.update(tea.BackgroundColorMsg{Color: color.White})
	if w.app.View().Content == before {
		t.Error("a light background changes nothing")
	}
	w.Selected("delta").Press("n").At(flow.Integration)
	w.update(tea.BackgroundColorMsg{Color: color.Black})
	w.Press("esc").At(flow.Home).Row("delta", "").On("delta")
	if w.app.View().Content != before {
		t.Error("the list has not become dark again behind another screen")
	}
}
