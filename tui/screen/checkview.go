package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// checkLayout is where the parts of the check screen lie.
type checkLayout struct {
	head     []string
	listFrom int // the line of the first row
	listRows int // how many rows are shown
	first    int // the first row shown
	panel    []string
}

// View implements Screen.
func (c *checkScreen) View(width, height int) Frame {
	if c.open || c.comparing {
		body, _ := c.reader.View(c.whole(width), width, height)
		return Frame{Body: body}
	}
	l := c.layout(width, height)
	lines := l.head
	for i := l.first; i < l.first+l.listRows; i++ {
		lines = append(lines, c.rowLine(i, width))
	}
	if hidden := len(c.rows) - l.first - l.listRows; hidden > 0 && l.listRows > 0 {
		lines[len(lines)-1] = c.lastRow(l.first+l.listRows-1, hidden, width)
	}
	if len(l.panel) > 0 && len(lines)+len(l.panel) < height {
		lines = append(lines, "")
	}
	lines = append(lines, l.panel...)
	frame := Frame{Body: strings.Join(lines[:min(len(lines), height)], "\n")}
	if !c.running() && l.listRows > 0 {
		frame.Cursor = tea.NewCursor(0, l.listFrom+c.at-l.first) // screen readers follow it
	}
	return frame
}

// layout shares the height out: the head, then as many rows as fit around the selected one, then the details. At least
// three rows and the first line of the details are always there.
func (c *checkScreen) layout(width, height int) checkLayout {
	var l checkLayout
	if height >= 14 {
		l.head = append(l.head, c.env.Theme.Styles.Title.Render(c.title()), "")
	}
	l.head = append(l.head, c.storeLines(width, height < 14)...)
	l.listFrom = len(l.head)
	l.panel = c.details(width)
	room := height - len(l.head)
	rows := len(c.rows)
	least := min(3, rows)
	if c.allRight() {
		least = 0 // the question about the tenant must be read before it is answered
	}
	l.listRows = min(rows, max(room-len(l.panel)-1, least))
	l.listRows = max(0, min(l.listRows, room))
	if left := room - l.listRows; len(l.panel) > left {
		l.panel = l.panel[:max(left, 0)]
		if left > 1 {
			l.panel[left-1] = c.env.Theme.Styles.Muted.Render(ansi.Truncate("enter shows the rest", width, ""))
		}
	}
	if c.at >= l.listRows {
		l.first = c.at - l.listRows + 1
	}
	return l
}

// storeLines tell how far the store is.
func (c *checkScreen) storeLines(width int, brief bool) []string {
	t := c.env.Theme
	muted := func(sign, text string, sty lipgloss.Style) []string {
		return field.Hang(sty.Render(sign)+" ", text, width, t.Styles.Text)
	}
	var lines []string
	back := c.answers.Purpose == lifecycle.RollingBack
	switch {
	case c.waiting != nil:
		lines = muted(c.spinner.View(), fmt.Sprintf("Waiting for %s until %s", c.waiting.What, c.waiting.Until.Format("15:04:05")), t.Styles.Accent)
	case c.phase == storing && back:
		lines = muted(c.spinner.View(), "Reading the previous version from the store", t.Styles.Accent)
	case c.phase == storing:
		lines = muted(c.spinner.View(), "Saving the credential on trial", t.Styles.Accent)
	case c.phase == activating:
		lines = muted(c.spinner.View(), "Activating the credential", t.Styles.Accent)
	case c.phase == confirming:
		lines = muted(c.spinner.View(), "Current. Confirming that it works", t.Styles.Accent)
	case c.phase == unconfirmed:
		lines = muted(t.Glyphs.Warning, "Current, not confirmed", t.Styles.Warn)
	case c.stored == nil && back:
		lines = muted(t.Glyphs.Failed, "Not read", t.Styles.Bad)
	case c.stored == nil:
		lines = muted(t.Glyphs.Failed, "Not stored", t.Styles.Bad)
	case back:
		lines = muted(t.Glyphs.Passed, "The previous version, as it is kept. The current version stays until it has passed.", t.Styles.Good)
	case brief:
		lines = muted(t.Glyphs.Passed, "Saved on trial, read back", t.Styles.Good)
	default:
		lines = muted(t.Glyphs.Passed, step.SavedOnTrial(c.answers.Location), t.Styles.Good)
	}
	for _, note := range []string{c.answers.Moved(), c.note} {
		if note != "" {
			lines = append(lines, muted(t.Glyphs.Warning, note, t.Styles.Warn)...)
		}
	}
	return lines
}

