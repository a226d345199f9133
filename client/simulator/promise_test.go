package simulator_test

import (
	"errors"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/client/simulator"
)

// str reads one text of a --from object.
func str(from map[string]any, key string) string {
	text, _ := from[key].(string)
	return text
}

// judge does what a check of such an object does: it signs in where keys are to be made, runs the plan, and gives the
// kind of the worst failure and the exit code of the command line's contract.
func judge(t *testing.T, c *client.Client, from map[string]any) (client.Kind, int) {
	t.Helper()
	api := client.API(str(from, "api"))
	var credential client.Credential = client.OAuth{
		ClientID: str(from, "client_id"), ClientSecret: secret.New(str(from, "client_secret")),
	}
	if api == client.API10 {
		legacy := client.Legacy{
			ApplicationID: str(from, "application_id"), ApplicationKey: secret.New(str(from, "application_key")),
			AccessKey: secret.New(str(from, "access_key")), SecretKey: secret.New(str(from, "secret_key")),
		}
		if create, ok := from["create_keys"].(map[string]any); ok {
			keys, err := c.SignIn(t.Context(), client.SignIn{
				ApplicationID: legacy.ApplicationID, Email: str(create, "email"), Type: client.SignInType(str(create, "type")),
				Password: secret.New(str(create, "password")), Code: secret.New(str(create, "otp")),
			})
			if second, wanted := errors.AsType[*client.SecondFactorError](err); wanted && !second.Wrong {
				return client.InvalidCredentials, 3
			}
			if err != nil {
				t.Fatal(err)
			}
			legacy.AccessKey, legacy.SecretKey = keys.AccessKey, keys.SecretKey
		}
		credential = legacy
	}
	plan, err := catalog.Plan(str(from, "integration"), api, str(from, "internal_domain"))
	if err != nil {
		t.Fatal(err)
	}
	for r := range c.Check(t.Context(), credential, plan) {
		if r.State != client.Failed {
			continue
		}
		switch {
		case r.Kind.Refused():
			return r.Kind, 3
		case r.Kind.Unjudged():
			return r.Kind, 4
		default:
			return r.Kind, 1
		}
	}
	return "", 0
}

// Every ready-made credential is judged by the real client as Credentials says, and nothing writes.
func TestPromises(t *testing.T) {
	running, err := simulator.Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer running.Close()
	c, err := client.New(client.Endpoint{BaseURL: running.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	s := running.Server
	for _, ready := range append(s.Credentials(running.URL), s.IntegrationCredentials(running.URL)...) {
		kind, exit := judge(t, c, ready.From)
		if string(kind) != ready.Kind || exit != ready.Exit {
			t.Errorf("%s: %q and exit %d instead of %q and %d", ready.Name, kind, exit, ready.Kind, ready.Exit)
		}
		if ready.Name != "legacy-otp" {
			continue
		}
		create, ok := ready.From["create_keys"].(map[string]any)
		if !ok {
			t.Fatal("no create_keys")
		}
		create["otp"] = s.Code(str(create, "email"))
		if kind, exit := judge(t, c, ready.From); kind != "" || exit != 0 {
			t.Errorf("with the code: %q and exit %d", kind, exit)
		}
	}
	for _, r := range s.Requests() {
		if r.Write {
			t.Errorf("%s %s writes", r.Method, r.Path)
		}
	}
}
