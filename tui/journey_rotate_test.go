package tui

import (
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// has stores a current credential, as an earlier run would have.
func (w *wizard) has(p credstore.Profile, c client.Credential) {
	w.t.Helper()
	if _, err := w.vault.Stage(w.t.Context(), w.store.Kind(), p, c, credstore.Pasted); err != nil {
		w.t.Fatal(err)
	}
	sum := lifecycle.Summary([]client.Result{{ID: client.CheckCredentials, State: client.Passed}}, w.clock.Now())
	if _, err := w.vault.Activate(w.t.Context(), p.Name, sum); err != nil {
		w.t.Fatal(err)
	}
	if err := w.vault.End(w.t.Context(), p.Name, credstore.Finished); err != nil {
		w.t.Fatal(err)
	}
	w.clock.add(100 * 24 * time.Hour)
}

// profile20 is a profile of API 2.0 at the simulator.
func (w *wizard) profile20(integration string) credstore.Profile {
	return credstore.Profile{
		Name: "acme", Integration: integration, API: client.API20, Region: "", InternalDomain: "example.com",
		Endpoint: client.Endpoint{BaseURL: w.url},
	}
}

// profile10 is a profile of API 1.0 at the simulator.
func (w *wizard) profile10() credstore.Profile {
	d := w.sim.Demo()
	return credstore.Profile{
		Name: "acme", API: client.API10, Endpoint: client.Endpoint{BaseURL: w.url}, ServiceUser: d.Email, SignIn: "cloud",
	}
}

func (w *wizard) pair() client.OAuth {
	d := w.sim.Demo()
	return client.OAuth{ClientID: d.ClientID, ClientSecret: secret.New(d.ClientSecret)}
}

func (w *wizard) keys10() client.Legacy {
	d := w.sim.Demo()
	return client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(d.AccessKey), SecretKey: secret.New(d.SecretKey),
	}
}

// rotating20 is a rotation of a profile of API 2.0.
func rotating20(t *testing.T, integration string) *wizard {
	t.Helper()
	return start(t, setting{
		answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API20, Integration: integration}}),
		prepare: func(w *wizard) {
			w.has(w.profile20(integration), w.pair())
			// Another profile with the same pair, and one that has nothing to do with it.
			other := w.profile20("netskope-cte-v2")
			other.Name = "netskope"
			w.has(other, w.pair())
		},
	})
}

func rotating10(t *testing.T, options ...simulator.Option) *wizard {
	t.Helper()
	return start(t, setting{
		sim:     options,
		answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API10}}),
		prepare: func(w *wizard) { w.has(w.profile10(), w.keys10()) },
	})
}

// fullPair is a new pair that may do all that the demo's pair may.
func (w *wizard) fullPair() simulator.OAuthApplication {
	all, _ := w.sim.Application(w.sim.Demo().ClientID)
	return w.sim.AddOAuth(simulator.OAuthApplication{Name: "new", Products: all.Products, Permissions: all.Permissions})
}

