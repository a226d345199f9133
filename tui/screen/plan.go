package screen

import (
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

// plan is what the application, its role and its account must have for the features that are ticked.
func (s *integrationScreen) plan(width int) []string {
	plan, err := step.PlanLines(s.Answers())
	if err != nil {
		return field.Wrap(s.env.Theme.Glyphs.Failed+" "+lifecycle.Sentence(err), width, 0, s.env.Theme.Styles.Bad)
	}
	_, needed, _ := step.PlanParts(plan)
	return s.planLines(needed, width)
}

// warnings are what does not work, or not everywhere: they come first.
func (s *integrationScreen) warnings(width int) []string {
	plan, _ := step.PlanLines(s.Answers())
	warnings, _, _ := step.PlanParts(plan)
	lines := s.planLines(warnings, width)
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}

// guideNotes are those on the vendor's guide.
func (s *integrationScreen) guideNotes() []step.PlanLine {
	plan, _ := step.PlanLines(s.Answers())
	_, _, notes := step.PlanParts(plan)
	return notes
}

// notes are folded into one line until they are asked for.
func (s *integrationScreen) notes(width int) []string {
	notes := s.guideNotes()
	if len(notes) == 0 {
		return nil
	}
	st, title := s.env.Theme.Styles, step.NotesTitle(notes)
	if !s.unfolded {
		return append([]string{""}, field.Hang(st.Key.Render(s.env.Keys.Notes.Help().Key)+" ", title, width, st.Muted)...)
	}
	lines := append([]string{""}, field.Wrap(strings.ToUpper(title[:1])+title[1:], width, 0, st.Label)...)
	return append(lines, s.planLines(notes, width)...)
}

// planLines draws what is needed: warnings with their sign, remarks without a label, a label once.
func (s *integrationScreen) planLines(plan []step.PlanLine, width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	var lines []string
	for i, l := range plan {
		label := st.Label.Render(l.Label) + " "
		if i > 0 && plan[i-1].Label == l.Label {
			label = strings.Repeat(" ", len(l.Label)+1)
		}
		switch {
		case l.Warning:
			lines = append(lines, field.Hang(st.Warn.Render(g.Warning)+" ", l.Text, width, st.Text)...)
		case l.Label != "":
			lines = append(lines, field.Hang(label, l.Text, width, st.Text)...)
		default:
			lines = append(lines, field.Hang(g.Bullet+" ", l.Text, width, st.Muted)...)
		}
	}
	return lines
}
