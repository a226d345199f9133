package main

import (
	"encoding/json"
	"strings"
	"testing"

	"mimecred/client"
)

// TestExplainEveryKind: each kind of failure has its entry, as plain text that fits the width.
func TestExplainEveryKind(t *testing.T) {
	t.Parallel()
	for _, kind := range client.Kinds() {
		got := call(t, nil, "", "explain", string(kind))
		if got.code != 0 || !strings.HasPrefix(got.out, "Exit ") {
			t.Errorf("%s: %d %q %q", kind, got.code, got.out, got.err)
		}
		if mark := strings.ContainsAny(got.out, "`[]#"); mark {
			t.Errorf("%s: marks of Markdown in %q", kind, got.out)
		}
	}
	for _, line := range strings.Split((look{width: 40}).page("One two three four five six seven eight nine ten.\n\n* a list whose only item is longer than a line\n  and goes on"), "\n") {
		if len(line) > 40 {
			t.Errorf("%q is too wide", line)
		}
	}
}

// TestExplainWhatIsNoKind names what there is, and what may have been meant.
func TestExplainWhatIsNoKind(t *testing.T) {
	t.Parallel()
	got := call(t, nil, "", "explain", "missing_permision")
	if got.code != exitUsage || !strings.Contains(got.err, "did you mean: missing_permission") || !strings.Contains(got.err, "invalid_credentials, ") {
		t.Errorf("%d %q", got.code, got.err)
	}
}

// TestExplainText: an error message is sorted by the client's own rules; what is not known is not repeated, since it may hold a secret.
func TestExplainText(t *testing.T) {
	t.Parallel()
	for text, kind := range map[string]client.Kind{
		"err_xdk_invalid_signature": client.InvalidCredentials, "HTTP 403 Forbidden": client.MissingPermission, "dial tcp: no such host": client.DNS,
		`2026-11-28 ERROR {"fail":[{"errors":[{"code":"err_xdk_binding_expired","message":"x"}]}]}`: client.ExpiredKeys,
	} {
		want := call(t, nil, "", "explain", string(kind)).out
		for _, got := range []called{call(t, nil, "", "explain", text), call(t, nil, text+"\n", "explain", "-"), call(t, nil, "", append([]string{"explain"}, strings.Fields(text)...)...)} {
			if got.code != 0 || !strings.HasPrefix(got.out, "This is "+string(kind)+". ") || !strings.HasSuffix(got.out, want) {
				t.Errorf("%q: %d %q %q", text, got.code, got.out, got.err)
			}
		}
		var read explainJSON
		got := call(t, nil, "", "explain", text, "-o", "json")
		if err := json.Unmarshal([]byte(got.out), &read); err != nil || read.Schema != 1 || read.Kind != kind || read.Meaning == "" || read.Fix == "" {
			t.Errorf("%q: %v %q", text, err, got.out)
		}
	}
	secret := "aB3" + strings.Repeat("x9Q", 30)
	for _, text := range []string{"it does not work " + secret, secret, "{\"a\":\"" + secret + "\"}"} {
		got := call(t, nil, "", "explain", text)
		if got.code != exitUsage || strings.Contains(got.err+got.out, secret) || !strings.Contains(got.err, "nothing in that text is known") {
			t.Errorf("%q: %d %q", text, got.code, got.err)
		}
		if got := call(t, nil, "", "explain", text, "-o", "json"); got.code != 0 || got.out != "{\"schema\":1,\"kind\":\"\",\"meaning\":\"\",\"fix\":\"\"}\n" && !strings.Contains(got.out, `"kind": ""`) {
			t.Errorf("%q: %d %q", text, got.code, got.out)
		}
	}
}
