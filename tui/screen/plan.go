package screen

import (
	"slices"
	"strings"

	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/step"
)

// names are the products that share the application.
func (s *integrationScreen) names(width int) []string {
	var names []string
	for _, id := range step.Products(s.answers) {
		if i, ok := catalog.Lookup(id); ok {
			names = append(names, i.Name)
		}
	}
	return append(field.Wrap(strings.Join(names, " + "), width, 0, s.env.Theme.Styles.Label), "")
}

// plan is what the application, its role and its account must have for the features that are ticked, and what is worth
// knowing before it is made.
func (s *integrationScreen) plan(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	plan, err := step.PlanLines(s.Answers())
	if err != nil {
		return field.Wrap(g.Failed+" "+lifecycle.Sentence(err), width, 0, st.Bad)
	}
	return s.planLines(slices.DeleteFunc(plan, func(l step.PlanLine) bool { return l.Warning }), width)
}

// warnings are what does not work, or not everywhere: they come first.
func (s *integrationScreen) warnings(width int) []string {
	plan, _ := step.PlanLines(s.Answers())
	lines := s.planLines(slices.DeleteFunc(plan, func(l step.PlanLine) bool { return !l.Warning }), width)
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}

// planLines draws what is needed: warnings with their sign, remarks without a label.
func (s *integrationScreen) planLines(plan []step.PlanLine, width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	var lines []string
	for _, l := range plan {
		switch {
		case l.Warning:
			lines = append(lines, field.Hang(st.Warn.Render(g.Warning)+" ", l.Text, width, st.Text)...)
		case l.Label != "":
			lines = append(lines, field.Hang(st.Label.Render(l.Label)+" ", l.Text, width, st.Text)...)
		default:
			lines = append(lines, field.Hang(g.Bullet+" ", l.Text, width, st.Muted)...)
		}
	}
	return lines
}
