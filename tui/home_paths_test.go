package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// free asserts that nobody holds a profile: another process could change it.
func (w *wizard) free(name string) {
	w.t.Helper()
	other := credstore.NewVault(w.index, w.clock.Now, w.store)
	defer other.Close()
	w.until(name+" to be free", func() bool { return !other.Busy(name) })
}

// toTheEnd goes from the hand-off, or what comes after it, to the end of a path.
func (w *wizard) toTheEnd() *wizard {
	w.t.Helper()
	for w.app.step != flow.Home {
		if w.app.step == flow.HandOff {
			w.throughHandOff()
			continue
		}
		at := w.app.step
		w.Press("enter").until("the step after "+at.String(), func() bool { return w.app.step != at })
	}
	return w
}

func TestHomeSetUpAndBack(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	d := w.sim.Demo()
	w.Row("acme", "").Press("n").At(flow.Integration).See("Which product?")
	if first, _, _ := strings.Cut(w.Frame(), "\n"); strings.Contains(first, "6 profiles") {
		t.Errorf("the frame of a step has the list's title: %s", first)
	}
	w.toApplication("2.0").called("fresh").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("enter").Saved()
	w.toTheEnd().At(flow.Home).Top("7 profiles").Row("fresh", "just now").Selected("fresh")
	w.free("fresh")
	w.Press("q").Left()
	if text := w.changed(); text != "fresh: set up\n" {
		t.Errorf("the summary is %q", text)
	}
}

// TestHomeEveryPathAndBack begins each path and goes back from its first step, to the profile it was begun at.
func TestHomeEveryPathAndBack(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		keys []string
		at   flow.Step
		see  string
	}{
		"rotate":    {[]string{"r"}, flow.Rotate, "It works"},
		"edit":      {[]string{"e"}, flow.Edit, "Rotate after"},
		"hand-off":  {[]string{"h"}, flow.HandOff, "Client Secret"},
		"roll back": {[]string{"enter", "down", "down", "down", "down", "enter"}, flow.Rollback, "refused"},
		"new":       {[]string{"n"}, flow.Integration, "Which product?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := atHome(t, setting{}, func(w *wizard) {
				p, c := w.of20("acme", "axonius-mimecast-v2")
				w.put(p, client.OAuth{ClientID: "an-older-client-id", ClientSecret: secret.New("an-older-secret")})
				w.put(p, c, states()...)
				several(w)
			})
			w.On("acme").Press(tt.keys...).At(tt.at).See(tt.see)
			if got := w.footer(); !slices.Contains(got, "esc") {
				t.Errorf("the footer of the first step does not offer the way back: %v", got)
			}
			if name != "new" && w.Answers().Integration != "axonius-mimecast-v2" {
				t.Errorf("the path knows %+v", w.Answers())
			}
			w.Press("esc").At(flow.Home).Row("acme", "")
			if name != "new" {
				w.Selected("acme")
			}
			w.free("acme")
			w.Press("q").Left()
			if text := w.changed(); text != "" {
				t.Errorf("the summary is %q", text)
			}
		})
	}
}

// TestHomeHandOffToItsEnd: the values are there, and going through them leads back.
func TestHomeHandOffToItsEnd(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.On("gamma").Press("h").At(flow.HandOff).See(w.sim.Demo().ClientID[:20])
	w.toTheEnd().At(flow.Home).Row("gamma", "").Selected("gamma").Press("q").Left()
	if text := w.changed(); text != "" {
		t.Errorf("a hand-off changed something: %q", text)
	}
}

