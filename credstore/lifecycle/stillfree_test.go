package lifecycle_test

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestANameThatWasFreeIsNotTakenFromAnother: between finding a free name and saving under it another program may have used it.
func TestANameThatWasFreeIsNotTakenFromAnother(t *testing.T) {
	t.Parallel()
	index, store := credstore.NewMemoryIndex(), credstore.NewMemory()
	vault := credstore.NewVault(index, time.Now, store)
	defer vault.Close()
	s := lifecycle.Service{Vault: vault, Now: time.Now}
	mine := lifecycle.Change{
		Name: "axonius", Store: "memory", API: client.API20, BaseURL: "https://api.services.mimecast.com",
		ClientID: "mine", ClientSecret: secret.New("mine"), Free: true,
	}
	theirs := client.OAuth{ClientID: "theirs", ClientSecret: secret.New("theirs")}
	other := credstore.NewVault(index, time.Now, store)
	if _, err := other.Stage(t.Context(), "memory", credstore.Profile{Name: "axonius", API: client.API20}, theirs, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Activate(t.Context(), "axonius", credstore.CheckSummary{OK: true}); err != nil {
		t.Fatal(err)
	}
	other.Close()
	if _, err := s.Begin(t.Context(), mine, nil); credstore.KindOf(err) != credstore.Conflict {
		t.Errorf("announced: %v", err)
	}
	if _, _, err := s.Stage(t.Context(), mine, nil); credstore.KindOf(err) != credstore.Conflict {
		t.Errorf("staged: %v", err)
	}
	if r, err := vault.Load(t.Context(), "axonius"); err != nil || r.Pending != nil || !client.Same(r.Current.Credential, theirs) {
		t.Errorf("stored: %+v, %v", r, err)
	}
	if err := s.Preflight(t.Context(), mine, nil); credstore.KindOf(err) != credstore.Conflict {
		t.Errorf("before keys are created: %v", err)
	}
	mine.Free = false // somebody chose to replace it
	staged, _, err := s.Stage(t.Context(), mine, nil)
	if err != nil {
		t.Fatal(err)
	}
	staged.Free = true // and staging it again is no conflict with itself
	if _, _, err := s.Stage(t.Context(), staged, nil); err != nil {
		t.Error(err)
	}
	moved := staged // the name that was free is another one than the name it is staged under
	moved.Name, moved.StagedName = "axonius", "axonius-2"
	if err := s.Preflight(t.Context(), moved, nil); credstore.KindOf(err) != credstore.Conflict {
		t.Errorf("staged under another name: %v", err)
	}
}

// TestAPendingVersionOfAnotherIsNotReplaced: it may be all that its owner has.
func TestAPendingVersionOfAnotherIsNotReplaced(t *testing.T) {
	t.Parallel()
	index, store := credstore.NewMemoryIndex(), credstore.NewMemory()
	other := credstore.NewVault(index, time.Now, store)
	theirs := client.OAuth{ClientID: "theirs", ClientSecret: secret.New("theirs")}
	if _, err := other.Stage(t.Context(), "memory", credstore.Profile{Name: "axonius", API: client.API20}, theirs, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	other.Close()
	vault := credstore.NewVault(index, time.Now, store)
	defer vault.Close()
	mine := lifecycle.Change{Name: "axonius", Store: "memory", API: client.API20, ClientID: "mine", ClientSecret: secret.New("mine"), Free: true}
	if _, _, err := (lifecycle.Service{Vault: vault, Now: time.Now}).Stage(t.Context(), mine, nil); credstore.KindOf(err) != credstore.Conflict {
		t.Errorf("staged: %v", err)
	}
	if r, err := vault.Load(t.Context(), "axonius"); err != nil || r.Pending == nil || !client.Same(r.Pending.Credential, theirs) {
		t.Errorf("stored: %+v, %v", r, err)
	}
}
