package lifecycle

import (
	"context"

	"mimecred/credstore"
)

// Mover is what copying and moving a profile between stores needs of the vault.
type Mover interface {
	Transfer(ctx context.Context, t credstore.Transfer) (credstore.Transferred, error)
}

// Transfer copies or moves a profile to another store, or finishes a move that was interrupted. At Mimecast nothing changes.
func Transfer(ctx context.Context, vault Mover, t credstore.Transfer, tell Tell) (credstore.Transferred, error) {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	done, err := vault.Transfer(ctx, t)
	return done, tell.done(t.Name, err)
}