func TestJourneyRotateAPI20(t *testing.T) {
	t.Parallel()
	w := rotating20(t, "axonius-mimecast-v2")
	w.At(flow.Rotate).See("It works:").See("to be rotated since").See("The current ones may stop at once").See("(profile netskope)")
	w.Press("enter").At(flow.Console).See("Manage API 2.0 credentials").See(w.sim.Demo().ClientID[:12]).Press("down", "down", "down").See("The current ones may stop at once")
	if s, ok := w.vault.Noted("acme"); !ok || s.Phase != credstore.Begun || s.Kind != credstore.Rotation {
		t.Fatalf("noted: %+v, %v", s, ok)
	}
	w.Press("enter").At(flow.Application).See("shows the new values once").Paste(w.sim.Demo().ClientID).Press("tab").Paste(w.sim.Demo().ClientSecret).Press("enter")
	w.See("This is the current credential").At(flow.Application)
	fresh := w.fullPair()
	w.secrets = append(w.secrets, fresh.ClientSecret)
	w.Press("ctrl+u").Paste(fresh.ClientID).Press("tab", "ctrl+u").Paste(fresh.ClientSecret).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("enter").At(flow.HandOff).See(fresh.ClientID[:20])
	w.throughHandOff()
	w.At(flow.Retire).See("Keep it until").See("(profile netskope)").Not("Log the previous key out").Press("enter")
	w.Ended("has its new credential").Ended("kept for 7 days").Ended("mimecred rollback acme")

	r := w.stored("acme")
	want := client.OAuth{ClientID: fresh.ClientID, ClientSecret: secret.New(fresh.ClientSecret)}
	if r == nil || !client.Same(r.Current.Credential, want) || r.Previous == nil || !client.Same(r.Previous.Credential, w.pair()) || r.Pending != nil {
		t.Fatalf("stored: %+v", r)
	}
	if until := r.Previous.KeepUntil; until.Sub(w.clock.Now()) > 7*24*time.Hour || until.Sub(w.clock.Now()) < 6*24*time.Hour {
		t.Errorf("kept until %v at %v", until, w.clock.Now())
	}
	if r.Profile.Integration != "axonius-mimecast-v2" || r.Profile.InternalDomain != "example.com" {
		t.Errorf("the profile changed: %+v", r.Profile)
	}
	if s, ok := w.vault.Noted("acme"); ok {
		t.Errorf("still noted: %+v", s)
	}
	if e, _, _ := w.vault.Lookup("acme"); e.LastCheck == nil || len(e.LastCheck.Checks) < 4 || !e.Previous {
		t.Errorf("the list says %+v", e)
	}
}

// TestJourneyRotateIntoLess: the new credential lacks a permission that the current one has. It is activated only by somebody who
// has read the difference.
func TestJourneyRotateIntoLess(t *testing.T) {
	t.Parallel()
	w := rotating20(t, "axonius-mimecast-v2")
	w.At(flow.Rotate).See("It works:").Press("enter").At(flow.Console).Press("enter").At(flow.Application)
	all, _ := w.sim.Application(w.sim.Demo().ClientID)
	var fewer []string
	for _, p := range all.Permissions {
		if !strings.Contains(p, "Directories | Internal | Read") {
			fewer = append(fewer, p)
		}
	}
	poor := w.sim.AddOAuth(simulator.OAuthApplication{Name: "poor", Products: all.Products, Permissions: fewer})
	w.secrets = append(w.secrets, poor.ClientSecret)
	w.Paste(poor.ClientID).Press("tab").Paste(poor.ClientSecret).Press("enter")
	w.At(flow.Check).See("The new credential lacks what the current one passes:").Press("enter").Press("esc")
	if r := w.stored("acme"); !client.Same(r.Current.Credential, w.pair()) || r.Pending == nil {
		t.Fatalf("stored before anybody decided: %+v", r)
	}
	w.Press("c").See("The current credential passes what the new one does not:").See("403").See("c replaces the current version all the same")
	if r := w.stored("acme"); !client.Same(r.Current.Credential, w.pair()) {
		t.Fatal("it was replaced before the difference was read")
	}
	w.Press("esc").Not("all the same").Press("c").See("all the same").Press("c").Saved().See("continued anyway")
	r := w.stored("acme")
	if r.Current.Credential.Identifier() != poor.ClientID || r.Previous == nil || !r.Current.CheckedAt.IsZero() {
		t.Fatalf("stored: %+v", r)
	}
}

func TestJourneyRotateAPI10WithCode(t *testing.T) {
	t.Parallel()
	w := rotating10(t)
	d := w.sim.Demo()
	before := w.sim.Keys(d.Email)
	w.At(flow.Rotate).See("It works:").See("New keys").Press("enter").At(flow.Console).Press("enter")
	w.At(flow.Keys).Press("enter").See("Password").Paste(d.Password).Press("enter").See("One-time code").Type(w.sim.Code(d.Email)).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("enter").At(flow.HandOff)
	made := w.stored("acme").Current.Credential.(client.Legacy)
	w.throughHandOff()
	w.At(flow.Retire).See("Log the previous key out at Mimecast").Press("down", "enter").Ended("the previous key is logged out")
	if n := w.sim.Keys(d.Email); n != before {
		t.Errorf("%d keys at Mimecast, want %d: one made, one logged out", n, before)
	}
	r := w.stored("acme")
	if r.Previous != nil || !client.Same(r.Current.Credential, made) || made.AccessKey.Equal(w.keys10().AccessKey) || r.Profile.ServiceUser != d.Email {
		t.Fatalf("stored: %+v", r)
	}
	if s, ok := w.vault.Noted("acme"); ok {
		t.Errorf("still noted: %+v", s)
	}
}

