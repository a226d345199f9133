package screen_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// everything walks down the whole list and gives all that was on screen, without line breaks.
func everything(b *bench) string {
	b.t.Helper()
	var all strings.Builder
	for range 80 {
		all.WriteString(strings.Join(strings.Fields(b.body()), " ") + "\n")
		b.tap("down")
	}
	return all.String()
}

func TestConsoleTellsWhatTheIntegrationNeeds(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2"}}))
	seen := everything(b)
	for _, words := range []string{
		"Integrations > API and Platform Integrations", "Generate Keys", "type Application Name: Axonius Mimecast V2 (acme)",
		"User and Group Management", "Directories | Internal | Read", "Gateway | Tracking | Read", "Another menu? ctrl+o",
	} {
		if !strings.Contains(seen, words) {
			t.Errorf("%q is never on screen", words)
		}
	}
}

// TestConsoleFollowsFeatures asks for less where less was chosen, and for more where products share the application.
func TestConsoleFollowsFeatures(t *testing.T) {
	less := flow.Answers{
		Change: lifecycle.Change{
			API: client.API20, Integration: "axonius-mimecast-v2", Features: map[string][]string{"axonius-mimecast-v2": {}},
		},
	}
	if seen := everything(start(t, screen.NewConsole(formEnv(), less))); strings.Contains(seen, "Gateway | Tracking | Read") {
		t.Error("a permission of a feature that was not chosen is asked for")
	}
	more := flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: "axonius-mimecast-v2", Also: []string{"netskope-cte-v2"}}}
	if seen := everything(start(t, screen.NewConsole(formEnv(), more))); !strings.Contains(seen, "Monitoring | URL Protection | Read") {
		t.Error("what the second product needs is missing")
	}
}

func TestConsole10(t *testing.T) {
	exists := everything(start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}, HasApplication: true})))
	for _, words := range []string{"Your Application Integrations", "Never Expires", "single sign-on", "Before any keys are made", "Extended Session"} {
		if !strings.Contains(exists, words) {
			t.Errorf("%q is never on screen", words)
		}
	}
	if strings.Contains(exists, "Available Integrations") {
		t.Error("an application that exists is created")
	}
	created := everything(start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}, NewApplication: true})))
	for _, words := range []string{"Available Integrations", "tick Enable Extended Session", "30 minutes", "Never Expires", "taken away in mid-2025"} {
		if !strings.Contains(created, words) {
			t.Errorf("%q is never on screen", words)
		}
	}
	if strings.Index(created, "Give the role") > strings.Index(created, "Authentication TTL") {
		t.Error("the role does not come first")
	}
}

func TestConsoleMenus(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
	b.shows("Integrations > Integrations Hub").hides("Terms & Conditions").tap("space").tap("ctrl+o")
	b.shows("API and Platform Integrations", "Terms & Conditions", "1/").tap("ctrl+o").shows("Integrations > API 2.0 Applications")
	if way := b.answers().ConsoleWay; way != string(console.CloudIntegrated) {
		t.Errorf("the menu is %q", way)
	}
	again := start(t, screen.NewConsole(formEnv(), b.answers())).shows("Integrations > API 2.0 Applications").tap("ctrl+o")
	again.shows("Integrations > Integrations Hub").hides("API 2.0 Applications", "Terms & Conditions").tap("ctrl+o").shows("Terms & Conditions")
	start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}})).tap("ctrl+o").hides("Integrations Hub")
}

func TestConsoleTicks(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}, Ticked: map[string]bool{"2.0-role": true, "1.0-role": true}}))
	b.tap("space").send(tea.KeyPressMsg{Code: tea.KeyEnd}).tap("space").shows("3/")
	a := b.answers()
	if !a.Ticked["2.0-role"] || !a.Ticked["2.0-administrator"] || !a.Ticked["1.0-role"] || !a.Ticked["2.0-copy"] || len(a.Ticked) != 4 {
		t.Errorf("ticked %v", a.Ticked)
	}
	start(t, screen.NewConsole(formEnv(), a)).shows("3/")
	if b.tap("esc").wants() != screen.Back {
		t.Error("esc does not go back")
	}
}

// TestConsoleWarnsOnce tells those who use the ticks what they have not ticked and cannot see later.
func TestConsoleWarnsOnce(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}, NewApplication: true}))
	if b.tap("enter").wants() != screen.Next {
		t.Error("who uses no ticks is held up")
	}
	b.tap("space", "enter")
	if b.wants() != screen.Stay {
		t.Error("what is easily missed is passed over")
	}
	b.shows("easily missed, enter goes on", "Before any keys are made") // and the first of them is open
	if b.tap("enter").wants() != screen.Next {
		t.Error("it warns twice")
	}
}

// TestConsoleStartsTheClock counts the 30 minutes from the tick of the item that adds the application.
func TestConsoleStartsTheClock(t *testing.T) {
	clock := &hands{ten()}
	env := formEnv(func(env *screen.Env) { env.Now = clock.Now })
	b := start(t, screen.NewConsole(env, flow.Answers{Change: lifecycle.Change{API: client.API10}, NewApplication: true}))
	to := func() {
		for range 200 {
			if strings.Contains(b.body(), "Keys can be made 30 minutes after this moment") {
				return
			}
			b.tap("down")
		}
		t.Fatal("there is no such item")
	}
	to()
	b.tap("space")
	if made := b.answers().ApplicationMadeAt; !made.Equal(ten()) {
		t.Errorf("made at %v", made)
	}
	clock.now = ten().Add(time.Hour)
	b.tap("up", "up").tap("space")
	to()
	b.tap("space")
	if made := b.answers().ApplicationMadeAt; !made.IsZero() {
		t.Errorf("after the tick was taken away: made at %v", made)
	}
	to()
	b.tap("space")
	if made := b.answers().ApplicationMadeAt; !made.Equal(clock.now) {
		t.Errorf("ticked again: made at %v", made)
	}
}

