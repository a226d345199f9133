package tui

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// work waits for so many more messages of the list's own work.
func (w *wizard) work(n int) {
	w.t.Helper()
	n += w.own
	w.until("the list's work", func() bool { return w.own >= n })
}

// homeAlbum walks through the list of profiles and takes a picture of each moment worth looking at.
func homeAlbum(w *wizard, g *turnstile, shot func(moment string)) {
	w.t.Helper()
	shot("before the list is read")
	const list = 2 // the list, and what the catalogue says of it
	w.work(list)
	shot("the list, what is unfinished first")
	w.Press("down", "down")
	shot("a profile that failed")
	w.Press("/").Type("ax")
	shot("a filter")
	w.Type("zz")
	shot("a filter that nothing passes")
	w.Press("esc", "home", "down", "down", "down", "enter")
	shot("the menu")
	w.Press("down", "down", "down", "down")
	shot("the menu, at what cannot be done")
	w.Press("down", "down", "enter")
	shot("the details")
	w.Press("esc", "enter", "down", "down", "down", "down", "down", "enter", "ctrl+u").Type("beta")
	shot("another name, which is taken")
	w.Press("esc", "d")
	shot("before a profile is deleted")
	w.Press("down", "enter").work(1 + list)
	shot("after a profile was deleted")
	w.Press("esc", "home", "down", "T").work(4) // what will be checked is known of the first four
	shot("all are tested")
	w.Press("f1")
	shot("help")
	w.Press("esc", "esc")
	shot("tests that were stopped")
	w.Press("t")
	for range 5 {
		g.goOn <- struct{}{}
	}
	w.until("five results", func() bool { return strings.Contains(w.Frame(), "5/7") }) // stopped tests may still say something
	shot("one is tested")
}

// homePictures is the album of one setting as text.
func homePictures(t *testing.T, s setting, frame func(*wizard) string) []byte {
	t.Helper()
	g := newTurnstile()
	s.dial = g.dial
	return photographed(atHome(t, s, several), frame, func(w *wizard, shot func(string)) { homeAlbum(w, g, shot) })
}

func TestHomeFramesAtEverySize(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 12}, {20, 5}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, homePictures(t, setting{width: size[0], height: size[1]}, (*wizard).Frame))
		})
	}
}

func TestHomeFramesASCII(t *testing.T) {
	t.Parallel()
	got := homePictures(t, setting{theme: []theme.Option{theme.WithASCII()}}, (*wizard).Frame)
	for _, line := range strings.Split(string(got), "\n") {
		for _, r := range line {
			if r > 126 && !strings.HasPrefix(line, "── ") {
				t.Errorf("%q in an ASCII frame: %s", r, line)
				break
			}
		}
	}
	golden.RequireEqual(t, got)
}

func TestHomeFramesInColour(t *testing.T) {
	t.Parallel()
	content := func(w *wizard) string { return w.app.View().Content }
	for name, s := range map[string]setting{
		"dark":     {},
		"light":    {light: true},
		"nocolour": {theme: []theme.Option{theme.WithoutColour()}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, homePictures(t, s, content))
		})
	}
}

// TestHomeFrameOfNone is the list before there is a profile, and the one that cannot be read.
func TestHomeFrameOfNone(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	w := atHome(t, setting{}, func(*wizard) {})
	w.work(2)
	fmt.Fprintf(&b, "── no profiles\n%s\n", w.Frame())
	w = atHome(t, setting{change: func(env *screen.Env) { env.Profiles = broken{env.Profiles, &atomic.Bool{}} }}, several)
	w.work(2)
	fmt.Fprintf(&b, "── a list that cannot be read\n%s\n", w.Frame())
	golden.RequireEqual(t, []byte(b.String()))
}
