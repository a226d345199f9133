package credstore

import (
	"context"
	"slices"
)

// Resume reads a profile from its store and finds out how far its unfinished change really came: false when there is none.
// The journal is put right. A profile that was announced and never written has the zero Record.
func (v *Vault) Resume(ctx context.Context, name string) (Record, UnfinishedChange, bool, error) {
	r, err := v.Load(ctx, name)
	switch {
	case KindOf(err) == NotFound:
		s, ok := v.index.journal.get(name)
		if ok && (s.Phase == Staged || s.Phase == Activated || s.Phase == Confirmed || s.Phase == LoggingOut) {
			ok = false // what was stored has been deleted since
			if lost := v.endNote(name); len(lost.LostKeys) > 0 {
				s, ok = lost, true
			}
		}
		if !ok {
			return Record{}, UnfinishedChange{}, false, err
		}
		return Record{}, s, true, nil
	case err != nil:
		return Record{}, UnfinishedChange{}, false, err
	}
	noted, ok := v.index.journal.get(name)
	s, ok := r.corrected(noted, ok)
	switch {
	case !ok:
		if s = v.endNote(name); len(s.LostKeys) > 0 {
			return r, s, true, nil
		}
	case s.Phase != noted.Phase || s.Version != noted.Version:
		if s.Began.IsZero() {
			s.Began, s.At = r.Pending.CreatedAt, r.Pending.CreatedAt
		}
		_ = v.index.journal.put(s)
	}
	return r, v.listed(s), ok, nil
}

// corrected is a note corrected by what the store has.
func (r Record) corrected(s UnfinishedChange, noted bool) (UnfinishedChange, bool) {
	if !noted {
		s = UnfinishedChange{Name: r.Profile.Name, Kind: SetUp, Keep: DefaultKeep}
		if r.Current != nil {
			s.Kind = Rotation
		}
		if r.Pending == nil {
			return s, false
		}
	}
	if s.Kind == Renaming {
		return s, true
	}
	switch {
	case r.reached(s):
		s.Phase, s.Version = Activated, r.Current.ID
		return s, true
	case (s.Phase == Creating || s.Phase == KeysCreated) && (r.Pending == nil || r.Pending.ID == s.Version || r.Pending.Source != Created):
		return s, true // what was being created never reached the store
	case r.Pending != nil:
		s.Phase, s.Version = Staged, r.Pending.ID
		return s, true
	case s.Phase == Begun:
		return s, true
	case s.Phase == Staged:
		if r.Current != nil && r.Current.ID == s.Version {
			s.Phase = Activated
			return s, true
		}
		return s, false // it was discarded
	case s.Phase == Activated:
		return s, r.Current != nil && r.Current.ID == s.Version
	case s.Phase == Confirmed || s.Phase == LoggingOut:
		// A log-out that was asked for by itself, long after the change, names no version.
		return s, r.Previous != nil && r.Current != nil && (s.Version == "" || r.Current.ID == s.Version)
	default:
		return s, true
	}
}

// reached tells whether the keys that were being created are the current ones, although nothing could be noted of that: they
// were created since, and another version was current before.
func (r Record) reached(s UnfinishedChange) bool {
	return (s.Phase == Creating || s.Phase == KeysCreated) && s.Current != "" && r.Pending == nil && r.Current != nil &&
		r.Current.Source == Created && r.Current.ID != s.Current && !r.Current.CreatedAt.Before(s.At)
}

// withLost is s with what it was about to create, or has created without storing it, noted as possibly left at Mimecast.
func (s UnfinishedChange) withLost() UnfinishedChange {
	if s.Phase != Creating && s.Phase != KeysCreated {
		return s
	}
	if s.Kind == Renewal && s.Phase == Creating { // at most, current keys were made valid again
		s.Phase, s.User, s.Application = Begun, "", ""
		return s
	}
	s.LostKeys = append(slices.Clone(s.LostKeys), LostKeys{At: s.At, User: s.User, Application: s.Application, Certain: s.Phase == KeysCreated})
	s.Phase, s.User, s.Application = Begun, "", ""
	return s
}

// MayBeLost lists the sign-ins that may have left keys at Mimecast which nobody has.
func (s UnfinishedChange) MayBeLost() []LostKeys { return s.withLost().LostKeys }
