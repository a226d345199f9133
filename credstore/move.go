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
	from, r, item, err := v.find(ctx, t.Name)
	if err != nil {
		return Transferred{}, err
	}
	done := Transferred{From: from.Kind(), To: t.To}
	switch {
	case r == nil:
		return done, &Error{Kind: NotFound, Store: from.Kind(), Op: "read " + t.Name, Err: errors.New(noSuchItem)}
	case from.Kind() == t.To && moving:
		done.From, done.There = begun.From, true
		return v.finishMove(ctx, t, done)
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
	if t.Move && !moving {
		if err := v.index.noteMove(UnfinishedMove{Name: t.Name, From: from.Kind(), To: t.To, Since: v.now()}); err != nil {
			return done, err
		}
	}
	if !done.There {
		if err := v.write(ctx, to, t.Name, there, item); err != nil {
			if t.Move && !moving && !unclear(err) {
				_ = v.index.endMove(t.Name) // nothing was written; a note that stays is found by the next move
			}
			return done, err
		}
	}
	if !t.Move {
		return done, nil
	}
	if err := v.index.Update(t.Name, func(e *Entry) { *e = r.entry(t.To, *e) }); err != nil {
		return done, err
	}
	return v.finishMove(ctx, t, done)
}

// mayTransfer is the unfinished move that t would go on with, or an error when something else has to be finished first.
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
		return begun, false, &Error{Kind: Conflict, Store: IndexStore, Op: "move " + t.Name, Err: errors.New(t.Name + " has an unfinished change: finish or discard that first")}
	}
	begun, moving, err = v.index.move(t.Name)
	if err == nil && moving && (!t.Move || begun.To != t.To) {
		err = begun.inTheWay()
	}
	return begun, moving, err
}

// inTheWay is the error for whatever cannot be done while a profile is being moved.
func (m UnfinishedMove) inTheWay() error {
	return &Error{
		Kind: Conflict, Store: IndexStore, Op: "change " + m.Name,
		Err: fmt.Errorf("%s is being moved to %s, and mimecred store move %s --to %s has to finish that first", m.Name, storeNoun(m.To), m.Name, m.To),
	}
}

// fitsInto gives what the other store has under the name, nil for nothing, when the item can be written there.
func (v *Vault) fitsInto(ctx context.Context, t Transfer, to Store, r Record, item []byte, moving bool) (there []byte, err error) {
	if err := to.Available(ctx); err != nil {
		return nil, err
	}
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
		Err: fmt.Errorf("%s has something else under that name, which --replace replaces", storeNoun(to.Kind())),
	}
}

// finishMove removes the item from where it was. The list of profiles names the other store by now, which has it.
func (v *Vault) finishMove(ctx context.Context, t Transfer, done Transferred) (Transferred, error) {
	if t.DryRun {
		return done, nil
	}
	from, err := v.store(done.From)
	if err != nil {
		return done, err
	}
	if err := v.remove(ctx, from, t.Name); err != nil {
		return done, err
	}
	done.Removed = true
	return done, unlisted(v.index.endMove(t.Name), "mimecred store move "+t.Name+" --to "+t.To)
}

// dropMove removes what an unfinished move has left in the store that does not count, before the profile itself is deleted.
func (v *Vault) dropMove(ctx context.Context, name, counts string) error {
	m, moving, err := v.index.move(name)
	if err != nil || !moving {
		return err
	}
	for _, kind := range []string{m.From, m.To} {
		if kind == counts {
			continue
		}
		other, err := v.store(kind)
		if err != nil {
			return err
		}
		if err := v.remove(ctx, other, name); err != nil {
			return err
		}
	}
	return v.index.endMove(name)
}
