package catalog

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
)

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
		"netskope":            {"netskope-cte-v2", "netskope-cte-v1", "netskope-cre-v2"},
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
		"unknown key":              `{"probes":[],"integrations":[],"more":1}`,
		"probe twice":              `{"probes":[{"id":"a.b"},{"id":"a.b"}]}`,
		"integration twice":        `{"integrations":[{"id":"a"},{"id":"a"}]}`,
		"probe that is not":        `{"integrations":[{"id":"a","calls":[{"probe":"x.y"}]}]}`,
		"stand-in that is not":     `{"integrations":[{"id":"a","calls":[{"stand_in":"x.y"}]}]}`,
		"feature that is not":      `{"integrations":[{"id":"a","calls":[{"feature":"x"}]}]}`,
		"field that is not":        `{"integrations":[{"id":"a","features":[{"id":"x","field":"y"}]}]}`,
		"wrong type":               `{"probes":{}}`,
		"unknown key, nested":      `{"integrations":[{"id":"a","colour":"red"}]}`,
		"body that is not JSON":    `{"probes":[{"id":"a.b","body":}]}`,
		"the same in another file": `{"integrations":[{"id":"a"}]}`,
	} {
		texts := [][]byte{[]byte(text)}
		if name == "the same in another file" {
			texts = append(texts, texts[0])
		}
		if _, err := parse(texts...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// The first use is within what a person does not notice; --version does not get here at all.
func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := parseAll(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlan(b *testing.B) {
	for b.Loop() {
		if _, err := Plan("elastic-mimecast-v2", client.API20, "example.com"); err != nil {
			b.Fatal(err)
		}
	}
}
