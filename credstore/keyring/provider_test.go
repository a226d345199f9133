//go:build linux

package keyring_test

import (
	"os"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"mimecred/credstore"
	"mimecred/credstore/keyring"
	"mimecred/credstore/keyring/keyringtest"
)

// provider is a Secret Service whose person dismisses every question. It has one collection and, when kept is set, one
// item.
type provider struct {
	conn *dbus.Conn
	// locked makes unlocking ask; alias is what the default collection is, "/" for none.
	locked bool
	alias  dbus.ObjectPath
	kept   bool
	// odd makes it give answers of types that nobody expects.
	odd bool
}

const (
	root       = dbus.ObjectPath("/org/freedesktop/secrets")
	collection = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	aliased    = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
	item       = dbus.ObjectPath("/org/freedesktop/secrets/collection/login/1")
	prompt     = dbus.ObjectPath("/org/freedesktop/secrets/prompt/1")
	sessionOne = dbus.ObjectPath("/org/freedesktop/secrets/session/1")
	none       = dbus.ObjectPath("/")
)

type wireSecret struct {
	Session    dbus.ObjectPath
	Parameters []byte
	Value      []byte
	Type       string
}

func (p *provider) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), sessionOne, nil
}

func (p *provider) Unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if p.locked {
		return []dbus.ObjectPath{}, prompt, nil
	}
	return paths, none, nil
}

func (p *provider) ReadAlias(string) (dbus.ObjectPath, *dbus.Error) { return p.alias, nil }

func (p *provider) SearchItems(map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	if p.kept {
		return []dbus.ObjectPath{item}, nil
	}
	return []dbus.ObjectPath{}, nil
}

func (p *provider) CreateItem(map[string]dbus.Variant, wireSecret, bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	return none, prompt, nil
}

func (p *provider) GetSecret(session dbus.ObjectPath) (wireSecret, *dbus.Error) {
	return wireSecret{session, []byte{}, []byte("old"), "text/plain"}, nil
}

// Get is org.freedesktop.DBus.Properties.Get, asked for the list of collections.
func (p *provider) Get(string, string) (dbus.Variant, *dbus.Error) {
	if p.odd {
		return dbus.MakeVariant(42), nil
	}
	if p.alias != collection {
		return dbus.MakeVariant([]dbus.ObjectPath{}), nil
	}
	return dbus.MakeVariant([]dbus.ObjectPath{collection}), nil
}

// itemObject and the like are the parts of the service whose methods have the same names.
type (
	itemObject    struct{ *provider }
	promptObject  struct{ *provider }
	sessionObject struct{ *provider }
)

func (itemObject) Delete() (dbus.ObjectPath, *dbus.Error) { return prompt, nil }

// Prompt asks the person, who says no.
func (p promptObject) Prompt(string) *dbus.Error {
	if err := p.conn.Emit(prompt, "org.freedesktop.Secret.Prompt.Completed", true, dbus.MakeVariant("")); err != nil {
		return dbus.MakeFailedError(err)
	}
	return nil
}

func (sessionObject) Close() *dbus.Error { return nil }

// provide puts p in the place of gnome-keyring until the test ends.
func provide(t *testing.T, p *provider) {
	t.Helper()
	keyringtest.Need(t)
	if err := session.Remove(); err != nil {
		t.Fatal(err)
	}
	conn, err := dbus.Connect(os.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	if err != nil {
		t.Fatal(err)
	}
	p.conn = conn
	t.Cleanup(func() {
		conn.Close()
		if err := session.Restart(); err != nil {
			t.Error(err)
		}
	})
	for _, e := range []struct {
		object any
		path   dbus.ObjectPath
		name   string
	}{
		{p, root, "org.freedesktop.Secret.Service"},
		{p, root, "org.freedesktop.DBus.Properties"},
		{p, collection, "org.freedesktop.Secret.Collection"},
		{p, aliased, "org.freedesktop.Secret.Collection"},
		{itemObject{p}, item, "org.freedesktop.Secret.Item"},
		{promptObject{p}, prompt, "org.freedesktop.Secret.Prompt"},
		{sessionObject{p}, sessionOne, "org.freedesktop.Secret.Session"},
	} {
		if err := conn.Export(e.object, e.path, e.name); err != nil {
			t.Fatal(err)
		}
	}
	if reply, err := conn.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("the name: %v, %v", reply, err)
	}
}

func TestDismissedPromptToWrite(t *testing.T) {
	provide(t, &provider{alias: collection})
	wantKind(t, keyring.New(keyring.Options{}).Set(t.Context(), "acme", []byte("new")), credstore.Mismatch)
}

func TestDismissedPromptToReplaceAndDelete(t *testing.T) {
	provide(t, &provider{alias: collection, kept: true})
	store := keyring.New(keyring.Options{})
	wantKind(t, store.Set(t.Context(), "acme", []byte("new")), credstore.Mismatch)
	if got, err := store.Get(t.Context(), "acme"); err != nil || string(got) != "old" {
		t.Errorf("Get = %q, %v", got, err)
	}
	err := store.Delete(t.Context(), "acme")
	wantKind(t, err, credstore.Mismatch)
	if sentence, _ := credstore.Explain(err); !strings.Contains(sentence, "dismissed") {
		t.Errorf("Explain: %q", sentence)
	}
}

func TestDismissedPromptToUnlock(t *testing.T) {
	provide(t, &provider{alias: collection, locked: true, kept: true})
	store := keyring.New(keyring.Options{})
	_, err := store.Get(t.Context(), "acme")
	wantKind(t, err, credstore.Locked)
	wantKind(t, store.Set(t.Context(), "acme", []byte("new")), credstore.Locked)
	wantKind(t, store.Delete(t.Context(), "acme"), credstore.Locked)
}

// go-keyring says the same of a default collection that stays locked and of one that is not there.
func TestDefaultCollection(t *testing.T) {
	for alias, want := range map[dbus.ObjectPath]credstore.Kind{
		none: credstore.NoCollection,
		"/org/freedesktop/secrets/collection/other": credstore.Locked,
	} {
		t.Run(string(want), func(t *testing.T) {
			provide(t, &provider{alias: alias, locked: true})
			wantKind(t, keyring.New(keyring.Options{}).Set(t.Context(), "acme", []byte("new")), want)
		})
	}
}

func TestProviderOfOddAnswers(t *testing.T) {
	provide(t, &provider{alias: collection, odd: true})
	wantKind(t, keyring.New(keyring.Options{}).Set(t.Context(), "acme", []byte("new")), credstore.Broken)
}
