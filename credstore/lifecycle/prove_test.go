package lifecycle

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore"
)

// TestEndingOfAPrevious: what becomes of it follows what was asked for, and keeping goes before everything.
func TestEndingOfAPrevious(t *testing.T) {
	t.Parallel()
	none, week := credstore.Span(0), 7*credstore.Day
	keys := credstore.Record{Previous: &credstore.Version{Credential: legacyKeys("one")}, Current: &credstore.Version{Credential: legacyKeys("two")}}
	pair := credstore.Record{Previous: &credstore.Version{Credential: client.OAuth{ClientID: "id"}}}
	for name, tt := range map[string]struct {
		change Change
		keep   bool
		record credstore.Record
		want   Retired
	}{
		"by default":                  {Change{Purpose: Rotating}, false, keys, Kept},
		"kept a week":                 {Change{Purpose: Rotating, Keep: &week}, false, keys, Kept},
		"kept for no time":            {Change{Purpose: Rotating, Keep: &none}, false, keys, Forgotten},
		"an edit, kept for no time":   {Change{Purpose: Changing, Keep: &none}, false, keys, Kept},
		"a renewal, kept no time":     {Change{Purpose: Rotating, Way: Renew, Keep: &none}, false, keys, Kept},
		"retired, keys":               {Change{Purpose: Rotating, RetirePrevious: true}, false, keys, LoggedOut},
		"retired, a pair":             {Change{Purpose: Rotating, RetirePrevious: true}, false, pair, Forgotten},
		"retired, and kept all same":  {Change{Purpose: Rotating, RetirePrevious: true}, true, keys, Kept},
		"no time, and kept all same":  {Change{Purpose: Rotating, Keep: &none}, true, keys, Kept},
		"retired goes before a week":  {Change{Purpose: Rotating, Keep: &week, RetirePrevious: true}, false, keys, LoggedOut},
		"retired where none is there": {Change{Purpose: Rotating, RetirePrevious: true}, false, credstore.Record{}, Forgotten},
	} {
		r := &run{policy: Policy{KeepPrevious: tt.keep}, record: tt.record, out: Outcome{Change: tt.change}}
		if got := r.ending(); got != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
