package lifecycle

import (
	"context"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
)

// located is a known profile whose location is told, and whose versions can be activated.
type located struct{ known }

func (located) Location(store, name string) string { return store + " of " + name }

func (v located) Activate(context.Context, string, credstore.CheckSummary) (credstore.Record, error) {
	return v.record, v.fails["activate"]
}

// TestBeforeGoesOnWithARollBack: only a roll back that is noted as activated goes on; after anything else one begins anew.
func TestBeforeGoesOnWithARollBack(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		kind   credstore.ChangeKind
		phase  credstore.Phase
		noted  bool
		goesOn bool
	}{
		"rolled back":            {credstore.RollBack, credstore.Activated, true, true},
		"rolled back, confirmed": {credstore.RollBack, credstore.Confirmed, true, false},
		"roll back begun":        {credstore.RollBack, credstore.Begun, true, false},
		"rotated":                {credstore.Rotation, credstore.Activated, true, false},
		"nothing":                {credstore.RollBack, credstore.Activated, false, false},
	} {
		for _, kept := range []bool{true, false} {
			record := credstore.Record{Profile: credstore.Profile{Name: "acme"}, Current: &credstore.Version{ID: "2", Credential: legacyKeys("two")}}
			if kept {
				record.Previous = &credstore.Version{ID: "1", Credential: legacyKeys("one")}
			}
			shelf := &shelved{record: record, noted: credstore.UnfinishedChange{Kind: tt.kind, Phase: tt.phase}, is: tt.noted}
			s := Service{Vault: located{known{shelf, credstore.Entry{Store: "keyring"}, true, nil}}}
			c, err := s.Before(t.Context(), "acme", nil)
			if !tt.goesOn && !kept {
				if credstore.KindOf(err) != credstore.NotFound {
					t.Errorf("%s: there is nothing to go back to, and it says %v", name, err)
				}
				continue
			}
			if err != nil || c.Purpose != RollingBack || c.Activated != tt.goesOn || c.Location != "keyring of acme" || c.PreviousKept != (tt.goesOn && kept) {
				t.Errorf("%s, kept %v: %v, activated %v, previous kept %v, at %q", name, kept, err, c.Activated, c.PreviousKept, c.Location)
			}
		}
	}
}

// TestActivatedSaysWhereItIs: a change that is activated tells where its credential is, whoever staged it.
func TestActivatedSaysWhereItIs(t *testing.T) {
	t.Parallel()
	record := credstore.Record{Current: &credstore.Version{ID: "1", Credential: client.OAuth{ClientID: "id"}}}
	s := Service{Vault: located{known{shelved: &shelved{record: record}}}, Now: stopped}
	c, err := s.Activate(t.Context(), Change{Name: "acme", Store: "keyring", Staged: true}, nil)
	if err != nil || !c.Activated || c.Staged || c.PreviousKept || c.Location != "keyring of acme" {
		t.Errorf("%v, %+v", err, c)
	}
}
