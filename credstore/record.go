package credstore

import (
	"time"

	"mimecred/client"
)

// The changes of a record. Each gives a new record and leaves the one it was called on alone, so that the old one can be
// restored when the new one cannot be written.

// ProfileOf gives the profile that v, a version of r, goes with.
func (r Record) ProfileOf(v *Version) Profile {
	if v != nil && v.Profile != nil {
		return *v.Profile
	}
	return r.Profile
}

// staged is r with a pending version. The same credential staged again keeps its identity and age; that of the current
// version, which goes on with another profile, keeps its age.
func (r Record) staged(p Profile, v Version) Record {
	if old := r.Current; old != nil && client.Same(old.Credential, v.Credential) {
		v.Source, v.CreatedAt = old.Source, old.CreatedAt
		v = v.expiringAs(old)
	}
	if old := r.Pending; old != nil && client.Same(old.Credential, v.Credential) {
		v.ID, v.Source, v.CreatedAt = old.ID, old.Source, old.CreatedAt
		v = v.expiringAs(old)
	}
	v.Profile = &p
	r.Pending = &v
	return r.tidied()
}

// LosesKeys tells whether r has, as its pending version, the only copy of keys that were created at Mimecast.
func (r Record) LosesKeys() bool {
	return r.Pending != nil && r.Pending.Source == Created &&
		(r.Current == nil || !client.Same(r.Current.Credential, r.Pending.Credential))
}

// activated is r with the pending version current and the current one kept as previous for a while. checked is when the version
// passed its checks, zero when it did not pass them all. When only the profile changes, the previous version stays what it was:
// a credential that can be gone back to is worth more than a connection.
func (r Record) activated(now, checked time.Time, keep Span) Record {
	next := *r.Pending
	next.ActivatedAt = now
	if !checked.IsZero() {
		next.CheckedAt = checked
	}
	r = r.spelledOut()
	next.Profile = r.Pending.Profile
	if r.Current != nil && !client.Same(r.Current.Credential, next.Credential) {
		r.Previous = r.Current.kept(now, keep)
	}
	r.Current, r.Pending = &next, nil
	return r.tidied()
}

// kept is v as the previous version.
func (v Version) kept(now time.Time, keep Span) *Version {
	v.KeepUntil = time.Time{}
	if keep >= 0 {
		v.KeepUntil = keep.After(now)
	}
	return &v
}

// discarded is r without a pending version.
func (r Record) discarded() Record {
	r.Pending = nil
	return r.tidied()
}

// rolledBack is r with the previous version current and the current one kept as previous for a while. checked is as for
// activated.
func (r Record) rolledBack(now, checked time.Time, keep Span) Record {
	r = r.spelledOut()
	next := *r.Previous
	next.ActivatedAt, next.KeepUntil = now, time.Time{}
	if !checked.IsZero() {
		next.CheckedAt = checked
	}
	r.Current, r.Previous = &next, r.Current.kept(now, keep)
	return r.tidied()
}

// retired is r without the previous version.
func (r Record) retired() Record {
	r.Previous = nil
	return r.tidied()
}

// spelledOut gives every version a profile of its own, whatever place it has come to.
func (r Record) spelledOut() Record {
	for _, v := range []**Version{&r.Current, &r.Pending, &r.Previous} {
		if *v == nil {
			continue
		}
		own, p := **v, r.ProfileOf(*v)
		own.Profile = &p
		*v = &own
	}
	return r
}

// tidied makes the current version's profile the record's, or the pending one's when nothing is current, and drops the
// profiles that only repeat it.
func (r Record) tidied() Record {
	r = r.spelledOut()
	switch {
	case r.Current != nil:
		r.Profile = *r.Current.Profile
	case r.Pending != nil:
		r.Profile = *r.Pending.Profile
	}
	for _, v := range []*Version{r.Current, r.Pending, r.Previous} {
		if v != nil && v.Profile.same(r.Profile) {
			v.Profile = nil
		}
	}
	return r
}

