package lifecycle

import (
	"context"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// Renewing tells whether the current keys are to be made valid again.
func (c Change) Renewing() bool {
	_, legacy := c.Replaced.Credential.(client.Legacy)
	return legacy && c.Purpose == Rotating && c.Way == Renew
}

// Ask is the sign-in that creates or renews the change's keys. code is zero where none was asked for.
func (c Change) Ask(code secret.Value) client.SignIn {
	ask := client.SignIn{ApplicationID: c.ApplicationID, Email: c.Email, Type: c.SignIn, Password: c.Password, Code: code}
	if old, ok := c.Replaced.Credential.(client.Legacy); ok && c.Renewing() {
		ask.Expired = old.AccessKey
	}
	return ask
}

// WithKeys is the change with keys that a sign-in brought. renewed tells that they are the current ones, valid again: Mimecast
// keeps both when it renews them, so that nothing has to be stored.
func (s Service) WithKeys(c Change, keys client.Keys) (made Change, renewed bool) {
	now := s.Now()
	c.Password, c.KeysExpireAt = secret.Value{}, keys.ExpiresAt(now)
	if old, ok := c.Replaced.Credential.(client.Legacy); ok && c.Renewing() && keys.AccessKey.Equal(old.AccessKey) {
		c.AccessKey, c.SecretKey = old.AccessKey, old.SecretKey
		return c, true
	}
	c.AccessKey, c.SecretKey, c.KeysCreatedAt = keys.AccessKey, keys.SecretKey, now
	return c, false
}

// Preflight sees, before anything is created at Mimecast, that the store will accept it.
func (s Service) Preflight(ctx context.Context, c Change, tell Tell) error {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	if err := s.stillFree(c); err != nil {
		return err
	}
	return s.Vault.Preflight(ctx, c.Store, c.Profile())
}

// Create signs in once, and notes before and after it what may be left at Mimecast should this program end in between. left
// are the sign-ins of this change that may have created keys which nobody has. An *credstore.Error means that nothing was sent.
// It outlives ctx, up to SignInTime: keys that Mimecast creates must reach somebody.
func (s Service) Create(ctx context.Context, c Change, code secret.Value, tell Tell) (keys client.Keys, left []credstore.LostKeys, err error) {
	keys, left, _, err = s.create(ctx, c, code, tell)
	return keys, left, err
}

// create tells also whether Mimecast was asked.
func (s Service) create(ctx context.Context, c Change, code secret.Value, tell Tell) (keys client.Keys, left []credstore.LostKeys, sent bool, err error) {
	ctx = context.WithoutCancel(ctx)
	ask := c.Ask(code)
	mimecast, err := s.Dial(c.Endpoint())
	if err != nil {
		return client.Keys{}, s.Left(c.Name), false, err
	}
	defer mimecast.Close()
	if err := s.announceKeys(ctx, c, ask, tell); err != nil {
		return client.Keys{}, s.Left(c.Name), false, err
	}
	keys, err = SignIn(ctx, mimecast, ask)
	switch {
	case err == nil && !ask.Expired.IsZero() && keys.AccessKey.Equal(ask.Expired):
		s.noteKeys(ctx, c.Name, credstore.Begun) // the keys that exist were renewed
		noting, cancel := storing(ctx, tell)
		defer cancel()
		if err := tell.done(c.Name, s.Vault.Renewed(noting, c.Name, keys.ExpiresAt(s.Now()))); err != nil && tell != nil {
			tell(ExpiryNotNoted{c.Name, err}) // the next sign-in notes it; the keys work
		}
	case err == nil:
		s.noteKeys(ctx, c.Name, credstore.KeysCreated)
		noted, _ := s.Vault.Noted(c.Name)
		return keys, noted.LostKeys, true, nil // these keys are here, and are stored next
	case !client.MayHaveCreatedKeys(err):
		s.noteKeys(ctx, c.Name, credstore.Begun)
	}
	return keys, s.Left(c.Name), true, err
}

// SignIn signs in once. Failed sign-ins can lock the user, so nothing here tries again; and one that was sent outlives ctx,
// because its keys would exist at Mimecast and nowhere else.
func SignIn(ctx context.Context, m Mimecast, ask client.SignIn) (client.Keys, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), SignInTime)
	defer cancel()
	return m.SignIn(ctx, ask)
}

// LogOut logs created keys out at Mimecast, even when the program is being ended.
func LogOut(ctx context.Context, m Mimecast, keys client.Legacy) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), SignInTime)
	defer cancel()
	return m.SignOut(ctx, keys, keys.AccessKey)
}

// LogOutUnstored logs out created keys that could not be stored: nobody has them.
func (s Service) LogOutUnstored(ctx context.Context, c Change) error {
	keys, is := c.Credential().(client.Legacy)
	if !is {
		return errIncomplete
	}
	mimecast, err := s.Dial(c.Endpoint())
	if err != nil {
		return err
	}
	defer mimecast.Close()
	if err := LogOut(ctx, mimecast, keys); err != nil {
		return err
	}
	s.noteKeys(ctx, c.Name, credstore.Begun)
	return nil
}

// announceKeys notes that keys are about to be created. When it fails, nothing must be.
func (s Service) announceKeys(ctx context.Context, c Change, ask client.SignIn, tell Tell) error {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	if err := s.stillFree(c); err != nil {
		return err
	}
	return s.Vault.Note(ctx, credstore.UnfinishedChange{
		Name: c.Name, Phase: credstore.Creating, Store: c.Store, Keep: c.KeepFor(), User: ask.Email, Application: ask.ApplicationID,
	})
}

// noteKeys notes what came of a sign-in.
func (s Service) noteKeys(ctx context.Context, name string, phase credstore.Phase) {
	_ = s.Vault.Note(ctx, credstore.UnfinishedChange{Name: name, Phase: phase}) // Resume finds out about a note that is missing
}

// Left are the sign-ins that may have created keys of a profile which nobody has, also those of an earlier run.
func (s Service) Left(name string) []credstore.LostKeys {
	noted, _ := s.Vault.Noted(name)
	return noted.MayBeLost()
}

// Discover asks Mimecast where the account of the change's service user lives. base is where it is asked.
func (s Service) Discover(ctx context.Context, c Change, base string) (client.Place, error) {
	ctx, cancel := context.WithTimeout(ctx, DiscoverTime)
	defer cancel()
	endpoint := c.Endpoint()
	endpoint.BaseURL = base
	mimecast, err := s.Dial(endpoint)
	if err != nil {
		return client.Place{}, err
	}
	defer mimecast.Close()
	found, err := mimecast.Discover(ctx, c.ApplicationID, c.Email)
	if err != nil {
		return client.Place{}, err
	}
	return client.Recognise(found.BaseURL, client.API10)
}
