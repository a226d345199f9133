package flow_test

import (
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// TestMaySwap: the ID of an application may be its key where Mimecast did not know it, at a sign-in or in a check; no other one.
func TestMaySwap(t *testing.T) {
	a := flow.Answers{Change: lifecycle.Change{API: client.API10, ApplicationID: "one", ApplicationKey: secret.New("two")}}
	checked := a
	checked.Results = []client.Result{{State: client.Failed, Kind: client.UnknownApplication}}
	checked.StagedCredential = client.Legacy{ApplicationID: "one"}
	other := checked
	other.ApplicationID = "three"
	newer := a
	newer.API = client.API20
	for name, tt := range map[string]struct {
		a    flow.Answers
		want bool
	}{
		"nothing was said": {a, false}, "sign-in": {a.Refused(client.UnknownApplication), true}, "another refusal": {a.Refused(client.InvalidCredentials), false},
		"check": {checked, true}, "another ID since": {other, false}, "API 2.0": {newer.Refused(client.UnknownApplication), false},
	} {
		if got := tt.a.MaySwap(); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
