package credstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"mimecred/client"
)

// Vault keeps records in stores and the index in step with them. Its rule: a current credential is never lost. Every
// change is one write of one item, read back and compared; where a write failed in a way that leaves open whether it
// happened, a later read decides, never a guess.
//
// A profile belongs to one Vault from Begin, a Note of Creating or Stage until the change ends (End, Retire, a Note of Confirmed
// without anything to retire) or is left (Close): other processes that want to change it
// meanwhile get an *Error of kind Conflict. A Vault may be used by several goroutines.
type Vault struct {
	index  *Index
	clock  func() time.Time
	stores []Store

	mu     sync.Mutex
	leases map[string]*lease
}

// NewVault makes a vault of the stores that this process can use.
func NewVault(index *Index, clock func() time.Time, stores ...Store) *Vault {
	return &Vault{index: index, clock: clock, stores: stores, leases: map[string]*lease{}}
}

// Close unlocks every profile that this vault has locked. Pending versions stay in their stores.
func (v *Vault) Close() {
	v.mu.Lock()
	names := make([]string, 0, len(v.leases))
	for name := range v.leases {
		names = append(names, name)
	}
	v.mu.Unlock()
	for _, name := range names {
		v.leave(name)
	}
}

// Lookup tells what is known about a profile name without touching the store's secrets.
func (v *Vault) Lookup(name string) (Entry, bool, error) { return v.index.Get(name) }

// Entries lists every profile by name without touching a store. See Index.All for a list that was damaged.
func (v *Vault) Entries() ([]Entry, error) { return v.index.All() }

// Location is where name's item lies, in words.
func (v *Vault) Location(store, name string) string {
	s, err := v.store(store)
	if err != nil {
		return "in " + storeNoun(store)
	}
	return s.Location(name)
}

// Load reads a profile's record from its store and puts the index right where it differs. A profile that is missing
// from the index is looked for in every store, so that a lost index loses no credential.
func (v *Vault) Load(ctx context.Context, name string) (Record, error) {
	op := "read the profile " + name
	store, r, _, err := v.find(ctx, name)
	if err != nil {
		return Record{}, during(op, err)
	}
	if r == nil {
		v.forgetUnwritten(ctx, name)
		return Record{}, &Error{Kind: NotFound, Store: store.Kind(), Op: op, Err: errors.New(noSuchItem)}
	}
	// The record is what was asked for; an index that cannot be written now is put right another time.
	_ = v.sync(*r, store.Kind(), nil)
	return *r, nil
}

// RecordCheck notes the outcome of a run of checks in the index, of the version that it was of: the current one where the summary
// names none. No store is touched. It confirms a change whose confirmation is still wanting.
func (v *Vault) RecordCheck(name string, sum CheckSummary) error {
	op := "note the check of " + name
	if _, known, err := v.index.Get(name); err != nil || !known {
		if err == nil {
			err = &Error{Kind: NotFound, Store: IndexStore, Op: op, Err: errors.New("there is no such profile")}
		}
		return during(op, err)
	}
	previous := false
	err := v.index.Update(name, func(e *Entry) {
		e.noted(sum)
		previous = e.Previous
	})
	if err != nil {
		return during(op, err)
	}
	if s, noted := v.index.journal.get(name); noted && sum.OK && s.Phase == Activated && (sum.Version == "" || sum.Version == s.Version) {
		return v.confirm(name, s.Kind == Rotation && previous)
	}
	return nil
}

// noted notes a check of one of the versions. One of a version that is there no more says nothing.
func (e *Entry) noted(sum CheckSummary) {
	switch {
	case sum.Version == "":
	case sum.Version == e.PendingVersion:
		if e.PendingCheck = &sum; !e.CurrentSince.IsZero() {
			return
		}
	case sum.Version == e.PreviousVersion:
		e.PreviousCheck = &sum
		return
	case e.Version != "" && sum.Version != e.Version:
		return
	}
	e.checked(sum)
}

func (e *Entry) checked(sum CheckSummary) {
	switch {
	case sum.accepted():
		e.LastAccepted = nil
	case e.LastCheck.accepted():
		e.LastAccepted = e.LastCheck
	}
	switch {
	case sum.OK:
		e.WorkedAt = time.Time{}
	case e.LastCheck != nil && e.LastCheck.OK:
		e.WorkedAt = e.LastCheck.At
	}
	e.LastCheck = &sum
	if sum.Account != nil {
		e.Account = sum.Account
	}
}

// store gives the store of a kind.
func (v *Vault) store(kind string) (Store, error) {
	for _, s := range v.stores {
		if s.Kind() == kind {
			return s, nil
		}
	}
	return nil, &Error{
		Kind: Unavailable, Store: kind, Op: "use " + storeNoun(kind),
		Err: fmt.Errorf("this mimecred was started without it (it has %s)", v.kinds()),
	}
}