// TestJourneyRenewExpiredKeys: the same keys are valid again, and nothing is handed off anew by need.
func TestJourneyRenewExpiredKeys(t *testing.T) {
	t.Parallel()
	w := start(t, setting{
		answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API10}}),
		prepare: func(w *wizard) {
			w.has(w.profile10(), w.keys10())
			w.sim.ExpireKeys(w.sim.Demo().Email)
		},
	})
	d := w.sim.Demo()
	before := w.sim.Keys(d.Email)
	w.At(flow.Rotate).See("have expired").See("Renew the same keys").Press("enter").At(flow.Console).See("Never Expires").Press("enter")
	w.At(flow.Keys).See("Secret Key stay the same").Not("console way")
	w.Paste(d.Password).Press("enter").See("One-time code").Type(w.sim.Code(d.Email)).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("enter").Saved()
	r := w.stored("acme")
	if !client.Same(r.Current.Credential, w.keys10()) || r.Previous != nil || w.sim.Keys(d.Email) != before {
		t.Fatalf("stored %+v, %d keys at Mimecast, before %d", r, w.sim.Keys(d.Email), before)
	}
	w.At(flow.HandOff).throughHandOff()
	w.Ended("acme has its new credential")
	if s, ok := w.vault.Noted("acme"); ok {
		t.Errorf("still noted: %+v", s)
	}
}

func TestJourneyRollback(t *testing.T) {
	t.Parallel()
	var fresh simulator.OAuthApplication
	w := start(t, setting{
		answers: flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme", Store: "memory", API: client.API20}},
		prepare: func(w *wizard) {
			fresh = w.fullPair()
			w.has(w.profile20(""), w.pair())
			w.has(w.profile20(""), client.OAuth{ClientID: fresh.ClientID, ClientSecret: secret.New(fresh.ClientSecret)})
		},
	})
	w.secrets = append(w.secrets, fresh.ClientSecret)
	w.At(flow.Rollback).See("The previous version").See("Is this your tenant?").Press("enter").At(flow.HandOff).See(w.sim.Demo().ClientID[:20])
	w.throughHandOff()
	w.Ended("is current again")
	r := w.stored("acme")
	if !client.Same(r.Current.Credential, w.pair()) || r.Previous == nil || r.Previous.Credential.Identifier() != fresh.ClientID {
		t.Fatalf("stored: %+v", r)
	}
}

// TestJourneyRollbackRefused: a version that Mimecast no longer accepts becomes current for somebody who insists, and nobody else.
func TestJourneyRollbackRefused(t *testing.T) {
	t.Parallel()
	w := start(t, setting{
		answers: flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.RollingBack, Name: "acme", Store: "memory", API: client.API20}},
		prepare: func(w *wizard) {
			gone := w.sim.AddOAuth(simulator.OAuthApplication{Name: "gone", Disabled: true})
			w.has(w.profile20(""), client.OAuth{ClientID: gone.ClientID, ClientSecret: secret.New(gone.ClientSecret)})
			w.has(w.profile20(""), w.pair())
		},
	})
	w.At(flow.Rollback).See("no longer accepts the previous version").See("somebody generated new credentials").Not("Copy").Press("enter").At(flow.Rollback)
	if r := w.stored("acme"); !client.Same(r.Current.Credential, w.pair()) {
		t.Fatalf("stored: %+v", r)
	}
	w.Press("c").At(flow.HandOff)
	if r := w.stored("acme"); client.Same(r.Current.Credential, w.pair()) {
		t.Fatalf("stored: %+v", r)
	}
}

