package lifecycle

import (
	"errors"
	"testing"

	"mimecred/client"
)

func TestWords(t *testing.T) {
	t.Parallel()
	const stop = "." // errors of others end with one
	for _, tt := range []struct{ got, want string }{
		{Sentence(nil), ""},
		{Sentence(errors.New("")), ""},
		{Sentence(errors.New("no such file")), "No such file."},
		{Sentence(errors.New("it is so" + stop)), "It is so."},
		{Sentence(errors.New("x")), "X."},
		{Verbatim(0, "", ""), ""},
		{Verbatim(403, "err_x", "Not you"), "HTTP 403, err_x, Not you"},
		{AccountWords(&client.Account{Name: "Example", Region: "us"}, " - "), "Example - us"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
	for text, want := range map[string]bool{"example.com": true, "example": false, "https://example.com": false, "a@example.com": false, "example.com ": false} {
		if IsDomain(text) != want {
			t.Errorf("%q is a domain: %v", text, !want)
		}
	}
}

func TestWantsDomain(t *testing.T) {
	t.Parallel()
	for want, plan := range map[bool]client.Plan{
		true:  {Probes: []client.Probe{{Path: "/a"}, {Path: "/b", Body: []byte(`{"d":"{{domain}}"}`)}}},
		false: {Probes: []client.Probe{{Path: "/a"}}},
	} {
		if WantsDomain(plan) != want {
			t.Errorf("%+v: %v", plan, !want)
		}
	}
}

// TestClause: a sentence goes into another one without its capital and its stop, and Mimecast keeps its capital.
func TestClause(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]string{"": "", "It is so.": "it is so", "Mimecast refused it.": "Mimecast refused it", "x": "x"} {
		if got := Clause(sentence); got != want {
			t.Errorf("%q: %q", sentence, got)
		}
	}
	if !WantsDomain(client.Plan{Probes: []client.Probe{{Path: "/of/{{domain}}"}}}) {
		t.Error("a path with a domain wants none")
	}
}
