package screen_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/browser"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// fakeBrowser notes what is opened.
type fakeBrowser struct {
	err   error
	pages []string
}

func (f *fakeBrowser) Here(string) bool { return f.err == nil }

func (f *fakeBrowser) Open(_ context.Context, page string) error {
	f.pages = append(f.pages, page)
	return f.err
}

func walking(t *testing.T, a flow.Answers, opener screen.Opener) *bench {
	t.Helper()
	return start(t, screen.NewConsole(formEnv(func(env *screen.Env) { env.Opener = opener }), a))
}

func TestConsoleOpens(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"in the browser":    {nil, "Opened https://login.mimecast.com in the browser"},
		"over SSH":          {browser.ErrNone, "No browser here. Open https://login.mimecast.com"},
		"a browser's fault": {errors.New("exit status 3"), "The browser did not open. Open https://login.mimecast.com"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeBrowser{err: tt.err}
			b := walking(t, flow.Answers{Change: lifecycle.Change{API: client.API20}}, f)
			linked := strings.Contains(b.screen.View(80, 60).Body, "\x1b]8;;https://login.mimecast.com")
			if linked == (tt.err == nil) {
				t.Errorf("the address is a link: %v", linked)
			}
			narrow := strings.Contains(b.screen.View(40, 20).Body, "\x1b]8;;https://login.mimecast.com")
			if narrow != linked {
				t.Errorf("in a narrow window the address is a link: %v", narrow)
			}
			b.write("o").shows(tt.want)
			if len(f.pages) != 1 || f.pages[0] != "https://login.mimecast.com" {
				t.Errorf("opened %q", f.pages)
			}
			b.tap("tab").hides(tt.want)
		})
	}
	walking(t, flow.Answers{Change: lifecycle.Change{API: client.API20}}, nil).write("o").shows("Open https://login.mimecast.com")
}

func TestConsoleTab(t *testing.T) {
	b := walking(t, flow.Answers{Change: lifecycle.Change{API: client.API20}}, nil)
	b.tap("tab").shows("Cannot Manage Roles").tap("tab").shows("Accept the API terms").tap("shift+tab").shows("Cannot Manage Roles")
}

// TestConsoleServiceUser: the address is typed once; every item has it, and so have the questions that come later.
func TestConsoleServiceUser(t *testing.T) {
	a := flow.Answers{Change: lifecycle.Change{API: client.API10, Integration: "netskope-cte-v1"}, NewApplication: true}
	b := walking(t, a, nil)
	b.write("e").shows("Service user's e-mail address").write("svc").tap("enter").shows("Service user's e-mail address")
	if b.wants() == screen.Next {
		t.Fatal("an address that is none went on")
	}
	b.write("-api@example.com").tap("enter").hides("Service user's e-mail address")
	if got := b.answers().Email; got != "svc-api@example.com" {
		t.Fatalf("the address is %q", got)
	}
	for range 3 {
		b.tap("tab")
	}
	seen := false
	for range 12 {
		seen = seen || strings.Contains(b.body(), "svc-api@example.com")
		b.tap("shift+tab")
	}
	if !seen {
		t.Error("no item has the address")
	}
	b.write("e").tap("esc")
	if b.wants() != screen.Stay || b.answers().Email != "svc-api@example.com" {
		t.Error("esc left the step, or lost the address")
	}
}

// TestApplicationNamesTheButton: it is the one of the menu that was walked.
func TestApplicationNamesTheButton(t *testing.T) {
	for way, button := range map[string]string{
		"": "Save.", "hub": "Save.", "classic": "Add and Generate Keys.", "cloud-integrated": "Save & Generate Keys.",
	} {
		a := flow.Answers{Change: lifecycle.Change{API: client.API20}, ConsoleWay: way}
		f := step.ApplicationForm(step.Env{}, a)
		if want := "in the dialog that follows " + button; !strings.Contains(f.Intro, want) || !strings.Contains(f.Questions[0].Help[0], want) {
			t.Errorf("%q: %q, %q", way, f.Intro, f.Questions[0].Help[0])
		}
	}
}

// TestConsoleMarksWhatIsEasilyMissed from the start, with every sort of glyphs, until it is ticked.
func TestConsoleMarksWhatIsEasilyMissed(t *testing.T) {
	for name, glyphs := range map[string]theme.Option{"unicode": theme.WithStill(), "ascii": theme.WithASCII()} {
		for _, a := range []flow.Answers{
			{Change: lifecycle.Change{API: client.API10}, NewApplication: true},
			{Change: lifecycle.Change{API: client.API10}, HasApplication: true},
			{Change: lifecycle.Change{API: client.API20}},
			{Change: lifecycle.Change{API: client.API20, Purpose: lifecycle.Rotating}},
		} {
			env := formEnv(func(env *screen.Env) { env.Theme = theme.New(true, theme.WithoutColour(), glyphs) })
			needs, err := catalog.RequirementsFor(a.Selection())
			if err != nil {
				t.Fatal(err)
			}
			items := step.BeforeKeys(step.Walkthrough(a, step.ConsoleVariant(a), needs))
			for _, ticked := range []bool{false, true} {
				a.Ticked = map[string]bool{}
				for _, item := range items {
					a.Ticked[item.ID] = ticked
				}
				seen := ansi.Strip(screen.NewConsole(env, a).View(100, 60).Body)
				for _, item := range items {
					if marked := strings.Contains(seen, "! "+item.Title); marked != (item.Confirm && !ticked) {
						t.Errorf("%s, API %s, %s, ticked %v: marked %v in\n%s", name, a.API, item.ID, ticked, marked, seen)
					}
				}
			}
		}
	}
}
