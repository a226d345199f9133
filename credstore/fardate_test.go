package credstore_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"mimecred/credstore"
)

// TestDateBeyondTheCalendar: a date that RFC 3339 cannot say costs nothing but itself.
func TestDateBeyondTheCalendar(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	index := credstore.NewIndex(dir)
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	for _, name := range []string{"acme", "beta"} {
		err := index.Update(name, func(e *credstore.Entry) {
			e.Store, e.API, e.BaseURL = "memory", "2.0", "https://api.services.mimecast.com"
			e.CurrentSince = at
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "index.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, far := range []string{"99999-01-01T00:00:00Z", "+123456-01-01T00:00:00.5+01:00"} {
		changed := regexp.MustCompile(`2026-11-28T09:00:00Z`).ReplaceAll(text, []byte(far))
		if string(changed) == string(text) {
			t.Fatalf("no date in %s", text)
		}
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		list, err := index.All()
		if err != nil || len(list) != 2 {
			t.Fatalf("%s: %v, %v", far, list, err)
		}
		if got := list[0].CurrentSince.Year(); got != 9999 {
			t.Errorf("%s: the year %d", far, got)
		}
	}
}
