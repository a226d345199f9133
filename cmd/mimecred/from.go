package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"time"

	"mimecred/client"
	"mimecred/client/localfile"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// given is one set of credentials from --from: everything about a profile, and either its credential or what is needed
// to get one by signing in.
type given struct {
	profile    credstore.Profile
	credential client.Credential
	signIn     *client.SignIn
	appKey     secret.Value
	// moreKeys tells whether to sign in although keys of an earlier sign-in may be lost.
	moreKeys bool
	// notes are what is said about it before it is used.
	notes []string
}

// renews tells that the sign-in is to make the current keys valid again.
func (g given) renews() bool { return g.signIn != nil && !g.signIn.Expired.IsZero() }

// legacy is the credential that created keys make.
func (g given) legacy(keys client.Keys, now time.Time) client.Legacy {
	return client.Legacy{
		ApplicationID: g.signIn.ApplicationID, ApplicationKey: g.appKey,
		AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, ExpiresAt: keys.ExpiresAt(now),
	}
}

// before is the profile that is rotated, and its current credential: whatever --from leaves out comes from there. It is
// zero when a profile is set up or only checked.
type before struct {
	profile    credstore.Profile
	credential client.Credential
}

// is tells whether there is one.
func (b before) is() bool { return b.credential != nil }

// reading is how --from is to be read.
type reading struct {
	// name is a profile name given elsewhere, which makes the key "profile" optional.
	name string
	// many allows an array.
	many   bool
	before before
	// allowed are the hosts of --allow-host, as client.HostKey gives them.
	allowed []string
	// saved gives a profile that is on the list already; nil for none. Its name and its host are not judged again.
	saved func(name string) (credstore.Entry, bool)
}

// onList is the entry of a profile that is saved already.
func (how reading) onList(name string) (credstore.Entry, bool) {
	if how.saved == nil {
		return credstore.Entry{}, false
	}
	return how.saved(name)
}

// readFrom reads what --from names: one object, or (when many is allowed) an array of them.
func (a *app) readFrom(ctx context.Context, path string, how reading) ([]given, error) {
	raw, err := a.readRaw(ctx, path)
	if err != nil {
		return nil, err
	}
	how.saved = a.saved
	list, err := how.decode(raw)
	return list, inFile(path, err)
}

// saved looks a profile up on the list. A list that cannot be read knows none; what needs it says so itself.
func (a *app) saved(name string) (credstore.Entry, bool) {
	index, err := a.openIndex()
	if err != nil {
		return credstore.Entry{}, false
	}
	entry, found, err := index.Get(name)
	return entry, found && err == nil
}

// largestFrom is the most that is read of --from, in bytes.
const largestFrom = 1 << 20

// readRaw reads the text of --from.
func (a *app) readRaw(ctx context.Context, path string) (json.RawMessage, error) {
	data, err := a.readFile(ctx, path, largestFrom)
	if err != nil {
		if ctx.Err() != nil {
			return nil, interruption(ctx)
		}
		return nil, inFile(path, err)
	}
	raw, err := parseJSON(data)
	return raw, inFile(path, err)
}

// tellShared says once when others may read a file that has secrets.
func (a *app) tellShared(info fs.FileInfo, path string) {
	if runtime.GOOS == "windows" || !info.Mode().IsRegular() || info.Mode().Perm()&0o044 == 0 || slices.Contains(a.toldFiles, path) {
		return
	}
	a.toldFiles = append(a.toldFiles, path)
	a.say("warning: others may read %s, which holds secrets", path)
	if at, err := os.Stat(path); err == nil && os.SameFile(at, info) { // a descriptor has no path
		a.say("hint: chmod 600 %s ends that", path)
	}
}

// readFile reads what --from names, which is no terminal.
func (a *app) readFile(ctx context.Context, path string, most int64) ([]byte, error) {
	refused := usage(errors.New("a terminal would show the secrets as they are typed"),
		"mimecred setup asks for them without showing them", "otherwise give --from a file, or a pipe: PROGRAM | mimecred ... --from -")
	if path == "-" {
		if isTerminal(a.std.in) {
			return nil, refused
		}
		return awaited(ctx, func() ([]byte, error) { return readLimited(a.std.in, most) })
	}
	data, err := localfile.ReadNamed(ctx, path, most, func(f *os.File) error {
		if isTerminal(f) {
			return refused
		}
		if info, err := f.Stat(); err == nil {
			a.tellShared(info, path)
		}
		return nil
	})
	var large *localfile.TooLargeError
	if errors.As(err, &large) {
		return nil, tooLarge(most)
	}
	return data, err
}

