package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"mimecred/credstore"
)

// holdsLine tells whether a line of a text begins with a word and holds others.
func holdsLine(text, first string, words ...string) bool {
	for line := range strings.Lines(text) {
		holds := strings.HasPrefix(line, first)
		for _, w := range words {
			holds = holds && strings.Contains(line, w)
		}
		if holds {
			return true
		}
	}
	return false
}

// TestListTellsAgeAndDue: how old the secret is, when it is to be rotated and until when the one before is kept, in words and
// as JSON, without asking the store.
func TestListTellsAgeAndDue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", map[string]any{"rotate_after": "30d"})
	d.later = 20 * day
	d.ends(exitDone, asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-", "-q")
	rotated := d.now()
	d.later = 23*day + time.Hour
	asked := len(d.store.Calls())
	if got := d.ends(exitDone, "", "list"); !holdsLine(got.out, "PROFILE", "AGE", "ROTATE") || !holdsLine(got.out, "acme", "3 days ago", " 3 days ", "in 27 days") || got.err != "" {
		t.Errorf("the list says\n%s%s", got.out, got.err)
	}
	got := d.ends(exitDone, "", "show", "acme")
	for label, words := range map[string]string{
		"Secret since": "(3 days ago)", "Next rotation": "(in 27 days)", "Previous": "(in 4 days)", "Last check": "5 passed",
	} {
		if !holdsLine(got.out, label, words) {
			t.Errorf("show does not say %q of %q:\n%s", words, label, got.out)
		}
	}
	var list []map[string]any
	if err := json.Unmarshal([]byte(d.ends(exitDone, "", "list", "-o", "json").out), &list); err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	at := func(key string, want time.Time) {
		t.Helper()
		text, _ := list[0][key].(string)
		if got, err := time.Parse(time.RFC3339, text); err != nil || got.Sub(want).Abs() > time.Minute {
			t.Errorf("%s is %q, want %s", key, text, want)
		}
	}
	at("secret_since", rotated)
	at("rotation_due", rotated.Add(30*day))
	at("previous_until", rotated.Add(7*day))
	if list[0]["rotate_after"] != "30d" || list[0]["unfinished"] != nil || list[0]["schema"] != 1.0 {
		t.Errorf("JSON: %v", list[0])
	}
	d.later = 60 * day
	if got := d.ends(exitDone, "", "list"); !holdsLine(got.out, "acme", "due for 10 days") {
		t.Errorf("the list says %s", got.out)
	}
	if n := len(d.store.Calls()); n != asked {
		t.Errorf("the store was asked %d times", n-asked)
	}
}

// TestListTellsWhatIsUnfinished: as JSON too, and in show.
func TestListTellsWhatIsUnfinished(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	wrong := d.pair(everything())
	wrong["client_secret"] = "made-up-and-wrong"
	began := d.now()
	d.ends(exitRefused, asJSON(t, wrong), "rotate", "acme", "--from", "-", "-q")
	d.later = 3 * time.Hour
	asked := len(d.store.Calls())
	var list []listedJSON
	if err := json.Unmarshal([]byte(d.ends(exitDone, "", "list", "-o", "json").out), &list); err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	u := list[0].Unfinished
	if u == nil || u.Kind != credstore.Rotation || u.Phase != credstore.Staged || u.Since.Sub(began).Abs() > time.Minute {
		t.Errorf("unfinished: %+v", u)
	}
	if got := d.ends(exitDone, "", "show", "acme"); !holdsLine(got.out, "Unfinished", "the pending version was refused by Mimecast on ", ": invalid credentials: mimecred rotate acme goes on, mimecred delete acme --pending discards it") {
		t.Errorf("show says %s", got.out)
	}
	if got := d.ends(exitDone, "", "show", "acme", "-o", "json"); !strings.Contains(got.out, `"phase": "staged"`) {
		t.Errorf("show says %s", got.out)
	}
	if got := d.ends(exitDone, "", "list"); !holdsLine(got.out, "acme", "unfinished") {
		t.Errorf("the list says %s", got.out)
	}
	if got := d.ends(exitDone, "", "list", "-q"); got.out != "acme\n" || got.err != "" {
		t.Errorf("quiet: %q, %q", got.out, got.err)
	}
	if n := len(d.store.Calls()); n != asked {
		t.Errorf("the store was asked %d times", n-asked)
	}
	got := d.ends(exitDone, "")
	got.says(t, "acme is not finished (the pending version was refused by Mimecast on ", ": invalid credentials): mimecred rotate acme goes on, mimecred delete acme --pending discards it")
}

// TestTableFits: on a terminal what matters least is left out, and the names never.
func TestTableFits(t *testing.T) {
	t.Parallel()
	columns := func() []column {
		return []column{
			{title: "PROFILE", cells: []string{"acme-production", "b"}},
			{title: columnIntegration, cells: []string{"axonius-mimecast-v2", "-"}},
			{title: columnAPI, cells: []string{"2.0", "1.0"}},
			{title: columnRegion, cells: []string{"global", "uspcom"}},
			{title: columnStore, cells: []string{"keyring", "keyring"}},
			{title: columnCheck, cells: []string{"+ 12 days ago", "x 2 failed, 13 days ago"}, short: []string{"+ 12 days ago", "x 13 days ago"}},
			{title: columnAge, cells: []string{"12 days", "102 days"}, short: []string{"12 d", "102 d"}},
			{title: "ROTATE", cells: []string{"in 78 days", "due for 12 days"}},
		}
	}
	for width, want := range map[int]string{
		0:   "PROFILE INTEGRATION API REGION STORE LAST CHECK AGE ROTATE",
		120: "PROFILE INTEGRATION API REGION STORE LAST CHECK AGE ROTATE",
		108: "PROFILE INTEGRATION API REGION LAST CHECK AGE ROTATE",
		80:  "PROFILE INTEGRATION API LAST CHECK AGE ROTATE",
		79:  "PROFILE INTEGRATION LAST CHECK AGE ROTATE",
		74:  "PROFILE INTEGRATION LAST CHECK AGE ROTATE",
		60:  "PROFILE INTEGRA AGE ROTATE",
		40:  "PROFILE ROTATE",
	} {
		table := draw(fit(columns(), width, "..."))
		lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
		if got := strings.Join(strings.Fields(lines[0]), " "); got != want {
			t.Errorf("width %d: columns %s, want %s", width, got, want)
		}
		for _, line := range lines {
			if width > 0 && len(line) > width {
				t.Errorf("width %d: %q has %d", width, line, len(line))
			}
		}
		if len(lines) != 3 || !strings.HasPrefix(lines[1], "acme-production ") || !strings.HasSuffix(lines[2], "due for 12 days") {
			t.Errorf("width %d:\n%s", width, table)
		}
	}
}
