package lifecycle

import (
	"context"
	"errors"
	"iter"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
)

// oneReply is a Mimecast that refuses log-outs, and answers the check of the keys with one result, after one about something else.
type oneReply struct{ row client.Result }

func (m oneReply) SignOut(context.Context, client.Legacy, secret.Value) error {
	return errors.New("refused")
}

func (m oneReply) Check(context.Context, client.Credential, client.Plan) iter.Seq[client.Result] {
	aside := client.Result{ID: client.CheckAccount, State: client.Failed, Kind: client.ExpiredKeys}
	return func(yield func(client.Result) bool) { _ = yield(aside) && yield(m.row) }
}

// TestKeysOfALockedUserAreKept: only keys that Mimecast does not know, or that have expired, have ended. Those of a user who
// is locked, disabled or has to change the password come back to life.
func TestKeysOfALockedUserAreKept(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code string
		kind client.Kind
		want KeyEnd
	}{
		{"err_xdk_invalid_signature", client.InvalidCredentials, KeyRefused},
		{"err_xdk_binding_expired", client.ExpiredKeys, KeyExpired},
		{"err_xdk_user_disabled", client.InvalidCredentials, ""},
		{"err_login_locked", client.InvalidCredentials, ""},
		{"", client.InvalidCredentials, ""},
		{"", client.ProxyFailed, ""},
	} {
		row := client.Result{ID: client.CheckCredentials, State: client.Failed, Kind: tt.kind, Code: tt.code}
		got, err := endKeys(t.Context(), oneReply{row}, client.Legacy{})
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s %s: %q, %v", tt.kind, tt.code, got, err)
		}
		row.State = client.Warning // the credential itself was accepted
		if got, err = endKeys(t.Context(), oneReply{row}, client.Legacy{}); got != "" || err == nil {
			t.Errorf("%s %s, a warning: %q, %v", tt.kind, tt.code, got, err)
		}
	}
}
