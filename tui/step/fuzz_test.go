package step_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// marker is what no sentence of the program has in it.
const marker = "Qz7vQz7v"

// FuzzQuestion gives any text to every question. None panics, what is taken is taken again as it is, no secret becomes an answer
// that is shown, and no error says a value that is hidden.
func FuzzQuestion(f *testing.F) {
	env := steptest.Env()
	asked := map[string]steptest.Case{}
	for _, c := range steptest.Cases() {
		asked[fmt.Sprint(c.ID, c.Answers)] = c
		f.Add(c.Typed)
	}
	long := strings.Repeat("Zx9k", 16)
	for _, text := range []string{
		"", " ", "\x00", "\n\n", long, "client_secret=" + long, "https://" + long, "svc@" + long, "90d " + long, "http://jo:" + long + "@proxy:3128",
		"Secret Key: a b c", `{"access_key": "` + long + `"}`, "Zx9k\u200bZx9k" + long[8:], "\xff\xfe", "https://us-api.mimecast.com secret: " + long, "\u202eabc",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range asked {
			answer(t, env, c, text)
			if q, ok := c.Make(env, c.Answers).Find(c.ID); ok && q.Kind.Hidden() {
				for _, marked := range []string{text + marker, marker + text} {
					a := c.Answers
					if err := q.Answer(&a, q.Typed(marked)).Err; err != nil && strings.Contains(err.Error(), marker) {
						t.Errorf("%s: the error for %q says it: %v", c.ID, marked, err)
					}
				}
			}
		}
	})
}

// answer gives a text to the question of a case, and what became of it once more.
func answer(t *testing.T, env step.Env, c steptest.Case, text string) {
	t.Helper()
	a := c.Answers
	q, _ := c.Make(env, a).Find(c.ID)
	v := q.Typed(text)
	if q.Kind == step.Several {
		v = step.Value{Many: []string{text}}
	}
	verdict := q.Answer(&a, v)
	shown(t, q, a, text)
	if verdict.Err != nil && !q.Kind.Hidden() && client.HoldsSecret(text) && strings.Contains(verdict.Err.Error(), text) {
		t.Errorf("%s: the error says the secret in %q: %v", c.ID, text, verdict.Err)
	}
	again, ok := c.Make(env, a).Find(c.ID)
	if !ok || verdict.Err != nil || verdict.Moved {
		return
	}
	if q.Kind != step.Choice && v.IsZero() && !again.Value.IsZero() && q.Kind != step.Several {
		t.Errorf("%s: nothing was given, and it is %+v", c.ID, again.Value)
	}
	if verdict = again.Answer(&a, again.Value); verdict.Err != nil && !again.Value.IsZero() {
		t.Errorf("%s: %q was taken as %+v, which is refused: %v", c.ID, text, again.Value, verdict.Err)
	}
	if same, ok := c.Make(env, a).Find(c.ID); ok && !same.Value.Equal(again.Value) {
		t.Errorf("%s: %q was taken as %+v, and then as %+v", c.ID, text, again.Value, same.Value)
	}
}

// shown fails where an answer that is shown holds a secret that the text had.
func shown(t *testing.T, q step.Question, a flow.Answers, text string) {
	t.Helper()
	for _, answer := range slices.Concat([]string{
		a.Name, a.Store, a.Integration, a.Region, a.BaseURL, a.Proxy.URL, a.Proxy.Username, a.CAFile, a.ClientID, a.ApplicationID, a.Email,
		a.InternalDomain, a.RotateAfter.String(),
	}, a.Also) {
		if client.HoldsSecret(answer) && (!q.MayBeLong() || !client.HasLengthOfSecret(answer)) {
			t.Errorf("%s: %q became the answer %q", q.ID, text, answer)
		}
	}
}
