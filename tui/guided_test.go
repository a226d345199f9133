package tui

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/simulator"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// The stretches that the journeys of the vendors' guides have in common: a tenant that has what a plan asks for and nothing
// else, the way through every step up to the check, and the product's form.

const (
	guidedTenant   = "CUSA00L000"
	guidedName     = "Least Corp"
	guidedDomain   = "least.example"
	guidedUser     = "svc-api@least.example"
	guidedPassword = "Made-up-password-of-the-least"
	guidedProfile  = "acme"
)

// guided is one of the systems that a vendor's guide is for, and how its keys come to be.
type guided struct {
	id string
	// fresh makes the application of API 1.0 during the set-up, with the wait that follows; created makes its keys by signing
	// in, with a one-time code when code is set. Otherwise they are pasted.
	fresh, created, code bool
	// everything switches every feature on; otherwise those are on that are on by default.
	everything bool
}

func (g guided) name() string {
	if g.everything {
		return g.id + " with everything"
	}
	return g.id
}

func (g guided) selection() catalog.Selection {
	return catalog.Selection{Integrations: []string{g.id}, Domain: guidedDomain, Features: g.features()}
}

// features are those that are chosen; nil for the defaults.
func (g guided) features() map[string][]string {
	if !g.everything {
		return nil
	}
	var ids []string
	if i, ok := catalog.Lookup(g.id); ok {
		for _, f := range i.Features {
			ids = append(ids, f.ID)
		}
	}
	return map[string][]string{g.id: ids}
}

// guidedSystems are the systems of the four guides. Every way to keys is walked by one of them.
func guidedSystems() []guided {
	return []guided{
		{id: "netskope-cte-v2"},
		{id: "netskope-cte-v2", everything: true},
		{id: "netskope-cte-v1", fresh: true, created: true, code: true},
		{id: "netskope-cte-v1", everything: true},
		{id: "jupiterone"},
		{id: "axonius-mimecast-v2"},
		{id: "axonius-mimecast-v1", created: true}, // its form takes no user with a second factor
		{id: "pondurance-scope"},
	}
}

// grant is what an application, its role and its account have.
type grant struct{ products, permissions, packages []string }

// least is exactly what the plan of a system asks for.
func (g guided) least(t *testing.T) (grant, catalog.Requirements) {
	t.Helper()
	r, err := catalog.RequirementsFor(g.selection())
	if err != nil {
		t.Fatal(err)
	}
	var has grant
	for _, p := range r.Products {
		has.products = append(has.products, p.ID)
	}
	for _, p := range r.Permissions {
		has.permissions = append(has.permissions, p.Permission)
	}
	for _, p := range r.Packages {
		has.packages = append(has.packages, p.Package)
	}
	return has, r
}

// plan are the checks of a system.
func (g guided) plan(t *testing.T) client.Plan {
	t.Helper()
	plan, _, err := catalog.PlanFor(g.selection())
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// but is the same without one product, permission or package.
func (g grant) but(one string) grant {
	rest := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == one })
	}
	return grant{rest(g.products), rest(g.permissions), rest(g.packages)}
}

// guide is a journey through one system's set-up.
type guide struct {
	*wizard
	guided
	integration catalog.Integration
	board       *pasteboard
	oauth       simulator.OAuthApplication
	legacy      simulator.LegacyApplication
	keys        simulator.Binding
	// reads is set when everything that the steps say is read on the way.
	reads bool
}

