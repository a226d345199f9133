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
