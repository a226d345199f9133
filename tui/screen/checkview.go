package screen

import (
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
	said     int // how many lines of the explanation are shown
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
	l.said = len(l.panel)
	if left := room - l.listRows; len(l.panel) > left {
		l.panel = l.panel[:max(left, 0)]
		if l.said = max(left, 0); left > 1 {
			l.said--
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
	title = field.Cut(title, room, t.Glyphs.More)
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
