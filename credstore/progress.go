package credstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// How far a change of a profile has come. The notes of the journal are advice: where one cannot be written after the fact,
// the change goes on, and Resume finds out from the store. Only what is about to happen at Mimecast is not begun unless it
// was noted: after that nobody could tell.

// Begin announces a change and locks the profile for it: until it is finished, discarded or left, no other process can
// change the profile. Of s the caller sets Name, Kind, Store and Keep. What an earlier change of the profile may have left at
// Mimecast stays noted, and is part of what comes back.
func (v *Vault) Begin(ctx context.Context, s UnfinishedChange) (UnfinishedChange, error) {
	op := "begin to change " + s.Name
	if err := ValidName(s.Name); err != nil {
		return s, &Error{Kind: NotFound, Op: op, Err: err}
	}
	h, err := v.begin(ctx, s.Name)
	if err != nil {
		return s, during(op, err)
	}
	s, err = v.announce(ctx, s, h.begun)
	h.begun = h.begun || err == nil
	h.changes.Add(1)
	h.end(h.keeps())
	return s, during(op, err)
}

// announce notes that a change begins. own tells that this vault is at it already: keys that it was given and has not stored
// are still in its hands then, and not lost.
func (v *Vault) announce(ctx context.Context, s UnfinishedChange, own bool) (UnfinishedChange, error) {
	if err := v.oneName(s.Name); err != nil {
		return s, err
	}
	old, noted, err := v.index.journal.read(s.Name)
	if err != nil {
		return s, err
	}
	s.Phase, s.Began, s.At, s.Version = Begun, v.now(), v.now(), ""
	if noted && own && old.Phase == KeysCreated {
		s.Phase, s.At, s.Version, s.User, s.Application, s.LostKeys = KeysCreated, old.At, old.Version, old.User, old.Application, old.LostKeys
	} else if noted {
		s.LostKeys = v.lostBefore(ctx, old)
	}
	return s, v.index.journal.put(s)
}

// oneName is an error while name is being given to a profile, or removed from it.
func (v *Vault) oneName(name string) error {
	list, _ := v.index.journal.all() // where notes cannot be read, no renaming was begun either
	for _, s := range list {
		if s.Kind == Renaming && (s.Name == name || s.To == name) {
			return &Error{
				Kind: Conflict, Store: IndexStore, Op: "change " + name,
				Err: fmt.Errorf("%s is being renamed to %s, and mimecred rename %s %s has to finish that first", s.Name, s.To, s.Name, s.To),
			}
		}
	}
	return nil
}

// lostBefore are the sign-ins of an earlier change that may have left keys which nobody has.
func (v *Vault) lostBefore(ctx context.Context, old UnfinishedChange) []LostKeys {
	if old.Phase == Creating || old.Phase == KeysCreated {
		// The keys may have reached the store, and only the note of that did not come about.
		if _, r, _, err := v.find(ctx, old.Name); err == nil && r != nil {
			old, _ = r.corrected(old, true)
		}
	}
	return old.MayBeLost()
}

// Note notes how far a change has come where the store does not show it. Of s the caller sets Name and Phase, and
//
//	Creating     keys are about to be created at Mimecast, whose answer may be lost: User and Application, and Store and Keep for
//	             when nothing was announced before. It locks the profile. When it fails, nothing must be created
//	KeysCreated  Mimecast gave keys, which are stored next
//	Begun        Mimecast was asked, and nothing is left of that for certain: it gave no keys, or those that it gave are the ones
//	             current or were logged out again
//	Confirmed    a live call has shown that the current version works where it now lies. Without Retire there is nothing
//	             to retire: the change is finished and the profile unlocked; with it, Retire or its End finishes it
//	LoggingOut   the keys of the previous version, whose id is Version, are about to be logged out at Mimecast. It locks the profile
//	             until Retire or its End. When that version is not the previous one any more, or has no keys that can be logged out
//	             (see Record.PreviousKeys), it is an *Error of kind Conflict, and nothing must be logged out
//
// What was only to be noted after the fact is no error: Resume finds out about it.
func (v *Vault) Note(ctx context.Context, s UnfinishedChange) error {
	switch s.Phase {
	case Creating:
		return v.creating(ctx, s)
	case KeysCreated, Begun:
		v.noteKeys(s.Name, s.Phase)
	case Confirmed:
		return v.confirm(s.Name, s.Retire)
	case LoggingOut:
		return v.loggingOut(ctx, s.Name, s.Version)
	case Staged, Activated: // Stage, Activate and Rollback note these
	}
	return nil
}

func (v *Vault) creating(ctx context.Context, s UnfinishedChange) error {
	op := "note that keys of " + s.Name + " are being created"
	h, err := v.begin(ctx, s.Name)
	if err != nil {
		return during(op, err)
	}
	err = v.noteCreating(ctx, s)
	h.begun = h.begun || err == nil
	h.end(h.keeps())
	return during(op, err)
}

func (v *Vault) noteCreating(ctx context.Context, s UnfinishedChange) error {
	if err := v.oneName(s.Name); err != nil {
		return err
	}
	if err := v.index.journal.understood(s.Name); err != nil {
		return err
	}
	n, noted, err := v.index.journal.read(s.Name)
	if err != nil {
		return err
	}
	if !noted {
		n = v.noted(s.Name)
		n.Store, n.Keep = s.Store, s.Keep
	}
	n = n.withLost()
	n.Phase, n.At, n.User, n.Application = Creating, v.now(), s.User, s.Application
	if n.Version, err = v.pendingID(ctx, s.Name); err != nil {
		return err
	}
	n.Current = v.currentID(s.Name)
	return v.index.journal.put(n)
}

