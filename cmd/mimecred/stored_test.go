package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mimecred/client/simulator"
	"mimecred/credstore"
)

// stored is an app in this process that has one profile, current, in its memory.
type stored struct {
	*app
	out, errs *bytes.Buffer
}

// withProfile saves the credentials of from, as setup --from has them, without testing them.
func withProfile(t testing.TB, from map[string]any) stored {
	t.Helper()
	s := stored{out: &bytes.Buffer{}, errs: &bytes.Buffer{}}
	s.app = newApp(streams{in: strings.NewReader(""), out: s.out, err: s.errs}, func(string) string { return "" })
	s.flags.store = storeMemory
	t.Cleanup(s.close)
	raw, err := json.Marshal(from)
	if err != nil {
		t.Fatal(err)
	}
	g, err := decodeGiven(raw, "")
	if err != nil {
		t.Fatal(err)
	}
	vault, err := s.openVault()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Stage(t.Context(), storeMemory, g.profile, g.credential, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Activate(t.Context(), g.profile.Name, credstore.CheckSummary{}); err != nil {
		t.Fatal(err)
	}
	return s
}

// withReady is withProfile for one of the simulator's credentials.
func withReady(t testing.TB, running *simulator.Running, name string) stored {
	t.Helper()
	return withProfile(t, readyNamed(t, running, name).From)
}

// wantExit wants an error to end with a code, and its hints, after the sentence, to hold words.
func wantExit(t testing.TB, err error, code int, words ...string) {
	t.Helper()
	f := &failure{}
	if err != nil {
		f = explainAny(err)
	}
	if f.code != code {
		t.Errorf("exit %d (%v), want %d", f.code, err, code)
	}
	text := strings.Join(append([]string{f.Error()}, f.hints...), "\n")
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%q is not said in %q", word, text)
		}
	}
}

// scripted20 is an API 2.0 that gives a token and answers everything else with answer.
func scripted20(t testing.TB, answer http.HandlerFunc) stored {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			_, _ = w.Write([]byte(`{"access_token":"made-up-token","token_type":"Bearer","expires_in":1799}`))
			return
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return withProfile(t, map[string]any{
		"profile": "acme", "api": "2.0", "base_url": server.URL, "client_id": "made-up-id", "client_secret": "made-up-secret",
	})
}

// asFailure is the failure in err.
func asFailure(t testing.TB, err error) *failure {
	t.Helper()
	var f *failure
	if !errors.As(err, &f) {
		t.Fatalf("%v is no failure with an exit code", err)
	}
	return f
}

// gives puts text on the app's standard input.
func (s stored) gives(text string) { s.std.in = strings.NewReader(text) }
