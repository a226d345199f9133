package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"mimecred/client"
	"mimecred/client/catalog/operation"
)

func TestProbesOnlyRead(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$`)
	used := map[string]bool{}
	for _, i := range Integrations() {
		for _, call := range i.Calls {
			used[call.tried()] = true
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
		if !name.MatchString(p.ID) || p.Title == "" || len(p.Source) == 0 {
			t.Errorf("id %q, title %q, sources %q", p.ID, p.Title, p.Source)
		}
		if (p.Method == "GET") != (len(p.Body) == 0) {
			t.Errorf("%s: %s with body %q", p.ID, p.Method, p.Body)
		}
		if (p.Rows != "") && p.Empty == "" {
			t.Errorf("%s is a list and does not say what an empty one means", p.ID)
		}
		if !used[p.ID] {
			t.Errorf("%s is used by nobody", p.ID)
		}
		if r, ok := ReadingOf(p.ID); !ok || r.Rows != p.Rows || r.Empty != p.Empty {
			t.Errorf("%s is read as %+v", p.ID, r)
		}
	}
	if _, ok := ReadingOf("no.such"); ok {
		t.Error("a reading of nothing")
	}
}

func TestIntegrations(t *testing.T) {
	all := Integrations()
	if len(all) < 74 {
		t.Errorf("%d integrations", len(all))
	}
	rank := 0
	for n, i := range all {
		t.Run(i.ID, func(t *testing.T) {
			if i.Name == "" || i.Confidence == "" || i.Basis == "" || len(i.Sources) == 0 || len(i.Calls) == 0 || len(i.Fields) == 0 {
				t.Errorf("incomplete: %+v", i)
			}
			if !i.Generic && (i.Vendor == "" || i.Form == "" || i.Status == "" || i.Category == "") {
				t.Errorf("incomplete: %+v", i)
			}
			if i.Confidence != "high" && i.Confidence != "medium" {
				t.Errorf("confidence %q", i.Confidence)
			}
			if i.API != client.API10 && i.API != client.API20 {
				t.Errorf("API %q", i.API)
			}
			if i.rank() < rank {
				t.Error("out of order")
			}
			rank = i.rank()
			if n > 0 && all[n-1].rank() == 1 && i.rank() == 1 && i.sortName() < all[n-1].sortName() {
				t.Errorf("comes after %q", all[n-1].Name)
			}
			if again, ok := Lookup(i.ID); !ok || again.Name != i.Name {
				t.Error("cannot be looked up")
			}
			checkCalls(t, i)
			checkFields(t, i)
			checkFeatures(t, i)
			checkWords(t, i)
		})
	}
}

// checkCalls wants every call to be an operation, and to be tried by a probe that reads or to say why not.
func checkCalls(t *testing.T, i Integration) {
	t.Helper()
	for _, call := range i.Calls {
		op, ok := operation.Find(string(i.API), call.Method, call.Path)
		if !ok {
			t.Errorf("%s %s is no operation of API %s", call.Method, call.Path, i.API)
		}
		if call.LegacyOnly() && i.API != client.API10 {
			t.Errorf("%s is of API 1.0 alone", call.Path)
		}
		if call.For == "" {
			t.Errorf("%s: for what?", call.Path)
		}
		if (call.Probe == "") != (call.Untested != "") || call.Probe != "" && call.StandIn != "" {
			t.Errorf("%s: a probe, or a reason for none", call.Path)
		}
		if p := load().probes[call.Probe]; call.Probe != "" {
			if path, _, _ := strings.Cut(p.Path, "?"); path != call.Path || p.Method != call.Method {
				t.Errorf("%s is tried by %s %s", call.Path, p.Method, p.Path)
			}
		}
		if !op.Read && call.Probe != "" {
			t.Errorf("%s writes", call.Path)
		}
		if call.StandIn == "" {
			continue
		}
		stand := load().probes[call.StandIn].operation(i.API)
		if i.API == client.API20 && !slices.ContainsFunc(stand.Products, func(p string) bool { return slices.Contains(op.Products, p) }) {
			t.Errorf("%s: %s needs another product", call.Path, call.StandIn)
		}
		if stand.Permission != "" && stand.Permission != op.Permission || stand.Package != "" && stand.Package != op.Package {
			t.Errorf("%s: %s needs more", call.Path, call.StandIn)
		}
	}
	if i.TestButton == nil {
		return
	}
	if i.TestButton.About == "" || len(i.TestButton.Calls) == 0 {
		t.Errorf("test button: %+v", i.TestButton)
	}
	for _, text := range i.TestButton.Calls {
		if !slices.ContainsFunc(i.Calls, func(c Call) bool { return c.Method+" "+c.Path == text }) {
			t.Errorf("the test button calls %s, which is no call of it", text)
		}
	}
}

// checkFields wants the credential's own values in the form, and nothing secret shown.
func checkFields(t *testing.T, i Integration) {
	t.Helper()
	known := strings.Fields("base_url region client_id client_secret app_id app_key access_key secret_key internal_domain proxy " +
		"proxy_user proxy_password service_user_email service_user_password account_name label description " +
		"contact_email poll_interval initial_lookback start_date log_types verify_ssl option other")
	hidden := []string{"client_secret", "app_key", "access_key", "secret_key", "proxy_password", "service_user_password"}
	var from, keys, variables []string
	for _, f := range i.Fields {
		from = append(from, f.Parts()...)
		if f.Key == "" || f.Label == "" || slices.Contains(keys, f.Key) {
			t.Errorf("field %+v", f)
		}
		keys = append(keys, f.Key)
		for _, part := range f.Parts() {
			if !slices.Contains(known, part) {
				t.Errorf("field %q comes from %q", f.Key, part)
			}
		}
		secret := slices.ContainsFunc(f.Parts(), func(p string) bool { return slices.Contains(hidden, p) })
		if f.Secret != secret && f.From != FromOther {
			t.Errorf("field %q: secret %v", f.Key, f.Secret)
		}
		if !slices.Contains(spellings(), f.Spelling) || (f.Spelling == SpellEndpoint) != (f.Suffix != "") ||
			(f.Spelling == SpellRegion) != (len(f.Words) > 0) {
			t.Errorf("field %q: spelling %q, suffix %q, words %v", f.Key, f.Spelling, f.Suffix, f.Words)
		}
		if f.Multiple && len(f.Choices) == 0 && f.From != FromLogTypes {
			t.Errorf("field %q has nothing to choose from", f.Key)
		}
		for _, name := range append([]string{f.Env}, f.EnvAlso...) {
			if name != "" && (slices.Contains(variables, name) || !regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`).MatchString(name)) {
				t.Errorf("field %q: variable %q", f.Key, name)
			}
			variables = append(variables, name)
		}
	}
	want := []string{"client_id", "client_secret"}
	if i.API == client.API10 {
		want = []string{"app_id", "app_key"}
	}
	for _, w := range want {
		// A form of its own that leaves one of them out is a slip of the catalogue; one guide leaves out the application.
		if !slices.Contains(from, w) {
			t.Errorf("the form does not ask for %s", w)
		}
	}
}

