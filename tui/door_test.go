package tui

import (
	"context"
	"errors"
	"sync"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/tui/screen"
)

// door is a vault that can be closed: what is under way comes to its end, and nothing begins afterwards. Commands outlive
// the program that started them, and a test's directory does not.
type door struct {
	screen.Vault
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

func (d *door) Promote(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Promote(ctx, name, sum)
}

func (d *door) Load(ctx context.Context, name string) (credstore.Record, error) {
	leave, err := d.enter()
	if err != nil {
		return credstore.Record{}, err
	}
	defer leave()
	return d.Vault.Load(ctx, name)
}

func (d *door) Discard(ctx context.Context, name string) error {
	leave, err := d.enter()
	if err != nil {
		return err
	}
	defer leave()
	return d.Vault.Discard(ctx, name)
}
