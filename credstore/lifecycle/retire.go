package lifecycle

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
)

// Retirer is what ending a version takes of credstore.Vault.
type Retirer interface {
	Load(ctx context.Context, name string) (credstore.Record, error)
	Noted(name string) (credstore.Swap, bool)
	LoggingOut(ctx context.Context, name, version string) (credstore.Record, error)
	Retire(ctx context.Context, name, version string) (credstore.Record, error)
}

// Ender is a connection to Mimecast over which keys are ended.
type Ender interface {
	KeyEnder
	Close()
}

// LogOutOld logs the keys of a profile's previous version, whose id is given, out at Mimecast and forgets them. It is noted
// before. When another version is the previous one by now, nothing is done. An error that is no *credstore.Error is
// Mimecast's; the version is kept then.
func LogOutOld(ctx context.Context, vault Retirer, dial func(credstore.Profile) (Ender, error), name, version string) (KeyEnd, error) {
	record, err := vault.Load(ctx, name)
	if err != nil {
		return "", err
	}
	if noted, ok := vault.Noted(name); ok && noted.Phase == credstore.LoggingOut && record.Previous == nil {
		// An earlier try logged them out and forgot them, and only the list could not be written.
		_, err := vault.Retire(ctx, name, version)
		return KeyLoggedOut, err
	}
	// The old keys may belong to another region, or to a profile that has gone over to API 2.0 since.
	mimecast, err := dial(record.ProfileOf(record.Previous))
	if err != nil {
		return "", err
	}
	defer mimecast.Close()
	if record, err = vault.LoggingOut(ctx, name, version); err != nil {
		return "", err
	}
	keys, _ := record.OldKeys()
	ended, err := EndKeys(ctx, mimecast, signing(keys, record.Active))
	if err != nil {
		return "", err
	}
	// A key that is gone at Mimecast is forgotten here even when ctx ended meanwhile.
	storing, cancel := context.WithTimeout(context.WithoutCancel(ctx), StoreTime)
	defer cancel()
	_, err = vault.Retire(storing, name, version)
	return ended, err
}

// signing is keys with the application key that signs now: one that was generated anew in the console replaces the old one,
// and the access keys stay.
func signing(keys client.Legacy, active *credstore.Version) client.Legacy {
	if active == nil {
		return keys
	}
	if now, is := active.Credential.(client.Legacy); is && now.ApplicationID == keys.ApplicationID {
		keys.ApplicationKey = now.ApplicationKey
	}
	return keys
}
