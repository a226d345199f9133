package credstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"mimecred/client"
)

// The safe change: Stage → (the caller checks the credential of the record that came back) → Activate. Setting up a profile
// is a change without a current version.

// Stage writes the credential as the pending version, reads it back and compares. The record that comes back is what the
// store has, decoded. A pending version that was there is replaced, the current one stays current. Only keys that were
// created at Mimecast and staged by another Vault are not replaced, because nobody else has them: an *Error of kind PendingKeys.
func (v *Vault) Stage(ctx context.Context, store string, p Profile, c client.Credential, s Source) (Record, error) {
	op := "save the new credential of " + p.Name
	if err := checkProfile(p); err != nil {
		return Record{}, &Error{Kind: Broken, Op: op, Err: err}
	}
	if err := complete(p, c); err != nil {
		return Record{}, &Error{Kind: Broken, Op: op, Err: err}
	}
	p, err := placed(p)
	if err != nil {
		return Record{}, &Error{Kind: Broken, Op: op, Err: err}
	}
	to, err := v.store(store)
	if err != nil {
		return Record{}, during(op, err)
	}
	h, err := v.begin(ctx, p.Name)
	if err != nil {
		return Record{}, during(op, err)
	}
	r, lost, err := v.stage(ctx, to, p, newVersion(c, s, v.now()), h.staged)
	if err != nil {
		h.end(h.keeps())
		return Record{}, during(op, err)
	}
	h.staged = r.Pending.ID
	v.noteStaged(r, store, lost)
	h.end(true)
	return r, nil
}

// stage gives also the version whose only copy was replaced: keys that the same Vault had created.
func (v *Vault) stage(ctx context.Context, to Store, p Profile, version Version, own string) (Record, *Version, error) {
	if err := v.oneName(p.Name); err != nil {
		return Record{}, nil, err
	}
	entry, known, err := v.mayKeep(to, p.Name)
	if err != nil {
		return Record{}, nil, err
	}
	existing, old, err := v.read(ctx, to, p.Name)
	if err != nil {
		return Record{}, nil, err
	}
	var r Record
	if existing != nil {
		r = *existing
	}
	var lost *Version
	if r.LosesKeys() && !client.Same(r.Pending.Credential, version.Credential) {
		if r.Pending.ID != own {
			return Record{}, nil, pendingKeys(to, p.Name)
		}
		lost = r.Pending
	}
	r = r.staged(p, version)
	item, err := v.encode(to, r)
	if err != nil {
		return Record{}, nil, err
	}
	// The index first: should the process die after the write, the profile is known and its pending version is offered.
	if err := v.index.Update(p.Name, func(e *Entry) {
		*e = r.entry(to.Kind(), *e)
		e.PendingCheck = nil // the same credential may go with another profile now
	}); err != nil {
		return Record{}, nil, err
	}
	if err := v.write(ctx, to, p.Name, old, item); err != nil {
		if !unclear(err) {
			v.forgetStaged(entry, known, p.Name)
		}
		return Record{}, nil, err
	}
	if known && entry.Store != to.Kind() {
		v.dropFrom(ctx, entry.Store, p.Name)
	}
	if r, err = Decode(item); err != nil {
		return Record{}, nil, err
	}
	// Somebody may have loaded the old record during the write and put the index back to that. The version is stored and
	// the index was told before: an index that cannot be written now is put right by the next Load.
	_ = v.sync(r, to.Kind(), nil)
	return r, lost, nil
}

// pendingKeys says that created keys of name are pending; Explain names the profile from it.
func pendingKeys(in Store, name string) *Error {
	return &Error{Kind: PendingKeys, Store: in.Kind(), Op: "replace the pending version of " + name, Err: errors.New(name)}
}

// encode gives r's item when it fits now and once it is activated.
func (v *Vault) encode(to Store, r Record) ([]byte, error) {
	size, err := largest(r)
	if err != nil {
		return nil, err
	}
	if size > to.MaxItem() {
		return nil, &Error{
			Kind: TooBig, Store: to.Kind(), Op: "fit " + r.Profile.Name + " into one item",
			Err: sizes(size, to.MaxItem()),
		}
	}
	return Encode(r)
}

