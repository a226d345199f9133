package credstore

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// tried is the slow way to rescue: every brace is tried as the beginning of an entry.
func tried(text []byte) []string {
	var names []string
	for {
		start := bytes.IndexByte(text, '{')
		if start < 0 {
			slices.Sort(names)
			return slices.Compact(names)
		}
		text = text[start:]
		var e Entry
		d := json.NewDecoder(bytes.NewReader(text))
		if err := d.Decode(&e); err == nil && e.Store != "" && ValidName(e.Name) == nil {
			names = append(names, e.Name)
			text = text[d.InputOffset():]
			continue
		}
		text = text[1:]
	}
}

func rescuedNames(text []byte) []string {
	var names []string
	for _, e := range (indexList{damaged: text}).rescued().Profiles {
		names = append(names, e.Name)
	}
	return names
}

// listed is the text of a list as this version writes it, or on one line.
func listed(line bool) []byte {
	list := indexList{}
	for _, name := range []string{"acme", "beta", "gamma"} {
		at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
		list.Profiles = append(list.Profiles, Entry{
			Name: name, API: "2.0", Store: "keyring", BaseURL: "https://us-api.services.mimecast.com",
			Account:   &AccountName{Name: "Example {\"Corp\"}", Code: "CUSA00A000"},
			LastCheck: &CheckSummary{At: at, Checks: []CheckState{{ID: "reach", State: "passed"}, {ID: "clock", State: "passed"}}},
		})
	}
	if line {
		return bytes.ReplaceAll(list.text(), []byte("\n"), nil)
	}
	return list.text()
}

func TestRescueFindsWhatTryingFinds(t *testing.T) {
	t.Parallel()
	for _, line := range []bool{false, true} {
		text := listed(line)
		for i := 0; i < len(text); i += 11 { // a number that meets every place of a token sooner or later
			for how, damaged := range map[string][]byte{
				"cut off":     text[:i],
				"without one": slices.Concat(text[:i], text[i+1:]),
				"a quote":     slices.Concat(text[:i], []byte(`"`), text[i:]),
				"a brace":     slices.Concat(text[:i], []byte(`{`), text[i+1:]),
				"noise":       slices.Concat(text[:i], []byte("\x00{{\"\"{[}"), text[i:]),
				"the rest":    text[i:],
			} {
				if diff := cmp.Diff(tried(damaged), rescuedNames(damaged)); diff != "" {
					t.Fatalf("%s at %d, on one line %t:\n%s\n%s", how, i, line, diff, damaged)
				}
			}
		}
	}
}

// TestRescueIsLinear counts the bytes that are gone through for four times the text.
func TestRescueIsLinear(t *testing.T) {
	t.Parallel()
	const n = 20_000
	for _, piece := range []string{
		`{"a":`, `[{"a":`, `{"name":"x","store":"y","a":`, `{`, `{"`, `{"a`, `{"{"`, `{"a":"{`, `{ `, `{"a":{}`, `{"a":[`, `{"name":"`, `{"a":1,`,
		`{"name":"acme","store":"keyring","a":{}},`, `{"a":"\"{\"`, "{\"a\n", `}{`, `"{`, `{"a":1}`, `{"a":"b"`,
	} {
		steps := func(times int) int {
			r := rescue{text: []byte(strings.Repeat(piece, times))}
			for r.next() {
				r.object()
			}
			return r.read
		}
		once, four := steps(n/len(piece)), steps(4*n/len(piece))
		if four > 6*once+1<<16 {
			t.Errorf("%q: %d bytes are read for %d, and %d for four times as many", piece, once, n, four)
		}
	}
	closed := strings.Repeat(`{"name":"x","store":"","a":`, n/10) + "1" + strings.Repeat("}", n/10)
	r := rescue{text: []byte(closed)}
	for r.next() {
		r.object()
	}
	if r.read > 20*len(closed) {
		t.Errorf("objects in objects: %d bytes are read for %d", r.read, len(closed))
	}
}

func FuzzRescue(f *testing.F) {
	for _, line := range []bool{false, true} {
		f.Add(listed(line))
		f.Add(listed(line)[:300])
	}
	f.Add([]byte(strings.Repeat(`{"a":`, 100)))
	f.Add([]byte(`{"name":"a","store":"b","account":{"name":"c","store":"d"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r := rescue{text: text}
		for r.next() {
			r.object()
		}
		if limit := 1 << 11 * (len(text) + 1); r.read > limit {
			t.Errorf("%d bytes are read for %d", r.read, len(text))
		}
		list := indexList{damaged: text}.rescued()
		for _, e := range list.Profiles {
			if ValidName(e.Name) != nil || e.Store == "" {
				t.Errorf("rescued %+v", e)
			}
		}
		again, err := parseIndex(list.text())
		if err != nil || len(again.Profiles) != len(list.Profiles) {
			t.Errorf("what was rescued cannot be read again: %v", err)
		}
	})
}