// follow opens the wizard beside a tenant that has g and nothing else.
func follow(t *testing.T, system guided, g grant) *guide {
	t.Helper()
	integration, ok := catalog.Lookup(system.id)
	if !ok {
		t.Fatalf("no integration %q", system.id)
	}
	j := &guide{guided: system, integration: integration, board: &pasteboard{}}
	j.wizard = start(t, setting{width: 160, height: 40, answers: flow.Answers{Change: lifecycle.Change{Name: guidedProfile}}, change: func(env *screen.Env) {
		env.Clipboard, env.Tick = screen.NewClipboard(clipboard.Of(j.board, nil)), still
	}})
	j.sim.AddTenant(simulator.Tenant{
		Code: guidedTenant, Name: guidedName, Region: "us", CloudGateway: true,
		Domains: []string{guidedDomain}, Addresses: []string{guidedUser}, Packages: append([]string{"Mimecast Platform [1033]"}, g.packages...), // every account has the first
	})
	if integration.API == client.API20 {
		j.oauth = j.sim.AddOAuth(simulator.OAuthApplication{Tenant: guidedTenant, Products: g.products, Permissions: g.permissions})
		j.secrets = append(j.secrets, j.oauth.ClientSecret)
		return j
	}
	application := simulator.LegacyApplication{Tenant: guidedTenant}
	if system.fresh {
		application.Created = j.clock.Now()
	}
	j.legacy = j.sim.AddLegacy(application)
	j.sim.AddUser(simulator.User{
		Tenant: guidedTenant, Email: guidedUser, Password: guidedPassword, Types: []string{"cloud"}, TwoStep: system.code,
		Permissions: g.permissions,
	})
	j.secrets = append(j.secrets, j.legacy.ApplicationKey, guidedPassword)
	return j
}

// toCheck goes from the first step to the end of the checks, in the order of the steps.
func (j *guide) toCheck() *guide {
	j.t.Helper()
	j.At(flow.Integration).Type(j.id).See(j.integration.Name).Press("ctrl+o") // its plan, also where there is nothing to decide
	j.choose()
	if j.integration.API == client.API10 {
		if j.At(flow.API); j.fresh {
			j.Press("down", "down", "down")
		}
		j.Press("enter")
	}
	j.until("the next step", func() bool { return j.app.step > flow.API })
	if j.app.step == flow.Region {
		j.pasteRegion()
	}
	j.console()
	j.application()
	if j.integration.API == client.API10 {
		j.access()
	}
	j.At(flow.Check)
	j.until("the end of the checks", func() bool {
		keys := j.app.screen.Keys()
		return len(keys) > 0 && keys[0].Help().Key != "esc"
	})
	return j
}

// choose ticks the features, and reads what they need.
func (j *guide) choose() {
	j.t.Helper()
	if j.integration.Successor != "" {
		j.Press("enter") // the older one, as chosen
	}
	j.Press("home")
	for _, f := range j.integration.Features {
		if j.everything && !f.Default {
			j.Press("space")
		} else {
			j.Press("down")
		}
	}
	_, needs := j.least(j.t)
	if j.reads {
		for _, words := range named(needs) {
			j.See(words)
		}
		for _, l := range needs.Limits {
			j.See(l.Text)
		}
		j.Press("n")
		for _, n := range needs.GuideNotes {
			j.See(n.Text)
		}
	}
	j.Press("enter")
}

// named is what a plan names: products, permissions and packages.
func named(needs catalog.Requirements) []string {
	var all []string
	for _, p := range needs.Products {
		all = append(all, p.Title)
	}
	for _, p := range needs.Permissions {
		all = append(all, p.Permission)
	}
	for _, p := range needs.Packages {
		all = append(all, p.Package)
	}
	return all
}

// console reads the whole walk-through: it names everything that the plan asks for.
func (j *guide) console() {
	j.t.Helper()
	j.At(flow.Console)
	if j.reads {
		var text strings.Builder
		for range 80 { // more than any walk-through has lines to stop at
			text.WriteString(j.Body() + "\n")
			j.Press("down")
		}
		_, needs := j.least(j.t)
		for _, words := range named(needs) {
			if !strings.Contains(text.String(), words) {
				j.t.Errorf("the walk-through does not name %q", words)
			}
		}
	}
	j.Press("enter")
}

// application pastes what the console showed, line breaks and all, and the internal domain where one is asked for.
func (j *guide) application() {
	j.t.Helper()
	id, secret := j.oauth.ClientID, j.oauth.ClientSecret
	if j.integration.API == client.API10 {
		id, secret = j.legacy.ApplicationID, j.legacy.ApplicationKey
	}
	j.At(flow.Application).Paste(id).Press("tab").Paste(secret + "\r\n").See("1 line break removed").Press("enter")
	if j.app.step == flow.Application {
		j.See("Internal domain").Type(guidedDomain).Press("enter")
	}
}

