package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// TestSignInOfAChange: only a renewal of keys names the expired ones, and knows that they are the same when they come back.
func TestSignInOfAChange(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	s := Service{Now: func() time.Time { return now }}
	for name, tt := range map[string]struct {
		purpose Purpose
		way     Way
		old     client.Credential
		renews  bool
	}{
		"a renewal":           {Rotating, Renew, legacyKeys("one"), true},
		"a rotation":          {Rotating, NewKeys, legacyKeys("one"), false},
		"a set-up":            {SettingUp, Renew, legacyKeys("one"), false},
		"an edit":             {Changing, Renew, legacyKeys("one"), false},
		"a pair before":       {Rotating, Renew, client.OAuth{}, false},
		"nothing was current": {Rotating, Renew, nil, false},
	} {
		c := Change{
			API: client.API10, Purpose: tt.purpose, Way: tt.way, ApplicationID: "app", Email: "svc@example.com", SignIn: client.SignInDomain,
			Password: secret.New("pw"), Replaced: Replaced{Credential: tt.old},
		}
		if got := c.Renewing(); got != tt.renews {
			t.Errorf("%s: renews %v", name, got)
		}
		ask := c.Ask(secret.New("123456"))
		if ask.ApplicationID != "app" || ask.Email != c.Email || ask.Type != client.SignInDomain || !ask.Password.Equal(c.Password) ||
			!ask.Code.Equal(secret.New("123456")) || ask.Expired.IsZero() == tt.renews {
			t.Errorf("%s: asks %+v", name, ask)
		}
		for _, access := range []string{"one", "two"} {
			keys := client.Keys{AccessKey: secret.New(access), SecretKey: secret.New("fresh"), Duration: time.Hour}
			made, renewed := s.WithKeys(c, keys)
			same := tt.renews && access == "one"
			want, created := "fresh", now
			if same {
				want, created = "one-secret", time.Time{}
			}
			if renewed != same || !made.Password.IsZero() || !made.KeysExpireAt.Equal(now.Add(time.Hour)) || !made.AccessKey.Equal(keys.AccessKey) ||
				!made.SecretKey.Equal(secret.New(want)) || !made.KeysCreatedAt.Equal(created) {
				t.Errorf("%s, %s: renewed %v, %+v", name, access, renewed, made)
			}
		}
	}
}

// counter is a Mimecast that answers a sign-in, and keeps that it was asked.
type counter struct {
	Mimecast
	keys  client.Keys
	err   error
	asked *[]string
}

func (m counter) SignIn(context.Context, client.SignIn) (client.Keys, error) {
	*m.asked = append(*m.asked, "sign in")
	return m.keys, m.err
}
func (m counter) Close() { *m.asked = append(*m.asked, "close") }

// renewable is a vault that notes until when keys are valid.
type renewable struct{ *shelved }

func (v renewable) Renewed(_ context.Context, name string, until time.Time) error {
	v.asked = append(v.asked, fmt.Sprintf("renewed %s %d", name, until.Unix()))
	return v.fails["renewed"]
}

// TestCreateNotesWhatMayBeLeft: a sign-in is noted before it is sent, and afterwards what came of it as far as that is known.
func TestCreateNotesWhatMayBeLeft(t *testing.T) {
	t.Parallel()
	failed := errors.New("made to fail")
	const before, begun, created, in, end = "note creating acme ", "note begun acme ", "note created acme ", "sign in", "close"
	for name, tt := range map[string]struct {
		way    Way
		access string
		err    error
		fails  string
		wants  []string
		sent   bool
		told   bool
	}{
		"new keys":                   {NewKeys, "two", nil, "", []string{before, in, created, end}, true, false},
		"the same, not asked for":    {NewKeys, "one", nil, "", []string{before, in, created, end}, true, false},
		"none, and no error":         {NewKeys, "", nil, "", []string{before, in, created, end}, true, false},
		"renewed":                    {Renew, "one", nil, "", []string{before, in, begun, "renewed acme 4600", end}, true, false},
		"renewed, and not noted":     {Renew, "one", nil, "renewed", []string{before, in, begun, "renewed acme 4600", end}, true, true},
		"a renewal gives other keys": {Renew, "two", nil, "", []string{before, in, created, end}, true, false},
		"refused":                    {NewKeys, "", &client.Error{Kind: client.InvalidCredentials}, "", []string{before, in, begun, end}, true, false},
		"a renewal is refused":       {Renew, "", &client.Error{Kind: client.InvalidCredentials}, "", []string{before, in, begun, end}, true, false},
		"no answer":                  {NewKeys, "", &client.Error{Kind: client.Timeout}, "", []string{before, in, end}, true, false},
		"cannot be noted":            {NewKeys, "two", nil, "note", []string{before, end}, false, false},
		"cannot be reached":          {NewKeys, "two", nil, "dial", nil, false, false},
	} {
		for _, listens := range []bool{true, false} {
			v := renewable{&shelved{fails: map[string]error{tt.fails: failed}, is: true, noted: credstore.UnfinishedChange{LostKeys: []credstore.LostKeys{{User: "before"}}}}}
			s := Service{Vault: v, Now: func() time.Time { return time.Unix(1000, 0) }, Dial: func(client.Endpoint) (Mimecast, error) {
				if tt.fails == "dial" {
					return nil, failed
				}
				return counter{keys: client.Keys{AccessKey: secret.New(tt.access), Duration: time.Hour}, err: tt.err, asked: &v.asked}, nil
			}}
			told := false
			var tell Tell
			if listens {
				tell = func(e Event) {
					n, is := e.(ExpiryNotNoted)
					told = told || is && n.Name == "acme" && errors.Is(n.Err, failed)
				}
			}
			c := Change{Name: "acme", API: client.API10, Purpose: Rotating, Way: tt.way, Replaced: Replaced{Credential: legacyKeys("one")}}
			ctx, cancel := context.WithCancel(t.Context())
			cancel() // which a sign-in outlives
			keys, left, sent, err := s.create(ctx, c, secret.Value{}, tell)
			bad := tt.err != nil || tt.fails == "note" || tt.fails == "dial"
			if (err != nil) != bad || sent != tt.sent || told != (tt.told && listens) || !slices.Equal(v.asked, tt.wants) || len(left) != 1 {
				t.Errorf("%s: %v, sent %v, told %v, left %v, asked %q", name, err, sent, told, left, v.asked)
			}
			if !bad && !keys.AccessKey.Equal(secret.New(tt.access)) {
				t.Errorf("%s: other keys came", name)
			}
		}
	}
}

