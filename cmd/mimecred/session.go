package main

import (
	"context"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// session is a vault whose profiles of the memory store leave no trace: they have an index of their own, which ends with
// the program as they do.
type session struct {
	lasting, passing *credstore.Vault
}

func newSession(lasting *credstore.Vault, now func() time.Time) session {
	return session{lasting: lasting, passing: credstore.NewVault(credstore.NewMemoryIndex(), now, credstore.NewMemory())}
}

// of gives the vault of a store.
func (s session) of(store string) *credstore.Vault {
	if store == storeMemory {
		return s.passing
	}
	return s.lasting
}

// holder gives the vault that has the profile.
func (s session) holder(name string) *credstore.Vault {
	if _, found, err := s.passing.Lookup(name); err == nil && found {
		return s.passing
	}
	return s.lasting
}

func (s session) Lookup(name string) (credstore.Entry, bool, error) {
	return s.holder(name).Lookup(name)
}

func (s session) Preflight(ctx context.Context, store string, p credstore.Profile) error {
	return s.of(store).Preflight(ctx, store, p)
}

// Stage forgets a version that was pending in the other store: the person went back and chose again.
func (s session) Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, src credstore.Source) (credstore.Record, error) {
	record, err := s.of(store).Stage(ctx, store, p, c, src)
	if err == nil && store != storeMemory && s.holder(p.Name) == s.passing {
		err = s.passing.Discard(ctx, p.Name)
	}
	return record, err
}

func (s session) Promote(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error) {
	return s.holder(name).Promote(ctx, name, sum)
}

func (s session) Discard(ctx context.Context, name string) error {
	return s.holder(name).Discard(ctx, name)
}

func (s session) Location(store, name string) string { return s.of(store).Location(store, name) }
