package screen_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

const (
	globalURL = "https://api.services.mimecast.com"
	euURL     = "https://eu-api.mimecast.com"
	anAppID   = "8578fcfc-a305-4d9a-99cb-f4d5ecefe297"
)

func TestRegionList(t *testing.T) {
	for _, c := range []struct {
		name    string
		api     client.API
		keys    []string
		region  string
		baseURL string
	}{
		{"2.0 begins with Global", client.API20, nil, "global", globalURL},
		{"2.0, the UK instance", client.API20, []string{"down", "down"}, "uk", "https://uk-api.services.mimecast.com"},
		{"1.0, the first row", client.API10, []string{"tab"}, "us", "https://us-api.mimecast.com"},
		{"1.0, Europe", client.API10, []string{"down", "down", "down"}, "eu", euURL},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: c.api}})).tap(c.keys...)
			if b.tap("enter").wants() != screen.Next {
				t.Error("enter does not go on")
			}
			if a := b.answers(); a.Region != c.region || a.BaseURL != c.baseURL {
				t.Errorf("got %q %q", a.Region, a.BaseURL)
			}
			again := start(t, screen.NewRegion(formEnv(), b.answers()))
			if a := again.answers(); a.Region != c.region || a.BaseURL != c.baseURL {
				t.Errorf("coming back gave %q %q", a.Region, a.BaseURL)
			}
		})
	}
}

// TestNoRegionOfAPI10IsPreselected: an account lives in one, which cannot be guessed. What is pasted goes into the field.
func TestNoRegionOfAPI10IsPreselected(t *testing.T) {
	open := func() *bench {
		return start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}}))
	}
	b := open().shows("Paste the address of your console, a base URL or an account code").hides("●")
	if a := b.answers(); a.Region != "" || a.BaseURL != "" {
		t.Errorf("%q %q is chosen", a.Region, a.BaseURL)
	}
	for range 2 {
		if b.tap("enter").wants() != screen.Stay {
			t.Error("enter goes on without a region")
		}
		b.shows("Paste the console's address", "choose a region from the list").hides("●")
	}
	if b.write("uk").tap("enter").wants() != screen.Next || b.answers().Region != "eu" {
		t.Errorf("a word gives %q", b.answers().Region)
	}
	b = open().write("uk").tap("ctrl+u").hides("●")
	if a := b.answers(); a.Region != "" {
		t.Errorf("%q is chosen after the field was emptied", a.Region)
	}
}

// TestRegionSaysWhereAProductWorks before anything is chosen.
func TestRegionSaysWhereAProductWorks(t *testing.T) {
	for _, i := range catalog.Integrations() {
		for _, l := range i.Limits {
			if l.Kind == catalog.LimitRegion || l.Kind == catalog.LimitHost {
				b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: i.API, Integration: i.ID}}))
				b.shows("! " + strings.Join(strings.Fields(l.Text)[:3], " "))
			}
		}
	}
}

func TestRegionSaysTheTradeOff(t *testing.T) {
	start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).
		shows("Recommended", "api.services.mimecast.com", "No fail-over", "processed in the UK only")
}