// TestHomeHandOffOfALockedStore says what it waits for; esc stops that, and what fails is said.
func TestHomeHandOffOfALockedStore(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := atHome(t, setting{store: store}, several)
	goOn := make(chan struct{})
	defer close(goOn)
	store.On(storetest.Get, 0, silent(w.clock, goOn))
	w.On("acme").Press("h").See("Reading acme").See("Waiting for the keyring to be unlocked").Press("esc").Row("acme", "").Selected("acme")
	store.Clear()
	store.On(storetest.Get, 0, storetest.Fail(credstore.Locked))
	w.Press("h").See("Not read").See("is locked").Press("enter").Row("acme", "")
	store.Clear()
	w.Press("h").At(flow.HandOff)
}

// TestHomeRotateToTheEnd replaces the pair of a profile; the list says so.
func TestHomeRotateToTheEnd(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	fresh := w.fullPair()
	w.secrets = append(w.secrets, fresh.ClientSecret)
	w.On("acme").Press("r").At(flow.Rotate).See("It works").Press("enter").At(flow.Console).Press("enter").At(flow.Application)
	w.Paste(fresh.ClientID).Press("tab").Paste(fresh.ClientSecret)
	// What was typed is asked about, on the way back to the list too.
	w.Press("ctrl+c").See("Leave now?").See("Back to the profiles").Press("enter").At(flow.Application)
	w.Press("enter").At(flow.Check).See("Is this your tenant?").Press("enter").Saved()
	w.toTheEnd().At(flow.Home).Row("acme", "just now").Selected("acme").Not("in 9 days")
	w.free("acme")
	if r := w.stored("acme"); r.Current.Credential.Identifier() != fresh.ClientID || r.Previous == nil {
		t.Errorf("stored %+v", r)
	}
	w.Press("q").Left()
	if text := w.changed(); text != "acme: rotated\n" {
		t.Errorf("the summary is %q", text)
	}
}

// TestHomeSetUpThatIsLeft is offered in the list, with where it was left, and goes on from there.
func TestHomeSetUpThatIsLeft(t *testing.T) {
	t.Parallel()
	kept := newShelf()
	w := atHome(t, setting{change: func(env *screen.Env) { env.Unfinished = kept }}, several)
	w.Row("acme", "").Press("n").toApplication("2.0").called("fresh").Type("id").Press("tab").Type("typed-secret")
	w.Press("ctrl+c").See("Leave now?").See("Back to the profiles").See("Leave").Press("down", "enter").At(flow.Home)
	w.See("! fresh: set-up, at Application, just now").Press("home", "down").Selected("! fresh").Press("enter").At(flow.Application)
	if a := w.Answers(); a.Name != "fresh" || a.BaseURL != global || !a.ClientSecret.IsZero() {
		t.Errorf("gone on with %+v", a)
	}
	d := w.sim.Demo()
	w.Press("ctrl+u").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter").At(flow.Check).See("Is this your tenant?").Press("enter").Saved()
	w.toTheEnd().At(flow.Home).Row("fresh", "just now").Selected("fresh")
	if _, is := kept.find("fresh"); is || w.row("! fresh:") != "" {
		t.Errorf("the set-up is still unfinished:\n%s", w.Frame())
	}
}

// TestHomeOffersWhatAnEarlierRunLeft goes on with a set-up that waits for its application.
func TestHomeOffersWhatAnEarlierRunLeft(t *testing.T) {
	t.Parallel()
	now := newClock().Now()
	state := flow.State{
		Name: "late", Step: "wait", SavedAt: now, Store: "memory", API: client.API10, Region: "us", BaseURL: "http://127.0.0.1:1",
		NewApplication: true, ApplicationMadeAt: now.Add(-18 * time.Minute),
	}
	w := atHome(t, setting{answers: flow.Answers{Unfinished: []flow.State{state}}}, func(*wizard) {})
	w.See("! late: set-up, 12 minutes left").See("No profile is set up yet").Press("c").At(flow.Application)
	if a := w.Answers(); a.Name != "late" || !a.NewApplication {
		t.Errorf("gone on with %+v", a)
	}
}

