package main

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"os/exec"

	"github.com/rogpeppe/go-internal/testscript"
)

// secretsIn collects the secrets of a set of credentials as --from has it.
func secretsIn(from map[string]any) map[string]string {
	found := map[string]string{}
	for key, value := range from {
		switch value := value.(type) {
		case map[string]any:
			for name, secret := range secretsIn(value) {
				found[key+"."+name] = secret
			}
		case string:
			switch key {
			case "client_secret", "application_key", "access_key", "secret_key", "password", "otp":
				found[key] = value
			}
		}
	}
	return found
}

// secretForms gives each secret in every form that could slip out: raw, base64, hex and URL-encoded.
func secretForms(secrets map[string]string) map[string]string {
	forms := map[string]string{}
	for name, s := range secrets {
		forms[name+" as it is"] = s
		forms[name+" in hex"] = hex.EncodeToString([]byte(s))
		forms[name+" URL-encoded"] = url.QueryEscape(s)
		forms[name+" path-encoded"] = url.PathEscape(s)
		// Within longer text base64 depends on where the secret begins; the middle of each of the three ways does not.
		for shift := range 3 {
			text := base64.RawStdEncoding.EncodeToString([]byte("xx"[:shift] + s))
			if len(text) > 12 {
				forms[name+" in base64 "+"012"[shift:shift+1]] = text[4 : len(text)-4]
			}
		}
	}
	return forms
}

func asExit(err error, exit **exec.ExitError) bool { return errors.As(err, exit) }

// contextOf is a context that ends with the script.
func contextOf(ts *testscript.TestScript) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	ts.Defer(cancel)
	return ctx
}
