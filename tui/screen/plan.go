package screen

import (
	"slices"
	"strings"

	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
)

// uses is what a product calls Mimecast for.
func uses(i catalog.Integration) string {
	var list []string
	for _, c := range i.Calls {
		if c.For != "" && !slices.Contains(list, c.For) {
			list = append(list, c.For)
		}
	}
	if len(list) == 0 {
		return "what its makers do not publish"
	}
	return strings.Join(list, "; ")
}

// names are the products that share the application.
func (s *Integration) names(width int) []string {
	st := s.env.Theme.Styles
	var names []string
	for _, id := range s.products() {
		if i, ok := catalog.Lookup(id); ok {
			names = append(names, i.Name)
		}
	}
	lines := field.Wrap(strings.Join(names, " + "), width, 0, st.Label)
	return append(lines, "")
}

// plan is what the application, its role and its account must have for the features that are ticked, and what is worth
// knowing before it is made.
func (s *Integration) plan(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	a := s.Answers()
	r, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		return field.Wrap(g.Failed+" "+lifecycle.Sentence(err), width, 0, st.Bad)
	}
	var lines []string
	say := func(label string, list []string) {
		if len(list) > 0 {
			lines = append(lines, field.Hang(st.Label.Render(label)+" ", strings.Join(list, "; "), width, st.Text)...)
		}
	}
	say("API", []string{string(r.API)})
	say("Products", titlesOf(r.Products, func(p catalog.NeededProduct) string { return p.Title }))
	say("Role", titlesOf(r.Permissions, func(p catalog.NeededPermission) string { return p.Permission }))
	say("Licence", titlesOf(r.Packages, func(p catalog.NeededPackage) string { return p.Package }))
	say("Its own test", titlesOf(r.TestButtons, func(b catalog.TestButtonNeeds) string { return strings.TrimSuffix(b.About, ".") }))
	for _, l := range r.Limits {
		lines = append(lines, field.Hang(st.Warn.Render(g.Warning)+" ", l.Text, width, st.Text)...)
	}
	for _, n := range r.GuideNotes {
		lines = append(lines, field.Hang(g.Bullet+" ", n.Text, width, st.Muted)...)
	}
	for _, c := range r.Integrations {
		if next := c.Next(); next != "" {
			lines = append(lines, field.Hang(g.Bullet+" ", next, width, st.Muted)...)
		}
		if c.Doubt != "" {
			lines = append(lines, field.Hang(g.Bullet+" ", c.Doubt, width, st.Muted)...)
		}
	}
	return lines
}

// titlesOf are the words of a list.
func titlesOf[T any](list []T, title func(T) string) []string {
	var titles []string
	for _, one := range list {
		titles = append(titles, title(one))
	}
	return titles
}
