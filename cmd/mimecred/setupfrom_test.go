package main

import (
	"testing"

	"mimecred/client/simulator"
	"mimecred/credstore"
)

// TestSetupFromMovesAProfile: a file that takes an existing profile to another host, and to the other API, has its secret
// tested there. The host that was in use before hears nothing of it.
func TestSetupFromMovesAProfile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"oauth-ok", "legacy-ok"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := startedSimulator(t)
			after := startedSimulator(t, simulator.WithSeed("another"))
			s := withReady(t, before, "oauth-ok")
			from := readyNamed(t, after, name).From
			from["profile"] = "oauth-ok"
			if err := s.setupFrom(t, from, setupOptions{}); err != nil {
				t.Fatalf("%v\n%s%s", err, s.out, s.errs)
			}
			if n := len(before.Server.Requests()); n != 0 {
				t.Errorf("the host that was in use before was called %d times", n)
			}
			if n := len(after.Server.Requests()); n == 0 {
				t.Error("the new host was never called")
			}
			r := s.record(t, "oauth-ok")
			if r.Current == nil || r.Pending != nil || r.Profile.Endpoint.BaseURL != after.URL || string(r.Profile.API) != from["api"] {
				t.Errorf("current: API %s at %s, pending %v", r.Profile.API, r.Profile.Endpoint.BaseURL, r.Pending != nil)
			}
		})
	}
}

// setupFrom runs setup --from - in this process, with the app's memory.
func (s stored) setupFrom(t testing.TB, from map[string]any, o setupOptions) error {
	t.Helper()
	s.gives(asJSON(t, from))
	o.from = "-"
	return runSetupFrom(t.Context(), s.app, o)
}

// record is what the app's store has.
func (s stored) record(t testing.TB, name string) credstore.Record {
	t.Helper()
	vault, err := s.openVault()
	if err != nil {
		t.Fatal(err)
	}
	r, err := vault.Load(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
