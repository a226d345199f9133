package simulator

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// named is an application for a list: its name and the ID that it goes by.
type named struct{ name, id string }

// overview tells what there is and what can be done, without any secret. base is where the simulator is reached.
func (s *Server) overview(base string) string {
	var b strings.Builder
	fmt.Fprint(&b, "A simulated Mimecast. Every value is made up.\n\n")
	s.mu.Lock()
	fmt.Fprintf(&b, "Scenario: %s (%s)\n\nAccounts\n", s.scenario.name, s.scenario.about)
	for _, t := range s.state.tenants {
		fmt.Fprintf(&b, "  %s  %s, region %s%s\n", t.Code, t.Name, t.Region, platforms(*t))
	}
	s.state.tellOAuth(&b, s.now())
	s.state.tellLegacy(&b)
	s.state.tellUsers(&b, s.now())
	example := "ID"
	if list := s.state.oauthNames(); len(list) > 0 {
		example = list[0].id
	}
	s.mu.Unlock()
	fmt.Fprint(&b, "\nWhat can be done, each with POST\n")
	for _, o := range commands() {
		fmt.Fprintf(&b, "  %s%s%s\n      %s\n", controlPath, o.name, o.usage, o.about)
	}
	fmt.Fprintf(&b, "\n  curl -X POST '%s%sregenerate?client_id=%s'\n", base, controlPath, example)
	fmt.Fprintf(&b, "  curl -d client_id=%s --data-urlencode 'remove=Account | Dashboard | Read' %s%spermissions\n", example, base, controlPath)
	fmt.Fprint(&b, "\nScenarios\n")
	for _, one := range Scenarios() {
		fmt.Fprintf(&b, "  %-40s %s\n", one.Name, one.About)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func platforms(t Tenant) string {
	text := ""
	if t.CloudGateway {
		text += ", Cloud Gateway"
	}
	if t.CloudIntegrated {
		text += ", Cloud Integrated"
	}
	return text
}

func (w *state) tellOAuth(b *strings.Builder, now time.Time) {
	products, permissions := everything()
	fmt.Fprint(b, "\nApplications of API 2.0\n")
	for _, n := range w.oauthNames() {
		a := w.oauth[n.id]
		fmt.Fprintf(b, "  %s, of %s%s\n", a.Name, w.tenant(a.Tenant).Code, off(a.Disabled))
		fmt.Fprintf(b, "    client_id    %s\n", a.ClientID)
		for _, id := range slices.Sorted(maps.Keys(w.replaced)) {
			if old := w.replaced[id]; old.app == a && now.Before(old.until) {
				fmt.Fprintf(b, "    the old one  %s, until %s\n", id, old.until.UTC().Format(time.RFC3339))
			}
		}
		fmt.Fprintf(b, "    products     %s\n", summary(a.Products, products))
		fmt.Fprintf(b, "    permissions  %s\n", summary(a.Permissions, permissions))
	}
}

func (w *state) tellLegacy(b *strings.Builder) {
	fmt.Fprint(b, "\nApplications of API 1.0\n")
	for _, n := range w.legacyNames() {
		a := w.legacy[n.id]
		fmt.Fprintf(b, "  %s, of %s%s\n    application_id  %s\n", a.Name, w.tenant(a.Tenant).Code, off(a.Disabled), a.ApplicationID)
	}
}

func (w *state) tellUsers(b *strings.Builder, now time.Time) {
	_, permissions := everything()
	fmt.Fprint(b, "\nService users of API 1.0\n")
	for _, email := range w.userNames() {
		u := w.user(email)
		list, expired := w.keysOf(email), 0
		for _, key := range list {
			if !key.Expires.IsZero() && !now.Before(key.Expires) {
				expired++
			}
		}
		fmt.Fprintf(b, "  %s, of %s: %s", u.Email, w.tenant(u.Tenant).Code, count(len(list), "key"))
		if expired > 0 {
			fmt.Fprintf(b, ", %d expired", expired)
		}
		if u.TwoStep {
			fmt.Fprint(b, ", needs a one-time code")
		}
		if u.locked {
			fmt.Fprint(b, ", locked")
		}
		fmt.Fprintf(b, "\n    permissions  %s\n", summary(u.Permissions, permissions))
	}
}

func off(disabled bool) string {
	if disabled {
		return ", disabled"
	}
	return ""
}

// oauthNames lists the applications of API 2.0 by name. The lock is held.
func (w *state) oauthNames() []named {
	var list []named
	for id, a := range w.oauth {
		list = append(list, named{a.Name, id})
	}
	return sorted(list)
}

// legacyNames lists the applications of API 1.0 by name. The lock is held.
func (w *state) legacyNames() []named {
	var list []named
	for id, a := range w.legacy {
		list = append(list, named{a.Name, id})
	}
	return sorted(list)
}

func sorted(list []named) []named {
	slices.SortFunc(list, func(a, b named) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id)) })
	return list
}

// userNames lists the addresses of the service users. The lock is held.
func (w *state) userNames() []string {
	var list []string
	for _, u := range w.users {
		list = append(list, u.Email)
	}
	slices.Sort(list)
	return list
}
