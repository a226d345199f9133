package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// changed is what the list leaves on the terminal.
func (w *wizard) changed() string {
	return Summary(Outcome{AtHome: true, Answers: w.Answers(), Changes: w.app.changes()}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot)
}

func TestHomeDelete(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{height: 40}, several)
	w.On("acme").Press("d").See("Delete acme?").See("in the memory of this session, as acme").See("stay valid").See("separate step")
	w.See("The same application is used by beta, delta, gamma")
	w.Press("enter").Row("acme", "")
	if w.stored("acme") == nil {
		t.Fatal("going back deleted the profile")
	}
	w.Press("d").See("Delete acme?").Press("down", "enter").See("acme is deleted").See("leave it as it is at Mimecast").Not("Disable or delete the application")
	w.See("Client ID " + w.sim.Demo().ClientID)
	if w.stored("acme") != nil {
		t.Error("the profile is still stored")
	}
	w.Press("x").Top("5 profiles").Not("is deleted").Press("q").Left()
	if text := w.changed(); text != "acme: deleted; at Mimecast its credential stays valid until it is removed there\n" {
		t.Errorf("the summary is %q", text)
	}
}

// TestHomeDeleteSwallowsKeysTypedBeforeIt: "d", "down" and "enter" in one instant delete nothing.
func TestHomeDeleteSwallowsKeysTypedBeforeIt(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.On("acme").Press("d")
	for _, name := range []string{"down", "enter"} {
		press, _ := pressOf(name)
		w.update(press)
	}
	w.See("Delete acme?").Press("esc").Row("acme", "")
}

// TestHomeDeleteOfCreatedKeysAsksTwice: nobody else has them. What was only pasted is deleted after one question.
func TestHomeDeleteOfCreatedKeysAsksTwice(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{height: 40}, func(w *wizard) {
		several(w)
		p, c := w.of10("pasted")
		w.wait(p, c, credstore.Pasted)
		_ = w.vault.End(t.Context(), "pasted", credstore.Left)
	})
	w.On("waits").Press("d", "down", "enter").See("Lose the keys?").See("nobody else has them").Press("enter")
	if w.stored("waits") == nil {
		t.Fatal("going back deleted the keys")
	}
	w.Press("d", "down", "enter").See("Lose the keys?").Press("down", "enter").See("waits is deleted").See("Revoke the service user's keys")
	if w.stored("waits") != nil {
		t.Error("the keys are still stored")
	}
	w.Press("enter").On("pasted").Press("d", "down", "enter").See("pasted is deleted")
}

// TestHomeDeleteThatFails says why, and changes nothing.
func TestHomeDeleteThatFails(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := atHome(t, setting{store: store}, several)
	store.On(storetest.Any, 0, storetest.Fail(credstore.Locked))
	w.On("acme").Press("d", "down", "enter").See("Not deleted").See("is locked and was not unlocked").Press("esc").Row("acme", "")
	store.Clear()
	if w.stored("acme") == nil {
		t.Error("the profile is gone")
	}
}

// TestHomeDeleteIsWaitedFor: while the store writes, ctrl+c waits for its answer, and esc stops it.
func TestHomeDeleteIsWaitedFor(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := atHome(t, setting{store: store}, several)
	goOn := make(chan struct{})
	defer close(goOn)
	store.On(storetest.Delete, 0, silent(w.clock, goOn))
	w.On("acme").Press("d", "down", "enter").See("Deleting acme").See("Waiting for the keyring to be unlocked")
	if w.app.screen.Busy() == "" {
		t.Error("a deletion may be interrupted")
	}
	w.Press("ctrl+c").See("One moment").See("Waiting for the keyring").Press("esc")
	w.See("Leave now?").See("Could not delete the profile acme").Press("enter").See("Not deleted").Press("enter").Row("acme", "")
	w.Press("d", "down", "enter").See("Waiting for the keyring").Press("esc").See("Not deleted").See("cancelled")
	if w.stored("acme") == nil {
		t.Error("the profile is gone")
	}
}

func TestHomeRename(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	rename := func() {
		w.Press("enter").See("Show details")
		for range 5 {
			w.Press("down")
		}
		w.Press("enter").See("New name of acme")
	}
	w.On("acme")
	rename()
	w.Type("!").See("letters, digits").Press("backspace").Not("letters, digits")
	w.Press("ctrl+u").See("A profile needs a name.").Type("beta").See(`There is a profile "beta" already.`).Press("enter").See(`There is a profile "beta" already.`)
	w.Press("ctrl+u").Type("nul").See("reserves").Press("ctrl+u").Type("acme").Press("enter").Not("New name")
	rename()
	w.Press("ctrl+u").Type("omega").Press("enter").See("acme is now omega.").Row("omega", "80 days ago").Selected("omega")
	if w.stored("omega") == nil || w.stored("acme") != nil {
		t.Error("the profile is not stored under its new name")
	}
	if text := w.changed(); text != "acme: renamed to omega\n" {
		t.Errorf("the summary is %q", text)
	}
	if w.app.screen.Busy() != "" {
		t.Error("the list is busy still")
	}
}

