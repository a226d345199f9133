package tui

import (
	"strings"

	"mimecred/tui/flow"
)

// The stretches of the path that journeys have in common.

// toAPI chooses no product, and the API.
func (w *wizard) toAPI(api string) *wizard {
	w.t.Helper()
	w.At(flow.Integration).Press("enter").At(flow.API)
	if api == "1.0" {
		w.Press("down")
	}
	w.Press("enter")
	if api == "1.0" {
		w.until("the next step", func() bool { return w.app.step != flow.API || w.app.answers.HasApplication })
		if w.app.step == flow.API {
			w.Press("enter")
		}
	}
	return w
}

// toRegion goes from the first step to the region, for API 2.0 or 1.0, with no particular product. With API 2.0 it is settled, and
// opened.
func (w *wizard) toRegion(api string) *wizard {
	w.t.Helper()
	if w.toAPI(api); api == "2.0" {
		w.At(flow.Console).openAnswer(flow.Region)
	}
	return w.At(flow.Region)
}

// openAnswer opens a step whose answer is to be changed.
func (w *wizard) openAnswer(s flow.Step) *wizard {
	w.t.Helper()
	w.Press("ctrl+g").See("Change an answer")
	for !strings.HasPrefix(w.app.dialog.choices[w.app.dialog.menu.At()].label, s.String()) {
		at := w.app.dialog.menu.At()
		if w.Press("down"); w.app.dialog.menu.At() == at {
			w.t.Fatalf("%s cannot be changed here:\n%s", s, w.Frame())
		}
	}
	return w.Press("enter").At(s)
}

// toApplication goes on to the application.
func (w *wizard) toApplication(api string) *wizard {
	w.t.Helper()
	w.toAPI(api)
	if api == "1.0" && w.app.env.Demo == nil { // it is settled otherwise
		w.pasteRegion()
	}
	w.until("the console", func() bool { return w.app.step >= flow.Profile })
	if w.app.step == flow.Profile { // a name that is taken
		w.Press("enter")
	}
	w.At(flow.Console).Press("enter")
	return w.At(flow.Application)
}

// pasteRegion pastes the simulator's address and goes on.
func (w *wizard) pasteRegion() *wizard {
	w.t.Helper()
	return w.At(flow.Region).Press("shift+tab").Paste(w.url).Press("enter")
}

// toKeys goes on to the access keys of API 1.0.
func (w *wizard) toKeys() *wizard {
	w.t.Helper()
	d := w.sim.Demo()
	w.toApplication("1.0").Paste(d.ApplicationID).Press("tab").Paste(d.ApplicationKey).Press("enter")
	return w.At(flow.Keys)
}

// signIn fills the sign-in in and sends it.
func (w *wizard) signIn(email, password string) *wizard {
	w.t.Helper()
	w.At(flow.Keys).See("Who creates the keys").Press("enter").See("Service user's")
	return w.Type(email).Press("tab", "tab").Paste(password).Press("enter")
}

// finish goes from a check that is all right to the end.
func (w *wizard) finish() *wizard {
	w.t.Helper()
	w.At(flow.Check).See("Is this your tenant?").Press("enter")
	return w.At(flow.Done).See("confirmed").Press("enter").Left()
}

// Saved waits for what follows when the credential is current: the product's form, or the end.
func (w *wizard) Saved() *wizard {
	w.t.Helper()
	return w.until("the credential being saved", func() bool { return w.app.step > flow.Check && w.app.dialog == nil })
}

// called gives a set-up another name than the one that was found for it.
func (w *wizard) called(name string) *wizard {
	w.t.Helper()
	at := w.app.step
	w.openAnswer(flow.Profile).Press("ctrl+u").Type(name).Press("enter")
	return w.At(at)
}

// Ended waits for the end of the program, and for words among its last ones.
func (w *wizard) Ended(words string) *wizard {
	w.t.Helper()
	w.Left()
	if text := Summary(Outcome{Answers: w.Answers()}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot); !strings.Contains(text, words) {
		w.t.Errorf("the last words lack %q:\n%s", words, text)
	}
	return w
}
