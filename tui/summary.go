package tui

import (
	"strings"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// Summary is the plain text for after the alternate screen closed: the profile, where it is, its checks, and the next
// commands; or what became of what was begun. It ends with a line break and holds no secret. dot is between the parts of one fact.
func Summary(o Outcome, env step.Env, dot string) string {
	if o.AtHome {
		return homeSummary(o, env)
	}
	if !o.Answers.Activated {
		return unfinished(o, env)
	}
	var b strings.Builder
	b.WriteString(step.DoneWords(env, o.Answers) + "\n\n")
	facts := step.SavedFacts(env, o.Answers, dot)
	width := 0
	for _, f := range facts {
		width = max(width, len(f.Name))
	}
	for _, f := range facts {
		b.WriteString(f.Name + strings.Repeat(" ", width-len(f.Name)) + "  " + f.Value + "\n")
	}
	for _, line := range lifecycle.LostLines(o.Answers.LostKeys) {
		b.WriteString(line + "\n")
	}
	for _, text := range step.Afterwards(o.Answers) {
		b.WriteString("In the console: " + text + "\n")
	}
	b.WriteString("\nNext:\n")
	commands := step.NextCommands(env, o.Answers)
	width = 0
	for _, c := range commands {
		width = max(width, len(c.Line))
	}
	for _, c := range commands {
		b.WriteString("  " + c.Line + strings.Repeat(" ", width-len(c.Line)) + "  " + c.About + "\n")
	}
	return b.String()
}

// unfinished says what is left of a wizard that was left.
func unfinished(o Outcome, env step.Env) string {
	switch left := whatIsLeft(o, env); {
	case left != "":
		return left
	case o.Answers.Purpose != lifecycle.SettingUp:
		return "Nothing was changed.\n"
	default:
		return "Nothing was saved.\n"
	}
}

// whatIsLeft says what a wizard that was left leaves here and at Mimecast; "" when nothing.
func whatIsLeft(o Outcome, env step.Env) string {
	if env.Demo != nil {
		return "" // its store and its Mimecast have ended with it
	}
	a := o.Answers
	risk := flow.AtRisk(a)
	var b strings.Builder
	switch {
	case risk.Staged && env.Passing(a.StagedStore):
		b.WriteString("The credential of " + a.StagedName + " was kept in this session only, and is gone.\n")
	case risk.Staged:
		where := ""
		if a.Location != "" {
			where = ": " + a.Location
		}
		b.WriteString("The credential of " + a.StagedName + " is saved on trial and not current yet" + where + ".\n" +
			"Test and activate it with: mimecred check " + a.StagedName + "\n")
	}
	for _, line := range append(flow.UnstoredLines(a), lifecycle.LostLines(a.LostKeys)...) {
		b.WriteString(line + "\n")
	}
	switch {
	case b.Len() > 0:
		return b.String()
	case a.WasDiscarded:
		return "The rotation of " + a.Name + " is discarded; the current version stays current.\n"
	case a.Purpose == lifecycle.Rotating && a.Way != lifecycle.WayUndecided:
		return "The rotation of " + a.Name + " is not finished; the current version stays current. Continue with: mimecred rotate " + a.Name + "\n"
	case a.Purpose == lifecycle.SettingUp && o.Kept:
		return "Nothing secret was saved. Continue with: mimecred setup " + a.Name + "\n"
	default:
		return ""
	}
}
