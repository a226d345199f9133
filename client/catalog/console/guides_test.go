package console

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
)

// step is one step, field or option of a vendor's guide, in words of our own, and where it is served: items of the
// walk-through ("item:ID"), fields of the form ("field:KEY"), or other facts of the catalogue.
type step struct{ what, served string }

// The guide of Netskope to credentials for Threat Exchange.
func netskopeGuide() []step {
	return []step{
		{"1 sign in", "item:1.0-region"},
		{"2 note the region in the address", "item:1.0-region"},
		{"3.1 open Internal Directories", "item:1.0-user"},
		{"3.2 choose the internal domain", "item:1.0-user"},
		{"3.3 New Address", "item:1.0-user"},
		{"3.4 e-mail, password, phone; Save and Exit", "item:1.0-user"},
		{"3.5 keep the password", "item:1.0-user"},
		{"4.1 open Roles", "item:1.0-role-user"},
		{"4.2 Basic Administrator, Add Users to Role", "item:1.0-role item:1.0-role-user"},
		{"4.3 find the user", "item:1.0-role-user"},
		{"4.4 tick the user", "item:1.0-role-user"},
		{"4.5 Add Selected Users", "item:1.0-role-user"},
		{"5.1 open Profile Groups", "item:1.0-group"},
		{"5.2 the plus sign makes New Folder", "item:1.0-group"},
		{"5.3 rename it in Edit group, enter", "item:1.0-group"},
		{"5.4 Build, Add Email Addresses", "item:1.0-group-user"},
		{"5.5 the user", "item:1.0-group-user"},
		{"5.6 Save and Exit", "item:1.0-group-user"},
		{"6.1 open Application Settings", "item:1.0-ttl"},
		{"6.2 Authentication Profiles", "item:1.0-ttl"},
		{"6.3 New Authentication Profile", "item:1.0-ttl"},
		{"6.4 description", "item:1.0-ttl"},
		{"6.5 Authentication TTL: Never Expires", "item:1.0-ttl"},
		{"6.6 leave the rest", "item:1.0-ttl"},
		{"6.7 Save and Exit", "item:1.0-ttl"},
		{"7.1 open Application Settings", "item:1.0-settings"},
		{"7.2 New Application Settings", "item:1.0-settings"},
		{"7.3 description", "item:1.0-settings"},
		{"7.4 Group Lookup", "item:1.0-settings"},
		{"7.5 Authentication Profile Lookup", "item:1.0-settings"},
		{"7.6 leave the rest", "item:1.0-settings"},
		{"7.7 Save and Exit", "item:1.0-settings"},
		{"8.1 open API Applications", "item:1.0-open"},
		{"8.2 Add API Application", "item:1.0-open"},
		{"8.3 details, Enable Extended Session, category Other, Next", "item:1.0-details"},
		{"8.4 developer's name, the user's e-mail, Next", "item:1.0-contact"},
		{"9 review, Add", "item:1.0-add"},
		{"10 copy Application ID and Application Key, with the eye", "item:1.0-ids field:app_id field:app_key"},
		{"11.1 30 minutes", "item:1.0-wait"},
		{"11.2 open API Applications", "item:1.0-keys-open"},
		{"11.3 the application, Create Keys", "item:1.0-keys-open"},
		{"11.4 the user's e-mail, Next", "item:1.0-keys-email"},
		{"11.5 Type Cloud, password, Next", "item:1.0-keys-password"},
		{"11.6 the code, Next", "item:1.0-keys-code"},
		{"11.7 copy both keys, Close", "item:1.0-keys-copy field:access_key field:secret_key"},
		{"the plugin's form", "form field:url field:feed_type field:indicator_type field:days"},
		{"the plugin's feeds", "feature:malware_customer feature:malware_grid feature:malsite"},
		{"sharing", "feature:push_hashes feature:push_urls"},
	}
}

