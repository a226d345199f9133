package plain

import (
	"slices"
	"strings"
	"testing"

	"mimecred/credstore"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// headings are the steps of a conversation in their order, without their numbers.
func headings(c *talk) []string {
	known := map[string]bool{}
	for s := flow.Home; s <= flow.Done; s++ {
		known[s.String()] = true
	}
	var steps []string
	for l := range strings.SplitSeq(c.output.String(), "\n") {
		name := l
		if _, after, numbered := strings.Cut(l, ": "); numbered && strings.HasPrefix(l, "Step ") {
			name = after
		}
		if known[name] {
			steps = append(steps, name)
		}
	}
	return steps
}

// TestAnswersFromStartToSaved counts what a person without a profile answers until the credential is saved.
func TestAnswersFromStartToSaved(t *testing.T) {
	d := newStage(t).sim.Demo()
	both := hidden("client_id=" + d.ClientID + "&client_secret=" + d.ClientSecret)
	for name, tt := range map[string]struct {
		answers func(st *stage) []line
		count   int
		steps   []string
	}{
		"API 2.0": {
			func(*stage) []line { return script("", "", "", both, "") }, 5,
			[]string{"Start", "Integration", "API", "In the console", "Application", "Check", "Done"},
		},
		"Axonius": {
			func(*stage) []line { return script("axonius-mimecast-v2", "", "", "", both, "example.com", "") }, 7,
			[]string{"Start", "Integration", "In the console", "Application", "Check", "Hand-off"},
		},
		"API 1.0, keys created": {
			func(st *stage) []line {
				return script("", "1.0", "", st.url, "", hidden("application_id="+d.ApplicationID+"&application_key="+d.ApplicationKey),
					"", d.Email, "", hidden(d.Password), func() string { return st.sim.Code(d.Email) }, "")
			}, 12,
			[]string{"Start", "Integration", "API", "Region", "In the console", "Application", "Keys", "Check", "Done"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			answers := tt.answers(st)
			c, a, err := st.run(t, flow.Answers{Welcome: true}, answers)
			if err != nil || !a.Activated || len(c.lines) > 0 {
				t.Fatalf("%v, %d answers left\n%s", err, len(c.lines), c.transcript.String())
			}
			if len(answers) != tt.count {
				t.Errorf("%d answers, want %d", len(answers), tt.count)
			}
			if got := headings(c); !slices.Equal(got, tt.steps) {
				t.Errorf("the steps are %q, want %q", got, tt.steps)
			}
			has(t, c, "Nothing is saved until it has been tested.", "Connection: direct. ! changes it.", "Kept in: This session only. ! changes that.")
		})
	}
}

// TestSettledAnswersCanBeChanged opens each settled step from Application and from Check, answers it or goes back, and is where it
// came from.
func TestSettledAnswersCanBeChanged(t *testing.T) {
	for _, tt := range []struct {
		step, answer string
		is           func(st *stage, a flow.Answers) bool
	}{
		{"Region", "", func(_ *stage, a flow.Answers) bool { return a.BaseURL == global }},
		{"Region", "URL", func(st *stage, a flow.Answers) bool { return a.BaseURL == st.url }},
		{"Region", "<", func(_ *stage, a flow.Answers) bool { return a.BaseURL == global }},
		{"Connection", "direct", func(_ *stage, a flow.Answers) bool { return a.Proxy.URL == "" }},
		{"Connection", "<", func(_ *stage, a flow.Answers) bool { return a.Proxy.URL == "" }},
		{"Profile", "beta", func(_ *stage, a flow.Answers) bool { return a.Name == "beta" }},
		{"Profile", "<", func(_ *stage, a flow.Answers) bool { return a.Name == "mimecast" }},
	} {
		for _, from := range []string{"Application", "Check"} {
			t.Run(tt.step+" "+tt.answer+" from "+from, func(t *testing.T) {
				st := newStage(t)
				d := st.sim.Demo()
				answer := strings.ReplaceAll(tt.answer, "URL", st.url)
				open, value := script("!", tt.step, answer), script(d.ClientID, hidden(d.ClientSecret))
				lines := script(st.to20(), open, value, "")
				if from == "Check" {
					lines = script(st.to20(), value, open, "")
				}
				c, a, err := st.run(t, flow.Answers{}, lines)
				if err != nil || !tt.is(st, a) || len(c.lines) > 0 {
					t.Fatalf("%v, %q, %q\n%s", err, a.BaseURL, a.Name, c.transcript.String())
				}
				steps := headings(c)
				at := slices.Index(steps, tt.step)
				if at < 1 || steps[at-1] != from || steps[at+1] != from || slices.Contains(steps[at+1:], "In the console") {
					t.Errorf("the steps are %q", steps)
				}
				if r, err := st.vault.Load(t.Context(), a.Name); err != nil || r.Current == nil {
					t.Errorf("%s is not saved: %v", a.Name, err)
				}
			})
		}
	}
}

// TestOneChangeAfterAnother opens a second step from one that was opened: the way back leads to where the person was.
func TestOneChangeAfterAnother(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, flow.Answers{}, script(st.to20(), "!", "region", "!", "connection", "direct", d.ClientID, hidden(d.ClientSecret), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	want := []string{"Integration", "API", "In the console", "Application", "Region", "Connection", "Application", "Check", "Done"}
	if got := headings(c); !slices.Equal(got, want) {
		t.Errorf("the steps are %q", got)
	}
}

// TestNamesOfProducts: the name follows the product, is free, and stays once it was typed.
func TestNamesOfProducts(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	rest := script("", "", "", d.ClientID, hidden(d.ClientSecret), "example.com", "yes")
	left := flow.State{Name: "axonius-2", Step: "application"}
	kept := &shelf{kept: map[string]flow.State{left.Name: left}}
	st.env.Unfinished = kept
	for _, tt := range []struct {
		answers []line
		left    []flow.State
		want    string
	}{
		{script("axonius-mimecast-v2", rest), nil, "axonius"},
		{script("anew", "axonius-mimecast-v2", rest), []flow.State{left}, "axonius-2"},
		{script("axonius-mimecast-v2", rest), nil, "axonius-3"},
		{script("", "2.0", "<", "<", "axonius-mimecast-v2", rest), nil, "axonius-4"},
		{script("", "2.0", "!", "profile", "mine", "<", "<", "axonius-mimecast-v2", rest), nil, "mine"},
	} {
		c, a, err := st.run(t, flow.Answers{Unfinished: tt.left}, tt.answers)
		if err != nil || a.Name != tt.want {
			t.Fatalf("%q, want %q: %v\n%s", a.Name, tt.want, err, c.transcript.String())
		}
		has(t, c, "Name: "+tt.want+".", "The profile "+tt.want+" is ready.")
		if _, is := kept.kept["mimecast"]; is {
			t.Errorf("%s left a draft of its first name", tt.want)
		}
	}
}

// TestRenamedDraft: a set-up that is renamed and left is kept under its new name alone.
func TestRenamedDraft(t *testing.T) {
	st := newStage(t)
	kept := &shelf{kept: map[string]flow.State{}}
	st.env.Unfinished = kept
	c, _, err := st.run(t, flow.Answers{}, script(st.to20(), "!", "profile", "beta", "q"))
	if err == nil || len(kept.kept) != 1 || kept.kept["beta"].Name != "beta" {
		t.Errorf("%v, kept %+v\n%s", err, kept.kept, c.transcript.String())
	}
}

// TestOneStoreWorks: another store than the best is not asked for where it is the only one, and it is said why.
func TestOneStoreWorks(t *testing.T) {
	st := newStage(t)
	st.env.Stores = []step.StoreChoice{
		{Kind: "keyring", Title: "OS keyring", Problem: "There is no session bus.", Fix: "Log in at a desktop."},
		{Kind: "memory", Title: "A file"},
	}
	d := st.sim.Demo()
	c, a, err := st.run(t, flow.Answers{Welcome: true}, script("", "2.0", "acme", "", d.ClientID, hidden(d.ClientSecret), "yes"))
	if err != nil || a.Store != "memory" {
		t.Fatalf("%q: %v\n%s", a.Store, err, c.transcript.String())
	}
	has(t, c, "OS keyring: There is no session bus. Log in at a desktop.", "Profile name [mimecast]",
		"OS keyring cannot be used now: There is no session bus. Log in at a desktop.", "A file: nothing else is possible here.")
	if r, err := st.vault.Load(t.Context(), "acme"); err != nil || r.Current == nil {
		t.Errorf("not saved: %v", credstore.KindOf(err))
	}
}