// TestHomeGoesOnWithWhatWaits tests keys of an earlier run and activates them.
func TestHomeGoesOnWithWhatWaits(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.Row("! waits:", "the pending version is not tested yet").Press("home", "enter").At(flow.Check).See("Is this your tenant?")
	if a := w.Answers(); a.KeysCreatedAt.IsZero() || !a.Staged || a.StagedName != "waits" {
		t.Errorf("gone on with %+v", a)
	}
	w.Press("enter").Saved().toTheEnd().At(flow.Home).Row("waits", "just now").Selected("waits")
	if w.row("! waits:") != "" {
		t.Errorf("the set-up is still unfinished:\n%s", w.Frame())
	}
}

// TestHomeHearsOfAPathAtTheEnd: the program may end before the list has heard of a path that has just ended.
func TestHomeHearsOfAPathAtTheEnd(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.Row("acme", "").Press("home", "enter").At(flow.Check).See("Is this your tenant?").Press("enter").At(flow.Done)
	if text := w.changed(); text != "waits: set up\n" {
		t.Errorf("before its end the summary is %q", text)
	}
	w.Press("enter")
	w.app.finishEnds()
	if text := w.changed(); text != "waits: set up\n" {
		t.Errorf("the summary is %q", text)
	}
}

// TestHomeLeavesWhatWaits: a credential that is stored as pending stays so, and is offered.
func TestHomeLeavesWhatWaits(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, func(*wizard) {})
	d := w.sim.Demo()
	w.Press("n").toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter").At(flow.Check).See("Is this your tenant?")
	w.Press("ctrl+c").See("Leave it on trial, and go back to the profiles").Press("down", "enter").At(flow.Home)
	w.Row("! mimecast:", "the pending version passed on ").Row("mimecast", "passed").Selected("mimecast")
	w.free("mimecast")
}

// TestHomeKeepsCreatedKeys: keys that no store has are stored as pending before the list is gone back to.
func TestHomeKeepsCreatedKeys(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := atHome(t, setting{store: store}, func(*wizard) {})
	d := w.sim.Demo()
	w.Press("n").toKeys().signIn(d.Email, d.Password).See("One-time code")
	store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
	w.Type(w.sim.Code(d.Email)).Press("enter").At(flow.Keys).See("is locked")
	keys := w.Answers()
	w.secrets = append(w.secrets, keys.AccessKey.Reveal(), keys.SecretKey.Reveal())
	w.Press("ctrl+c").See("Save them on trial, and go back to the profiles").Press("down", "enter").See("is locked").See("Leave now?")
	store.Clear()
	w.Press("down", "enter").At(flow.Home).Row("! mimecast:", "the pending version is not tested yet")
	if r := w.stored("mimecast"); r == nil || r.Pending == nil || r.Pending.Source != credstore.Created {
		t.Errorf("stored %+v", r)
	}
	w.free("mimecast")
}

// TestHomeRotationThatIsUnfinished is gone on with in the rotation.
func TestHomeRotationThatIsUnfinished(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 100, height: 30}, func(w *wizard) {
		several(w)
		if _, err := w.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory", Keep: credstore.DefaultKeep}); err != nil {
			t.Fatal(err)
		}
	})
	w.See("! acme: rotation begun").Row("acme", "rotation begun").Press("home").Selected("! acme").Press("c").At(flow.Rotate).See("It works").See("nothing was stored").Press("esc").At(flow.Home)
}

// TestHomeBusyProfile: what another process is at cannot be gone on with here.
func TestHomeBusyProfile(t *testing.T) {
	t.Parallel()
	var other *credstore.Vault
	w := atHome(t, setting{width: 100, height: 30}, func(w *wizard) {
		several(w)
		other = credstore.NewVault(w.index, w.clock.Now, w.store)
		if _, err := other.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory", Keep: credstore.DefaultKeep}); err != nil {
			t.Fatal(err)
		}
	})
	w.See("! acme: rotation begun · another mimecred is busy").Press("home", "enter").See("Another mimecred changes acme just now.").At(flow.Home)
	w.Press("down", "up", "c").See("Another mimecred changes acme just now.")
	w.On("acme").Press("d", "down", "enter").See("Not deleted").See("another mimecred").Press("enter")
	other.Close()
	w.Press("n").At(flow.Integration).Press("esc").At(flow.Home)
	w.until("acme to be free", func() bool { return !strings.Contains(w.Frame(), "another mimecred is busy") })
	w.Press("home", "enter").At(flow.Rotate)
}