func (c *checkScreen) title() string {
	if c.answers.Purpose == lifecycle.RollingBack {
		return flow.Rollback.String()
	}
	return flow.Check.String()
}

// first tells whether a row is the first of those without a result: it alone turns, which keeps each turn small on a slow line.
func (c *checkScreen) first(i int) bool {
	return i == slices.IndexFunc(c.rows, func(r row) bool { return r.result == nil })
}

// rowLine draws one check: sign, title, its fact where there is room, and time or status at the right.
func (c *checkScreen) rowLine(i, width int) string {
	t, r := c.env.Theme, c.rows[i]
	sign, sty := t.Glyphs.Todo, t.Styles.Muted
	title, right := r.Title, ""
	switch {
	case r.result == nil && c.phase == checking && c.first(i):
		sign, sty = c.spinner.View(), t.Styles.Accent
	case r.result == nil:
	default:
		sign, sty = c.sign(r.result.State)
		right = rightOf(*r.result)
		if r.result.Title != "" {
			title = r.result.Title
		}
	}
	style := t.Styles.Text
	if r.result == nil || r.result.State == client.Skipped {
		style = t.Styles.Muted
	}
	if i == c.at && !c.running() && len(c.rows) > 1 && (c.moved || !c.allRight()) {
		style = t.Styles.Selected
		title = t.Glyphs.Selected + " " + title
	}
	room := width - 2
	if r.result != nil && ansi.StringWidth(right) > room/2 && r.result.HTTPStatus != 0 {
		right = fmt.Sprint(r.result.HTTPStatus) // the details have the code
	}
	if right != "" {
		room -= ansi.StringWidth(right) + 2
	}
	title = ansi.Truncate(title, room, t.Glyphs.More)
	line := style.Render(title)
	used := ansi.StringWidth(title)
	if r.result != nil && r.result.Detail != "" && used+2+ansi.StringWidth(r.result.Detail) <= room {
		line += "  " + t.Styles.Muted.Render(r.result.Detail)
		used += 2 + ansi.StringWidth(r.result.Detail)
	}
	if right != "" {
		line += strings.Repeat(" ", max(room-used+2, 1)) + t.Styles.Muted.Render(right)
	}
	return sty.Render(sign) + " " + line
}

func (c *checkScreen) sign(s client.State) (string, lipgloss.Style) {
	t := c.env.Theme
	switch s {
	case client.Passed:
		return t.Glyphs.Passed, t.Styles.Good
	case client.Warning:
		return t.Glyphs.Warning, t.Styles.Warn
	case client.Failed:
		return t.Glyphs.Failed, t.Styles.Bad
	default:
		return t.Glyphs.Skipped, t.Styles.Muted
	}
}

// rightOf is what is at the end of a row: how long it took, or the status and Mimecast's code.
func rightOf(r client.Result) string {
	if r.State == client.Passed {
		return r.Took()
	}
	switch {
	case r.NotRun():
		return "not run"
	case r.State == client.Skipped:
		return "not applicable"
	}
	var words []string
	if r.HTTPStatus != 0 {
		words = append(words, fmt.Sprint(r.HTTPStatus))
	}
	switch {
	case r.Code != "":
		words = append(words, r.Code)
	case r.Kind != "":
		words = append(words, strings.ReplaceAll(string(r.Kind), "_", " "))
	}
	return strings.Join(words, " ")
}