func TestConsoleCopies(t *testing.T) {
	native := &board{}
	env := formEnv(func(env *screen.Env) {
		env.Clipboard, env.Tick = screen.NewClipboard(clipboard.Of(native, nil)), (&timers{}).tick
	})
	term := &terminal{Screen: screen.NewConsole(env, flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2"}})}
	b := start(t, term)
	b.write("y").shows("Administration Console copied, cleared after 45 seconds")
	for !strings.Contains(b.body(), "type Role Name") {
		b.tap("down")
	}
	b.write("y") // the first value of an item that is just opened
	b.tap("down", "down").write("y")
	if len(term.sent) != 3 || term.sent[0] != "https://login.mimecast.com" || term.sent[1] != "Axonius API role" || term.sent[2] != "Cannot Manage Roles" {
		t.Errorf("copied %q", term.sent)
	}
	if native.holds() != "Cannot Manage Roles" {
		t.Errorf("the native clipboard holds %q", native.holds())
	}
}

// TestConsoleSaysThatTheRegionDoesNotFit before an application is made for a product that cannot use it.
func TestConsoleSaysThatTheRegionDoesNotFit(t *testing.T) {
	a := flow.Answers{Change: lifecycle.Change{API: client.API10, Integration: "jupiterone", Region: "eu", BaseURL: "https://eu-api.mimecast.com"}, HasApplication: true}
	start(t, screen.NewConsole(formEnv(), a)).shows("JupiterOne: The public code calls https://us-api.mimecast.com")
	a.Region, a.BaseURL = "us", "https://us-api.mimecast.com"
	start(t, screen.NewConsole(formEnv(), a)).hides("The public code calls")
}

func TestConsoleOfAnUnknownProduct(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: "nobody"}}))
	b.shows("Unknown integration").tap("down", "space", "up").write("y")
	if b.tap("enter").wants() != screen.Next {
		t.Error("enter does not go on")
	}
}

// TestConsoleEveryProduct shows the walk-through of everything in the catalogue, in every menu.
func TestConsoleEveryProduct(t *testing.T) {
	for _, i := range catalog.Integrations() {
		for _, way := range []console.Variant{console.Classic, console.Hub, console.CloudIntegrated} {
			b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{Name: "acme", API: i.API, Integration: i.ID}, ConsoleWay: string(way)}))
			for _, size := range []screen.SizeMsg{{Width: 80, Height: 22}, {Width: 40, Height: 9}, {Width: 20, Height: 5}} {
				f := b.screen.View(size.Width, size.Height)
				if f.Cursor == nil || strings.Contains(f.Body, "nknown") {
					t.Fatalf("%s in %s at %v:\n%s", i.ID, way, size, f.Body)
				}
			}
		}
	}
}

// TestConsoleEveryEntryCanBeSeen walks down in a low window: what is under the cursor is always in sight.
func TestConsoleEveryEntryCanBeSeen(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: "axonius-mimecast-v2"}}))
	b.send(screen.SizeMsg{Width: 40, Height: 9})
	lines := map[string]bool{}
	for range 60 {
		f := b.screen.View(40, 9)
		if f.Cursor == nil {
			t.Fatalf("the cursor is out of sight:\n%s", f.Body)
		}
		lines[strings.Split(f.Body, "\n")[f.Cursor.Y]] = true
		b.tap("down")
	}
	if len(lines) < 15 {
		t.Errorf("only %d lines were under the cursor", len(lines))
	}
	b.send(tea.KeyPressMsg{Code: tea.KeyHome}).shows("[ ] Sign in to the Administration Console")
}

func TestConsoleClick(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
	b.send(screen.SizeMsg{Width: 80, Height: 60})
	row := func(words string) int {
		for y, line := range strings.Split(b.body(), "\n") {
			if strings.Contains(line, words) {
				return y
			}
		}
		t.Fatalf("%q is not on screen:\n%s", words, b.body())
		return -1
	}
	click := func(words string) { b.send(tea.MouseClickMsg{Button: tea.MouseLeft, X: 8, Y: row(words)}) }
	click("Make a role")
	if b.shows("choose Security Permissions"); len(b.answers().Ticked) != 0 {
		t.Error("opening an item ticks it")
	}
	click("Make a role")
	if !b.answers().Ticked["2.0-role"] {
		t.Error("a click on the open item does not tick it")
	}
}

func TestConsoleFrames(t *testing.T) {
	for name, a := range map[string]flow.Answers{
		"api 2.0":         {Change: lifecycle.Change{Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2"}, Ticked: map[string]bool{"2.0-administrator": true}},
		"api 1.0 exists":  {Change: lifecycle.Change{Name: "acme", API: client.API10, Region: "us"}, HasApplication: true},
		"api 1.0 created": {Change: lifecycle.Change{Name: "acme", API: client.API10}, NewApplication: true},
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, screen.NewConsole(formEnv(), a))
			b.frames()
		})
	}
}
