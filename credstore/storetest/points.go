package storetest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"

	"mimecred/credstore"
)

// Place is where a program can be interrupted.
type Place string

// The places.
const (
	AtStore   Place = "store"   // a write of the store
	AtFile    Place = "file"    // a write of a file beside it: the list, the journal, the notes
	AtNetwork Place = "network" // a call to Mimecast
)

// How what is done at a point goes wrong.
const (
	// KillThere ends the process with SIGKILL, right after the effect.
	KillThere = "kill"
	// FailBefore fails without any effect.
	FailBefore = "before"
	// FailAfterwards fails although the effect is there.
	FailAfterwards = "after"
)

// Points numbers everything that a program does which outlives it, and makes one of those go wrong.
type Points struct {
	mu     sync.Mutex
	counts map[Place]int
	fault  string
	place  Place
	n      int
	// log is a file that gets a line a point; "" for none.
	log string
}

// NewPoints reads what is to go wrong, such as "kill:store:3"; "" makes nothing go wrong. Every point that is passed is
// appended to the file log, a line each.
func NewPoints(what, log string) (*Points, error) {
	p := &Points{counts: map[Place]int{}, log: log}
	if what == "" {
		return p, nil
	}
	parts := strings.Split(what, ":")
	if len(parts) != 3 {
		return nil, fmt.Errorf("read the point %q: it is FAULT:PLACE:NUMBER", what)
	}
	n, err := strconv.Atoi(parts[2])
	if err != nil {
		return nil, fmt.Errorf("read the point %q: %w", what, err)
	}
	p.fault, p.place, p.n = parts[0], Place(parts[1]), n
	return p, nil
}

// errPoint is what fails at a point.
var errPoint = errors.New("made to fail by the test")

// at passes a point: do is what is done there.
func (p *Points) at(place Place, do func() error) error {
	p.mu.Lock()
	p.counts[place]++
	hit := p.place == place && p.n == p.counts[place]
	p.note(place)
	p.mu.Unlock()
	if hit && p.fault == FailBefore {
		return errPoint
	}
	err := do()
	switch {
	case hit && p.fault == KillThere:
		die()
	case hit && err == nil:
		return errPoint
	}
	return err
}

func (p *Points) note(place Place) {
	if p.log == "" {
		return
	}
	f, err := os.OpenFile(p.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err) // a test that cannot count proves nothing
	}
	_, _ = fmt.Fprintln(f, place)
	_ = f.Close()
}

// die ends the process as kill -9 does: nothing is cleaned up.
func die() {
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Kill()
	}
	select {}
}

// Store makes every write of a store a point.
func (p *Points) Store(inner credstore.Store) credstore.Store { return &pointedStore{inner, p} }

type pointedStore struct {
	credstore.Store
	points *Points
}

// Set implements credstore.Store.
func (s *pointedStore) Set(ctx context.Context, name string, item []byte) error {
	return s.judged(Call{Set, name}, s.points.at(AtStore, func() error { return s.Store.Set(ctx, name, item) }))
}

// Delete implements credstore.Store.
func (s *pointedStore) Delete(ctx context.Context, name string) error {
	return s.judged(Call{Delete, name}, s.points.at(AtStore, func() error { return s.Store.Delete(ctx, name) }))
}

func (s *pointedStore) judged(call Call, err error) error {
	if errors.Is(err, errPoint) {
		return fail(credstore.Broken, s.Kind(), call, err)
	}
	return err
}

// Files makes every write of a file a point.
func (p *Points) Files(inner credstore.Files) credstore.Files { return pointedFiles{inner, p} }

type pointedFiles struct {
	inner  credstore.Files
	points *Points
}

// Replace implements credstore.Files.
func (f pointedFiles) Replace(path string, text []byte) error {
	return f.points.at(AtFile, func() error { return f.inner.Replace(path, text) })
}

// Remove implements credstore.Files.
func (f pointedFiles) Remove(path string) error {
	return f.points.at(AtFile, func() error { return f.inner.Remove(path) })
}

// Transport makes every call a point: it is killed, or loses its reply, once the whole reply is there.
func (p *Points) Transport(inner http.RoundTripper) http.RoundTripper {
	return pointedTransport{inner, p}
}

type pointedTransport struct {
	inner  http.RoundTripper
	points *Points
}

// RoundTrip implements http.RoundTripper.
func (t pointedTransport) RoundTrip(r *http.Request) (reply *http.Response, err error) {
	err = t.points.at(AtNetwork, func() error {
		var failed error
		reply, failed = t.inner.RoundTrip(r) //nolint:bodyclose // the caller closes it, or it is closed below
		return failed                        //nolint:wrapcheck // a round tripper passes errors on as they are
	})
	if errors.Is(err, errPoint) && reply != nil {
		_ = reply.Body.Close()
		reply = nil
	}
	return reply, err
}
