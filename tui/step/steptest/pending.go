package steptest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// Pending is a profile with a pending version, and what a test of it comes to, whatever front it is begun in.
type Pending struct {
	Name string
	// Replaces is set when another version is current, which then Stopped tells not to work any more.
	Replaces, Stopped bool
	// Lacks are permissions that the pending version does not have, Refused tells that Mimecast does not take it.
	Lacks   []string
	Refused bool
	// Elsewhere is set when the pending version is of another account.
	Elsewhere bool
	Source    credstore.Source
	// Activated tells that the pending version is current after the test, Said what is said of that.
	Activated bool
	Said      []string
}

// Pendings are pending versions that pass and that do not, beside a current version and without one.
func Pendings() []Pending {
	const is = "The credential passed and is now current."
	const account = "Account | Dashboard | Read"
	return []Pending{
		{Name: "nothing current", Source: credstore.Pasted, Activated: true, Said: []string{is}},
		{Name: "nothing current, created", Source: credstore.Created, Activated: true, Said: []string{is}},
		{
			Name: "nothing current, refused", Refused: true, Source: credstore.Pasted,
			Said: []string{"The pending version did not pass, and nothing is current yet.", "mimecred delete acme --pending discards it"},
		},
		{
			Name: "created", Replaces: true, Source: credstore.Created, Activated: true,
			Said: []string{"The current version was tested, to compare with:", is, "The previous version is kept until", "mimecred rollback acme makes it current again"},
		},
		{
			Name: "created, and the current one stopped", Replaces: true, Stopped: true, Source: credstore.Created, Activated: true,
			Said: []string{"The current version does not work now (", is},
		},
		{
			Name: "created, refused", Replaces: true, Refused: true, Source: credstore.Created,
			Said: []string{"The pending keys did not pass; the current version stays, and was not tested.", "mimecred delete acme --pending discards the keys"},
		},
		{
			Name: "pasted", Replaces: true, Source: credstore.Pasted,
			Said: []string{"The current version was tested; a pending version has not passed its checks.", "mimecred rotate acme --resume tests it and activates it when it passes"},
		},
		{
			Name: "created, of another account", Replaces: true, Elsewhere: true, Source: credstore.Created,
			Said: []string{"The new credential belongs to the account ", "; the current version stays.", "mimecred rotate acme --resume --anyway activates it as it is"},
		},
		{
			Name: "created, lacks something", Replaces: true, Lacks: []string{account}, Source: credstore.Created,
			Said: []string{"The pending keys did not pass; the current version stays, and was not tested."},
		},
	}
}

// Put makes the profile acme in a vault, with credentials that the simulator at url gives.
func (p Pending) Put(ctx context.Context, vault *credstore.Vault, store string, sim *simulator.Server, url string) error {
	profile := credstore.Profile{Name: "acme", API: client.API20, Region: "us", Endpoint: client.Endpoint{BaseURL: url}}
	all, known := sim.Application(sim.Demo().ClientID)
	if !known {
		return fmt.Errorf("the simulator has no application %s", sim.Demo().ClientID)
	}
	made := func(lacks []string) client.OAuth {
		app := sim.AddOAuth(simulator.OAuthApplication{
			Name: "made", Products: all.Products,
			Permissions: slices.DeleteFunc(slices.Clone(all.Permissions), func(one string) bool { return slices.Contains(lacks, one) }),
		})
		return client.OAuth{ClientID: app.ClientID, ClientSecret: secret.New(app.ClientSecret)}
	}
	before := made(nil)
	var current client.Credential
	if p.Replaces {
		current = before
	}
	fresh := made(p.Lacks)
	if p.Elsewhere {
		fresh = elsewhere(sim, url)
	}
	if p.Refused {
		fresh.ClientSecret = secret.New("made-up-and-wrong")
	}
	if p.Stopped {
		sim.DeleteApplication(before.ClientID)
	}
	if err := storetest.Put(ctx, vault, store, profile, current, fresh, p.Source); err != nil {
		return fmt.Errorf("make acme: %w", err)
	}
	return nil
}

// elsewhere is a credential of another account than the demo's.
func elsewhere(sim *simulator.Server, url string) (c client.OAuth) {
	for _, ready := range sim.Credentials(url) {
		if ready.Name == "oauth-cloud-integrated" {
			value, _ := ready.From["client_secret"].(string)
			c.ClientSecret = secret.New(value)
			c.ClientID, _ = ready.From["client_id"].(string)
		}
	}
	return c
}

// Says tells whether a text has a sentence, however it is broken into lines, and be it a line of its own or the end of one.
func Says(text, sentence string) bool {
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	return strings.Contains(plain(text), plain(strings.TrimSuffix(sentence, ".")))
}

// Wrong says what is not as it should be after the test; "" when everything is. text is what was said.
func (p Pending) Wrong(ctx context.Context, vault *credstore.Vault, text string) string {
	var wrong []string
	for _, sentence := range p.Said {
		if !Says(text, sentence) {
			wrong = append(wrong, fmt.Sprintf("%q is not said", sentence))
		}
	}
	if Says(text, "is now current") != p.Activated {
		wrong = append(wrong, fmt.Sprintf("said to be current, where activated is %v", p.Activated))
	}
	record, err := vault.Load(ctx, "acme")
	if err != nil {
		return err.Error()
	}
	if activated := record.Pending == nil; activated != p.Activated {
		wrong = append(wrong, fmt.Sprintf("activated: %v", activated))
	}
	if noted, unfinished := vault.Noted("acme"); unfinished == p.Activated || vault.Busy("acme") {
		wrong = append(wrong, fmt.Sprintf("the journal has %q, busy %v", noted.Phase, vault.Busy("acme")))
	}
	return strings.Join(wrong, "; ")
}
