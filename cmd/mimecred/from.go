package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"os"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// given is one set of credentials from --from: everything about a profile, and either its credential or what is needed
// to create one by signing in.
type given struct {
	profile    credstore.Profile
	credential client.Credential
	signIn     *client.SignIn
	appKey     secret.Value
}

// legacy is the credential that created keys make.
func (g given) legacy(keys client.Keys) client.Legacy {
	return client.Legacy{
		ApplicationID: g.signIn.ApplicationID, ApplicationKey: g.appKey,
		AccessKey: keys.AccessKey, SecretKey: keys.SecretKey,
	}
}

// readFrom reads what --from names: one object, or (when many is allowed) an array of them. name is a profile name given
// elsewhere, which makes the key "profile" optional.
func (a *app) readFrom(ctx context.Context, path, name string, many bool) ([]given, error) {
	label := path
	if path == "-" {
		label = "standard input"
		if isTerminal(a.std.in) {
			return nil, usage(errors.New("--from - reads from another program, and a terminal would show the secrets"),
				"mimecred setup asks for them without showing them", "otherwise give --from a file, or a pipe: PROGRAM | mimecred ... --from -")
		}
	}
	list, err := awaited(ctx, func() ([]given, error) {
		in := a.std.in
		if path != "-" {
			f, err := os.Open(path)
			if err != nil {
				return nil, fmt.Errorf("open the file of --from: %w", err)
			}
			defer f.Close() //nolint:errcheck // it was only read
			in = f
		}
		return decodeFrom(in, name, many)
	})
	var f *failure
	switch {
	case err == nil:
		return list, nil
	case ctx.Err() != nil:
		return nil, interruption(ctx)
	case errors.As(err, &f):
		return nil, usage(fmt.Errorf("%s: %w", label, f.err), f.hints...)
	default:
		return nil, usagef("%s: %w", label, err)
	}
}

