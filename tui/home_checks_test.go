package tui

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/step/steptest"
)

// turnstile is a Mimecast whose checks wait, one result after the other, until the test lets them go on.
type turnstile struct {
	lifecycle.Mimecast
	running sync.WaitGroup
	mu      sync.Mutex
	now     int
	most    int
	// goOn has one value for every result; closed, nothing waits any more.
	goOn chan struct{}
}

func newTurnstile() *turnstile { return &turnstile{goOn: make(chan struct{}, 16)} }

func (g *turnstile) dial(client.Endpoint) (lifecycle.Mimecast, error) { return g, nil }

func (g *turnstile) Close() {}

func (g *turnstile) count(by int) {
	g.running.Add(by)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now += by
	g.most = max(g.most, g.now)
}

// atMost is how many checks ran beside each other at most.
func (g *turnstile) atMost() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.most
}

// pass waits for its turn; one that was called off takes none.
func (g *turnstile) pass(ctx context.Context) bool {
	select {
	case _, one := <-g.goOn:
		if ctx.Err() == nil {
			return true
		}
		if one {
			g.goOn <- struct{}{}
		}
		return false
	case <-ctx.Done():
		return false
	}
}

// Check implements lifecycle.Mimecast: the credentials are right, and the account may not be read.
func (g *turnstile) Check(ctx context.Context, _ client.Credential, plan client.Plan) iter.Seq[client.Result] {
	return func(yield func(client.Result) bool) {
		g.count(1)
		defer g.count(-1)
		for _, step := range plan.Steps() {
			r := client.Result{ID: step.ID, Title: step.Title, State: client.Passed}
			if step.ID == client.CheckAccount {
				r.State, r.Kind = client.Failed, client.MissingPermission
			}
			if !g.pass(ctx) {
				r.State, r.Kind = client.Skipped, client.Canceled
			}
			if !yield(r) {
				return
			}
		}
	}
}

// lastCheck is what the list has of a profile's last check.
func (w *wizard) lastCheck(name string) *credstore.CheckSummary {
	w.t.Helper()
	e, known, err := w.vault.Lookup(name)
	if err != nil || !known {
		w.t.Fatalf("%s is not listed: %v", name, err)
	}
	return e.LastCheck
}

// TestHomeTestsOneAndAll tests one profile, and then all of them, of which one has a wrong secret.
func TestHomeTestsOneAndAll(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 130, height: 40}, func(w *wizard) {
		for _, name := range []string{"acme", "beta", "gamma"} {
			p, c := w.of20(name, "axonius-mimecast-v2")
			if name == "beta" {
				c = client.OAuth{ClientID: w.sim.Demo().ClientID, ClientSecret: secret.New("not-the-right-secret")}
			}
			w.put(p, c, states()...)
		}
		w.clock.add(5 * 24 * time.Hour)
	})
	w.On("acme").Row("acme", "5 days ago").Press("t").Row("acme", "just now").Pane("Tested just now:").Pane("Internal users of example.com")
	if c := w.lastCheck("acme"); !c.OK || len(c.Checks) < 5 || c.At.Before(w.clock.Now().Add(-time.Hour)) {
		t.Errorf("the list has %+v", c)
	}
	if c := w.lastCheck("gamma"); len(c.Checks) != 4 {
		t.Errorf("gamma was tested too: %+v", c)
	}
	w.Press("T").See("3 tested: 2 passed, beta failed.").Row("beta", "1 failed").Row("gamma", "just now")
	w.On("beta").Not("3 of 3").Pane("invalid credentials")
	if c := w.lastCheck("beta"); c.OK || c.Failed != 1 {
		t.Errorf("the list has %+v", c)
	}
	w.Press("q").Left()
	text := Summary(Outcome{AtHome: true, Answers: w.Answers(), Changes: w.app.changes()}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot)
	for _, line := range []string{"acme: tested: ", "beta: tested: 1 failed", "gamma: tested: "} {
		if strings.Count(text, line) != 1 {
			t.Errorf("%q is not once in the summary:\n%s", line, text)
		}
	}
	if strings.Count(text, "\n") != 3 {
		t.Errorf("the summary:\n%s", text)
	}
}

