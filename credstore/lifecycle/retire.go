package lifecycle

import (
	"context"
	"errors"

	"mimecred/client"
	"mimecred/credstore"
)

// ender is a connection to Mimecast over which keys are ended.
type ender interface {
	keyEnder
	Close()
}

// logOutPrevious logs the keys of a profile's previous version, whose id is given, out at Mimecast and forgets them. It is noted
// before. When another version is the previous one by now, nothing is done. An error that is no *credstore.Error is
// Mimecast's; the version is kept then.
func logOutPrevious(ctx context.Context, vault Vault, dial func(credstore.Profile) (ender, error), name, version string) (KeyEnd, error) {
	record, err := vault.Load(ctx, name)
	if err != nil {
		return "", err
	}
	if noted, ok := vault.Noted(name); ok && noted.Phase == credstore.LoggingOut && record.Previous == nil {
		// An earlier try logged them out and forgot them, and only the list could not be written.
		_, err := vault.Retire(ctx, name, version)
		return KeyLoggedOut, err
	}
	// The previous keys may belong to another region, or to a profile that has moved to API 2.0 since.
	mimecast, err := dial(record.ProfileOf(record.Previous))
	if err != nil {
		return "", err
	}
	defer mimecast.Close()
	if err := vault.Note(ctx, credstore.UnfinishedChange{Name: name, Phase: credstore.LoggingOut, Version: version}); err != nil {
		return "", err
	}
	keys, _ := record.PreviousKeys()
	ended, err := endKeys(ctx, mimecast, signing(keys, record.Current))
	if err != nil {
		return "", err
	}
	// A key that is gone at Mimecast is forgotten here even when ctx ended meanwhile.
	storing, cancel := context.WithTimeout(context.WithoutCancel(ctx), StoreTime)
	defer cancel()
	_, err = vault.Retire(storing, name, version)
	return ended, err
}

// signing is keys with the application key that signs now: one that was generated anew in the console replaces the one before,
// and the access keys stay.
func signing(keys client.Legacy, current *credstore.Version) client.Legacy {
	if current == nil {
		return keys
	}
	if now, is := current.Credential.(client.Legacy); is && now.ApplicationID == keys.ApplicationID {
		keys.ApplicationKey = now.ApplicationKey
	}
	return keys
}

// Retire does what was chosen about the version that was replaced, whose id is given: it is kept for its time, forgotten here,
// or logged out at Mimecast and forgotten. Logging out outlives ctx: whether it happened is only known from the answer. When
// another version has replaced it meanwhile, nothing is done. end tells how logged-out keys ended. See ExplainRetire for the
// error.
func (s Service) Retire(ctx context.Context, name, id string, how Retired, tell Tell) (done Retired, end KeyEnd, err error) {
	switch how {
	case Kept:
		return Kept, "", s.Finish(name, tell)
	case LoggedOut:
	default:
		ctx, cancel := storing(ctx, tell)
		defer cancel()
		_, err := s.Vault.Retire(ctx, name, id)
		return Forgotten, "", tell.done(name, err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), StoreTime+ConfirmTime)
	defer cancel()
	if tell != nil {
		ctx = credstore.OnWaiting(ctx, func(w credstore.Waiting) { tell(Waiting{w}) })
	}
	end, err = logOutPrevious(ctx, s.Vault, func(p credstore.Profile) (ender, error) { return s.Dial(p.Endpoint) }, name, id)
	switch err = tell.done(name, err); {
	case err != nil:
		return RetireUndecided, "", err
	case end != KeyLoggedOut:
		return Ended, end, nil
	default:
		return LoggedOut, end, nil
	}
}

// ExplainRetire says in words why a version could not be retired, and what helps; both are empty for nil.
func ExplainRetire(name string, err error) (problem, fix string) {
	var stored *credstore.Error
	if err == nil || errors.As(err, &stored) {
		return credstore.Explain(err)
	}
	d := client.Diagnose(err, client.API10)
	return NotEnded(err) + " " + d.Meaning,
		ProfileRemedy(d.Fix, d.Where, name) + " It can be kept for now: mimecred retire " + name + " logs it out later."
}

// PreviousKeys are the keys of API 1.0 that the change replaced; false when there are none, or when they are the current ones.
func (c Change) PreviousKeys() (client.Legacy, bool) {
	old, ok := c.Replaced.Credential.(client.Legacy)
	now, same := c.Credential().(client.Legacy)
	return old, ok && (!same || !old.AccessKey.Equal(now.AccessKey))
}
