package tui

import (
	"context"
	"errors"
	"sync"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// door is a vault that can be closed: what is under way comes to its end, and nothing begins afterwards. Commands outlive
// the program that started them, and a test's directory does not.
type door struct {
	lifecycle.Vault
	mu     sync.RWMutex
	closed bool
}

func (d *door) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
}

// enter gives an error when the door is closed; otherwise leave must be called.
func (d *door) enter() (leave func(), err error) {
	d.mu.RLock()
	if d.closed {
		d.mu.RUnlock()
		return nil, &credstore.Error{Kind: credstore.Canceled, Err: errors.New("the test is over")}
	}
	return d.mu.RUnlock, nil
}

func (d *door) Lookup(name string) (credstore.Entry, bool, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Entry{}, false, err
	}
	defer leave()
	return d.Vault.Lookup(name)
}

func (d *door) Preflight(ctx context.Context, store string, p credstore.Profile) error {
	leave, err := d.enter()
	if err != nil {
		return err
	}
	defer leave()
	return d.Vault.Preflight(ctx, store, p)
}

func (d *door) Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, s credstore.Source) (credstore.Record, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Stage(ctx, store, p, c, s)
}

func (d *door) Activate(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Activate(ctx, name, sum)
}

func (d *door) Load(ctx context.Context, name string) (credstore.Record, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Load(ctx, name)
}

func (d *door) Begin(ctx context.Context, s credstore.UnfinishedChange) (credstore.UnfinishedChange, error) {
	leave, err := d.enter()
	if err != nil {
		return s, err
	}
	defer leave()
	return d.Vault.Begin(ctx, s)
}

func (d *door) Retire(ctx context.Context, name, version string) (credstore.Record, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Retire(ctx, name, version)
}

func (d *door) Note(ctx context.Context, s credstore.UnfinishedChange) error {
	leave, err := d.enter()
	if err != nil {
		return err
	}
	defer leave()
	return d.Vault.Note(ctx, s)
}

func (d *door) End(ctx context.Context, name string, how credstore.Ending) error {
	if how == credstore.Abandoned || how == credstore.Left {
		return d.Vault.End(ctx, name, how)
	}
	leave, err := d.enter()
	if err != nil {
		return err
	}
	defer leave()
	return d.Vault.End(ctx, name, how)
}

func (d *door) Rollback(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Rollback(ctx, name, sum)
}

func (d *door) Resume(ctx context.Context, name string) (credstore.Record, credstore.UnfinishedChange, bool, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, credstore.UnfinishedChange{}, false, err
	}
	defer leave()
	return d.Vault.Resume(ctx, name)
}

// hatch is the same for the list of profiles.
type hatch struct {
	lifecycle.Profiles
	door *door
}

func (h hatch) RecordCheck(name string, sum credstore.CheckSummary) error {
	leave, err := h.door.enter()
	if err != nil {
		return err
	}
	defer leave()
	return h.Profiles.RecordCheck(name, sum)
}

func (h hatch) Entries() ([]credstore.Entry, error) {
	leave, err := h.door.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	return h.Profiles.Entries()
}

func (h hatch) Delete(ctx context.Context, name string) error {
	leave, err := h.door.enter()
	if err != nil {
		return err
	}
	defer leave()
	return h.Profiles.Delete(ctx, name)
}

func (h hatch) Rename(ctx context.Context, from, to string) (credstore.Record, error) {
	leave, err := h.door.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return h.Profiles.Rename(ctx, from, to)
}

func (h hatch) Sweep(ctx context.Context, name string) (*credstore.Version, error) {
	leave, err := h.door.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	return h.Profiles.Sweep(ctx, name)
}
