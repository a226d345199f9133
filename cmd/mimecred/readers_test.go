package main

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

// office is the program itself, on a machine with a keyring of its own, and a simulator that it can call.
type office struct {
	program
	t   *testing.T
	sim *simulator.Running
	// from is what --from takes for acme, next the pair that follows.
	from, next map[string]any
	// gate, once set, holds calls of Mimecast back.
	gate atomic.Pointer[gate]
	// killAt is the call, counted from 1, at which doomed is killed; 0 for none.
	killAt atomic.Int64
	calls  atomic.Int64
	doomed atomic.Pointer[os.Process]
}

// gate holds back every call after the one that asks for a token for newest, until it is open.
type gate struct {
	newest string
	seen   atomic.Bool
	open   chan struct{}
}

func newOffice(t *testing.T) *office {
	t.Helper()
	return newOfficeOf(t, "oauth-ok")
}

// newOfficeOf has a credential of the simulator as acme.
func newOfficeOf(t *testing.T, ready string) *office {
	t.Helper()
	session := keyringtest.New(t)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	d := newDesk(t)
	o := &office{program: p, t: t, sim: d.sim}
	url := d.between(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if p := o.doomed.Load(); p != nil && o.calls.Add(1) == o.killAt.Load() {
			_ = p.Kill()
			<-r.Context().Done() // it is gone, which is noticed once its body was read
		}
		switch g := o.gate.Load(); {
		case err != nil || g == nil:
		case g.seen.Load():
			select {
			case <-g.open:
			case <-r.Context().Done():
			}
		default:
			g.seen.Store(bytes.Contains(body, []byte(g.newest)))
		}
	})
	o.from = maps.Clone(readyNamed(t, d.sim, ready).From)
	o.from["profile"], o.from["base_url"] = "acme", url
	delete(o.from, "region")
	o.next = d.pair(everything())
	return o
}

// wants runs a command line that must end with a code.
func (o *office) wants(code int, in string, args ...string) called {
	o.t.Helper()
	got := o.run(o.t, in, args...)
	if got.code != code {
		o.t.Fatalf("mimecred %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got.code, code, got.out, got.err)
	}
	return got
}

// setUp saves acme.
func (o *office) setUp() {
	o.t.Helper()
	o.wants(exitDone, asJSON(o.t, o.from), "setup", "--from", "-", "-q")
}

// rotated saves acme and rotates it once.
func (o *office) rotated() {
	o.t.Helper()
	o.setUp()
	o.wants(exitDone, asJSON(o.t, o.next), "rotate", "acme", "--from", "-", "-q")
}

func (o *office) first() string  { id, _ := o.from["client_id"].(string); return id }
func (o *office) second() string { id, _ := o.next["client_id"].(string); return id }

// id is the client ID of a profile's current version.
func (o *office) id(name string) string {
	o.t.Helper()
	return strings.TrimSpace(o.wants(exitDone, "", "get", name, "client_id").out)
}

// changing is a command that changes something.
type changing struct {
	name   string
	args   []string
	in     func(o *office) string
	before func(o *office)
	done   func(o *office) bool
	// newest is the credential whose checks are printed as they go on, nil where nothing is.
	newest func(o *office) string
}

func changingCommands() []changing {
	nothing := func(*office) string { return "" }
	setUp, rotated := (*office).setUp, (*office).rotated
	says := func(words string) func(o *office) bool {
		return func(o *office) bool {
			return strings.Contains(o.wants(exitDone, "", "show", "acme", "-o", "json").out, words)
		}
	}
	return []changing{
		{"setup", []string{"setup", "--from", "-"}, func(o *office) string { return asJSON(o.t, o.from) }, func(*office) {}, func(o *office) bool { return o.id("acme") == o.first() }, (*office).first},
		{"rotate", []string{"rotate", "acme", "--from", "-"}, func(o *office) string { return asJSON(o.t, o.next) }, setUp, func(o *office) bool { return o.id("acme") == o.second() }, (*office).second},
		{"check", []string{"check", "acme"}, nothing, setUp, says(`"last_check"`), (*office).first},
		{"rollback", []string{"rollback", "acme"}, nothing, rotated, func(o *office) bool { return o.id("acme") == o.first() }, nil},
		{"retire", []string{"retire", "acme", "--here"}, nothing, rotated, func(o *office) bool { return !says(`"previous"`)(o) }, nil},
		{"edit", []string{"edit", "acme", "--rotate-after", "30d"}, nothing, setUp, says(`"30d"`), nil},
		{"rename", []string{"rename", "acme", "other"}, nothing, setUp, func(o *office) bool { return o.id("other") == o.first() }, nil},
		{"delete", []string{"delete", "acme", "--yes"}, nothing, setUp, func(o *office) bool { return o.run(o.t, "", "get", "acme", "client_id").code == exitUsage }, nil},
	}
}

// TestChangesGoOnWithoutTheirReader runs what changes something into a pipe whose reader has gone: before the start, and after
// the first line, as head -1 does. It is done, and ends with the code of what was done.
func TestChangesGoOnWithoutTheirReader(t *testing.T) {
	t.Parallel()
	for _, c := range changingCommands() {
		for _, both := range []bool{false, true} {
			t.Run(c.name+", nobody reads", func(t *testing.T) {
				t.Parallel()
				o := newOffice(t)
				c.before(o)
				if code, done := o.withoutReader(c, both, nil), c.done(o); code != exitDone || !done {
					t.Errorf("exit %d, done %t", code, done)
				}
			})
		}
		if c.newest == nil {
			continue
		}
		t.Run(c.name+", the first line is read", func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			c.before(o)
			o.gate.Store(&gate{newest: c.newest(o), open: make(chan struct{})})
			line := ""
			if code, done := o.withoutReader(c, false, &line), c.done(o); code != exitDone || !done || !strings.Contains(line, "acme") {
				t.Errorf("exit %d, done %t, the first line is %q", code, done, line)
			}
		})
	}
}

// withoutReader runs a command whose standard output, or both streams, nobody reads: from the start on, or after the first line
// where that is asked for. It gives the exit code.
func (o *office) withoutReader(c changing, both bool, line *string) int {
	o.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		o.t.Fatal(err)
	}
	defer r.Close()
	cmd := o.command(o.t, c.args...)
	var errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(c.in(o)), w, &errs
	if both {
		cmd.Stderr = w
	}
	leave := func() { _ = r.Close() }
	if line == nil {
		leave()
	}
	if err := cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	_ = w.Close()
	if line != nil {
		*line, _ = bufio.NewReader(io.LimitReader(r, 1<<16)).ReadString('\n')
		leave()
		close(o.gate.Load().open)
	}
	code := exitOf(o.t, cmd.Wait())
	if strings.Contains(errs.String(), "broken pipe") {
		o.t.Errorf("it is told that nobody reads: %s", errs.String())
	}
	return code
}

// TestPrintersEndWithoutTheirReader: a command that only prints is over when nobody reads, as its shell expects.
func TestPrintersEndWithoutTheirReader(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.setUp()
	var wait sync.WaitGroup
	for _, line := range []string{"list", "list -o json", "show acme", "get acme client_id", "--help", "setup --help", "integrations", "man", "version", "completion bash", "export acme -f env"} {
		wait.Go(func() {
			c := changing{args: strings.Fields(line), in: func(*office) string { return "" }}
			if code := o.withoutReader(c, false, nil); code != exitNoReader {
				t.Errorf("mimecred %s: exit %d, want %d", line, code, exitNoReader)
			}
		})
	}
	wait.Wait()
}
