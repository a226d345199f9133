package lifecycle

import (
	"testing"

	"mimecred/credstore"
)

// TestWhatTheJournalTells: what is asked for now about the previous version goes before what was asked for then.
func TestWhatTheJournalTells(t *testing.T) {
	t.Parallel()
	week, none := 7*credstore.Day, credstore.Span(0)
	for name, tt := range map[string]struct {
		then   bool
		asked  Change
		keep   credstore.Span
		retire bool
	}{
		"nothing is asked":               {false, Change{}, week, false},
		"retired then":                   {true, Change{}, week, true},
		"retired now":                    {false, Change{RetirePrevious: true}, week, true},
		"retired then, kept now":         {true, Change{Keep: &none}, none, false},
		"kept now, and retired":          {false, Change{Keep: &none, RetirePrevious: true}, none, true},
		"retired then and now, and kept": {true, Change{Keep: &none, RetirePrevious: true}, none, true},
	} {
		c := unfinished(credstore.UnfinishedChange{Name: "acme", Kind: credstore.Renewal, Store: "keyring", Keep: week, Retire: tt.then}, tt.asked)
		if c.KeepFor() != tt.keep || c.RetirePrevious != tt.retire || c.Name != "acme" || c.Store != "keyring" || c.Purpose != Rotating || c.Way != Renew {
			t.Errorf("%s: %+v", name, c)
		}
	}
}
