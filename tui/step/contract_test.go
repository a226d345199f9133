package step_test

import (
	"slices"
	"strings"
	"testing"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestEveryQuestionHasValues walks all steps: each question that can be asked is in the table that screens, line mode and files
// are held to.
func TestEveryQuestionHasValues(t *testing.T) {
	env := steptest.Env()
	covered := map[string]bool{}
	for _, c := range steptest.Cases() {
		covered[c.ID] = true
	}
	asked := 0
	for _, build := range step.All() {
		for _, c := range steptest.Cases() {
			for _, q := range build(env, c.Answers).Questions {
				if asked++; !covered[q.ID] {
					t.Errorf("no value is tried for the question %q", q.ID)
				}
			}
		}
	}
	if len(covered) < 25 || asked < 1000 {
		t.Errorf("%d questions have values, asked %d times", len(covered), asked)
	}
}

// TestEveryQuestionSaysWhatItAsks: a label of at most six words, help, and a sentence for an empty answer where none may be.
func TestEveryQuestionSaysWhatItAsks(t *testing.T) {
	env := steptest.Env()
	for _, c := range steptest.Cases() {
		q, _, _ := c.Judged(env)
		if q.Label == "" || len(q.Help) == 0 && q.Hint == "" && q.Kind != step.Choice {
			t.Errorf("%s: label %q, help %v", q.ID, q.Label, q.Help)
		}
		a := c.Answers
		empty := q.Answer(&a, step.Value{})
		if !q.Optional && lifecycle.Sentence(empty.Err) == "" {
			t.Errorf("%s: an empty answer is taken", q.ID)
		}
		if q.Optional && empty.Err != nil {
			t.Errorf("%s: may stay empty, and %v", q.ID, empty.Err)
		}
	}
}

// TestAnswersAreKept: what is taken can be given again and stays the same, and a value that is refused harms no other.
func TestAnswersAreKept(t *testing.T) {
	env := steptest.Env()
	for _, c := range steptest.Cases() {
		q, verdict, has := c.Judged(env)
		if verdict.Err != nil || verdict.Moved || has.IsZero() {
			continue
		}
		a := c.Answers
		if q.Answer(&a, has); !c.Has(env, a).Equal(has) {
			t.Errorf("%s: %q given again is not the same", c.ID, c.Typed)
		}
	}
}

// TestVerdicts pins what is refused.
func TestVerdicts(t *testing.T) {
	env := steptest.Env()
	var refused []string
	for _, c := range steptest.Cases() {
		if _, verdict, _ := c.Judged(env); verdict.Err != nil {
			refused = append(refused, c.ID+": "+c.Typed)
		}
	}
	for _, want := range []string{
		"profile: a/b", "profile: con", "store: file", "integration: no-such-product", "api: 3.0", "proxy.url: socks5://proxy:1", "proxy.username: jo:x",
		"internal_domain: example", "rotate_after: 0", "create_keys.email: svc", "create_keys.type: saml", "client_secret: access_key=" + strings.Repeat("Zx9k", 16), "region: find",
	} {
		if is := slices.Contains(refused, want); is == (want == "region: find") {
			t.Errorf("%q is refused: %v", want, is)
		}
	}
}
