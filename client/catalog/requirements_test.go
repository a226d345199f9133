package catalog

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
)

// Every integration renders, with its defaults and with everything that it can do.
func TestRequirementsOfAll(t *testing.T) {
	for _, i := range Integrations() {
		var all []string
		for _, f := range i.Features {
			all = append(all, f.ID)
		}
		for _, features := range []map[string][]string{nil, {i.ID: all}} {
			s := Selection{Integrations: []string{i.ID}, Features: features}
			r, err := RequirementsFor(s)
			if err != nil {
				t.Fatal(err)
			}
			plan, needs, err := PlanFor(s)
			if err != nil {
				t.Fatal(err)
			}
			if r.API != i.API || r.Category == "" || r.ApplicationName == "" || r.Description == "" || len(r.Sources) == 0 || r.Confidence != i.Confidence {
				t.Errorf("%s: %+v", i.ID, r)
			}
			if len(r.Products) != len(needs.Products) || i.API == client.API10 && len(r.Products) > 0 {
				t.Errorf("%s: %d products", i.ID, len(r.Products))
			}
			for _, p := range r.Products {
				if p.ID == "" || p.Title == p.ID || len(p.For) == 0 {
					t.Errorf("%s: %+v", i.ID, p)
				}
			}
			for _, p := range r.Permissions {
				if len(p.For) == 0 || strings.Contains(p.Permission, "-admin") {
					t.Errorf("%s: %+v", i.ID, p)
				}
			}
			for _, p := range r.Packages {
				if len(p.For) == 0 {
					t.Errorf("%s: %+v", i.ID, p)
				}
			}
			tried := len(plan.Probes) > 0 || !plan.AccountOptional
			if !tried {
				t.Errorf("%s: nothing is tried", i.ID)
			}
			if (len(r.TestButtons) > 0) != (i.TestButton != nil) {
				t.Errorf("%s: %+v", i.ID, r.TestButtons)
			}
			if raw, err := json.Marshal(r); err != nil || strings.Contains(string(raw), `"":`) || strings.Contains(string(raw), "null") {
				t.Errorf("%s: %v %s", i.ID, err, raw)
			}
		}
	}
}

func TestRequirements(t *testing.T) {
	r, err := RequirementsFor(Selection{
		Integrations: []string{"axonius-mimecast-v2", "netskope-cte-v2"},
		Features:     map[string][]string{"netskope-cte-v2": {"push_hashes", "retraction"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.ApplicationName != "Axonius, Netskope" || r.Category != "Other" || !strings.HasPrefix(r.Description, "Used by Axonius Mimecast V2, Netskope") {
		t.Errorf("%q %q %q", r.ApplicationName, r.Category, r.Description)
	}
	find := func(permission string) NeededPermission {
		n := slices.IndexFunc(r.Permissions, func(p NeededPermission) bool { return p.Permission == permission })
		if n < 0 {
			t.Fatalf("no permission %q", permission)
		}
		return r.Permissions[n]
	}
	if p := find("BYO Threat Intelligence | Upload"); p.Tried || !slices.Equal(p.For, []string{"Sharing of hashes"}) {
		t.Errorf("%+v", p)
	}
	if p := find("Directories | Internal | Read"); !p.Tried {
		t.Errorf("%+v", p)
	}
	if len(r.Packages) != 2 || len(r.TestButtons) != 1 || !slices.Equal(r.TestButtons[0].Permissions, []string{"Account | Dashboard | Read"}) ||
		!slices.Equal(r.TestButtons[0].Products, []string{"accountmanagement"}) {
		t.Errorf("%+v %+v", r.Packages, r.TestButtons)
	}
	if !slices.ContainsFunc(r.Untried, func(u Untried) bool { return u.Path == "/api/byo-threat-intelligence/create-batch" && u.Why != "" }) {
		t.Errorf("%+v", r.Untried)
	}
	if !slices.ContainsFunc(r.Limits, func(l LimitNote) bool { return l.Integration == "axonius-mimecast-v2" && l.Version == "6.1" }) {
		t.Errorf("%+v", r.Limits)
	}
	r, err = RequirementsFor(Selection{Integrations: []string{"pondurance-scope", "axonius-mimecast-v2"}})
	if err != nil || r.Category != "SIEM Integration" || r.ApplicationName != "Pondurance Scope, Axonius Mimecast V2" {
		t.Errorf("%v %q %q", err, r.Category, r.ApplicationName)
	}
	r, err = RequirementsFor(Selection{Integrations: []string{"api-2.0"}, Features: map[string][]string{"api-2.0": {"cloud_integrated"}}})
	if err != nil || !slices.Equal(r.AdminRoles, []string{"super-admin", "full-admin", "partner-admin"}) || r.ApplicationName != "API client" {
		t.Errorf("%v %q %q", err, r.AdminRoles, r.ApplicationName)
	}
	r, err = RequirementsFor(Selection{Integrations: []string{"jupiterone"}})
	if err != nil || !slices.ContainsFunc(r.Untried, func(u Untried) bool { return u.LegacyOnly }) || len(r.GuideNotes) < 3 {
		t.Errorf("%v %+v", err, r.Untried)
	}
}
