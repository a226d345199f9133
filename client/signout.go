package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"mimecred/client/secret"
)

const logoutPath = "/api/login/logout"

// ErrNotConfirmed is the cause of a log-out that came to nothing that Mimecast said: the key may still work, or not any more.
var ErrNotConfirmed = errors.New("the log-out was not confirmed by Mimecast")

// SignOut logs an access key out, so that it no longer works anywhere. Everything that uses the key stops. keys signs the
// call and may be the very set that accessKey belongs to. The error is an *Error: unless SignOut gives nil, the key may still
// work and has to be kept. Nothing but Mimecast's own form with status 200 and an empty fail[] counts as a log-out. Where
// anything else was answered, or nothing, the cause is ErrNotConfirmed; where Mimecast refused in that form, it is not.
func (c *Client) SignOut(ctx context.Context, keys Legacy, accessKey secret.Value) error {
	body, err := json.Marshal(map[string]any{"data": []any{map[string]string{"accessKey": accessKey.Reveal()}}})
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	reply, failure := c.call(ctx, keys, Request{Method: http.MethodPost, Path: logoutPath, Body: body})
	if failure == nil && !reply.confirms() {
		failure = reply.lacking("POST "+logoutPath, "the reply does not say that the key is logged out")
	}
	if failure != nil && reply != nil && failure.mimecast && !reply.tellsOfFunction() {
		// Whoever logs a key out is answered by a function, whose replies have meta in every recording.
		failure.Kind, failure.Err, failure.mimecast, failure.enveloped = kindBetween(failure.HTTPStatus), errBetween, false, false
	}
	if failure != nil {
		if failure.Kind.Unjudged() || failure.Kind == Canceled {
			failure.Err = unconfirmed(failure.Err)
		}
		failure.hide(newRedactor([]secret.Value{accessKey}))
		return failure
	}
	return nil
}

func unconfirmed(cause error) error {
	if cause == nil {
		return ErrNotConfirmed
	}
	return fmt.Errorf("%w: %w", cause, ErrNotConfirmed)
}

// tellsOfFunction tells whether a reply has the whole form of a function's, be it a success or a failure.
func (r *Reply) tellsOfFunction() bool {
	document, _ := decodeJSON(trimBody(r.Body))
	object, _ := document.(map[string]any)
	_, ok := functionForm(object)
	return ok
}

// confirms tells whether a reply says, in Mimecast's form, that something was done: HTTP 200, meta.status 200, data and an
// empty fail[].
func (r *Reply) confirms() bool {
	document, _ := decodeJSON(trimBody(r.Body))
	object, _ := document.(map[string]any)
	fail, has := object["fail"].([]any)
	return r.HTTPStatus == http.StatusOK && r.isFunction() && metaStatus(object) == http.StatusOK && has && len(fail) == 0
}
