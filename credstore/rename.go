package credstore

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Rename gives a profile another name, in its store and in the list. The item is written under the new name, read back and
// compared before the old one is removed; a renaming that was interrupted is finished by the same call.
func (v *Vault) Rename(ctx context.Context, from, to string) (Record, error) {
	op := "rename " + from + " to " + to
	for _, name := range []string{from, to} {
		if err := ValidName(name); err != nil {
			return Record{}, &Error{Kind: Conflict, Op: op, Err: err}
		}
	}
	if err := NewName(to); err != nil {
		return Record{}, &Error{Kind: Conflict, Op: op, Err: err}
	}
	if from == to {
		return Record{}, &Error{Kind: Conflict, Op: op, Err: errors.New("that is its name already")}
	}
	if strings.EqualFold(from, to) {
		return v.recase(ctx, from, to)
	}
	return v.renameApart(ctx, op, from, to)
}

// recase changes capital letters. Some keyrings and file systems do not tell them apart, so that the profile has another name
// in between; each of the two steps can be interrupted, and the same call finishes both.
func (v *Vault) recase(ctx context.Context, from, to string) (Record, error) {
	op, between := "rename "+from+" to "+to, Between(to)
	if _, there, err := v.index.Get(from); err != nil {
		return Record{}, err
	} else if there || v.renamedTo(from, between) {
		if _, err := v.renameApart(ctx, op, from, between); err != nil {
			return Record{}, err
		}
	}
	return v.renameApart(ctx, op, between, to)
}

// Between is the name that a profile has for a moment while only capital letters of its name are changed to those of to.
func Between(to string) string {
	const mark = "-renaming"
	return to[:min(len(to), maxName-len(mark))] + mark
}

// renameApart renames between names that every keyring tells apart.
func (v *Vault) renameApart(ctx context.Context, op, from, to string) (Record, error) {
	// Always in the same order, so that two renamings never wait for each other.
	names := []string{from, to}
	slices.Sort(names)
	for _, name := range names {
		h, err := v.begin(ctx, name)
		if err != nil {
			return Record{}, during(op, err)
		}
		defer func() { h.end(h.keeps()) }()
	}
	r, err := v.rename(ctx, from, to)
	return r, during(op, err)
}

func (v *Vault) rename(ctx context.Context, from, to string) (Record, error) {
	for _, name := range []string{from, to} {
		switch s, noted, err := v.index.journal.read(name); {
		case err != nil:
			return Record{}, err
		case noted && (name == to || s.Kind != Renaming || s.To != to):
			return Record{}, unfinished("rename "+from, name)
		}
	}
	for _, name := range []string{from, to} {
		if m, moving, err := v.index.move(name); err != nil || moving {
			if err == nil {
				e, _, _ := v.index.Get(name)
				err = m.inTheWay(e.Store)
			}
			return Record{}, err
		}
	}
	store, found, _, err := v.find(ctx, from)
	if err != nil {
		return Record{}, err
	}
	there, old, err := v.read(ctx, store, to)
	if err != nil {
		return Record{}, err
	}
	if found == nil {
		if there != nil && v.renamedTo(from, to) {
			return *there, v.forgetName(from, to)
		}
		return Record{}, v.nothing(store, from)
	}
	if found.Pending != nil {
		return Record{}, &Error{Kind: Conflict, Op: "rename " + from, Err: advised{errors.New(from + " has a pending version: test or discard that first"), "\"mimecred check " + from + "\" tests it; \"mimecred delete " + from + " --pending\" discards it."}}
	}
	next := found.named(to)
	item, err := v.encode(store, next)
	if err != nil {
		return Record{}, err
	}
	if there != nil && (!same(old, item) || !v.renamedTo(from, to)) {
		return Record{}, &Error{Kind: Conflict, Store: store.Kind(), Op: "use the name " + to, Err: errors.New("there is a profile " + to)}
	}
	if !v.renamedTo(from, to) {
		if _, known, err := v.mayKeep(store, to); err != nil || known {
			return Record{}, errors.Join(err, nameExists(known, to))
		}
	}
	if err := v.index.journal.put(UnfinishedChange{Name: from, Kind: Renaming, Phase: Begun, Began: v.now(), At: v.now(), Store: store.Kind(), To: to}); err != nil {
		return Record{}, err
	}
	if err := v.writeRenamed(ctx, store, from, next, old, item); err != nil {
		return Record{}, err
	}
	if err := v.remove(ctx, store, from); err != nil {
		return Record{}, err
	}
	return next, v.forgetName(from, to)
}

// writeRenamed lists and stores a record under its new name. old is what the store has there: nothing, or the item already.
func (v *Vault) writeRenamed(ctx context.Context, store Store, from string, next Record, old, item []byte) error {
	to := next.Profile.Name
	before, _, err := v.index.Get(from)
	if err != nil {
		return err
	}
	if err := v.index.Update(to, func(e *Entry) {
		*e = before
		*e = next.entry(store.Kind(), *e)
	}); err != nil {
		return err
	}
	if old != nil {
		return nil
	}
	err = v.write(ctx, store, to, nil, item)
	if err != nil && !unclear(err) {
		_ = v.index.Remove(to)
		_ = v.index.journal.remove(from)
	}
	return err
}

func nameExists(known bool, name string) error {
	if !known {
		return nil
	}
	return &Error{Kind: Conflict, Store: IndexStore, Op: "use the name " + name, Err: errors.New("there is a profile " + name)}
}

// renamedTo tells whether a renaming from one name to another was begun.
func (v *Vault) renamedTo(from, to string) bool {
	s, ok := v.index.journal.get(from)
	return ok && s.Kind == Renaming && s.To == to
}

// forgetName is the end of a renaming. The note of it goes last: as long as it is there, renaming again finishes it.
func (v *Vault) forgetName(from, to string) error {
	err := v.index.Remove(from)
	if err == nil {
		err = v.index.journal.remove(from)
	}
	return unlisted(err, "mimecred rename "+from+" "+to)
}

// Update changes what a profile is, apart from its credential and where it connects to, in one write: its reminder. Both the
// current version and a pending one have it then. A CA file that is given by a relative path is kept by its whole path.
func (v *Vault) Update(ctx context.Context, name string, change func(*Profile)) (Record, error) {
	op := "change " + name
	var r Record
	err := v.withLease(ctx, op, name, func(h *lease) (bool, error) {
		if err := v.oneName(name); err != nil {
			return h.keeps(), err
		}
		var err error
		r, err = v.changeRecord(ctx, name, nil, adjusted(op, change))
		return h.keeps(), err
	})
	return r, err
}

// adjusted is the change that Update makes.
func adjusted(op string, change func(*Profile)) func(Record) (Record, error) {
	return func(r Record) (Record, error) {
		before := r.Profile
		r = r.spelledOut()
		for _, one := range []*Version{r.Current, r.Pending, r.Previous} {
			if one != nil {
				p := *one.Profile
				change(&p)
				if p.Endpoint.CAFile != one.Profile.Endpoint.CAFile {
					var err error
					if p, err = placed(p); err != nil {
						return r, &Error{Kind: Broken, Op: op, Err: err}
					}
				}
				one.Profile = &p
			}
		}
		r = r.tidied()
		if r.Profile.Name != before.Name || r.Profile.API != before.API {
			return r, &Error{Kind: Broken, Op: op, Err: errors.New("its name and its API are changed in other ways")}
		}
		return r, nil
	}
}
