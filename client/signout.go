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

// ErrNotConfirmed is the cause of a failed log-out that was answered, but not by Mimecast's word that the key is logged out.
var ErrNotConfirmed = errors.New("the log-out was not confirmed by Mimecast")

// SignOut logs an access key out, so that it no longer works anywhere. Everything that uses the key stops. keys signs the
// call and may be the very set that accessKey belongs to. The error is an *Error: unless SignOut gives nil, the key may still
// work and has to be kept. Nothing but Mimecast's own form with status 200 and an empty fail[] counts as a log-out; another
// success is an *Error of Kind BadResponse whose cause is ErrNotConfirmed.
func (c *Client) SignOut(ctx context.Context, keys Legacy, accessKey secret.Value) error {
	body, err := json.Marshal(map[string]any{"data": []any{map[string]string{"accessKey": accessKey.Reveal()}}})
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	reply, failure := c.call(ctx, keys, Request{Method: http.MethodPost, Path: logoutPath, Body: body})
	if failure == nil && !reply.confirms() {
		failure = reply.lacking("POST "+logoutPath, "")
		failure.Err = ErrNotConfirmed
	}
	if failure != nil {
		failure.hide(newRedactor([]secret.Value{accessKey}))
		return failure
	}
	return nil
}

// confirms tells whether a reply says, in Mimecast's form, that something was done: HTTP 200, meta.status 200, data and an
// empty fail[].
func (r *Reply) confirms() bool {
	document, _ := decodeJSON(trimBody(r.Body))
	object, _ := document.(map[string]any)
	fail, has := object["fail"].([]any)
	return r.HTTPStatus == http.StatusOK && r.isFunction() && metaStatus(object) == http.StatusOK && has && len(fail) == 0
}
