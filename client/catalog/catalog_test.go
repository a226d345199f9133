package catalog

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog/operation"
)

func TestProbesOnlyRead(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$`)
	used := map[string]bool{}
	for _, i := range Integrations() {
		for _, call := range i.Calls {
			used[call.Probe] = true
		}
	}
	for _, p := range load().Probes {
		path, _, _ := strings.Cut(p.Path, "?")
		found := false
		for _, api := range []string{"1.0", "2.0"} {
			op, ok := operation.Find(api, p.Method, path)
			found = found || ok
			if ok && !op.Read {
				t.Errorf("%s writes", p.ID)
			}
		}
		if !found {
			t.Errorf("%s: %s %s is no operation", p.ID, p.Method, path)
		}
		if !name.MatchString(p.ID) || p.Title == "" {
			t.Errorf("id %q, title %q", p.ID, p.Title)
		}
		if (p.Method == "GET") != (len(p.Body) == 0) {
			t.Errorf("%s: %s with body %q", p.ID, p.Method, p.Body)
		}
		if !used[p.ID] {
			t.Errorf("%s is used by nobody", p.ID)
		}
	}
}

func TestIntegrations(t *testing.T) {
	all := Integrations()
	for n, i := range all {
		t.Run(i.ID, func(t *testing.T) {
			if i.Name == "" || i.Confidence == "" || len(i.Sources) == 0 || len(i.Calls) == 0 || len(i.Fields) == 0 {
				t.Errorf("incomplete: %+v", i)
			}
			if i.API != client.API10 && i.API != client.API20 {
				t.Errorf("API %q", i.API)
			}
			if i.Generic != (n >= len(all)-2) {
				t.Error("the generic ones come last")
			}
			for _, call := range i.Calls {
				op, ok := operation.Find(string(i.API), call.Method, call.Path)
				if !ok {
					t.Errorf("%s %s is no operation of API %s", call.Method, call.Path, i.API)
				}
				if (call.Probe == "") != (call.Untested != "") {
					t.Errorf("%s: a probe or a reason for none", call.Path)
				}
				if p := load().probes[call.Probe]; call.Probe != "" {
					if path, _, _ := strings.Cut(p.Path, "?"); path != call.Path || p.Method != call.Method {
						t.Errorf("%s is tried by %s %s", call.Path, p.Method, p.Path)
					}
				}
				if !op.Read && call.Probe != "" {
					t.Errorf("%s writes", call.Path)
				}
			}
			checkFields(t, i)
		})
	}
}

// checkFields wants the credential's own values in the form, and nothing secret shown.
func checkFields(t *testing.T, i Integration) {
	t.Helper()
	known := strings.Fields("base_url client_id client_secret app_id app_key access_key secret_key internal_domain proxy " +
		"proxy_user proxy_password service_user_email service_user_password account_name label description " +
		"contact_email poll_interval initial_lookback verify_ssl option")
	var from []string
	for _, f := range i.Fields {
		from = append(from, f.From)
		if f.Key == "" || f.Label == "" || !slices.Contains(known, f.From) {
			t.Errorf("field %+v", f)
		}
		hidden := []string{"client_secret", "app_key", "access_key", "secret_key", "proxy_password", "service_user_password"}
		if f.Secret != slices.Contains(hidden, f.From) {
			t.Errorf("field %q: secret %v", f.Key, f.Secret)
		}
	}
	want := []string{"client_id", "client_secret"}
	if i.API == client.API10 {
		want = []string{"app_id", "app_key"}
	}
	for _, w := range want {
		if !slices.Contains(from, w) {
			t.Errorf("the form does not ask for %s", w)
		}
	}
}

func TestPlan(t *testing.T) {
	plan, err := Plan("axonius-mimecast-v2", client.API20, "example.com")
	if err != nil {
		t.Fatal(err)
	}
	if !plan.AccountOptional || plan.Domain != "example.com" || len(plan.Probes) != 3 {
		t.Fatalf("%+v", plan)
	}
	users := plan.Probes[0]
	if users.ID != "user.get-internal-users" || users.Title != "Internal users of example.com" || users.Optional ||
		users.Permission != "Directories | Internal | Read" || !slices.Equal(users.Products, []string{"userandgroupmanagement"}) ||
		string(users.Body) != `{"meta":{"pagination":{"pageSize":1}},"data":[{"domain":"{{domain}}"}]}` {
		t.Errorf("%+v %s", users, users.Body)
	}
	if campaigns := plan.Probes[2]; !campaigns.Optional || campaigns.Package != "Awareness Training [1078]" {
		t.Errorf("%+v", campaigns)
	}
	plan, err = Plan("jupiterone", client.API10, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range plan.Probes {
		if len(p.Products) > 0 || strings.Contains(p.Title, "{") {
			t.Errorf("%+v", p)
		}
	}
}

func TestPlanBelongsToTheCaller(t *testing.T) {
	first, err := Plan("axonius-mimecast-v2", client.API20, "")
	if err != nil {
		t.Fatal(err)
	}
	first.Probes[0].Body[0], first.Probes[0].Products[0] = 'x', "x"
	second, err := Plan("axonius-mimecast-v2", client.API20, "")
	if err != nil || second.Probes[0].Body[0] != '{' || second.Probes[0].Products[0] == "x" {
		t.Errorf("%v %+v", err, second.Probes[0])
	}
}

func TestPlanOfNoParticularProduct(t *testing.T) {
	for _, api := range []client.API{client.API10, client.API20} {
		plan, err := Plan("", api, "")
		if err != nil || plan.AccountOptional {
			t.Errorf("%s: %+v %v", api, plan, err)
		}
		if i, ok := Lookup(GenericID(api)); !ok || i.API != api {
			t.Errorf("%s: %+v", api, i)
		}
	}
}

func TestPlanErrors(t *testing.T) {
	for id, near := range map[string][]string{
		"axonius":             {"axonius-mimecast-v2", "axonius-mimecast-v1"},
		"axonius-mimecast-v3": {"axonius-mimecast-v2", "axonius-mimecast-v1"},
		"jupiter-one":         {"jupiterone"},
		"Scope":               {"pondurance-scope"},
		"scope":               {"pondurance-scope"},
		"netskope":            {"netskope-cte-v2", "netskope-cte-v1"},
		"qqqqqqqqqq":          nil,
	} {
		_, err := Plan(id, client.API20, "")
		unknown, ok := errors.AsType[*UnknownError](err)
		if !ok || !slices.Equal(unknown.Near, near) {
			t.Errorf("%s: %v", id, err)
			continue
		}
		if !strings.Contains(err.Error(), id) || len(near) > 0 && !strings.Contains(err.Error(), near[0]) {
			t.Error(err)
		}
	}
	if _, err := Plan("jupiterone", client.API20, ""); err == nil || !strings.Contains(err.Error(), "uses API 1.0") {
		t.Error(err)
	}
}

func TestNeeds(t *testing.T) {
	i, _ := Lookup("axonius-mimecast-v2")
	least := i.Needs(false)
	if !slices.Equal(least.Products, []string{"userandgroupmanagement"}) ||
		!slices.Equal(least.Permissions, []string{"Directories | Internal | Read"}) || least.Packages != nil {
		t.Errorf("%+v", least)
	}
	all := i.Needs(true)
	if !slices.Equal(all.Products, []string{"userandgroupmanagement", "cloudgateway", "awarenesstraining"}) ||
		!slices.Equal(all.Packages, []string{"Awareness Training [1078]"}) {
		t.Errorf("%+v", all)
	}
	if ProductTitle(all.Products[0]) != "User and Group Management" {
		t.Error(ProductTitle(all.Products[0]))
	}
	j, _ := Lookup("jupiterone")
	if n := j.Needs(true); len(n.Products) != 0 || !slices.Contains(n.Permissions, "Account | Dashboard | Read") {
		t.Errorf("%+v", n)
	}
}

func TestParseIsStrict(t *testing.T) {
	for name, text := range map[string]string{
		"unknown key":         `{"probes":[],"integrations":[],"more":1}`,
		"probe twice":         `{"probes":[{"id":"a.b"},{"id":"a.b"}]}`,
		"integration twice":   `{"integrations":[{"id":"a"},{"id":"a"}]}`,
		"probe that is not":   `{"integrations":[{"id":"a","calls":[{"probe":"x.y"}]}]}`,
		"wrong type":          `{"probes":{}}`,
		"unknown key, nested": `{"integrations":[{"id":"a","colour":"red"}]}`,
	} {
		if _, err := parse([]byte(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if !json.Valid(embedded) {
		t.Error("the catalogue is no JSON")
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := parse(embedded); err != nil {
			b.Fatal(err)
		}
	}
}
