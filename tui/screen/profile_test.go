package screen_test

import (
	"errors"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

func acme() credstore.Entry {
	return credstore.Entry{
		Name: "acme", API: client.API20, Store: "file", CurrentSince: time.Date(2025, 11, 3, 0, 0, 0, 0, time.UTC),
	}
}

func withAcme(env *screen.Env) {
	env.Vault = &formVault{entries: map[string]credstore.Entry{"acme": acme(), "mimecast": {Name: "mimecast"}}}
}

func withStores(env *screen.Env) {
	env.Stores = []step.StoreChoice{
		{Kind: "keyring", Title: "The keyring of this computer", Problem: "It is locked.", Fix: "Unlock it, then start again."},
		{Kind: "file", Title: "An encrypted file"},
		{Kind: "memory", Title: "This session only"},
	}
}

func withoutStores(env *screen.Env) {
	env.Stores = []step.StoreChoice{
		{Kind: "keyring", Title: "The keyring", Problem: "There is no keyring service in this session.", Fix: "Install gnome-keyring and log in again."},
	}
}

func TestProfileSuggestsAFreeName(t *testing.T) {
	b := start(t, screen.NewProfile(formEnv(), flow.Answers{}))
	if got := b.answers().Name; got != "mimecast" {
		t.Errorf("suggested %q", got)
	}
	b = start(t, screen.NewProfile(formEnv(withAcme), flow.Answers{}))
	if got := b.answers().Name; got != "mimecast-2" {
		t.Errorf("suggested %q although mimecast is taken", got)
	}
	if b.tap("enter").wants() != screen.Next || b.answers().Store != "keyring" || b.answers().Replaces {
		t.Errorf("enter does not go on with the suggestion: %+v", b.answers())
	}
}

func TestProfileJudgesTheNameWhileItIsTyped(t *testing.T) {
	for _, c := range []struct{ name, typed, says string }{
		{"a space", "a b", "not ' '"},
		{"a first hyphen", "-a", "begins with a letter or a digit"},
		{"an umlaut", "ä", "not 'ä'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, screen.NewProfile(formEnv(), flow.Answers{Change: lifecycle.Change{Name: "x"}}))
			b.tap("ctrl+u").write(c.typed).shows(c.says)
			if b.tap("enter").wants() != screen.Stay {
				t.Error("a bad name goes on")
			}
			if b.answers().Name != c.typed {
				t.Errorf("the answer is %q, not what was typed", b.answers().Name)
			}
		})
	}
	b := start(t, screen.NewProfile(formEnv(), flow.Answers{Change: lifecycle.Change{Name: "x"}})).tap("ctrl+u", "enter").shows("Type a name.")
	if b.wants() != screen.Stay {
		t.Error("an empty name goes on")
	}
}

func TestProfileReplacing(t *testing.T) {
	b := start(t, screen.NewProfile(formEnv(withAcme), flow.Answers{Change: lifecycle.Change{Name: "acm"}}))
	b.hides("stays current until").write("e").shows("acme exists (API 2.0, since 3 November 2025)", "stays current until the new one has been checked")
	if !b.answers().Replaces {
		t.Error("the answers do not say that a profile is replaced")
	}
	b.write("x").hides("stays current until")
	if b.answers().Replaces {
		t.Error("another name still replaces")
	}
}

func TestProfilePending(t *testing.T) {
	env := formEnv(func(e *screen.Env) {
		e.Vault = &formVault{entries: map[string]credstore.Entry{"acme": {Name: "acme", Pending: true}}}
	})
	b := start(t, screen.NewProfile(env, flow.Answers{Change: lifecycle.Change{Name: "acme"}})).shows("saved earlier and never activated")
	if b.answers().Replaces {
		t.Error("a profile without an active version is said to be replaced")
	}
}

func TestProfileStores(t *testing.T) {
	b := start(t, screen.NewProfile(formEnv(), flow.Answers{})).shows("kept in: The keyring of this computer").hides("Where to keep")
	if b.answers().Store != "keyring" {
		t.Errorf("store %q", b.answers().Store)
	}
	b = start(t, screen.NewProfile(formEnv(withStores), flow.Answers{})).shows("Where to keep", "It is locked.", "Unlock it")
	if b.answers().Store != "file" {
		t.Errorf("store %q, want the first that works", b.answers().Store)
	}
	b.tap("tab", "down")
	if b.tap("enter").wants() != screen.Next || b.answers().Store != "memory" {
		t.Errorf("store %q", b.answers().Store)
	}
	b = start(t, screen.NewProfile(formEnv(withStores), b.answers()))
	if b.answers().Store != "memory" {
		t.Errorf("coming back lost the store: %q", b.answers().Store)
	}
	b.tap("tab", "up", "up", "enter").shows("cannot be used now")
	if b.wants() != screen.Stay {
		t.Error("a store that cannot be used goes on")
	}
}

