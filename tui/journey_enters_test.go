package tui

import (
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/simulator"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// counted counts what a person presses and pastes.
type counted struct {
	*wizard
	enters, pastes int
}

func (c *counted) enter() *counted {
	c.t.Helper()
	c.enters++
	c.Press("enter")
	return c
}

func (c *counted) paste(text string) *counted {
	c.t.Helper()
	c.pastes++
	c.Paste(text)
	return c
}

func (c *counted) at(s flow.Step) *counted {
	c.t.Helper()
	c.At(s)
	return c
}

// save goes from the end of the checks to the end of the program: the form is left at once.
func (c *counted) save() {
	c.t.Helper()
	c.At(flow.Check).See("Is this your tenant?")
	c.enter()
	c.Saved()
	if !c.Answers().Activated {
		c.t.Errorf("nothing is saved:\n%s", c.Frame())
	}
}

// product types a product's id and chooses it.
func (c *counted) product(id string) *counted {
	c.t.Helper()
	if c.at(flow.Start).enter().At(flow.Integration); id != "" {
		c.Type(id)
	}
	return c.enter()
}

// TestPressesOfEnter: from the first screen to a saved credential, real keys into the real program.
func TestPressesOfEnter(t *testing.T) {
	t.Parallel()
	both := func(a, b string) string { return a + "\n" + b + "\n" }
	for name, tt := range map[string]struct {
		demo           bool
		enters, pastes int
		walk           func(c *counted, d simulator.Demo)
	}{
		"the demo of API 2.0": {true, 6, 1, func(c *counted, d simulator.Demo) {
			c.product("").at(flow.API).enter().at(flow.Console).enter().at(flow.Application).paste(both(d.ClientID, d.ClientSecret)).enter().save()
		}},
		"API 2.0 without a product": {false, 6, 1, func(c *counted, d simulator.Demo) {
			c.product("").at(flow.API).enter().at(flow.Console).enter().at(flow.Application).paste(both(d.ClientID, d.ClientSecret)).enter().save()
		}},
		"API 2.0 for a product without a choice": {false, 5, 1, func(c *counted, d simulator.Demo) {
			c.product("pondurance-scope").at(flow.Console).enter().at(flow.Application).paste(both(d.ClientID, d.ClientSecret)).enter().save()
		}},
		"Axonius, which has features": {false, 7, 1, func(c *counted, d simulator.Demo) {
			c.product("axonius-mimecast-v2").See("What should it read?")
			c.enter().at(flow.Console).enter().at(flow.Application).paste(both(d.ClientID, d.ClientSecret)).enter()
			c.enter().save() // the internal domain may stay empty
		}},
		"API 1.0 with keys created here": {false, 12, 2, func(c *counted, d simulator.Demo) {
			c.product("netskope-cte-v1").See("Which one?")
			c.enter() // the older plugin, as chosen
			c.See("What should it read?")
			c.enter().at(flow.API).enter().at(flow.Region).paste(c.url).enter().at(flow.Console).enter()
			c.at(flow.Application).paste(both(d.ApplicationID, d.ApplicationKey)).enter()
			c.at(flow.Keys).enter().See("Service user's")
			c.Type(d.Email).Press("tab", "tab").Type(d.Password)
			c.enter().See("One-time code").Type(c.sim.Code(d.Email))
			c.enter()
			c.save()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &counted{wizard: start(t, setting{demo: tt.demo, answers: flow.Answers{Welcome: true}})}
			tt.walk(c, c.sim.Demo())
			if c.enters > tt.enters || c.pastes > tt.pastes {
				t.Errorf("%d presses of enter and %d pastes, want at most %d and %d", c.enters, c.pastes, tt.enters, tt.pastes)
			}
			t.Logf("%d presses of enter, %d pastes", c.enters, c.pastes)
		})
	}
}

// TestEveryProductHasAWay: from its row to the console, whatever it asks for.
func TestEveryProductHasAWay(t *testing.T) {
	t.Parallel()
	for _, i := range catalog.Integrations() {
		if i.Generic {
			continue
		}
		t.Run(i.ID, func(t *testing.T) {
			t.Parallel()
			w := start(t, setting{})
			w.At(flow.Integration).Type(i.ID)
			w.Press("enter")
			if w.app.step == flow.Integration && step.PlanToRead(w.Answers()) {
				questions := 0
				if i.Successor != "" {
					questions++
				}
				if len(i.Features) > 0 {
					questions++
				}
				for range max(1, questions) {
					w.Press("enter")
				}
			}
			w.until("the next step", func() bool { return w.app.step > flow.Integration })
			if w.app.step == flow.API {
				w.Press("enter").until("the step after the API", func() bool { return w.app.step > flow.API })
			}
			if w.app.step == flow.Region {
				w.Paste(w.url).Press("enter")
			}
			w.At(flow.Console)
			if a := w.Answers(); a.Integration != i.ID || a.API != i.API || a.Name == "" || a.API == client.API20 && a.BaseURL != global {
				t.Errorf("answers %+v", a)
			}
		})
	}
}