// TestJourneyResumeRotation goes on where a killed rotation stood: a pending version, a current one that nobody has
// confirmed, and a previous one that has not been retired.
func TestJourneyResumeRotation(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		left func(*wizard, client.Credential)
		walk func(*wizard)
	}{
		"begun": {
			func(w *wizard, _ client.Credential) {},
			func(w *wizard) { w.See("nothing was stored").See("New credentials for the same application") },
		},
		"staged": {
			func(w *wizard, c client.Credential) { w.stage(c) },
			func(w *wizard) {
				w.See("Continue with the pending version").Press("enter").At(flow.Check).See("Is this your tenant?").Press("enter")
				w.At(flow.HandOff)
			},
		},
		"promoted": {
			func(w *wizard, c client.Credential) { w.stage(c); w.promote() },
			func(w *wizard) {
				w.See("not confirmed").See("Confirm the new credential").Press("enter").At(flow.HandOff)
			},
		},
		"confirmed": {
			func(w *wizard, c client.Credential) {
				w.stage(c)
				w.promote()
				if err := w.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Confirmed, Retire: true}); err != nil {
					w.t.Fatal(err)
				}
			},
			func(w *wizard) {
				w.See("still to be retired").See("retire the previous").Press("enter").At(flow.HandOff)
				w.throughHandOff()
				w.At(flow.Retire).Press("down", "enter").See("Delete the previous version?").See("You cannot roll back then.")
				w.Press("down", "enter").Left()
				if r := w.stored("acme"); r.Previous != nil {
					w.t.Errorf("the old version is still there")
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var fresh simulator.OAuthApplication
			w := start(t, setting{
				answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API20}}),
				prepare: func(w *wizard) {
					fresh = w.fullPair()
					w.has(w.profile20(""), w.pair())
					swap := credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory", Keep: credstore.DefaultKeep}
					if _, err := w.vault.Begin(w.t.Context(), swap); err != nil {
						w.t.Fatal(err)
					}
					tt.left(w, client.OAuth{ClientID: fresh.ClientID, ClientSecret: secret.New(fresh.ClientSecret)})
				},
			})
			w.secrets = append(w.secrets, fresh.ClientSecret)
			w.At(flow.Rotate).See("It works")
			tt.walk(w)
		})
	}
}

func (w *wizard) stage(c client.Credential) {
	w.t.Helper()
	if _, err := w.vault.Stage(w.t.Context(), "memory", w.profile20(""), c, credstore.Pasted); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wizard) promote() {
	w.t.Helper()
	if _, err := w.vault.Activate(w.t.Context(), "acme", credstore.CheckSummary{At: w.clock.Now(), OK: true}); err != nil {
		w.t.Fatal(err)
	}
}

// TestJourneyRotationTellsWhatMayBeLost: a sign-in of an earlier run may have created keys that nobody has. That is said
// before another one is made.
func TestJourneyRotationTellsWhatMayBeLost(t *testing.T) {
	t.Parallel()
	w := start(t, setting{
		answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API10}}),
		prepare: func(w *wizard) {
			w.has(w.profile10(), w.keys10())
			if err := w.vault.Note(w.t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", User: "svc@example.com", Application: "app"}); err != nil {
				w.t.Fatal(err)
			}
		},
	})
	w.At(flow.Rotate).See("A sign-in as svc@example.com for").See("may have created keys that nobody has").See("Registered Applications")
}

// TestJourneyRotationWhileAnotherRuns: two programs never rotate one profile at a time.
func TestJourneyRotationWhileAnotherRuns(t *testing.T) {
	t.Parallel()
	w := rotating20(t, "")
	w.At(flow.Rotate).See("It works")
	other := credstore.NewVault(w.index, w.clock.Now, w.store)
	defer other.Close()
	take := func() {
		if _, err := other.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory"}); err != nil {
			t.Fatal(err)
		}
	}
	take()
	w.Press("enter", "enter").See("is changing it").At(flow.Rotate)
	w.Press("r").See("another mimecred is changing it") // before anything is offered, too
	other.Close()
	w.Press("r").See("It works").Press("enter", "enter").At(flow.Console)
}

