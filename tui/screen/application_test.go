package screen_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

var (
	anID     = strings.Repeat("a1", 24)
	aSecret  = strings.Repeat("b2C4", 16)
	aProduct = "axonius-mimecast-v2"
)

func TestApplication20(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: aProduct}}))
	b.shows("Client ID", "Client Secret", "Internal domain (required by Axonius)")
	b.paste(anID+"\n").tap("enter").paste(aSecret[:30]+"\n"+aSecret[30:]+"\n").shows("64 characters · 2 line breaks removed", "1 line break removed")
	b.hides(aSecret).tap("enter").write("example.com")
	if b.tap("enter").wants() != screen.Next {
		t.Fatalf("it does not go on:\n%s", b.body())
	}
	a := b.answers()
	if a.ClientID != anID || a.ClientSecret.Reveal() != aSecret || a.InternalDomain != "example.com" {
		t.Errorf("got %q, %d bytes, %q", a.ClientID, a.ClientSecret.Len(), a.InternalDomain)
	}
	again := start(t, screen.NewApplication(formEnv(), a)).answers()
	if again.ClientID != a.ClientID || !again.ClientSecret.Equal(a.ClientSecret) || again.InternalDomain != a.InternalDomain {
		t.Error("coming back lost an answer")
	}
}

func TestApplication10(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}}))
	b.shows("Application ID", "Application Key").hides("Internal domain", "Client ID")
	b.paste(anAppID).tap("enter").paste(" \"1ad5cd64-3b4c-4d31-8b0c-0a0b0c0d0e0f\"\n")
	if b.tap("enter").wants() != screen.Next {
		t.Fatal("it does not go on")
	}
	a := b.answers()
	if a.ApplicationID != anAppID || a.ApplicationKey.Reveal() != "1ad5cd64-3b4c-4d31-8b0c-0a0b0c0d0e0f" {
		t.Errorf("got %q and %d bytes", a.ApplicationID, a.ApplicationKey.Len())
	}
}

func TestApplicationEmpty(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
	b.tap("enter", "enter").shows("Paste the Client ID.", "Paste the Client Secret.").write("x")
	b.hides("Paste the Client ID.").tap("enter", "enter").shows("Paste the Client Secret.")
	if b.wants() != screen.Stay {
		t.Error("it goes on without a secret")
	}
	if b.answers().ClientID != "x" {
		t.Errorf("what was typed is lost: %q", b.answers().ClientID)
	}
}

// TestApplicationWarningsNeverBlock pastes what looks swapped, and the same value twice.
func TestApplicationWarningsNeverBlock(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
	b.paste(aSecret).shows("the two may be swapped").tap("tab").paste(anAppID).shows("looks like an API 1.0 application ID")
	if b.tap("enter").wants() != screen.Next {
		t.Error("a warning blocks")
	}
}

// TestApplicationDoesNotJudgeHalfAValue is silent while an ID is typed by hand and speaks when it is left.
func TestApplicationDoesNotJudgeHalfAValue(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
	b.write("abc").hides("may have been cut off").tap("tab").shows("may have been cut off")
}

func TestApplicationDomain(t *testing.T) {
	filled := flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: aProduct, ClientID: anID, ClientSecret: secret.New(aSecret)}}
	for _, c := range []struct {
		typed string
		act   screen.Act
	}{
		{"", screen.Next},
		{"example.com", screen.Next},
		{"svc@example.com", screen.Stay},
		{"https://example.com", screen.Stay},
		{"example", screen.Stay},
	} {
		b := start(t, screen.NewApplication(formEnv(), filled)).tap("shift+tab").write(c.typed).tap("enter")
		if got := b.wants(); got != c.act {
			t.Errorf("%q: %v, want %v", c.typed, got, c.act)
		}
	}
}

// TestApplicationDomainOfTheForm says whether the product's own form needs the domain; neither blocks.
func TestApplicationDomainOfTheForm(t *testing.T) {
	filled := flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: aProduct, ClientID: anID, ClientSecret: secret.New(aSecret)}}
	b := start(t, screen.NewApplication(formEnv(), filled)).shows("Internal domain (required by Axonius)", "are skipped", "Axonius asks for it too")
	if b.tap("shift+tab", "enter").wants() != screen.Next {
		t.Error("an empty domain blocks")
	}
	filled.API, filled.Integration = client.API10, "jupiterone"
	filled.ApplicationID, filled.ApplicationKey = anAppID, secret.New("key")
	start(t, screen.NewApplication(formEnv(), filled)).shows("Internal domain (optional)", "are skipped").hides("asks for it too")
}

