package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestNotesOfACrowd tests many profiles at a time, each of which has something to note while the others are printed. Every note
// is a line of its own; the race detector looks on.
func TestNotesOfACrowd(t *testing.T) {
	t.Parallel()
	const crowd = 8
	d := newDesk(t)
	url := d.answering(func(path string) answer {
		if path == "/oauth/token" {
			return answer{http.StatusUnauthorized, notKnownYet}
		}
		return answer{}
	})
	var list []any
	for i := range crowd {
		list = append(list, map[string]any{
			"profile": fmt.Sprintf("fresh-%d", i), "api": "2.0", "base_url": url,
			"client_id": strings.Repeat("a", 48), "client_secret": strings.Repeat("b", 64),
		})
	}
	a, _, _ := d.program(asJSON(t, list))
	defer a.close()
	both := &bytes.Buffer{} // as 2>&1 has it
	a.std.out, a.std.err = both, both
	var later atomic.Int64
	start := time.Now()
	a.now = func() time.Time { return start.Add(time.Duration(later.Load())) }
	a.pause = func(_ context.Context, d time.Duration) error {
		later.Add(max(int64(d)/crowd, int64(time.Second)))
		return nil
	}
	err := runCheck(t.Context(), a, checkOptions{from: "-", concurrency: crowd, wait: 5 * time.Minute})
	wantExit(t, err, exitRefused)
	noted := 0
	for line := range strings.Lines(both.String()) {
		if strings.Contains(line, "trying again in") {
			noted++
			if !strings.HasPrefix(line, "fresh-") || strings.Count(line, "trying again in") != 1 {
				t.Errorf("not a line of its own: %q", line)
			}
		}
	}
	if noted < crowd {
		t.Errorf("only %d notes", noted)
	}
}
