package tui

import "mimecred/tui/flow"

// The stretches of the path that journeys have in common.

// toRegion goes from the first step to the region, for API 2.0 or 1.0, with no particular product.
func (w *wizard) toRegion(api string) *wizard {
	w.t.Helper()
	w.At(flow.Profile).Press("enter")
	w.At(flow.Integration).Type("particular").Press("enter")
	w.At(flow.API)
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
	return w.At(flow.Region)
}

// toApplication goes on to the application.
func (w *wizard) toApplication(api string) *wizard {
	w.t.Helper()
	w.toRegion(api).pasteRegion()
	w.At(flow.Connection).Press("enter")
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
	w.At(flow.Saved).See("read back").Press("enter")
	return w.At(flow.Done).Press("enter").Left()
}