// TestHomeRenameMovesDrafts: a set-up that was left goes along, and its name is nobody else's.
func TestHomeRenameMovesDrafts(t *testing.T) {
	t.Parallel()
	left := func(name string) flow.State {
		return flow.State{Name: name, Step: "application", SavedAt: time.Now(), API: client.API20}
	}
	kept := newShelf()
	w := atHome(t, setting{
		answers: flow.Answers{Unfinished: []flow.State{left("acme"), left("later")}},
		change:  func(env *screen.Env) { env.Unfinished = kept },
	}, several)
	w.On("acme").Press("enter").See("Show details")
	for range 5 {
		w.Press("down")
	}
	w.Press("enter").See("New name of acme").Press("ctrl+u").Type("later").See(`A set-up of "later" was left unfinished.`)
	w.Press("enter").See("was left unfinished").Press("ctrl+u").Type("omega").Press("enter").See("acme is now omega.")
	_, old := kept.find("acme")
	if moved, there := kept.find("omega"); old || !there || moved.Name != "omega" {
		t.Errorf("kept: %+v", kept.kept)
	}
}

// TestHomeRenameThatFails says why.
func TestHomeRenameThatFails(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := atHome(t, setting{store: store}, several)
	w.On("acme").Press("enter", "down", "down", "down", "down", "down", "enter", "ctrl+u").Type("omega")
	store.On(storetest.Any, 0, storetest.Fail(credstore.Denied))
	w.Press("enter").See("Not renamed").See("does not let mimecred use").Press("enter").Row("acme", "")
}

// TestHomeRenamingIsFinished goes on with a renaming that was broken off between its writes.
func TestHomeRenamingIsFinished(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := atHome(t, setting{store: store}, func(w *wizard) {
		p, c := w.of20("acme", "")
		w.put(p, c, states()...)
		store.Next(storetest.Delete, storetest.Fail(credstore.Broken))
		if _, err := w.vault.Rename(t.Context(), "acme", "beta"); err == nil {
			t.Fatal("the renaming was not broken off")
		}
		store.Clear()
	})
	w.See("! acme: it is being renamed to beta").Press("g").Selected("! acme:").Press("d").See("cannot be discarded").Press("enter").See("acme is now beta.").Row("beta", "just now")
	w.until("nothing unfinished", func() bool { return !strings.Contains(w.Frame(), "is being renamed") })
	if w.stored("acme") != nil || w.stored("beta") == nil {
		t.Error("the renaming is not finished")
	}
}

// TestHomeMenuSaysWhatCannotBeDone, and why, and does nothing then.
func TestHomeMenuSaysWhatCannotBeDone(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.On("acme").Press("enter").See("Roll back No previous version is kept.")
	w.Press("down", "down", "down", "down", "enter").See("Roll back No previous version is kept.").Press("esc")
	w.On("waits").Press("r").See("It has no current version yet.").Press("h").See("It has no current version yet.").Press("enter")
	w.See("Continue: the pending version is not tested yet").See("Rename A change is not").Press("esc").At(flow.Home)
	if got := w.footer(); slices.Contains(got, "r") || slices.Contains(got, "h") {
		t.Errorf("the footer offers %v", got)
	}
}

// TestHomeDetails fills the screen with what the pane has no room for.
func TestHomeDetails(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 40, height: 12}, func(w *wizard) {
		several(w)
		p, _ := w.of20("beta", "")
		w.put(p, client.OAuth{ClientID: "another-client-id", ClientSecret: secret.New("another-secret-value")}, states(client.Warning)...)
	})
	w.work(2) // the list, and what the catalogue says of it
	w.On("beta").Press("enter").See("Test")
	for range 6 {
		w.Press("down")
	}
	w.See("Show details").Press("enter").See("another-client-id").See("more.")
	for range 9 {
		w.Press("pgdown")
	}
	w.See("! Reach Mimecast").Not("more.").Press("up", "pgup", "enter").Selected("beta")
}

// TestHomeRetires logs the previous key out from the list, and tells of it.
func TestHomeRetires(t *testing.T) {
	t.Parallel()
	var old client.Legacy
	w := atHome(t, setting{height: 40, width: 120}, func(w *wizard) {
		p, c := w.of10("acme")
		old, _ = c.(client.Legacy)
		w.put(p, c)
		b := w.sim.Bind(old.ApplicationID, w.sim.Demo().Email, w.clock.Now().AddDate(1, 0, 0))
		w.secrets = append(w.secrets, b.SecretKey)
		fresh := old
		fresh.AccessKey, fresh.SecretKey = secret.New(b.AccessKey), secret.New(b.SecretKey)
		w.put(p, fresh)
	})
	w.On("acme").Press("enter").See("Retire previous").Press("end", "up", "enter").See("Retire the previous version of acme?")
	w.Press("enter").Not("Retire previous")
	w.Press("enter", "end", "up", "enter").See("Retire the previous version of acme?").Press("down", "enter").See("the previous key is logged out")
	if r := w.stored("acme"); r.Previous != nil || w.sim.HasKey(old.AccessKey.Reveal()) {
		t.Errorf("stored %+v", r)
	}
}