func TestJourneyEdit(t *testing.T) {
	t.Parallel()
	w := start(t, setting{
		answers: flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Changing, Name: "acme", Store: "memory", API: client.API20}},
		prepare: func(w *wizard) { w.has(w.profile20("axonius-mimecast-v2"), w.pair()) },
	})
	w.At(flow.Edit).See("Rotate after").Press("ctrl+u").Type("example.org").Press("tab").Type("soon").Press("tab", "enter").See("no length of time")
	w.Press("ctrl+u").Type("30d").Press("tab", "enter").At(flow.Check).See("Is this your tenant?").Press("enter").At(flow.Done).See("its credential is the same")
	r := w.stored("acme")
	if r.Profile.RotateAfter != 30*credstore.Day || r.Profile.InternalDomain != "example.org" || !client.Same(r.Current.Credential, w.pair()) || r.Previous != nil || r.Pending != nil {
		t.Fatalf("stored: %+v", r)
	}
	if e, _, _ := w.vault.Lookup("acme"); e.RotateAfter != 30*credstore.Day || w.clock.Now().Sub(e.SecretSince) < 99*24*time.Hour {
		t.Errorf("the list says %v since %v", e.RotateAfter, e.SecretSince)
	}
}

// TestJourneyEditTakesAnotherProduct: of the API that the credential is for, and the checks are those of the new product.
func TestJourneyEditTakesAnotherProduct(t *testing.T) {
	t.Parallel()
	w := start(t, setting{
		answers: flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Changing, Name: "acme", Store: "memory", API: client.API20}},
		prepare: func(w *wizard) { w.has(w.profile20(""), w.pair()) },
	})
	w.At(flow.Edit).See("Rotate after").Not("Internal domain").Press("tab", "down", "enter").At(flow.Integration).Type("netskope").Not("API 1.0").Press("esc")
	w.At(flow.Edit).See("plugin 2.x").Press("tab", "down", "enter").At(flow.Integration).Press("ctrl+u").Type("axonius").Press("enter", "enter")
	w.At(flow.Check).See("Is this your tenant?").See("Phishing campaigns").Press("enter").Saved()
	r := w.stored("acme")
	if r.Profile.Integration != "axonius-mimecast-v2" || !client.Same(r.Current.Credential, w.pair()) {
		t.Fatalf("stored: %+v", r)
	}
}

// TestJourneyRotationBackAndForth: going back to the first step of a rotation loses nothing and tests nothing again, and
// leaving asks about what was typed alone.
func TestJourneyRotationBackAndForth(t *testing.T) {
	t.Parallel()
	w := rotating20(t, "")
	w.At(flow.Rotate).See("It works")
	tested := w.calls(tokenPath)
	w.Press("down", "enter").At(flow.Console).Press("enter").At(flow.Application).Paste("new-id").Press("tab").Paste("new-secret-of-the-pair")
	w.secrets = append(w.secrets, "new-secret-of-the-pair")
	w.Press("esc").At(flow.Console).Press("esc").At(flow.Rotate).See("It works").See("A second application")
	if a := w.Answers(); a.Way != lifecycle.Another || a.ClientSecret.Reveal() != "new-secret-of-the-pair" || w.calls(tokenPath) != tested {
		t.Errorf("the way %q, the secret there: %v, tested %d times", a.Way, !a.ClientSecret.IsZero(), w.calls(tokenPath)-tested+1)
	}
	w.Press("ctrl+c").See("Not saved anywhere yet: the client secret.").Press("esc")

	w = rotating10(t)
	w.At(flow.Rotate).See("It works").Press("ctrl+c").Left()

	w = start(t, setting{
		answers: flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Changing, Name: "acme", Store: "memory", API: client.API20}},
		prepare: func(w *wizard) { w.has(w.profile20(""), w.pair()) },
	})
	w.At(flow.Edit).See("Rotate after").Press("ctrl+c").Left()
}
