package credstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Copy is a copy of a profile in another store than the one that counts. Nothing that is done to the profile later reaches it.
type Copy struct {
	Store string
	// Version is the id of the version that was current in it, "" where that is not known.
	Version string
	// Name is its name there: the one that the profile had when it was copied.
	Name string
}

// Copies are the copies of a profile, "STORE:VERSION:NAME" each with a comma between, so that entries of the list can be compared.
type Copies string

// List gives them one by one.
func (c Copies) List() []Copy {
	var list []Copy
	for one := range strings.SplitSeq(string(c), ",") {
		if part := strings.Split(one, ":"); len(part) == 3 && ValidName(part[2]) == nil {
			list = append(list, Copy{Store: part[0], Version: part[1], Name: part[2]})
		}
	}
	return list
}

// without is c without the copy in a store under a name.
func (c Copies) without(store, name string) Copies {
	var rest []string
	for _, one := range c.List() {
		if one.Store != store || one.Name != name {
			rest = append(rest, one.Store+":"+one.Version+":"+one.Name)
		}
	}
	return Copies(strings.Join(rest, ","))
}

// with is c with a copy, in place of the one that lay there.
func (c Copies) with(one Copy) Copies {
	return Copies(strings.TrimPrefix(string(c.without(one.Store, one.Name))+","+one.Store+":"+one.Version+":"+one.Name, ","))
}

// OldCopies are the copies of a profile whose current version is another one than the profile's.
func (e Entry) OldCopies() []Copy {
	if e.Version == "" {
		return nil
	}
	return slices.DeleteFunc(e.Copies.List(), func(c Copy) bool { return c.Version == e.Version && c.Name == e.Name })
}

// CopyWords say where a copy is and that it is old, and what helps.
func (e Entry) CopyWords(c Copy) (sentence, fix string) {
	if c.Name != e.Name {
		return fmt.Sprintf("A copy of %s in %s still has the name %s.", e.Name, storeNoun(c.Store), c.Name),
			fmt.Sprintf("mimecred store copy %s --to %s makes a new one; mimecred delete %s removes both", e.Name, c.Store, e.Name)
	}
	return fmt.Sprintf("The copy of %s in %s has another version than the profile.", e.Name, storeNoun(c.Store)),
		fmt.Sprintf("mimecred store copy %s --to %s --replace brings it up to date", e.Name, c.Store)
}

// dropCopies removes every copy of a profile, noted ones and what an unfinished move has made, and gives those that may be left
// in a store that cannot be used here.
func (v *Vault) dropCopies(ctx context.Context, e Entry) (left []Copy, err error) {
	copies := e.Copies
	m, moving, err := v.index.move(e.Name)
	switch {
	case KindOf(err) == Damaged: // it may have been any of them
		for _, s := range v.stores {
			copies = copies.with(Copy{Store: s.Kind(), Name: e.Name})
		}
	case err != nil:
		return nil, err
	case moving:
		copies = copies.with(Copy{Store: m.From, Name: e.Name}).with(Copy{Store: m.To, Name: e.Name})
	}
	for _, c := range copies.without(e.Store, e.Name).List() {
		if _, taken, err := v.index.Get(c.Name); err != nil || taken && c.Name != e.Name {
			continue // another profile has that name now
		}
		gone, err := v.clear(ctx, c.Store, c.Name)
		switch {
		case err != nil:
			return left, err
		case !gone:
			left = append(left, c)
		}
	}
	return left, v.index.endMove(e.Name)
}

// clear removes an item. It is not gone when the store cannot be used here at all, which nobody can change now.
func (v *Vault) clear(ctx context.Context, kind, name string) (gone bool, err error) {
	store, err := v.store(kind)
	if err == nil {
		err = v.remove(ctx, store, name)
	}
	if unusable(err) {
		return false, nil
	}
	return err == nil, err
}

// unusable tells whether a store is not on this machine or in this session, so that trying again here is no use.
func unusable(err error) bool {
	kind := KindOf(err)
	return kind == Unavailable || kind == NoCollection
}

// CopyLeft says in which store a copy may be left, when that is what err is about, and not the list of profiles; "" when it is not.
func CopyLeft(err error) string {
	var u unlistedError
	errors.As(err, &u)
	return u.told
}

// leftBehind is the error of something that is done except in stores that cannot be used here; nil for no copies.
func leftBehind(left []Copy) error {
	if len(left) == 0 {
		return nil
	}
	var where, fixes []string
	for _, c := range left {
		where = append(where, storeNoun(c.Store))
		fixes = append(fixes, fmt.Sprintf("\"mimecred delete %s --store %s\"", c.Name, c.Store))
	}
	told := "It is done, but a copy may be left in " + strings.Join(where, " and in ") + ", which cannot be used here."
	return unlistedError{
		error: &Error{Kind: Unavailable, Store: left[0].Store, Op: "remove the copy of " + left[0].Name},
		told:  told, fix: "Where that works, " + strings.Join(fixes, " and ") + " removes it.",
	}
}