func TestProfileProposesTheStoreOfAnExistingProfile(t *testing.T) {
	env := formEnv(withStores, withAcme)
	env.Stores[0].Problem = ""
	b := start(t, screen.NewProfile(env, flow.Answers{Change: lifecycle.Change{Name: "acme"}}))
	if b.answers().Store != "file" {
		t.Errorf("store %q, the profile lies in the file", b.answers().Store)
	}
	env.Stores[0].Problem = ""
}

// TestProfileKeepsTheChosenStore: typing past the name of an existing profile changes the store for that name alone.
func TestProfileKeepsTheChosenStore(t *testing.T) {
	for _, chosen := range []string{"", "memory"} {
		b := start(t, screen.NewProfile(formEnv(withStores, withAcme, func(e *screen.Env) { e.Stores[0].Problem = "" }), flow.Answers{Change: lifecycle.Change{Name: "acm", Store: chosen}}))
		before := b.answers().Store
		if b.write("e"); b.answers().Store != "file" {
			t.Errorf("acme goes to %q, and lies in the file", b.answers().Store)
		}
		if b.write("2"); b.answers().Store != before {
			t.Errorf("acme2 goes to %q, %q was chosen", b.answers().Store, before)
		}
	}
}

func TestProfileWithoutAnyStore(t *testing.T) {
	b := start(t, screen.NewProfile(formEnv(withoutStores), flow.Answers{}))
	b.shows("Nothing on this machine can keep the credential", "no keyring service", "Install gnome-keyring", "never falls back to plain text")
	if b.tap("enter").wants() != screen.Stay || b.answers().Store != "" {
		t.Errorf("it goes on with store %q", b.answers().Store)
	}
}

func TestProfileSaysWhenTheIndexCannotBeRead(t *testing.T) {
	env := formEnv(func(e *screen.Env) { e.Vault = &formVault{err: errors.New("permission denied")} })
	start(t, screen.NewProfile(env, flow.Answers{Change: lifecycle.Change{Name: "acme"}})).shows("cannot be read: permission denied")
}

// TestProfileWaitsForTheLookup presses enter before the index has answered: the answers must know what is replaced.
func TestProfileWaitsForTheLookup(t *testing.T) {
	s := screen.NewProfile(formEnv(withAcme), flow.Answers{Change: lifecycle.Change{Name: "acme"}})
	b := &bench{t: t, screen: s}
	look := s.Init()
	if b.tap("enter").wants() != screen.Stay {
		t.Fatal("enter did not wait")
	}
	b.run(look)
	if b.wants() != screen.Next || !b.answers().Replaces {
		t.Error("the answer of the index did not go on")
	}
}

// TestProfileDropsStaleLookups lets an earlier question be answered after a later one was asked.
func TestProfileDropsStaleLookups(t *testing.T) {
	s := screen.NewProfile(formEnv(withAcme), flow.Answers{Change: lifecycle.Change{Name: "acme"}})
	b := &bench{t: t, screen: s}
	stale := s.Init()
	b.write("x")
	b.run(stale)
	b.hides("exists (")
	if b.answers().Replaces {
		t.Error("a stale answer was taken")
	}
}

func TestProfileFrames(t *testing.T) {
	for name, s := range map[string]screen.Screen{
		"suggested": screen.NewProfile(formEnv(), flow.Answers{}),
		"replacing": screen.NewProfile(formEnv(withAcme), flow.Answers{Change: lifecycle.Change{Name: "acme"}}),
		"stores":    screen.NewProfile(formEnv(withStores), flow.Answers{Change: lifecycle.Change{Name: "acme"}}),
		"none":      screen.NewProfile(formEnv(withoutStores), flow.Answers{}),
		"demo":      screen.NewProfile(formEnv(withDemo), flow.Answers{}),
	} {
		t.Run(name, func(t *testing.T) { start(t, s).frames() })
	}
}

// TestStoreCursorSkipsWhatDoesNotWork: without a keyring enter keeps the credential in the encrypted file, and never in memory.
func TestStoreCursorSkipsWhatDoesNotWork(t *testing.T) {
	env := formEnv(func(env *screen.Env) {
		env.Stores = []step.StoreChoice{
			{Kind: "keyring", Title: "OS keyring", Problem: "There is no session bus."},
			{Kind: "file", Title: "Encrypted file"},
			{Kind: "memory", Title: "This session only", Passing: true},
		}
	})
	a := flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20}}
	b := start(t, screen.NewProfile(env, a)).tap("tab", "enter")
	if got := b.answers().Store; got != "file" || b.wants() != screen.Next {
		t.Errorf("it is kept in %q", got)
	}
	env.Stores[1].Problem = "It is not there."
	b = start(t, screen.NewProfile(env, a)).tap("tab", "enter")
	if got := b.answers().Store; got != "" || b.wants() == screen.Next {
		t.Errorf("nobody chose %q", got)
	}
}
