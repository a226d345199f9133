package lifecycle_test

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestWorkedAt: the list remembers when a profile last passed through every failure that follows, and forgets it when it passes again.
func TestWorkedAt(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	store := credstore.NewMemory()
	vault := credstore.NewVault(credstore.NewMemoryIndex(), func() time.Time { return at }, store)
	p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
	if _, err := vault.Stage(t.Context(), store.Kind(), p, client.OAuth{ClientID: "made-up", ClientSecret: secret.New("made-up-secret")}, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Activate(t.Context(), "acme", credstore.CheckSummary{At: at, OK: true, Passed: 1}); err != nil {
		t.Fatal(err)
	}
	passed := credstore.CheckState{ID: client.CheckCredentials, State: client.Passed}
	refused := credstore.CheckState{ID: client.CheckCredentials, State: client.Failed, Kind: client.InvalidCredentials}
	for day, step := range []struct {
		ok    bool
		check credstore.CheckState
		want  int // the day until which it worked, -1 for none
	}{{true, passed, -1}, {false, passed, 0}, {false, refused, 0}, {false, passed, 0}, {true, passed, -1}, {false, refused, 4}} {
		on := at.Add(time.Duration(day) * 24 * time.Hour)
		if err := vault.RecordCheck("acme", credstore.CheckSummary{At: on, OK: step.ok, Checks: []credstore.CheckState{step.check}}); err != nil {
			t.Fatal(err)
		}
		e, _, err := vault.Lookup("acme")
		if err != nil {
			t.Fatal(err)
		}
		got, known := lifecycle.WorkedAt(e)
		if known != (step.want >= 0) || known && !got.Equal(at.Add(time.Duration(step.want)*24*time.Hour)) {
			t.Errorf("day %d: %v, %v", day, got, known)
		}
	}
	if _, known := lifecycle.WorkedAt(credstore.Entry{LastCheck: &credstore.CheckSummary{}, LastAccepted: &credstore.CheckSummary{At: at, OK: true}}); !known {
		t.Error("a list of an earlier version tells nothing")
	}
}