func TestApplicationReveal(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20, ClientID: anID, ClientSecret: secret.New("readMe")}}))
	b.tap("tab").hides("readMe")
	b.screen, _, _ = b.screen.Update(ctrlR())
	b.shows("readMe").tap("left").hides("readMe")
}

func TestApplicationDemo(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(withDemo), flow.Answers{Change: lifecycle.Change{API: client.API20}})).shows("Demo: Client ID demoClientID")
	if a := b.tap("ctrl+f").answers(); a.ClientID != "demoClientID" || a.ClientSecret.Reveal() != "demoClientSecret" {
		t.Errorf("got %q", a.ClientID)
	}
	b = start(t, screen.NewApplication(formEnv(withDemo), flow.Answers{Change: lifecycle.Change{API: client.API10}})).shows("Demo: Application ID " + anAppID)
	if a := b.tap("ctrl+f").answers(); a.ApplicationID != anAppID || a.ApplicationKey.Reveal() != "demoApplicationKey" {
		t.Errorf("got %q", a.ApplicationID)
	}
}

func TestApplicationDemoDomain(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(withDemo), flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: aProduct}})).tap("ctrl+f")
	if got := b.answers().InternalDomain; got != "example.com" {
		t.Errorf("got %q", got)
	}
}

func TestApplicationFrames(t *testing.T) {
	filled := flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: aProduct, ClientID: aSecret, ClientSecret: secret.New(aSecret)}}
	t.Run("empty", func(t *testing.T) {
		start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: aProduct}})).frames()
	})
	t.Run("warnings", func(t *testing.T) { start(t, screen.NewApplication(formEnv(), filled)).tap("tab").frames() })
	t.Run("api 1.0", func(t *testing.T) {
		start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}})).frames()
	})
	t.Run("demo", func(t *testing.T) {
		start(t, screen.NewApplication(formEnv(withDemo), flow.Answers{Change: lifecycle.Change{API: client.API20}})).frames()
	})
}

// TestApplicationColours keeps the colours of both backgrounds, and the ASCII signs, in golden files.
func TestApplicationColours(t *testing.T) {
	filled := flow.Answers{Change: lifecycle.Change{API: client.API20, ClientID: aSecret, ClientSecret: secret.New(aSecret)}}
	for name, th := range map[string]theme.Theme{
		"dark": theme.New(true), "light": theme.New(false), "none": theme.New(true, theme.WithoutColour()),
		"ascii": theme.New(true, theme.WithoutColour(), theme.WithASCII()),
	} {
		t.Run(name, func(t *testing.T) {
			env := formEnv(func(e *screen.Env) { e.Theme = th })
			b := start(t, screen.NewApplication(env, filled)).tap("tab")
			golden.RequireEqual(t, b.screen.View(60, 20).Body)
		})
	}
}

// TestRecolouring changes the theme of every step after it was made: what is drawn is what a new screen would draw, and no
// answer is lost.
func TestRecolouring(t *testing.T) {
	answers := flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", API: client.API10, BaseURL: euURL, Region: "eu", ApplicationID: anAppID, ApplicationKey: secret.New("k"), Email: "a@b.cd",
		},
	}
	for name, make := range map[string]func(screen.Env, flow.Answers) screen.Screen{
		"profile": screen.NewProfile, "integration": screen.NewIntegration, "api": screen.NewAPI, "region": screen.NewRegion,
		"connection": screen.NewConnection, "console": screen.NewConsole, "application": screen.NewApplication,
	} {
		t.Run(name, func(t *testing.T) {
			light := theme.New(false)
			b := start(t, make(formEnv(), answers))
			dull := b.screen.View(60, 6).Body
			b.screen = b.screen.(screen.Themed).SetTheme(light)
			want := start(t, make(formEnv(func(e *screen.Env) { e.Theme = light }), answers)).screen.View(60, 6).Body
			if got := b.screen.View(60, 6).Body; got != want || got == dull {
				t.Errorf("after the change:\n%s\na new one:\n%s", got, want)
			}
		})
	}
}
