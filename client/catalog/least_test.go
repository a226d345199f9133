package catalog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/client/simulator"
)

// bench is a simulator in which applications are made that have exactly what they are given.
type bench struct {
	running *simulator.Running
	client  *client.Client
}

// both is a tenant with both platforms, so that no check is left out for the platform's sake.
const both = "CUSA00B000"

func newBench(t *testing.T) bench {
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
	running.Server.AddTenant(simulator.Tenant{
		Code: both, Name: "Both", Region: "us", CloudGateway: true, CloudIntegrated: true,
		Domains: []string{"example.com"}, Addresses: []string{"user1@example.com"},
		Packages: []string{"Awareness Training [1078]", "BYO: Threat Intelligence [1089]"},
	})
	c, err := client.New(client.Endpoint{BaseURL: running.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return bench{running, c}
}

// check runs a plan with a credential that has the given products and permissions.
func (b bench) check(t *testing.T, plan client.Plan, api client.API, products, permissions []string) map[string]client.Result {
	t.Helper()
	results := map[string]client.Result{}
	for r := range b.client.Check(t.Context(), b.credential(api, products, permissions), plan) {
		results[r.ID] = r
	}
	if len(results) != len(plan.Steps()) {
		t.Errorf("%d results for %d steps", len(results), len(plan.Steps()))
	}
	for _, r := range b.running.Server.Requests() {
		if r.Write {
			t.Fatalf("%s %s writes", r.Method, r.Path)
		}
	}
	return results
}

func (b bench) credential(api client.API, products, permissions []string) client.Credential {
	var granted []string
	for _, p := range permissions {
		// Cloud Integrated names roles, any one of which is enough.
		if role, _, found := strings.Cut(p, " | "); found && strings.HasSuffix(role, "-admin") {
			p = role
		}
		granted = append(granted, p)
	}
	if api == client.API20 {
		a := b.running.Server.AddOAuth(simulator.OAuthApplication{Tenant: both, Products: products, Permissions: granted})
		return client.OAuth{ClientID: a.ClientID, ClientSecret: secret.New(a.ClientSecret)}
	}
	a := b.running.Server.AddLegacy(simulator.LegacyApplication{Tenant: both})
	b.running.Server.AddUser(simulator.User{Tenant: both, Email: "least@example.com", Permissions: granted})
	keys := b.running.Server.Bind(a.ApplicationID, "least@example.com", time.Time{})
	return client.Legacy{
		ApplicationID: a.ApplicationID, ApplicationKey: secret.New(a.ApplicationKey),
		AccessKey: secret.New(keys.AccessKey), SecretKey: secret.New(keys.SecretKey),
	}
}

// selections are the ways to choose an integration that are worth a walk: as it is, with everything it can do, and with
// each of its features alone.
func selections(i catalog.Integration) map[string]catalog.Selection {
	one := func(features map[string][]string) catalog.Selection {
		return catalog.Selection{Integrations: []string{i.ID}, Features: features, Domain: "example.com", API: i.API}
	}
	all := map[string]catalog.Selection{"defaults": one(nil)}
	if len(i.Features) == 0 {
		return all
	}
	var ids []string
	for _, f := range i.Features {
		ids = append(ids, f.ID)
		if i.Guide {
			all["only "+f.ID] = one(map[string][]string{i.ID: {f.ID}})
		}
	}
	all["everything"] = one(map[string][]string{i.ID: ids})
	all["nothing"] = one(map[string][]string{i.ID: {}})
	return all
}

// The least is enough, and nothing of it can be spared: without any one product or permission exactly the checks that need
// it fail, with the right kind and a fix that names it.
func TestLeast(t *testing.T) {
	t.Parallel()
	for _, i := range catalog.Integrations() {
		t.Run(i.ID, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			for name, s := range selections(i) {
				b.least(t, i.ID+", "+name, s)
			}
		})
	}
}

// Several integrations can share one application.
func TestLeastOfSeveral(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.least(t, "API 2.0", catalog.Selection{
		Integrations: []string{"axonius-mimecast-v2", "netskope-cte-v2", "pondurance-scope"}, Domain: "example.com",
	})
	b.least(t, "API 1.0", catalog.Selection{
		Integrations: []string{"jupiterone", "netskope-cte-v1", "axonius-mimecast-v1"}, Domain: "example.com",
	})
}

func (b bench) least(t *testing.T, name string, s catalog.Selection) {
	t.Helper()
	plan, least, err := catalog.PlanFor(s)
	if err != nil {
		t.Fatal(err)
	}
	needs, err := catalog.RequirementsFor(s)
	if err != nil {
		t.Fatal(err)
	}
	for id, r := range b.check(t, plan, needs.API, least.Products, least.Permissions) {
		spared := id == client.CheckAccount && plan.AccountOptional && r.State == client.Skipped && r.Kind != ""
		if r.State != client.Passed && !spared {
			t.Errorf("%s: %s: %s %s %s", name, id, r.State, r.Kind, r.Message)
		}
	}
	for n, p := range least.Products {
		results := b.check(t, plan, needs.API, without(least.Products, p), least.Permissions)
		hit := expect(t, name, plan, client.MissingProduct, p, catalog.ProductTitle(p), results,
			func(r client.Result) bool { return slices.Contains(r.Products, p) })
		if tried := needs.Products[n].Tried; tried != (hit > 0) {
			t.Errorf("%s: product %q: tried %v, and %d checks fail without it", name, p, tried, hit)
		}
	}
	for _, p := range least.Permissions {
		results := b.check(t, plan, needs.API, least.Products, without(least.Permissions, p))
		hit := expect(t, name, plan, client.MissingPermission, p, p, results,
			func(r client.Result) bool { return r.Permission == p })
		if tried := triedPermission(needs, p); tried != (hit > 0) {
			t.Errorf("%s: permission %q: tried %v, and %d checks fail without it", name, p, tried, hit)
		}
	}
}

// triedPermission tells whether the requirements promise a check for a permission.
func triedPermission(r catalog.Requirements, permission string) bool {
	n := slices.IndexFunc(r.Permissions, func(p catalog.NeededPermission) bool { return p.Permission == permission })
	return n < 0 || r.Permissions[n].Tried
}

// expect wants exactly the checks that needed what was taken away to fail, with the right kind and a fix that names it. It
// counts them.
func expect(t *testing.T, name string, plan client.Plan, kind client.Kind, lost, named string, results map[string]client.Result, needed func(client.Result) bool) int {
	t.Helper()
	hit := 0
	for id, r := range results {
		if id == client.CheckAccount && plan.AccountOptional {
			if needed(r) && r.State == client.Skipped && r.Kind == kind {
				hit++
			}
			continue
		}
		state := client.Failed
		if n := slices.IndexFunc(plan.Probes, func(p client.Probe) bool { return p.ID == id }); n >= 0 && plan.Probes[n].Optional {
			state = client.Warning
		}
		switch {
		case !needed(r) && r.State != client.Passed:
			t.Errorf("%s, without %q: %s is %s (%s)", name, lost, id, r.State, r.Kind)
		case needed(r) && (r.Kind != kind || r.State != state):
			t.Errorf("%s, without %q: %s is %s (%s), want %s (%s)", name, lost, id, r.State, r.Kind, state, kind)
		case needed(r) && !strings.Contains(r.Fix, named):
			t.Errorf("%s, without %q: %s: the fix does not name it: %q", name, lost, id, r.Fix)
		case needed(r):
			hit++
		}
	}
	return hit
}

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == one })
}
