package lifecycle

import (
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/credstore"
)

// FileRemedy is what to do about a failure of credentials that came from a JSON file, with the keys of the file that it is
// done with.
func FileRemedy(fix string, where client.Where, api client.API) string {
	var keys []string
	for _, one := range where.Each() {
		keys = append(keys, keysOf(one, api)...)
	}
	if where.Has(client.WhereLater) {
		fix = later(fix, "--wait 30m repeats the test until it passes.")
	}
	if fix != "" && where.Has(client.WhereRenewal) {
		fix += " mimecred rotate NAME renews those of a saved profile, with \"renew_keys\" in --from."
	}
	if fix == "" || len(keys) == 0 {
		return fix
	}
	for i, key := range keys {
		keys[i] = `"` + key + `"`
	}
	return fix + " In the file: " + inWords(keys, "or") + "."
}

// later says how the same test is made again. Where waiting comes first, that is said next to it.
func later(fix, words string) string {
	first, rest, more := strings.Cut(fix, ". ")
	switch {
	case fix == "":
		return ""
	case more && strings.HasPrefix(first, "Wait"):
		return first + ". " + words + " " + rest
	default:
		return fix + " " + words
	}
}

// keysOf are the keys of --from that a place means; none where the file has no say.
func keysOf(where client.Where, api client.API) []string {
	legacy := api == client.API10
	switch {
	case where == client.WhereRegion && legacy:
		return []string{"region", "base_url"}
	case where == client.WhereRegion:
		return []string{"base_url"}
	case where == client.WhereConnection:
		return []string{"proxy", "ca_file"}
	case where == client.WhereApplication && legacy:
		return []string{"application_id", "application_key"}
	case where == client.WhereApplication:
		return []string{"client_id", "client_secret"}
	case where == client.WhereKeys:
		return []string{"access_key", "secret_key"}
	case where == client.WhereAPI:
		return []string{"api", "integration"}
	case where == client.WhereIntegration:
		return []string{"internal_domain", "integration"}
	case where == client.WhereSignIn:
		return []string{"create_keys"}
	case where == client.WhereCode:
		return []string{"create_keys", "otp"}
	default:
		return nil
	}
}

// Ways are how what a remedy asks for is done where one is, a sentence each.
type Ways struct {
	// Edit changes product, region and connection, Rotate replaces the credential, and Renew renews its keys.
	Edit, Rotate, Renew string
	// Later makes the same test again after a while, and After once something was done elsewhere; "" says nothing of it.
	Later, After string
}

// Held are the versions of a profile, which decide what can be done with it.
type Held struct {
	Current, Pending bool
	// Tried is set when the version in question is the pending one.
	Tried bool
}

// HeldBy are the versions of a profile on the list.
func HeldBy(e credstore.Entry) Held {
	return Held{Current: !e.CurrentSince.IsZero(), Pending: e.Pending, Tried: e.Pending && e.CurrentSince.IsZero()}
}

// Held are the versions of the profile that is tested.
func (t Trial) Held() Held {
	return Held{Current: t.Current, Pending: t.Pending || t.Beside != nil, Tried: t.Pending}
}

// WayNames are what is typed, pressed or chosen to do something with a profile: to change what it is, to replace its credential, to
// continue a set-up, to discard a pending version, and to test it.
type WayNames struct{ Edit, Rotate, GoOn, Discard, Test string }

// Ways are the ways that are accepted for a profile with such versions.
func (h Held) Ways(n WayNames) Ways {
	const around = " changes product, region and connection."
	w := Ways{Edit: n.Edit + around, Rotate: n.Rotate + " replaces the credential.", Renew: n.Rotate + " renews them."}
	switch {
	case !h.Current:
		w = Ways{Edit: n.GoOn + around, Rotate: n.GoOn + " asks for the credential again.", Renew: n.GoOn + " asks for keys again."}
	case h.Tried:
		first := n.Discard + " discards the pending version. Then " + n.Rotate
		w.Rotate, w.Renew = first+" asks for another one.", first+" asks for other keys."
		w.Edit = n.Discard + " discards the pending version. Then " + n.Edit + around
	case h.Pending:
		w.Edit = n.Discard + " discards the pending version. Then " + n.Edit + around
	}
	return w
}

// Commands are the ways of somebody with a command line.
func (h Held) Commands(name string) Ways {
	w := h.Ways(WayNames{
		"mimecred edit " + name, "mimecred rotate " + name, "mimecred setup " + name, "mimecred delete " + name + " --pending", "mimecred check " + name,
	})
	if h.Current && !h.Tried {
		w.Renew = "mimecred rotate " + name + " renews them, in a script with \"renew_keys\" in --from."
	}
	w.Later = "mimecred check " + name + " --wait 30m repeats the test until it passes."
	return w
}

// Keys are the ways of somebody at the list of profiles, where everything is pressed or chosen.
func (h Held) Keys(n WayNames) Ways {
	w := h.Ways(n)
	w.Later = n.Test + " tests it again."
	w.After = w.Later
	return w
}

// Remedy is what to do about a failure of a saved profile, with the ways that do it.
func (w Ways) Remedy(fix string, where client.Where) string {
	if fix == "" {
		return ""
	}
	var said []string
	if where.Has(client.WhereLater) {
		fix = later(fix, w.Later)
	}
	for _, one := range where.Each() {
		if words := w.to(one); words != "" && !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	if len(said) == 0 && !where.Has(client.WhereLater) && w.After != "" {
		said = []string{w.After}
	}
	return strings.Join(append([]string{fix}, said...), " ")
}

// ProfileRemedy is Remedy with the commands that do it, for a profile with a current version and no other change under way.
func ProfileRemedy(fix string, where client.Where, name string) string {
	return Held{Current: true}.Commands(name).Remedy(fix, where)
}

func (w Ways) to(where client.Where) string {
	switch where {
	case client.WhereRegion, client.WhereConnection, client.WhereAPI, client.WhereIntegration:
		return w.Edit
	case client.WhereApplication, client.WhereKeys, client.WhereRotation:
		return w.Rotate
	case client.WhereRenewal:
		return w.Renew
	default:
		return ""
	}
}

// HistoryOf is what is known of the current credential from its last check that passed, or in which Mimecast at least accepted it.
func HistoryOf(e credstore.Entry) client.History {
	sum := e.Accepted()
	if sum == nil {
		return client.History{}
	}
	h := client.History{PassedAt: sum.At}
	for _, c := range sum.Checks {
		if c.State == client.Passed {
			h.Passed = append(h.Passed, c.ID)
		}
	}
	return h
}

// TitlesOf names the checks that a remedy is about.
func TitlesOf(m client.Remedy) string {
	titles := make([]string, 0, len(m.Checks))
	for _, r := range m.Checks {
		titles = append(titles, r.Title)
	}
	return strings.Join(titles, ", ")
}

// inWords names things as a sentence does, with the last word between the last two: "A, B or C".
func inWords(names []string, last string) string {
	n := len(names)
	if n < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n-1], ", ") + " " + last + " " + names[n-1]
}
