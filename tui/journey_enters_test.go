package tui

import (
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/simulator"
	"mimecred/credstore/lifecycle"
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

// TestPressesOfEnterToRotate: from the first screen of a rotation to the new current credential, and to the end of what follows it. The
// form is left at once.
func TestPressesOfEnterToRotate(t *testing.T) {
	t.Parallel()
	newPair := func(c *counted, choose ...string) {
		fresh := c.fullPair()
		c.secrets = append(c.secrets, fresh.ClientSecret)
		c.at(flow.Rotate).See("It works:").Press(choose...)
		c.enter().at(flow.Console).enter().at(flow.Application).paste(fresh.ClientID + "\n" + fresh.ClientSecret + "\n").enter()
	}
	renewed := func(c *counted, d simulator.Demo) {
		c.at(flow.Keys).See("Password")
		c.Type(d.Password)
		c.enter().See("One-time code").Type(c.sim.Code(d.Email))
		c.enter()
	}
	for name, tt := range map[string]struct {
		open           func(t *testing.T) *wizard
		enters, pastes int
		after          int // presses of enter from the saved credential to the end, without the fields of the form
		walk           func(c *counted, d simulator.Demo)
	}{
		"API 2.0, another pair": {
			func(t *testing.T) *wizard { return rotating20(t, "axonius-mimecast-v2") }, 4, 1, 2,
			func(c *counted, _ simulator.Demo) {
				newPair(c, "down")
				if c.Answers().Way != lifecycle.Another {
					c.t.Errorf("the way is %v", c.Answers().Way)
				}
			},
		},
		"API 2.0, a pair that was regenerated": {
			func(t *testing.T) *wizard { return rotating20(t, "") }, 4, 1, 2,
			func(c *counted, _ simulator.Demo) { newPair(c) },
		},
		"API 1.0, new keys": {
			func(t *testing.T) *wizard { return rotating10(t) }, 6, 0, 2,
			func(c *counted, d simulator.Demo) {
				c.at(flow.Rotate).See("It works:")
				c.enter().at(flow.Console).enter().at(flow.Keys).enter()
				renewed(c, d)
			},
		},
		"API 1.0, renewed keys": {
			func(t *testing.T) *wizard {
				return start(t, setting{
					answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API10}}),
					prepare: func(w *wizard) {
						w.has(w.profile10(), w.keys10())
						w.sim.ExpireKeys(w.sim.Demo().Email)
					},
				})
			}, 5, 0, 1,
			func(c *counted, d simulator.Demo) {
				c.at(flow.Rotate).See("have expired")
				c.enter().at(flow.Console).enter()
				renewed(c, d)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &counted{wizard: tt.open(t)}
			tt.walk(c, c.sim.Demo())
			c.save()
			if c.enters > tt.enters || c.pastes > tt.pastes {
				t.Errorf("%d presses of enter and %d pastes until it is saved, want at most %d and %d", c.enters, c.pastes, tt.enters, tt.pastes)
			}
			saved := c.enters
			c.at(flow.HandOff).Press("end")
			if c.enter(); c.app.dialog != nil { // the fields that are not done
				c.Press("down", "enter")
			}
			c.until("what follows the form", func() bool { return c.quit || c.app.step != flow.HandOff })
			if !c.quit {
				c.at(flow.Retire).enter()
			}
			c.Left()
			t.Logf("%d presses of enter, %d pastes until it is saved; %d presses until the end", saved, c.pastes, c.enters)
			if c.enters-saved > tt.after {
				t.Errorf("%d presses of enter from there to the end, want at most %d\n%s", c.enters-saved, tt.after, c.Frame())
			}
		})
	}
}