func decodeFrom(r io.Reader, name string, many bool) ([]given, error) {
	raw, err := readJSON(r)
	if err != nil {
		return nil, err
	}
	if raw[0] != '[' {
		g, err := decodeGiven(raw, name)
		return []given{g}, err
	}
	if !many {
		return nil, errors.New("setup takes one set of credentials, not an array")
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, fmt.Errorf("is no valid array: %w", err)
	}
	if len(items) == 0 {
		return nil, errors.New("the array is empty")
	}
	list := make([]given, len(items))
	for i, item := range items {
		if list[i], err = decodeGiven(unwrap(item), name); err != nil {
			return nil, fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return list, nil
}

// unwrap takes the credentials out of an item of the list that simulate prints.
func unwrap(item json.RawMessage) json.RawMessage {
	var printed struct {
		From json.RawMessage `json:"from"`
	}
	if json.Unmarshal(item, &printed) != nil || printed.From == nil {
		return item
	}
	return printed.From
}

func decodeGiven(raw json.RawMessage, name string) (given, error) {
	o, err := readObject("", raw)
	if err != nil {
		return given{}, err
	}
	var g given
	p := &g.profile
	if p.Name = o.optional("profile"); p.Name == "" {
		p.Name = name
	}
	p.Integration = o.optional("integration")
	p.API = client.API(o.required("api"))
	p.InternalDomain = o.optional("internal_domain")
	p.Region = o.optional("region")
	p.Endpoint.BaseURL = strings.TrimRight(o.optional("base_url"), "/")
	p.Endpoint.CAFile = o.optional("ca_file")
	if below := o.object("proxy"); below != nil {
		p.Endpoint.Proxy, err = readProxy(below)
		o.adopt(err)
	}
	switch p.API {
	case client.API20:
		c := client.OAuth{ClientID: o.identifier("client_id")}
		c.ClientSecret = o.credential("client_secret")
		g.credential = c
	case client.API10:
		o.adopt(g.readLegacy(o))
	case "":
	default:
		return g, errors.New(`key "api" must be "1.0" or "2.0"`)
	}
	if err := o.end(); err != nil {
		return g, err
	}
	return g, g.settle(name)
}

// adopt takes over the first error of an object below.
func (o *object) adopt(err error) {
	if o.err == nil {
		o.err = err
	}
}

func (g *given) readLegacy(o *object) error {
	id := o.identifier("application_id")
	g.appKey = o.credential("application_key")
	if !o.has("create_keys") {
		c := client.Legacy{ApplicationID: id, ApplicationKey: g.appKey}
		c.AccessKey, c.SecretKey = o.credential("access_key"), o.credential("secret_key")
		// The key that stands in their place is known here all the same.
		o.known = append(o.known, "create_keys")
		g.credential = c
		return nil
	}
	if o.has("access_key") || o.has("secret_key") {
		o.known = append(o.known, "create_keys", "access_key", "secret_key")
		return errors.New(`give either "create_keys" or "access_key" and "secret_key"`)
	}
	below := o.object("create_keys")
	if below == nil {
		return nil
	}
	in := client.SignIn{ApplicationID: id, Email: below.required("email")}
	in.Type = client.SignInType(below.required("type"))
	in.Password = below.line("password")
	if below.has("otp") {
		in.Code = below.credential("otp")
	}
	below.known = append(below.known, "otp")
	// An address with a name in front of it is one too, and would be sent as it stands.
	if address, err := mail.ParseAddress(in.Email); in.Email != "" && (err != nil || address.Address != in.Email) {
		below.fail("key %q must be an e-mail address and nothing else", below.name("email"))
	}
	if in.Type != "" && in.Type != client.SignInCloud && in.Type != client.SignInDomain {
		below.fail("key %q must be %q or %q", below.name("type"), client.SignInCloud, client.SignInDomain)
	}
	g.signIn = &in
	g.profile.ServiceUser, g.profile.SignIn = in.Email, string(in.Type)
	return below.end()
}

func readProxy(o *object) (client.Proxy, error) {
	p := client.Proxy{URL: o.required("url"), Username: o.optional("username")}
	if o.has("password") {
		p.Password = o.line("password")
		if p.Username == "" {
			o.fail("key %q is missing", o.name("username"))
		}
	}
	o.known = append(o.known, "password")
	return p, o.end()
}

// settle checks what no single key can tell.
func (g *given) settle(name string) error {
	p := &g.profile
	if p.Name == "" {
		return errors.New(`key "profile" is missing`)
	}
	if name != "" && p.Name != name {
		return fmt.Errorf(`key "profile" says %q and the command line says %q`, p.Name, name)
	}
	if err := credstore.ValidName(p.Name); err != nil {
		return fmt.Errorf(`key "profile": %w`, err)
	}
	if p.Integration != "" {
		if _, known := catalog.Lookup(p.Integration); !known {
			return fmt.Errorf(`key "integration": there is no integration %q`, p.Integration)
		}
	}
	if err := g.settlePlace(); err != nil {
		return err
	}
	if err := p.Endpoint.Validate(); err != nil {
		return fmt.Errorf(`key %q: %w`, g.endpointKey(), err)
	}
	return nil
}

// settlePlace makes "region" and "base_url" agree.
func (g *given) settlePlace() error {
	p := &g.profile
	if p.Endpoint.BaseURL == "" && p.Region == "" {
		return errors.New(`key "base_url" (or "region") is missing`)
	}
	if p.Region != "" {
		base, known := regionBase(p.API, p.Region)
		if !known {
			return fmt.Errorf(`key "region": there is no region %q of API %s`, p.Region, p.API)
		}
		if p.Endpoint.BaseURL == "" {
			p.Endpoint.BaseURL = base
			return nil
		}
	}
	place, err := client.Recognise(p.Endpoint.BaseURL, p.API)
	var other *client.WrongAPIError
	if errors.As(err, &other) {
		return usage(fmt.Errorf(`key "base_url" is a host of API %s, and "api" says %s`, other.Got, p.API),
			fmt.Sprintf("API %s is at %s", p.API, other.Offer.BaseURL))
	}
	if err != nil {
		return nil //nolint:nilerr // a host that is not known, such as the simulator's, is judged by Validate alone
	}
	switch {
	case place.NeedsDiscovery:
		return usage(errors.New(`key "base_url" is a host that is the same for every region`), `give "region" instead, or the region's own host`)
	case isConsole(p.Endpoint.BaseURL, place):
		return usage(errors.New(`key "base_url" is an address of the console and not of the API`), "the API is at "+place.BaseURL)
	}
	if p.Region != "" && place.RegionCode != "" && place.RegionCode != p.Region {
		return fmt.Errorf(`key "base_url" is the host of region %q, and "region" says %q`, place.RegionCode, p.Region)
	}
	if p.Region == "" {
		p.Region = place.RegionCode
	}
	return nil
}

// isConsole tells whether the place that was recognised in base is at another host. The API itself has one such host: an
// old name of the European grid.
func isConsole(base string, place client.Place) bool {
	given, err := url.Parse(base)
	known, errKnown := url.Parse(place.BaseURL)
	return err == nil && errKnown == nil && !strings.EqualFold(strings.TrimSuffix(given.Hostname(), "."), known.Hostname()) &&
		!strings.HasSuffix(strings.ToLower(given.Hostname()), "-api.mimecast.com")
}

// regionBase is the base URL of a region.
func regionBase(api client.API, code string) (string, bool) {
	if api == client.API20 {
		for _, place := range client.Endpoints20() {
			if place.RegionCode == code {
				return place.BaseURL, true
			}
		}
		return "", false
	}
	for _, region := range client.Regions() {
		if region.Code == code {
			return region.BaseURL(), true
		}
	}
	return "", false
}

// endpointKey finds which key of the endpoint is wrong by trying it alone.
func (g *given) endpointKey() string {
	e := g.profile.Endpoint
	if (client.Endpoint{BaseURL: e.BaseURL}).Validate() != nil {
		return "base_url"
	}
	if (client.Endpoint{BaseURL: e.BaseURL, Proxy: e.Proxy}).Validate() != nil {
		return "proxy.url"
	}
	return "ca_file"
}
