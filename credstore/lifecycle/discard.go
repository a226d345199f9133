package lifecycle

import (
	"context"
	"slices"

	"mimecred/credstore"
)

// StoredNothing tells whether a change was announced and nothing of it was stored: there is only the note.
func StoredNothing(s credstore.UnfinishedChange) bool {
	return s.Kind != credstore.Renaming && slices.Contains([]credstore.Phase{credstore.Begun, credstore.Creating, credstore.KeysCreated}, s.Phase)
}

// NotDiscarded says why an unfinished change cannot be discarded; "" when it can.
func NotDiscarded(s credstore.UnfinishedChange) string {
	switch {
	case s.Kind == credstore.Renaming:
		return "A renaming that has begun cannot be discarded: continue it."
	case Advise(s, true).Discard == "":
		return "The new version is current already, so nothing can be discarded: continue the change."
	default:
		return ""
	}
}

// DiscardUnfinished discards an unfinished change: the pending version where one is stored, and the note. What would be lost with it,
// Loss tells.
func (s Service) DiscardUnfinished(ctx context.Context, change credstore.UnfinishedChange, tell Tell) error {
	if !StoredNothing(change) {
		if err := s.Discard(ctx, Change{Name: change.Name}, tell); err != nil {
			return err
		}
	}
	return s.Forget(change.Name)
}
