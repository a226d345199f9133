package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

// endless is a standard input that somebody keeps open and never writes to.
type endless struct{ reading, never chan struct{} }

func (e endless) Read([]byte) (int, error) {
	close(e.reading)
	<-e.never
	return 0, io.EOF
}

// TestInterruptWhileInputIsAwaited: the first ctrl+c ends a command that waits for its standard input.
func TestInterruptWhileInputIsAwaited(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"check --from -", "setup --from -", "setup acme --store memory --from -"} {
		ctx, interrupt := context.WithCancel(t.Context())
		in := endless{reading: make(chan struct{}), never: make(chan struct{})}
		context.AfterFunc(t.Context(), func() { close(in.never) })
		go func() {
			<-in.reading
			interrupt()
		}()
		var out, errs bytes.Buffer
		code := run(ctx, strings.Fields(line), streams{in: in, out: &out, err: &errs}, func(string) string { return "" })
		if code != exitInterrupted || errs.String() != "interrupted\n" {
			t.Errorf("%s: exit %d, %q", line, code, errs.String())
		}
	}
	in := endless{reading: make(chan struct{}), never: make(chan struct{})}
	context.AfterFunc(t.Context(), func() { close(in.never) })
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		<-in.reading
		interrupt()
	}()
	s := withReady(t, startedSimulator(t), "oauth-ok")
	s.std.in = in
	err := runAPI(ctx, s.app, apiOptions{name: "oauth-ok", method: "POST", path: "/api/account/get-account", data: "@-", given: true})
	wantExit(t, err, exitInterrupted)
}

// TestFromATerminal: secrets are not pasted where they are shown.
func TestFromATerminal(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	for _, line := range []string{"check --from -", "setup --from -"} {
		out := onTerminal(t, p.command(t, strings.Fields(line)...))
		if !strings.Contains(out, "would show the secrets") || !strings.Contains(out, "hint: mimecred setup asks for them") {
			t.Errorf("%s: %q", line, out)
		}
	}
}

// TestDemoHasItsOwnStore: only a store that was asked for here and now is in its way.
func TestDemoHasItsOwnStore(t *testing.T) {
	t.Parallel()
	if got := call(t, map[string]string{"MIMECRED_STORE": storeKeyring}, "q\n", "demo"); got.code != exitInterrupted {
		t.Errorf("with the variable: exit %d\n%s", got.code, got.err)
	}
	if got := call(t, nil, "q\n", "demo", "--store", storeFile); got.code != exitUsage {
		t.Errorf("demo in an encrypted file: exit %d", got.code)
	}
	if got := call(t, nil, "q\n", "demo", "--store", storeKeyring); got.code != exitUsage {
		t.Errorf("with the flag: exit %d\n%s", got.code, got.err)
	}
}

// TestTokenExample: what the help of token shows works as it stands, and shows the token to no other process.
func TestTokenExample(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	session := keyringtest.New(t)
	sim := simulator.New()
	watch := &watcher{}
	var called atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); bearer && r.URL.Path == "/identity/whoami" {
			called.Add(1)
			watch.add("a call", map[string]string{"token": token})
			watch.look(t)
		}
		sim.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	from := readyFrom(t, sim, server.URL, "oauth-ok")
	from["profile"] = "acme"
	if got := p.run(t, asJSON(t, from), "setup", "--from", "-", "-q"); got.code != exitDone {
		t.Fatalf("setup: exit %d\n%s", got.code, got.err)
	}
	called.Store(0)
	example := newTokenCmd(newApp(streams{}, nil)).Example
	script := strings.ReplaceAll(example, "https://api.services.mimecast.com", server.URL)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", script)
	cmd.Env, cmd.Dir = p.env, p.home
	out, err := cmd.Output()
	if err != nil || called.Load() != 1 || !strings.Contains(string(out), "home-account") {
		t.Errorf("%s\n%v, called %d times: %s", script, err, called.Load(), out)
	}
}