// currentID is the current version, as the list has it.
func (v *Vault) currentID(name string) string {
	e, _, err := v.index.Get(name)
	switch {
	case err != nil:
		return ""
	case e.CurrentSince.IsZero():
		return noVersion
	}
	return e.Version
}

// pendingID is the version that is pending under the name already, "" when none does.
func (v *Vault) pendingID(ctx context.Context, name string) (string, error) {
	if entry, known, err := v.index.Get(name); err != nil || !known || !entry.Pending {
		return "", err
	}
	_, r, _, err := v.find(ctx, name)
	if err != nil || r == nil || r.Pending == nil {
		return "", err
	}
	return r.Pending.ID, nil
}

// noteKeys notes what came of a sign-in.
func (v *Vault) noteKeys(name string, phase Phase) {
	v.note(name, func(s *UnfinishedChange) bool {
		if phase == Begun {
			if s.Phase != Creating && s.Phase != KeysCreated {
				return false
			}
			s.User, s.Application = "", ""
		}
		s.Phase = phase
		return true
	})
}

// noted is what the journal has of name, or a note that a change begins.
func (v *Vault) noted(name string) UnfinishedChange {
	if s, ok := v.index.journal.get(name); ok {
		return s
	}
	s := UnfinishedChange{Name: name, Kind: SetUp, Phase: Begun, Began: v.now(), At: v.now(), Keep: DefaultKeep}
	if e, known, err := v.index.Get(name); err == nil && known && !e.CurrentSince.IsZero() {
		s.Kind = Rotation
	}
	return s
}

// note changes what the journal has of name. A note that cannot be written is found out about by Resume.
func (v *Vault) note(name string, change func(*UnfinishedChange) bool) {
	s := v.noted(name)
	if change(&s) {
		s.At = v.now()
		_ = v.index.journal.put(s)
	}
}

// noteStaged notes what was stored. lost are keys whose only copy it replaced; nil when there were none.
func (v *Vault) noteStaged(r Record, store string, lost *Version) {
	v.note(r.ProfileOf(r.Pending).Name, func(s *UnfinishedChange) bool {
		if lost != nil {
			s.LostKeys = append(slices.Clone(s.LostKeys), LostKeys{
				At: lost.CreatedAt, User: s.User, Application: lost.Credential.Identifier(), Certain: true,
			})
		}
		if r.Pending.Source != Created {
			*s = s.withLost() // what was being created is not what was stored
			s.User, s.Application = "", ""
		}
		s.Phase, s.Version, s.Store = Staged, r.Pending.ID, store
		return true
	})
}

func (v *Vault) noteActivated(r Record) {
	v.note(r.Profile.Name, func(s *UnfinishedChange) bool {
		s.Phase, s.Version = Activated, r.Current.ID
		return true
	})
}

// keepOf is how long the version that is replaced is kept.
func (v *Vault) keepOf(name string) Span {
	if s, ok := v.index.journal.get(name); ok {
		return s.Keep
	}
	return DefaultKeep
}

// Noted is what the journal has of name, as it is noted.
func (v *Vault) Noted(name string) (UnfinishedChange, bool) {
	s, noted := v.index.journal.get(name)
	return v.listed(s), noted
}

// listed is s with what the list knows of its profile.
func (v *Vault) listed(s UnfinishedChange) UnfinishedChange {
	if e, known, err := v.index.Get(s.Name); err == nil && known {
		s.Listed = &e
	}
	return s
}

// Unread lists the notes of unfinished changes that cannot be read, each with the reason: damaged ones, and those of a later
// version. Keys are not created for such a profile.
func (v *Vault) Unread() []error { return v.index.journal.unread() }

// Unfinished lists the changes that are not finished, by name, without touching a store: those that were noted, and versions
// that are pending without a note. See Busy for whether one is being made just now. Where the list of profiles cannot be
// read, what was noted comes back together with the error.
func (v *Vault) Unfinished() ([]UnfinishedChange, error) {
	list, err := v.index.journal.all()
	if err != nil {
		return nil, err
	}
	index, err := v.index.read() // All tells of a list that was damaged, once, and is for who shows it
	if errors.Is(err, errUnreadable) {
		index, err = index.rescued(), nil
	}
	if err != nil {
		return list, err
	}
	for i := range list {
		if e, known := index.find(list[i].Name); known {
			list[i].Listed = &e
		}
	}
	for _, e := range index.Profiles {
		if !e.Pending || slices.ContainsFunc(list, func(s UnfinishedChange) bool { return s.Name == e.Name }) {
			continue
		}
		s := UnfinishedChange{Name: e.Name, Kind: SetUp, Phase: Staged, Store: e.Store, Keep: DefaultKeep, Listed: &e}
		if !e.CurrentSince.IsZero() {
			s.Kind = Rotation
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b UnfinishedChange) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// Busy tells whether another process has locked the profile at this moment.
func (v *Vault) Busy(name string) bool {
	v.mu.Lock()
	h := v.leases[name]
	v.mu.Unlock()
	if h != nil && h.mine() {
		return false
	}
	return v.index.locked(name)
}

// LockedElsewhere is an *Error of kind Conflict, which tells who, while another process has locked the profile.
func (v *Vault) LockedElsewhere(name string) error {
	if !v.Busy(name) {
		return nil
	}
	op := "change " + name
	if v.index.dir == "" {
		return &Error{Kind: Conflict, Op: op, Err: errors.New("another part of this program is changing it")}
	}
	return during(op, lockedBy(v.index.profileLock(name)))
}
