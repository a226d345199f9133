package screen

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// TestCheckTellsThatTheHostChanges in every phase, on wide and narrow screens: the credential goes to another host than before.
func TestCheckTellsThatTheHostChanges(t *testing.T) {
	t.Parallel()
	const before, after = "https://gateway.example.org", "https://us-api.mimecast.com"
	for _, changes := range []bool{true, false} {
		a := flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Rotating, BaseURLBefore: before, BaseURL: before}}
		if changes {
			a.BaseURL = after
		}
		for _, size := range [][2]int{{100, 30}, {60, 12}, {40, 10}} {
			for p := storing; p <= unconfirmed; p++ {
				c := &checkScreen{env: Env{Theme: theme.New(true, theme.WithoutColour()), Keys: theme.DefaultKeyMap()}, answers: a, phase: p}
				said := strings.Join(strings.Fields(c.View(size[0], size[1]).Body), " ")
				if got := strings.Contains(said, "The base URL changes from "+before+" to "+after+"."); got != changes {
					t.Errorf("phase %d at %v, changed %v: %s", p, size, changes, said)
				}
			}
		}
	}
}

// TestCheckDetailsHoldWhatIsNotShown: whatever is beside the checks already is not said again, and nothing is lost. Eight rows above
// leave the cause, the first thing to do and its key in sight.
func TestCheckDetailsHoldWhatIsNotShown(t *testing.T) {
	t.Parallel()
	for _, api := range []client.API{client.API10, client.API20} {
		for _, kind := range client.Kinds() {
			d := client.Diagnose(&client.Error{Kind: kind, HTTPStatus: 401, Code: "err_x", Message: "No"}, api)
			failed := client.Result{
				ID: client.CheckCredentials, Title: "Credentials", State: client.Failed, Kind: kind, Method: "POST", Path: "/api/x",
				HTTPStatus: 401, Code: "err_x", Message: "No", RequestID: "req-1", Meaning: d.Meaning, Fix: d.Fix, Where: d.Where,
			}
			for _, size := range []SizeMsg{{76, 22}, {52, 22}, {36, 10}, {100, 60}} {
				c := &checkScreen{
					env: Env{Theme: theme.New(true, theme.WithoutColour()), Keys: theme.DefaultKeyMap()}, phase: finished, size: size,
					answers: flow.Answers{Change: lifecycle.Change{API: api, Results: []client.Result{failed}}}, at: 2,
				}
				for i := range 8 {
					c.rows = append(c.rows, row{Step: client.Step{Title: "Check"}, result: &client.Result{State: client.Skipped, Detail: "not run"}})
					if i == c.at {
						c.rows[i] = row{Step: client.Step{Title: "Credentials"}, result: &failed}
					}
				}
				flat := func(text string) string { return strings.Join(strings.Fields(ansi.Strip(text)), " ") }
				view, open := flat(c.View(size.Width, size.Height).Body), flat(strings.Join(c.whole(size.Width), " "))
				first, _, _ := strings.Cut(c.fixOf(failed), ". ")
				if size.Height > 14 && (!strings.Contains(view, first) || !strings.Contains(view, d.Meaning)) {
					t.Errorf("API %s, %s at %v: the cause or %q is not in sight in %s", api, kind, size, first, view)
				}
				for _, said := range c.paragraphs(size.Width) {
					for _, sentence := range strings.SplitAfter(said.text, ". ") {
						if sentence = strings.TrimSpace(sentence); strings.Contains(view, sentence) == strings.Contains(open, sentence) {
							t.Errorf("API %s, %s at %v: %q is in both, or in neither", api, kind, size, sentence)
						}
					}
				}
				if !strings.Contains(view+open, "req-1") || !strings.Contains(open, "POST /api/x") || !strings.Contains(open, "mimecred explain "+string(kind)) {
					t.Errorf("API %s, %s at %v: the call is missing in %q", api, kind, size, open)
				}
			}
		}
	}
}
