package step_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// product answers the question for a product with an ID.
func product(t *testing.T, a flow.Answers, id string) flow.Answers {
	t.Helper()
	if err := ask(t, step.ProductForm, steptest.Env(), a, "integration").Answer(&a, step.Value{Text: id}).Err; err != nil {
		t.Fatal(err)
	}
	return a
}

// TestChoosingAProduct: it brings its API; what else shares the application stays while the API does.
func TestChoosingAProduct(t *testing.T) {
	for _, c := range []struct {
		name, before string
		also         []string
		api          client.API
		choice       string
		integration  string
		wantAlso     []string
		wantAPI      client.API
	}{
		{"the first", "", nil, client.API20, "jupiterone", "jupiterone", nil, client.API10},
		{"none", "jupiterone", []string{"go-mimecast"}, client.API10, step.NoProduct, "", nil, client.API10},
		{"another of its API", "jupiterone", []string{"go-mimecast"}, client.API10, "timetoreply-mimecast", "timetoreply-mimecast", []string{"go-mimecast"}, client.API10},
		{"one that shares it", "jupiterone", []string{"go-mimecast", "timetoreply-mimecast"}, client.API10, "go-mimecast", "go-mimecast", []string{"timetoreply-mimecast"}, client.API10},
		{"the same", "jupiterone", []string{"go-mimecast"}, client.API10, "jupiterone", "jupiterone", []string{"go-mimecast"}, client.API10},
		{"of the other API", "jupiterone", []string{"go-mimecast"}, client.API10, "axonius-mimecast-v2", "axonius-mimecast-v2", nil, client.API20},
		{"by its name in the catalogue", "", nil, client.API10, "api-2.0", "api-2.0", nil, client.API20},
	} {
		a := flow.Answers{Change: lifecycle.Change{Integration: c.before, Also: c.also, API: c.api, Features: map[string][]string{"x": nil}}}
		shared := slices.Clone(c.also)
		a = product(t, a, c.choice)
		if a.Integration != c.integration || a.API != c.wantAPI || !slices.Equal(a.Also, c.wantAlso) || (a.Features == nil) != (c.choice == step.NoProduct) {
			t.Errorf("%s: %+v", c.name, a.Change)
		}
		if !slices.Equal(c.also, shared) {
			t.Errorf("%s: the answers before were changed to %v", c.name, c.also)
		}
	}
}

// TestRowsOfProducts: those of both APIs in a set-up, of one for a credential that exists, and none that stands for no product.
func TestRowsOfProducts(t *testing.T) {
	for _, c := range []struct {
		purpose lifecycle.Purpose
		both    bool
	}{{lifecycle.SettingUp, true}, {lifecycle.Changing, false}} {
		a := api20()
		a.Purpose = c.purpose
		q := ask(t, step.ProductForm, steptest.Env(), a, "integration")
		_, legacy := q.Option("jupiterone")
		axonius, current := q.Option("axonius-mimecast-v2")
		_, generic := q.Option("api-2.0")
		if legacy != c.both || !current || generic {
			t.Errorf("%v: 1.0 %v, 2.0 %v, generic %v", c.purpose, legacy, current, generic)
		}
		if axonius.Aside != "API 2.0, current (Axonius 6.1 and later)" || !slices.Equal(axonius.Words, []string{"Axonius"}) {
			t.Errorf("%+v", axonius)
		}
		if first := q.Options[0]; first.ID != step.NoProduct || !first.Always || q.Value.Text != step.NoProduct {
			t.Errorf("the first is %s, now %s", first.ID, q.Value.Text)
		}
	}
	a := api20()
	a.Integration = "axonius-mimecast-v2"
	if now := ask(t, step.ProductForm, steptest.Env(), a, "integration").Value.Text; now != "axonius-mimecast-v2" {
		t.Errorf("now %s", now)
	}
}

// TestAnExistingCredentialKeepsItsAPI: a product of the other one cannot be chosen for it.
func TestAnExistingCredentialKeepsItsAPI(t *testing.T) {
	a := api20()
	a.Purpose = lifecycle.Changing
	err := ask(t, step.ProductForm, steptest.Env(), a, "integration").Answer(&a, step.Value{Text: "jupiterone"}).Err
	if err == nil || a.API != client.API20 || a.Integration != "" {
		t.Errorf("%s of API %s: %v", a.Integration, a.API, err)
	}
}

