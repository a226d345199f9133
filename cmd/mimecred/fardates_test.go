package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// farDates are dates of an index.json that somebody's clock or hand has made, with what is shown of them.
func farDates() map[string]string {
	return map[string]string{
		"2999-12-31T00:00:00Z":           "2999-12-31",
		"9999-12-31T23:59:59Z":           "9999-12-31",
		"9999-12-31T23:59:59-12:00":      "9999-12-31",
		"10000-01-01T00:00:00Z":          "9999-12-31",
		"99999-12-31T00:00:00Z":          "9999-12-31",
		"+123456-01-01T00:00:00.5+01:00": "9999-12-31",
	}
}

// TestFarDatesAreShown puts dates of the future and beyond the calendar in the place of each date of index.json in turn, and of
// all of them. The list, its JSON and show go on, and show the profile, and JSON has the date.
func TestFarDatesAreShown(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.rotated()
	file := filepath.Join(o.home, "config", "mimecred", "index.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	date := regexp.MustCompile(`"\d{4}-\d\d-\d\dT[^"]*"`)
	places := date.FindAllIndex(text, -1)
	if len(places) < 3 {
		t.Fatalf("only %d dates in %s", len(places), text)
	}
	for far, want := range farDates() {
		changed := []string{date.ReplaceAllLiteralString(string(text), `"`+far+`"`)}
		for _, at := range places {
			changed = append(changed, string(text[:at[0]])+`"`+far+`"`+string(text[at[1]:]))
		}
		for _, one := range changed {
			if err := os.WriteFile(file, []byte(one), 0o600); err != nil {
				t.Fatal(err)
			}
			listed := o.wants(exitDone, "", "list")
			if !strings.Contains(listed.out, "acme") || listed.err != "" || strings.Contains(listed.out, "just now") && one == changed[0] {
				t.Errorf("%s: %s%s", far, listed.out, listed.err)
			}
			o.wants(exitDone, "", "list", "-q")
			if one == changed[0] && strings.Count(listed.out, " on ") < 2 {
				t.Errorf("%s: the check and the age are\n%s", far, listed.out)
			}
			o.wants(exitDone, "", "show", "acme")
			for _, args := range [][]string{{"list", "-o", "json"}, {"show", "acme", "-o", "json"}} {
				got := o.wants(exitDone, "", args...)
				if !json.Valid([]byte(got.out)) || !strings.Contains(got.out, want) {
					t.Errorf("%s: %s%s", far, got.out, got.err)
				}
			}
		}
	}
}