// inFile says which file an error is about.
func inFile(path string, err error) error {
	label := path
	if path == "-" {
		label = "standard input"
	}
	var f *failure
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return usage(fmt.Errorf("%s: %w", label, f.err), f.hints...)
	default:
		return usagef("%s: %w", label, err)
	}
}

func decodeFrom(r io.Reader, name string, many bool) ([]given, error) {
	data, err := readLimited(r, largestFrom)
	if err != nil {
		return nil, err
	}
	raw, err := parseJSON(data)
	if err != nil {
		return nil, err
	}
	return reading{name: name, many: many}.decode(raw)
}

func (how reading) decode(raw json.RawMessage) ([]given, error) {
	list, err := how.decodeAll(raw)
	return list, withQuotes(raw, err)
}

func (how reading) decodeAll(raw json.RawMessage) ([]given, error) {
	if raw[0] != '[' {
		g, err := how.decodeOne(raw)
		return []given{g}, err
	}
	if !how.many {
		return nil, errors.New("give one set of credentials here, not an array")
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
		from, err := unwrap(item)
		if err == nil {
			list[i], err = how.decodeOne(from)
		}
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return list, nil
}

// unwrap gives the credentials of an item of the list that simulate prints.
func unwrap(item json.RawMessage) (json.RawMessage, error) {
	printed, err := readObject("", item)
	if err != nil {
		return nil, err
	}
	if from, is := printed.fields["from"]; is {
		return from, nil
	}
	return item, nil
}

func decodeGiven(raw json.RawMessage, name string) (given, error) {
	return reading{name: name}.decodeOne(raw)
}

func (how reading) decodeOne(raw json.RawMessage) (given, error) {
	o, err := readObject("", raw)
	if err != nil {
		return given{}, err
	}
	r := &fileReader{object: o, how: how, a: flow.Of(lifecycle.Of(how.before.profile, how.before.credential))}
	g := given{}
	r.a.Name = how.name
	if _, saved := how.onList(o.peek("profile")); saved || how.before.is() {
		r.a.Name = o.or("profile", how.name) // names that are refused by now can still be used
	} else {
		r.ask(o, step.ProfileForm, "profile", "profile")
	}
	r.profile()
	switch was := how.before; {
	case was.is() && r.a.API != was.credential.API():
		return g, usage(fmt.Errorf(`key "api" says %q, and %s is of API %s`, r.a.API, how.name, was.credential.API()),
			"mimecred setup "+how.name+" --from FILE sets a profile up anew, also for the other API")
	case r.a.API == client.API20:
		r.credential()
	case r.a.API == client.API10:
		o.adopt(r.legacy(&g))
	default: // which keys belong to it is not known yet, so that those of both count as known
		o.known = append(o.known, "client_id", "client_secret", "application_id", "application_key", "access_key", "secret_key", "create_keys")
	}
	if err := o.end(); err != nil {
		return g, err
	}
	g.profile, g.appKey = how.profile(r.a), r.a.ApplicationKey
	if g.signIn == nil {
		g.credential = r.a.Credential()
	}
	return g, g.validate(how, o)
}

// profile is what the answers say of the profile, on top of what it is already.
func (how reading) profile(a flow.Answers) credstore.Profile {
	p := how.before.profile
	p.Name, p.Integration, p.Also, p.Features, p.API = a.Name, a.Integration, a.Also, a.Features, a.API
	p.Region, p.Endpoint, p.InternalDomain, p.RotateAfter = a.Region, a.Endpoint(), a.InternalDomain, a.RotateAfter
	p.ServiceUser, p.SignIn = a.Email, string(a.SignIn)
	return p
}

// validate checks what no single key can tell.
func (g *given) validate(how reading, o *object) error {
	p, name := &g.profile, how.name
	if p.Name == "" {
		return errors.New(`key "profile" is missing`)
	}
	if name != "" && p.Name != name {
		return fmt.Errorf(`key "profile" says %q and the command line says %q`, p.Name, name)
	}
	valid := credstore.NewName
	if _, is := how.onList(p.Name); is || how.before.is() {
		valid = credstore.ValidName
	}
	if err := valid(p.Name); err != nil {
		return fmt.Errorf(`key "profile": %w`, err)
	}
	if err := g.agreeOnHost(how, o); err != nil {
		return err
	}
	if err := p.Endpoint.Validate(); err != nil {
		return fmt.Errorf(`key "base_url": %w`, err)
	}
	return nil
}
