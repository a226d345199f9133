package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// TestEveryListAndTextIsSteered: wherever arrows go through rows or lines, j and k, g and G, home and end and the pages do as well, and
// the help names them.
func TestEveryListAndTextIsSteered(t *testing.T) {
	t.Parallel()
	failed := func(t *testing.T) *wizard {
		w := start(t, setting{width: 80, height: 12})
		w.toApplication("2.0").Paste("0123456789abcdef").Press("tab").Paste(strings.Repeat("s", 64)).Press("enter").At(flow.Check)
		return w.until("the end of the check", func() bool { return w.app.screen.Keys()[0].Help().Key == "e" })
	}
	list := func(t *testing.T) *wizard {
		w := atHome(t, setting{width: 80, height: 14}, several)
		w.work(2)
		return w.On("delta")
	}
	rotated := flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API20, Integration: "axonius-mimecast-v2"}})
	gone := func(w *wizard, to flow.Step) *wizard { w.run(w.app.goTo(to)); return w.At(to) }
	for name, open := range map[string]func(*testing.T) *wizard{
		"welcome": func(t *testing.T) *wizard {
			return start(t, setting{width: 80, height: 9, answers: flow.Answers{Welcome: true}}).At(flow.Start)
		},
		"features of a product": func(t *testing.T) *wizard {
			w := start(t, setting{})
			return w.At(flow.Integration).Type("axonius-mimecast-v2").Press("enter").See("What should it read?")
		},
		"what a product needs": func(t *testing.T) *wizard {
			w := start(t, setting{width: 80, height: 9})
			return w.At(flow.Integration).Type("pondurance-scope").Press("ctrl+o").See("API 2.0")
		},
		"which API": func(t *testing.T) *wizard {
			return start(t, setting{}).At(flow.Integration).Press("enter").At(flow.API)
		},
		"regions": func(t *testing.T) *wizard { return start(t, setting{}).toRegion("1.0").Press("down", "down") },
		"connection": func(t *testing.T) *wizard {
			return start(t, setting{}).toApplication("2.0").openAnswer(flow.Connection)
		},
		"the console":            func(t *testing.T) *wizard { return start(t, setting{}).toAPI("2.0").Press("enter").At(flow.Console) },
		"who makes keys":         func(t *testing.T) *wizard { return start(t, setting{}).toKeys() },
		"checks":                 failed,
		"the details of a check": func(t *testing.T) *wizard { return failed(t).Press("enter") },
		"hand-off":               func(t *testing.T) *wizard { return gone(start(t, setting{answers: handedOff()}), flow.HandOff) },
		"done": func(t *testing.T) *wizard {
			a := handedOff()
			a.Integration = ""
			return gone(start(t, setting{width: 80, height: 8, answers: a}), flow.Done)
		},
		"help": func(t *testing.T) *wizard {
			return start(t, setting{width: 40, height: 12}).toAPI("2.0").Press("f1")
		},
		"which answer to change": func(t *testing.T) *wizard { return start(t, setting{}).toApplication("2.0").Press("ctrl+g") },
		"whether to leave": func(t *testing.T) *wizard {
			return start(t, setting{}).toApplication("2.0").Press("tab").Paste(strings.Repeat("s", 64)).Press("ctrl+c")
		},
		"profiles":                  list,
		"what to do with a profile": func(t *testing.T) *wizard { return list(t).Press("enter") },
		"the details of a profile": func(t *testing.T) *wizard {
			return list(t).Press("enter", "down", "down", "down", "down", "down", "down", "enter")
		},
		"whether to delete": func(t *testing.T) *wizard { return list(t).Press("d") },
		"ways to rotate": func(t *testing.T) *wizard {
			w := start(t, setting{answers: rotated, prepare: func(w *wizard) { w.has(w.profile20("axonius-mimecast-v2"), w.pair()) }})
			return w.At(flow.Rotate).until("the end of the test", func() bool { return len(w.app.screen.Keys()) > 2 })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steered(t, open(t))
		})
	}
}

// steered compares what each letter does with the key that it stands for.
func steered(t *testing.T, w *wizard) {
	t.Helper()
	shown := func(keys ...string) string {
		w.Press(keys...)
		cursor := ""
		if c := w.app.View().Cursor; c != nil {
			cursor = fmt.Sprint(c.X, c.Y)
		}
		return w.Frame() + cursor
	}
	if first := shown("home"); first == shown("end") {
		t.Fatalf("nothing moves:\n%s", first)
	}
	if first := shown("home"); first == shown("pgdown") || first == shown("home", "end") {
		t.Errorf("a page down moves nothing:\n%s", first)
	}
	w.Press("home")
	help := ansi.Strip(strings.Join(w.app.helpText(w.app.bodyBox()), "\n"))
	if _, letters := w.app.screen.(screen.Lettered); letters {
		if strings.Contains(help, "/k") || !strings.Contains(help, "home") {
			t.Errorf("letters begin a text here:\n%s", help)
		}
		return
	}
	for _, c := range [][2][]string{
		{{"home", "down"}, {"home", "j"}},
		{{"end", "up"}, {"end", "k"}},
		{{"end"}, {"home", "G"}},
		{{"home"}, {"end", "g"}},
	} {
		if want, got := shown(c[0]...), shown(c[1]...); got != want {
			t.Errorf("%v:\n%s\n%v:\n%s", c[0], want, c[1], got)
		}
	}
	for _, words := range []string{"↑/k", "↓/j", "pgup", "pgdn", "home/g", "end/G"} {
		if !strings.Contains(help, words) {
			t.Errorf("the help does not name %s:\n%s", words, help)
		}
	}
}
