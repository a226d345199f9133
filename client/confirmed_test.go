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
