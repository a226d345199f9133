package credstore

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"mimecred/client"
)

// BenchmarkIndex reads the list of 1,000 profiles, and looks one up in it, as a process does that was just started: with an index
// of its own. The ratio is to encoding/json's reading of the same bytes, measured in turns.
func BenchmarkIndex(b *testing.B) {
	dir := b.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	x := NewIndex(dir)
	text := manyProfiles(1000).text()
	if err := os.WriteFile(x.file(), text, 0o600); err != nil {
		b.Fatal(err)
	}
	for name, use := range map[string]func(*Index) (int, error){
		"read": func(x *Index) (int, error) { all, err := x.All(); return len(all) / 1000, err },
		"lookup": func(x *Index) (int, error) {
			_, found, err := x.Get("customer-0700")
			return map[bool]int{true: 1}[found], err
		},
	} {
		b.Run(name, func(b *testing.B) {
			var took, plain []time.Duration
			for b.Loop() {
				plain = append(plain, unmarshalled(b, x.file()))
				begun := time.Now()
				if n, err := use(NewIndex(dir)); n != 1 || err != nil {
					b.Fatal(n, err)
				}
				took = append(took, time.Since(begun))
			}
			b.ReportMetric(float64(middle(took))/float64(middle(plain)), "x-json.Unmarshal")
			b.ReportMetric(float64(middle(took).Microseconds())/1000, "ms-max-4")
		})
	}
}

// unmarshalled tells how long encoding/json takes for the file of a list.
func unmarshalled(b *testing.B, path string) time.Duration {
	b.Helper()
	begun := time.Now()
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	var wire wireIndex
	if err := json.Unmarshal(text, &wire); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}

func middle(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// manyProfiles is the list of a service provider, with a check of every profile.
func manyProfiles(n int) indexList {
	at := time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC)
	list := indexList{Profiles: make([]Entry, n)}
	for i := range list.Profiles {
		account := &AccountName{Name: "Example Corp", Code: fmt.Sprintf("CUSA%04dA", i), Region: "us"}
		sum := &CheckSummary{At: at, OK: true, Passed: 8, Account: account}
		for _, id := range []string{"dns", "tls", "clock", client.CheckCredentials, "account", "permissions", "messages", "logs"} {
			sum.Checks = append(sum.Checks, CheckState{ID: id, State: client.Passed})
		}
		list.Profiles[i] = Entry{
			Name: fmt.Sprintf("customer-%04d", i), Integration: "axonius-mimecast-v2", API: client.API20, Region: "us", Store: "keyring",
			BaseURL: "https://us-api.services.mimecast.com", Identifier: fmt.Sprintf("9d1c2f54-%04d-4b7e-9c57-5f7c1f0f2a11", i),
			Version: fmt.Sprintf("v%06d", i), Account: account, CurrentSince: at, SecretSince: at, LastCheck: sum,
		}
	}
	return list
}
