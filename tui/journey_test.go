package tui

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

const (
	tokenPath = "/oauth/token"
	loginPath = "/api/login/login"
)

func TestJourneyAPI20(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret + "\r\n").See("1 line break removed").Press("enter")
	w.See("Saved on trial").See("Is this your tenant? Example Corp · CUSA00A000 · us")
	w.finish()

	got := w.stored("mimecast")
	want := client.OAuth{ClientID: d.ClientID, ClientSecret: secret.New(d.ClientSecret)}
	if got == nil || got.Current == nil || got.Pending != nil || !client.Same(got.Current.Credential, want) {
		t.Fatalf("stored: %+v", got)
	}
	if n := w.calls(tokenPath); n != 2 {
		t.Errorf("%d tokens were asked for, want 2: for the checks, and to confirm", n)
	}
	if !strings.Contains(w.log.String(), "/oauth/token") {
		t.Errorf("the client logged nothing that could be looked through: %q", w.log.String())
	}
	out := Outcome{Answers: w.Answers()}
	text := Summary(out, w.app.env.Env, w.app.env.Theme.Glyphs.Dot)
	for _, words := range []string{"mimecast", "CUSA00A000", "passed", "mimecred check mimecast"} {
		if !strings.Contains(text, words) {
			t.Errorf("the summary lacks %q:\n%s", words, text)
		}
	}
	if found := leak(text, w.secrets); found != "" {
		t.Errorf("the summary has a secret (%s)", found)
	}
}

func TestJourneyAPI10Pasted(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys().Press("down", "enter").See("Access Key")
	w.Press("enter").See("Secret Key").Press("enter").See("Paste the Access Key")
	w.Paste(d.AccessKey + "\n").Press("tab").Paste(d.SecretKey).Press("enter")
	w.finish()
	got := w.stored("mimecast")
	if got == nil || got.Current == nil || got.Current.Source != credstore.Pasted || got.Current.Credential.API() != client.API10 {
		t.Fatalf("stored: %+v", got)
	}
	if n := w.calls(loginPath); n != 0 {
		t.Errorf("%d sign-ins for keys that were pasted", n)
	}
}

func TestJourneyCreateKeysWithCode(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys().signIn(d.Email, d.Password).See("One-time code")
	w.Type("12 34").Press("enter").See("2 digits are missing.")
	w.Press("ctrl+u").Type("000000").Press("enter").See("did not accept").See("The verification code is not valid")
	before := w.calls(loginPath)
	w.Type("000000").Press("enter").See("was sent already")
	if n := w.calls(loginPath); n != before {
		t.Errorf("the same code was sent twice")
	}
	code := w.sim.Code(d.Email)
	w.Press("ctrl+u").Type(code[:3] + " " + code[3:]).Press("enter")
	w.At(flow.Check)
	if a := w.Answers(); !a.Staged || a.KeysCreatedAt.IsZero() || !a.Password.IsZero() {
		t.Errorf("after the sign-in: staged %v, created %v, password kept %v", a.Staged, a.KeysCreatedAt, !a.Password.IsZero())
	}
	w.finish()
	if n := w.calls(loginPath); n != 3 {
		t.Errorf("%d sign-ins, want 3: without a code, with the wrong one, with the right one", n)
	}
	got := w.stored("mimecast")
	if got == nil || got.Current == nil || got.Current.Source != credstore.Created || got.Profile.ServiceUser != d.Email {
		t.Fatalf("stored: %+v", got)
	}
}

func TestJourneyResend(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys().signIn(d.Email, d.Password).See("One-time code")
	first := w.sim.Code(d.Email)
	w.Press("ctrl+s").See("asked for another code")
	second := w.sim.Code(d.Email)
	if first == second || w.calls(loginPath) != 2 {
		t.Fatalf("codes %s and %s after %d sign-ins", first, second, w.calls(loginPath))
	}
	w.Type(first).Press("enter").See("did not accept")
	w.Type(second).Press("enter")
	w.finish()
}

func TestJourneyWrongPassword(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys().signIn(d.Email, "not the password").See("Invalid user name or password").See("No keys were created")
	if n := w.calls(loginPath); n != 1 {
		t.Fatalf("%d sign-ins after one enter", n)
	}
	w.See("single sign-on").See("locked").See("ctrl+o opens the console way")
	if a := w.Answers(); a.Email != d.Email || !a.Password.IsZero() {
		t.Errorf("the address is gone or the refused password is not: %q", a.Email)
	}
	w.Press("enter").See("Type the password.").Press("enter")
	if n := w.calls(loginPath); n != 1 {
		t.Fatalf("the refused password was sent again: %d sign-ins", n)
	}
	w.Paste("another wrong one").Press("enter").See("Refused 2 times")
	w.Paste(d.Password).Press("enter").See("One-time code")
	w.Type(w.sim.Code(d.Email)).Press("enter")
	w.finish()
}

