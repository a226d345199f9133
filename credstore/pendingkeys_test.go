package credstore_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// Keys that were created at Mimecast exist once: a second wizard must not replace them.
func TestCreatedKeysAreNotReplacedByAnother(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	if _, err := b.vault.Stage(t.Context(), "memory", profile("acme"), oauth("made"), credstore.Created); err != nil {
		t.Fatal(err)
	}
	if _, err := b.vault.Stage(t.Context(), "memory", profile("acme"), oauth("made-again"), credstore.Created); err != nil {
		t.Fatalf("the wizard that created them may replace them: %v", err)
	}
	b.vault.Close()

	other := b.again(b.store)
	_, err := other.vault.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Pasted)
	wantKind(t, err, credstore.PendingKeys)
	if _, fix := credstore.Explain(err); !strings.Contains(fix, "mimecred check acme") {
		t.Errorf("the fix is %q", fix)
	}
	// Whoever is about to create more keys is told before a second set exists.
	wantKind(t, other.vault.Preflight(t.Context(), "memory", profile("acme")), credstore.PendingKeys)
	wantTags(t, other.load("acme"), "active=one pending=made-again")
	if _, err := other.vault.Stage(t.Context(), "memory", profile("acme"), oauth("made-again"), credstore.Pasted); err != nil {
		t.Fatalf("the same keys may be staged again: %v", err)
	}
	if err := other.vault.End(t.Context(), "acme", credstore.Discarded); err != nil {
		t.Fatal(err)
	}
	wantTags(t, other.stage("acme", "two"), "active=one pending=two")
}

// A version that was stored meanwhile was not the one that was checked.
func TestPromoteTakesTheCheckedVersionOnly(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	checked := b.stage("acme", "one").Pending.ID
	b.vault.Close()
	other := b.again(b.store)
	other.stage("acme", "two")
	other.vault.Close()

	last := b.again(b.store)
	sum := passed()
	sum.Version = checked
	_, err := last.vault.Activate(t.Context(), "acme", sum)
	wantKind(t, err, credstore.Conflict)
	wantTags(t, last.load("acme"), "pending=two")
	sum.Version = last.load("acme").Pending.ID
	if _, err := last.vault.Activate(t.Context(), "acme", sum); err != nil {
		t.Fatal(err)
	}
}

// With ID and secret swapped, the identifier is the secret: it must not reach the index before the pair was accepted.
func TestIndexKeepsNoUncheckedIdentifier(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	swapped := client.OAuth{ClientID: "the-secret-in-the-wrong-field", ClientSecret: secret.New("the-id")}
	if _, err := b.vault.Stage(t.Context(), "memory", profile("acme"), swapped, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if e := b.entry("acme"); e.Identifier != "" || !e.Pending {
		t.Errorf("entry while pending: %+v", e)
	}
}

// The tenant of the credential before says nothing about the one current now.
func TestAnotherCredentialForgetsTheAccount(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	later := credstore.NewVault(b.index, func() time.Time { return clock().Add(time.Hour) }, b.store)
	t.Cleanup(later.Close)
	if _, err := later.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := later.Activate(t.Context(), "acme", credstore.CheckSummary{At: clock().Add(time.Hour), Failed: 1}); err != nil {
		t.Fatal(err)
	}
	e := b.entry("acme")
	if e.Account != nil || e.LastCheck == nil || e.LastCheck.Failed != 1 || e.Identifier != "id-two" {
		t.Errorf("entry: %+v, account %+v", e, e.Account)
	}
}

// What Preflight tries the store out with is gone afterwards, also when the store fails in the middle.
func TestPreflightLeavesNothing(t *testing.T) {
	inner := credstore.NewMemory()
	faulty := storetest.NewFaulty(inner)
	b := newBench(t, faulty)
	faulty.On(storetest.Set, 1, storetest.FailAfter(credstore.Broken))
	if err := b.vault.Preflight(t.Context(), faulty.Kind(), profile("acme")); err == nil {
		t.Fatal("Preflight passed on a store that failed")
	}
	if _, err := inner.Get(t.Context(), ".acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("the made-up item is still there: %v", err)
	}
	if !slices.ContainsFunc(faulty.Calls(), func(c storetest.Call) bool { return c.Op == storetest.Delete }) {
		t.Error("nothing was cleaned up")
	}
}
