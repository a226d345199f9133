package step

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Settle gives every answer of a set-up that has a good default, and tells which steps need no question for that. A rotation or a
// change has its answers from the profile.
func Settle(env Env, a flow.Answers) flow.Answers {
	if a.Purpose != lifecycle.SettingUp {
		return a
	}
	a.Settled = map[flow.Step]bool{}
	takes, _ := only(a)
	a.Settled[flow.API] = takes == client.API20
	if places := Places(env, a.API); a.API != "" && (a.API == client.API20 || len(places) == 1) {
		a = settleRegion(a, places[0])
	} else if code := onlyRegion(a); code != "" {
		if i := slices.IndexFunc(places, func(p client.Place) bool { return p.RegionCode == code }); i >= 0 {
			a = settleRegion(a, places[i])
		}
	}
	a.Settled[flow.Connection] = connects(a)
	if a.Store == "" && len(env.Stores) > 0 && env.Preselected() == env.Stores[0].Kind {
		a.Store = env.Stores[0].Kind
	}
	a.Free = a.Name != "" && a.Name == a.FreeName
	a.Settled[flow.Profile] = a.Name != "" && a.Name == a.FreeName && usable(env, a.Store)
	return a
}

// settleRegion chooses a region where the answers have none that can be used.
func settleRegion(a flow.Answers, p client.Place) flow.Answers {
	if a.BaseURL == "" && len(a.AllowedHosts) > 0 {
		return a // who allows a host means it
	}
	if _, err := a.Place(); a.BaseURL == "" || err != nil && takesOther(a) {
		a.Region, a.BaseURL = p.RegionCode, p.BaseURL
	}
	_, err := a.Place()
	a.Settled[flow.Region] = err == nil || a.BaseURL == p.BaseURL
	return a
}

// takesOther tells whether the base URL is one of the other API: that was not chosen for this one.
func takesOther(a flow.Answers) bool {
	other := a
	if other.API = client.API10; a.API == client.API10 {
		other.API = client.API20
	}
	_, err := other.Place()
	return err == nil
}

// onlyRegion is the region that the products of the answers work in, where that is one; "" otherwise.
func onlyRegion(a flow.Answers) string {
	if a.API != client.API10 {
		return ""
	}
	for _, id := range Products(a) {
		i, _ := catalog.Lookup(id)
		for _, l := range i.Limits {
			if l.Kind == catalog.LimitRegion && len(l.Regions) == 1 {
				return l.Regions[0]
			}
		}
	}
	return ""
}

// connects tells whether nothing is missing of how Mimecast is reached. What has been left needs the proxy's password again.
func connects(a flow.Answers) bool {
	if a.ProxyLogin && (a.Proxy.Username == "" || a.Proxy.Password.IsZero()) {
		return false
	}
	return !ownConnection(a) || a.Proxy.Validate() == nil && (a.Proxy.Username == "" || !a.Proxy.Password.IsZero())
}

func usable(env Env, store string) bool {
	return slices.ContainsFunc(env.Usable(), func(c StoreChoice) bool { return c.Kind == store })
}

// Expected is the answers of a set-up at a step as they will be when nothing speaks against it: for how many steps are still to come.
func Expected(env Env, at flow.Step, a flow.Answers) flow.Answers {
	if a.Purpose != lifecycle.SettingUp {
		return a
	}
	if at < flow.Profile && a.FreeName == "" {
		a.Name, a.FreeName = lifecycle.SuggestedName, lifecycle.SuggestedName
	}
	if a.API == "" {
		a.API = client.API20
	}
	return Settle(env, a)
}

// ToName tells whether the name has to be looked up on the way from one step to another.
func (e Env) ToName(a flow.Answers, from, to flow.Step) bool {
	return a.Purpose == lifecycle.SettingUp && from < flow.Profile && to >= flow.Profile && to <= flow.Check &&
		!a.Staged && (a.Name == "" || a.Name != a.FreeName || e.outdated(a)) && !a.Given[flow.Profile]
}

// outdated tells whether the name was made for another product, and not chosen.
func (e Env) outdated(a flow.Answers) bool {
	return a.Suggestion != "" && a.Name == a.FreeName && a.Suggestion != e.SuggestedName(a)
}

// Name finds out whether the name of a set-up is free, or finds one like its product's. It reads the list of profiles.
func (e Env) Name(a flow.Answers) flow.Answers {
	if e.Vault == nil {
		return a
	}
	if a.Name == "" || e.outdated(a) {
		left := append(flow.Names(a.Unfinished), a.Taken...)
		a.Suggestion = e.SuggestedName(a)
		a.Name = lifecycle.FreeName(e.Vault, a.Suggestion, left...)
		if _, _, err := e.Vault.Lookup(a.Name); err == nil {
			a.FreeName = a.Name
		}
		return a
	}
	a.Suggestion = ""
	if _, exists, err := e.Vault.Lookup(a.Name); err == nil && !exists && credstore.NewName(a.Name) == nil {
		a.FreeName = a.Name
	}
	return a
}

