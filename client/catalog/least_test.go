package catalog_test

import (
	"slices"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/client/simulator"
)

// bench is a simulator with one application that has exactly what an integration needs.
type bench struct {
	running *simulator.Running
	client  *client.Client
	i       catalog.Integration
}

func newBench(t *testing.T, i catalog.Integration) bench {
	t.Helper()
	running, err := simulator.Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := client.New(client.Endpoint{BaseURL: running.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return bench{running, c, i}
}

// check runs the integration's plan with a credential that has the given products and permissions.
func (b bench) check(t *testing.T, products, permissions []string) map[string]client.Result {
	t.Helper()
	plan, err := catalog.Plan(b.i.ID, b.i.API, "example.com")
	if err != nil {
		t.Fatal(err)
	}
	results := map[string]client.Result{}
	for r := range b.client.Check(t.Context(), b.credential(products, permissions), plan) {
		results[r.ID] = r
	}
	if len(results) != len(plan.Steps()) {
		t.Errorf("%d results for %d steps", len(results), len(plan.Steps()))
	}
	for _, r := range b.running.Server.Requests() {
		if r.Write {
			t.Errorf("%s %s writes", r.Method, r.Path)
		}
	}
	return results
}

func (b bench) credential(products, permissions []string) client.Credential {
	if b.i.API == client.API20 {
		a := b.running.Server.AddOAuth(simulator.OAuthApplication{Products: products, Permissions: permissions})
		return client.OAuth{ClientID: a.ClientID, ClientSecret: secret.New(a.ClientSecret)}
	}
	a := b.running.Server.AddLegacy(simulator.LegacyApplication{})
	b.running.Server.AddUser(simulator.User{Email: "least@example.com", Permissions: permissions})
	keys := b.running.Server.Bind(a.ApplicationID, "least@example.com", time.Time{})
	return client.Legacy{
		ApplicationID: a.ApplicationID, ApplicationKey: secret.New(a.ApplicationKey),
		AccessKey: secret.New(keys.AccessKey), SecretKey: secret.New(keys.SecretKey),
	}
}

// accountWanted tells whether a failure of the check "account" counts.
func (b bench) accountWanted() bool { return !b.i.AccountOptional }

// The least is enough, and nothing of it can be spared.
func TestLeast(t *testing.T) {
	for _, i := range catalog.Integrations() {
		t.Run(i.ID, func(t *testing.T) {
			b := newBench(t, i)
			least := i.Needs(true)
			for id, r := range b.check(t, least.Products, least.Permissions) {
				if r.State != client.Passed && (id != client.CheckAccount || b.accountWanted()) {
					t.Errorf("%s: %s %s %s", id, r.State, r.Kind, r.Message)
				}
			}
			for _, p := range least.Products {
				b.expect(t, client.MissingProduct, p, b.check(t, without(least.Products, p), least.Permissions),
					func(r client.Result) bool { return slices.Contains(r.Products, p) })
			}
			for _, p := range least.Permissions {
				b.expect(t, client.MissingPermission, p, b.check(t, least.Products, without(least.Permissions, p)),
					func(r client.Result) bool { return r.Permission == p })
			}
		})
	}
}

// expect wants exactly the checks that needed what was taken away to fail, with the right kind.
func (b bench) expect(t *testing.T, kind client.Kind, lost string, results map[string]client.Result, needed func(client.Result) bool) {
	t.Helper()
	for id, r := range results {
		if id == client.CheckAccount && !b.accountWanted() {
			continue
		}
		switch {
		case !needed(r) && r.State != client.Passed:
			t.Errorf("without %q: %s is %s (%s)", lost, id, r.State, r.Kind)
		case needed(r) && (r.Kind != kind || r.State == client.Passed || r.Fix == ""):
			t.Errorf("without %q: %s is %s (%s), fix %q", lost, id, r.State, r.Kind, r.Fix)
		}
	}
}

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == one })
}