func TestRegionRecognisesWhatIsPasted(t *testing.T) {
	for _, c := range []struct {
		name, paste string
		api         client.API
		region      string
		baseURL     string
		says        string
	}{
		{"console", "https://login-uk.mimecast.com/u/login/?gta=administration#/login", client.API10, "eu", euURL, "✓ Europe"},
		{"tenant's console", "https://acme.login-usb.mimecast.com/", client.API10, "usb", "https://usb-api.mimecast.com", "✓ United States (B)"},
		{"account code", "CDE12A345", client.API10, "de", "https://de-api.mimecast.com", "✓ Germany"},
		{"base URL", "api.services.mimecast.com\n", client.API20, "global", globalURL, "✓ Global"},
		{"account code for 2.0", "CUSA00A000", client.API20, "global", globalURL, "US instance"},
		{"a simulator", "http://127.0.0.1:4242", client.API20, "", "http://127.0.0.1:4242", "An address on this machine."},
		{"a path", "https://us-api.services.mimecast.com/oauth/token", client.API20, "us", "https://us-api.services.mimecast.com", "Cut off: the path"},
		{"a host that looks like Mimecast's", "https://api.services.mimecast.com.evil.com/", client.API20, "global", globalURL, "enter: use Global"},
		{"a slip", "us.mimecast.com", client.API10, "us", "https://us-api.mimecast.com", "enter: use United States (A)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: c.api}})).paste(c.paste).shows(c.says)
			if b.tap("enter").wants() != screen.Next {
				t.Error("enter does not go on")
			}
			if a := b.answers(); a.Region != c.region || a.BaseURL != c.baseURL {
				t.Errorf("got %q %q", a.Region, a.BaseURL)
			}
			if a := start(t, screen.NewRegion(formEnv(), b.answers())).answers(); a.BaseURL != c.baseURL {
				t.Errorf("coming back gave %q", a.BaseURL)
			}
		})
	}
}

// TestRegionAsksTwiceForAHostThatIsNotListed: enter alone never takes it; the second yes shows it in punycode.
func TestRegionAsksTwiceForAHostThatIsNotListed(t *testing.T) {
	for paste, host := range map[string]string{
		"https://gateway.example.org/mimecast": "gateway.example.org", "https://203.0.113.7:8443": "203.0.113.7:8443",
		"https://api.services.mime\u0441ast.com": "api.services.xn--mimeast-1jg.com", "https://us.mimecast.com": "us.mimecast.com",
	} {
		open := func() *bench {
			return start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).paste(paste)
		}
		b := open().shows("ctrl+o: yes, send the credential to " + host).tap("enter")
		if strings.Contains(b.answers().BaseURL, host) && b.wants() == screen.Next {
			t.Errorf("%s is taken without a second yes", host)
		}
		b = open().tap("ctrl+o").shows("! https://"+host, "Check it before you go on")
		if b.tap("enter").wants() != screen.Next || b.answers().BaseURL != "https://"+host {
			t.Errorf("%s is not taken after a second yes: %q", host, b.answers().BaseURL)
		}
		again := start(t, screen.NewRegion(formEnv(), b.answers()))
		if again.tap("enter").wants() != screen.Next || again.answers().BaseURL != "https://"+host {
			t.Errorf("%s is asked for again", host)
		}
	}
}

func TestRegionTypingGoesToThePasteField(t *testing.T) {
	b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}})).write("de-api.mimecast.com")
	if a := b.answers(); a.Region != "de" {
		t.Errorf("got %q", a.Region)
	}
	b.tap("tab", "up")
	if a := b.answers(); a.Region != "eu" {
		t.Errorf("choosing a row does not replace what was typed: %q", a.Region)
	}
}

func TestRegionTellsCredentialsInTheAddress(t *testing.T) {
	b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).paste("https://user:pw@api.services.mimecast.com")
	b.shows("A user or a password does not belong into the address").hides("✓")
	if b.tap("enter").wants() != screen.Stay {
		t.Error("it goes on")
	}
	if kept := b.answers().BaseURL; strings.Contains(kept, "pw") {
		t.Errorf("the password is kept: %q", kept)
	}
}

// TestRegionOfTheDemo says one thing about a host of the real Mimecast: that it is not for the demo.
func TestRegionOfTheDemo(t *testing.T) {
	b := start(t, screen.NewRegion(formEnv(withDemo), flow.Answers{Change: lifecycle.Change{API: client.API20}})).paste("https://api.services.mimecast.com")
	b.shows("✗ The demo talks to its own Mimecast only").hides("✓")
	if b.tap("enter").wants() != screen.Stay {
		t.Error("it goes on")
	}
	b.shows("✗ The demo talks to its own Mimecast only")
}

