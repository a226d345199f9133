package client

import "testing"

// TestConfirmedNeedsAnAnswer: a call that got none is no reason to believe the refusal of another one.
func TestConfirmedNeedsAnAnswer(t *testing.T) {
	t.Parallel()
	token := Result{ID: CheckCredentials, State: Passed}
	account := Result{ID: CheckAccount, State: Skipped, Kind: MissingProduct, HTTPStatus: 403}
	for name, tt := range map[string]struct {
		probe []Result
		want  bool
	}{
		"nothing else to call": {nil, true},
		"skipped":              {[]Result{{ID: "a.b", State: Skipped}}, true},
		"passed":               {[]Result{{ID: "a.b", State: Passed, HTTPStatus: 200}}, true},
		"timed out":            {[]Result{{ID: "a.b", State: Failed, Kind: Timeout}}, false},
		"reset, optional":      {[]Result{{ID: "a.b", State: Warning, Kind: Network}}, false},
		"from in between":      {[]Result{{ID: "a.b", State: Failed, Kind: ProxyFailed, HTTPStatus: 403}}, false},
	} {
		if got := Confirmed(append([]Result{token, account}, tt.probe...)); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestSmallRepliesAreNoRefusals: an object that tells of a thing is a reply, one that tells only of the call is anybody's.
func TestSmallRepliesAreNoRefusals(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		object  map[string]any
		foreign bool
	}{
		{map[string]any{"id": "1", "name": "x", "status": "enabled"}, false},
		{map[string]any{"name": "x", "message": "y"}, false},
		{map[string]any{"status": "ok"}, true},
		{map[string]any{"success": true, "message": "done"}, true},
		{map[string]any{"id": "1", "error": "x"}, true},
		{map[string]any{}, false},
	} {
		if got := looksForeign(tt.object); got != tt.foreign {
			t.Errorf("%v: %v", tt.object, got)
		}
	}
}

// TestUnjudgedIsNoPlatform: what could not be judged is not left out as a call of the other platform.
func TestUnjudgedIsNoPlatform(t *testing.T) {
	t.Parallel()
	integrated := &Identity{CloudIntegrated: "C1"}
	for _, tt := range []struct {
		failure Error
		skipped bool
	}{
		{Error{Kind: Timeout}, false},
		{Error{Kind: ProxyFailed, HTTPStatus: 403}, false},
		{Error{Kind: Server, HTTPStatus: 500}, false},
		{Error{Kind: MissingProduct, HTTPStatus: 403}, true},
		{Error{Kind: Unknown, HTTPStatus: 404}, true},
	} {
		if got := wrongPlatform("/role/cloud-gateway/v1/roles", &tt.failure, integrated) != ""; got != tt.skipped {
			t.Errorf("%+v: %v", tt.failure, got)
		}
	}
}

// TestAlmostMimecast holds replies that have parts of Mimecast's form and contradict the rest of it: none of them is believed.
func TestAlmostMimecast(t *testing.T) {
	t.Parallel()
	const success, whole = `{"meta":{"status":200},"data":[]}`, `{"meta":{"status":200},"data":[],"fail":[]}`
	for name, tt := range map[string]struct {
		op     string
		status int
		body   string
		passes bool
	}{
		"success in a refusal":           {"POST /api/x/y", 403, success, false},
		"whole success in a refusal":     {"POST /api/login/login", 401, whole, false},
		"success in a redirect":          {"POST /api/login/login", 302, success, false},
		"a refusal in a redirect":        {"POST /api/login/login", 302, `{"fail":[{"code":"forbidden","message":"x"}]}`, false},
		"success without a token":        {"POST " + tokenPath, 200, success, false},
		"whole success without a token":  {"POST " + tokenPath, 200, whole, false},
		"refused success for a token":    {"POST " + tokenPath, 403, success, false},
		"a function's form for events":   {"GET /siem/v1/batch/events/cg", 200, success, false},
		"nothing in a function's data":   {"GET /siem/v1/batch/events/cg", 200, `{"meta":{"status":200},"data":[null],"fail":[]}`, false},
		"no account at all":              {"GET " + whoamiPath, 200, `{"account-codes":{}}`, false},
		"a status in quotes":             {"POST " + logoutPath, 200, `{"meta":{"status":" 200 "},"data":[],"fail":[]}`, false},
		"a status as text":               {"POST " + accountPath, 200, `{"meta":{"status":"200"},"data":[{}],"fail":[]}`, false},
		"what a function says":           {"POST /api/x/y", 200, whole, true},
		"what events look like":          {"GET /siem/v1/batch/events/cg", 200, `{"value":[],"isCaughtUp":true}`, true},
		"a whole function's form anyway": {"GET /siem/v1/batch/events/cg", 200, whole, true},
	} {
		e := envelope(tt.op, tt.status, jsonHeader(), []byte(tt.body))
		if (e == nil) != tt.passes || e != nil && (e.mimecast || !e.Kind.Unjudged()) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}
