package keyring

import (
	"context"
	"errors"
	"strings"

	gokeyring "github.com/zalando/go-keyring"

	"mimecred/credstore"
)

// native is the keyring of this machine. Look, Present and judgeNative are in a file per family of systems.
type native struct{}

// Get implements system.
func (native) Get(name string) (string, error) {
	return gokeyring.Get(Service, name) //nolint:wrapcheck // Judge needs it as it is
}

// Set implements system.
func (native) Set(name, item string) error {
	return gokeyring.Set(Service, name, item) //nolint:wrapcheck // Judge needs it as it is
}

// Delete implements system.
func (native) Delete(name string) error {
	return gokeyring.Delete(Service, name) //nolint:wrapcheck // Judge needs it as it is
}

// Judge implements system: go-keyring's own errors first, then those of the system, then what the text tells.
func (native) Judge(ctx context.Context, err error) credstore.Kind {
	switch {
	case errors.Is(err, gokeyring.ErrNotFound):
		return credstore.NotFound
	case errors.Is(err, gokeyring.ErrSetDataTooBig):
		return credstore.TooBig
	case errors.Is(err, gokeyring.ErrUnsupportedPlatform):
		return credstore.Unavailable
	}
	if kind := judgeNative(ctx, err); kind != "" {
		return kind
	}
	return judgeText(err.Error())
}

// judgeText knows the texts of go-keyring, of godbus and of the services behind them.
func judgeText(text string) credstore.Kind {
	for _, known := range []struct {
		kind  credstore.Kind
		texts []string
	}{
		{credstore.NoCollection, []string{
			"failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'", "Alias default does not exist",
			"No such object path '/org/freedesktop/secrets/aliases/default'", "collection does not exist",
		}},
		{credstore.Locked, []string{"failed to unlock correct collection", "locked collection", "is locked", "IsLocked"}},
		{credstore.Unavailable, []string{
			"was not provided by any .service files", "dbus-launch", "couldn't determine address of session bus",
			"connection refused", "no such file or directory", "connection closed", "broken pipe", "connection reset",
			"executable file not found", "invalid transport", "invalid bus address", "does not have an owner", "EOF",
		}},
		{credstore.Denied, []string{"ermission denied", "not permitted", "Access is denied", "authentication failed", "AccessDenied"}},
		{credstore.TimedOut, []string{"id not receive a reply", "imeout", "timed out"}},
	} {
		for _, part := range known.texts {
			if strings.Contains(text, part) {
				return known.kind
			}
		}
	}
	return credstore.Broken
}
