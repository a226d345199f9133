package lifecycle

import (
	"fmt"
	"strings"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// DifferenceLine is a check that the current version and the new one do not have in common, in a sentence.
type DifferenceLine struct {
	Text string
	// Gained is set when the new version passes it, and the current one does not.
	Gained bool
}

// DifferenceLines are the checks that a new version loses, then those that it gains.
func DifferenceLines(d client.Difference) []DifferenceLine {
	var lines []DifferenceLine
	for _, lost := range d.Lost {
		text := checkLine(lost.After, "passed, now "+string(lost.After.State))
		if needs := lost.After.Permission; needs != "" {
			text = strings.TrimSuffix(text, ".") + "; needs " + needs
		}
		lines = append(lines, DifferenceLine{Text: text})
	}
	for _, gained := range d.Gained {
		lines = append(lines, DifferenceLine{fmt.Sprintf("%s: %s before, now passed", gained.After.Title, gained.Before.State), true})
	}
	return lines
}

// ComparedBack says what a previous version is compared with before it becomes current again, then what is lost and what is gained by that;
// nothing where there is no difference.
func (c Change) ComparedBack() []string {
	if c.Purpose != RollingBack {
		return nil
	}
	var lines []string
	for _, line := range DifferenceLines(c.Difference()) {
		lines = append(lines, line.Text+".")
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{"Compared with the test of the current version on " + c.Replaced.CheckedAt.Local().Format("2 January at 15:04") + ":"}, lines...)
}

// Gains are the lines of what a new version gains.
func Gains(d client.Difference) []string {
	var lines []string
	for _, line := range DifferenceLines(client.Difference{Gained: d.Gained}) {
		lines = append(lines, line.Text)
	}
	return lines
}

// Against says check by check what speaks against the new version: what it lacks, then what failed and may fail with the current
// one as well.
func (j Judgement) Against() []string {
	var lines []string
	for _, line := range DifferenceLines(client.Difference{Lost: j.Lost}) {
		lines = append(lines, line.Text)
	}
	for _, r := range j.Failed {
		lines = append(lines, checkLine(r, "failed"))
	}
	return lines
}

// checkLine is a check, how it ended, and what that means.
func checkLine(r client.Result, ended string) string {
	if words := said(r); words != "" {
		ended += ": " + words
	}
	return r.Title + ": " + ended
}

// said is what a result that is not all right means, with Mimecast's words.
func said(r client.Result) string {
	words := strings.TrimSpace(r.Meaning + " " + Verbatim(r.HTTPStatus, r.Code, r.Message))
	if words == "" {
		return r.Detail
	}
	return words
}

// Trouble is the first check that failed, and what that means.
func Trouble(results []client.Result) string {
	for _, r := range results {
		if r.State == client.Failed {
			return r.Title + ": " + said(r)
		}
	}
	return "not tested to the end"
}

// Words say what a new version is compared with.
func (c Compared) Words() string {
	if client.Judge(c.Results).Accepted {
		return "The current version was tested, to compare with: " + Counted(Summary(c.Results, time.Time{})) + "."
	}
	compared := "nothing is known of what it passed"
	if !c.Last.IsZero() {
		compared = "the new version is compared with its check of " + c.Last.Local().Format(time.DateTime)
	}
	return "The current version does not work now (" + Trouble(c.Results) + "); " + compared + "."
}

// Counted is how checks ended, in words.
func Counted(sum credstore.CheckSummary) string {
	var words []string
	for _, part := range []struct {
		n    int
		word string
	}{{sum.Passed, "passed"}, {sum.Warnings, "with a warning"}, {sum.Failed, "failed"}, {sum.Skipped, "skipped"}} {
		if part.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	return strings.Join(words, ", ")
}
