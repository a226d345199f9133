package credstore

import (
	"time"

	"mimecred/client"
)

// The changes of a record. Each gives a new record and leaves the one it was called on alone, so that the old one can be
// put back when the new one cannot be written.

// ProfileOf gives the profile that v, a version of r, goes with.
func (r Record) ProfileOf(v *Version) Profile {
	if v != nil && v.Profile != nil {
		return *v.Profile
	}
	return r.Profile
}

// staged is r with a pending version. The same credential staged again keeps its identity and age.
func (r Record) staged(p Profile, v Version) Record {
	if old := r.Pending; old != nil && client.Same(old.Credential, v.Credential) {
		v.ID, v.Source, v.CreatedAt = old.ID, old.Source, old.CreatedAt
	}
	v.Profile = &p
	r.Pending = &v
	return r.settled()
}

// createdBefore tells whether r has the only copy of keys that were created at Mimecast and not tried yet. own is the
// version that the same wizard staged itself: whoever made it may replace it.
func (r Record) createdBefore(own string) bool {
	return r.Pending != nil && r.Pending.Source == Created && r.Pending.ID != own
}

// promoted is r with the pending version active and the active one kept as previous. checked is when the version passed
// its checks, zero when it did not pass them all.
func (r Record) promoted(now, checked time.Time) Record {
	next := *r.Pending
	next.PromotedAt = now
	if !checked.IsZero() {
		next.CheckedAt = checked
	}
	if r.Active != nil {
		r.Previous = r.Active
	}
	r.Active, r.Pending = &next, nil
	return r.settled()
}

// discarded is r without a pending version.
func (r Record) discarded() Record {
	r.Pending = nil
	return r.settled()
}

// rolledBack is r with the previous version active and the active one kept as previous.
func (r Record) rolledBack(now time.Time) Record {
	next := *r.Previous
	next.PromotedAt = now
	r.Active, r.Previous = &next, r.Active
	return r.settled()
}

// retired is r without the previous version.
func (r Record) retired() Record {
	r.Previous = nil
	return r.settled()
}

// spelledOut gives every version a profile of its own, whatever place it has come to.
func (r Record) spelledOut() Record {
	for _, v := range []**Version{&r.Active, &r.Pending, &r.Previous} {
		if *v == nil {
			continue
		}
		own, p := **v, r.ProfileOf(*v)
		own.Profile = &p
		*v = &own
	}
	return r
}

// settled makes the active version's profile the record's, or the pending one's when nothing is active, and drops the
// profiles that only repeat it.
func (r Record) settled() Record {
	r = r.spelledOut()
	switch {
	case r.Active != nil:
		r.Profile = *r.Active.Profile
	case r.Pending != nil:
		r.Profile = *r.Pending.Profile
	}
	for _, v := range []*Version{r.Active, r.Pending, r.Previous} {
		if v != nil && v.Profile.same(r.Profile) {
			v.Profile = nil
		}
	}
	return r
}

// entry is what the index says of r. What only the index knows is taken from old.
func (r Record) entry(store string, old Entry) Entry {
	e := old
	p := r.Profile
	e.Name, e.Integration, e.API, e.Region = p.Name, p.Integration, p.API, p.Region
	e.BaseURL, e.Store = p.Endpoint.BaseURL, store
	e.Pending, e.Previous = r.Pending != nil, r.Previous != nil
	e.ActiveSince, e.Identifier = time.Time{}, ""
	if r.Active == nil {
		// Before a version was checked, what was given as its identifier may be the secret, pasted into the wrong field.
		return e
	}
	e.ActiveSince, e.Identifier = r.Active.PromotedAt, r.Active.Credential.Identifier()
	if !old.ActiveSince.Equal(e.ActiveSince) {
		// What was found out about another credential says nothing about this one.
		e.Account, e.LastCheck = nil, nil
	}
	return e
}
