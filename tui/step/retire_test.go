package step_test

import (
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestWhatBecomesOfTheOldVersion: what can be done about it, the one that changes nothing first and proposed.
func TestWhatBecomesOfTheOldVersion(t *testing.T) {
	env := steptest.Env()
	env.Now = func() time.Time { return noon() }
	never, three, none := credstore.Never, 3*credstore.Day, credstore.Span(0)
	old20, old10 := client.OAuth{ClientID: "old-id"}, keys("old")
	for _, c := range []struct {
		name   string
		change lifecycle.Change
		ids    string
		titles string
		now    string
		intro  string
		after  string
	}{
		{
			name: "2.0", change: lifecycle.Change{API: client.API20, Replaced: lifecycle.Replaced{Credential: old20}},
			ids: "kept forgotten", titles: "Keep it until 5 December 2026", now: "kept",
		},
		{
			name: "2.0, kept for three days", change: lifecycle.Change{API: client.API20, Replaced: lifecycle.Replaced{Credential: old20}, Keep: &three, Retired: lifecycle.Forgotten},
			ids: "kept forgotten", titles: "Keep it until 1 December 2026", now: "forgotten",
		},
		{
			name: "2.0, kept for good", change: lifecycle.Change{API: client.API20, Replaced: lifecycle.Replaced{Credential: old20}, Keep: &never},
			ids: "kept forgotten", titles: "Keep it", now: "kept",
		},
		{
			name: "2.0, kept for no time", change: lifecycle.Change{API: client.API20, Replaced: lifecycle.Replaced{Credential: old20}, Keep: &none},
			ids: "kept forgotten", titles: "Keep it until 28 November 2026", now: "kept",
		},
		{
			name: "1.0", change: lifecycle.Change{API: client.API10, Replaced: lifecycle.Replaced{Credential: old10}},
			ids: "kept logged-out forgotten", titles: "Keep it until 5 December 2026", now: "kept",
		},
		{
			name:   "shared, and another application",
			change: lifecycle.Change{Name: "acme", API: client.API20, Way: lifecycle.Another, Replaced: lifecycle.Replaced{Credential: old20}, Shares: []lifecycle.Share{{Profile: "other"}}},
			ids:    "kept forgotten", titles: "Keep it until 5 December 2026", now: "kept", intro: "the profile other as well",
			after: "In the console, once the product works: Disable or delete the application, the one with the Client ID old-id (",
		},
	} {
		f := step.RetireForm(env, flow.Answers{Change: c.change})
		q := f.Questions[0]
		var ids []string
		for _, o := range q.Options {
			if ids = append(ids, o.ID); o.About == "" {
				t.Errorf("%s: %s does not say what it means", c.name, o.ID)
			}
		}
		if got := strings.Join(ids, " "); got != c.ids || q.Options[0].Title != c.titles || q.Value.Text != c.now {
			t.Errorf("%s: %q, %q, now %s", c.name, got, q.Options[0].Title, q.Value.Text)
		}
		if !strings.Contains(f.Intro, c.intro) || c.intro == "" && f.Intro != "" {
			t.Errorf("%s: %q", c.name, f.Intro)
		}
		if !strings.HasPrefix(f.After, c.after) || c.after == "" && f.After != "" {
			t.Errorf("%s: %q", c.name, f.After)
		}
	}
}

// TestTheOldKeyStaysValid: with API 1.0 it works at Mimecast until it is logged out, whatever is done here.
func TestTheOldKeyStaysValid(t *testing.T) {
	for api, want := range map[client.API]bool{client.API10: true, client.API20: false} {
		a := flow.Answers{Change: lifecycle.Change{Name: "acme", API: api, Replaced: lifecycle.Replaced{Credential: client.OAuth{ClientID: "old-id"}}}}
		if api == client.API10 {
			a.Replaced.Credential = keys("old")
		}
		for _, o := range step.RetireForm(steptest.Env(), a).Questions[0].Options {
			if says := strings.Contains(o.About, "at Mimecast"); o.ID != string(lifecycle.LoggedOut) && says != want {
				t.Errorf("%s: %s: %q", api, o.ID, o.About)
			}
		}
	}
}

// TestTheOldApplication: how it is removed is told where another application took its place, and the answers do not contradict
// each other.
func TestTheOldApplication(t *testing.T) {
	pair := client.OAuth{ClientID: "old-id"}
	for _, c := range []struct {
		name   string
		change lifecycle.Change
		told   bool
	}{
		{"another", lifecycle.Change{API: client.API20, Way: lifecycle.Another, Replaced: lifecycle.Replaced{Credential: pair}}, true},
		{"the same", lifecycle.Change{API: client.API20, Way: lifecycle.Regenerate, Replaced: lifecycle.Replaced{Credential: pair}}, false},
		{"none before", lifecycle.Change{API: client.API20, Way: lifecycle.Another}, false},
		{
			"products of both APIs",
			lifecycle.Change{API: client.API20, Way: lifecycle.Another, Replaced: lifecycle.Replaced{Credential: pair}, Integration: "axonius-mimecast-v2", Also: []string{"jupiterone"}},
			false,
		},
	} {
		if got := step.PreviousApplication(flow.Answers{Change: c.change}); (len(got) == 1) != c.told || len(got) > 1 {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
