package main

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// listening is an output that tells when a word has been printed.
type listening struct {
	mu   sync.Mutex
	text bytes.Buffer
	word string
	said chan struct{}
}

func (l *listening) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	had := strings.Contains(l.text.String(), l.word)
	n, err := l.text.Write(p)
	if !had && strings.Contains(l.text.String(), l.word) {
		close(l.said)
	}
	return n, err
}

// TestCheckPrintsARefusedAccountAtOnce, before the other calls are answered, and each row once.
func TestCheckPrintsARefusedAccountAtOnce(t *testing.T) {
	t.Parallel()
	for api, name := range map[string]string{"1.0": "legacy-ok", "2.0": "oauth-ok"} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		out := &listening{word: "Account ", said: make(chan struct{})}
		d := newDesk(t)
		url := d.at(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/api/account/get-account":
				w.WriteHeader(http.StatusForbidden)
				_, _ = w.Write([]byte(`{"meta":{"status":403},"data":[],"fail":[{"errors":[{"code":"err_xdk_forbidden","message":"Forbidden to perform the requested operation"}]}]}`))
				return
			case "/oauth/token", "/identity/whoami":
			default:
				select {
				case <-out.said:
				case <-r.Context().Done():
				case <-ctx.Done():
				}
			}
			d.sim.Server.ServeHTTP(w, r)
		})
		from := readyNamed(t, d.sim, name).From
		from["base_url"], from["integration"], from["internal_domain"] = url, map[string]string{"1.0": "jupiterone", "2.0": "netskope-cre-v2"}[api], "example.com"
		a, _, errs := d.program(asJSON(t, from))
		a.std.out = out
		root := newRootCmd(a)
		root.SetArgs([]string{"check", "--from", "-"})
		root.SetOut(out)
		root.SetErr(errs)
		code := a.report(ctx, root.ExecuteContext(ctx))
		a.close()
		if ctx.Err() != nil || code != exitCheckFailed {
			t.Errorf("API %s: exit %d, %v\n%s%s", api, code, ctx.Err(), out.text.String(), errs)
		}
		rows := map[string]int{}
		for line := range strings.Lines(out.text.String()) {
			if fields := strings.Fields(line); len(fields) > 2 && len(fields[0]) == 1 && strings.HasPrefix(line, "  ") && line[2] != ' ' {
				rows[strings.TrimSpace(line)]++
			}
		}
		if len(rows) < 5 || !strings.Contains(out.text.String(), "Account: ") {
			t.Errorf("API %s: %d rows\n%s", api, len(rows), out.text.String())
		}
		for row, n := range rows {
			if n > 1 {
				t.Errorf("API %s: %d times %q", api, n, row)
			}
		}
	}
}
