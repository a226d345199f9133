package credstore_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

var morning = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func clock() time.Time { return morning }

func oauth(tag string) client.OAuth {
	return client.OAuth{ClientID: "id-" + tag, ClientSecret: secret.New("SECRET-" + tag)}
}

func legacy(tag string) client.Legacy {
	return client.Legacy{
		ApplicationID: "app-" + tag, ApplicationKey: secret.New("SECRET-key-" + tag),
		AccessKey: secret.New("SECRET-access-" + tag), SecretKey: secret.New("SECRET-secret-" + tag),
	}
}

func profile(name string) credstore.Profile {
	return credstore.Profile{
		Name: name, Integration: "axonius-mimecast-v2", API: client.API20, Region: "us",
		Endpoint: client.Endpoint{BaseURL: "https://us-api.services.mimecast.com"},
	}
}

func profile10(name string) credstore.Profile {
	p := profile(name)
	p.API = client.API10
	return p
}

func passed() credstore.CheckSummary {
	return credstore.CheckSummary{
		At: morning.Add(time.Minute), OK: true, Passed: 5,
		Account: &credstore.AccountName{Name: "Example Corp", Code: "CUSA00A000", Region: "us"},
	}
}

// bench is one vault over a store of its own.
type bench struct {
	*testing.T
	vault *credstore.Vault
	index *credstore.Index
	store credstore.Store
}

func newBench(t *testing.T, store credstore.Store) bench {
	t.Helper()
	index := credstore.NewIndex(t.TempDir())
	v := credstore.NewVault(index, clock, store)
	t.Cleanup(v.Close)
	return bench{t, v, index, store}
}

// quickBench is a bench whose index writes no file.
func quickBench(t *testing.T, store credstore.Store) bench {
	t.Helper()
	index := credstore.NewMemoryIndex()
	v := credstore.NewVault(index, clock, store)
	t.Cleanup(v.Close)
	return bench{t, v, index, store}
}

// again is the same index and store in the hands of another process.
func (b bench) again(store credstore.Store) bench {
	b.Helper()
	b.vault = credstore.NewVault(b.index, clock, store)
	b.store = store
	b.Cleanup(b.vault.Close)
	return b
}

func (b bench) stage(name, tag string) credstore.Record {
	b.Helper()
	r, err := b.vault.Stage(b.Context(), b.store.Kind(), profile(name), oauth(tag), credstore.Pasted)
	if err != nil {
		b.Fatalf("Stage(%s): %v", tag, err)
	}
	return r
}

// stageKeys is stage for keys of API 1.0.
func (b bench) stageKeys(name, tag string) {
	b.Helper()
	if _, err := b.vault.Stage(b.Context(), b.store.Kind(), profile10(name), legacy(tag), credstore.Pasted); err != nil {
		b.Fatalf("Stage(%s): %v", tag, err)
	}
}

func (b bench) activate(name string) credstore.Record {
	b.Helper()
	r, err := b.vault.Activate(b.Context(), name, passed())
	if err != nil {
		b.Fatalf("Activate: %v", err)
	}
	return r
}

// setUp makes a profile whose current version is tag.
func (b bench) setUp(name, tag string) credstore.Record {
	b.Helper()
	b.stage(name, tag)
	defer func() { _ = b.vault.End(b.Context(), name, credstore.Left) }()
	return b.activate(name)
}

func (b bench) load(name string) credstore.Record {
	b.Helper()
	r, err := b.vault.Load(b.Context(), name)
	if err != nil {
		b.Fatalf("Load(%s): %v", name, err)
	}
	return r
}

func (b bench) entry(name string) credstore.Entry {
	b.Helper()
	e, known, err := b.vault.Lookup(name)
	if err != nil || !known {
		b.Fatalf("Lookup(%s) = %v, %v", name, known, err)
	}
	return e
}

// tags is which credentials a record has, such as "active=new previous=old".
func tags(r credstore.Record) string {
	var parts []string
	for _, v := range []struct {
		name string
		*credstore.Version
	}{{"active", r.Current}, {"pending", r.Pending}, {"previous", r.Previous}} {
		if v.Version != nil {
			parts = append(parts, v.name+"="+strings.TrimPrefix(v.Credential.Identifier(), "id-"))
		}
	}
	return strings.Join(parts, " ")
}

func wantKind(t *testing.T, err error, want credstore.Kind) {
	t.Helper()
	var e *credstore.Error
	if !errors.As(err, &e) || e.Kind != want {
		t.Fatalf("error %v, want one of kind %s", err, want)
	}
}

func wantTags(t *testing.T, r credstore.Record, want string) {
	t.Helper()
	if got := tags(r); got != want {
		t.Fatalf("record has %q, want %q", got, want)
	}
}

// previousID is the id of the previous version; "" when there is none.
func previousID(t *testing.T, v *credstore.Vault, name string) string {
	t.Helper()
	r, err := v.Load(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if r.Previous == nil {
		return ""
	}
	return r.Previous.ID
}

// logOut announces the log-out of the previous version.
func logOut(t *testing.T, v *credstore.Vault, name string) error {
	t.Helper()
	return v.Note(t.Context(), credstore.UnfinishedChange{Name: name, Phase: credstore.LoggingOut, Version: previousID(t, v, name)})
}
