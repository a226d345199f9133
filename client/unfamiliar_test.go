package client

import (
	"errors"
	"testing"
)

func TestUnfamiliarSignIn(t *testing.T) {
	t.Parallel()
	const op = "POST " + loginPath
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"wrong password":           {&Error{Op: op, mimecast: true, HTTPStatus: 401, Kind: InvalidCredentials, Message: "Invalid user name or password"}, false},
		"locked":                   {&Error{Op: op, mimecast: true, HTTPStatus: 401, Kind: InvalidCredentials, Code: "err_login_user_locked"}, false},
		"single sign-on":           {&Error{Op: op, mimecast: true, HTTPStatus: 401, Kind: InvalidCredentials, Code: "0001", Message: "Authentication type not supported for the user"}, false},
		"no words":                 {&Error{Op: op, mimecast: true, HTTPStatus: 401, Kind: InvalidCredentials}, false},
		"known code":               {&Error{Op: op, mimecast: true, HTTPStatus: 401, Kind: InvalidCredentials, Code: "unauthorized"}, false},
		"application":              {&Error{Op: op, mimecast: true, HTTPStatus: 401, Kind: UnknownApplication, Code: "err_developer_key", Message: "App Id is invalid"}, false},
		"unfamiliar code":          {&Error{Op: op, mimecast: true, HTTPStatus: 401, Kind: InvalidCredentials, Code: "err_login_0f27", Message: "The request could not be completed"}, true},
		"success without keys":     {&Error{Op: op, mimecast: true, HTTPStatus: 200, Kind: BadResponse, Err: errors.New("without keys")}, true},
		"a web page":               {&Error{Op: op, HTTPStatus: 200, Kind: BadResponse, Err: errHTML}, false},
		"a redirect":               {&Error{Op: op, HTTPStatus: 302, Kind: BadResponse}, false},
		"no answer":                {&Error{Op: op, Kind: Timeout}, false},
		"a fault":                  {&Error{Op: op, HTTPStatus: 500, Kind: Server}, false},
		"another call":             {&Error{Op: "POST /api/account/get-account", HTTPStatus: 401, Kind: InvalidCredentials, Code: "x"}, false},
		"an error of another kind": {errors.New("x"), false},
	} {
		if got := UnfamiliarSignIn(c.err); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