func checkFeatures(t *testing.T, i Integration) {
	t.Helper()
	name := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	var ids []string
	for _, f := range i.Features {
		if !name.MatchString(f.ID) || f.Title == "" || slices.Contains(ids, f.ID) {
			t.Errorf("feature %+v", f)
		}
		ids = append(ids, f.ID)
		if !slices.ContainsFunc(i.Calls, func(c Call) bool { return c.Feature == f.ID }) {
			t.Errorf("feature %q changes nothing", f.ID)
		}
		if f.Choice == "" {
			continue
		}
		n := slices.IndexFunc(i.Fields, func(field Field) bool { return field.Key == f.Field })
		if n < 0 || !slices.Contains(i.Fields[n].Choices, f.Choice) {
			t.Errorf("feature %q: the field %q does not offer %q", f.ID, f.Field, f.Choice)
		}
	}
}

// checkWords wants facts in whole sentences, without the ways of where they were collected.
func checkWords(t *testing.T, i Integration) {
	t.Helper()
	for _, l := range i.Limits {
		switch {
		case l.Text == "",
			(l.Kind == LimitRegion) != (len(l.Regions) > 0),
			(l.Kind == LimitHost) != (l.BaseURL != ""),
			(l.Kind == LimitVersion) != (l.Version != ""):
			t.Errorf("limit %+v", l)
		case !slices.Contains([]string{LimitRegion, LimitHost, LimitSecondFactor, LimitVersion, LimitNetwork, LimitRate, LimitTenant, LimitOther}, l.Kind):
			t.Errorf("limit %+v", l)
		}
		for _, code := range l.Regions {
			if !slices.ContainsFunc(client.Regions(), func(r client.Region) bool { return r.Code == code }) {
				t.Errorf("unknown region %q", code)
			}
		}
	}
	notes := append(slices.Clone(i.GuideNotes), i.Remarks...)
	for _, l := range i.Limits {
		notes = append(notes, l.Text)
	}
	for _, note := range i.Notes {
		if !slices.Contains(notes, note) {
			t.Errorf("note %q is none of its limits, guide notes and remarks", note)
		}
	}
	for _, note := range notes {
		if !strings.HasSuffix(note, ".") || strings.Contains(note, "  ") {
			t.Errorf("note %q", note)
		}
	}
	for _, source := range i.Sources {
		if !strings.Contains(source, ".") || strings.Contains(source, "/shared") || strings.HasPrefix(source, "vendor-guides") {
			t.Errorf("source %q", source)
		}
	}
	for _, text := range append(notes, append(slices.Clone(i.Sources), i.Doubt)...) {
		for _, word := range []string{"ledger", "excerpt", "TODO"} {
			if strings.Contains(text, word) {
				t.Errorf("%q says %q", text, word)
			}
		}
	}
}