func TestRegionNothingRecognised(t *testing.T) {
	b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).paste("somewhere").shows("No Mimecast address")
	if b.tap("enter").wants() != screen.Stay {
		t.Error("it goes on")
	}
	again := start(t, screen.NewRegion(formEnv(), b.answers())).shows("somewhere")
	if again.tap("enter").wants() != screen.Stay {
		t.Error("it goes on after coming back")
	}
}

func TestRegionWrongAPI(t *testing.T) {
	open := func() *bench {
		return start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).paste("https://eu-api.mimecast.com/api/login")
	}
	b := open().shows("That is a host of API 1.0; API 2.0 was chosen.", "enter: use Global", "ctrl+o: switch to API 1.0")
	if b.tap("enter").wants() != screen.Next || b.answers().BaseURL != globalURL || b.answers().API != client.API20 {
		t.Errorf("enter does not take the offer: %q", b.answers().BaseURL)
	}
	b = open().tap("ctrl+o").hides("That is a host")
	if a := b.answers(); a.API != client.API10 || a.BaseURL != euURL {
		t.Errorf("ctrl+o gives API %s, %q", a.API, a.BaseURL)
	}
}

// TestRegionAfterTheAPIChanged comes back with an address of the other API: what fits is proposed.
func TestRegionAfterTheAPIChanged(t *testing.T) {
	b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20, Region: "eu", BaseURL: euURL}}))
	if a := b.answers(); a.BaseURL != globalURL {
		t.Errorf("got %q", a.BaseURL)
	}
}

func withMimecast(m *formMimecast) func(*screen.Env) {
	return func(e *screen.Env) {
		e.Dial = func(client.Endpoint) (lifecycle.Mimecast, error) { return m, nil }
	}
}

func discovering(t *testing.T, m *formMimecast) *bench {
	t.Helper()
	b := start(t, screen.NewRegion(formEnv(withMimecast(m)), flow.Answers{Change: lifecycle.Change{API: client.API10}}))
	for range len(client.Regions()) + 1 { // from the field, past every region
		b.tap("down")
	}
	return b.shows("Application ID", "Service user's e-mail address", "enter asks Mimecast")
}

func TestRegionDiscover(t *testing.T) {
	m := &formMimecast{found: client.Discovery{BaseURL: euURL}}
	b := discovering(t, m)
	if b.tap("enter", "enter", "enter").shows("Type the Application ID").wants() != screen.Stay {
		t.Error("it asks without an Application ID")
	}
	b.paste(anAppID).tap("enter").write("svc").tap("enter").shows("whole address")
	b.write("@example.com").tap("enter").shows("✓ Europe", euURL)
	if len(m.asked) != 1 || m.asked[0] != anAppID+" svc@example.com" || m.closed != 1 {
		t.Errorf("asked %q, closed %d", m.asked, m.closed)
	}
	if b.tap("enter").wants() != screen.Next {
		t.Error("enter does not go on with the answer")
	}
	if a := b.answers(); a.Region != "eu" || a.BaseURL != euURL || a.ApplicationID != anAppID || a.Email != "svc@example.com" {
		t.Errorf("got %+v", a)
	}
}

func TestRegionDiscoverFails(t *testing.T) {
	m := &formMimecast{err: &client.Error{Kind: client.DNS, Op: "POST /api/login/discover-authentication"}}
	b := discovering(t, m).tap("enter").paste(anAppID).tap("enter").write("svc@example.com").tap("enter")
	said := client.Diagnose(m.err, client.API10)
	b.shows(strings.Join(strings.Fields(said.Meaning), " "))
	if b.wants() != screen.Stay {
		t.Error("a failure goes on")
	}
	m.err, m.found = nil, client.Discovery{BaseURL: euURL}
	b.tap("enter").shows("✓ Europe")
}

