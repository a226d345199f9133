package screen_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// pastesOfBoth are the main shapes in which both values of an application are pasted at once.
func pastesOfBoth(id, key string) map[string]string {
	return map[string]string{
		"JSON":     `{"profile":"acme","client_id":"` + id + `","client_secret":"` + key + `"}`,
		"export":   "export MIMECAST_CLIENT_ID=" + id + "\nexport MIMECAST_CLIENT_SECRET='" + key + "'\n",
		"one line": "Client ID " + id + " Client Secret " + key,
		"Markdown": "| Client ID | Client Secret |\n|---|---|\n| `" + id + "` | `" + key + "` |",
		"CSV":      "client_secret,client_id\n" + key + "," + id,
		"bare CSV": id + "," + key,
		"lines":    id + "\n" + key + "\n",
		"query":    "client_id=" + id + "&client_secret=" + key,
	}
}

func TestApplicationSplitsPastes(t *testing.T) {
	for name, text := range pastesOfBoth(anID, aSecret) {
		for _, at := range []string{"ID", "secret"} {
			t.Run(name+" at the "+at, func(t *testing.T) {
				b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
				if at == "secret" {
					b.tap("tab")
				}
				b.paste(text).shows(anID, "64 characters", "were both in what was pasted").hides(aSecret)
				if b.tap("enter").wants() != screen.Next {
					t.Fatal("it does not go on")
				}
				if a := b.answers(); a.ClientID != anID || a.ClientSecret.Reveal() != aSecret {
					t.Errorf("got %q and %d characters", a.ClientID, a.ClientSecret.Len())
				}
			})
		}
	}
}

func TestKeysSplitPastes(t *testing.T) {
	access, key := strings.Repeat("aB3d5", 30), strings.Repeat("Zz9x", 21)+"Zg=="
	for name, text := range map[string]string{
		"JSON":   `{"access_key":"` + access + `","secret_key":"` + key + `"}`,
		"export": "export MIMECAST_ACCESS_KEY=" + access + "\nexport MIMECAST_SECRET_KEY=" + key,
		"prose":  "Access Key " + access + " Secret Key " + key,
		"bare":   key + "\n" + access,
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, screen.NewKeys(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}, KeysWay: flow.FromConsole}))
			b.paste(text).hides(access, key)
			if a := b.answers(); a.AccessKey.Reveal() != access || a.SecretKey.Reveal() != key {
				t.Errorf("got %d and %d characters", a.AccessKey.Len(), a.SecretKey.Len())
			}
		})
	}
}

// TestSecretsAreMaskedInEveryStep pastes what holds a secret into the first text field of each step: it is not shown and
// goes no further.
func TestSecretsAreMaskedInEveryStep(t *testing.T) {
	legacy := flow.Answers{Change: lifecycle.Change{API: client.API10, BaseURL: euURL}, KeysWay: flow.CreateHere}
	for name, b := range map[string]*bench{
		"profile":     start(t, screen.NewProfile(formEnv(), flow.Answers{})),
		"application": start(t, screen.NewApplication(formEnv(), legacy)),
		"API 2.0":     start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})),
		"keys":        start(t, screen.NewKeys(formEnv(), legacy)),
	} {
		t.Run(name, func(t *testing.T) {
			b.tap("ctrl+u").paste("the client secret: "+aSecret).hides(aSecret, aSecret[:20]).tap("enter").shows("This contains a secret, so it is not shown.")
			if b.wants() != screen.Stay {
				t.Error("it goes on")
			}
			b.tap("ctrl+u").write("x").hides("This contains a secret").shows("x")
		})
	}
}

// TestClientIDOfAnotherLength: what is as long as a secret is masked, and a hint; it blocks nobody.
func TestClientIDOfAnotherLength(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20, ClientSecret: secret.New(strings.Repeat("c3D4", 16))}}))
	b.paste(aSecret + "\n").hides(aSecret[:20]).shows("the two may be swapped")
	if b.tap("enter", "enter").wants() != screen.Next {
		t.Error("a hint blocks")
	}
}

// TestAllFourInOnePaste fills in the keys of API 1.0 together with the application; the step Keys says so and goes on.
func TestAllFourInOnePaste(t *testing.T) {
	const id, appKey = "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "0e1cb8b4-92cf-4a5b-a9a4-a31c7d3f7a11"
	access, key := strings.Repeat("aB3d5", 30), strings.Repeat("Zz9x", 21)+"Zg=="
	for name, text := range map[string]string{
		"JSON":   `{"application_id":"` + id + `","application_key":"` + appKey + `","access_key":"` + access + `","secret_key":"` + key + `"}`,
		"export": "MIMECAST_APPLICATION_ID=" + id + "\nMIMECAST_APPLICATION_KEY=" + appKey + "\nMIMECAST_ACCESS_KEY=" + access + "\nMIMECAST_SECRET_KEY=" + key,
		"bare":   id + "\n" + appKey + "\n" + access + "\n" + key,
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, screen.NewApplication(formEnv(), flow.Answers{KeysWay: flow.CreateHere, Change: lifecycle.Change{API: client.API10}}))
			b.paste(text).shows("So were the Access Key and the Secret Key.").hides(access, key, appKey)
			a := b.answers()
			if a.AccessKey.Reveal() != access || a.SecretKey.Reveal() != key || a.ApplicationID != id {
				t.Fatalf("got %d and %d characters", a.AccessKey.Len(), a.SecretKey.Len())
			}
			keys := start(t, screen.NewKeys(formEnv(), a))
			keys.shows("The Access Key and the Secret Key were both in what was pasted at Application. Enter goes on.").hides(access, key)
			if keys.tap("enter").wants() != screen.Next {
				t.Error("enter does not go on")
			}
			keys = start(t, screen.NewKeys(formEnv(), a))
			keys.tap("ctrl+u").paste(key[:40]).hides("were both in what was pasted at Application")
		})
	}
}

// TestNamesAreTakenOff pastes a value together with its name.
func TestNamesAreTakenOff(t *testing.T) {
	b := start(t, screen.NewApplication(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}}))
	b.paste("Client ID: "+anID).tap("tab").paste("Client Secret:\n"+aSecret+"\n").shows("64 characters").hides(aSecret, "Remove the name")
	if a := b.answers(); a.ClientID != anID || a.ClientSecret.Reveal() != aSecret {
		t.Errorf("got %q and %d characters", a.ClientID, a.ClientSecret.Len())
	}
	key := strings.Repeat("Zz9x", 21) + "Zg=="
	b = start(t, screen.NewKeys(formEnv(), flow.Answers{KeysWay: flow.FromConsole, Change: lifecycle.Change{API: client.API10}}))
	b.tap("tab").paste("Secret Key: " + key).hides(key)
	if a := b.answers(); a.SecretKey.Reveal() != key {
		t.Errorf("got %d characters", a.SecretKey.Len())
	}
}
