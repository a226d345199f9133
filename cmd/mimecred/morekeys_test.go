package main

import (
	"net/http"
	"sync/atomic"
	"testing"
)

// TestDespiteLostKeys: a file answers what the wizard asks before keys are created although others may be lost.
func TestDespiteLostKeys(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer any
		code   int
		says   []string
	}{
		"left out": {nil, exitDone, []string{"warning: acme: A sign-in as ", "acme is saved"}},
		"yes":      {true, exitDone, []string{"warning: acme: A sign-in as ", "acme is saved"}},
		"no": {false, exitStore, []string{
			"warning: acme: A sign-in as ", "Registered Applications", "so mimecred did not sign in this time",
			"hint: mimecred delete acme --pending forgets the reminder", `hint: without "despite_lost_keys": false it signs in`,
		}},
		"neither": {"no", exitUsage, []string{`key "create_keys.despite_lost_keys" must be true or false`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			var signIns atomic.Int64
			var lose atomic.Bool
			lose.Store(true)
			url := d.between(func(_ http.ResponseWriter, r *http.Request) {
				if r.URL.Path != signInPath {
					return
				}
				if signIns.Add(1); lose.Load() {
					panic(http.ErrAbortHandler)
				}
			})
			from := readyNamed(t, d.sim, "legacy-no-otp").From
			from["profile"], from["base_url"] = "acme", url
			d.ends(exitUnjudged, asJSON(t, from), "setup", "--from", "-")
			lose.Store(false)
			signIns.Store(0)
			if tt.answer != nil {
				keys, _ := from["create_keys"].(map[string]any)
				keys["despite_lost_keys"] = tt.answer
			}
			d.ends(tt.code, asJSON(t, from), "setup", "--from", "-").says(t, tt.says...)
			if n := signIns.Load(); (n > 0) != (tt.code == exitDone) {
				t.Errorf("signed in %d times", n)
			}
			if tt.code == exitStore {
				d.ends(exitDone, "", "delete", "acme", "--pending")
				d.ends(exitDone, asJSON(t, from), "setup", "--from", "-").says(t, "acme is saved")
			}
		})
	}
}