func (v *Vault) kinds() string {
	if len(v.stores) == 0 {
		return "no store"
	}
	kinds := make([]string, len(v.stores))
	for i, s := range v.stores {
		kinds[i] = s.Kind()
	}
	return strings.Join(kinds, ", ")
}

// find gives the store, the record and the item of name; a nil record when no store has it. Where the list does not know the name,
// every store is asked, and the version that became current last counts: the others are old copies. A store that may have a newer one
// and fails is told, not passed over.
func (v *Vault) find(ctx context.Context, name string) (Store, *Record, []byte, error) {
	if err := ValidName(name); err != nil {
		return nil, nil, nil, &Error{Kind: NotFound, Op: "find " + name, Err: err}
	}
	entry, known, err := v.index.Get(name)
	if err != nil {
		return nil, nil, nil, err
	}
	if known {
		store, err := v.store(entry.Store)
		if err != nil {
			return nil, nil, nil, err
		}
		r, item, err := v.read(ctx, store, name)
		return store, r, item, err
	}
	return v.findAnywhere(ctx, name)
}

// findAnywhere is find for a name that the list does not know. The other stores that have it are noted as copies.
func (v *Vault) findAnywhere(ctx context.Context, name string) (Store, *Record, []byte, error) {
	if len(v.stores) == 0 {
		_, err := v.store("")
		return nil, nil, nil, err
	}
	var (
		failed, missing error
		answered        bool // by a store whose items last
		at              Store
		newest          *Record
		text            []byte
		all             Copies
	)
	for _, store := range v.stores {
		r, item, err := v.read(ctx, store, name)
		switch {
		case r != nil:
			all = all.with(Copy{Store: store.Kind(), Version: idOf(r.Current), Name: name})
			if newest == nil || r.newer(*newest) {
				at, newest, text = store, r, item
			}
		case KindOf(err) == Unavailable:
			missing = cmp.Or(missing, err)
		case failed == nil:
			failed = err
		}
		answered = answered || err == nil && store.Kind() != MemoryKind
	}
	if failed == nil && newest != nil {
		if rest := all.without(at.Kind(), name); rest != "" {
			_ = v.list(*newest, at.Kind(), func(Copies) Copies { return rest }) // what was asked for is the record
		}
		return at, newest, text, nil
	}
	if failed == nil && !answered {
		failed = missing // a store that this machine lacks stops a search only where no other store answered
	}
	return v.stores[0], nil, nil, failed
}

// read gives the record and the text of name's item, nil for both when there is none.
func (v *Vault) read(ctx context.Context, store Store, name string) (*Record, []byte, error) {
	item, err := store.Get(ctx, name)
	if KindOf(err) == NotFound {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	r, err := Decode(item)
	if err != nil {
		return nil, item, &Error{Kind: KindOf(err), Store: store.Kind(), Op: "read " + name, Err: err}
	}
	if r.Profile.Name != name {
		return nil, item, &Error{
			Kind: Conflict, Store: store.Kind(), Op: "read " + name,
			Err: fmt.Errorf("the store has the profile %s under this name: it does not tell capital letters apart", r.Profile.Name),
		}
	}
	return &r, item, nil
}

// sync makes the index say what the record says, and writes only when it did not already.
func (v *Vault) sync(r Record, store string, sum *CheckSummary) error {
	name := r.Profile.Name
	old, known, err := v.index.Get(name)
	if err != nil {
		return err
	}
	if known && sum == nil && r.entry(store, old).same(old) {
		return nil
	}
	return v.index.Update(name, func(e *Entry) {
		*e = r.entry(store, *e)
		if sum != nil {
			e.checked(*sum)
		}
	})
}

// forgetUnwritten removes an entry that announced a first version which was never written. It keeps its hands off a
// profile that somebody is changing.
func (v *Vault) forgetUnwritten(ctx context.Context, name string) {
	entry, known, err := v.index.Get(name)
	if err != nil || !known || !entry.CurrentSince.IsZero() {
		return
	}
	h, err := v.begin(ctx, name)
	if err != nil {
		return
	}
	defer h.end(h.keeps())
	if store, err := v.store(entry.Store); err == nil {
		if _, item, err := v.read(ctx, store, name); err == nil && item == nil {
			_ = v.index.Remove(name)
		}
	}
}

// now is the time as records keep it.
func (v *Vault) now() time.Time { return v.clock().UTC().Truncate(time.Second) }

func newVersion(c client.Credential, s Source, now time.Time) Version {
	return Version{ID: uuid.NewString(), Credential: c, Source: s, CreatedAt: now}
}
