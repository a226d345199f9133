package tui

import (
	"fmt"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/tui/flow"
)

// TestJourneyGivingUpCreatedKeys asks once more, and ends where nothing is said that is not so.
func TestJourneyGivingUpCreatedKeys(t *testing.T) {
	t.Parallel()
	w := rotating10(t)
	d := w.sim.Demo()
	w.At(flow.Rotate).See("It works:").Press("enter").At(flow.Console).Press("enter")
	w.At(flow.Keys).Press("enter").See("Password").Paste(d.Password).Press("enter").See("One-time code").Type(w.sim.Code(d.Email)).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("esc").At(flow.Keys).Press("esc").At(flow.Console).Press("esc").At(flow.Rotate)
	w.See("Continue with the pending version").Not("Start again").Press("down", "down", "down").Not("How will the new credential")
	w.Press("enter").See("Lose the keys?").See("nobody else has them").Press("enter").See("Continue with the pending version")
	if r := w.stored("acme"); r.Pending == nil {
		t.Fatal("the keys are gone before the answer")
	}
	w.Press("enter").See("Lose the keys?").Press("esc").See("Continue with the pending version")
	w.Press("enter").See("Lose the keys?").Press("down", "enter")
	w.until("the end", func() bool { return w.quit })
	if r := w.stored("acme"); r.Pending != nil || r.Current == nil {
		t.Errorf("stored: %+v", r)
	}
	if text := Summary(Outcome{Answers: w.Answers(), Quit: true}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot); !strings.Contains(text, "is discarded") || strings.Contains(text, "pending") {
		t.Errorf("it says %q", text)
	}
}

// TestJourneyReplacedKeysAreTold: keys that were created and then replaced by others stay valid at Mimecast.
func TestJourneyReplacedKeysAreTold(t *testing.T) {
	t.Parallel()
	w := rotating10(t)
	d := w.sim.Demo()
	w.At(flow.Rotate).See("It works:").Press("enter").At(flow.Console).Press("enter")
	w.At(flow.Keys).Press("enter").See("Password").Paste(d.Password).Press("enter").See("One-time code").Type(w.sim.Code(d.Email)).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("esc").At(flow.Keys).See("They are saved on trial")
	b := w.sim.Bind(d.ApplicationID, d.Email, w.clock.Now().AddDate(1, 0, 0))
	w.secrets = append(w.secrets, b.SecretKey)
	w.Press("ctrl+o").See("Access Key").Press("ctrl+u").Paste(b.SecretKey).Press("tab", "ctrl+u").Paste(b.AccessKey)
	w.Press("enter", "enter").At(flow.Check).See("Is this your tenant?").See("created keys that were never stored")
	if s, ok := w.vault.Noted("acme"); !ok || len(s.MayBeLost()) != 1 || s.MayBeLost()[0].User != d.Email {
		t.Errorf("noted: %+v", s)
	}
}

// TestJourneyRetireAfterAnotherRolledBack: what was rolled back meanwhile is not logged out.
func TestJourneyRetireAfterAnotherRolledBack(t *testing.T) {
	t.Parallel()
	w := rotating10(t)
	d := w.sim.Demo()
	old := w.keys10()
	w.At(flow.Rotate).See("It works:").Press("enter").At(flow.Console).Press("enter")
	w.At(flow.Keys).Press("enter").See("Password").Paste(d.Password).Press("enter").See("One-time code").Type(w.sim.Code(d.Email)).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("enter").At(flow.HandOff)
	w.throughHandOff()
	w.At(flow.Retire)
	other := credstore.NewVault(w.index, w.clock.Now, w.store)
	defer other.Close()
	back := func() error {
		_, err := other.Rollback(t.Context(), "acme", credstore.CheckSummary{At: w.clock.Now(), OK: true, Passed: 4})
		return err
	}
	if err := back(); credstore.KindOf(err) != credstore.Conflict {
		t.Fatalf("somebody else can change it before the end: %v", err)
	}
	_ = w.vault.End(t.Context(), "acme", credstore.Left) // as if this one had other locks
	if err := back(); err != nil {
		t.Fatal(err)
	}
	other.Close()
	w.Press("down", "enter").See("another program changed the versions").At(flow.Retire)
	if r := w.stored("acme"); !client.Same(r.Current.Credential, old) || !w.sim.HasKey(old.AccessKey.Reveal()) || r.Previous == nil {
		t.Errorf("stored: %+v; the current key works: %v", r, w.sim.HasKey(old.AccessKey.Reveal()))
	}
}

// TestJourneyPairPastedAtOnce: an ID and a secret that were copied together fill both fields.
func TestJourneyPairPastedAtOnce(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"%s\n%s\n", "Client ID: %s\r\nClient Secret: %s", "%s\t%s"} {
		w := rotating20(t, "")
		fresh := w.fullPair()
		w.secrets = append(w.secrets, fresh.ClientSecret)
		w.At(flow.Rotate).See("It works").Press("enter").At(flow.Console).Press("enter").At(flow.Application)
		w.Paste(fmt.Sprintf(format, fresh.ClientID, fresh.ClientSecret)).See(fresh.ClientID[len(fresh.ClientID)-12:]).Press("enter").At(flow.Check).See("Is this your tenant?")
		if r := w.stored("acme"); r.Pending == nil || r.Pending.Credential.Identifier() != fresh.ClientID {
			t.Errorf("%q: stored %+v", format, r.Pending)
		}
	}
}
