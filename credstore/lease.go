package credstore

import (
	"context"
	"sync/atomic"
)

// lease is one profile that this vault has locked: one operation at a time, and no other process in between.
type lease struct {
	vault *Vault
	name  string
	// turn lets one operation of this vault at a time work on the profile.
	turn chan struct{}
	// release frees the lock among processes; nil when it is not locked.
	release func()
	// staged is the version that this vault staged and that is neither activated nor discarded; "" when there is none.
	staged string
	// changes counts the changes that were announced.
	changes atomic.Int64
	// begun is set while a change that this vault announced is unfinished.
	begun bool
}

// keeps tells whether the profile stays with this vault between operations.
func (h *lease) keeps() bool { return h.begun || h.staged != "" }

// begin locks the profile for one operation. The caller calls end.
func (v *Vault) begin(ctx context.Context, name string) (*lease, error) {
	v.mu.Lock()
	h := v.leases[name]
	if h == nil {
		h = &lease{vault: v, name: name, turn: make(chan struct{}, 1)}
		v.leases[name] = h
	}
	v.mu.Unlock()
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, &Error{Kind: contextKind(ctx.Err()), Op: "wait for " + name, Err: ctx.Err()}
	}
	if h.release == nil {
		release, err := v.index.lockProfile(ctx, name)
		if err != nil {
			<-h.turn
			return nil, err
		}
		h.release = release
	}
	return h, nil
}

// end lets the next operation of this vault begin and, unless keep, other processes too.
func (h *lease) end(keep bool) {
	if !keep && h.release != nil {
		h.release()
		h.release, h.staged, h.begun = nil, "", false
	}
	<-h.turn
}

// leave unlocks name without changing anything; see Left.
func (v *Vault) leave(name string) {
	v.mu.Lock()
	h := v.leases[name]
	v.mu.Unlock()
	if h == nil {
		return
	}
	select {
	case h.turn <- struct{}{}:
		h.end(false)
	default:
		changes := h.changes.Load()
		go func() {
			h.turn <- struct{}{}
			h.end(h.changes.Load() != changes && h.keeps()) // a change that was begun since is not what is left
		}()
	}
}

// mine tells whether this vault has the profile.
func (h *lease) mine() bool {
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
		return h.release != nil
	default:
		return true // an operation of this vault runs
	}
}
