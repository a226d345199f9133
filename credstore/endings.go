package credstore

import (
	"context"
	"errors"

	"mimecred/client"
)

// How a change of a profile ends. Until then this vault has the profile. What the sign-ins of a change may have left at
// Mimecast outlives the change: only a person who has looked can say that it is done with (see Forgotten).

// endNote ends what is noted of a change, and gives what is noted then: the zero UnfinishedChange for nothing. A note that cannot be
// removed is found out about by Resume.
func (v *Vault) endNote(name string) UnfinishedChange {
	s, _ := v.tryEndNote(name)
	return s
}

func (v *Vault) tryEndNote(name string) (UnfinishedChange, error) {
	s, noted, err := v.index.journal.read(name)
	if !noted || err != nil {
		return UnfinishedChange{}, err
	}
	if s.Phase == Activated || s.Phase == Confirmed {
		v.endDraft(name) // the process that activated it may have been killed before it could
	}
	lost := s.MayBeLost()
	if len(lost) == 0 {
		return UnfinishedChange{}, v.index.journal.remove(name)
	}
	rest := UnfinishedChange{Name: name, Kind: s.Kind, Phase: Begun, Began: s.Began, At: v.now(), Store: s.Store, Keep: s.Keep, LostKeys: lost}
	if rest.Kind == Renewal || rest.Kind == RollBack {
		rest.Kind = Rotation
	}
	return rest, v.index.journal.put(rest)
}

// Ending is how a change of a profile ends.
type Ending int

// The ways in which a change ends. Each unlocks the profile.
const (
	// Finished: the previous version is kept for its time. What another process has begun since is left alone. What the store has
	// is done by then: an error is one that Unlisted tells from others.
	Finished Ending = iota
	// Discarded: the pending version is removed, and the item when nothing else is in it. Without one nothing happens.
	Discarded
	// Abandoned: nothing was stored.
	Abandoned
	// Forgotten: whatever is noted is removed, sign-ins that may have left keys included: a person has been told of them. What is
	// stored stays.
	Forgotten
	// Left: nothing is changed, and a pending version stays in its store for another time or process. It does not wait: while an
	// operation runs, the profile is unlocked when that ends.
	Left
)

// End ends a change of a profile.
func (v *Vault) End(ctx context.Context, name string, how Ending) error {
	switch how {
	case Discarded:
		return v.discard(ctx, name)
	case Abandoned:
		v.abandon(name)
		return nil
	case Forgotten:
		return v.withLease(context.WithoutCancel(ctx), "forget what was begun for "+name, name, func(*lease) (bool, error) {
			return false, v.index.journal.remove(name)
		})
	case Left:
		v.leave(name)
		return nil
	default:
		return v.finish(ctx, name)
	}
}

// confirm is Note for Confirmed. What another process has begun since is left alone.
func (v *Vault) confirm(name string, retire bool) error {
	if s, noted := v.index.journal.get(name); !noted || s.Phase != Activated && s.Phase != Confirmed || v.Busy(name) {
		return nil
	}
	return v.withLease(context.Background(), "note that "+name+" works", name, func(h *lease) (bool, error) {
		s, noted := v.index.journal.get(name)
		switch {
		case !noted || s.Phase != Activated && s.Phase != Confirmed:
			return h.keeps(), nil
		case !retire:
			_, err := v.tryEndNote(name)
			return false, err
		}
		s.Phase, s.At = Confirmed, v.now()
		return h.keeps(), v.index.journal.put(s)
	})
}

// loggingOut is Note for LoggingOut.
func (v *Vault) loggingOut(ctx context.Context, name, version string) error {
	op := "note that the previous key of " + name + " is logged out"
	return v.withLease(ctx, op, name, func(h *lease) (bool, error) {
		_, found, _, err := v.find(ctx, name)
		switch {
		case err != nil:
			return h.keeps(), err
		case found == nil || found.Previous == nil || found.Previous.ID != version:
			return h.keeps(), changed(op)
		}
		if _, can := found.PreviousKeys(); !can {
			return h.keeps(), &Error{Kind: Conflict, Op: op, Err: errors.New("there is no key that only the previous version has")}
		}
		s, own, err := v.stillOpen(name, *found)
		if err != nil {
			return h.keeps(), err
		}
		if s.Phase, s.At = LoggingOut, v.now(); !own {
			if err := v.index.journal.put(s); err != nil {
				return h.keeps(), err
			}
		}
		h.begun = true
		return true, nil
	})
}

// stillOpen is what is noted of name, as r shows it to be. own tells that it is about a change that has its own version or
// sign-in on the way, and has to stay as it is whatever becomes of the previous version.
func (v *Vault) stillOpen(name string, r Record) (s UnfinishedChange, own bool, err error) {
	if err := v.oneName(name); err != nil {
		return s, false, err
	}
	s, noted, err := v.index.journal.read(name)
	if err != nil {
		return s, false, err
	}
	if s, noted = r.corrected(s, noted); !noted {
		s = v.noted(name)
		s.Phase = Begun
	}
	return s, s.Phase == Creating || s.Phase == KeysCreated || s.Phase == Staged, nil
}

// PreviousKeys are the keys of the previous version, when they can be logged out at Mimecast: keys of API 1.0 whose access key no
// other version goes on using.
func (r Record) PreviousKeys() (client.Legacy, bool) {
	if r.Previous == nil {
		return client.Legacy{}, false
	}
	keys, legacy := r.Previous.Credential.(client.Legacy)
	for _, other := range []*Version{r.Current, r.Pending} {
		if other == nil {
			continue
		}
		if o, is := other.Credential.(client.Legacy); is && o.AccessKey.Equal(keys.AccessKey) {
			return keys, false
		}
	}
	return keys, legacy
}

// changed is the error for a record that is not what it was.
func changed(op string) error {
	return &Error{Kind: Conflict, Op: op, Err: errors.New("another program changed the versions meanwhile")}
}

func (v *Vault) finish(ctx context.Context, name string) error {
	if v.Busy(name) {
		return nil
	}
	return v.withLease(context.WithoutCancel(ctx), "finish the change of "+name, name, func(*lease) (bool, error) {
		_, err := v.tryEndNote(name)
		return false, unlisted(err, "mimecred rotate "+name+" --resume")
	})
}

func (v *Vault) abandon(name string) {
	_ = v.withLease(context.Background(), "unlock "+name, name, func(*lease) (bool, error) {
		if s, ok := v.index.journal.get(name); ok && s.Phase == Begun {
			v.endNote(name)
		}
		return false, nil
	})
}

// withLease runs one operation on a profile. do tells whether the profile stays with this vault afterwards.
func (v *Vault) withLease(ctx context.Context, op, name string, do func(h *lease) (keep bool, err error)) error {
	h, err := v.begin(ctx, name)
	if err != nil {
		return during(op, err)
	}
	keep, err := do(h)
	h.end(keep)
	return during(op, err)
}
