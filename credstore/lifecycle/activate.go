package lifecycle

import (
	"context"

	"mimecred/credstore"
)

// Activate makes what was checked the current version, in one write: the pending one or, rolling back, the previous one.
func (s Service) Activate(ctx context.Context, c Change, tell Tell) (Change, error) {
	c, _, err := s.activate(ctx, c, tell)
	return c, err
}

// activate gives also the record that the store has then.
func (s Service) activate(ctx context.Context, c Change, tell Tell) (Change, credstore.Record, error) {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	sum := c.Summary(s.Now())
	sum.Version = c.StagedVersion
	activate := s.Vault.Activate
	if c.Purpose == RollingBack {
		sum.Version, activate = c.Replaced.ID, s.Vault.Rollback
	}
	record, err := activate(ctx, c.Name, sum)
	if err := tell.done(c.Name, err); err != nil {
		return c, record, err
	}
	c.Activated, c.Staged, c.PreviousKept = true, false, record.Previous != nil
	c.Location = s.Vault.Location(c.Store, c.Name)
	return c, record, nil
}

// Before is the roll back of a profile: the change that led to its previous version, with that as what is to be checked. When
// an earlier run rolled back, and did not come to confirm it, it is Activated.
func (s Service) Before(ctx context.Context, name string, tell Tell) (Change, error) {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	record, err := s.Vault.Load(ctx, name)
	if err != nil {
		return Change{}, err
	}
	entry, _, err := s.Vault.Lookup(name)
	if err != nil {
		return Change{}, err
	}
	location := s.Vault.Location(entry.Store, name)
	if noted, ok := s.Vault.Noted(name); ok && noted.Kind == credstore.RollBack && noted.Phase == credstore.Activated {
		c := Current(record, entry)
		c.Purpose, c.PreviousKept, c.Location = RollingBack, record.Previous != nil, location
		return c, nil
	}
	if record.Previous == nil {
		return Change{}, noPrevious(name)
	}
	return before(record, entry, location), nil
}
