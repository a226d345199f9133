package screen

import (
	"strconv"

	"mimecred/tui/flow"
)

// FormLines is the hand-off as plain lines: the fields of each form in their order, without a secret. Of a secret it tells
// the length and the command that prints it.
func FormLines(a flow.Answers) []string {
	var lines []string
	for _, f := range Forms(a) {
		title := f.Integration.Name
		if f.Integration.Form != "" {
			title = f.Integration.Vendor + ": " + f.Integration.Form
		}
		lines = append(lines, title)
		for n, e := range f.Entries {
			line := "    " + strconv.Itoa(n+1) + ". " + e.Label
			if !e.Required {
				line += " (optional)"
			}
			switch {
			case !e.Value.IsZero():
				line += ": a secret of " + strconv.Itoa(e.Value.Len()) + " characters; mimecred get " + a.Name + " " + e.Name() + " prints it."
			case e.Text != "":
				line += ": " + e.Text
			}
			lines = append(lines, line)
			if e.Advice != "" {
				lines = append(lines, "       "+e.Advice)
			}
		}
	}
	return lines
}
