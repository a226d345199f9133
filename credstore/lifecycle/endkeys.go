package lifecycle

import (
	"context"
	"errors"
	"iter"

	"mimecred/client"
	"mimecred/client/secret"
)

// keyEnder is what logging keys out needs of client.Client.
type keyEnder interface {
	SignOut(ctx context.Context, keys client.Legacy, accessKey secret.Value) error
	Check(ctx context.Context, credential client.Credential, plan client.Plan) iter.Seq[client.Result]
}

// KeyEnd is how keys have ended at Mimecast.
type KeyEnd string

// The ways.
const (
	KeyLoggedOut KeyEnd = "logged-out" // this was it
	KeyRefused   KeyEnd = "not-taken"  // Mimecast no longer accepts them, so that there was nothing to log out
	KeyExpired   KeyEnd = "expired"    // Mimecast does not accept them either; the service user's password would renew them
)

// Words say an end as what follows "the previous access key".
func (e KeyEnd) Words() string {
	switch e {
	case KeyRefused:
		return "is no longer accepted by Mimecast, so there was nothing to log out"
	case KeyExpired:
		return "has expired, so there was nothing to log out; only the service user's password would renew it"
	case KeyLoggedOut:
	}
	return "is logged out at Mimecast"
}

// endKeys logs keys of API 1.0 out at Mimecast. The keys sign that themselves: whether one user's keys may end another's is
// not public. Where that is not possible, the error is that of the log-out.
func endKeys(ctx context.Context, m keyEnder, keys client.Legacy) (KeyEnd, error) {
	err := m.SignOut(ctx, keys, keys.AccessKey)
	if err == nil {
		return KeyLoggedOut, nil
	}
	for r := range m.Check(ctx, keys, client.Plan{AccountOptional: true}) {
		if r.ID != client.CheckCredentials || r.State != client.Failed {
			continue
		}
		if r.Kind == client.ExpiredKeys {
			return KeyExpired, nil
		}
		// A user who is locked, or who has to change the password, is refused as well; those keys come back to life.
		if r.Kind == client.InvalidCredentials && client.RefusesSignature(r) {
			return KeyRefused, nil
		}
	}
	return "", err
}

// NotEnded says that the previous key was not logged out: kept, and whether that is known or only not confirmed.
func NotEnded(err error) string {
	if errors.Is(err, client.ErrNotConfirmed) {
		return "Mimecast did not confirm the log-out of the previous access key, so the key is kept."
	}
	return "The previous access key could not be logged out, and is kept."
}