// details explain the selected row, or say how it all ended.
func (c *checkScreen) details(width int) []string {
	s := c.env.Theme.Styles
	var lines []string
	say := func(text string, sty lipgloss.Style) {
		if text != "" {
			lines = append(lines, field.Hang("", text, width, sty)...)
		}
	}
	switch {
	case c.phase == stopped || c.phase == unconfirmed:
		say(c.problem, s.Bad)
		say(c.fix, s.Text)
		say(step.PreviousKept(c.answers, c.refused), s.Muted)
	case c.allRight():
		lines = append(lines, c.tenant(width)...)
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
		found := c.answers.Judgement()
		tone := s.Bad
		if found.MayContinue() {
			tone = s.Warn
		}
		low := c.size.Height > 0 && c.size.Height < 14
		if r := c.selected(); low && r != nil && wrong(r) {
			say(c.fixOf(*r), s.Text) // there is no room for more
		}
		say(found.Outcome(), tone)
		for _, line := range c.answers.ComparedBack() {
			say(line, s.Muted)
		}
		if r := c.selected(); r != nil {
			say(whyNot(*r), s.Text)
			say(c.together(*r), s.Muted)
			say(r.Meaning, s.Muted)
			if !low || !wrong(r) {
				say(c.fixOf(*r), s.Text) // of all that is said here, what to do is what matters
			}
			if said := lifecycle.Verbatim(r.HTTPStatus, r.Code, r.Message); said != "" && wrong(r) {
				say("Mimecast says: "+said, s.Muted)
			}
			if r.RequestID != "" && wrong(r) {
				say("Request id "+r.RequestID, s.Muted)
			}
			if c.open && wrong(r) {
				say(step.KindWords(r.Kind), s.Muted)
			}
			if !wrong(r) && r.State != client.Skipped {
				say(cmp.Or(r.NoData(), r.Detail), s.Muted)
			}
		}
	case c.waiting != nil:
		say("A dialog of the system may be open behind this window. Esc stops waiting.", s.Text)
	}
	return lines
}

// whole is what fills the screen: the difference to the current credential, or the details of a row.
func (c *checkScreen) whole(width int) []string {
	if c.comparing {
		return c.difference(width)
	}
	return c.details(width)
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

// lastRow draws the last row that there is room for, and how many come after it.
func (c *checkScreen) lastRow(i, after, width int) string {
	t := c.env.Theme
	sign := fmt.Sprintf(" %s %d", t.Glyphs.Below, after)
	room := max(width-ansi.StringWidth(sign), 8)
	line := c.rowLine(i, room)
	line += strings.Repeat(" ", max(room-ansi.StringWidth(line), 0)) + t.Styles.Muted.Render(sign)
	return ansi.Truncate(line, width, "")
}

func (c *checkScreen) selected() *client.Result {
	if c.at < len(c.rows) {
		return c.rows[c.at].result
	}
	return nil
}

// tenant asks whether the account is the right one.
func (c *checkScreen) tenant(width int) []string {
	t := c.env.Theme
	account := c.answers.Account()
	if account == nil {
		return field.Hang("", "Every check passed. "+step.ActivateWords(c.answers), width, t.Styles.Good)
	}
	var facts []string
	for _, f := range []string{account.Name, account.Code, account.Region} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	lines := field.Hang("", "Is this your tenant?", width, t.Styles.Label)
	lines = append(lines, field.Hang("", strings.Join(facts, " "+t.Glyphs.Dot+" "), width, t.Styles.Value)...)
	if kept := step.KeptLine(c.env.Env, c.answers); kept != "" {
		lines = append(lines, field.Hang("", kept+" "+c.env.Keys.Goto.Help().Key+" changes that.", width, t.Styles.Muted)...)
	}
	return append(lines, field.Hang("", step.ActivateWords(c.answers), width, t.Styles.Good)...)
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
