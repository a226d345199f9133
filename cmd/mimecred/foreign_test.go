package main

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
)

// answer is a reply that stands in the place of the simulator's; its status is 0 where the simulator answers.
type answer struct {
	status int
	body   string
}

// answering is a server that answers some calls itself and leaves the others to the desk's simulator.
func (d *desk) answering(own func(path string) answer) string {
	d.t.Helper()
	return d.at(func(w http.ResponseWriter, r *http.Request) {
		one := own(r.URL.Path)
		if one.status == 0 {
			d.sim.Server.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(one.status)
		_, _ = w.Write([]byte(one.body))
	})
}

// TestNothingIsSavedOnAForeignReply: a gateway that refuses everything proves nothing, for any product of either API.
func TestNothingIsSavedOnAForeignReply(t *testing.T) {
	t.Parallel()
	for _, reply := range []answer{{403, `{"message":"Forbidden"}`}, {401, `{"message":"Unauthorized"}`}, {200, `{"data":"x"}`}, {404, ``}} {
		d := newDesk(t)
		url := d.answering(func(string) answer { return reply })
		for _, i := range catalog.Integrations() {
			got := d.ends(exitUnjudged, asJSON(t, d.fresh(t, i, url)), "setup", "--from", "-")
			got.says(t, "acme was not saved")
		}
		if _, known, err := d.entry(); known || err != nil {
			t.Errorf("HTTP %d %s: something was saved, %v", reply.status, reply.body, err)
		}
	}
}

// fresh is a credential that the simulator takes, for a product, at a URL.
func (d *desk) fresh(t *testing.T, i catalog.Integration, url string) map[string]any {
	t.Helper()
	ready := "oauth-ok"
	if i.API == client.API10 {
		ready = "legacy-ok"
	}
	from := readyNamed(t, d.sim, ready).From
	from["profile"], from["integration"], from["base_url"], from["internal_domain"] = "acme", i.ID, url, "example.com"
	delete(from, "region")
	return from
}

// TestNothingIsSavedThatDoesNothing: optional calls may fail, but not all that the product makes.
func TestNothingIsSavedThatDoesNothing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reply answer
		exit  int
	}{
		{answer{403, `{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`}, exitCheckFailed},
		{answer{404, `{"fail":[{"code":"endpoint_evaluation_failed_1","message":"Endpoint cannot be found"}]}`}, exitCheckFailed},
		{answer{429, `{"detail":"Over throttling limit"}`}, exitUnjudged},
		{answer{501, `{"fail":[{"code":"internal_server_error_1","message":"x"}]}`}, exitUnjudged},
	} {
		d := newDesk(t)
		url := d.answering(func(path string) answer {
			if path == "/oauth/token" {
				return answer{}
			}
			return tt.reply
		})
		for _, i := range catalog.Integrations() {
			if p, err := catalog.Plan(i.ID, i.API, "example.com"); err != nil || len(p.Probes) == 0 || i.API != client.API20 {
				continue
			}
			d.ends(tt.exit, asJSON(t, d.fresh(t, i, url)), "setup", "--from", "-").says(t, "acme was not saved")
			got := d.ends(tt.exit, asJSON(t, d.fresh(t, i, url)), "check", "--from", "-", "-o", "json")
			if got.checked(t).OK {
				t.Errorf("HTTP %d: %s is said to be in order", tt.reply.status, i.ID)
			}
		}
	}
}

// noLogOuts are answers to a log-out that are not Mimecast's word for it.
func noLogOuts() []answer {
	return []answer{
		{200, `{}`},
		{200, `null`},
		{200, `[]`},
		{200, `true`},
		{200, ``},
		{204, ``},
		{200, `{"access_token":"x","token_type":"Bearer"}`},
		{200, `{"data":[]}`},
		{200, `{"meta":{"status":200},"data":[]}`},
		{202, `{"meta":{"status":200},"data":[],"fail":[]}`},
		{200, `{"meta":{"status":201},"data":[],"fail":[]}`},
		{200, "OK"},
		{200, `<html></html>`},
		{403, `{"message":"Forbidden"}`},
		{401, ``},
		{401, `{"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature"}]}]}`},
		{403, `{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`},
	}
}