// TestHomeQuestionIsReadInALowWindow: what does not fit above the choices is marked, and the arrow up leads there.
func TestHomeQuestionIsReadInALowWindow(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 40, height: 12}, several)
	w.On("acme").Press("d").See("Delete acme").Not("Delete acme?").See("↑")
	for range 12 {
		w.Press("up")
	}
	w.See("Delete acme?").See("↓").Press("down", "down", "down", "down", "down", "down", "down", "down", "down", "down", "down", "down").See("› ")
}

// TestHomeDiscards what is unfinished: answers, a note, a pending version, and keys that nobody else has after a second question.
func TestHomeDiscards(t *testing.T) {
	t.Parallel()
	at := newClock().Now()
	acme := func(w *wizard) {
		p, c := w.of20("acme", "")
		w.put(p, c, states()...)
	}
	for name, tt := range map[string]struct {
		fill func(*wizard)
		left []flow.State
		walk func(*wizard)
		// pending is what is still pending in acme, gone whether the profile is.
		pending, gone bool
	}{
		"answers": {
			acme,
			[]flow.State{{Name: "later", Step: "application", SavedAt: at, API: client.API20}},
			func(w *wizard) {
				w.See("! later: set-up").Press("g", "d").See("Discard the set-up of later?").See("Nothing of it was stored").Press("enter").See("! later")
				w.Press("d", "down", "enter").See("The set-up of later is discarded.").gone("! later").Selected("acme")
			}, false, false,
		},
		"a note": {
			func(w *wizard) {
				acme(w)
				if _, err := w.vault.Begin(w.t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory"}); err != nil {
					w.t.Fatal(err)
				}
				_ = w.vault.End(w.t.Context(), "acme", credstore.Left)
			}, nil,
			func(w *wizard) {
				w.See("! acme: rotation begun").Press("g", "d").See("Nothing of it was stored").Press("down", "enter").See("The unfinished change of acme is discarded.").gone("! acme")
			}, false, false,
		},
		"a pending version": {
			func(w *wizard) {
				acme(w)
				p, c := w.of20("acme", "")
				w.wait(p, c, credstore.Pasted)
				_ = w.vault.End(w.t.Context(), "acme", credstore.Left)
			}, nil,
			func(w *wizard) {
				w.See("! acme: the pending version").Press("g", "d").See("The current version stays.").Press("down", "enter").See("The pending version of acme is discarded.").gone("! acme")
			}, false, false,
		},
		"created keys, after all not": {
			func(w *wizard) { created(w, "acme") }, nil,
			func(w *wizard) {
				w.See("! acme: the pending version").Press("g", "d").See("the profile with it").Press("down", "enter").See("Lose the keys?").See("nobody else has them").Press("enter").See("! acme")
			}, true, false,
		},
		"created keys": {
			func(w *wizard) { created(w, "acme") }, nil,
			func(w *wizard) {
				w.See("! acme: the pending version").Press("g", "d").See("Discard").Press("down", "enter").See("Lose the keys?").Press("down", "enter").See("No profiles yet")
			}, false, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := atHome(t, setting{answers: flow.Answers{Unfinished: tt.left}}, tt.fill)
			tt.walk(w)
			e, known, err := w.vault.Lookup("acme")
			if err != nil || known == tt.gone || e.Pending != tt.pending {
				t.Errorf("%v; known %v: %+v", err, known, e)
			}
			if list, err := w.vault.Unfinished(); err != nil || len(list) > 0 != tt.pending {
				t.Errorf("%v; unfinished: %+v", err, list)
			}
		})
	}
}

// gone waits until words are not on screen any more.
func (w *wizard) gone(words string) *wizard {
	w.t.Helper()
	return w.until(words+" to be gone", func() bool { return !strings.Contains(w.Frame(), words) })
}

// created is a profile with nothing but pending keys, created here.
func created(w *wizard, name string) {
	p, c := w.of10(name)
	w.wait(p, c, credstore.Created)
	_ = w.vault.End(w.t.Context(), name, credstore.Left)
}

// TestHomeMenuSwallowsKeys and clicks that were meant for the list.
func TestHomeMenuSwallowsKeys(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, several)
	w.On("acme").Press("enter").See("Show details")
	w.update(tea.KeyPressMsg{Code: 'd', Text: "d"})
	w.update(tea.KeyPressMsg{Code: tea.KeyEscape})
	w.update(tea.KeyPressMsg{Code: tea.KeyEnter})
	w.See("Show details").Press("d").See("Delete acme?")
	w.update(tea.KeyPressMsg{Code: tea.KeyEnter})
	w.See("Delete acme?").Press("enter").Row("acme", "")
}
