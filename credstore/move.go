package credstore

import (
	"context"
	"errors"
	"fmt"
)

// Transfer is how a profile is copied or moved to another store.
type Transfer struct {
	Name string
	// To is the kind of store that it goes to.
	To string
	// Move removes it from where it was.
	Move bool
	// DryRun looks at everything and changes nothing.
	DryRun bool
	// Replace replaces what the other store has of that name, also when it is something else.
	Replace bool
}

// Transferred is what a Transfer came to, or would come to.
type Transferred struct {
	From, To string
	// There is set when the other store had it already: the same, byte for byte, or the profile itself.
	There bool
	// Removed is set when it was removed from where it was.
	Removed bool
}

// Transfer copies or moves a profile to another store. The item is written there, read back and compared; the list of profiles then
// names that store; the item is removed from where it was last. A process that is killed in between leaves the item in at least one
// store, and the list names one that has it; the same move again finishes it. A copy changes nothing but the other store.
func (v *Vault) Transfer(ctx context.Context, t Transfer) (Transferred, error) {
	op := "copy " + t.Name + " to " + storeNoun(t.To)
	if t.Move {
		op = "move " + t.Name + " to " + storeNoun(t.To)
	}
	to, err := v.store(t.To)
	if err != nil {
		return Transferred{}, during(op, err)
	}
	var done Transferred
	err = v.withLease(ctx, op, t.Name, func(h *lease) (bool, error) {
		var err error
		done, err = v.transfer(ctx, t, to)
		return h.keeps(), err
	})
	return done, err
}

func (v *Vault) transfer(ctx context.Context, t Transfer, to Store) (Transferred, error) {
	begun, moving, err := v.mayTransfer(t)
	if err != nil {
		return Transferred{}, err
	}
	if e, known, err := v.index.Get(t.Name); err != nil || !known || e.Store != t.To {
		if err == nil {
			err = to.Available(ctx) // before anybody types a passphrase for nothing
		}
		if err != nil {
			return Transferred{}, err
		}
	}
	from, r, item, err := v.find(ctx, t.Name)
	if err != nil {
		return Transferred{}, err
	}
	done := Transferred{From: from.Kind(), To: t.To}
	switch {
	case r == nil:
		return done, &Error{Kind: NotFound, Store: from.Kind(), Op: "read " + t.Name, Err: errors.New(noSuchItem)}
	case from.Kind() == t.To && moving && begun.To == t.To:
		done.From, done.There = begun.From, true
		return v.finishMove(ctx, t, *r, done)
	case from.Kind() == t.To && moving:
		done.There = true
		return v.giveUp(ctx, t, begun, *r, item, done)
	case from.Kind() == t.To:
		done.There = true
		return done, nil
	}
	there, err := v.fitsInto(ctx, t, to, *r, item, moving)
	if err != nil {
		return done, err
	}
	done.There = same(there, item)
	if t.DryRun {
		return done, nil
	}
	forget, err := v.noteTransfer(t, from.Kind(), *r, moving)
	if err != nil {
		return done, err
	}
	if !done.There {
		if err := v.write(ctx, to, t.Name, there, item); err != nil {
			if !unclear(err) {
				forget()
			}
			return done, err
		}
	}
	if !t.Move {
		return done, nil
	}
	if err := v.list(*r, t.To, func(c Copies) Copies { return c.without(t.To, t.Name) }); err != nil {
		return done, err
	}
	return v.finishMove(ctx, t, *r, done)
}

// noteTransfer notes what is about to be written to another store. forget is for when nothing was written; a note that stays is found
// by the next move, or by delete.
func (v *Vault) noteTransfer(t Transfer, from string, r Record, moving bool) (forget func(), err error) {
	switch {
	case !t.Move:
		before, _, err := v.index.Get(t.Name)
		if err != nil {
			return nil, err
		}
		err = v.list(r, from, func(c Copies) Copies { return c.with(Copy{Store: t.To, Version: idOf(r.Current), Name: t.Name}) })
		return func() { _ = v.list(r, from, func(Copies) Copies { return before.Copies }) }, err
	case !moving:
		err := v.index.noteMove(UnfinishedMove{Name: t.Name, From: from, To: t.To, Since: v.now()})
		return func() { _ = v.index.endMove(t.Name) }, err
	}
	return func() {}, nil
}

// list says in the list of profiles in which store a record is, and which copies it has.
func (v *Vault) list(r Record, store string, copies func(Copies) Copies) error {
	return v.index.Update(r.Profile.Name, func(e *Entry) {
		*e = r.entry(store, *e)
		e.Copies = copies(e.Copies)
	})
}