// forgetStaged undoes what the index was told about a write that did not happen.
func (v *Vault) forgetStaged(before Entry, known bool, name string) {
	if known {
		_ = v.index.Update(name, func(e *Entry) {
			before.LastCheck, before.Account, before.WorkedAt = e.LastCheck, e.Account, e.WorkedAt // a check may have been noted meanwhile
			*e = before
		})
		return
	}
	_ = v.index.Remove(name)
}

// dropFrom removes a pending version that was left in another store, if that store answers at once.
func (v *Vault) dropFrom(ctx context.Context, kind, name string) {
	store, err := v.store(kind)
	if err != nil {
		return
	}
	quick, cancel := context.WithTimeout(ctx, verifyWait)
	defer cancel()
	if r, _, err := v.read(quick, store, name); err == nil && r != nil && r.Current == nil {
		_ = v.remove(quick, store, name)
	}
}

// mayKeep tells whether a profile of that name can be kept in the store.
func (v *Vault) mayKeep(to Store, name string) (Entry, bool, error) {
	list, err := v.index.read()
	if errors.Is(err, errUnreadable) {
		list, err = list.rescued(), nil
	}
	if err != nil {
		return Entry{}, false, err
	}
	for _, e := range list.Profiles {
		if e.Name != name && strings.EqualFold(e.Name, name) {
			return Entry{}, false, &Error{
				Kind: Conflict, Store: IndexStore, Op: "use the name " + name,
				Err: fmt.Errorf("there is a profile %s, and some keyrings do not tell capital letters apart", e.Name),
			}
		}
	}
	entry, known := list.find(name)
	if known && entry.Store != to.Kind() && !entry.CurrentSince.IsZero() {
		return entry, known, &Error{
			Kind: Conflict, Store: to.Kind(), Op: "keep " + name + " in " + storeNoun(to.Kind()),
			Err: fmt.Errorf("its current credential is in %s", storeNoun(entry.Store)),
		}
	}
	return entry, known, nil
}

func checkProfile(p Profile) error {
	if err := ValidName(p.Name); err != nil {
		return err
	}
	if p.API != client.API10 && p.API != client.API20 {
		return fmt.Errorf("the profile is of an unknown API %q", string(p.API))
	}
	return nil
}

// placed is p with its CA file by its whole path, since a later command may be called from another folder.
func placed(p Profile) (Profile, error) {
	if p.Endpoint.CAFile == "" {
		return p, nil
	}
	whole, err := filepath.Abs(p.Endpoint.CAFile)
	if err != nil {
		return p, fmt.Errorf("find the CA file %s: %w", p.Endpoint.CAFile, err)
	}
	p.Endpoint.CAFile = whole
	return p, nil
}

func complete(p Profile, c client.Credential) error {
	if c == nil {
		return errors.New("there is no credential")
	}
	if c.API() != p.API {
		return fmt.Errorf("the credential is for API %s and the profile for API %s", c.API(), p.API)
	}
	for _, s := range c.Secrets() {
		if s.IsZero() {
			return errors.New("the credential is not complete")
		}
	}
	if c.Identifier() == "" {
		return errors.New("the credential is not complete")
	}
	return nil
}

// Activate makes the pending version the current one, in one write, and updates the index. The version that was current is
// kept as previous. The version is the one that this Vault staged, or the one that sum names. Calling it again after it failed
// is safe: what was done is not done twice. When only the index could not be written, the record comes back together with the
// error: the version is current.
func (v *Vault) Activate(ctx context.Context, name string, sum CheckSummary) (Record, error) {
	op := "activate the new credential of " + name
	keep := v.keepOf(name)
	var r Record
	err := v.withLease(ctx, op, name, func(h *lease) (bool, error) {
		var err error
		r, err = v.changeRecord(ctx, name, &sum, func(r Record) (Record, error) {
			switch {
			case r.Pending == nil && h.staged != "" && r.Current != nil && r.Current.ID == h.staged:
				return r, nil
			case r.Pending == nil:
				return r, &Error{Kind: NotFound, Op: op, Err: errors.New("there is no pending version")}
			case h.staged == "" && sum.Version == "":
				return r, &Error{Kind: Conflict, Op: op, Err: errors.New("the caller did not name the version that was checked")}
			case h.staged != "" && r.Pending.ID != h.staged, sum.Version != "" && r.Pending.ID != sum.Version:
				return r, &Error{Kind: Conflict, Op: op, Err: errors.New("another program stored another version meanwhile")}
			}
			if !sum.OK {
				return r.activated(v.now(), time.Time{}, keep), nil
			}
			return r.activated(v.now(), sum.At, keep), nil
		})
		if r.Current != nil {
			h.begun = true
			v.endDraft(name)
			v.noteActivated(r)
		}
		if err == nil {
			h.staged = ""
		}
		return h.keeps(), err
	})
	return r, err
}

