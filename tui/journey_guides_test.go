package tui

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog/console"
	"mimecred/tui/flow"
)

// TestGuides walks the systems of the vendors' guides from the first screen to the end of the product's form, with a tenant
// that has exactly what the plan asks for.
func TestGuides(t *testing.T) {
	t.Parallel()
	for _, system := range guidedSystems() {
		t.Run(system.name(), func(t *testing.T) {
			t.Parallel()
			g, needs := system.least(t)
			j := follow(t, system, g)
			j.reads = true
			j.toCheck().allPassed()
			for _, r := range j.sim.Requests() {
				if r.Write {
					t.Errorf("%s %s writes", r.Method, r.Path)
				}
			}
			j.save().At(flow.HandOff).See("is saved").See(j.integration.Form)
			for _, item := range console.Of(console.Checklist(j.integration.API, console.Existing, needs, console.Facts{}), console.After) {
				j.See(item.Title)
			}
			j.fillIn()
			j.Press("enter").Left()
		})
	}
}

// allPassed asserts that every check passed. The account's does not apply for products that do not ask for it.
func (j *guide) allPassed() {
	j.t.Helper()
	plan, results := j.plan(j.t), j.results()
	if len(results) != len(plan.Steps()) || len(plan.Probes) == 0 {
		j.t.Fatalf("%d results for %d steps", len(results), len(plan.Steps()))
	}
	for id, r := range results {
		spared := id == client.CheckAccount && plan.AccountOptional && r.State == client.Skipped && r.Kind != ""
		if r.State != client.Passed && !spared {
			j.t.Errorf("%s: %s %s %s", id, r.State, r.Kind, r.Message)
		}
	}
}

// save activates the credential.
func (j *guide) save() *guide {
	j.t.Helper()
	if j.results()[client.CheckAccount].State == client.Passed {
		j.See("Is this your tenant? " + guidedName).Press("enter")
		return j
	}
	j.See("Every check passed.").Press("enter")
	return j
}

// fillIn goes through the product's form: its fields in its order, each with its value in the clipboard.
func (j *guide) fillIn() {
	j.t.Helper()
	for _, f := range j.integration.Fields {
		j.See(f.Label).selected(f.Label)
		before := j.board.count()
		want, pasted := j.value(f)
		if want != "" && !f.Secret {
			j.See(want)
		}
		if f.Note != "" {
			j.See(f.Note)
		}
		j.Press("enter")
		if pasted {
			j.until("the clipboard", func() bool { return j.board.count() > before && strings.Contains(j.Body(), f.Label+" copied") })
			if got := j.board.last(); got != want {
				j.t.Errorf("%s: %d characters were copied, want %d: %s", f.Label, len(got), len(want), j.Body())
			}
		}
		if !pasted && j.board.count() != before {
			j.t.Errorf("%s: something was copied that is to be chosen", f.Label)
		}
		if !j.Answers().Ticked["handoff:"+j.id+":"+f.Key] {
			j.t.Errorf("%s is not done", f.Label)
		}
	}
}

// TestGuidesNeedAllOfTheirPlan takes away one product, permission or package of each plan at a time: exactly the checks
// that need it say so, with the right kind, and the screen names what to add.
func TestGuidesNeedAllOfTheirPlan(t *testing.T) {
	t.Parallel()
	for _, system := range guidedSystems() {
		g, needs := system.least(t)
		for _, p := range needs.Products {
			missing(t, system, g, loss{
				what: p.ID, named: p.Title, kind: client.MissingProduct, tried: p.Tried,
				hits: func(r client.Result) bool { return slices.Contains(r.Products, p.ID) },
			})
		}
		for _, p := range needs.Permissions {
			missing(t, system, g, loss{
				what: p.Permission, named: p.Permission, kind: client.MissingPermission, tried: p.Tried,
				hits: func(r client.Result) bool { return slices.Contains(strings.Split(r.Permission, " ; "), p.Permission) },
			})
		}
		for _, p := range needs.Packages {
			missing(t, system, g, loss{what: p.Package, named: p.Package, kind: client.NotLicensed, tried: true, licence: true})
		}
	}
}

// loss is something that is taken away, and what the checks must say then.
type loss struct {
	what, named string
	kind        client.Kind
	// tried tells whether the plan says that a check shows it; licence that it is a package.
	tried, licence bool
	// hits tells whether a check needs it.
	hits func(client.Result) bool
}

func missing(t *testing.T, system guided, g grant, l loss) {
	t.Helper()
	t.Run(system.name()+" without "+l.what, func(t *testing.T) {
		t.Parallel()
		plan := system.plan(t)
		j := follow(t, system, g.but(l.what)).toCheck()
		hits := l.hits
		if l.licence {
			hits = func(r client.Result) bool { return needsPackage(plan, r.ID, l.what) }
			if j.results()[client.CheckAccount].State != client.Passed {
				// The account's licences are not known: the refusal is all that there is.
				l.licence, l.kind, l.named = false, client.MissingPermission, "Awareness Training"
			}
		}
		hit := 0
		for id, r := range j.results() {
			if id == client.CheckAccount && plan.AccountOptional {
				continue
			}
			if !hits(r) {
				if r.State != client.Passed {
					t.Errorf("%s is %s (%s)", id, r.State, r.Kind)
				}
				continue
			}
			hit++
			if want := stateOf(plan, id, l); r.State != want || r.Kind != l.kind {
				t.Errorf("%s is %s (%s), want %s (%s)", id, r.State, r.Kind, want, l.kind)
			}
		}
		if (hit > 0) != l.tried {
			t.Errorf("%d checks show it; the plan says tried: %v", hit, l.tried)
		}
		if hit > 0 {
			j.readAbout(hits, l)
		}
	})
}

// stateOf is how a check ends that lacks something.
func stateOf(plan client.Plan, id string, l loss) client.State {
	if l.licence {
		return client.Skipped
	}
	if n := slices.IndexFunc(plan.Probes, func(p client.Probe) bool { return p.ID == id }); n >= 0 && plan.Probes[n].Optional {
		return client.Warning
	}
	return client.Failed
}

func needsPackage(plan client.Plan, id, licence string) bool {
	return slices.ContainsFunc(plan.Probes, func(p client.Probe) bool { return p.ID == id && p.Package == licence })
}

// readAbout goes to the row of the first check that lacks something and reads on screen what to do.
func (j *guide) readAbout(hits func(client.Result) bool, l loss) {
	j.t.Helper()
	steps, results := j.plan(j.t).Steps(), j.results()
	for range steps {
		j.Press("up")
	}
	for _, s := range steps {
		if hits(results[s.ID]) {
			break
		}
		j.Press("down")
	}
	if !l.licence && !strings.Contains(strings.Join(strings.Fields(j.Body()), " "), l.named) {
		j.Press("enter") // the details have what the panel has no room for
	}
	j.See(l.named)
}