// TestJourneySecondFactorShapes ends, whatever the service does instead of what is assumed, with keys or calmly in the
// console way, with nothing lost.
func TestJourneySecondFactorShapes(t *testing.T) {
	t.Parallel()
	console := func(w *wizard, refused bool) {
		w.t.Helper()
		d := w.sim.Demo()
		a := w.Answers()
		if a.Email != d.Email || (a.Password.Reveal() != d.Password) != refused || a.ApplicationKey.Reveal() != d.ApplicationKey {
			w.t.Errorf("something typed was lost: %q", a.Email)
		}
		w.See("Access Key").Paste(d.AccessKey).Press("tab").Paste(d.SecretKey).Press("enter")
		w.finish()
	}
	for shape, walk := range map[simulator.SecondFactor]func(*wizard){
		simulator.UnknownCode: func(w *wizard) {
			console(w.See("The request could not be completed").See("No keys were created"), true)
		},
		simulator.FailIn200: func(w *wizard) {
			w.See("Two-step authentication is required").Type("123456").Press("enter").See("did not accept")
			console(w.Press("ctrl+o"), false)
		},
		simulator.WithoutExchange: func(w *wizard) {
			w.See("One-time code").Type("123456").Press("enter").See("did not accept")
			console(w.Press("ctrl+o"), false)
		},
		simulator.KeysThatFail: func(w *wizard) {
			d := w.sim.Demo()
			w.At(flow.Check).See("cannot be activated").See("Create new ones in the step Keys").Not("Copy").Press("e").At(flow.Keys).See("Mimecast created the keys")
			w.Press("ctrl+o").See("Access Key").Press("shift+tab", "ctrl+u").Paste(d.AccessKey).Press("tab", "ctrl+u").Paste(d.SecretKey).Press("enter")
			w.finish()
		},
	} {
		t.Run(string(shape), func(t *testing.T) {
			t.Parallel()
			w := start(t, setting{sim: []simulator.Option{simulator.WithSecondFactor(shape)}})
			d := w.sim.Demo()
			w.toKeys().signIn(d.Email, d.Password)
			walk(w)
			if got := w.stored("mimecast"); got == nil || got.Current == nil {
				t.Fatalf("stored: %+v", got)
			}
		})
	}
}

func TestJourneyWrongSecretCorrectedFromTheCheck(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.secrets = append(w.secrets, "wrong-"+d.ClientSecret[6:])
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste("wrong-" + d.ClientSecret[6:]).Press("enter")
	w.See("Mimecast refused the credential").Press("c").At(flow.Check)
	if got := w.stored("mimecast"); got != nil && got.Current != nil {
		t.Fatal("a refused credential was activated")
	}
	w.Press("e").At(flow.Application).Press("tab", "ctrl+u").Paste(d.ClientSecret).Press("enter")
	w.finish()
	if n := w.calls(tokenPath); n != 3 {
		t.Errorf("%d tokens were asked for, want one a try and one to confirm", n)
	}
	if got := w.stored("mimecast"); got == nil || got.Current == nil || got.Pending != nil {
		t.Fatalf("stored: %+v", got)
	}
}

func TestJourneyBackAndForth(t *testing.T) {
	t.Parallel()
	w := start(t, setting{answers: flow.Answers{Change: lifecycle.Change{Name: "acme"}}})
	d := w.sim.Demo()
	w.toKeys().Press("down", "enter").Paste(d.AccessKey).Press("tab").Paste(d.SecretKey)
	before := w.Answers()
	for w.app.step != flow.Integration {
		step := w.app.step
		for w.app.step == step {
			w.Press("esc")
		}
	}
	w.Press("enter")
	w.At(flow.API).Press("enter", "enter")
	w.At(flow.Region).Press("enter").At(flow.Console).Press("enter")
	w.At(flow.Application).Press("tab", "enter").At(flow.Keys)
	after := w.Answers()
	if after.Name != "acme" || after.BaseURL != before.BaseURL || after.ApplicationID != before.ApplicationID ||
		after.API != before.API || after.Integration != before.Integration || after.KeysWay != before.KeysWay ||
		!after.ApplicationKey.Equal(before.ApplicationKey) || !after.AccessKey.Equal(before.AccessKey) ||
		!after.SecretKey.Equal(before.SecretKey) {
		t.Errorf("an answer was lost:\nbefore %+v\nafter  %+v", before, after)
	}
	w.Press("enter")
	w.finish()
}

