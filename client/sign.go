package client

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // API 1.0 signs with HMAC-SHA1; there is no other choice
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"mimecred/client/secret"
)

// signedDate is the form of x-mc-date. The zone is the text UTC: net/http's TimeFormat would say GMT and break the
// signature on Mimecast's side (integrations.mimecast.com, "Authorization").
const signedDate = "Mon, 02 Jan 2006 15:04:05 UTC"

// appIDHeader has the application ID in every call of API 1.0.
const appIDHeader = "X-Mc-App-Id"

// authorization signs one call of API 1.0. It is pure: the same values give the same header. Neither the body nor the
// application ID is part of what is signed. It fails when the secret key is not base64.
func authorization(c Legacy, date, requestID, uri string) (string, error) {
	key, err := decodeSecretKey(c.SecretKey)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha1.New, key)
	mac.Write([]byte(date + ":" + requestID + ":" + uri + ":" + c.ApplicationKey.Reveal()))
	return "MC " + c.AccessKey.Reveal() + ":" + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// decodeSecretKey never says what it could not decode.
func decodeSecretKey(v secret.Value) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(v.Reveal())
	if err != nil || len(key) == 0 {
		return nil, errors.New("the secret key is not base64: it is cut off, has characters too many, or is another value")
	}
	return key, nil
}

// stamp sets what every call of API 1.0 carries, with a fresh id, and gives date and id for the signature.
func stamp(h http.Header, applicationID string, now time.Time) (date, requestID string) {
	date, requestID = now.UTC().Format(signedDate), uuid.NewString()
	h.Set(appIDHeader, applicationID)
	h.Set("X-Mc-Date", date)
	h.Set("X-Mc-Req-Id", requestID)
	h.Set("Content-Type", "application/json")
	return date, requestID
}

// usable tells, before anything is sent, what is wrong with a set of keys.
func (c Legacy) usable() *Error {
	missing := []string{}
	for _, part := range []struct {
		name  string
		empty bool
	}{
		{"application ID", c.ApplicationID == ""},
		{"application key", c.ApplicationKey.IsZero()},
		{"access key", c.AccessKey.IsZero()},
		{"secret key", c.SecretKey.IsZero()},
	} {
		if part.empty {
			missing = append(missing, part.name)
		}
	}
	if len(missing) > 0 {
		return &Error{Kind: Validation, Err: errors.New("missing: " + strings.Join(missing, ", "))}
	}
	if _, err := decodeSecretKey(c.SecretKey); err != nil {
		return &Error{Kind: InvalidCredentials, Field: "secret_key", Err: err}
	}
	if !headerSafe(c.ApplicationID) || !headerSafe(c.AccessKey.Reveal()) {
		return &Error{Kind: InvalidCredentials, Err: errors.New("the application ID or the access key holds characters that no key has")}
	}
	return nil
}

// headerSafe tells whether s can be sent in a header at all.
func headerSafe(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