// What the current plugin asks for.
func netskope2Guide() []step {
	return []step{
		{"Generate Keys of Mimecast API 2.0", "item:2.0-open item:2.0-copy"},
		{"the form", "form field:base_url field:client_id field:client_secret field:feed_type field:indicator_type field:retraction_interval field:days"},
		{"feeds", "feature:malware_customer feature:malware_grid feature:malsite"},
		{"sharing and retraction", "feature:push_hashes feature:push_urls feature:retraction"},
		{"lowest version", "limit:version"},
		{"own test", "test"},
	}
}

// The guide of Pondurance to Scope.
func scopeGuide() []step {
	return []step{
		{"sign in", "item:2.0-administrator"},
		{"API and Platform Integrations", "item:2.0-open"},
		{"tile, Generate Keys", "item:2.0-open"},
		{"Terms & Conditions, I accept, Next", "item:2.0-terms"},
		{"application name", "item:2.0-details"},
		{"category, such as SIEM Integration", "item:2.0-details"},
		{"the minimum products", "item:2.0-products"},
		{"application role: Basic Administrator, or one of its own", "item:2.0-role item:2.0-application-role"},
		{"description", "item:2.0-details"},
		{"technical point of contact", "item:2.0-notifications"},
		{"review, Add application", "item:2.0-generate"},
		{"copy Client ID and Client Secret, shown once", "item:2.0-copy"},
		{"Base URL among the values", "guide:Base URL"},
		{"Scope: organization, Administration, Cloud sources, +Add Source", "form"},
		{"Site", "field:site"},
		{"Version", "field:version"},
		{"Client ID", "field:client_id"},
		{"Client Secret", "field:client_secret"},
		{"Polling Interval", "field:polling_interval"},
		{"Contact Email", "field:contact_email"},
	}
}

// The guide of JupiterOne.
func jupiterGuide() []step {
	return []step{
		{"account, domains, users, campaigns are read", "feature:awareness_campaigns feature:domains feature:users"},
		{"admin access", "item:1.0-role guide:admin access"},
		{"API and Platform Integrations, Your Application Integrations", "item:1.0-look-up"},
		{"Add API Application, or an enabled one", "item:1.0-open item:1.0-look-up"},
		{"Application ID and Application Key", "item:1.0-ids item:1.0-look-up"},
		{"Create Keys", "item:1.0-keys-open"},
		{"keep accessKey and secretKey", "item:1.0-keys-copy"},
		{"Integrations, Mimecast, Add Configuration", "form"},
		{"Account Name, Tag with Account Name", "field:accountName"},
		{"Description", "field:description"},
		{"Polling Interval, DISABLED", "field:pollingInterval"},
		{"Application ID", "field:appId"},
		{"Application Key", "field:appKey"},
		{"accessKey", "field:clientId"},
		{"secretKey", "field:clientSecret"},
		{"Create Configuration", "save"},
		{"uninstall", "removal"},
		{"support", "support"},
	}
}

// The guide of Axonius to Mimecast V2.
func axoniusGuide() []step {
	return []step{
		{"V2 is for API 2.0, V1 for API 1.0", "remark:V1"},
		{"users are fetched", "remark:e-mail"},
		{"ports", "limit:network"},
		{"OAuth client credentials", "field:client_id field:client_secret"},
		{"the token's path", "guide:/api/oauth/token"},
		{"get-internal-users", "call:/api/user/get-internal-users"},
		{"message-finder/search", "call:/api/message-finder/search"},
		{"get-campaign", "call:/api/awareness-training/phishing/campaign/get-campaign"},
		{"get-user-data", "call:/api/awareness-training/phishing/campaign/get-user-data"},
		{"Directories | Internal | Read", "permission:Directories | Internal | Read"},
		{"the permission for campaigns", "permission:Awareness Training | Dashboard | Read guide:Phishing Campaign"},
		{"from 6.1", "limit:version"},
		{"Adapters, Mimecast - V2, Add Connection", "form"},
		{"Host Name or IP Address", "field:host"},
		{"Client ID", "field:client_id"},
		{"Client Secret", "field:client_secret"},
		{"Internal Domain", "field:internal_domain"},
		{"Verify SSL", "field:verify_ssl"},
		{"HTTPS Proxy", "field:https_proxy"},
		{"HTTPS Proxy User Name", "field:https_proxy_user"},
		{"HTTPS Proxy Password", "field:https_proxy_password"},
		{"Enrich Users with Campaign Users", "feature:campaign_users field:enrich_campaign_users"},
		{"Enrich Users with Messages From", "feature:messages_from field:enrich_messages_from"},
	}
}