// TestHomeTestsWhileEveryOtherKeyWorks sees results as they come, four profiles at a time, and stops them with esc.
func TestHomeTestsWhileEveryOtherKeyWorks(t *testing.T) {
	t.Parallel()
	g := newTurnstile()
	w := atHome(t, setting{width: 130, height: 40, dial: g.dial}, func(w *wizard) {
		for i := range 6 {
			p, c := w.of20(fmt.Sprintf("p%d", i), "")
			w.put(p, c)
		}
	})
	w.Row("p0", "").Press("T").See("0 of 6 tested; esc stops.")
	for _, name := range []string{"p0", "p1", "p2", "p3"} {
		w.Row(name, "0/")
	}
	w.Row("p4", "queued").Row("p5", "queued")
	if n := g.atMost(); n > 4 {
		t.Errorf("%d tests at once", n)
	}
	g.goOn <- struct{}{}
	w.until("a first result", func() bool { return strings.Contains(w.Frame(), "1/") })
	w.Press("/").Type("p5").Top("1 of 6").Pane("Waiting to be tested").Press("esc").Top("6 profiles")
	if got := w.footer(); !slices.Contains(got, "esc") {
		t.Errorf("the footer does not tell how to stop: %v", got)
	}
	w.Press("esc").See("The tests were stopped.").Row("p0", "just now").Row("p5", "just now")
	if c := w.lastCheck("p0"); len(c.Checks) != 0 {
		t.Errorf("a test that was called off was noted: %+v", c)
	}
	g.running.Wait()
	w.On("p1").Press("t").Row("p1", "0/")
	close(g.goOn)
	w.Row("p1", "1 failed").Pane("missing permission").Press("T").See("6 tested: 6 failed.")
	if n := g.atMost(); n != 4 {
		t.Errorf("%d tests at once", n)
	}
}

// TestHomeTestsGoOnBehindAPath: what was begun in the list ends although something else is on screen.
func TestHomeTestsGoOnBehindAPath(t *testing.T) {
	t.Parallel()
	g := newTurnstile()
	w := atHome(t, setting{dial: g.dial}, func(w *wizard) {
		for i := range 6 {
			p, c := w.of20(fmt.Sprintf("p%d", i), "")
			w.put(p, c)
		}
	})
	w.Row("p0", "").Press("T").Row("p3", "0/").Press("n").At(flow.Integration)
	close(g.goOn)
	w.until("the end of the tests", func() bool {
		for i := range 6 {
			if len(w.lastCheck(fmt.Sprintf("p%d", i)).Checks) == 0 {
				return false
			}
		}
		return true
	})
	w.At(flow.Integration).Press("esc").At(flow.Home).Row("p5", "1 failed")
}

// TestHomeTestQuitsAtOnce: q does not wait for tests.
func TestHomeTestQuitsAtOnce(t *testing.T) {
	t.Parallel()
	g := newTurnstile()
	w := atHome(t, setting{dial: g.dial}, several)
	w.On("acme").Press("t").Row("acme", "0/").Press("q").Left()
}

// TestHomeTestOfStoreTrouble: a profile that cannot be read is in nobody's way, and a store that waits says for what.
func TestHomeTestOfStoreTrouble(t *testing.T) {
	t.Parallel()
	store := storetest.NewFaulty(credstore.NewMemory())
	w := atHome(t, setting{store: store, width: 130, height: 40}, several)
	w.On("beta")
	goOn := make(chan struct{})
	locked := storetest.Fail(credstore.Locked)
	store.On(storetest.Get, 0, func(ctx context.Context, call storetest.Call, do func() ([]byte, error)) ([]byte, error) {
		switch call.Name {
		case "beta":
			return locked(ctx, call, do)
		case "gamma":
			return silent(w.clock, goOn)(ctx, call, do)
		default:
			return do()
		}
	})
	w.Press("T").Row("beta", "not tested").Pane("is locked and was not unlocked").Pane("Unlock it")
	w.See("Waiting for the keyring to be unlocked until").Row("gamma", "waiting")
	w.Row("acme", "just now").Row("old", "just now")
	close(goOn)
	w.See("6 tested: ").Row("gamma", "just now").Row("beta", "not tested")
	if c := w.lastCheck("beta"); c.At.After(w.clock.Now().Add(-24 * time.Hour)) {
		t.Errorf("a test that was not made was noted: %+v", c)
	}
}

