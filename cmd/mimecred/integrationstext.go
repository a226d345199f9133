package main

import (
	"fmt"
	"strings"

	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
)

// sheetText writes a sheet for people: sections with indented lines, one fact a line.
type sheetText struct {
	strings.Builder

	l       look
	several bool
}

func (t *sheetText) section(title string) {
	if t.Len() > 0 {
		t.WriteByte('\n')
	}
	t.WriteString(t.l.paint(bold, title) + "\n")
}

func (t *sheetText) line(format string, args ...any) { t.indented(2, fmt.Sprintf(format, args...)) }

// below is a line that belongs to the one before.
func (t *sheetText) below(text string) {
	if text != "" {
		t.indented(6, text)
	}
}

// indented writes one line, or several on a terminal that is too narrow for it.
func (t *sheetText) indented(by int, text string) {
	for n, part := range wrap(t.l.text(text), max(t.l.width-by-2, 0)) {
		if n > 0 {
			part = "  " + part
		}
		t.WriteString(strings.Repeat(" ", by) + part + "\n")
	}
}

// by names the integration where there are several.
func (t *sheetText) by(integration string) string {
	if !t.several {
		return ""
	}
	return "[" + integration + "] "
}

// text is the whole sheet. It is pure.
func (s needsSheet) text(l look) string {
	t := &sheetText{l: l, several: len(s.Integrations) > 1}
	s.head(t)
	s.needed(t)
	s.optional(t)
	s.fields(t)
	s.clicks(t)
	s.remarks(t)
	return t.String()
}

func (s needsSheet) head(t *sheetText) {
	for _, i := range s.Integrations {
		t.section(i.Name)
		words := []string{"API " + string(s.API)}
		if i.Status != "" {
			words = append(words, i.Status)
		}
		t.line("%s", strings.Join(words, ", "))
		if i.Form != "" {
			t.line("asks for the values under: %s", i.Form)
		}
		t.line("what it calls is %s", i.Basis.Words())
		if next := i.Next(); next != "" {
			t.line("%s", next)
		}
		if i.Doubt != "" {
			t.line("%s %s", t.l.signs.warning, i.Doubt)
		}
	}
}

// needed is the least that the application, its role and the account must have.
func (s needsSheet) needed(t *sheetText) {
	if len(s.Products) > 0 {
		t.section("Minimum products (they cannot be changed later)")
		for _, p := range s.Products {
			t.line("%s%s", p.Title, untried(p.Tried))
			t.below("for " + strings.Join(p.For, "; "))
		}
	}
	title := "Minimum permissions of the application's role"
	if len(s.Products) == 0 {
		title = "Minimum permissions of the service user's role"
	}
	if len(s.Permissions) > 0 {
		t.section(title)
	}
	for _, p := range s.Permissions {
		t.line("%s%s", p.Permission, untried(p.Tried))
		t.below("for " + strings.Join(p.For, "; "))
	}
	if len(s.AdminRoles) > 0 {
		t.section("Administrator role (any one of these)")
		t.line("%s", strings.Join(s.AdminRoles, ", "))
	}
	if len(s.Packages) > 0 {
		t.section("Licensed packages")
		for _, p := range s.Packages {
			t.line("%s", p.Package)
			t.below("for " + strings.Join(p.For, "; "))
		}
	}
	t.section("The application")
	t.line("Name: %s", s.ApplicationName)
	t.line("Category: %s", s.Category)
	t.line("Description: %s", s.Description)
}

func untried(tried bool) string {
	if tried {
		return ""
	}
	return " (no check can show it)"
}

func (s needsSheet) optional(t *sheetText) {
	if len(s.Features) > 0 {
		t.section("Features (--features chooses)")
	}
	for _, f := range s.Features {
		state := "off"
		if f.On {
			state = "on"
		}
		t.line("%s%s: %s (%s)", t.by(f.Integration), f.ID, f.Title, state)
		t.below(f.About)
	}
	t.section("Calls")
	for _, c := range s.Calls {
		words := []string{c.Method, c.Path}
		var marks []string
		if c.Assumed {
			marks = append(marks, "assumed")
		}
		if c.LegacyOnly {
			marks = append(marks, "API 1.0 only")
		}
		if len(marks) > 0 {
			words = append(words, "("+strings.Join(marks, ", ")+")")
		}
		t.line("%s%s", t.by(c.Integration), strings.Join(words, " "))
		what := c.For
		if c.Why != "" {
			what += "; not tried itself: " + c.Why
		}
		t.below(what)
	}
}

func (s needsSheet) fields(t *sheetText) {
	for _, form := range s.Forms {
		t.section("Form" + suffix(t.several, form.Integration))
		for _, f := range form.Fields {
			marks := []string{}
			if f.Secret {
				marks = append(marks, "secret")
			}
			if !f.Required {
				marks = append(marks, "optional")
			}
			if f.Default != "" {
				marks = append(marks, "default "+f.Default)
			}
			if len(f.Choices) > 0 {
				marks = append(marks, "one of "+strings.Join(f.Choices, ", "))
			}
			if f.Env != "" {
				marks = append(marks, "variable "+f.Env)
			}
			t.line("%s", strings.TrimRight(f.Label+"  "+strings.Join(marks, ", "), " "))
			t.below(f.Rule)
			t.below(f.Note)
		}
		if form.Save != "" {
			t.line("then: %s", form.Save)
		}
	}
}

func suffix(several bool, name string) string {
	if !several {
		return ""
	}
	return " of " + name
}

// clicks is the walk-through.
func (s needsSheet) clicks(t *sheetText) {
	t.section("In the console (menu: " + s.Menu + "; --menu chooses)")
	for n, item := range s.WalkThrough {
		t.line("%d. %s", n+1, item.Title)
		writeItem(t, item)
	}
	t.section("When it is no longer needed")
	for n, item := range s.Removal {
		t.line("%d. %s", n+1, item.Title)
		writeItem(t, item)
	}
}

func writeItem(t *sheetText, item console.Item) {
	t.below(item.Path)
	for _, also := range item.Also {
		t.below("or: " + also)
	}
	for _, v := range item.Values {
		t.below(v.Label + ": " + v.Text)
	}
	t.below(item.Reason)
}

// remarks are limits, what guides get wrong, and where it all comes from.
func (s needsSheet) remarks(t *sheetText) {
	if len(s.TestButtons) > 0 {
		t.section("The product's own test")
		for _, b := range s.TestButtons {
			t.line("%s%s", t.by(b.Integration), b.About)
			t.below(strings.Join(b.Calls, "; "))
		}
	}
	if len(s.Limits) > 0 {
		t.section("Limits")
		for _, l := range s.Limits {
			t.line("%s%s", t.by(l.Integration), l.Text)
		}
	}
	notes(t, "What its guide gets wrong or leaves out", s.GuideNotes)
	notes(t, "Good to know", s.Remarks)
	t.section("Sources (confidence: " + s.Confidence + ")")
	for _, source := range s.Sources {
		t.line("%s", source)
	}
}

func notes(t *sheetText, title string, list []catalog.Note) {
	if len(list) == 0 {
		return
	}
	t.section(title)
	for _, n := range list {
		t.line("%s%s", t.by(n.Integration), n.Text)
	}
}
