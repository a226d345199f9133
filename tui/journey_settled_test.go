package tui

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// TestEscFromAnOpenedStepChangesNothing: what is typed there and left with esc is not meant, whatever it is.
func TestEscFromAnOpenedStepChangesNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		open flow.Step
		do   func(*wizard)
	}{
		"another host":    {flow.Region, func(w *wizard) { w.Press("shift+tab").Type("https://evil.example.org") }},
		"another region":  {flow.Region, func(w *wizard) { w.Press("down") }},
		"the other API":   {flow.API, func(w *wizard) { w.Press("down") }},
		"another name":    {flow.Profile, func(w *wizard) { w.Press("ctrl+u").Type("other") }},
		"another product": {flow.Integration, func(w *wizard) { w.Type("jupiter") }},
		"a proxy":         {flow.Connection, func(w *wizard) { w.Press("down") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, setting{})
			d := w.sim.Demo()
			w.toApplication("2.0").Paste(d.ClientID + "\n" + d.ClientSecret)
			before := w.Answers()
			w.openAnswer(tt.open)
			tt.do(w)
			w.Press("esc").At(flow.Application)
			after := w.Answers()
			if after.BaseURL != before.BaseURL || after.API != before.API || after.Name != before.Name || after.Integration != before.Integration || after.OwnConnection || after.ClientID != d.ClientID {
				t.Errorf("esc kept what was typed: %q, API %s, %q, %q", after.BaseURL, after.API, after.Name, after.Integration)
			}
			w.Press("tab", "enter")
			w.finish()
		})
	}
}

// TestNothingIsSentToAHostThatWasNotAllowed, however it came into the answers.
func TestNothingIsSentToAHostThatWasNotAllowed(t *testing.T) {
	t.Parallel()
	d := start(t, setting{}).sim.Demo()
	given := map[flow.Step]bool{}
	for s := flow.Integration; s <= flow.Application; s++ {
		given[s] = true
	}
	dialled := false
	w := start(t, setting{
		answers: flow.Answers{Given: given, Change: lifecycle.Change{
			Name: "acme", Store: "memory", API: client.API20, BaseURL: "https://evil.example.org", ClientID: d.ClientID, ClientSecret: secretOf(d.ClientSecret),
		}},
		dial: func(client.Endpoint) (lifecycle.Mimecast, error) {
			dialled = true
			return scripted{results: func() []client.Result { return passed }}, nil
		},
	})
	w.At(flow.Check).See("Choose the region")
	if dialled || w.stored("acme") != nil {
		t.Error("it was called")
	}
}

// TestAnotherProductIsAskedForItsRegion: one that was settled for a product of one region alone is not that of another product.
func TestAnotherProductIsAskedForItsRegion(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.At(flow.Integration).Type("jupiterone").Press("enter").See("What should it read?").Press("enter").At(flow.API).Press("enter").At(flow.Console)
	if got := w.Answers().BaseURL; got != "https://us-api.mimecast.com" {
		t.Fatalf("the region is %s", got)
	}
	w.openAnswer(flow.Integration)
	w.Press("ctrl+u").Type("cybrhawk").Press("enter")
	w.See("Needs Enhanced Logging").Press("enter").At(flow.Region)
}

// TestADraftOfAnExistingProfileGoesOn: a profile that is to be replaced is no name that somebody took meanwhile.
func TestADraftOfAnExistingProfileGoesOn(t *testing.T) {
	t.Parallel()
	state := flow.State{Name: "acme", Step: "application", SavedAt: newClock().Now(), Store: "memory", API: client.API20, Region: "global", BaseURL: global}
	w := start(t, setting{
		answers: flow.Answers{Unfinished: []flow.State{state}},
		prepare: func(w *wizard) {
			w.has(credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: global}}, w.pair())
		},
	})
	fresh := w.fullPair()
	w.secrets = append(w.secrets, fresh.ClientSecret)
	w.At(flow.Continue).Press("enter").At(flow.Application).Paste(fresh.ClientID + "\n" + fresh.ClientSecret).Press("enter")
	w.At(flow.Check).See("Is this your tenant?").Press("enter").At(flow.Done)
	if r := w.stored("acme"); r == nil || r.Current.Credential.Identifier() != fresh.ClientID || r.Previous == nil {
		t.Errorf("stored: %+v", r)
	}
}
