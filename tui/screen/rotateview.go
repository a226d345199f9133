package screen

import (
	"fmt"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/step"
)

// words say what is current, who else uses it, and what was left.
func (s *rotateScreen) words(width int) []string {
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
	for _, text := range lifecycle.LostLines(s.answers.LostKeys) {
		out = append(out, line(t.Glyphs.Warning, text, t.Styles.Warn.Render)...)
	}
	if words := step.SharedWords(s.answers); words != "" {
		out = append(out, line(t.Glyphs.Warning, words, t.Styles.Warn.Render)...)
	}
	return append(out, "")
}

// testWords say what the last test of the current credential found.
func (s *rotateScreen) testWords(width int) []string {
	t := s.env.Theme
	if s.phase == rotateTesting {
		text := fmt.Sprintf("Testing the current credential: %d of %d. Esc skips that.", len(s.tested), len(s.found.Plan.Steps()))
		return field.Hang(t.Styles.Accent.Render(s.spinner.View())+" ", text, width, t.Styles.Text)
	}
	signs := map[step.Tone]string{
		step.Fine: t.Styles.Good.Render(t.Glyphs.Passed), step.Doubtful: t.Styles.Warn.Render(t.Glyphs.Warning), step.Broken: t.Styles.Bad.Render(t.Glyphs.Failed),
	}
	tone, words := step.TestedWords(s.answers, s.env.Now())
	return field.Hang(signs[tone]+" ", words, width, t.Styles.Text)
}
