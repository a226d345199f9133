package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"mimecred/client"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// line is one answer of a script.
type line struct {
	text   func() string
	hidden bool
}

func says(text string) line   { return line{text: func() string { return text }} }
func hidden(text string) line { return line{func() string { return text }, true} }

// script makes lines of strings and lines.
func script(answers ...any) []line {
	var lines []line
	for _, a := range answers {
		switch a := a.(type) {
		case string:
			lines = append(lines, says(a))
		case line:
			lines = append(lines, a)
		case func() string:
			lines = append(lines, line{text: a})
		case []line:
			lines = append(lines, a...)
		}
	}
	return lines
}

// global is where API 2.0 is, unless something else is said.
const global = "https://api.services.mimecast.com"

// acme are the answers of "mimecred setup acme".
func acme() flow.Answers { return flow.Answers{Change: lifecycle.Change{Name: "acme"}} }

// stage is what a conversation runs against: a real client, a simulated Mimecast over HTTP, a store in memory.
type stage struct {
	sim   *simulator.Server
	url   string
	vault *credstore.Vault
	store *credstore.Memory
	env   step.Env
	ascii bool
	// secrets must never be in an output.
	secrets []string
}

func newStage(t *testing.T, opts ...simulator.Option) *stage {
	t.Helper()
	sim := simulator.New(opts...)
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	now := func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }
	memory := credstore.NewMemory()
	st := &stage{
		sim: sim, url: server.URL, store: memory,
		vault: credstore.NewVault(credstore.NewMemoryIndex(), now, memory),
	}
	st.env = step.Env{
		Service: lifecycle.Service{
			Now: now, Vault: st.vault, Plan: lifecycle.PlanOf,
			Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) {
				if e.BaseURL == global {
					e.BaseURL = st.url // the host that cannot run on this machine
				}
				c, err := client.New(e)
				if err != nil {
					return nil, err
				}
				return c, nil
			},
		},
		Stores: []step.StoreChoice{{Kind: "memory", Title: "This session only"}}, EnvironmentProxy: func(string) string { return "" },
	}
	d := sim.Demo()
	st.secrets = []string{d.ClientSecret, d.ApplicationKey, d.AccessKey, d.SecretKey, d.Password}
	return st
}

// talk is one conversation: the reader of its script and the writer of its transcript.
type talk struct {
	mu    sync.Mutex
	lines []line
	// transcript has the output and, in « », what was answered; output has the output alone.
	transcript, output bytes.Buffer
}

func (c *talk) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.transcript.Write(p)
	return c.output.Write(p)
}

// Read gives one line, as a terminal does.
func (c *talk) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.lines) == 0 {
		return 0, io.EOF
	}
	next := c.lines[0]
	c.lines = c.lines[1:]
	text := next.text()
	if next.hidden {
		c.transcript.WriteString("«hidden»")
	} else {
		c.transcript.WriteString("«" + text + "»")
	}
	return copy(p, text+"\n"), nil
}

// run has the conversation and checks what must hold for every one: no control character, no secret.
func (st *stage) run(t *testing.T, a flow.Answers, lines []line) (*talk, flow.Answers, error) {
	t.Helper()
	c := &talk{lines: lines}
	after, err := Run(t.Context(), Options{Env: st.env, ASCII: st.ascii, Answers: a, In: c, Out: c})
	st.clean(t, c.output.String(), err)
	return c, after, err
}

func (st *stage) clean(t *testing.T, output string, err error) {
	t.Helper()
	if err != nil {
		output += err.Error()
	}
	for _, r := range output {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) {
			t.Fatalf("a control character %q in the output", r)
		}
	}
	for _, s := range st.secrets {
		if s != "" && strings.Contains(output, s) {
			t.Fatal("a secret in the output")
		}
	}
}

// golden compares the transcript, without what differs from run to run.
func (st *stage) golden(t *testing.T, c *talk) {
	t.Helper()
	text := strings.ReplaceAll(c.transcript.String(), st.url, "http://simulator")
	text = strings.ReplaceAll(text, strings.TrimPrefix(st.url, "http://"), "simulator")
	text = regexp.MustCompile(`<?\d+ ms`).ReplaceAllString(text, "N ms")
	text = regexp.MustCompile(`(support: )\S+`).ReplaceAllString(text, "${1}ID")
	// How many products the catalogue has is not what these transcripts are about, nor how many regions there are.
	text = regexp.MustCompile(`(?m)^ +([4-9]|\d\d+)\) .*-api\.mimecast.*\n`).ReplaceAllString(text, "")
	text = regexp.MustCompile(`(?m)^( +)\d+(\) Find it from the service user's address.*)$`).ReplaceAllString(text, "${1}N${2}")
	text = regexp.MustCompile(`(?m)^ +([4-9]|\d\d+)\) .*API [12]\.0.*\n`).ReplaceAllString(text, "")
	text = regexp.MustCompile(`\d+ in all`).ReplaceAllString(text, "N in all")
	golden.RequireEqual(t, []byte(sorted(text)))
}

// sorted puts the lines of checks that ran in parallel in one order.
func sorted(text string) string {
	var out, checks []string
	flush := func() {
		slices.Sort(checks[min(4, len(checks)):])
		out, checks = append(out, checks...), nil
	}
	for l := range strings.SplitSeq(text, "\n") {
		word, _, _ := strings.Cut(strings.TrimSpace(l), ":")
		if slices.Contains([]string{"ok", "warning", "FAILED", "skipped"}, word) {
			checks = append(checks, l)
			continue
		}
		flush()
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

// to20 answers everything up to the client ID, after "mimecred setup acme".
func (st *stage) to20() []line {
	return script("", "2.0", "")
}

// to10 answers everything up to the way to the keys, after "mimecred setup acme".
func (st *stage) to10() []line {
	d := st.sim.Demo()
	return script("", "1.0", "yes", st.url, "", d.ApplicationID, hidden(d.ApplicationKey))
}

// stored is what the store holds for acme.
func (st *stage) stored(t *testing.T) credstore.Record {
	t.Helper()
	r, err := st.vault.Load(context.Background(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (st *stage) wantActive(t *testing.T, want client.Credential) {
	t.Helper()
	r := st.stored(t)
	if r.Current == nil || !client.Same(r.Current.Credential, want) || r.Pending != nil {
		t.Fatalf("active %v, pending %v", r.Current != nil, r.Pending != nil)
	}
}

func (st *stage) wantNothing(t *testing.T) {
	t.Helper()
	if _, err := st.vault.Load(context.Background(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Fatalf("something was stored (%v)", err)
	}
}

// signIns counts the requests for keys.
func (st *stage) signIns() int {
	n := 0
	for _, r := range st.sim.Requests() {
		if r.Path == "/api/login/login" {
			n++
		}
	}
	return n
}

func has(t *testing.T, c *talk, parts ...string) {
	t.Helper()
	text := c.output.String()
	for _, p := range parts {
		i := strings.Index(text, p)
		if i < 0 {
			t.Fatalf("%q is not in the output, or not in this order:\n%s", p, c.transcript.String())
		}
		text = text[i+len(p):]
	}
}

var errBroken = errors.New("broken pipe")

func demoOf(st *stage) *step.Demo {
	d := st.sim.Demo()
	return &step.Demo{
		BaseURL: st.url, ClientID: d.ClientID, ClientSecret: d.ClientSecret,
		ApplicationID: d.ApplicationID, ApplicationKey: d.ApplicationKey, Email: d.Email, Password: d.Password,
		Code: func() string { return st.sim.Code(d.Email) }, AccessKey: d.AccessKey, SecretKey: d.SecretKey,
	}
}
