package main

import (
	"errors"
	"fmt"
	"slices"

	"mimecred/client"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// fileReader answers the questions of the steps with what a --from file has.
type fileReader struct {
	*object
	how reading
	a   flow.Answers
}

// ask gives the value of a key of an object to the question of that ID, when the file has it.
func (r *fileReader) ask(o *object, build step.Make, id, key string) {
	o.known = append(o.known, key)
	q, asked := build(step.Env{}, r.a).Find(id)
	switch {
	case !o.has(key):
	case !asked:
		o.fail("key %q is not asked for here", o.name(key))
	case q.Kind == step.Several:
		o.judge(key, q.Answer(&r.a, step.Value{Many: o.list(key)}))
	default:
		if text := o.optional(key); text != "" {
			o.judge(key, q.Answer(&r.a, q.Typed(text)))
		}
	}
}

// need is ask for a key that must be there.
func (r *fileReader) need(o *object, build step.Make, id, key string) {
	if !o.has(key) {
		o.fail("key %q is missing", o.name(key))
	}
	r.ask(o, build, id, key)
}

// judge keeps what a question says of a value.
func (o *object) judge(key string, v step.Verdict) {
	_, foreign := errors.AsType[*client.ForeignValueError](v.Err)
	switch {
	case foreign:
		o.fail("key %q: %w; give each value alone, under its own key", o.name(key), v.Err)
	case v.Err != nil:
		o.fail("key %q: %w", o.name(key), v.Err)
	}
}

// profile reads everything but the credential. What a renewal or a rotation leaves out stays as it is.
func (r *fileReader) profile() {
	if r.has("integration") {
		r.a.Also, r.a.Features = nil, nil
	}
	api := r.a.API
	r.ask(r.object, step.ProductForm, "integration", "integration")
	if r.how.before.is() {
		r.a.API = api // the credential that there is decides
	}
	if r.ask(r.object, step.APIForm, "api", "api"); r.a.API == "" {
		r.required("api")
	}
	r.ask(r.object, step.ProductForm, "also", "also")
	r.ask(r.object, step.ProductForm, "features", "features")
	r.ask(r.object, step.DomainForm, "internal_domain", "internal_domain")
	r.ask(r.object, step.EditForm, "rotate_after", "rotate_after")
	if r.has("region") || r.has("base_url") {
		r.a.Region, r.a.BaseURL = "", ""
	}
	// The two are one value, which agreeOnHost reads.
	r.a.Region, r.a.BaseURL = r.or("region", r.a.Region), r.or("base_url", r.a.BaseURL)
	if below := r.object.object("proxy"); below != nil {
		r.proxy(below)
	}
	r.a.OwnConnection = true
	r.ask(r.object, step.ConnectionForm, "ca_file", "ca_file")
}

func (r *fileReader) proxy(below *object) {
	r.a.Proxy, r.a.OwnConnection = client.Proxy{}, true
	r.need(below, step.ConnectionForm, "proxy.url", "url")
	r.ask(below, step.ConnectionForm, "proxy.username", "username")
	if below.has("password") && r.a.Proxy.Username == "" {
		below.fail("key %q is missing", below.name("username"))
	}
	r.ask(below, step.ConnectionForm, "proxy.password", "password")
	r.adopt(below.end())
}

// credential reads the ID and the secret of API 2.0.
func (r *fileReader) credential() {
	r.need(r.object, step.ApplicationForm, client.FieldClientID, "client_id")
	r.need(r.object, step.ApplicationForm, client.FieldClientSecret, "client_secret")
}

// legacy reads what --from says of a credential of API 1.0.
func (r *fileReader) legacy(g *given) error {
	was := r.how.before
	// The keys that replace others are known here all the same.
	ways := []string{"application_id", "application_key", "access_key", "secret_key", "create_keys"}
	if was.is() {
		ways = append(ways, "renew_keys")
	}
	r.known = append(r.known, ways...)
	create, renew := r.has("create_keys"), was.is() && r.has("renew_keys")
	pasted := r.has("access_key") || r.has("secret_key")
	switch {
	case create && pasted:
		return errors.New(`give either "create_keys" or "access_key" and "secret_key"`)
	case renew && (create || pasted):
		return errors.New(`give "renew_keys", or what new keys need, only one of them`)
	case renew:
		return r.renewal(g)
	}
	if !was.is() || r.has("application_id") || r.has("application_key") { // otherwise that of the current keys
		r.need(r.object, step.ApplicationForm, client.FieldApplicationID, "application_id")
		r.need(r.object, step.ApplicationForm, client.FieldApplicationKey, "application_key")
	}
	if create {
		return r.signIn(g, r.object.object("create_keys"))
	}
	r.a.KeysWay = flow.FromConsole
	r.need(r.object, step.KeysForm, client.FieldAccessKey, "access_key")
	r.need(r.object, step.KeysForm, client.FieldSecretKey, "secret_key")
	return nil
}

// renewal reads the sign-in that makes the current keys valid again.
func (r *fileReader) renewal(g *given) error {
	old, _ := r.how.before.credential.(client.Legacy)
	if i := slices.IndexFunc(notRenewed(), r.has); i >= 0 {
		return fmt.Errorf(`"renew_keys" renews the current keys and changes nothing else: leave %q out`, notRenewed()[i])
	}
	if err := r.signIn(g, r.object.object("renew_keys")); err != nil || g.signIn == nil {
		return err
	}
	g.signIn.Expired = old.AccessKey
	return nil
}

// keyMoreKeys answers lifecycle.AskMore: whether to sign in although keys of an earlier sign-in may be lost.
const keyMoreKeys = "despite_lost_keys"

// notRenewed are the keys that a renewal leaves as they are.
func notRenewed() []string {
	return []string{
		"application_id", "application_key", "integration", "also", "features", "region", "base_url", "internal_domain", "proxy", "ca_file", "rotate_after",
	}
}

// signIn reads whose password gets keys. Of a profile whose keys were got like that before, that is known.
func (r *fileReader) signIn(g *given, below *object) error {
	if below == nil {
		return nil
	}
	r.a.KeysWay = flow.CreateHere
	ask := func(known bool, id, key string) {
		if known {
			r.ask(below, step.KeysForm, id, key)
			return
		}
		r.need(below, step.KeysForm, id, key)
	}
	ask(r.a.Email != "", step.KeyEmail, "email")
	ask(r.a.SignIn != "", step.KeyType, "type")
	ask(false, step.KeyPassword, "password")
	g.signIn = &client.SignIn{ApplicationID: r.a.ApplicationID, Email: r.a.Email, Type: r.a.SignIn, Password: r.a.Password}
	if below.known = append(below.known, "otp"); below.has("otp") {
		q := step.Code(step.Env{}, g.signIn.Code, &g.signIn.Code)
		below.judge("otp", q.Answer(&r.a, q.Typed(below.optional("otp"))))
	}
	g.moreKeys = below.flag(keyMoreKeys, true)
	return below.end()
}