func (v *Vault) discard(ctx context.Context, name string) error {
	op := "discard the new credential of " + name
	err := v.withLease(ctx, op, name, func(h *lease) (bool, error) {
		left := h.staged == "" // what this process has staged itself is not what a set-up was left with
		_, err := v.changeRecord(ctx, name, nil, func(r Record) (Record, error) { return r.discarded(), nil })
		if KindOf(err) == NotFound {
			err = nil
		}
		if err != nil && !Unlisted(err) {
			return h.keeps(), err
		}
		if left {
			v.endDraft(name)
		}
		v.endNote(name)
		return false, err
	})
	return err
}

// changeRecord reads name's record, changes it and writes it with one write, then puts the index right. A record that is left
// without a version is deleted. When only the index could not be written, what is stored comes back with an error that
// Unlisted tells from others.
func (v *Vault) changeRecord(ctx context.Context, name string, sum *CheckSummary, change func(Record) (Record, error)) (Record, error) {
	store, found, old, err := v.find(ctx, name)
	if err != nil {
		return Record{}, err
	}
	if found == nil {
		return Record{}, v.nothing(store, name)
	}
	next, err := change(*found)
	if err != nil {
		return Record{}, err
	}
	if next.Current == nil && next.Pending == nil {
		if err := v.remove(ctx, store, name); err != nil {
			return *found, err
		}
		return Record{}, unlisted(v.index.Remove(name), "mimecred delete "+name)
	}
	item, err := Encode(next)
	if err != nil {
		return Record{}, err
	}
	if len(item) > store.MaxItem() {
		return Record{}, &Error{Kind: TooBig, Store: store.Kind(), Op: "write " + name, Err: sizes(len(item), store.MaxItem())}
	}
	if !same(item, old) {
		if err := v.write(ctx, store, name, old, item); err != nil {
			return Record{}, err
		}
	}
	if next, err = Decode(item); err != nil {
		return Record{}, err
	}
	return next, unlisted(v.sync(next, store.Kind(), sum), "mimecred check "+name)
}

// nothing cleans the index of a profile that was announced and never written, and says that there is no item.
func (v *Vault) nothing(store Store, name string) error {
	if e, known, err := v.index.Get(name); err == nil && known && e.CurrentSince.IsZero() {
		if err := v.index.Remove(name); err != nil {
			return err
		}
	}
	return &Error{Kind: NotFound, Store: store.Kind(), Op: "read " + name, Err: errors.New(noSuchItem)}
}

// Delete removes a profile with all its versions and copies, from the stores and then from the index. A copy in a store that cannot
// be used here stays, and is told by an error that Unlisted tells from others. The credential itself stays valid at Mimecast. A profile whose item is gone or damaged can be deleted too.
func (v *Vault) Delete(ctx context.Context, name string) error {
	op := "delete the profile " + name
	if err := ValidName(name); err != nil {
		return &Error{Kind: NotFound, Op: op, Err: err}
	}
	h, err := v.begin(ctx, name)
	if err != nil {
		return during(op, err)
	}
	defer h.end(false)
	entry, known, err := v.index.Get(name)
	if err != nil {
		return during(op, err)
	}
	if !known {
		store, r, _, err := v.find(ctx, name)
		if err != nil {
			return during(op, err)
		}
		if r == nil {
			return &Error{Kind: NotFound, Op: op, Err: errors.New("there is no such profile")}
		}
		entry.Store = store.Kind()
	}
	store, err := v.store(entry.Store)
	if err != nil {
		return during(op, err)
	}
	entry.Name = name
	left, err := v.dropCopies(ctx, entry)
	if err != nil {
		return during(op, err)
	}
	if err := v.remove(ctx, store, name); err != nil {
		return during(op, err)
	}
	_ = v.index.journal.remove(name) // the caller has told what may be left at Mimecast (see Noted)
	if err := v.index.Remove(name); err != nil {
		return during(op, unlisted(err, "mimecred delete "+name))
	}
	return during(op, leftBehind(left))
}
