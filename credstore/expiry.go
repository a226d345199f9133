package credstore

import (
	"context"
	"time"

	"mimecred/client"
)

// expiry is when a credential stops by itself; zero when it does not, or when Mimecast did not say.
func expiry(c client.Credential) time.Time {
	keys, _ := c.(client.Legacy)
	return keys.ExpiresAt
}

// expiring is c with the time at which it stops by itself.
func expiring(c client.Credential, at time.Time) client.Credential {
	if keys, is := c.(client.Legacy); is {
		keys.ExpiresAt = at
		return keys
	}
	return c
}

// expiringAs is v with the time at which old stops, when v does not know its own: the same keys, read from another place.
func (v Version) expiringAs(old *Version) Version {
	if expiry(v.Credential).IsZero() {
		v.Credential = expiring(v.Credential, expiry(old.Credential))
	}
	return v
}

// Renewed notes until when the current keys are valid after they were renewed: zero for keys that do not expire. They
// themselves stay as they are.
func (v *Vault) Renewed(ctx context.Context, name string, until time.Time) error {
	return v.withLease(ctx, "note until when the keys of "+name+" are valid", name, func(h *lease) (bool, error) {
		_, err := v.changeRecord(ctx, name, nil, func(r Record) (Record, error) {
			if r.Current != nil {
				own := *r.Current
				own.Credential = expiring(own.Credential, until)
				r.Current = &own
			}
			return r, nil
		})
		return h.keeps(), err
	})
}
