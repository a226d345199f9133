package storetest

import (
	"context"
	"fmt"

	"mimecred/client"
	"mimecred/credstore"
)

// Put makes a profile with a pending version in a vault, beside a current one unless that is nil, as an earlier run leaves it.
func Put(ctx context.Context, vault *credstore.Vault, store string, p credstore.Profile, current, pending client.Credential, source credstore.Source) error {
	if current != nil {
		if _, err := vault.Stage(ctx, store, p, current, credstore.Pasted); err != nil {
			return fmt.Errorf("stage the current version: %w", err)
		}
		if _, err := vault.Activate(ctx, p.Name, credstore.CheckSummary{}); err != nil {
			return fmt.Errorf("activate the current version: %w", err)
		}
		_ = vault.End(ctx, p.Name, credstore.Finished) // it has no error
	}
	_, err := vault.Stage(ctx, store, p, pending, source)
	_ = vault.End(ctx, p.Name, credstore.Left) // it has no error
	if err != nil {
		return fmt.Errorf("stage the pending version: %w", err)
	}
	return nil
}
