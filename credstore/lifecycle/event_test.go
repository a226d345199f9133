package lifecycle

import (
	"context"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// silent is a vault whose store says that it waits for somebody, whatever it is asked.
type silent struct {
	*shelved
	until time.Time
}

func (v silent) Load(ctx context.Context, name string) (credstore.Record, error) {
	credstore.NotifyWaiting(ctx, credstore.Waiting{Until: v.until})
	return v.shelved.Load(ctx, name)
}

func (v silent) Retire(ctx context.Context, name, version string) (credstore.Record, error) {
	credstore.NotifyWaiting(ctx, credstore.Waiting{Until: v.until})
	return v.shelved.Retire(ctx, name, version)
}

// TestASilentStoreIsToldOf: whoever listens hears that a store waits for a person, whatever is done with it; nobody has to listen.
func TestASilentStoreIsToldOf(t *testing.T) {
	t.Parallel()
	until := time.Unix(9, 0)
	version := &credstore.Version{ID: "1", Credential: legacyKeys("one")}
	v := silent{&shelved{record: credstore.Record{Current: version, Previous: version}}, until}
	s := Service{Vault: v, Dial: func(client.Endpoint) (Mimecast, error) { return answers{}, nil }, Now: stopped}
	for name, do := range map[string]func(tell Tell){
		"confirm": func(tell Tell) { s.Confirm(t.Context(), Change{Name: "acme"}, tell) },
		"forget":  func(tell Tell) { _, _, _ = s.Retire(t.Context(), "acme", "1", Forgotten, tell) },
		"log out": func(tell Tell) {
			broken := s
			broken.Dial = func(client.Endpoint) (Mimecast, error) { return nil, context.Canceled }
			_, _, _ = broken.Retire(t.Context(), "acme", "1", LoggedOut, tell)
		},
	} {
		told := 0
		do(func(e Event) {
			if w, is := e.(Waiting); is && w.Until.Equal(until) {
				told++
			}
		})
		if told != 1 {
			t.Errorf("%s: told %d times", name, told)
		}
		do(nil)
	}
}