// TestHomeTestOfAPendingVersion: what a test comes to is the same here, in line mode, and in "mimecred check".
func TestHomeTestOfAPendingVersion(t *testing.T) {
	t.Parallel()
	for _, p := range steptest.Pendings() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			w := atHome(t, setting{width: 130, height: 60}, func(w *wizard) {
				if err := p.Put(t.Context(), w.vault, w.store.Kind(), w.sim, w.url); err != nil {
					t.Fatal(err)
				}
			})
			w.On("acme").Press("t").See("1 tested: ")
			w.until("the list is read again", func() bool { return !strings.Contains(w.row("! acme"), "not tested") || !p.Activated })
			if wrong := p.Wrong(t.Context(), w.vault, w.pane()); wrong != "" {
				t.Errorf("%s\n%s", wrong, w.Frame())
			}
		})
	}
}

// TestHomeTestOfAll activates what only waits, and leaves a pending version alone beside a current one, as "mimecred check --all" does.
func TestHomeTestOfAll(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 130, height: 40}, func(w *wizard) {
		several(w)
		p, c := w.of20("acme", "")
		w.wait(p, c, credstore.Created)
		_ = w.vault.End(t.Context(), "acme", credstore.Left)
	})
	w.On("waits").Press("T").See("6 tested: ").Row("waits", "just now").Pane("The credential passed and is now current.")
	if r := w.stored("waits"); r.Current == nil || r.Pending != nil {
		t.Errorf("stored %+v", r)
	}
	if r := w.stored("acme"); r.Pending == nil {
		t.Error("the pending version beside the current one is gone")
	}
	w.Press("q").Left()
}

// TestHomeTestForgetsWhatWasKeptLongEnough: a previous version whose time is over goes with the next test.
func TestHomeTestForgetsWhatWasKeptLongEnough(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 130, height: 40}, func(w *wizard) {
		p, c := w.of20("acme", "")
		w.put(p, client.OAuth{ClientID: "an-older-client-id", ClientSecret: secret.New("an-older-secret")})
		w.put(p, c, states()...)
		w.clock.add(8 * 24 * time.Hour)
	})
	if r := w.stored("acme"); r.Previous == nil {
		t.Fatal("there is no previous version")
	}
	w.On("acme").Pane("kept until").Press("t").Row("acme", "just now").Pane("The time of the previous version is over, and it is forgotten here")
	if strings.Contains(w.pane(), "kept until 2") {
		t.Error("the details still have the previous version")
	}
	if r := w.stored("acme"); r.Previous != nil {
		t.Error("the previous version is still there")
	}
}

// TestHomeTestConfirms: a test that passes is what a change waited for.
func TestHomeTestConfirms(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{}, func(w *wizard) {
		p, c := w.of20("acme", "")
		w.wait(p, c, credstore.Pasted)
		if _, err := w.vault.Activate(t.Context(), "acme", credstore.CheckSummary{At: w.clock.Now(), OK: true, Passed: 4}); err != nil {
			t.Fatal(err)
		}
		_ = w.vault.End(t.Context(), "acme", credstore.Left)
	})
	w.Row("! acme:", "the new version is current, and not confirmed").Press("c").Row("acme", "just now").See("1 tested: 1 passed.")
	w.until("nothing unfinished", func() bool { return w.row("! acme:") == "" })
}

// TestHomeFailedTestForgetsNothing: while the new credential is not confirmed, the one before may be the one that works.
func TestHomeFailedTestForgetsNothing(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 130, height: 40}, func(w *wizard) {
		p, c := w.of20("acme", "")
		w.put(p, c, states()...)
		if _, err := w.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: "memory", Keep: 0}); err != nil {
			t.Fatal(err)
		}
		w.wait(p, client.OAuth{ClientID: "new", ClientSecret: secret.New("new-secret")}, credstore.Pasted)
		sum := credstore.CheckSummary{At: w.clock.Now(), OK: true, Passed: 4, Version: w.stored("acme").Pending.ID}
		if _, err := w.vault.Activate(t.Context(), "acme", sum); err != nil {
			t.Fatal(err)
		}
		_ = w.vault.End(t.Context(), "acme", credstore.Left)
	})
	w.On("acme").Press("t").Row("acme", "1 failed")
	if r := w.stored("acme"); r.Previous == nil {
		t.Error("the last version that works is forgotten")
	}
}
