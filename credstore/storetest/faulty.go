package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"mimecred/credstore"
)

// Op is one kind of operation of a store.
type Op string

// The operations. Any means all of them that touch an item.
const (
	Get       Op = "get"
	Set       Op = "set"
	Delete    Op = "delete"
	Available Op = "available"
	Any       Op = "any"
)

// Call is one operation that a Faulty was asked for.
type Call struct {
	Op   Op
	Name string
}

// Fault replaces an operation. do is the operation itself, which gives the item for Get and nil otherwise.
type Fault func(ctx context.Context, call Call, do func() ([]byte, error)) ([]byte, error)

// Faulty is a store on top of another one whose operations go wrong as scripted. It may be used by several goroutines.
type Faulty struct {
	inner credstore.Store

	mu     sync.Mutex
	calls  []Call
	counts map[Op]int
	script []scripted
	dead   bool
	late   []func()
}

type scripted struct {
	op    Op
	n     int
	fault Fault
}

// NewFaulty makes a Faulty that does what inner does until it is told otherwise.
func NewFaulty(inner credstore.Store) *Faulty {
	return &Faulty{inner: inner, counts: map[Op]int{}}
}

// On makes the n-th operation of that kind, counted from 1 over the life of the store, go wrong. With n = 0 every one
// does. The first matching line of the script wins.
func (f *Faulty) On(op Op, n int, fault Fault) *Faulty {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.script = append(f.script, scripted{op, n, fault})
	return f
}

// Next makes the next operation of that kind go wrong.
func (f *Faulty) Next(op Op, fault Fault) *Faulty { return f.On(op, f.Count(op)+1, fault) }

// Clear forgets the script; the store works again, except that a killed one stays dead.
func (f *Faulty) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.script = nil
}

// Calls lists what the store was asked for.
func (f *Faulty) Calls() []Call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// Count is how many operations of that kind the store was asked for.
func (f *Faulty) Count(op Op) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.counts[op]
}

// Kind implements credstore.Store.
func (f *Faulty) Kind() string { return f.inner.Kind() }

// MaxItem implements credstore.Store.
func (f *Faulty) MaxItem() int { return f.inner.MaxItem() }

// Location implements credstore.Store.
func (f *Faulty) Location(name string) string { return f.inner.Location(name) }

// Available implements credstore.Store.
func (f *Faulty) Available(ctx context.Context) error {
	_, err := f.run(ctx, Call{Op: Available}, func() ([]byte, error) { return nil, f.inner.Available(ctx) })
	return err
}

// Get implements credstore.Store.
func (f *Faulty) Get(ctx context.Context, name string) ([]byte, error) {
	return f.run(ctx, Call{Get, name}, func() ([]byte, error) { return f.inner.Get(ctx, name) })
}

// Set implements credstore.Store.
func (f *Faulty) Set(ctx context.Context, name string, item []byte) error {
	item = slices.Clone(item)
	_, err := f.run(ctx, Call{Set, name}, func() ([]byte, error) { return nil, f.inner.Set(ctx, name, item) })
	return err
}

// Delete implements credstore.Store.
func (f *Faulty) Delete(ctx context.Context, name string) error {
	_, err := f.run(ctx, Call{Delete, name}, func() ([]byte, error) { return nil, f.inner.Delete(ctx, name) })
	return err
}

func (f *Faulty) run(ctx context.Context, call Call, do func() ([]byte, error)) ([]byte, error) {
	f.mu.Lock()
	f.calls = append(f.calls, call)
	f.counts[call.Op]++
	if call.Op != Available {
		f.counts[Any]++
	}
	late := f.late
	f.late = nil
	if f.dead {
		f.mu.Unlock()
		return nil, fail(credstore.Broken, f.Kind(), call, errKilled)
	}
	var fault Fault
	for _, s := range f.script {
		if (s.op == call.Op || s.op == Any && call.Op != Available) && (s.n == 0 || s.n == f.counts[s.op]) {
			fault = s.fault
			break
		}
	}
	f.mu.Unlock()
	for _, write := range late {
		defer write()
	}
	if fault == nil {
		return do()
	}
	return fault(ctx, call, do)
}

var errKilled = errors.New("the process was killed here")

func fail(kind credstore.Kind, store string, call Call, err error) error {
	return &credstore.Error{Kind: kind, Store: store, Op: fmt.Sprintf("%s %s", call.Op, call.Name), Err: err}
}
