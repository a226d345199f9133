// Package steptest has values for every question of the steps, so that screens, line mode and --from files can be held to the
// same verdicts.
package steptest

import (
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// Case is one value that is given to one question.
type Case struct {
	// ID is the question's, Make makes the form it is in, and Answers are what it is asked after.
	ID      string
	Make    step.Make
	Answers flow.Answers
	// Typed is what is typed or given, one line.
	Typed string
	// File is set when a --from file has a key for it.
	File bool
}

// Env is an environment that nothing can be done in.
func Env() step.Env {
	return step.Env{
		Service: lifecycle.Service{
			Now: func() time.Time { return time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC) }, Plan: lifecycle.PlanOf,
		},
		Stores: []step.StoreChoice{
			{Kind: "keyring", Title: "OS keyring"}, {Kind: "file", Title: "A file", Problem: "It is not there.", Fix: "Make it."}, {Kind: "memory", Title: "This session only"},
		},
		EnvironmentProxy: func(string) string { return "" },
	}
}

// Cases are values for every question of step.All: good ones, and those that people give by mistake.
func Cases() []Case {
	new20 := flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, BaseURL: "https://api.services.mimecast.com", Region: "global"}}
	new10 := flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API10, BaseURL: "https://us-api.mimecast.com", Region: "us"}}
	axonius, proxied, console, create := new20, new20, new10, new10
	axonius.Integration = "axonius-mimecast-v2"
	proxied.Proxy = client.Proxy{URL: "http://proxy.example.com:3128", Username: "jo"}
	console.KeysWay, create.KeysWay = flow.FromConsole, flow.CreateHere
	find := new10
	find.BaseURL, find.Region = client.DiscoveryURL, ""
	rotating := new10
	rotating.Purpose, rotating.Replaced = lifecycle.Rotating, lifecycle.Replaced{ID: "1", Credential: client.Legacy{ApplicationID: "id", AccessKey: secret.New("ak")}}
	edit := axonius
	edit.Purpose, edit.ClientID, edit.ClientSecret, edit.RotateAfter = lifecycle.Changing, "id", secret.New("secret"), credstore.Day

	var cases []Case
	add := func(build step.Make, id string, a flow.Answers, file bool, typed ...string) {
		for _, text := range typed {
			cases = append(cases, Case{ID: id, Make: build, Answers: a, Typed: text, File: file})
		}
	}
	uuid, long := "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "Zx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9k"
	ids := []string{"abc", `"abc"`, "a b c", uuid, "Client ID: abc", "Client Secret: " + long, "access_key=" + long, "'", "\u200babc", "A00 000000000000:"}
	addresses := []string{"svc@example.com", " svc@example.com ", "svc", "Svc <svc@example.com>", "a@b.com, svc@example.com", "svc@example", "svc@exämple.com", "secret_key=" + long}
	domains := []string{"example.com", "example", "svc@example.com", "https://example.com", "a b.com", "example.com.", "secret_key=" + long}
	add(step.ProfileForm, "profile", new20, true, "acme", "a/b", "con", "-a", "a b", "a.b_c-d", "ä", "the client secret: "+long)
	add(step.ProfileForm, "store", new20, false, "keyring", "file", "memory", "vault")
	add(step.ProductForm, "integration", new20, true, "axonius-mimecast-v2", "none", "no-such-product", "jupiterone", "client_secret="+long)
	add(step.ProductForm, "features", axonius, true, "")
	add(step.ProductForm, "also", axonius, true, "")
	add(step.APIForm, "api", flow.Answers{}, true, "2.0", "1.0", "3.0")
	add(step.APIForm, "api", axonius, false, "2.0", "1.0")
	add(step.APIForm, "application", new10, false, "exists", "create-1.0", "maybe")
	add(step.RegionForm, "region", new10, false, "https://eu-api.mimecast.com", "find")
	add(step.RegionForm, client.FieldApplicationID, find, false, uuid)
	add(step.RegionForm, "email", find, false, addresses...)
	add(step.ConnectionForm, "connection", new20, false, "direct", "settings", "socks")
	add(step.ConnectionForm, "proxy.url", proxied, true, "http://proxy:3128", "proxy:3128", "http://proxy:3128/pac", "socks5://proxy:1", "http://", "http://jo:pw@proxy:3128", "http://proxy:3128 "+long)
	add(step.ConnectionForm, "proxy.username", proxied, true, "jo", "jo:x", "DOMAIN\\jo")
	add(step.ConnectionForm, "proxy.password", proxied, true, "pass word", " x ")
	add(step.ConnectionForm, "ca_file", proxied, true, "/etc/ssl/corp.pem", " corp.pem ")
	add(step.ApplicationForm, client.FieldClientID, new20, true, append(ids, long)...)
	add(step.ApplicationForm, client.FieldClientSecret, new20, true, append(ids, long)...)
	add(step.ApplicationForm, client.FieldApplicationID, new10, true, ids...)
	add(step.ApplicationForm, client.FieldApplicationKey, new10, true, ids...)
	add(step.ApplicationForm, "internal_domain", axonius, true, domains...)
	add(step.KeysForm, "keys", new10, false, "create", "console", "neither")
	add(step.KeysForm, step.KeyEmail, create, true, addresses...)
	add(step.KeysForm, step.KeyType, create, true, "cloud", "domain", "saml")
	add(step.KeysForm, step.KeyPassword, create, true, "p", "two words ")
	add(step.KeysForm, client.FieldAccessKey, console, true, ids...)
	add(step.KeysForm, client.FieldSecretKey, console, true, ids...)
	add(step.EditForm, "internal_domain", edit, true, domains...)
	add(step.EditForm, "rotate_after", edit, true, "90d", "12w", "never", "0", "soon", "-1d", "60", "9999999999w", "90d access_key="+long)
	add(step.EditForm, "then", edit, false, "save", "Region", "nothing")
	add(step.RotateForm, "way", rotating, false, "new-keys", "renew", "regenerate")
	add(step.RetireForm, "retire", rotating, false, string(lifecycle.Kept), string(lifecycle.LoggedOut), "burn")
	return append(cases, others(cases, long)...)
}

// others are values for the questions that the table does not name: a new question is held to the contract from its first day.
func others(cases []Case, secretLooking string) []Case {
	named, env := map[string]bool{}, Env()
	for _, c := range cases {
		named[c.ID] = true
	}
	var more []Case
	for _, build := range step.All() {
		for _, c := range cases {
			for _, q := range build(env, c.Answers).Questions {
				if named[q.ID] {
					continue
				}
				named[q.ID] = true
				typed := []string{"abc", " abc ", "a b", "secret_key=" + secretLooking}
				for _, o := range q.Options {
					typed = append(typed, o.ID)
				}
				for _, text := range typed {
					more = append(more, Case{ID: q.ID, Make: build, Answers: c.Answers, Typed: text})
				}
			}
		}
	}
	return more
}

// Judged is what the question says of the value, and what the answers have of it afterwards.
func (c Case) Judged(env step.Env) (step.Question, step.Verdict, step.Value) {
	q, ok := c.Make(env, c.Answers).Find(c.ID)
	if !ok {
		panic("no question " + c.ID)
	}
	a := c.Answers
	v := q.Typed(c.Typed)
	if q.Kind == step.Several {
		v = q.Value
	}
	verdict := q.Answer(&a, v)
	return q, verdict, c.Has(env, a)
}

// Has is what answers have for the question.
func (c Case) Has(env step.Env, a flow.Answers) step.Value {
	q, _ := c.Make(env, a).Find(c.ID)
	return q.Value
}