// TestOnlyUnstoredKeysAreLoggedOut: what was logged out is noted as gone, what was not is not.
func TestOnlyUnstoredKeysAreLoggedOut(t *testing.T) {
	t.Parallel()
	for _, failed := range []error{nil, errors.New("made to fail")} {
		v := &shelved{}
		s := Service{Vault: v, Dial: func(client.Endpoint) (Mimecast, error) { return backLine{line: line{out: &v.asked, fail: failed}}, nil }}
		c := Of(credstore.Profile{Name: "acme", API: client.API10}, legacyKeys("one"))
		want := []string{"out one by app-key", "close"}
		if failed == nil {
			want = []string{"out one by app-key", "note begun acme ", "close"}
		}
		if err := s.LogOutUnstored(t.Context(), c); !errors.Is(err, failed) || !slices.Equal(v.asked, want) {
			t.Errorf("%v: asked %q", err, v.asked)
		}
	}
}

// backLine is a line that does nothing else of Mimecast.
type backLine struct {
	Mimecast
	line line
}

func (b backLine) SignOut(ctx context.Context, keys client.Legacy, access secret.Value) error {
	return b.line.SignOut(ctx, keys, access)
}
func (b backLine) Close() { b.line.Close() }

// finder is a Mimecast that says where an account lives.
type finder struct {
	Mimecast
	base   string
	err    error
	closed *bool
}

func (f finder) Discover(_ context.Context, application, email string) (client.Discovery, error) {
	if application != "app" || email != "svc@example.com" {
		return client.Discovery{}, errors.New("asked for somebody else")
	}
	return client.Discovery{BaseURL: f.base}, f.err
}
func (f finder) Close() { *f.closed = true }

// TestDiscoverAsksWhereItIsTold: the account is asked for at the base that is given, through the connection of the change.
func TestDiscoverAsksWhereItIsTold(t *testing.T) {
	t.Parallel()
	failed := errors.New("made to fail")
	for name, tt := range map[string]struct {
		dial, answer error
		base         string
		bad          bool
	}{
		"found":       {nil, nil, "https://eu-api.mimecast.com", false},
		"no line":     {failed, nil, "", true},
		"no answer":   {nil, failed, "https://eu-api.mimecast.com", true},
		"not its own": {nil, nil, "not a base", true},
	} {
		at, closed := client.Endpoint{}, false
		s := Service{Dial: func(e client.Endpoint) (Mimecast, error) {
			at = e
			return finder{base: tt.base, err: tt.answer, closed: &closed}, tt.dial
		}}
		c := Change{ApplicationID: "app", Email: "svc@example.com", BaseURL: "https://before", CAFile: "/ca.pem"}
		place, err := s.Discover(t.Context(), c, "https://asked")
		if (err != nil) != tt.bad || at.BaseURL != "https://asked" || at.CAFile != "/ca.pem" || closed == (tt.dial != nil) {
			t.Errorf("%s: %v, asked %+v, closed %v", name, err, at, closed)
		}
		if !tt.bad && place.BaseURL != tt.base {
			t.Errorf("%s: %+v", name, place)
		}
	}
}