// Every step, field and option of the vendors' guides is served.
func TestGuides(t *testing.T) {
	for id, guide := range map[string][]step{
		"netskope-cte-v1": netskopeGuide(), "netskope-cte-v2": netskope2Guide(), "pondurance-scope": scopeGuide(),
		"jupiterone": jupiterGuide(), "axonius-mimecast-v2": axoniusGuide(),
	} {
		t.Run(id, func(t *testing.T) {
			i, ok := catalog.Lookup(id)
			if !ok {
				t.Fatal("no such integration")
			}
			r := requirements(t, nil, id)
			var items []Item
			for _, choice := range Variants(i.API) {
				items = append(items, Checklist(i.API, choice.Variant, r, Facts{})...)
			}
			for _, s := range guide {
				for _, place := range places(s.served) {
					if !served(i, r, items, place) {
						t.Errorf("%s: not served by %s", s.what, place)
					}
				}
			}
			for _, f := range i.Fields {
				if !slices.ContainsFunc(guide, func(s step) bool { return slices.Contains(strings.Fields(s.served), "field:"+f.Key) }) {
					t.Errorf("the field %q is no step of the guide", f.Label)
				}
			}
			for _, f := range i.Features {
				if !slices.ContainsFunc(guide, func(s step) bool { return slices.Contains(strings.Fields(s.served), "feature:"+f.ID) }) {
					t.Errorf("the feature %q is no step of the guide", f.Title)
				}
			}
		})
	}
}

// places splits what serves a step; a permission has spaces and comes first or alone.
func places(text string) []string {
	if !strings.Contains(text, "permission:") && !strings.Contains(text, "guide:") {
		return strings.Fields(text)
	}
	var list []string
	for _, prefix := range []string{" guide:", " item:"} {
		if before, after, found := strings.Cut(text, prefix); found {
			text, list = before, append(list, strings.TrimSpace(prefix)+after)
		}
	}
	return append(list, text)
}

func served(i catalog.Integration, r catalog.Requirements, items []Item, place string) bool {
	kind, what, _ := strings.Cut(place, ":")
	mentions := func(list []string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, what) })
	}
	switch kind {
	case "item":
		_, ok := find(items, what)
		return ok
	case "field":
		return slices.ContainsFunc(i.Fields, func(f catalog.Field) bool { return f.Key == what })
	case "feature":
		_, ok := i.Feature(what)
		return ok
	case "limit":
		return slices.ContainsFunc(i.Limits, func(l catalog.Limit) bool { return l.Kind == what })
	case "call":
		return slices.ContainsFunc(i.Calls, func(c catalog.Call) bool { return c.Path == what })
	case "permission":
		return slices.ContainsFunc(r.Permissions, func(p catalog.NeededPermission) bool { return p.Permission == what })
	case "guide":
		return mentions(i.GuideNotes)
	case "remark":
		return mentions(i.Remarks)
	case "form":
		return i.Form != ""
	case "save":
		return i.Save != ""
	case "test":
		return i.TestButton != nil
	case "removal":
		return len(i.Removal) > 0 && len(Removal(client.API10, r, Facts{})) > len(i.Removal)
	case "support":
		return i.Support != ""
	default:
		return false
	}
}
