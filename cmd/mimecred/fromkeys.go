package main

import (
	"errors"
	"fmt"

	"mimecred/client"
)

// What --from says of a credential of API 1.0.

func (g *given) readLegacy(o *object, was before) error {
	// The keys that stand in the place of others are known here all the same.
	ways := []string{"application_id", "application_key", "access_key", "secret_key", "create_keys"}
	if was.is() {
		ways = append(ways, "renew_keys")
	}
	o.known = append(o.known, ways...)
	create, renew := o.has("create_keys"), was.is() && o.has("renew_keys")
	pasted := o.has("access_key") || o.has("secret_key")
	switch {
	case create && pasted:
		return errors.New(`give either "create_keys" or "access_key" and "secret_key"`)
	case renew && (create || pasted):
		return errors.New(`give "renew_keys", or what new keys need, only one of them`)
	case renew:
		return g.readRenewal(o, was)
	}
	id := g.readApplication(o, was)
	if create {
		return g.readSignIn(o.object("create_keys"), id)
	}
	c := client.Legacy{ApplicationID: id, ApplicationKey: g.appKey}
	c.AccessKey, c.SecretKey = o.credential("access_key"), o.credential("secret_key")
	g.credential = c
	return nil
}

// readApplication reads which application the keys are for: that of the keys in force, unless another one is named.
func (g *given) readApplication(o *object, was before) string {
	old, is := was.credential.(client.Legacy)
	if is && !o.has("application_id") && !o.has("application_key") {
		g.appKey = old.ApplicationKey
		return old.ApplicationID
	}
	id := o.identifier("application_id")
	g.appKey = o.credential("application_key")
	return id
}

// readRenewal reads the sign-in that makes the keys in force valid again.
func (g *given) readRenewal(o *object, was before) error {
	old, _ := was.credential.(client.Legacy)
	for _, key := range []string{
		"application_id", "application_key", "integration", "region", "base_url", "internal_domain", "proxy", "ca_file", "rotate_after",
	} {
		if o.has(key) {
			return fmt.Errorf(`"renew_keys" renews the keys in force and changes nothing else: leave %q out`, key)
		}
	}
	g.appKey = old.ApplicationKey
	if err := g.readSignIn(o.object("renew_keys"), old.ApplicationID); err != nil || g.signIn == nil {
		return err
	}
	g.signIn.Expired = old.AccessKey
	return nil
}

// readSignIn reads whose password gets keys. Of a profile whose keys were got like that before, that is known.
func (g *given) readSignIn(below *object, application string) error {
	if below == nil {
		return nil
	}
	in := client.SignIn{ApplicationID: application}
	if in.Email = below.or("email", g.profile.ServiceUser); in.Email == "" {
		below.required("email")
	}
	if in.Type = client.SignInType(below.or("type", g.profile.SignIn)); in.Type == "" {
		below.required("type")
	}
	in.Password = below.line("password")
	if below.has("otp") {
		in.Code = below.code("otp")
	}
	below.known = append(below.known, "otp")
	if in.Email != "" {
		var err error
		if in.Email, err = client.ParseAddress(in.Email); err != nil {
			below.fail("key %q must be an e-mail address and nothing else", below.name("email"))
		}
	}
	if in.Type != "" && in.Type != client.SignInCloud && in.Type != client.SignInDomain {
		below.fail("key %q must be %q or %q", below.name("type"), client.SignInCloud, client.SignInDomain)
	}
	g.signIn = &in
	g.profile.ServiceUser, g.profile.SignIn = in.Email, string(in.Type)
	return below.end()
}