// entry is what the index says of r. What only the index knows comes from old.
func (r Record) entry(store string, old Entry) Entry {
	e := old
	p := r.Profile
	e.Name, e.Integration, e.API, e.Region = p.Name, p.Integration, p.API, p.Region
	e.BaseURL, e.Store = p.Endpoint.BaseURL, store
	e.Pending, e.Previous = r.Pending != nil, r.Previous != nil
	e.RotateAfter, e.PreviousUntil = p.RotateAfter, time.Time{}
	if r.Previous != nil {
		e.PreviousUntil = r.Previous.KeepUntil
	}
	e = r.besideCurrent(e)
	e.CurrentSince, e.SecretSince, e.ExpiresAt, e.Identifier, e.Version = time.Time{}, time.Time{}, time.Time{}, "", ""
	if r.Current == nil {
		// Before a version was checked, what was given as its identifier may be the secret, pasted into the wrong field.
		return e
	}
	e.CurrentSince, e.SecretSince, e.Identifier = r.Current.ActivatedAt, r.Current.CreatedAt, r.Current.Credential.Identifier()
	e.Version, e.ExpiresAt = r.Current.ID, expiry(r.Current.Credential)
	if !old.CurrentSince.Equal(e.CurrentSince) {
		// What was found out about another credential says nothing about this one.
		e.Account, e.LastCheck, e.LastAccepted, e.WorkedAt = nil, nil, nil, time.Time{}
	}
	return e
}

// besideCurrent is e with what is known of the versions beside the current one. A check goes with the version that it was of: that
// of the current version is kept when the version becomes the previous one.
func (r Record) besideCurrent(e Entry) Entry {
	if id := idOf(r.Pending); id != e.PendingVersion {
		e.PendingVersion, e.PendingCheck = id, nil
	}
	if id := idOf(r.Previous); id != e.PreviousVersion {
		e.PreviousVersion, e.PreviousCheck = id, nil
		if id != "" && id == e.Version {
			e.PreviousCheck = e.LastCheck
		}
	}
	e.PendingKeys = r.LosesKeys()
	return e
}

// newer tells whether the current version of r became that after the one of other did. Their times are whole seconds: in the same
// one, the version that replaced the other is the newer.
func (r Record) newer(other Record) bool {
	switch {
	case r.Current == nil || other.Current == nil:
		return r.Current != nil
	case r.Current.ActivatedAt.Equal(other.Current.ActivatedAt):
		return idOf(r.Previous) == other.Current.ID
	}
	return r.Current.ActivatedAt.After(other.Current.ActivatedAt)
}

// idOf is the id of a version, "" for none.
func idOf(v *Version) string {
	if v == nil {
		return ""
	}
	return v.ID
}

// same tells whether two entries say the same. Their times come from different places.
func (e Entry) same(other Entry) bool {
	if !e.CurrentSince.Equal(other.CurrentSince) || !e.SecretSince.Equal(other.SecretSince) || !e.PreviousUntil.Equal(other.PreviousUntil) ||
		!e.ExpiresAt.Equal(other.ExpiresAt) || !e.WorkedAt.Equal(other.WorkedAt) {
		return false
	}
	e.CurrentSince, e.SecretSince, e.PreviousUntil = other.CurrentSince, other.SecretSince, other.PreviousUntil
	e.ExpiresAt, e.WorkedAt = other.ExpiresAt, other.WorkedAt
	return e == other
}

// expired is r without the previous version when that need not be kept any longer; false when there is nothing to forget.
func (r Record) expired(now time.Time) (Record, bool) {
	if r.Previous == nil || r.Previous.KeepUntil.IsZero() || now.Before(r.Previous.KeepUntil) {
		return r, false
	}
	return r.retired(), true
}

// named is r as the record of a profile of another name.
func (r Record) named(name string) Record {
	r = r.spelledOut()
	r.Profile.Name = name
	for _, v := range []*Version{r.Current, r.Pending, r.Previous} {
		if v != nil {
			p := *v.Profile
			p.Name = name
			v.Profile = &p
		}
	}
	return r.tidied()
}
