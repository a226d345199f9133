package lifecycle

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// legacyKeys are keys of API 1.0 with an access key of their own.
func legacyKeys(access string) client.Legacy {
	return client.Legacy{
		ApplicationID: "app", ApplicationKey: secret.New("app-key"), AccessKey: secret.New(access), SecretKey: secret.New(access + "-secret"),
		ExpiresAt: time.Unix(99, 0),
	}
}

// TestServiceUserOfAProfile: the user is noted of keys of API 1.0 that were created, and where a profile is rotated or edited.
func TestServiceUserOfAProfile(t *testing.T) {
	t.Parallel()
	at := time.Unix(1, 0)
	for name, tt := range map[string]struct {
		api     client.API
		purpose Purpose
		created time.Time
		want    bool
		source  credstore.Source
	}{
		"pasted":            {client.API10, SettingUp, time.Time{}, false, credstore.Pasted},
		"created":           {client.API10, SettingUp, at, true, credstore.Created},
		"rotated":           {client.API10, Rotating, time.Time{}, true, credstore.Pasted},
		"edited":            {client.API10, Changing, time.Time{}, true, credstore.Pasted},
		"rolled back":       {client.API10, RollingBack, time.Time{}, false, credstore.Pasted},
		"API 2.0":           {client.API20, SettingUp, at, false, credstore.Pasted},
		"API 2.0, rotated":  {client.API20, Rotating, at, false, credstore.Pasted},
		"API 2.0, modified": {client.API20, Changing, time.Time{}, false, credstore.Pasted},
	} {
		c := Change{API: tt.api, Purpose: tt.purpose, KeysCreatedAt: tt.created, Email: "svc@example.com", SignIn: client.SignInDomain}
		p := c.Profile()
		if (p.ServiceUser == "svc@example.com") != tt.want || (p.SignIn == string(client.SignInDomain)) != tt.want || (p.ServiceUser+p.SignIn == "") == tt.want {
			t.Errorf("%s: %q, %q", name, p.ServiceUser, p.SignIn)
		}
		if got := c.Source(); got != tt.source {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestOfAVersion: a change of a version has its values, and is activated only for the current one.
func TestOfAVersion(t *testing.T) {
	t.Parallel()
	there := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://before"}}
	r := credstore.Record{
		Profile:  credstore.Profile{Name: "acme", API: client.API10, Endpoint: client.Endpoint{BaseURL: "https://now"}},
		Current:  &credstore.Version{ID: "2", Credential: legacyKeys("two")},
		Previous: &credstore.Version{ID: "1", Credential: client.OAuth{ClientID: "id", ClientSecret: secret.New("s")}, Profile: &there},
	}
	entry := credstore.Entry{Store: "keyring", Account: &credstore.AccountName{Name: "Acme Ltd"}}
	c := Current(r, entry)
	if !c.Activated || c.Store != "keyring" || c.BaseURLBefore != "https://now" || c.AccountName != "Acme Ltd" || !client.Same(c.Credential(), legacyKeys("two")) || !c.KeysExpireAt.Equal(time.Unix(99, 0)) {
		t.Errorf("current: %+v", c)
	}
	c = of(r, r.Previous, credstore.Entry{})
	if c.Activated || c.AccountName != "" || c.BaseURL != "https://before" || c.BaseURLBefore != "https://before" || !client.Same(c.Credential(), r.Previous.Credential) {
		t.Errorf("previous: %+v", c)
	}
	r.Current = nil
	if c = Current(r, entry); c.Activated || c.Credential() != nil || c.Store != "keyring" || c.Name != "acme" {
		t.Errorf("none: %+v", c)
	}
}

// TestWaiting: the change that led to what is pending has what lies in the store, and keeps what is known else.
func TestWaiting(t *testing.T) {
	t.Parallel()
	at := time.Unix(7, 0)
	own := credstore.Profile{
		Name: "acme", API: client.API10, Integration: "one", Also: []string{"two"}, Features: map[string][]string{"one": {"a"}}, Region: "eu",
		Endpoint:       client.Endpoint{BaseURL: "https://pending", Proxy: client.Proxy{}, CAFile: "/ca.pem"},
		InternalDomain: "example.com", ServiceUser: "svc@example.com", SignIn: string(client.SignInDomain),
	}
	pending := &credstore.Version{ID: "2", Credential: legacyKeys("two"), Source: credstore.Created, CreatedAt: at, Profile: &own}
	known := Change{Name: "typed", Store: "file", Email: "typed", SignIn: client.SignInCloud, RetirePrevious: true}
	c, ok := known.ForPending(credstore.Record{Pending: pending}, "keyring", "here")
	if !ok || c.Name != "acme" || c.Store != "keyring" || c.Integration != "one" || len(c.Also) != 1 || len(c.Features) != 1 || c.API != client.API10 ||
		c.InternalDomain != "example.com" || c.Region != "eu" || c.BaseURL != "https://pending" || c.CAFile != "/ca.pem" || c.Email != "svc@example.com" ||
		c.SignIn != client.SignInDomain || !c.RetirePrevious || !c.KeysCreatedAt.Equal(at) || !client.Same(c.Credential(), pending.Credential) {
		t.Errorf("waits: %v, %+v", ok, c)
	}
	if !c.Staged || c.StagedName != "acme" || c.StagedStore != "keyring" || c.StagedVersion != "2" || !client.Same(c.StagedCredential, pending.Credential) || c.Location != "here" || c.Replaces {
		t.Errorf("staged: %+v", c)
	}
	if c, _ := known.ForPending(credstore.Record{Pending: pending, Current: &credstore.Version{}}, "keyring", "here"); !c.Replaces {
		t.Error("it replaces nothing, although a version is current")
	}
	for name, version := range map[string]*credstore.Version{
		"pasted keys":       {Credential: legacyKeys("two"), Source: credstore.Pasted, CreatedAt: at, Profile: &own},
		"a pair of API 2.0": {Credential: client.OAuth{}, Source: credstore.Created, CreatedAt: at},
	} {
		if c, ok := known.ForPending(credstore.Record{Profile: credstore.Profile{API: client.API20}, Pending: version}, "", ""); !ok || !c.KeysCreatedAt.IsZero() {
			t.Errorf("%s: created at %v", name, c.KeysCreatedAt)
		}
	}
	for name, version := range map[string]*credstore.Version{"nothing": nil, "without a credential": {ID: "2"}} {
		if c, ok := known.ForPending(credstore.Record{Pending: version}, "keyring", "here"); ok || c.Name != "typed" || c.Staged {
			t.Errorf("%s: %v, %+v", name, ok, c)
		}
	}
}
