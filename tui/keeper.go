package tui

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// keeper keeps the state of a set-up that may be left. A state that cannot be written is not worth stopping anybody for:
// nothing secret and nothing at Mimecast depends on it.
type keeper struct {
	store step.Unfinished
	// asked counts the states that were to be written. It has no lock: a write may wait for another process, and what is on
	// screen must not.
	asked atomic.Int64

	// mu is locked while a state is written, one at a time.
	mu sync.Mutex
	// written is the last state that was.
	written int64
	// names are what was kept in this run, last the newest of it, and forgotten what was not worth keeping in the end.
	names     map[string]bool
	last      flow.State
	forgotten []string
	// over is set once the person has discarded the set-up.
	over bool
}

func newKeeper(store step.Unfinished) *keeper {
	return &keeper{store: store, names: map[string]bool{}}
}

// keep gives the command that writes the state of the answers at a step; nil when there is nothing to write. Commands run
// beside each other: an older state never replaces a newer one.
func (k *keeper) keep(at flow.Step, a flow.Answers, now time.Time) tea.Cmd {
	if k.store == nil {
		return nil
	}
	state, ok := flow.StateOf(at, a, now)
	if !ok {
		return nil
	}
	turn := k.asked.Add(1)
	return func() tea.Msg {
		k.write(turn, state)
		return nil
	}
}

func (k *keeper) write(turn int64, state flow.State) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if turn <= k.written {
		return
	}
	k.written = turn
	if k.store.Keep(state) == nil {
		k.names[state.Name], k.last = true, state
	}
}

// end writes the last state, and forgets what is finished or was kept under a name that was discarded. It tells whether
// there is something to go on with.
func (k *keeper) end(at flow.Step, a flow.Answers, now time.Time) (kept bool) {
	if k.store == nil {
		return false
	}
	ended := a.Activated || k.over
	if cmd := k.keep(at, a, now); cmd != nil && !ended {
		cmd()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.written = k.asked.Load() // what is still on its way comes too late
	if ended {
		k.names[a.Name] = true
	}
	for name := range k.names {
		if name != a.Name || ended {
			_ = k.store.Forget(name)
			k.forgotten = append(k.forgotten, name)
		}
	}
	return k.names[a.Name] && !ended
}

// came is what end has written: the set-up that can be gone on with, nil when there is none, and the names of those that
// were forgotten.
func (k *keeper) came() (left *flow.State, gone []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.names[k.last.Name] && !slices.Contains(k.forgotten, k.last.Name) {
		last := k.last
		left = &last
	}
	return left, slices.Clone(k.forgotten)
}
