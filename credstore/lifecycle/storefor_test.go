package lifecycle

import (
	"testing"
	"time"

	"mimecred/credstore"
)

func TestStoreFor(t *testing.T) {
	t.Parallel()
	current := credstore.Entry{Store: "file", CurrentSince: time.Unix(1, 0)}
	pending := credstore.Entry{Store: "file", Pending: true}
	for _, tt := range []struct {
		wanted string
		entry  credstore.Entry
		exists bool
		want   string
	}{
		{"", credstore.Entry{}, false, ""},
		{"memory", credstore.Entry{}, false, "memory"},
		{"", current, true, "file"},
		{"memory", current, true, "file"},
		{"", pending, true, "file"},
		{"memory", pending, true, "memory"},
	} {
		if got := StoreFor(tt.wanted, tt.entry, tt.exists); got != tt.want {
			t.Errorf("wanted %q, %+v, %v: %q", tt.wanted, tt.entry, tt.exists, got)
		}
	}
}