// TestShortNames: where there are 18 cells, such as in the list of steps, each integration is told from all others by a word of its own
// name or vendor, which comes first: never by "plugin 2.x" alone.
func TestShortNames(t *testing.T) {
	t.Parallel()
	common := strings.Fields("mimecast api plugin app feed mail for v1 v2 the source group module provider collector gateway middleware")
	words := func(text string) []string {
		return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
			return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}), func(word string) bool {
			return len(word) < 2 || slices.Contains(common, word) || word[0] >= '0' && word[0] <= '9'
		})
	}
	short := map[string]string{}
	for _, i := range Integrations() {
		if i.Generic {
			continue
		}
		if other := short[strings.ToLower(i.Short)]; other != "" {
			t.Errorf("%s and %s are both %q", i.ID, other, i.Short)
		}
		short[strings.ToLower(i.Short)] = i.ID
		if n := utf8.RuneCountInString(i.Short); n > 18 {
			t.Errorf("%s: %q is %d cells wide", i.ID, i.Short, n)
		}
		own, known := words(i.Short), words(i.Name+" "+i.Vendor)
		if len(own) == 0 || !slices.ContainsFunc(own, func(word string) bool { return slices.Contains(known, word) }) {
			t.Errorf("%s: %q has no word of %q of %s", i.ID, i.Short, i.Name, i.Vendor)
		}
		first, _, _ := strings.Cut(strings.ToLower(i.Short), " ")
		if slices.Contains(common, first) || !strings.Contains(strings.ToLower(i.Name+" "+i.Vendor), first) {
			t.Errorf("%s: %q begins with no word of %q", i.ID, i.Short, i.Name)
		}
	}
}
