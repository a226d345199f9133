package lifecycle_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestRollBackIsCompared: with the last test of the current version in which Mimecast judged it, what is lost first.
func TestRollBackIsCompared(t *testing.T) {
	t.Parallel()
	check := func(id string, state client.State, kind client.Kind) credstore.CheckState {
		return credstore.CheckState{ID: id, State: state, Kind: kind}
	}
	token, refused := check(client.CheckCredentials, client.Passed, ""), check(client.CheckCredentials, client.Failed, client.InvalidCredentials)
	offline := check(client.CheckReach, client.Failed, client.DNS)
	now := func(states ...client.State) []client.Result {
		list := []client.Result{{ID: client.CheckCredentials, Title: "Credentials", State: states[0]}}
		for i, s := range states[1:] {
			list = append(list, client.Result{ID: string(rune('a' + i)), Title: string(rune('A' + i)), State: s})
		}
		return list
	}
	for name, c := range map[string]struct {
		noted [][]credstore.CheckState
		now   []client.Result
		want  []string
	}{
		"the same":           {[][]credstore.CheckState{{token, check("a", client.Passed, "")}}, now(client.Passed, client.Passed), nil},
		"one lost":           {[][]credstore.CheckState{{token, check("a", client.Passed, "")}}, now(client.Passed, client.Failed), []string{"A: passed, now failed."}},
		"lost, then gained":  {[][]credstore.CheckState{{token, check("a", client.Failed, client.Server), check("b", client.Passed, "")}}, now(client.Passed, client.Passed, client.Failed), []string{"B: passed, now failed.", "A: failed before, now passed."}},
		"refused by now":     {[][]credstore.CheckState{{token}, {refused}}, now(client.Passed), []string{"Credentials: failed before, now passed."}},
		"offline since then": {[][]credstore.CheckState{{token, check("a", client.Passed, "")}, {offline}}, now(client.Passed, client.Failed), []string{"A: passed, now failed."}},
		"never tested":       {nil, now(client.Passed, client.Failed), nil},
	} {
		v := credstore.NewVault(credstore.NewMemoryIndex(), time.Now, credstore.NewMemory())
		p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
		var r credstore.Record
		for _, id := range []string{"first", "second"} {
			var err error
			if r, err = v.Stage(t.Context(), "memory", p, client.OAuth{ClientID: id, ClientSecret: secret.New("s")}, credstore.Pasted); err != nil {
				t.Fatal(err)
			}
			if r, err = v.Activate(t.Context(), "acme", credstore.CheckSummary{Version: r.Pending.ID}); err != nil {
				t.Fatal(err)
			}
		}
		_ = v.End(t.Context(), "acme", credstore.Finished)
		for _, checks := range c.noted {
			if err := v.RecordCheck("acme", credstore.CheckSummary{Version: r.Current.ID, At: time.Now(), Checks: checks}); err != nil {
				t.Fatal(err)
			}
		}
		back, err := lifecycle.Service{Vault: v, Profiles: v, Now: time.Now}.Before(t.Context(), "acme", nil)
		if err != nil {
			t.Fatal(err)
		}
		back.Results = c.now
		got := back.ComparedBack()
		if len(got) > 0 && !strings.HasPrefix(got[0], "Compared with the test of the current version on ") {
			t.Errorf("%s: %q", name, got)
		}
		if len(got) > 0 {
			got = got[1:]
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
