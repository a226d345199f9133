package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

var errDead = errors.New("the process was killed here")

// grave ends a program of a desk at one point, as if the process had been killed there: from then on it writes no note,
// reaches no store and calls nobody.
type grave struct {
	credstore.Files
	d  *desk
	mu sync.Mutex
	// left are how many more operations of each sort come before the end; one that is not there has no end.
	left map[string]int
	dead bool
	// end spares the dead program from waiting for anybody.
	end context.CancelFunc
}

// The points: before and after what happens.
const (
	beforeNote, afterNote   = "before a note", "after a note"
	beforeStore, afterStore = "before the store", "after the store"
	beforeCall, afterCall   = "before a call", "after a call"
)

// strike tells whether the program has ended, at this point or before.
func (g *grave) strike(point string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if left, counted := g.left[point]; counted && !g.dead {
		g.left[point] = left - 1
		if g.dead = left <= 1; g.dead {
			g.end()
		}
	}
	return g.dead
}

// begin is a new process, which ends after what is left. It tells whether the one before was killed.
func (g *grave) begin(left map[string]int, end context.CancelFunc) (killed bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	killed = g.dead
	g.left, g.end, g.dead = left, end, false
	return killed
}

// note is one write beside the store.
func (g *grave) note(do func() error) error {
	if g.strike(beforeNote) {
		return errDead
	}
	err := do()
	if g.strike(afterNote) {
		return errDead
	}
	return err
}

func (g *grave) Replace(path string, text []byte) error {
	return g.note(func() error { return g.Files.Replace(path, text) })
}

func (g *grave) Remove(path string) error {
	return g.note(func() error { return g.Files.Remove(path) })
}

// fault is one operation of the store.
func (g *grave) fault(_ context.Context, call storetest.Call, do func() ([]byte, error)) ([]byte, error) {
	dead := &credstore.Error{Kind: credstore.Broken, Op: string(call.Op), Err: errDead}
	if g.strike(beforeStore) {
		return nil, dead
	}
	item, err := do()
	if g.strike(afterStore) {
		return nil, dead
	}
	return item, err
}

// call is one call of Mimecast.
func (g *grave) call(w http.ResponseWriter, r *http.Request) {
	if g.strike(beforeCall) {
		panic(http.ErrAbortHandler)
	}
	g.d.sim.Server.ServeHTTP(w, r)
	if g.strike(afterCall) {
		panic(http.ErrAbortHandler)
	}
}

// killing is one rotation that is killed somewhere.
type killing struct {
	name     string
	ready    string
	password bool
	args     []string
}

// TestRotateKilledAnywhere kills a rotation before and after every note, every operation of the store and every call of
// Mimecast in turn. Whatever happens, there is a current credential that works; keys that Mimecast created are in the store or
// are told of; and the commands that are told lead to the end.
func TestRotateKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, k := range []killing{
		{"a pair", "oauth-ok", false, nil},
		{"created keys", "legacy-ok", true, nil},
		{"and the old one logged out", "legacy-ok", true, []string{"--retire"}},
	} {
		for _, point := range []string{beforeNote, afterNote, beforeStore, afterStore, beforeCall, afterCall} {
			t.Run(k.name+", "+point, func(t *testing.T) {
				t.Parallel()
				n := 1
				for k.at(t, point, n) {
					n++
				}
				if n < 5 {
					t.Errorf("only %d points", n-1)
				}
			})
		}
	}
}

// at rotates and is killed at the n-th point of its sort; false when there is none.
func (k killing) at(t *testing.T, point string, n int) bool {
	t.Helper()
	d := newDesk(t)
	g := &grave{Files: credstore.OSFiles{}, d: d}
	d.setUp(k.ready, map[string]any{"base_url": d.at(g.call)})
	old := d.versions()[0]
	from := d.pair(everything())
	if k.password {
		from = map[string]any{"create_keys": signIn(d, withoutCode, nil)}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	g.begin(map[string]int{point: n}, cancel)
	d.files = g
	d.store.On(storetest.Any, 0, g.fault)
	args := append([]string{"rotate", "acme", "--from", "-"}, k.args...)
	got := d.runContext(ctx, asJSON(t, from), args...)
	struck := g.begin(nil, nil) // the next process
	if !struck && got.code != exitDone {
		t.Fatalf("without being killed: exit %d\n%s", got.code, got.err)
	}
	if struck {
		k.after(t, d, fmt.Sprintf("%s, %d", point, n), old, asJSON(t, from))
	}
	return struck
}

// after looks at what was left, and goes on as it is told to.
func (k killing) after(t *testing.T, d *desk, point, old, from string) {
	t.Helper()
	v := d.versions()
	d.ends(exitDone, "", "check", "--all", "-q") // the current version works
	listed := d.ends(exitDone, "", "list")
	resumed := d.run("", "rotate", "acme", "--resume")
	told := resumed.code == exitStore && strings.Contains(resumed.err, "A sign-in as "+withoutCode)
	left := k.password && d.sim.Server.Keys(withoutCode) > 0 && d.versions()[0] == old
	switch {
	case v[0] == "" || v[0] != old && v[1] == old:
		t.Fatalf("%s: current, pending, previous: %q", point, v)
	case left && !told, told && !strings.Contains(listed.err, "acme is not finished"):
		t.Fatalf("%s: keys may be left, and that is not said: exit %d\n%s%s", point, resumed.code, listed.err, resumed.err)
	case told:
		d.ends(exitDone, "", "delete", "acme", "--pending")
	case resumed.code != exitDone:
		t.Fatalf("%s: resumed with exit %d\n%s", point, resumed.code, resumed.err)
	case strings.Contains(resumed.err, "the previous key was being logged out"):
		d.ends(exitDone, "", "retire", "acme", "--yes")
	}
	if d.versions()[0] == old {
		d.ends(exitDone, from, "rotate", "acme", "--from", "-", "-q")
	}
	if v = d.versions(); v[0] == old || v[1] != "" {
		t.Fatalf("%s: at the end: %q", point, v)
	}
	d.ends(exitDone, "", "check", "acme", "-q")
	d.wantFinished()
}
