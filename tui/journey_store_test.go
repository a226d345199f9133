package tui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/credstore"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// silent is a store that says it waits for somebody and then waits until the test lets it go on.
func silent(c *clock, goOn <-chan struct{}) storetest.Fault {
	return func(ctx context.Context, call storetest.Call, do func() ([]byte, error)) ([]byte, error) {
		credstore.NotifyWaiting(ctx, credstore.Waiting{What: "the keyring to be unlocked", Until: c.Now().Add(2 * time.Minute)})
		select {
		case <-goOn:
			return do()
		case <-ctx.Done():
			return nil, &credstore.Error{Kind: credstore.Canceled, Op: string(call.Op), Err: ctx.Err()}
		}
	}
}

func TestJourneyLockedStore(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := start(t, setting{store: store})
	d := w.sim.Demo()
	store.On(storetest.Any, 0, storetest.Fail(credstore.Locked))
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	w.At(flow.Check).See("is locked and was not unlocked").See("Unlock it")
	if n := w.calls(tokenPath); n != 0 {
		t.Errorf("%d calls to Mimecast before the store worked", n)
	}
	if !slices.Contains(w.footer(), "r") {
		t.Errorf("the footer does not offer to try again: %v", w.footer())
	}
	w.Press("r").See("is locked and was not unlocked")
	store.Clear()
	w.Press("r")
	w.finish()
	if got := w.stored("mimecast"); got == nil || got.Current == nil {
		t.Fatalf("stored: %+v", got)
	}
}

func TestJourneyWaitingForUnlock(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := start(t, setting{store: store})
	d := w.sim.Demo()
	goOn := make(chan struct{})
	store.On(storetest.Get, 1, silent(w.clock, goOn))
	store.On(storetest.Get, 2, silent(w.clock, goOn))
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	w.See("Waiting for the keyring to be unlocked").Press("esc").At(flow.Application)
	w.Press("tab", "enter").See("Waiting for the keyring to be unlocked")
	close(goOn)
	w.finish()
}

func TestJourneyNoStoreAnyMore(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := start(t, setting{store: store})
	d := w.sim.Demo()
	store.On(storetest.Available, 0, storetest.Fail(credstore.Unavailable)).On(storetest.Any, 0, storetest.Fail(credstore.Unavailable))
	w.toKeys().signIn(d.Email, d.Password).See("cannot be used here").See("Nothing was created at Mimecast.")
	if n := w.calls(loginPath); n != 0 {
		t.Errorf("%d sign-ins although the store does not work", n)
	}
	if a := w.Answers(); a.Password.IsZero() || a.Email != d.Email {
		t.Error("what was typed is gone")
	}
}

// unsavedKeys is a wizard with keys that Mimecast created and the store did not take.
func unsavedKeys(t *testing.T) (*wizard, *storetest.Faulty) {
	t.Helper()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := start(t, setting{store: store})
	d := w.sim.Demo()
	w.toKeys().signIn(d.Email, d.Password).See("One-time code")
	store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
	w.Type(w.sim.Code(d.Email)).Press("enter").See("only this program has them").See("is locked")
	created := w.Answers()
	w.secrets = append(w.secrets, created.AccessKey.Reveal(), created.SecretKey.Reveal())
	return w, store
}

func TestJourneyUnsavedKeysAreStoredLater(t *testing.T) {
	t.Parallel()
	w, store := unsavedKeys(t)
	w.Press("ctrl+r") // the last resort: one key in plain sight
	if squeezed := strings.Join(strings.Fields(w.Frame()), ""); !strings.Contains(strings.NewReplacer("│", "").Replace(squeezed), w.Answers().AccessKey.Reveal()[:20]) {
		t.Errorf("ctrl+r does not show the key:\n%s", w.Frame())
	}
	store.Clear()
	w.Press("r")
	w.finish()
	if n := w.calls(loginPath); n != 2 {
		t.Errorf("%d sign-ins, want 2", n)
	}
}

func TestJourneyUnsavedKeysGoToAnotherStore(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := start(t, setting{
		store: store, others: []credstore.Store{renamedStore{credstore.NewMemory()}},
		stores: []step.StoreChoice{{Kind: "memory", Title: "OS keyring"}, {Kind: "file", Title: "Encrypted file"}},
	})
	d := w.sim.Demo()
	w.toAPI("1.0").pasteRegion().At(flow.Console).Press("enter")
	w.At(flow.Application).Paste(d.ApplicationID).Press("tab").Paste(d.ApplicationKey).Press("enter")
	w.signIn(d.Email, d.Password).See("One-time code")
	store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
	w.Type(w.sim.Code(d.Email)).Press("enter").See("only this program has them")
	w.Press("e").At(flow.Profile).Press("tab", "down", "enter")
	w.finish()
	if got, _, err := w.vault.Lookup("mimecast"); err != nil || got.Store != "file" {
		t.Errorf("the keys are in %q, %v", got.Store, err)
	}
}

// renamedStore is a store of another kind.
type renamedStore struct{ credstore.Store }

func (renamedStore) Kind() string { return "file" }

