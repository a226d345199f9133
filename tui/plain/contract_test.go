package plain

import (
	"bytes"
	"strings"
	"testing"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestLineModeTakesWhatTheQuestionsTake answers every question of the table on a pipe: the same answer, or the same sentence.
func TestLineModeTakesWhatTheQuestionsTake(t *testing.T) {
	env := steptest.Env()
	for _, c := range steptest.Cases() {
		t.Run(c.ID+"/"+c.Typed, func(t *testing.T) {
			q, verdict, want := c.Judged(env)
			var out bytes.Buffer
			s := &session{
				ctx: t.Context(), env: env, in: newInput(strings.NewReader(c.Typed + "\n")), out: newPrinter(&out, false), stopped: &stops{},
				a: c.Answers, secretLines: true,
				waits: func() bool { return false }, tail: func() string { return "" }, size: func() (int, int, bool) { return 0, 0, false },
			}
			s.readSecret = func(string) (string, error) { return s.in.line() }
			f := c.Make(env, s.a)
			_, err := s.put(f, f.Index(q.ID))
			shown := strings.Join(strings.Fields(out.String()), " ")
			if verdict.Err != nil {
				said := strings.Join(strings.Fields(newPrinter(nil, false).clean(lifecycle.Sentence(verdict.Err))), " ")
				if err == nil || !strings.Contains(shown, said) && !strings.Contains(shown, "contains a secret") {
					t.Errorf("%q is not said (%v):\n%s", said, err, shown)
				}
				return
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, shown)
			}
			if got := c.Has(env, s.a); !got.Equal(want) {
				t.Errorf("the answer is %+v, want %+v\n%s", got, want, shown)
			}
			for _, note := range verdict.Notes {
				if !strings.Contains(shown, note) {
					t.Errorf("%q is not said:\n%s", note, shown)
				}
			}
			if q.Kind != step.Choice && q.Kind != step.Several && strings.Contains(shown, "Type an answer") {
				t.Errorf("asked again:\n%s", shown)
			}
		})
	}
}
