package lifecycle

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// TestNotedInWords: what a test has confirmed or forgotten is a fact, what it could not forget a warning; keys stay valid at Mimecast.
func TestNotedInWords(t *testing.T) {
	t.Parallel()
	pair := &credstore.Version{Credential: client.OAuth{ClientID: "id", ClientSecret: secret.New("s")}}
	keys := &credstore.Version{Credential: legacyKeys("one")}
	locked := &credstore.Error{Kind: credstore.Locked, Op: "write acme"}
	const kept = "its access key stays valid at Mimecast"
	for name, tt := range map[string]struct {
		noted           Noted
		facts, warnings int
		says            string
		keys            bool
	}{
		"nothing":         {Noted{}, 0, 0, "", false},
		"confirmed":       {Noted{Confirmed: true}, 1, 0, "is confirmed", false},
		"a pair":          {Noted{Forgotten: pair}, 1, 0, "is forgotten here", false},
		"keys":            {Noted{Forgotten: keys}, 1, 0, "is forgotten here", true},
		"both":            {Noted{Confirmed: true, Forgotten: pair}, 2, 0, "is forgotten here", false},
		"not forgotten":   {Noted{Unforgotten: locked}, 0, 1, "could not be forgotten: ", false},
		"confirmed alone": {Noted{Confirmed: true, Unforgotten: locked}, 1, 1, "could not be forgotten: ", false},
	} {
		facts, warnings := tt.noted.Words()
		all := strings.Join(append(slices.Clone(facts), warnings...), " ")
		if len(facts) != tt.facts || len(warnings) != tt.warnings || !strings.Contains(all, tt.says) || strings.Contains(all, kept) != tt.keys {
			t.Errorf("%s: %q, %q", name, facts, warnings)
		}
		told := Tested{Trial: Trial{Name: "acme", Current: true}, Noted: tt.noted}.Told(time.Time{})
		if !slices.Equal(told.Facts, facts) || !slices.Equal(told.Warnings, warnings) {
			t.Errorf("%s: told %+v", name, told)
		}
		beside := Tested{Trial: Trial{Name: "acme", Current: true, Beside: pair}, Noted: tt.noted}.Told(time.Time{})
		if n := len(beside.Facts) - 1; n != len(facts) || !slices.Equal(beside.Facts[:n], facts) || !slices.Equal(beside.Warnings, warnings) || len(beside.Next) != 1 {
			t.Errorf("%s, beside a pending one: told %+v", name, beside)
		}
	}
}

// TestWhyAPendingVersionStays: what speaks against it is told check by check, with what stays current, and what goes on with it.
func TestWhyAPendingVersionStays(t *testing.T) {
	t.Parallel()
	row := func(id string, state client.State) client.Result {
		return client.Result{ID: id, Title: id, State: state}
	}
	token, account := row(client.CheckCredentials, client.Passed), row(client.CheckAccount, client.Passed)
	fails := Change{Name: "acme", Results: []client.Result{token, account, row("p", client.Passed), row("x", client.Failed)}}
	gains := Change{
		Name: "acme", Activated: true, Results: []client.Result{token, account, row("p", client.Passed)},
		Replaced: Replaced{Results: []client.Result{token, account, row("p", client.Failed)}},
	}
	for _, current := range []bool{true, false} {
		out := Outcome{End: KeptPending, Change: fails, Judgement: fails.Judgement()}
		told := Tested{Trial: Trial{Name: "acme", Current: current}, Outcome: &out}.Told(time.Time{})
		stays := "nothing is current yet."
		if current {
			stays = "the current version stays."
		}
		if !slices.Equal(told.Checks, []string{"x: failed"}) || told.Trouble != "1 check failed; "+stays || !slices.Equal(told.Next, Again("acme", true)) {
			t.Errorf("current %v: %+v", current, told)
		}
	}
	out := Outcome{End: Finished, Change: gains, Judgement: gains.Judgement()}
	told := Tested{Trial: Trial{Name: "acme", Current: true}, Outcome: &out}.Told(time.Time{})
	if !slices.Equal(told.Checks, []string{"p: failed before, now passed"}) || told.Trouble != "" || !slices.Contains(told.Facts, "The credential passed and is now current.") {
		t.Errorf("activated: %+v", told)
	}
	kept := Outcome{End: KeptPending, Change: gains, Judgement: gains.Judgement()}
	told = Tested{Trial: Trial{Name: "acme"}, Outcome: &kept, Err: errors.New("made to fail")}.Told(time.Time{})
	if told.Trouble == "" || told.Checks != nil || len(told.Next) != 1 {
		t.Errorf("could not go on: %+v", told)
	}
}

// TestTheListTellsOfEachVersion: a test is noted with the version that it was of, whichever is current.
func TestTheListTellsOfEachVersion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		pending, current, noted bool
	}{
		"the current one":          {false, true, true},
		"the only one":             {true, false, true},
		"a pending one, beside":    {true, true, true},
		"none is known as current": {false, false, true},
	} {
		b := &book{}
		trial := Trial{Name: "acme", Version: &credstore.Version{ID: "1"}, Pending: tt.pending, Current: tt.current}
		failed := []client.Result{{ID: client.CheckCredentials, State: client.Failed, Kind: client.InvalidCredentials}}
		got := Service{Vault: phases{book: b}, Profiles: b}.Conclude(t.Context(), trial, failed, time.Time{}, nil)
		if b.noted == 1 != tt.noted || got.Summary.OK || got.Summary.Version != "1" || got.Outcome != nil {
			t.Errorf("%s: noted %d times, %+v", name, b.noted, got.Summary)
		}
	}
}