// access brings the keys of API 1.0 about.
func (j *guide) access() {
	j.t.Helper()
	if j.fresh {
		j.At(flow.Wait).See("left, until").Press("enter").See("Not yet.")
		j.clock.add(flow.KeysAfter)
		j.Press("enter")
	}
	if !j.created {
		j.keys = j.sim.Bind(j.legacy.ApplicationID, guidedUser, j.clock.Now().AddDate(1, 0, 0))
		j.secrets = append(j.secrets, j.keys.AccessKey, j.keys.SecretKey)
		j.At(flow.Keys).Press("down", "enter").See("Access Key")
		j.Paste(j.keys.AccessKey).Press("tab").Paste(j.keys.SecretKey + "\n").Press("enter")
		return
	}
	j.signIn(guidedUser, guidedPassword)
	if j.code {
		j.See("One-time code").Type(j.sim.Code(guidedUser)).Press("enter")
	}
	j.At(flow.Check)
	a := j.Answers()
	j.keys = simulator.Binding{AccessKey: a.AccessKey.Reveal(), SecretKey: a.SecretKey.Reveal()}
	if j.keys.AccessKey == "" || j.keys.SecretKey == "" || j.sim.Keys(guidedUser) != 1 {
		j.t.Fatalf("%d keys were made at Mimecast", j.sim.Keys(guidedUser))
	}
}

// results are those of the checks, by their ids.
func (j *guide) results() map[string]client.Result {
	results := map[string]client.Result{}
	for _, r := range j.Answers().Results {
		results[r.ID] = r
	}
	return results
}

// value is what belongs into a field of the product's form, and whether it is pasted there; what the form offers is chosen.
// Both are empty for what the product's user decides.
func (j *guide) value(f catalog.Field) (text string, pasted bool) {
	known := map[string]string{
		catalog.FromBaseURL: j.Answers().BaseURL, catalog.FromInternalDomain: guidedDomain, catalog.FromLabel: guidedProfile,
		catalog.FromClientID: j.oauth.ClientID, catalog.FromClientSecret: j.oauth.ClientSecret,
		catalog.FromApplicationID: j.legacy.ApplicationID, catalog.FromApplicationKey: j.legacy.ApplicationKey,
		catalog.FromAccessKey: j.keys.AccessKey, catalog.FromSecretKey: j.keys.SecretKey,
		catalog.FromAccountName: guidedName,
		catalog.FromDescription: "Mimecast API " + string(j.integration.API) + " (mimecred profile " + guidedProfile + ")",
	}
	if j.created {
		known[catalog.FromServiceUser] = guidedUser
	}
	if text := known[f.From]; text != "" {
		return text, true
	}
	var on []string
	for _, feature := range j.integration.Features {
		if feature.Field == f.Key && (feature.Default || j.everything) {
			on = append(on, feature.Choice)
		}
	}
	switch {
	case f.From == catalog.FromVerifySSL, len(on) == 1 && on[0] == "":
		return "on", false
	case len(on) > 0:
		return strings.Join(on, ", "), false
	default:
		return f.Default, f.Default != "" && len(f.Choices) == 0
	}
}

// selected asserts which row of a list the cursor is on.
func (w *wizard) selected(label string) *wizard {
	w.t.Helper()
	g := w.app.env.Theme.Glyphs
	if row := g.Selected + " " + g.Unticked + " " + label; !strings.Contains(w.Body(), row) {
		w.t.Fatalf("the cursor is not on %q:\n%s", label, w.Frame())
	}
	return w
}

// pasteboard is a native clipboard that remembers everything that was copied.
type pasteboard struct {
	mu     sync.Mutex
	copied []string
}

// Write implements clipboard.Holder.
func (b *pasteboard) Write(_ context.Context, text string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.copied = append(b.copied, text)
	return nil
}

// Read implements clipboard.Holder.
func (b *pasteboard) Read(context.Context) (string, error) { return b.last(), nil }

func (b *pasteboard) last() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.copied) == 0 {
		return ""
	}
	return b.copied[len(b.copied)-1]
}

func (b *pasteboard) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.copied)
}
