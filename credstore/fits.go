package credstore

import (
	"fmt"
	"strings"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
)

// Fits tells whether the record's item has at most limit bytes; an *Error of kind TooBig says by how much it does not.
func Fits(r Record, limit int) error {
	item, err := Encode(r)
	if err != nil {
		return err
	}
	if len(item) > limit {
		return &Error{Kind: TooBig, Op: "fit " + r.Profile.Name + " into one item", Err: sizes(len(item), limit)}
	}
	return nil
}

func sizes(got, limit int) error {
	return fmt.Errorf("it has %d bytes and at most %d fit", got, limit)
}

// The lengths that WorstCase reckons with: what public samples show (client ID 48 and secret 64 characters, application
// ID and key 36 each, access key 150, secret key 88) and a good margin, since Mimecast documents none of them.
const (
	longClientID       = 96
	longClientSecret   = 160
	longApplicationID  = 40
	longApplicationKey = 64
	longAccessKey      = 240
	longSecretKey      = 120
)

// WorstCase is the size in bytes of the largest item that setting up or rotating p can lead to, when the new credential
// does not exist yet. existing is what the store has for the profile, nil for a new one.
func WorstCase(p Profile, existing *Record) (int, error) {
	var r Record
	if existing != nil {
		r = *existing
	}
	return largest(r.staged(p, Version{
		ID: strings.Repeat("0", 36), Credential: placeholder(p.API), Source: Created, CreatedAt: farFuture(),
	}))
}

// largest is the size of the record r or of what it becomes when its pending version is activated, whichever is larger.
func largest(r Record) (int, error) {
	forms := []Record{r}
	if r.Pending != nil {
		forms = append(forms, r.activated(farFuture(), farFuture(), DefaultKeep))
	}
	size := 0
	for _, form := range forms {
		item, err := Encode(form)
		if err != nil {
			return 0, err
		}
		size = max(size, len(item))
	}
	return size, nil
}

// farFuture has as many digits as any time that will be stored.
func farFuture() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }

func placeholder(api client.API) client.Credential {
	if api == client.API20 {
		return client.OAuth{ClientID: strings.Repeat("x", longClientID), ClientSecret: filler(longClientSecret)}
	}
	return client.Legacy{
		ApplicationID: strings.Repeat("x", longApplicationID), ApplicationKey: filler(longApplicationKey),
		AccessKey: filler(longAccessKey), SecretKey: filler(longSecretKey),
		ExpiresAt: farFuture(),
	}
}

func filler(n int) secret.Value { return secret.New(strings.Repeat("x", n)) }
