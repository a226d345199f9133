package tui

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"mimecred/client"
	"mimecred/client/simulator"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// album walks through the wizard and takes a picture of each moment worth looking at. Run with -update to renew the
// goldens, and look at each before accepting it.
func album(w *wizard, shot func(moment string)) {
	d := w.sim.Demo()
	w.At(flow.Start)
	shot("start")
	w.Press("enter").At(flow.Integration)
	shot("product")
	w.Press("f1")
	shot("help")
	w.Press("esc").Type("zzz")
	shot("product: no hit")
	w.Press("ctrl+u")
	w.toKeys().Press("ctrl+g")
	shot("change an answer")
	w.Press("esc")
	shot("keys: which way")
	w.Press("enter").Type(d.Email).Press("tab", "tab").Paste(d.Password)
	shot("keys: sign in")
	answered := func() bool { return len(w.app.screen.Keys()) > 0 && w.app.screen.Keys()[0].Help().Key == "enter" }
	w.Press("enter").until("the answer", answered)
	w.Type("000000").Press("enter").until("the answer", answered)
	shot("keys: a wrong code")
	w.Press("ctrl+o").Paste(d.AccessKey + "\n").Press("tab").Paste(d.SecretKey[:40])
	shot("keys: from the console")
	w.Press("ctrl+c").until("the question", func() bool { return w.app.dialog != nil })
	shot("leaving with typed secrets")
	w.Press("esc").At(flow.Keys).Press("enter").At(flow.Check)
	w.until("the end of the check", func() bool { return len(w.Answers().Results) >= 4 && w.app.screen.Keys()[0].Help().Key == "e" })
	shot("check: refused")
	w.Press("enter")
	shot("check: refused, opened")
	w.Press("enter", "e").At(flow.Keys).Press("ctrl+u").Paste(d.SecretKey).Press("enter").At(flow.Check)
	w.until("the end of the check", func() bool { return w.app.screen.Keys()[0].Help().Desc == "yes, save it" })
	shot("check: all right")
	w.Press("ctrl+c").until("the question", func() bool { return w.app.dialog != nil })
	shot("leaving with a pending credential")
	w.Press("esc", "enter").At(flow.Done)
	shot("done")
}

// steady takes the durations and the request ids out of a picture: they are real ones. The picture stays as wide as it was.
func steady(text string) string {
	text = regexp.MustCompile(`Request id facade00[-0-9a-f]*`).ReplaceAllStringFunc(text, func(s string) string {
		return "Request id " + strings.Repeat("f", len(s)-len("Request id "))
	})
	return regexp.MustCompile(`( +)((?:\x1b\[[0-9;]*m)?)(<?\d+) ms`).ReplaceAllStringFunc(text, func(s string) string {
		rest := strings.TrimLeft(s, " ")
		blank := s[:len(s)-len(rest)]
		from := strings.LastIndexFunc(strings.TrimSuffix(rest, " ms"), func(r rune) bool { return r != '<' && (r < '0' || r > '9') }) + 1
		wide := len(rest) - len(" ms") - from
		return blank + strings.Repeat(" ", wide-1) + rest[:from] + "7 ms"
	})
}

// pictures is the album of one setting as text.
func pictures(t *testing.T, s setting, frame func(*wizard) string) []byte {
	t.Helper()
	return picturesOf(t, s, frame, album)
}

// picturesOf is one of several albums.
func picturesOf(t *testing.T, s setting, frame func(*wizard) string, album func(*wizard, func(string))) []byte {
	t.Helper()
	s.answers.Welcome = true
	return photographed(start(t, s), frame, album)
}

// photographed is the album of one run as text.
func photographed(w *wizard, frame func(*wizard) string, album func(*wizard, func(string))) []byte {
	w.t.Helper()
	address, err := url.Parse(w.url)
	if err != nil {
		w.t.Fatal(err)
	}
	var b strings.Builder
	album(w, func(moment string) {
		text := strings.ReplaceAll(frame(w), address.Port(), strings.Repeat("9", len(address.Port())))
		// The rail may cut the port off.
		text = steady(regexp.MustCompile(`(127\.0\.0\.1:)\d+`).ReplaceAllStringFunc(text, func(s string) string {
			return "127.0.0.1:" + strings.Repeat("9", len(s)-len("127.0.0.1:"))
		}))
		fmt.Fprintf(&b, "── %s\n%s\n", moment, text)
		if c := w.app.View().Cursor; c != nil {
			fmt.Fprintf(&b, "cursor %d,%d\n", c.X, c.Y)
		}
	})
	return []byte(b.String())
}

func TestFramesAtEverySize(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 12}, {20, 5}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, pictures(t, setting{width: size[0], height: size[1]}, (*wizard).Frame))
		})
	}
}

func TestFramesASCII(t *testing.T) {
	t.Parallel()
	got := pictures(t, setting{theme: []theme.Option{theme.WithASCII()}}, (*wizard).Frame)
	for _, line := range strings.Split(string(got), "\n") {
		if strings.HasPrefix(line, "── ") {
			continue
		}
		for _, r := range line {
			if r > 126 {
				t.Errorf("%q in an ASCII frame: %s", r, line)
				break
			}
		}
	}
	golden.RequireEqual(t, got)
}

func TestFramesInColour(t *testing.T) {
	t.Parallel()
	content := func(w *wizard) string { return w.app.View().Content }
	for name, s := range map[string]setting{
		"dark":     {},
		"light":    {light: true},
		"nocolour": {theme: []theme.Option{theme.WithoutColour()}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, pictures(t, s, content))
		})
	}
}

// rotationAlbum is the album of a rotation into a pair that may do less, and of what comes after it.
func rotationAlbum(w *wizard, shot func(moment string)) {
	w.At(flow.Rotate).until("the end of the test", func() bool {
		keys := w.app.screen.Keys()
		return len(keys) > 2 && keys[0].Help().Key == "enter" && keys[len(keys)-1].Help().Desc == "back"
	})
	shot("rotate")
	w.Press("enter").At(flow.Console)
	shot("the console")
	w.Press("enter").At(flow.Application)
	shot("the new pair")
	all, _ := w.sim.Application(w.sim.Demo().ClientID)
	poor := w.sim.AddOAuth(simulator.OAuthApplication{Name: "poor", Products: all.Products, Permissions: []string{"Account | Dashboard | Read"}})
	w.secrets = append(w.secrets, poor.ClientSecret)
	w.Paste(poor.ClientID).Press("tab").Paste(poor.ClientSecret).Press("enter").At(flow.Check)
	w.until("the end of the check", func() bool { return w.app.screen.Keys()[0].Help().Key == "e" })
	shot("check: it lacks something")
	w.Press("c").See("The current credential passes")
	shot("check: the difference")
	w.Press("c").At(flow.HandOff)
	shot("hand-off")
	w.throughHandOff()
	w.At(flow.Retire)
	shot("retire the previous version")
	w.Press("enter").Left()
}

func TestRotationFrames(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 12}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, picturesOf(t, setting{
				width: size[0], height: size[1],
				answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API20, Integration: "axonius-mimecast-v2"}}),
				prepare: func(w *wizard) {
					w.has(w.profile20("axonius-mimecast-v2"), w.pair())
					other := w.profile20("netskope-cte-v2")
					other.Name = "netskope"
					w.has(other, w.pair())
				},
			}, (*wizard).Frame, rotationAlbum))
		})
	}
}
