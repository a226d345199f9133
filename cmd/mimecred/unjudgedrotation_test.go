package main

import (
	"strings"
	"sync/atomic"
	"testing"
)

// TestRotationNeedsAJudgedTest: where something in between answers the test of the new version, and that of the current one as
// well, nothing is lost by comparison, and nothing was tested either. The current version stays.
func TestRotationNeedsAJudgedTest(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string]answer{
		"a gateway":               {403, `{"message":"Forbidden"}`},
		"a sign-on page":          {200, `<html></html>`},
		"success in a refusal":    {403, `{"meta":{"status":200},"data":[]}`},
		"parts of Mimecast":       {200, `{"meta":{"status":200},"data":[]}`},
		"an account without name": {200, `{"account-codes":{}}`},
		"no answer in time":       {429, `{"detail":"Over throttling limit"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			var blocked atomic.Bool
			url := d.answering(func(path string) answer {
				if path == "/oauth/token" || !blocked.Load() {
					return answer{}
				}
				return reply
			})
			d.setUp("oauth-ok", map[string]any{"base_url": url})
			now := d.versions()[0]
			blocked.Store(true)
			for _, more := range [][]string{{"--from", "-"}, {"--resume", "--anyway"}} {
				in := ""
				if more[0] == "--from" {
					in = asJSON(t, d.pair(everything()))
				}
				got := d.ends(exitUnjudged, in, append([]string{"rotate", "acme"}, more...)...)
				if strings.Contains(got.err, "confirmed it") || d.versions()[0] != now {
					t.Errorf("%v: %s", more, got.err)
				}
			}
			if d.versions()[1] == "" {
				t.Error("the new version is not kept as pending")
			}
		})
	}
}