// SuggestedName is what a profile for the product of the answers may be called: its id without Mimecast's name and the version.
func (e Env) SuggestedName(a flow.Answers) string {
	if e.Demo != nil {
		return "demo"
	}
	if i, ok := catalog.Lookup(a.Integration); a.Integration != "" && ok && !i.Generic {
		name := regexp.MustCompile(`-v\d+$`).ReplaceAllString(strings.ReplaceAll(i.ID, "-mimecast", ""), "")
		if credstore.NewName(name) == nil {
			return name
		}
	}
	return lifecycle.SuggestedName
}

// Short is the answer to a step in a few cells, for beside its name; "" where there is none yet.
func Short(env Env, s flow.Step, a flow.Answers) string {
	switch s {
	case flow.Integration:
		if a.Integration == "" && a.API != "" {
			return "unlisted"
		} else if a.Integration == "" {
			return ""
		}
		if i, ok := catalog.Lookup(a.Integration); ok && !i.Generic {
			return i.Short
		}
	case flow.API:
		return string(a.API)
	case flow.Region:
		return regionWord(env, a)
	case flow.Connection:
		return connectionWord(env, a)
	case flow.Profile:
		return a.Name
	default: // the other steps have no answer of a few cells
	}
	return ""
}

// Changes are the answers of steps that differ between two moments, each with what it was before.
func Changes(env Env, before, after flow.Answers) []string {
	var said []string
	for _, s := range []flow.Step{flow.Integration, flow.API, flow.Region, flow.Connection, flow.Profile, flow.Application} {
		was, is := changeable(env, s, before), changeable(env, s, after)
		if s == flow.Profile && before.Store == after.Store {
			was, is = before.Name, after.Name
		}
		switch {
		case was == is:
		case was == "" || s == flow.Application:
			said = append(said, s.String()+": "+is)
		default:
			said = append(said, s.String()+": "+is+" (was "+was+")")
		}
	}
	return said
}

// changeable is the answer of a step in words that differ when it does. No secret is told.
func changeable(env Env, s flow.Step, a flow.Answers) string {
	switch s {
	case flow.Connection:
		return strings.Join(slices.DeleteFunc([]string{connectionWord(env, a), hostOf(a.Proxy.URL), a.CAFile}, func(part string) bool { return part == "" }), " ")
	case flow.Profile:
		if a.Store != "" && a.Name != "" {
			return a.Name + " in " + a.Store
		}
	case flow.Application:
		if c := a.Credential(); c != nil {
			return c.Identifier() + " with a secret of " + strconv.Itoa(a.ClientSecret.Len()+a.ApplicationKey.Len()) + " characters"
		}
		return ""
	default: // has words of its own
	}
	return Short(env, s, a)
}

func regionWord(env Env, a flow.Answers) string {
	for _, p := range Places(env, a.API) {
		if p.BaseURL == a.BaseURL && a.API != "" {
			return p.Name
		}
	}
	return hostOf(a.BaseURL)
}

// hostOf is a base URL without its scheme.
func hostOf(baseURL string) string {
	return strings.TrimPrefix(strings.TrimPrefix(baseURL, "https://"), "http://")
}

func connectionWord(env Env, a flow.Answers) string {
	switch {
	case a.Proxy.URL != "" && a.CAFile != "":
		return "proxy, own CA"
	case a.Proxy.URL != "":
		return "proxy"
	case a.CAFile != "":
		return "own CA file"
	case a.API != "" && env.environmentProxy(a.BaseURL) != "":
		return "environment's proxy"
	}
	return "direct"
}

// SettledLines tell what was answered without a question, a line each, for the step that has to be right for: the region and
// how Mimecast is reached.
func SettledLines(env Env, a flow.Answers) []string {
	var lines []string
	if a.Settled[flow.Region] && !a.Given[flow.Region] {
		line := "Region: " + regionWord(env, a)
		if host := hostOf(a.BaseURL); host != "" && host != regionWord(env, a) {
			line += " (" + host + ")"
		}
		lines = append(lines, line)
	}
	if a.Settled[flow.Connection] && !a.Given[flow.Connection] {
		lines = append(lines, "Connection: "+connectionWord(env, a))
	}
	return lines
}

// Changeable are the steps whose answer can be changed from a step, in their order: those before it, and those that were settled.
func Changeable(s flow.Step, a flow.Answers) []flow.Step {
	if s < flow.Integration || s > flow.Check || a.Activated {
		return nil
	}
	var steps []flow.Step
	for _, one := range flow.Path(a) {
		if one != s && one >= flow.Integration && one < flow.Check && (one < s || a.Settled[one]) {
			steps = append(steps, one)
		}
	}
	return steps
}
