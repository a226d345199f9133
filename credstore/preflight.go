package credstore

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"strings"
)

// Preflight tells, before anything is created at Mimecast, whether the store works and the record would fit. It looks
// whether the store is there, reads what it has for the profile (which is when a locked keyring asks to be unlocked),
// reckons with the largest record that may come of it, and writes, reads, compares and deletes a made-up item of that
// size beside it, named "." and the profile's name.
func (v *Vault) Preflight(ctx context.Context, store string, p Profile) error {
	op := "get ready to save " + p.Name
	if err := checkProfile(p); err != nil {
		return &Error{Kind: Broken, Op: op, Err: err}
	}
	p, err := placed(p) // it is longer so
	if err != nil {
		return &Error{Kind: Broken, Op: op, Err: err}
	}
	to, err := v.store(store)
	if err != nil {
		return during(op, err)
	}
	if err := to.Available(ctx); err != nil {
		return during(op, err)
	}
	h, err := v.begin(ctx, p.Name)
	if err != nil {
		return during(op, err)
	}
	defer h.end(h.keeps())
	if _, _, err := v.mayKeep(to, p.Name); err != nil {
		return during(op, err)
	}
	existing, _, err := v.read(ctx, to, p.Name)
	if err != nil {
		return during(op, err)
	}
	if existing != nil && existing.LosesKeys() && existing.Pending.ID != h.staged {
		return during(op, pendingKeys(to, p.Name))
	}
	size, err := WorstCase(p, existing)
	if err != nil {
		return during(op, err)
	}
	if size > to.MaxItem() {
		return &Error{Kind: TooBig, Store: to.Kind(), Op: op, Err: sizes(size, to.MaxItem())}
	}
	return during(op, v.tryOut(ctx, to, "."+p.Name, size))
}

// TryOut proves that the store keeps an item, by one of a name that nothing else has, and discards it again. A locked store may ask to be
// unlocked.
func (v *Vault) TryOut(ctx context.Context, store string) error {
	to, err := v.store(store)
	if err != nil {
		return err
	}
	return v.tryOut(ctx, to, ".try-"+strings.ToLower(rand.Text()[:12]), min(to.MaxItem(), trySize))
}

// trySize is how large that item is, in bytes: about as large as a profile.
const trySize = 1024

// tryOut proves that the store keeps an item of that size and discards it again.
func (v *Vault) tryOut(ctx context.Context, store Store, name string, size int) error {
	item := []byte(strings.Repeat("x", size))
	removed := false
	defer func() {
		if removed {
			return
		}
		// Even a refused or cancelled write may have arrived.
		quick, cancel := context.WithTimeout(context.WithoutCancel(ctx), verifyWait)
		defer cancel()
		_ = store.Delete(quick, name)
	}()
	if err := store.Set(ctx, name, item); err != nil {
		return err
	}
	got, err := fetch(ctx, store, name)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, item) {
		return &Error{
			Kind: Mismatch, Store: store.Kind(), Op: "try out " + storeNoun(store.Kind()),
			Err: errors.New("what was read back is not what was written"),
		}
	}
	err = v.remove(ctx, store, name)
	removed = err == nil
	return err
}
