package credstore

import (
	"context"
	"errors"
	"time"
)

// What is done with the previous version.

// Rollback makes the previous version current again, in one write. The version that was current becomes the previous one, and
// is kept for a while. It is confirmed as a new version is. sum is the check of the version that becomes current; its Version,
// when set, must be that version.
func (v *Vault) Rollback(ctx context.Context, name string, sum CheckSummary) (Record, error) {
	op := "roll back " + name
	keep := v.keepOf(name)
	note := &sum
	if sum.At.IsZero() {
		note = nil
	}
	var r Record
	err := v.withLease(ctx, op, name, func(h *lease) (bool, error) {
		if err := v.oneName(name); err != nil {
			return h.keeps(), err
		}
		var err error
		r, err = v.changeRecord(ctx, name, note, func(r Record) (Record, error) {
			switch {
			case sum.Version != "" && r.Current != nil && r.Current.ID == sum.Version:
				return r, nil // done already, when only the list could not be written
			case r.Previous == nil:
				return r, &Error{Kind: NotFound, Op: op, Err: errors.New("no previous version is kept")}
			case sum.Version != "" && r.Previous.ID != sum.Version:
				return r, changed(op)
			case sum.OK:
				return r.rolledBack(v.now(), sum.At, keep), nil
			default:
				return r.rolledBack(v.now(), time.Time{}, keep), nil
			}
		})
		if r.Current != nil {
			h.begun = true
			v.note(name, func(s *UnfinishedChange) bool {
				*s = UnfinishedChange{Name: name, Kind: RollBack, Phase: Activated, Began: v.now(), Store: s.Store, Keep: keep, Version: r.Current.ID, LostKeys: s.MayBeLost()}
				return true
			})
		}
		return h.keeps(), err
	})
	return r, err
}

// Retire forgets the previous version, whose id is given; when there is none any more nothing happens, and another one is an
// *Error of kind Conflict. A change of which only that was left is finished.
func (v *Vault) Retire(ctx context.Context, name, version string) (Record, error) {
	op := "forget the previous credential of " + name
	var r Record
	err := v.withLease(ctx, op, name, func(h *lease) (bool, error) {
		_, found, _, err := v.find(ctx, name)
		if err != nil {
			return h.keeps(), err
		}
		var s UnfinishedChange
		var own bool
		if found != nil {
			if s, own, err = v.stillOpen(name, *found); err != nil {
				return h.keeps(), err
			}
		}
		r, err = v.changeRecord(ctx, name, nil, func(r Record) (Record, error) {
			if r.Previous != nil && r.Previous.ID != version {
				return r, changed(op)
			}
			return r.retired(), nil
		})
		if err != nil && !Unlisted(err) || own || s.Phase == Activated { // that is still to be confirmed
			return h.keeps(), err
		}
		v.endNote(name)
		return false, err
	})
	return r, err
}

// Sweep forgets the previous version when the time for which it was to be kept has passed, and gives it; nil when there was
// nothing to forget. It remains valid at Mimecast. While the current version is not confirmed, or while another process
// changes the profile, the previous one is kept whatever its time.
func (v *Vault) Sweep(ctx context.Context, name string) (*Version, error) {
	entry, known, err := v.index.Get(name)
	if err != nil || !known || entry.PreviousUntil.IsZero() || v.now().Before(entry.PreviousUntil) || v.Busy(name) {
		return nil, err
	}
	var swept *Version
	err = v.withLease(ctx, "forget the previous credential of "+name, name, func(h *lease) (bool, error) {
		s, _, err := v.index.journal.read(name)
		if err != nil || s.Phase == Activated {
			return h.keeps(), err
		}
		_, err = v.changeRecord(ctx, name, nil, func(r Record) (Record, error) {
			next, any := r.expired(v.now())
			if any {
				swept = r.Previous
			}
			return next, nil
		})
		if (err == nil || Unlisted(err)) && s.Phase == Confirmed {
			v.endNote(name) // nothing else was unfinished
			return false, err
		}
		return h.keeps(), err
	})
	if err != nil && !Unlisted(err) {
		return nil, err
	}
	return swept, err
}
