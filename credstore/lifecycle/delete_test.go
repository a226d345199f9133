package lifecycle

import (
	"context"
	"testing"

	"mimecred/credstore"
)

// TestLoss: discarding asks where keys would be lost, and where that cannot be known.
func TestLoss(t *testing.T) {
	t.Parallel()
	keys := &credstore.Version{Credential: legacyKeys("one"), Source: credstore.Created}
	pasted := &credstore.Version{Credential: legacyKeys("one"), Source: credstore.Pasted}
	failing := func(kind credstore.Kind) error { return &credstore.Error{Kind: kind, Op: "read acme"} }
	for name, tt := range map[string]struct {
		pending   *credstore.Version
		err       error
		ask, fail bool
	}{
		"created keys": {keys, nil, true, false},
		"pasted keys":  {pasted, nil, false, false},
		"nothing":      {nil, nil, false, false},
		"damaged":      {keys, failing(credstore.Damaged), true, false},
		"gone":         {keys, failing(credstore.NotFound), true, false},
		"locked":       {keys, failing(credstore.Locked), false, true},
		"unknown":      {keys, context.Canceled, false, true},
	} {
		want := tt.pending
		if tt.err != nil {
			want = nil
		}
		pending, ask, err := Loss(credstore.Record{Pending: tt.pending}, tt.err)
		if pending != want || ask != tt.ask || (err != nil) != tt.fail {
			t.Errorf("%s: %v, asks %v, %v", name, pending, ask, err)
		}
	}
}
