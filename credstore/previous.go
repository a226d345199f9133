package credstore

import (
	"context"
	"errors"
	"time"
)

// What is done with the version that was in force before.

// Rollback puts the previous version back in force, in one write. The version that was active becomes the previous one, and
// is kept for a while. It is confirmed as a new version is. sum is the check of the version that is put back; its Version, when set, must be that version.
func (v *Vault) Rollback(ctx context.Context, name string, sum CheckSummary) (Record, error) {
	op := "put the previous credential of " + name + " back"
	keep := v.keepOf(name)
	note := &sum
	if sum.At.IsZero() {
		note = nil
	}
	r, err := v.swap(ctx, op, name, note, func(r Record, _ *hold) (Record, error) {
		switch {
		case sum.Version != "" && r.Active != nil && r.Active.ID == sum.Version:
			return r, nil // done already, when only the list could not be written
		case r.Previous == nil:
			return r, &Error{Kind: NotFound, Op: op, Err: errors.New("no previous version is kept")}
		case sum.Version != "" && r.Previous.ID != sum.Version:
			return r, &Error{Kind: Conflict, Op: op, Err: errors.New("another program changed the versions meanwhile")}
		case sum.OK:
			return r.rolledBack(v.now(), sum.At, keep), nil
		default:
			return r.rolledBack(v.now(), time.Time{}, keep), nil
		}
	})
	if r.Active != nil {
		v.note(name, func(s *Swap) bool {
			*s = Swap{Name: name, Kind: GoBack, Phase: Promoted, Began: v.now(), Store: s.Store, Keep: keep, Version: r.Active.ID, Orphans: s.Lost()}
			return true
		})
	}
	return r, err
}

// Retire forgets the previous version; without one nothing happens. A change that waited for that is finished.
func (v *Vault) Retire(ctx context.Context, name string) (Record, error) {
	op := "forget the previous credential of " + name
	r, err := v.swap(ctx, op, name, nil, func(r Record, _ *hold) (Record, error) { return r.retired(), nil })
	if err == nil {
		v.over(name)
	}
	return r, err
}

// Sweep forgets the previous version when the time for which it was to be kept is over, and gives it; nil when there was
// nothing to forget. It remains valid at Mimecast.
func (v *Vault) Sweep(ctx context.Context, name string) (*Version, error) {
	entry, known, err := v.index.Get(name)
	if err != nil || !known || entry.PreviousUntil.IsZero() || v.now().Before(entry.PreviousUntil) {
		return nil, err
	}
	var swept *Version
	_, err = v.swap(ctx, "forget the previous credential of "+name, name, nil, func(r Record, _ *hold) (Record, error) {
		next, any := r.expired(v.now())
		if any {
			swept = r.Previous
		}
		return next, nil
	})
	if err != nil {
		return nil, err
	}
	return swept, nil
}
