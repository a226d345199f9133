package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestExpiryIsKept: the duration that Mimecast gives with new keys, in milliseconds (12 hours in Splunk SOAR's published
// sample), is told at once, kept through rename and rotation, and is when the next rotation is due.
func TestExpiryIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	from := readyNamed(t, d.sim, "legacy-no-otp").From
	from["profile"] = "acme"
	d.ends(exitDone, asJSON(t, from), "setup", "--from", "-").says(t, "warning: acme: the access key expires in ", "Authentication TTL")
	expiry := func(name string) time.Time {
		t.Helper()
		var one struct {
			ExpiresAt   time.Time `json:"expires_at"`
			RotationDue time.Time `json:"rotation_due"`
		}
		got := d.ends(exitDone, "", "show", name, "-o", "json")
		if err := json.Unmarshal([]byte(got.out), &one); err != nil || !one.ExpiresAt.Equal(one.RotationDue) {
			t.Errorf("%v: %s", err, got.out)
		}
		return one.ExpiresAt
	}
	first := expiry("acme")
	if left := time.Until(first); left < 11*time.Hour || left > 12*time.Hour {
		t.Errorf("expires in %s", left)
	}
	if got := d.ends(exitDone, "", "show", "acme"); !strings.Contains(got.out, "expires in ") {
		t.Error(got.out)
	}
	d.ends(exitDone, "", "rename", "acme", "beta")
	if again := expiry("beta"); !again.Equal(first) {
		t.Errorf("renamed, it expires at %s, not %s", again, first)
	}
	d.sim.Server.ExpireKeys(withoutCode)
	renew := asJSON(t, map[string]any{"renew_keys": signIn(d, withoutCode, nil)})
	d.ends(exitDone, renew, "rotate", "beta", "--from", "-").says(t, "warning: beta: the access key expires in ")
	if again := expiry("beta"); again.Before(first) || again.IsZero() {
		t.Errorf("renewed, it expires at %s, before %s", again, first)
	}
	create := asJSON(t, map[string]any{"create_keys": signIn(d, withoutCode, nil)})
	d.ends(exitDone, create, "rotate", "beta", "--from", "-").says(t, "warning: beta: the access key expires in ")
	renewed := expiry("beta")
	d.ends(exitDone, "", "rollback", "beta")
	if again := expiry("beta"); again.IsZero() || again.After(renewed) {
		t.Errorf("rolled back, it expires at %s; before that at %s", again, renewed)
	}
}
