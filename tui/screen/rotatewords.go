package screen

import (
	"fmt"

	"charm.land/lipgloss/v2"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/step"
)

// words say what is in force, who else uses it, and what was left.
func (s *Rotate) words(width int) []string {
	t := s.env.Theme
	line := func(sign, text string, sty func(...string) string) []string {
		return field.Hang(sty(sign)+" ", text, width, t.Styles.Text)
	}
	var out []string
	switch {
	case s.phase == rotateStopped:
		out = line(t.Glyphs.Failed, s.problem, t.Styles.Bad.Render)
		return append(out, append(field.Hang("  ", s.fix, width, t.Styles.Text), "")...)
	case s.waiting != nil:
		return line(s.spinner.View(), fmt.Sprintf("Waiting for %s until %s. Esc stops waiting.", s.waiting.What, s.waiting.Until.Format("15:04:05")), t.Styles.Accent.Render)
	case s.phase == rotateLoading:
		return line(s.spinner.View(), "Reading "+s.answers.Name+" from its store", t.Styles.Accent.Render)
	}
	out = append(out, field.Hang("", step.SinceWords(s.answers, s.found.Entry, s.env.Now()), width, t.Styles.Text)...)
	out = append(out, s.testWords(width)...)
	if words := step.PreviousWords(s.found); words != "" {
		out = append(out, line(t.Glyphs.Bullet, words, t.Styles.Muted.Render)...)
	}
	for _, text := range step.UnfinishedWords(s.found) {
		out = append(out, line(t.Glyphs.Warning, text, t.Styles.Warn.Render)...)
	}
	for _, text := range lifecycle.LostLines(s.answers.Orphans) {
		out = append(out, line(t.Glyphs.Warning, text, t.Styles.Warn.Render)...)
	}
	if words := step.SharedWords(s.answers); words != "" {
		out = append(out, line(t.Glyphs.Warning, words, t.Styles.Warn.Render)...)
	}
	return append(out, "")
}

// testWords say what the last test of the credential in force found.
func (s *Rotate) testWords(width int) []string {
	t := s.env.Theme
	old := s.answers.Old
	line := func(sign string, sty lipgloss.Style, text string) []string {
		return field.Hang(sty.Render(sign)+" ", text, width, t.Styles.Text)
	}
	known := "Nothing is known of what it passed, so that the new one has nothing to be compared with."
	if len(old.Results) > 0 {
		known = "The new one is compared with its test of " + step.Ago(old.CheckedAt, s.env.Now()) + ": " + step.CountWords(client.Judge(old.Results)) + "."
	}
	switch v := client.Judge(old.Tested); {
	case s.phase == rotateTesting:
		text := fmt.Sprintf("Testing what is in use now: %d of %d. Esc skips that.", len(s.tested), len(s.found.Plan.Steps()))
		return line(s.spinner.View(), t.Styles.Accent, text)
	case len(old.Tested) == 0:
		return line(t.Glyphs.Warning, t.Styles.Warn, "What is in use now was not tested. "+known)
	case lifecycle.KeysExpired(old.Tested):
		return line(t.Glyphs.Failed, t.Styles.Bad, "The keys in force have expired. "+known)
	case v.Refused:
		return line(t.Glyphs.Failed, t.Styles.Bad, "Mimecast refuses what is in force now. "+known)
	case v.NothingWorks:
		return line(t.Glyphs.Failed, t.Styles.Bad, "Every call that the product makes fails with what is in force now. "+known)
	case v.AllRight:
		return line(t.Glyphs.Passed, t.Styles.Good, "It works: "+step.CountWords(v)+". The new one must pass the same.")
	default:
		return line(t.Glyphs.Warning, t.Styles.Warn, "It works in part: "+step.CountWords(v)+". The new one must pass what it passes.")
	}
}
