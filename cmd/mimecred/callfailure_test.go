package main

import (
	"strings"
	"testing"
)

// TestFailuresOfOnesOwnCall: when the call itself may be wrong, that is the first thing that is said.
func TestFailuresOfOnesOwnCall(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	for name, c := range map[string]struct{ profile, method, path, first string }{
		"misspelt":      {"oauth-ok", "GET", "/identity/whoam", "mimecred knows no GET /identity/whoam of API 2.0"},
		"meant":         {"oauth-ok", "GET", "/identity/whoam", "did you mean /identity/whoami"},
		"meant of 1.0":  {"legacy-ok", "POST", "/api/acount/get-account", "did you mean /api/account/get-account"},
		"method":        {"oauth-ok", "GET", "/api/account/get-account", "there is POST /api/account/get-account"},
		"other API":     {"legacy-ok", "POST", "/human-risk/v1/individuals/search", "API 2.0 has it"},
		"needs a value": {"oauth-ok", "POST", "/api/message-finder/search", "look at the body and the query"},
		"names a field": {"legacy-ok", "POST", "/api/ttp/url/decode-url", `look at "url" in the body or the query`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := withReady(t, running, c.profile)
			f := asFailure(t, s.ask(t, apiOptions{name: c.profile, method: c.method, path: c.path}))
			if f.code != exitCheckFailed || len(f.hints) == 0 || !strings.Contains(f.hints[0], c.first) {
				t.Errorf("exit %d, %v, hints %q", f.code, f, f.hints)
			}
		})
	}
	swapped := asFailure(t, withReady(t, running, "oauth-ok").ask(t, apiOptions{name: "oauth-ok", method: "/identity/whoami", path: "get"}))
	if swapped.code != exitUsage || !strings.Contains(swapped.hints[0], "mimecred api oauth-ok GET /identity/whoami") {
		t.Errorf("%v %q", swapped, swapped.hints)
	}
	// A call that is right and refused says what is missing first.
	s := withReady(t, running, "oauth-missing-product")
	f := asFailure(t, s.ask(t, apiOptions{name: "oauth-missing-product", method: "POST", path: "/api/account/get-account"}))
	if !strings.Contains(f.hints[0], "Account Management") {
		t.Errorf("hints %q", f.hints)
	}
}

func TestCompletionOfCalls(t *testing.T) {
	t.Parallel()
	s := withReady(t, startedSimulator(t), "legacy-ok")
	for name, c := range map[string]struct {
		given      []string
		word       string
		want, none string
	}{
		"profile":   {nil, "", "legacy-ok", "GET"},
		"method":    {[]string{"legacy-ok"}, "", "POST", "legacy-ok"},
		"path":      {[]string{"legacy-ok", "post"}, "/api/acc", "/api/account/get-account\tAccount | Dashboard | Read", "/identity/whoami"},
		"other API": {[]string{"legacy-ok", "GET"}, "", "", "/identity/whoami"},
		"no more":   {[]string{"legacy-ok", "GET", "/x"}, "", "", "legacy-ok"},
	} {
		words, _ := s.completeCall(nil, c.given, c.word)
		text := "\n" + strings.Join(words, "\n") + "\n"
		if c.want != "" && !strings.Contains(text, "\n"+c.want+"\n") || strings.Contains(text, c.none) {
			t.Errorf("%s: offers %q", name, words)
		}
	}
	if words, _ := s.completeFirst(nil, []string{"legacy-ok"}, ""); len(words) != 0 {
		t.Errorf("after the profile %q is offered", words)
	}
}
