package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// paragraph is a part of the details, drawn.
type paragraph struct {
	text  string
	style lipgloss.Style
	lines []string
}

// after is the paragraph from the sentence on that does not end within its first lines.
func (p paragraph) after(lines, width int) []string {
	if lines <= 0 || p.text == "" {
		return p.lines
	}
	seen := min(ansi.StringWidth(strings.Join(p.lines[:lines], " "))+1, len(p.text))
	if end := strings.LastIndex(p.text[:seen], ". "); end >= 0 {
		return field.Hang("", p.text[end+2:], width, p.style)
	}
	return p.lines
}

// details explain the selected row, or say how it all ended.
func (c *checkScreen) details(width int) []string {
	var lines []string
	for _, said := range c.paragraphs(width) {
		lines = append(lines, said.lines...)
	}
	return lines
}

func (c *checkScreen) paragraphs(width int) []paragraph {
	s := c.env.Theme.Styles
	var said []paragraph
	say := func(text string, sty lipgloss.Style) {
		if text != "" {
			said = append(said, paragraph{text, sty, field.Hang("", text, width, sty)})
		}
	}
	switch {
	case c.phase == stopped || c.phase == unconfirmed:
		say(c.problem, s.Bad)
		say(c.fix, s.Text)
		say(step.PreviousKept(c.answers, c.refused), s.Muted)
	case c.allRight():
		said = append(said, paragraph{lines: c.tenant(width)})
		for _, line := range c.answers.ComparedBack() {
			say(line, s.Text)
		}
		if r := c.selected(); c.moved && r != nil {
			say(whyNot(*r), s.Muted)
			say(r.NoData(), s.Text)
		} else {
			say(c.noData(), s.Muted)
		}
	case c.phase == finished:
		c.outcome(say)
	case c.waiting != nil:
		say("A dialog of the system may be open behind this window. Esc stops waiting.", s.Text)
	}
	return said
}

// outcome says how checks ended that did not all pass, and explains the selected one.
func (c *checkScreen) outcome(say func(text string, sty lipgloss.Style)) {
	s := c.env.Theme.Styles
	found, r := c.answers.Judgement(), c.selected()
	tone := s.Bad
	if found.MayContinue() {
		tone = s.Warn
	}
	low := c.size.Height > 0 && c.size.Height < 14
	if low && r != nil && wrong(r) {
		say(c.fixOf(*r), s.Text) // there is no room for more
	}
	say(found.Outcome(), tone)
	for _, line := range c.answers.ComparedBack() {
		say(line, s.Muted)
	}
	if r == nil {
		return
	}
	say(whyNot(*r), s.Text)
	say(c.together(*r), s.Muted)
	say(r.Meaning, s.Muted)
	if !low || !wrong(r) {
		say(c.fixOf(*r), s.Text) // of all that is said here, what to do is what matters
	}
	switch said := lifecycle.Verbatim(r.HTTPStatus, r.Code, r.Message); {
	case wrong(r) && said != "":
		say("Mimecast says: "+said, s.Muted)
	case !wrong(r) && r.State != client.Skipped:
		say(cmp.Or(r.NoData(), r.Detail), s.Muted)
	}
	if r.RequestID != "" && wrong(r) {
		say("Request id "+r.RequestID, s.Muted)
	}
}

// whole is what fills the screen: the difference to the current credential, or what is not said beside the checks already: the
// sentences that do not fit there, and the call itself. Where nothing is left to say it is all of that.
func (c *checkScreen) whole(width int) []string {
	if c.comparing {
		return c.difference(width)
	}
	var lines []string
	seen := c.layout(max(c.size.Width, 1), c.size.Height).said
	for _, said := range c.paragraphs(width) {
		if seen < len(said.lines) {
			lines = append(lines, said.after(seen, width)...)
		}
		seen -= len(said.lines)
	}
	if lines = append(lines, c.callLines(width)...); len(lines) == 0 {
		lines = c.details(width)
	}
	if r := c.selected(); r != nil && len(lines) > 0 {
		lines = append(field.Hang("", r.Title, width, c.env.Theme.Styles.Label), lines...)
	}
	return lines
}

// callLines name the call that the selected check made, and the kind of its failure.
func (c *checkScreen) callLines(width int) []string {
	r := c.selected()
	if r == nil || c.phase != finished {
		return nil
	}
	var lines []string
	if r.Path != "" {
		lines = field.Hang("", "Call: "+r.Method+" "+r.Path, width, c.env.Theme.Styles.Muted)
	}
	if words := step.KindWords(r.Kind); words != "" && wrong(r) {
		lines = append(lines, field.Hang("", words, width, c.env.Theme.Styles.Muted)...)
	}
	return lines
}

// difference is every check that the current credential passes and the new one does not, with the reason.
func (c *checkScreen) difference(width int) []string {
	t := c.env.Theme
	lines := field.Hang("", "The current credential passes what the new one does not:", width, t.Styles.Label)
	for _, l := range lifecycle.DifferenceLines(c.answers.Difference()) {
		sign := t.Styles.Bad.Render(t.Glyphs.Failed)
		if l.Gained {
			sign = t.Styles.Good.Render(t.Glyphs.Passed)
		}
		lines = append(lines, field.Hang(sign+" ", l.Text, width, t.Styles.Text)...)
	}
	lines = append(lines, "")
	return append(lines, field.Hang("", "c replaces the current version all the same, and records that. Esc changes nothing.", width, t.Styles.Warn)...)
}

// noData says which checks found no rows.
func (c *checkScreen) noData() string {
	words, several := lifecycle.NoData(c.answers.Results)
	if several {
		words += " Select one to read what that may mean."
	}
	return words
}

// whyNot says why a check does not apply, with Mimecast's words where there are any; "" for any other check.
func whyNot(r client.Result) string {
	if r.State != client.Skipped {
		return ""
	}
	why := r.Title + ": " + r.Detail
	if r.Detail == "" {
		why = ""
	}
	if said := lifecycle.Verbatim(r.HTTPStatus, r.Code, r.Message); said != "" {
		why = strings.TrimPrefix(why+". Mimecast says: "+said, ". ")
	}
	return why
}

// fixOf is what to do about a result, and about all that have the same cause, with the key that opens the step that it is done in.
func (c *checkScreen) fixOf(r client.Result) string {
	m := c.causeOf(r)
	words := step.FixOf(c.answers, r, m)
	if to := flow.FixStep(r.Kind, c.answers); words == flow.Remedy(m.Fix, m.Where) && words != m.Fix && to != flow.None {
		opens := c.env.Keys.Change.Help().Key + " opens the step " + to.String() + "."
		first, rest, more := strings.Cut(m.Fix, ". ")
		if !more {
			return m.Fix + " " + opens
		}
		return first + ". " + opens + " " + rest // the key is beside what has to be done first
	}
	return words
}

// causeOf is the remedy that a result belongs to.
func (c *checkScreen) causeOf(r client.Result) client.Remedy {
	for _, m := range client.Remedies(c.answers.Results) {
		if slices.ContainsFunc(m.Checks, func(one client.Result) bool { return one.ID == r.ID }) {
			return m
		}
	}
	return client.Remedy{Checks: []client.Result{r}, Fix: r.Fix, Where: r.Where}
}

// together names the other checks that have the same cause; "" when there are none.
func (c *checkScreen) together(r client.Result) string {
	m := c.causeOf(r)
	if len(m.Checks) < 2 {
		return ""
	}
	return fmt.Sprintf("%d checks have this cause: %s.", len(m.Checks), lifecycle.TitlesOf(m))
}
