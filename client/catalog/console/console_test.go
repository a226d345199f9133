package console

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
)

func requirements(t *testing.T, features map[string][]string, ids ...string) catalog.Requirements {
	t.Helper()
	r, err := catalog.RequirementsFor(catalog.Selection{Integrations: ids, Features: features})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func find(items []Item, id string) (Item, bool) {
	n := slices.IndexFunc(items, func(i Item) bool { return i.ID == id })
	if n < 0 {
		return Item{}, false
	}
	return items[n], true
}

// texts are the values of an item under a label.
func texts(i Item, label string) []string {
	var list []string
	for _, v := range i.Values {
		if v.Label == label {
			list = append(list, v.Text)
		}
	}
	return list
}

// Every integration has a whole walk-through in every variant.
func TestChecklistsOfAll(t *testing.T) {
	full := Facts{
		Profile: "acme", ServiceUser: "svc@example.com", SignIn: client.SignInDomain, ContactName: "Alex Example",
		ContactEmail: "team@example.com", Domain: "example.com", RegionCode: "eu",
	}
	for _, i := range catalog.Integrations() {
		r := requirements(t, nil, i.ID)
		for _, choice := range Variants(i.API) {
			for _, f := range []Facts{{}, full} {
				items := Checklist(i.API, choice.Variant, r, f)
				checkItems(t, i.ID+", "+string(choice.Variant), items)
				if choice.Variant == Renew {
					continue
				}
				role, ok := find(items, string(i.API)+"-role")
				if !ok {
					t.Fatalf("%s: no role", i.ID)
				}
				if choice.Variant != CloudIntegrated && len(texts(role, "Permission")) != len(r.Permissions) {
					t.Errorf("%s: the role has %q", i.ID, texts(role, "Permission"))
				}
				if i.API == client.API20 {
					products, _ := find(items, "2.0-products")
					if len(texts(products, "Products")) != len(r.Products) {
						t.Errorf("%s: products %v", i.ID, products.Values)
					}
				}
			}
		}
		checkItems(t, i.ID+", removal", Removal(i.API, r, full))
	}
}

func checkItems(t *testing.T, name string, items []Item) {
	t.Helper()
	if len(items) < 1 {
		t.Errorf("%s: %d items", name, len(items))
	}
	order := []Stage{Prepare, Application, Wait, Keys, After}
	seen, stage := map[string]bool{}, 0
	for _, i := range items {
		if i.ID == "" || i.Title == "" || i.Source == "" || seen[i.ID] || strings.HasSuffix(i.Title, ".") {
			t.Errorf("%s: %+v", name, i)
		}
		seen[i.ID] = true
		at := slices.Index(order, i.Stage)
		if at < stage {
			t.Errorf("%s: %s comes too late", name, i.ID)
		}
		stage = max(at, stage)
		if i.Reason != "" && !strings.HasSuffix(i.Reason, ".") && !strings.HasSuffix(i.Reason, "\".") {
			t.Errorf("%s: reason %q", name, i.Reason)
		}
		for _, v := range i.Values {
			if v.Kind == "" || v.Label == "" || v.Text == "" {
				t.Errorf("%s: %s: value %+v", name, i.ID, v)
			}
		}
		if strings.Contains(i.Path+strings.Join(i.Also, ""), "|") {
			t.Errorf("%s: %s: menu %q", name, i.ID, i.Path)
		}
	}
	if raw, err := json.Marshal(items); err != nil || strings.Contains(string(raw), `"":`) {
		t.Errorf("%s: %v %s", name, err, raw)
	}
}

// before wants two items in that order.
func before(t *testing.T, items []Item, first, second string) {
	t.Helper()
	at := func(id string) int { return slices.IndexFunc(items, func(i Item) bool { return i.ID == id }) }
	if at(first) < 0 || at(second) < 0 || at(first) > at(second) {
		t.Errorf("%s does not come before %s", first, second)
	}
}

func TestOrder10(t *testing.T) {
	items := Checklist(client.API10, New, requirements(t, nil, "netskope-cte-v1"), Facts{ServiceUser: "cte@example.com", RegionCode: "us"})
	order := []string{
		"1.0-region", "1.0-user", "1.0-role", "1.0-role-user", "1.0-group", "1.0-group-user", "1.0-ttl", "1.0-settings", "1.0-open",
		"1.0-details", "1.0-contact", "1.0-add", "1.0-ids", "1.0-wait", "1.0-sso", "1.0-keys-open", "1.0-keys-email", "1.0-keys-password",
		"1.0-keys-code", "1.0-keys-copy", "1.0-sso-on",
	}
	for n := range order[1:] {
		before(t, items, order[n], order[n+1])
	}
	wait, _ := find(items, "1.0-wait")
	if wait.Minutes != 30 || wait.Stage != Wait {
		t.Errorf("%+v", wait)
	}
	for id, want := range map[string]string{
		"1.0-user": "cte@example.com", "1.0-group-user": "cte@example.com", "1.0-keys-email": "cte@example.com", "1.0-contact": "cte@example.com",
		"1.0-ttl": "Never Expires", "1.0-details": "Enable Extended Session", "1.0-keys-password": "Cloud", "1.0-region": "us-api.mimecast.com",
	} {
		item, _ := find(items, id)
		if !slices.ContainsFunc(item.Values, func(v Value) bool { return v.Text == want }) {
			t.Errorf("%s: %v", id, item.Values)
		}
	}
	for _, id := range []string{"1.0-ttl", "1.0-details", "1.0-role-user", "1.0-keys-copy"} {
		if item, _ := find(items, id); !item.Confirm {
			t.Errorf("%s is not asked about", id)
		}
	}
	group, _ := find(items, "1.0-group")
	settings, _ := find(items, "1.0-settings")
	profile, _ := find(items, "1.0-ttl")
	if texts(group, "Edit group")[0] != texts(settings, "Group Lookup")[0] ||
		texts(profile, "Description")[0] != texts(settings, "Authentication Profile Lookup")[0] {
		t.Error("names that belong together differ")
	}
}

func TestVariants10(t *testing.T) {
	r := requirements(t, nil, "jupiterone")
	existing := Checklist(client.API10, Existing, r, Facts{Domain: "example.com", SignIn: client.SignInDomain})
	if _, there := find(existing, "1.0-open"); there {
		t.Error("an application that exists is made again")
	}
	before(t, existing, "1.0-role-user", "1.0-look-up")
	before(t, existing, "1.0-look-up", "1.0-keys-open")
	if item, _ := find(existing, "1.0-keys-password"); texts(item, "Type")[0] != "Domain" {
		t.Errorf("%+v", item)
	}
	if item, _ := find(existing, "1.0-user"); texts(item, "Email Address")[0] != "svc-api@example.com" {
		t.Errorf("%+v", item)
	}
	if got := Checklist(client.API10, Classic, r, Facts{}); len(got) != len(Checklist(client.API10, Existing, r, Facts{})) {
		t.Error("a variant of the other generation is not the usual one")
	}
	renew := Checklist(client.API10, Renew, r, Facts{})
	before(t, renew, "1.0-ttl", "1.0-keys-open")
	if len(renew) >= len(existing) {
		t.Error("renewing is no shorter")
	}
	if keys := Of(existing, Keys); len(keys) != 6 || keys[0].ID != "1.0-sso" {
		t.Errorf("%d keys", len(keys))
	}
}

func TestVariants20(t *testing.T) {
	r := requirements(t, nil, "pondurance-scope")
	facts := Facts{Profile: "acme", ContactName: "Alex Example", ContactEmail: "team@example.com"}
	classic := Checklist(client.API20, Classic, r, facts)
	for n, id := range []string{
		"2.0-administrator", "2.0-role", "2.0-open", "2.0-terms", "2.0-details", "2.0-products", "2.0-application-role",
		"2.0-notifications", "2.0-generate", "2.0-copy", "2.0-logging",
	} {
		if classic[n].ID != id {
			t.Errorf("%d: %s instead of %s", n, classic[n].ID, id)
		}
	}
	details, _ := find(classic, "2.0-details")
	if texts(details, "Application Name")[0] != "Pondurance Scope (acme)" || texts(details, "Category")[0] != "SIEM Integration" {
		t.Errorf("%+v", details.Values)
	}
	if item, _ := find(classic, "2.0-notifications"); len(item.Values) != 2 {
		t.Errorf("%+v", item.Values)
	}
	hub := Checklist(client.API20, Hub, r, facts)
	if _, there := find(hub, "2.0-terms"); there {
		t.Error("the hub has no terms to accept")
	}
	if open, _ := find(hub, "2.0-open"); !strings.HasSuffix(open.Path, "Configure New") {
		t.Errorf("%+v", open)
	}
	integrated := Checklist(client.API20, CloudIntegrated, requirements(t, map[string][]string{"api-2.0": {"cloud_integrated"}}, "api-2.0"), facts)
	if role, _ := find(integrated, "2.0-role"); texts(role, "Role")[0] != "Super Administrator or Full Administrator or Partner Administrator" {
		t.Errorf("%+v", role)
	}
	if item, _ := find(integrated, "2.0-generate"); item.Title != "Choose Save & Generate Keys" {
		t.Errorf("%+v", item)
	}
	licensed := Checklist(client.API20, Classic, requirements(t, nil, "axonius-mimecast-v2"), facts)
	if item, ok := find(licensed, "2.0-licence"); !ok || texts(item, "Package")[0] != "Awareness Training [1078]" {
		t.Errorf("%+v", item)
	}
	if _, there := find(licensed, "2.0-logging"); there {
		t.Error("Axonius reads no mail events")
	}
	plain := Checklist(client.API20, Classic, requirements(t, nil, "api-2.0"), Facts{})
	if item, _ := find(plain, "2.0-details"); texts(item, "Application Name")[0] != "API client" {
		t.Errorf("%+v", item)
	}
	renew := Checklist(client.API20, Renew, r, facts)
	if len(renew) != 3 || renew[2].ID != "2.0-copy" {
		t.Errorf("%+v", renew)
	}
}

func TestRemoval(t *testing.T) {
	items := Removal(client.API10, requirements(t, nil, "jupiterone"), Facts{ServiceUser: "svc@example.com"})
	if len(items) != 7 || items[2].Title != "JupiterOne: The trash can" || items[6].ID != "1.0-removal-user" {
		t.Errorf("%+v", items)
	}
	r := requirements(t, nil, "axonius-mimecast-v2")
	r.Integrations = append(r.Integrations, catalog.Chosen{ID: "gone"})
	if items := Removal(client.API20, r, Facts{}); len(items) != 1 || items[0].ID != "2.0-removal-application" {
		t.Errorf("%+v", items)
	}
}

func TestProgress(t *testing.T) {
	items := Checklist(client.API20, Classic, requirements(t, nil, "api-2.0"), Facts{})
	done, of := Progress(items, map[string]bool{"2.0-open": true, "1.0-user": true, "2.0-terms": true})
	if done != 2 || of != len(items) {
		t.Errorf("%d of %d", done, of)
	}
}

func TestShortNames(t *testing.T) {
	b := builder{}
	b.r.ApplicationName = "API client"
	if got := b.short("role"); got != "API client role" {
		t.Error(got)
	}
	if got := first(nil); got != "" {
		t.Error(got)
	}
}

// TestWhatIsEasilyMissedIsMarked: an item that says so of itself is marked, and one of each way through the console is.
func TestWhatIsEasilyMissedIsMarked(t *testing.T) {
	t.Parallel()
	for _, i := range catalog.Integrations() {
		r := requirements(t, nil, i.ID)
		for _, choice := range Variants(i.API) {
			marked := 0
			for _, item := range Checklist(i.API, choice.Variant, r, Facts{}) {
				if item.Confirm {
					marked++
				} else if strings.Contains(item.Reason, "easily missed") {
					t.Errorf("%s, %s: %s says that it is easily missed, and is not marked", i.ID, choice.Variant, item.ID)
				}
			}
			if marked == 0 {
				t.Errorf("%s, %s: nothing is marked", i.ID, choice.Variant)
			}
		}
	}
}