// TestWhatAProductAsksFor: its features where it has any, and who else shares the application.
func TestWhatAProductAsksFor(t *testing.T) {
	for id, want := range map[string]string{
		"": "integration", "axonius-mimecast-v2": "integration features also", "pondurance-scope": "integration also",
	} {
		a := api20()
		a.Integration = id
		if got := order(step.ProductForm(steptest.Env(), a)); got != want {
			t.Errorf("%s: %q", id, got)
		}
	}
	a := api20()
	a.Integration = "axonius-mimecast-v2"
	q := ask(t, step.ProductForm, steptest.Env(), a, "also")
	_, own := q.Option("axonius-mimecast-v2")
	_, other := q.Option("jupiterone")
	_, same := q.Option("elastic-mimecast-v2")
	if own || other || !same {
		t.Errorf("itself %v, of the other API %v, of the same %v", own, other, same)
	}
	shared := []string{"elastic-mimecast-v2"}
	if err := q.Answer(&a, step.Value{Many: shared}).Err; err != nil || !slices.Equal(a.Also, shared) {
		t.Errorf("%v: %v", a.Also, err)
	}
	if err := q.Answer(&a, step.Value{Many: []string{"jupiterone"}}).Err; err == nil || !slices.Equal(a.Also, shared) ||
		err.Error() != `there is no integration "jupiterone" of API 2.0 that could share the application` {
		t.Errorf("%v: %v", a.Also, err)
	}
	if now := ask(t, step.ProductForm, steptest.Env(), a, "also").Value.Many; !slices.Equal(now, shared) {
		t.Errorf("now %v", now)
	}
}

// TestFeatures: the default is no answer of its own until it was touched, and each product has its own.
func TestFeatures(t *testing.T) {
	const both = "campaign_users messages_from"
	for _, c := range []struct {
		name   string
		before map[string][]string
		also   []string
		choice string
		want   map[string][]string
		now    string
	}{
		{"the default", nil, nil, "axonius-mimecast-v2:campaign_users axonius-mimecast-v2:messages_from", nil, both},
		{"one of them", nil, nil, "axonius-mimecast-v2:campaign_users", map[string][]string{"axonius-mimecast-v2": {"campaign_users"}}, "campaign_users"},
		{"by its own name", nil, nil, "campaign_users", map[string][]string{"axonius-mimecast-v2": {"campaign_users"}}, "campaign_users"},
		{"none", nil, nil, "", map[string][]string{"axonius-mimecast-v2": {}}, ""},
		{
			"the default once more",
			map[string][]string{"axonius-mimecast-v2": {}},
			nil, both,
			map[string][]string{"axonius-mimecast-v2": {"campaign_users", "messages_from"}},
			both,
		},
		{
			"of a product that has none any more",
			map[string][]string{"pondurance-scope": {"old"}},
			[]string{"pondurance-scope"},
			both, nil, both,
		},
		{
			"of two", nil,
			[]string{"pondurance-scope", "trend-vision-one-forwarder"},
			"messages_from trend-vision-one-forwarder:audit",
			map[string][]string{"axonius-mimecast-v2": {"messages_from"}, "trend-vision-one-forwarder": {"audit"}},
			"messages_from audit",
		},
		{
			"none of two", nil,
			[]string{"pondurance-scope", "trend-vision-one-forwarder"},
			"",
			map[string][]string{"axonius-mimecast-v2": {}},
			"",
		},
	} {
		a := api20()
		a.Integration, a.Also, a.Features = "axonius-mimecast-v2", c.also, c.before
		q := ask(t, step.ProductForm, steptest.Env(), a, "features")
		given := strings.Fields(c.choice)
		if err := q.Answer(&a, step.Value{Many: given}).Err; err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !maps.EqualFunc(a.Features, c.want, slices.Equal) || (a.Features == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", c.name, a.Features, c.want)
		}
		if !slices.Equal(given, strings.Fields(c.choice)) {
			t.Errorf("%s: what was given was changed to %v", c.name, given)
		}
		var now []string
		for _, id := range ask(t, step.ProductForm, steptest.Env(), a, "features").Value.Many {
			_, feature, _ := strings.Cut(id, ":")
			now = append(now, feature)
		}
		if got := strings.Join(now, " "); got != c.now {
			t.Errorf("%s: now %q", c.name, got)
		}
	}
	a := api20()
	a.Integration = "axonius-mimecast-v2"
	q := ask(t, step.ProductForm, steptest.Env(), a, "features")
	if err := q.Answer(&a, step.Value{Many: []string{"campaign_users", "nothing"}}).Err; err == nil || err.Error() != `there is no feature "nothing"` || a.Features != nil {
		t.Errorf("%v: %v", a.Features, err)
	}
}

