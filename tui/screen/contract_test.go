package screen

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
	"mimecred/tui/theme"
)

// TestScreensTakeWhatTheQuestionsTake types every value of the table into the form that is drawn: the same answer, or the same
// sentence.
func TestScreensTakeWhatTheQuestionsTake(t *testing.T) {
	env := Env{Env: steptest.Env(), Context: context.Background(), Theme: theme.New(true, theme.WithoutColour()), Keys: theme.DefaultKeyMap()}
	for _, c := range steptest.Cases() {
		t.Run(c.ID+"/"+c.Typed, func(t *testing.T) {
			q, verdict, want := c.Judged(env.Env)
			f := newForm(env, c.Answers, "Step", c.Make)
			in := f.inputs[q.ID]
			switch q.Kind {
			case step.Choice:
				in.set(step.Value{Text: c.Typed})
				if in.value().Text != c.Typed {
					return // what is no row cannot be chosen
				}
			case step.Several:
			case step.Text, step.Identifier, step.Secret, step.Password, step.OneTimeCode:
				in.set(step.Value{})
				f.form.Focus(in.Field)
				f.update(tea.PasteMsg{Content: c.Typed})
			}
			f.form.Focus(in.Field)
			f.answer()
			f.layout()
			f.submit(nil)
			shown := strings.Join(strings.Fields(ansi.Strip(f.View(400, 200).Body)), " ")
			if verdict.Err != nil {
				said := lifecycle.Sentence(verdict.Err)
				if !strings.Contains(shown, said) && !strings.Contains(shown, "This contains a secret") && !in.value().IsZero() {
					t.Errorf("%q is not said:\n%s", said, shown)
				}
				return
			}
			if got := c.Has(env.Env, f.Answers()); !got.Equal(want) {
				t.Errorf("the answer is %+v, want %+v\n%s", got, want, shown)
			}
			for _, note := range verdict.Notes {
				if !verdict.Moved && !strings.Contains(shown, note) {
					t.Errorf("%q is not said:\n%s", note, shown)
				}
			}
		})
	}
}
