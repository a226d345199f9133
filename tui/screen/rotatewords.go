package screen

import (
	"fmt"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// words say what is in force, who else uses it, and what was left.
func (s *Rotate) words(width int) []string {
	t := s.env.Theme
	line := func(sign, text string, sty func(...string) string) []string {
		return wrapRow(sty(sign)+" ", text, width, t.Styles.Text)
	}
	var out []string
	switch {
	case s.phase == rotateStopped:
		out = line(t.Glyphs.Failed, s.problem, t.Styles.Bad.Render)
		return append(out, append(wrapRow("  ", s.fix, width, t.Styles.Text), "")...)
	case s.waiting != nil:
		return line(s.spinner(), fmt.Sprintf("Waiting for %s until %s. Esc stops waiting.", s.waiting.What, s.waiting.Until.Format("15:04:05")), t.Styles.Accent.Render)
	case s.phase == rotateLoading:
		return line(s.spinner(), "Reading "+s.answers.Name+" from its store", t.Styles.Accent.Render)
	}
	out = append(out, wrapRow("", SinceWords(s.answers, s.found.Entry, s.env.Now()), width, t.Styles.Text)...)
	out = append(out, s.testWords(width)...)
	if words := PreviousWords(s.found); words != "" {
		out = append(out, line(t.Glyphs.Bullet, words, t.Styles.Muted.Render)...)
	}
	for _, text := range UnfinishedWords(s.found) {
		out = append(out, line(t.Glyphs.Warning, text, t.Styles.Warn.Render)...)
	}
	for _, text := range lifecycle.LostLines(s.answers.Orphans) {
		out = append(out, line(t.Glyphs.Warning, text, t.Styles.Warn.Render)...)
	}
	if words := SharedWords(s.answers); words != "" {
		out = append(out, line(t.Glyphs.Warning, words, t.Styles.Warn.Render)...)
	}
	return append(out, "")
}

// testWords say what the last test of the credential in force found.
func (s *Rotate) testWords(width int) []string {
	t := s.env.Theme
	old := s.answers.Old
	line := func(sign string, sty lipgloss.Style, text string) []string {
		return wrapRow(sty.Render(sign)+" ", text, width, t.Styles.Text)
	}
	known := "Nothing is known of what it passed, so that the new one has nothing to be compared with."
	if len(old.Results) > 0 {
		known = "The new one is compared with its test of " + ago(old.CheckedAt, s.env.Now()) + ": " + CountWords(client.Judge(old.Results)) + "."
	}
	switch v := client.Judge(old.Tested); {
	case s.phase == rotateTesting:
		text := fmt.Sprintf("Testing what is in use now: %d of %d. Esc skips that.", len(s.tested), len(s.found.Plan.Steps()))
		return line(s.spinner(), t.Styles.Accent, text)
	case len(old.Tested) == 0:
		return line(t.Glyphs.Warning, t.Styles.Warn, "What is in use now was not tested. "+known)
	case lifecycle.KeysExpired(old.Tested):
		return line(t.Glyphs.Failed, t.Styles.Bad, "The keys in force have expired. "+known)
	case v.Refused:
		return line(t.Glyphs.Failed, t.Styles.Bad, "Mimecast refuses what is in force now. "+known)
	case v.NothingWorks:
		return line(t.Glyphs.Failed, t.Styles.Bad, "Every call that the product makes fails with what is in force now. "+known)
	case v.AllRight:
		return line(t.Glyphs.Passed, t.Styles.Good, "It works: "+CountWords(v)+". The new one must pass the same.")
	default:
		return line(t.Glyphs.Warning, t.Styles.Warn, "It works in part: "+CountWords(v)+". The new one must pass what it passes.")
	}
}

// SinceWords say how old the credential in force is, and when it is to be rotated.
func SinceWords(a flow.Answers, e credstore.Entry, now time.Time) string {
	text := "In use since " + a.Old.Since.Local().Format("2 January 2006") + " (" + ago(a.Old.Since, now) + ")"
	if due, ok := e.RotationDue(); ok {
		if now.Before(due) {
			text += ", to be rotated by " + due.Local().Format("2 January 2006")
		} else {
			text += ", to be rotated since " + due.Local().Format("2 January 2006")
		}
	}
	return text + "."
}

// SharedWords name who else uses the application.
func SharedWords(a flow.Answers) string {
	var names []string
	for _, share := range a.Shares {
		names = append(names, share.Words())
	}
	switch {
	case len(names) > 0 && a.API == client.API20:
		return "The application is used by " + manyNames(names) + " as well: they need the new pair too."
	case len(names) > 0:
		return "The application is used by " + manyNames(names) + " as well. Keys of their own stay as they are."
	case a.API == client.API20:
		return "Whatever else was given the same pair needs the new one too. mimecred knows of no other profile with it."
	}
	return ""
}

// PreviousWords say what becomes of a version that is kept from an earlier rotation; "" when there is none.
func PreviousWords(found lifecycle.Found) string {
	old := found.Record.Previous
	if old == nil || found.Record.Active == nil || found.Unfinished && found.Swap.Phase != credstore.Begun {
		return ""
	}
	text := "The version that is kept from before is given up when the new one is put in force."
	keys, legacy := old.Credential.(client.Legacy)
	now, same := found.Record.Active.Credential.(client.Legacy)
	if legacy && (!same || !keys.AccessKey.Equal(now.AccessKey)) {
		text += " Its access key stays valid at Mimecast, unless mimecred retire " + found.Record.Profile.Name + " logs it out first."
	}
	return text
}

// UnfinishedWords say how far an earlier change came.
func UnfinishedWords(found lifecycle.Found) []string {
	if !found.Unfinished {
		return nil
	}
	at := found.Swap.At.Local().Format("2 January 2006 at 15:04")
	switch found.Swap.Phase {
	case credstore.Begun:
		if found.Swap.Reminds() {
			return nil // LostLines tells
		}
		return []string{"A rotation was begun on " + at + " and has stored nothing. If new credentials were generated since, they can be pasted now."}
	case credstore.Staged:
		if waits := found.Record.Pending; waits != nil {
			at = waits.CreatedAt.Local().Format("2 January 2006 at 15:04")
		}
		return []string{"A new credential is stored since " + at + " and has not been put in force."}
	case credstore.Promoted:
		return []string{"The new credential is in force since " + at + ", and has not been confirmed."}
	case credstore.Confirmed:
		return []string{"The new credential is in force since " + at + ". The old one has not been retired."}
	case credstore.LoggingOut:
		return []string{"The old key was being logged out on " + at + "; it is not known whether that happened."}
	case credstore.Creating, credstore.KeysCreated: // LostLines tells
	}
	return nil
}

// CountWords count checks: "9 passed, 1 failed".
func CountWords(v client.Verdict) string {
	var words []string
	for _, c := range []struct {
		n    int
		what string
	}{{v.Passed, "passed"}, {v.Warnings, "with a warning"}, {v.Failed, "failed"}} {
		if c.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(words) == 0 {
		return "no check"
	}
	if v.NothingWorks && v.Failed == 0 {
		words = append(words, "every call of the product failed")
	}
	return strings.Join(words, ", ")
}