func TestJourneyLeavingWithUnsavedKeysAsks(t *testing.T) {
	t.Parallel()
	w, _ := unsavedKeys(t)
	w.Press("ctrl+c").See("Leave now?").See("only this program has them")
	w.Press("ctrl+c").See("Leave now?") // ctrl+c alone never loses keys
	w.Press("enter").At(flow.Keys)
	w.Press("ctrl+c").See("Leave now?").Press("down", "down", "enter").See("Lose the keys?")
	w.Press("ctrl+c").See("Lose the keys?").Press("enter").At(flow.Keys)
	w.Press("ctrl+c").See("Leave now?").Press("down", "down", "enter").See("Lose the keys?").Press("down", "enter").Left()
	if w.stored("mimecast") != nil {
		t.Error("lost keys are in the store")
	}
}

func TestJourneyLeavingKeepsKeysAsPending(t *testing.T) {
	t.Parallel()
	w, store := unsavedKeys(t)
	w.Press("ctrl+c").See("Leave now?").Press("down", "enter").See("is locked").See("Leave now?")
	store.Clear()
	w.Press("down", "enter").Left()
	got := w.stored("mimecast")
	if got == nil || got.Pending == nil || got.Current != nil {
		t.Fatalf("stored: %+v", got)
	}
	text := Summary(Outcome{Answers: w.Answers(), Quit: true}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot)
	if !strings.Contains(text, "saved on trial") || !strings.Contains(text, "mimecred check mimecast") || leak(text, w.secrets) != "" {
		t.Errorf("summary:\n%s", text)
	}
}

func TestJourneyLeavingWithAStagedCredential(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret)
	w.Press("ctrl+c").See("Not saved anywhere yet: the client secret.").Press("esc").At(flow.Application)
	w.Press("enter").See("Is this your tenant?").Press("ctrl+c").See("saved on trial").Press("down", "down", "enter").Left()
	if w.stored("mimecast") != nil {
		t.Error("the pending credential was to be removed")
	}
}

func TestJourneyLeavingAtOnce(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toRegion("2.0").Press("ctrl+c").Left()
	w = start(t, setting{})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret)
	w.Press("ctrl+c").See("Leave now?").Press("ctrl+c").Left()
}

// TestJourneyStoppingTheStoreWithKeysInHand stops waiting for a store that should keep new keys, goes away and comes back:
// the keys are still there, and stored when the store works.
func TestJourneyStoppingTheStoreWithKeysInHand(t *testing.T) {
	t.Parallel()
	w, store := unsavedKeys(t)
	store.Clear()
	goOn := make(chan struct{})
	store.On(storetest.Any, 0, silent(w.clock, goOn))
	w.Press("r").See("Waiting for the keyring to be unlocked").Press("x", "esc").See("The keys are not stored yet.")
	keys := w.Answers()
	w.Press("esc").At(flow.Application)
	if a := w.Answers(); a.AccessKey.IsZero() || !a.SecretKey.Equal(keys.SecretKey) || a.KeysCreatedAt.IsZero() {
		t.Fatal("going back lost the keys")
	}
	close(goOn)
	w.Press("tab", "enter")
	w.finish()
}

// TestJourneyOtherWayAtAnyMoment switches between creating and pasting from every part of the keys step.
func TestJourneyOtherWayAtAnyMoment(t *testing.T) {
	t.Parallel()
	w := start(t, setting{demo: true})
	d := w.sim.Demo()
	w.toKeys().Press("ctrl+o", "enter").See("Access Key").Press("ctrl+f")
	w.Press("ctrl+o").See("Service user's").Press("ctrl+f").Press("ctrl+o").See("150 characters")
	w.Press("esc").See("Who creates the keys").Press("ctrl+o", "enter").See(d.Email)
	w.Press("enter").See("One-time code").Press("ctrl+o").See("150 characters").Press("ctrl+o").See(d.Email)
	w.Press("esc").See("Who creates the keys").Press("esc").At(flow.Application)
	a := w.Answers()
	if a.AccessKey.Reveal() != d.AccessKey || a.Email != d.Email || a.Password.Reveal() != d.Password {
		t.Error("switching lost something")
	}
}

// TestJourneyCreatedKeysStayOnTheWayBack goes back from the check: the step says that the keys exist, and creates none anew.
func TestJourneyCreatedKeysStayOnTheWayBack(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toKeys().signIn("svc@example.com", w.sim.Demo().Password)
	w.At(flow.Check).See("Is this your tenant?").Press("esc").At(flow.Keys).See("Mimecast created the keys at")
	w.Press("ctrl+o").See("Access Key").Press("esc").See("Mimecast created the keys at").Press("enter")
	w.finish()
	if n := w.calls(loginPath); n != 1 {
		t.Errorf("%d sign-ins, want 1", n)
	}
}

// TestDemoLeavesNothingToGoOnWith: what the demo had stored has ended with it, so that no command is named for it.
func TestDemoLeavesNothingToGoOnWith(t *testing.T) {
	t.Parallel()
	w := start(t, setting{demo: true})
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste("wrong").Press("enter").At(flow.Check).See("Mimecast refused the credential.")
	if text := Summary(Outcome{Answers: w.Answers(), Quit: true}, w.app.env.Env, "-"); text != "Nothing was saved.\n" {
		t.Errorf("summary %q", text)
	}
}
