package plain

import (
	"context"
	"slices"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// renamed is a store of another kind.
type renamed struct {
	credstore.Store
	kind string
}

func (r renamed) Kind() string { return r.kind }

// ordered is a vault that notes what is done in which order.
type ordered struct {
	lifecycle.Vault
	did   []string
	fails bool
}

func (o *ordered) Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, s credstore.Source) (credstore.Record, error) {
	if o.fails {
		return credstore.Record{}, &credstore.Error{Kind: credstore.Locked, Store: store, Op: "save"}
	}
	o.did = append(o.did, "stage "+store+" "+p.Name)
	return o.Vault.Stage(ctx, store, p, c, s)
}

func (o *ordered) End(ctx context.Context, name string, how credstore.Ending) error {
	if how == credstore.Discarded {
		o.did = append(o.did, "discard "+name)
	}
	return o.Vault.End(ctx, name, how)
}

// TestCopyIsKeptUntilAnotherIsSafe changes the store and then the name after keys were stored: nothing is removed before the
// new copy is written, and nothing is left behind afterwards.
func TestCopyIsKeptUntilAnotherIsSafe(t *testing.T) {
	st := newStage(t)
	file := renamed{credstore.NewMemory(), "file"}
	inner := credstore.NewVault(credstore.NewMemoryIndex(), st.env.Now, st.store, file)
	vault := &ordered{Vault: inner}
	st.env.Vault = vault
	s := &session{ctx: t.Context(), env: st.env, out: newPrinter(&talk{}, false)}
	d := st.sim.Demo()
	s.a = flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API20, BaseURL: st.url, ClientID: d.ClientID, ClientSecret: st.oauth().ClientSecret}}
	if err := s.stage(t.Context()); err != nil {
		t.Fatal(err)
	}

	s.a.Store, vault.fails = "file", true
	if err := s.stage(t.Context()); credstore.KindOf(err) != credstore.Locked {
		t.Fatalf("the store took it: %v", err)
	}
	if r, err := inner.Load(t.Context(), "acme"); err != nil || r.Pending == nil {
		t.Fatalf("the first copy is gone although the second failed: %v", err)
	}
	if !s.a.Staged || s.a.StagedStore != "memory" {
		t.Errorf("staged %v in %q", s.a.Staged, s.a.StagedStore)
	}

	vault.fails = false
	if err := s.stage(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := st.store.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("a copy is left in the first store: %v", err)
	}
	s.a.Name = "other"
	if err := s.stage(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"stage memory acme", "stage file acme", "stage file other", "discard acme"}
	if !slices.Equal(vault.did, want) {
		t.Errorf("did %q, want %q", vault.did, want)
	}
	if _, err := inner.Load(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("the old name is left: %v", err)
	}
	if r, err := inner.Load(t.Context(), "other"); err != nil || r.Pending == nil {
		t.Errorf("the new name: %v", err)
	}
}