// TestRegionDiscoverStops presses esc while Mimecast is being asked; the late answer is dropped.
func TestRegionDiscoverStops(t *testing.T) {
	m := &formMimecast{found: client.Discovery{BaseURL: euURL}, wait: make(chan struct{})}
	b := discovering(t, m).tap("enter").paste(anAppID).tap("enter").write("svc@example.com")
	next, ask, _ := b.screen.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
	b.screen = next
	b.shows("Asking Mimecast")
	answered := make(chan tea.Msg)
	go func() { answered <- ask() }()
	if b.write("x").tap("esc").shows("Stopped.").wants() != screen.Stay {
		t.Error("esc left the step instead of stopping")
	}
	if msg := <-answered; msg != nil {
		b.send(msg)
	}
	b.hides("✓ Europe")
	if b.answers().Email != "svc@example.com" {
		t.Errorf("what was asked changed under the question: %q", b.answers().Email)
	}
	if b.tap("esc").wants() != screen.Back {
		t.Error("a second esc does not go back")
	}
}

// TestRegionDemo keeps the demo from the real Mimecast, whatever is chosen or pasted.
func TestRegionDemo(t *testing.T) {
	const demo = "http://127.0.0.1:8080"
	open := func(api client.API) *bench {
		return start(t, screen.NewRegion(formEnv(withDemo), flow.Answers{Change: lifecycle.Change{API: api}})).shows("Demo: "+demo).hides("Global", "United States")
	}
	for _, api := range []client.API{client.API20, client.API10} {
		if b := open(api); b.answers().BaseURL != demo || b.tap("enter").wants() != screen.Next {
			t.Errorf("API %s begins with %q", api, b.answers().BaseURL)
		}
		b := open(api)
		b.paste("https://login-us.mimecast.com/").tap("enter").shows("The demo talks to its own Mimecast only")
		if b.wants() != screen.Stay {
			t.Error("a real region is taken from a paste")
		}
		if b.tap("ctrl+f").answers().BaseURL != demo || b.tap("enter").wants() != screen.Next {
			t.Errorf("ctrl+f gives %q", b.answers().BaseURL)
		}
	}
}

func TestRegionDemoDiscover(t *testing.T) {
	m := &formMimecast{found: client.Discovery{BaseURL: "http://127.0.0.1:8080"}}
	b := start(t, screen.NewRegion(formEnv(withDemo, withMimecast(m)), flow.Answers{Change: lifecycle.Change{API: client.API10}}))
	for range len(client.Regions()) + 1 {
		b.tap("down")
	}
	b.tap("ctrl+f", "enter").shows("✓ http://127.0.0.1:8080")
	if b.tap("enter").wants() != screen.Next || len(m.asked) != 1 {
		t.Errorf("asked %q", m.asked)
	}
}

func TestRegionClick(t *testing.T) {
	b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
	for y, line := range strings.Split(b.screen.View(80, 22).Body, "\n") {
		if strings.Contains(line, "UK instance") {
			b.send(tea.MouseClickMsg{X: 6, Y: y, Button: tea.MouseLeft})
			break
		}
	}
	if got := b.answers().Region; got != "uk" {
		t.Errorf("the click chose %q", got)
	}
}

func TestRegionFrames(t *testing.T) {
	discover := func(t *testing.T) *bench { return discovering(t, &formMimecast{}) }
	with := func(api client.API, pasted string) func(*testing.T) *bench {
		return func(t *testing.T) *bench {
			b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: api}}))
			if pasted != "" {
				b.paste(pasted)
			}
			return b
		}
	}
	for name, open := range map[string]func(*testing.T) *bench{
		"api 2.0":    with(client.API20, ""),
		"wrong api":  with(client.API20, "https://us-api.mimecast.com"),
		"recognised": with(client.API20, "CUK00A000"),
		"nothing":    with(client.API20, "hello there"),
		"demo": func(t *testing.T) *bench {
			return start(t, screen.NewRegion(formEnv(withDemo), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
		},
	} {
		t.Run(name, func(t *testing.T) { open(t).frames() })
	}
	// All that shows every region is one file, so that a new region changes one.
	t.Run("api 1.0", func(t *testing.T) {
		golden.RequireEqual(t, with(client.API10, "")(t).drawn()+discover(t).drawn())
	})
}