// TestTitlesOfFeatures: with more than one product the vendor stands before each.
func TestTitlesOfFeatures(t *testing.T) {
	a := api20()
	a.Integration = "axonius-mimecast-v2"
	for also, vendor := range map[string]bool{"": false, "elastic-mimecast-v2": true} {
		if a.Also = nil; also != "" {
			a.Also = []string{also}
		}
		options := step.FeatureOptions(a)
		if strings.HasPrefix(options[0].Title, "Axonius: ") != vendor || options[0].ID != "axonius-mimecast-v2:campaign_users" {
			t.Errorf("%+v", options[0])
		}
		if (len(options) > 2) != vendor {
			t.Errorf("%d features", len(options))
		}
	}
}

// TestPlanLines: limits first and as warnings, then what the application needs, then remarks; nothing is empty.
func TestPlanLines(t *testing.T) {
	a := api20()
	a.Integration = "axonius-mimecast-v2"
	lines, err := step.PlanLines(a)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	warned := false
	for i, l := range lines {
		if l.Text == "" {
			t.Errorf("line %d is empty", i)
		}
		if l.Warning && i > 0 && !lines[i-1].Warning {
			t.Errorf("the warning %q comes after %q", l.Text, lines[i-1].Text)
		}
		if warned = warned || l.Warning; l.Label != "" {
			labels = append(labels, l.Label)
		}
	}
	if got := strings.Join(labels, " "); !warned || !strings.HasPrefix(got, "API Products Role") {
		t.Errorf("warned %v, labels %q", warned, got)
	}
	if doubt := "Axonius is closed source: the facts are those of its documentation."; !slices.ContainsFunc(lines, func(l step.PlanLine) bool { return l.Text == doubt }) {
		t.Errorf("%q is not said", doubt)
	}
	for _, i := range catalog.Integrations() {
		a := flow.Answers{Change: lifecycle.Change{API: i.API, Integration: i.ID}}
		r, err := catalog.RequirementsFor(a.Selection())
		if err != nil {
			t.Fatal(err)
		}
		lines, _ := step.PlanLines(a)
		all := fmt.Sprint(lines)
		for _, p := range r.Packages {
			if !strings.Contains(all, p.Package) {
				t.Errorf("%s: the licence %q is missing", i.ID, p.Package)
			}
		}
		for _, b := range r.TestButtons {
			if !strings.Contains(all, strings.TrimSuffix(b.About, ".")) {
				t.Errorf("%s: its test %q is missing", i.ID, b.About)
			}
		}
		if told := strings.Contains(all, "tests the credential"); told != (len(r.TestButtons) > 0) {
			t.Errorf("%s: that its form tests something is said: %v", i.ID, told)
		}
		for _, n := range r.GuideNotes {
			if !slices.Contains(lines, step.PlanLine{Text: n.Text}) {
				t.Errorf("%s: %q is missing", i.ID, n.Text)
			}
		}
	}
	none := flow.Answers{Change: lifecycle.Change{API: client.API20}}
	if lines, err := step.PlanLines(none); err != nil || slices.ContainsFunc(lines, func(l step.PlanLine) bool { return l.Text == "" }) {
		t.Errorf("%+v: %v", lines, err)
	}
	a.Also = []string{"jupiterone"}
	if lines, err := step.PlanLines(a); err == nil || lines != nil {
		t.Errorf("products that contradict each other need %+v", lines)
	}
}

// TestAboutAProduct: what it calls Mimecast for, each thing once, and the limits that matter before it is chosen.
func TestAboutAProduct(t *testing.T) {
	if got := step.AboutProduct(step.NoProduct); len(got) != 1 || got[0].Text != "Checks that the credential works and whose account it belongs to." {
		t.Errorf("no product: %+v", got)
	}
	if got := step.AboutProduct("of-tomorrow"); got != nil {
		t.Errorf("of a later version: %+v", got)
	}
	for id, warnings := range map[string]int{
		"jupiterone": 1, "axonius-mimecast-v1": 1, "nango-mimecast": 1, "axonius-mimecast-v2": 0, "gravwell-mimecast": 0,
	} {
		lines := step.AboutProduct(id)
		warned := 0
		for _, l := range lines[1:] {
			if l.Warning && l.Text != "" {
				warned++
			}
		}
		parts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(lines[0].Text, "It asks Mimecast for: "), "."), "; ")
		slices.Sort(parts)
		if warned != warnings || lines[0].Warning || slices.Contains(parts, "") || len(slices.Compact(slices.Clone(parts))) != len(parts) {
			t.Errorf("%s: %d warnings: %+v", id, warned, lines)
		}
	}
}