func TestJourneyDemo(t *testing.T) {
	t.Parallel()
	for _, api := range []string{"2.0", "1.0"} {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			w := start(t, setting{demo: true})
			fill := func(s flow.Step) { w.At(s).Press("ctrl+f") }
			w.At(flow.Integration).Press("enter").At(flow.API)
			if api == "1.0" {
				w.Press("down")
			}
			w.Press("enter")
			if w.app.step == flow.API {
				w.Press("enter")
			}
			w.At(flow.Console).openAnswer(flow.Region).Press("ctrl+f", "enter").At(flow.Console).Press("enter")
			fill(flow.Application)
			d := w.sim.Demo()
			told := func(value string) {
				if !strings.Contains(strings.ReplaceAll(w.Body(), " ", ""), value) {
					t.Errorf("the demo does not tell %s:\n%s", value, w.Frame())
				}
			}
			if api == "1.0" {
				told(d.ApplicationKey)
			} else {
				told(d.ClientSecret)
			}
			w.Press("enter")
			for w.app.step == flow.Application {
				w.Press("enter")
			}
			if api == "1.0" {
				w.At(flow.Keys).Press("enter").See("Service user's")
				told(d.Password)
				w.Press("ctrl+f", "enter").See("One-time code")
				told(w.sim.Code(d.Email))
				w.Press("ctrl+s").See("asked for another code")
				told(w.sim.Code(d.Email))
				w.Press("ctrl+f", "enter")
			}
			w.finish()
			if got := w.stored("demo"); got == nil || got.Current == nil {
				t.Fatalf("stored: %+v", got)
			}
		})
	}
}

func TestJourneyNoKeyring(t *testing.T) {
	t.Parallel()
	w := start(t, setting{stores: []step.StoreChoice{{
		Kind: "keyring", Title: "OS keyring", Problem: "there is no session bus", Fix: "Log in to the desktop.",
	}}})
	w.toAPI("2.0").At(flow.Profile).See("there is no session bus").See("Log in to the desktop.").See("never falls back to plain text")
	w.Press("enter", "enter").At(flow.Profile)
	if entries, err := w.vault.Entries(); err != nil || len(entries) != 0 {
		t.Errorf("entries %v, %v", entries, err)
	}
	w.Press("ctrl+c").Left()
	if text := Summary(Outcome{Answers: w.Answers(), Quit: true}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot); text != "Nothing was saved.\n" {
		t.Errorf("summary %q", text)
	}
}

// atKeys is a wizard whose earlier steps were all answered by the command line, the region left to be found out.
func atKeys(t *testing.T, options ...simulator.Option) *wizard {
	t.Helper()
	d := simulator.New().Demo()
	given := map[flow.Step]bool{}
	for s := flow.Integration; s <= flow.Application; s++ {
		given[s] = true
	}
	w := start(t, setting{sim: options, answers: flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", Store: "memory", API: client.API10, BaseURL: client.DiscoveryURL,
			ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		},
		Given: given,
	}})
	return w.At(flow.Keys)
}

func TestJourneyFindsTheRegionBeforeSigningIn(t *testing.T) {
	t.Parallel()
	w := atKeys(t)
	w.signIn("svc@example.com", w.sim.Demo().Password)
	w.finish()
	if a := w.Answers(); a.BaseURL != w.url {
		t.Errorf("the region is %q", a.BaseURL)
	}
	if got := w.stored("acme"); got == nil || got.Profile.Endpoint.BaseURL != w.url {
		t.Fatalf("stored: %+v", got)
	}
}

func TestJourneyRegionThatCannotBeFound(t *testing.T) {
	t.Parallel()
	w := atKeys(t, simulator.WithScenario("discover-no-region"))
	w.signIn("nobody@example.com", "some-password").See("choose the region by hand")
	if n := w.calls(loginPath); n != 0 {
		t.Errorf("%d sign-ins without a region", n)
	}
	if a := w.Answers(); a.Email != "nobody@example.com" || a.Password.IsZero() {
		t.Error("what was typed is gone")
	}
}

func TestJourneyMimecastCannotBeReached(t *testing.T) {
	t.Parallel()
	w := start(t, setting{sim: []simulator.Option{simulator.WithScenario("drop-connection")}})
	d := w.sim.Demo()
	w.toKeys().signIn(d.Email, d.Password)
	w.until("the answer", func() bool {
		keys := w.app.screen.Keys()
		return len(keys) > 0 && keys[0].Help().Key == "enter"
	})
	w.See("could not tell").See("› Password").Not("No keys were created")
	if n := w.calls(loginPath); n != 1 {
		t.Errorf("%d sign-ins after one enter", n)
	}
	if err := w.sim.SetScenario("none"); err != nil {
		t.Fatal(err)
	}
	w.Press("enter").See("One-time code").Type(w.sim.Code(d.Email)).Press("enter")
	w.finish()
}
