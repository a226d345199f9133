package main

import (
	"encoding/json"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestFilesTakeWhatTheQuestionsTake gives every value of the table that a file has a key for by --from: the same answer, or an
// error that names the key and says the same.
func TestFilesTakeWhatTheQuestionsTake(t *testing.T) {
	t.Parallel()
	env := steptest.Env()
	for _, c := range steptest.Cases() {
		q, verdict, want := c.Judged(env)
		if !c.File {
			continue
		}
		t.Run(c.ID+"/"+c.Typed, func(t *testing.T) {
			t.Parallel()
			g, err := decodeGiven(fileWith(t, c, q), "")
			if verdict.Err != nil {
				if err == nil || !strings.Contains(err.Error(), `key "`+c.ID+`"`) || !strings.Contains(err.Error(), verdict.Err.Error()) {
					t.Errorf("got %v, want %v", err, verdict.Err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			a := flow.Of(lifecycle.Of(g.profile, g.credential))
			a.KeysWay, a.OwnConnection = c.Answers.KeysWay, true
			if g.signIn != nil {
				a.Password, a.ApplicationKey = g.signIn.Password, g.appKey
			}
			if got := c.Has(env, a); !got.Equal(want) {
				t.Errorf("the answer is %+v, want %+v", got, want)
			}
		})
	}
}

// fileWith is a file with everything that a profile needs, and one value of the table.
func fileWith(t *testing.T, c steptest.Case, q step.Question) json.RawMessage {
	t.Helper()
	values := map[string]any{"profile": "acme", "api": "2.0", "region": "global", "client_id": "id", "client_secret": "secret"}
	if c.Answers.API == client.API10 || c.Typed == "1.0" || c.Typed == "jupiterone" {
		values = map[string]any{"profile": "acme", "api": "1.0", "region": "us", "application_id": "id", "application_key": "key", "access_key": "ak", "secret_key": "sk"}
	}
	if strings.HasPrefix(c.ID, "create_keys.") {
		delete(values, "access_key")
		delete(values, "secret_key")
		values["create_keys"] = map[string]any{"email": "svc@example.com", "type": "cloud", "password": "p"}
	}
	if strings.HasPrefix(c.ID, "proxy.") {
		values["proxy"] = map[string]any{"url": "http://proxy.example.com:3128", "username": "jo"}
	}
	if c.Answers.Integration != "" {
		values["integration"] = c.Answers.Integration
	}
	at, key := values, c.ID
	if above, below, nested := strings.Cut(c.ID, "."); nested {
		at, key = values[above].(map[string]any), below
	}
	at[key] = c.Typed
	if q.Kind == step.Several {
		at[key] = append([]string{}, q.Value.Many...)
	}
	raw, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
