package step

import (
	"fmt"
	"strings"

	"mimecred/client/catalog"
	"mimecred/tui/flow"
)

// PlanLine is one line of what an application needs.
type PlanLine struct {
	// Label is what it is about, "" for a note. What is looked for by itself in the console has a line of its own: each permission.
	Label, Text string
	// Warning is set for what does not work, or not everywhere.
	Warning bool
}

// PlanLines are what the application, its role and its account must have for the answers, and what is worth knowing before it is
// made; an error when the answers contradict each other. Warnings come first, notes last.
func PlanLines(a flow.Answers) ([]PlanLine, error) {
	r, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		return nil, err
	}
	var lines []PlanLine
	say := func(label, text string) {
		if text != "" {
			lines = append(lines, PlanLine{Label: label, Text: text})
		}
	}
	for _, l := range r.Limits {
		lines = append(lines, PlanLine{Text: l.Text, Warning: true})
	}
	say("API", string(r.API))
	say("Products", strings.Join(titles(r.Products, func(p catalog.NeededProduct) string { return p.Title }), "; "))
	for _, p := range r.Permissions {
		say("Role", p.Permission)
	}
	say("Licence", strings.Join(titles(r.Packages, func(p catalog.NeededPackage) string { return p.Package }), "; "))
	if tests := titles(r.TestButtons, func(b catalog.TestButtonNeeds) string { return strings.TrimSuffix(b.About, ".") }); len(tests) > 0 {
		say("", "The form tests the credential: "+strings.Join(tests, "; "))
	}
	for _, n := range r.GuideNotes {
		say("", n.Text)
	}
	for _, c := range r.Integrations {
		say("", c.Next())
		say("", c.Doubt)
	}
	return lines, nil
}

// PlanParts are the lines of a plan by when they are read: warnings first, what is needed, and notes on request.
func PlanParts(plan []PlanLine) (warnings, needed, notes []PlanLine) {
	for _, l := range plan {
		switch {
		case l.Warning:
			warnings = append(warnings, l)
		case l.Label == "":
			notes = append(notes, l)
		default:
			needed = append(needed, l)
		}
	}
	return warnings, needed, notes
}

// NotesTitle names the notes of a plan, and how many there are.
func NotesTitle(notes []PlanLine) string {
	return fmt.Sprintf("notes on the vendor's guide (%d)", len(notes))
}
