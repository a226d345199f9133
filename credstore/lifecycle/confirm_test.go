package lifecycle

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
)

// TestConfirmSaysWhatIsWrong: the first check that did not pass is named, with what helps; a version that is current without one
// that failed is only not confirmed.
func TestConfirmSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	row := func(title string, state client.State) client.Result {
		return client.Result{ID: title, Title: title, State: state, Meaning: title + " is wrong.", Fix: "Mend " + title + ".", Where: client.WhereKeys}
	}
	const failed = "The credential is current, but the call that confirms it failed."
	for name, tt := range map[string]struct {
		rows         []client.Result
		problem, fix string
	}{
		"nothing came":        {nil, failed, "Try again."},
		"all skipped":         {[]client.Result{row("one", client.Skipped)}, failed, "Try again."},
		"a warning":           {[]client.Result{row("one", client.Warning)}, failed + " one: one is wrong.", "Mend one. mimecred rotate acme replaces the credential."},
		"a failure":           {[]client.Result{row("one", client.Failed)}, failed + " one: one is wrong.", "Mend one. mimecred rotate acme replaces the credential."},
		"a failure after all": {[]client.Result{row("one", client.Passed), row("two", client.Failed)}, failed + " two: two is wrong.", "Mend two. mimecred rotate acme replaces the credential."},
		"the first of two":    {[]client.Result{row("one", client.Warning), row("two", client.Failed)}, failed + " one: one is wrong.", "Mend one. mimecred rotate acme replaces the credential."},
	} {
		v := &shelved{record: credstore.Record{Current: &credstore.Version{ID: "1", Credential: legacyKeys("one")}}}
		s := Service{Vault: v, Dial: func(client.Endpoint) (Mimecast, error) { return answers{rows: tt.rows}, nil }}
		got := s.Confirm(t.Context(), Change{Name: "acme"}, nil)
		if got.OK || got.Problem != tt.problem || got.Fix != tt.fix || len(got.Results) != len(tt.rows) || len(v.asked) != 0 {
			t.Errorf("%s: %+v, asked %q", name, got, v.asked)
		}
	}
}

// TestConfirmNeedsWhatIsCurrent: nothing is called where the store has no current version, or none can be read or reached.
func TestConfirmNeedsWhatIsCurrent(t *testing.T) {
	t.Parallel()
	version := &credstore.Version{ID: "1", Credential: legacyKeys("one")}
	locked := &credstore.Error{Kind: credstore.Locked, Op: "read acme"}
	for name, tt := range map[string]struct {
		record credstore.Record
		load   error
		says   string
	}{
		"pending only": {credstore.Record{Pending: version}, nil, "reading it again failed"},
		"not read":     {credstore.Record{Current: version}, locked, "reading it again failed"},
		"not reached":  {credstore.Record{Current: version}, nil, "could not be confirmed"},
	} {
		v := &shelved{record: tt.record, fails: map[string]error{}}
		if tt.load != nil {
			v.fails["load"] = tt.load
		}
		s := Service{Vault: v, Dial: func(client.Endpoint) (Mimecast, error) { return nil, errors.New("no line") }}
		if got := s.Confirm(t.Context(), Change{Name: "acme"}, nil); got.OK || !strings.Contains(got.Problem, tt.says) || got.Results != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestConfirmPlan: one call of the product goes with the account, and a product that is not known here has the account alone.
func TestConfirmPlan(t *testing.T) {
	t.Parallel()
	alone := client.Plan{AccountOptional: true, Domain: "example.com"}
	if got := confirmPlan(credstore.Profile{API: client.API20, Integration: "of-a-later-version", InternalDomain: "example.com"}); !reflect.DeepEqual(got, alone) {
		t.Errorf("not known: %+v", got)
	}
	if got := confirmPlan(credstore.Profile{API: client.API20, Integration: "axonius-mimecast-v2"}); len(got.Probes) != 1 || !got.AccountOptional {
		t.Errorf("known: %+v", got)
	}
}
