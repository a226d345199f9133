package step_test

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestStores: what is asked about them, what is proposed, and what is gone when the program ends.
func TestStores(t *testing.T) {
	const noPlain = "Nothing is ever written as plain text."
	keyring, locked := step.StoreChoice{Kind: "keyring", Title: "OS keyring"}, step.StoreChoice{Kind: "keyring", Title: "OS keyring", Problem: "It is locked."}
	file, session := step.StoreChoice{Kind: "file", Title: "A file"}, step.StoreChoice{Kind: "memory", Title: "This session only", Passing: true}
	for _, c := range []struct {
		name     string
		stores   []step.StoreChoice
		decide   bool
		proposed string
		after    string
	}{
		{"one", []step.StoreChoice{keyring}, false, "keyring", "The credential will be kept in: OS keyring."},
		{"two", []step.StoreChoice{keyring, file}, true, "keyring", noPlain},
		{"the recommended one is locked", []step.StoreChoice{locked, file}, true, "file", noPlain},
		{"only the session is left", []step.StoreChoice{locked, session}, true, "", noPlain},
		{"without a keyring", []step.StoreChoice{locked, file, session}, true, "file", noPlain},
		{"only the session works", []step.StoreChoice{locked, {Kind: "file", Problem: "It is not there."}, session}, true, "", noPlain},
		{"the session first", []step.StoreChoice{session, file}, true, "file", noPlain},
		{"the session alone", []step.StoreChoice{session}, false, "memory", "The credential will be kept in: This session only."},
		{"another is locked", []step.StoreChoice{keyring, {Kind: "file", Problem: "It is not there."}}, false, "keyring", "The credential will be kept in: OS keyring."},
		{"all are locked", []step.StoreChoice{locked}, false, "", ""},
		{"none", nil, false, "", ""},
	} {
		env := steptest.Env()
		env.Stores = c.stores
		f := step.ProfileForm(env, api20())
		q, asked := f.Find("store")
		if asked != c.decide || env.StoreToDecide() != c.decide || env.Preselected() != c.proposed || f.After != c.after {
			t.Errorf("%s: asked %v, proposed %q, %q", c.name, asked, env.Preselected(), f.After)
		}
		if asked && (q.Value.Text != c.proposed || len(q.Options) != len(c.stores)) {
			t.Errorf("%s: now %q of %d", c.name, q.Value.Text, len(q.Options))
		}
		for i, o := range q.Options {
			if gone := o.About == step.PassingWords; gone != c.stores[i].Passing {
				t.Errorf("%s: %s: %q", c.name, o.ID, o.About)
			}
		}
		if env.Passing("keyring") || env.Passing("memory") != (len(c.stores) > 0 && (c.stores[0].Passing || c.stores[len(c.stores)-1].Passing)) {
			t.Errorf("%s: what is gone at the end is told wrongly", c.name)
		}
	}
}

// TestDemoKeepsNothingSeriously: that nothing is kept in the demo is no warning, and it asks its own Mimecast.
func TestDemoKeepsNothingSeriously(t *testing.T) {
	env := demo()
	env.Stores = []step.StoreChoice{{Kind: "memory", Passing: true}}
	if env.Passing("memory") || env.DiscoveryURL() != "http://127.0.0.1:8025" || steptest.Env().DiscoveryURL() != client.DiscoveryURL {
		t.Errorf("the demo asks %s", env.DiscoveryURL())
	}
}

// TestChosenStoreStays: coming back to the step shows the store that was chosen.
func TestChosenStoreStays(t *testing.T) {
	a := api20()
	if err := ask(t, step.ProfileForm, steptest.Env(), a, "store").Answer(&a, step.Value{Text: "memory"}).Err; err != nil || a.Store != "memory" {
		t.Errorf("%q: %v", a.Store, err)
	}
	if now := ask(t, step.ProfileForm, steptest.Env(), a, "store").Value.Text; now != "memory" {
		t.Errorf("now %s", now)
	}
}

// TestNameOfAProfile: it is asked for in a set-up, and told otherwise; the hint has a name that can be used.
func TestNameOfAProfile(t *testing.T) {
	a := api20()
	if hint := ask(t, step.ProfileForm, steptest.Env(), a, "profile").Hint; hint != "How you will call it later: mimecred check acme" {
		t.Errorf("%q", hint)
	}
	a.Name = "con"
	if hint := ask(t, step.ProfileForm, steptest.Env(), a, "profile").Hint; hint != "" {
		t.Errorf("a name that cannot be used is in %q", hint)
	}
	a.Name, a.Purpose = "acme", lifecycle.Rotating
	if f := step.ProfileForm(steptest.Env(), a); f.Intro != "The profile is acme." || f.Index("profile") >= 0 {
		t.Errorf("%q asks for %s", f.Intro, order(f))
	}
}

// TestAProfileThatExists: what it means for the set-up.
func TestAProfileThatExists(t *testing.T) {
	e := credstore.Entry{Name: "acme", API: client.API20}
	if step.ExistsWords(e) != "" || step.StoredEarlier(e) != "" {
		t.Error("a profile without a credential is told of")
	}
	e.CurrentSince, e.Pending = noon(), true
	for got, want := range map[string]string{
		step.ExistsWords(e):   "acme exists (API 2.0, since 28 November 2026). Its credential stays current until the new one has been checked.",
		step.StoredEarlier(e): "acme has a credential that was saved earlier and never activated.",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestAPendingVersion: that of an earlier run is asked about, that of this run is not.
func TestAPendingVersion(t *testing.T) {
	for _, c := range []struct {
		pending, staged bool
		name            string
		want            bool
	}{
		{false, false, "", false},
		{true, false, "", true},
		{true, true, "acme", false},
		{true, true, "other", true},
	} {
		a := flow.Answers{Change: lifecycle.Change{Staged: c.staged, StagedName: c.name}}
		if got := step.HasPending(credstore.Entry{Name: "acme", Pending: c.pending}, a); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	q, a := step.Pending(), api20()
	for _, id := range []string{step.PendingContinue, step.PendingAnew} {
		if o, ok := q.Option(id); !ok || o.About == "" || q.Answer(&a, step.Value{Text: id}).Err != nil {
			t.Errorf("%s cannot be chosen", id)
		}
	}
	if q.Value.Text != step.PendingContinue {
		t.Errorf("proposed is %s", q.Value.Text)
	}
}

// TestPendingKeysAreNotReplaced: those that were created here exist nowhere else.
func TestPendingKeysAreNotReplaced(t *testing.T) {
	for _, c := range []struct {
		v    *credstore.Version
		want string
	}{
		{nil, ""},
		{&credstore.Version{Source: credstore.Pasted, CreatedAt: noon()}, ""},
		{
			&credstore.Version{Source: credstore.Created, CreatedAt: noon()},
			"Keys that were created at Mimecast on 28 November 2026 are pending in acme, and nobody else has them. Continue with them, choose another name, or discard them with " +
				lifecycle.Advise(credstore.UnfinishedChange{Name: "acme", Kind: credstore.SetUp, Phase: credstore.Staged}, false).Discard + ".",
		},
	} {
		if got := step.MayReplacePending("acme", c.v); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