// mayTransfer is the unfinished move that t would go on with or give up, or an error when something else has to be finished first.
func (v *Vault) mayTransfer(t Transfer) (begun UnfinishedMove, moving bool, err error) {
	if err := ValidName(t.Name); err != nil {
		return begun, false, &Error{Kind: NotFound, Op: "find " + t.Name, Err: err}
	}
	if err := v.oneName(t.Name); err != nil {
		return begun, false, err
	}
	switch s, noted, err := v.index.journal.read(t.Name); {
	case err != nil:
		return begun, false, err
	case noted && !s.Reminds():
		return begun, false, unfinished("move "+t.Name, t.Name)
	}
	begun, moving, err = v.index.move(t.Name)
	if err != nil || !moving {
		return begun, moving, err
	}
	e, _, err := v.index.Get(t.Name)
	if err == nil && (!t.Move || t.To != begun.To && t.To != e.Store) {
		err = begun.inTheWay(e.Store)
	}
	return begun, moving, err
}

// unfinished is the error for what cannot be done while a change of a profile is not finished.
func unfinished(op, name string) error {
	return &Error{Kind: Conflict, Store: IndexStore, Op: op, Err: advised{
		errors.New(name + " has an unfinished change: finish or discard that first"), "\"mimecred show " + name + "\" says what finishes or discards it.",
	}}
}

// inTheWay is the error for whatever cannot be done while a profile is being moved, whose store is the one that counts.
func (m UnfinishedMove) inTheWay(counts string) error {
	fix := fmt.Sprintf("\"mimecred store move %s --to %s\" finishes that", m.Name, m.To)
	if counts == m.From {
		fix += fmt.Sprintf("; \"mimecred store move %s --to %s\" gives it up", m.Name, m.From)
	}
	return &Error{
		Kind: Conflict, Store: IndexStore, Op: "change " + m.Name,
		Err: advised{fmt.Errorf("%s is being moved to %s", m.Name, storeNoun(m.To)), fix + "."},
	}
}

// fitsInto gives what the other store has under the name, nil for nothing, when the item can be written there.
func (v *Vault) fitsInto(ctx context.Context, t Transfer, to Store, r Record, item []byte, moving bool) (there []byte, err error) {
	size, err := largest(r)
	if err != nil {
		return nil, err
	}
	if size > to.MaxItem() {
		return nil, &Error{Kind: TooBig, Store: to.Kind(), Op: "fit " + t.Name + " into one item", Err: sizes(size, to.MaxItem())}
	}
	there, err = fetch(ctx, to, t.Name)
	if err != nil {
		return nil, err
	}
	if there == nil || same(there, item) || t.Replace || moving { // what an unfinished move has written is its own
		return there, nil
	}
	return nil, &Error{
		Kind: Conflict, Store: to.Kind(), Op: "use the name " + t.Name,
		Err: advised{fmt.Errorf("%s has something else under that name", storeNoun(to.Kind())), "--replace replaces it with the profile."},
	}
}

// finishMove removes the item from where it was. The list of profiles names the other store by now, which has it. Where the first
// store cannot be used here, what may be left in it is noted as a copy, and told by an error that Unlisted tells from others.
func (v *Vault) finishMove(ctx context.Context, t Transfer, r Record, done Transferred) (Transferred, error) {
	if t.DryRun {
		return done, nil
	}
	var err error
	if done.Removed, err = v.clear(ctx, done.From, t.Name); err != nil {
		return done, err
	}
	return done, v.endMove(t, r, done.From, done.Removed)
}

// giveUp ends a move of a profile that still counts where it was. What the move has written is removed from the other store; anything
// else that lies there stays, and is noted as a copy.
func (v *Vault) giveUp(ctx context.Context, t Transfer, begun UnfinishedMove, r Record, item []byte, done Transferred) (Transferred, error) {
	other, err := v.store(begun.To)
	var there []byte
	if err == nil {
		there, err = fetch(ctx, other, t.Name)
	}
	switch {
	case err != nil && !unusable(err), t.DryRun:
		return done, err
	case err == nil && same(there, item):
		if done.Removed, err = v.clear(ctx, begun.To, t.Name); err != nil {
			return done, err
		}
	}
	return done, v.endMove(t, r, begun.To, done.Removed || err == nil && there == nil)
}

// endMove forgets a move and lists what may be left of it in the store that does not count.
func (v *Vault) endMove(t Transfer, r Record, other string, gone bool) error {
	one := Copy{Store: other, Name: t.Name}
	e, known, err := v.index.Get(t.Name)
	if err != nil {
		return err
	}
	if now := e.Copies.without(other, t.Name); !gone || !known || now != e.Copies {
		if !gone {
			now = now.with(one)
		}
		if err := v.list(r, t.To, func(Copies) Copies { return now }); err != nil {
			return err
		}
	}
	if err := v.index.endMove(t.Name); err != nil {
		return unlisted(err, "mimecred store move "+t.Name+" --to "+t.To)
	}
	if gone {
		return nil
	}
	return leftBehind([]Copy{one})
}