// TestHomeWordsOfWhatIsUnfinished are those of every phase.
func TestHomeWordsOfWhatIsUnfinished(t *testing.T) {
	t.Parallel()
	now := newClock().Now()
	at := now.Add(15 * time.Minute)
	unfinished := []credstore.UnfinishedChange{
		{Name: "a", Kind: credstore.SetUp, Phase: credstore.Creating, At: at},
		{Name: "b", Kind: credstore.SetUp, Phase: credstore.KeysCreated, At: at},
		{Name: "c", Kind: credstore.Rotation, Phase: credstore.LoggingOut, At: at},
		{Name: "d", Kind: credstore.Rotation, Phase: credstore.Begun, LostKeys: []credstore.LostKeys{{At: at}}},
		{Name: "e", Kind: credstore.Renewal, Phase: credstore.Begun},
		{Name: "f", Kind: credstore.Change, Phase: credstore.Staged},
		{Name: "g", Kind: credstore.SetUp, Phase: credstore.Begun, At: at},
		{Name: "old", Kind: credstore.Rotation, Phase: credstore.Confirmed, At: at},
		{Name: "acme", Kind: credstore.Rotation, Phase: credstore.Confirmed, At: at},
	}
	w := atHome(t, setting{width: 160, height: 40, change: func(env *screen.Env) { env.Profiles = withUnfinished{env.Profiles, unfinished} }}, several)
	w.See("! a: a sign-in asked for keys, and its answer was lost, since 22 November at 10:15")
	w.See("! b: keys were created, and no store has them, since 22 November at 10:15")
	w.See("! c: the previous key was being logged out, and the answer was lost, since 22 November at 10:15")
	w.See("! d: a sign-in on 22 November at 10:15 may have left lost keys")
	w.See("! e: renewal of its keys begun").See("! f: the edit is not tested yet").See("! g: set-up begun")
	w.See("! old: the previous version is still to be retired").See("! acme: the previous version is still to be retired")
	w.Row("acme", "retire previous")
}

type withUnfinished struct {
	lifecycle.Profiles
	unfinished []credstore.UnfinishedChange
}

func (u withUnfinished) Unfinished() ([]credstore.UnfinishedChange, error) { return u.unfinished, nil }

// TestHomeEditAsksBeforeItIsLost: what was changed and not saved is not left without a question.
func TestHomeEditAsksBeforeItIsLost(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.On("acme").Press("e").At(flow.Edit).See("Rotate after").Press("esc").At(flow.Home)
	w.On("acme").Press("e").At(flow.Edit).See("Rotate after").Press("ctrl+u").Type("other.example.org").Press("esc").See("What was changed is not saved yet")
	w.Press("enter").At(flow.Edit).See("other.example.org").Press("ctrl+c").See("What was changed is not saved yet")
}

// TestHomeRotationKeepsTheName: another store may be chosen on the way, and never another profile.
func TestHomeRotationKeepsTheName(t *testing.T) {
	t.Parallel()
	w := rotating20(t, "")
	w.At(flow.Rotate).See("It works")
	w.run(w.app.change(flow.Profile))
	w.At(flow.Profile).See("The profile is acme.").Not("Profile name")
	w.Press("enter").At(flow.Console)
	if a := w.Answers(); a.Name != "acme" || a.Purpose != lifecycle.Rotating {
		t.Errorf("it goes on with %q", a.Name)
	}
}
