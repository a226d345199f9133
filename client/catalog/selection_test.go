package catalog

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
)

// ids are the probes of a plan, those whose failure is only a warning with a question mark.
func ids(p client.Plan) []string {
	var list []string
	for _, probe := range p.Probes {
		id := probe.ID
		if probe.Optional {
			id += "?"
		}
		list = append(list, id)
	}
	return list
}

func TestFeaturesChangeThePlan(t *testing.T) {
	const axonius, netskope, jupiter = "axonius-mimecast-v2", "netskope-cte-v2", "jupiterone"
	for name, one := range map[string]struct {
		s        Selection
		probes   string
		products string
	}{
		"Axonius, nobody asked": {
			Selection{Integrations: []string{axonius}},
			"user.get-internal-users message-finder.search? awareness-training.phishing-get-campaign?",
			"userandgroupmanagement cloudgateway awarenesstraining",
		},
		"Axonius, users alone": {
			Selection{Integrations: []string{axonius}, Features: map[string][]string{axonius: {}}},
			"user.get-internal-users", "userandgroupmanagement",
		},
		"Axonius, messages wanted": {
			Selection{Integrations: []string{axonius}, Features: map[string][]string{axonius: {"messages_from"}}},
			"user.get-internal-users message-finder.search", "userandgroupmanagement cloudgateway",
		},
		"Netskope, malicious URLs alone": {
			Selection{Integrations: []string{netskope}, Features: map[string][]string{netskope: {"malsite"}}},
			"ttp-url.get-logs email.get-email-queues", "accountmanagement securityevents cloudgateway",
		},
		"Netskope, both malware feeds": {
			Selection{Integrations: []string{netskope}, Features: map[string][]string{netskope: {"malware_grid", "malware_customer"}}},
			"threat-intel.get-feed threat-intel.get-feed-grid", "accountmanagement threatmanagement",
		},
		"Netskope, sharing": {
			Selection{Integrations: []string{netskope}, Features: map[string][]string{netskope: {"push_hashes", "push_urls", "retraction"}}},
			"byo-threat-intelligence.get-quota ttp-url.get-all-managed-urls", "accountmanagement threatmanagement policymanagement",
		},
		"JupiterOne, users alone": {
			Selection{Integrations: []string{jupiter}, Features: map[string][]string{jupiter: {"users"}}},
			"domain.get-internal-domain user.get-internal-users", "",
		},
		"no product": {Selection{API: client.API20}, "identity.whoami?", "accountmanagement"},
		"no product, no API": {
			Selection{}, "identity.whoami?", "accountmanagement",
		},
		"no product, audit": {
			Selection{Integrations: []string{"api-2.0"}, Features: map[string][]string{"api-2.0": {"audit"}}},
			"identity.whoami? audit.get-audit-events", "accountmanagement auditevents",
		},
	} {
		t.Run(name, func(t *testing.T) {
			plan, needs, err := PlanFor(one.s)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(ids(plan), " "); got != one.probes {
				t.Errorf("probes %s", got)
			}
			if got := strings.Join(needs.Products, " "); got != one.products {
				t.Errorf("products %s", got)
			}
		})
	}
}

func TestSeveralShareOneApplication(t *testing.T) {
	// Scope only guesses at the URL logs, Netskope cannot do without them.
	plan, needs, err := PlanFor(Selection{
		Integrations: []string{"pondurance-scope", "netskope-cte-v2", "pondurance-scope"}, API: client.API20,
		Features: map[string][]string{"netskope-cte-v2": {"malsite"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if plan.AccountOptional {
		t.Error("Netskope needs the account")
	}
	want := "siem.batch-events-cg? audit.get-audit-events? ttp-url.get-logs ttp-attachment.get-logs? ttp-impersonation.get-logs? email.get-email-queues"
	if got := strings.Join(ids(plan), " "); got != want {
		t.Errorf("probes %s", got)
	}
	if !slices.Contains(needs.Products, "threatssecurityeventsanddataforcg") || !slices.Contains(needs.Permissions, "Account | Dashboard | Read") {
		t.Errorf("%+v", needs)
	}
}

func TestSelectionErrors(t *testing.T) {
	for name, one := range map[string]struct {
		s    Selection
		want string
	}{
		"unknown":                  {Selection{Integrations: []string{"axonius"}}, "is it axonius-mimecast-v2"},
		"the other API":            {Selection{Integrations: []string{"jupiterone"}, API: client.API20}, "uses API 1.0, not API 2.0"},
		"two generations":          {Selection{Integrations: []string{"netskope-cte-v2", "jupiterone"}}, "uses API 1.0, not API 2.0"},
		"unknown feature":          {Selection{Integrations: []string{"jupiterone"}, Features: map[string][]string{"jupiterone": {"user"}}}, "it has awareness_campaigns, domains, users"},
		"feature of a plain thing": {Selection{Integrations: []string{"pondurance-scope"}, Features: map[string][]string{"pondurance-scope": {"x"}}}, "no features to choose from"},
	} {
		_, _, err := PlanFor(one.s)
		if err == nil || !strings.Contains(err.Error(), one.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, again := RequirementsFor(one.s); again == nil || again.Error() != err.Error() {
			t.Errorf("%s: the requirements say %v", name, again)
		}
	}
	_, _, err := PlanFor(Selection{Integrations: []string{"jupiterone"}, Features: map[string][]string{"jupiterone": {"user"}}})
	if e, ok := errors.AsType[*UnknownFeatureError](err); !ok || e.Integration != "jupiterone" || e.ID != "user" || len(e.Known) != 3 {
		t.Errorf("%v", err)
	}
}

func TestConflicts(t *testing.T) {
	jupiter, _ := Lookup("jupiterone")
	old, _ := Lookup("axonius-mimecast-v1")
	fixed := Integration{Limits: []Limit{{Kind: LimitHost, Text: "x", BaseURL: "https://api.services.mimecast.com"}, {Kind: LimitRate, Text: "y"}}}
	for name, one := range map[string]struct {
		i    Integration
		s    Situation
		want int
	}{
		"nothing known":      {jupiter, Situation{}, 0},
		"the right region":   {jupiter, Situation{RegionCode: "us"}, 0},
		"another region":     {jupiter, Situation{RegionCode: "de"}, 1},
		"a second factor":    {old, Situation{SecondFactor: true, RegionCode: "eu"}, 1},
		"no second factor":   {old, Situation{RegionCode: "eu"}, 0},
		"the fixed host":     {fixed, Situation{BaseURL: "https://API.services.mimecast.com/"}, 0},
		"not the fixed host": {fixed, Situation{BaseURL: "https://us-api.services.mimecast.com"}, 1},
	} {
		if got := one.i.Conflicts(one.s); len(got) != one.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFeatureLookup(t *testing.T) {
	i, _ := Lookup("netskope-cte-v2")
	if f, ok := i.Feature("malsite"); !ok || f.Choice != "Malsite" || f.Field != "feed_type" {
		t.Errorf("%+v", f)
	}
	if _, ok := i.Feature("nothing"); ok {
		t.Error("found")
	}
	if got := i.DefaultFeatures(); !slices.Equal(got, []string{"malware_customer", "malware_grid", "malsite"}) {
		t.Errorf("%q", got)
	}
}

func TestBasisInWords(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range []Basis{FromCode, FromDocument, Derived, Unpublished} {
		if words := b.Words(); words == "" || seen[words] {
			t.Errorf("%s: %q", b, words)
		} else {
			seen[words] = true
		}
	}
}
