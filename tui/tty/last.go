package tty

import (
	"context"
	"sync"
)

// LastResort puts the terminal back when the program has to end at once, in the middle of whatever it does. The zero value
// has nothing to do.
type LastResort struct {
	mu   sync.Mutex
	undo func()
}

// Set says how the terminal is put back from now on; nil takes that back. It may be called on nil.
func (l *LastResort) Set(undo func()) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.undo = undo
}

// Run puts the terminal back.
func (l *LastResort) Run() {
	l.mu.Lock()
	undo := l.undo
	l.mu.Unlock()
	if undo != nil {
		undo()
	}
}

type lastResortKey struct{}

// WithLastResort gives a context that knows l.
func WithLastResort(ctx context.Context, l *LastResort) context.Context {
	return context.WithValue(ctx, lastResortKey{}, l)
}

// LastResortOf is the one that ctx knows, or nil.
func LastResortOf(ctx context.Context) *LastResort {
	l, _ := ctx.Value(lastResortKey{}).(*LastResort)
	return l
}
