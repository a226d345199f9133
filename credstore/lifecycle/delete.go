package lifecycle

import (
	"context"

	"mimecred/credstore"
)

// Delete removes a profile with all its versions from its store and from the list. At Mimecast its credential stays valid. What
// would be lost with it, Loss tells.
func (s Service) Delete(ctx context.Context, name string, tell Tell) error {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	return tell.done(name, s.Profiles.Delete(ctx, name))
}

// Forget removes whatever is noted of an unfinished change of a profile, sign-ins that may have left keys included: a person has
// been told of them.
func (s Service) Forget(name string) error {
	return s.Vault.End(context.Background(), name, credstore.Forgotten)
}

// Remind changes after how long the next rotation of a profile is due.
func (s Service) Remind(ctx context.Context, name string, after credstore.Span, tell Tell) error {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	_, err := s.Profiles.Update(ctx, name, func(p *credstore.Profile) { p.RotateAfter = after })
	return tell.done(name, err)
}

// Loss tells whether discarding the pending version of a profile would lose access keys that were created at Mimecast and that
// nobody else has, so that it is asked first. record and err are what reading the profile gave: for an item that is damaged or
// gone that is unknown, so it asks, and pending is nil. Any other error comes back, and nothing is deleted.
func Loss(record credstore.Record, err error) (pending *credstore.Version, ask bool, failure error) {
	switch kind := credstore.KindOf(err); {
	case err == nil:
		return record.Pending, record.LosesKeys(), nil
	case kind == credstore.Damaged, kind == credstore.NotFound:
		return nil, true, nil
	default:
		return nil, false, err
	}
}