// TestALogOutThatNobodyConfirmsKeepsTheKey, whoever asked for it.
func TestALogOutThatNobodyConfirmsKeepsTheKey(t *testing.T) {
	t.Parallel()
	var reply atomic.Pointer[answer]
	d := newDesk(t)
	url := d.answering(func(path string) answer {
		if path == logOutPath {
			return *reply.Load()
		}
		return answer{}
	})
	from := d.setUp("legacy-no-otp", map[string]any{"base_url": url})
	old := d.versions()[0]
	id, _ := from["application_id"].(string)
	next := func() map[string]any {
		b := d.sim.Server.Bind(id, withCode, time.Time{})
		return map[string]any{"access_key": b.AccessKey, "secret_key": b.SecretKey}
	}
	for n, one := range noLogOuts() {
		reply.Store(&one)
		if n == 0 {
			keys := next()
			got := d.ends(exitUnjudged, asJSON(t, keys), "rotate", "acme", "--from", "-", "--retire")
			got.says(t, "did not confirm the log-out")
			now, _ := keys["access_key"].(string)
			d.wantVersions(now, "", old)
		}
		got := d.ends(exitUnjudged, "", "retire", "acme", "--yes")
		got.says(t, "Mimecast did not confirm the log-out of the previous access key, so the key is kept")
		if strings.Contains(got.err, "is logged out at Mimecast") || strings.Contains(got.err, "forgotten here") {
			t.Errorf("%d %s: %s", one.status, one.body, got.err)
		}
		if kept := d.versions()[2]; kept != old {
			t.Errorf("%d %s: the key is gone", one.status, one.body)
		}
		created := map[string]any{
			"profile": "new", "api": "1.0", "base_url": url, "application_id": id, "application_key": from["application_key"],
			"create_keys": signIn(d, withoutCode, nil),
		}
		got = d.ends(exitUnjudged, asJSON(t, created), "check", "--from", "-", "-o", "json")
		got.says(t, "did not confirm the log-out")
		if got.checked(t).OK {
			t.Errorf("%d %s: a test that left a key behind is said to be in order", one.status, one.body)
		}
	}
}

// TestOnlyACallThatReadsConfirms: a token is no confirmation, and one that cannot be used even less.
func TestOnlyACallThatReadsConfirms(t *testing.T) {
	t.Parallel()
	refused := answer{401, `{"fail":[{"code":"token_verification_failed"}]}`}
	for name, tt := range map[string]struct{ token, call answer }{
		"the call is refused":          {call: refused},
		"the call meets a gateway":     {call: answer{403, `{"message":"Forbidden"}`}},
		"the call meets a page":        {call: answer{200, `<html></html>`}},
		"the call fails":               {call: answer{501, `{"fail":[{"code":"internal_server_error_1"}]}`}},
		"the token is of another type": {token: answer{200, `{"access_token":"abc","token_type":"MAC"}`}},
		"the token is empty":           {token: answer{200, `{"access_token":"","token_type":"Bearer"}`}},
		"the token has control bytes":  {token: answer{200, `{"access_token":"a\u0007b","token_type":"Bearer"}`}},
		"the token has line breaks":    {token: answer{200, `{"access_token":"a\r\nX: y","token_type":"Bearer"}`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			var minted, last atomic.Int64
			last.Store(1 << 30)
			url := d.answering(func(path string) answer {
				if path != "/oauth/token" {
					if minted.Load() >= last.Load() {
						return tt.call
					}
					return answer{}
				}
				if minted.Add(1) >= last.Load() {
					return tt.token
				}
				return answer{}
			})
			d.setUp("oauth-ok", map[string]any{"base_url": url})
			minted.Store(0)
			last.Store(3) // the current version, the new one, and that where it lies then
			got := d.ends(exitUnjudged, asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-")
			if strings.Contains(got.err, "confirmed it") {
				t.Errorf("it is said to be confirmed: %s", got.err)
			}
			got.says(t, "The credential is current, but the call that confirms it failed")
			d.wantPhase(credstore.Rotation, credstore.Activated)
		})
	}
}
