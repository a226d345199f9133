package tui

import (
	"testing"
	"time"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// stuck is a shelf that somebody else holds.
type stuck struct{ asked, goOn chan struct{} }

func (s stuck) Keep(flow.State) error {
	close(s.asked)
	<-s.goOn
	return nil
}

func (s stuck) Forget(string) error { return nil }

// TestKeeperHoldsNobodyUp: the screen goes on while a state waits to be written.
func TestKeeperHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	s := stuck{make(chan struct{}), make(chan struct{})}
	k := newKeeper(s)
	now := newClock().Now()
	first := k.keep(flow.Console, flow.Answers{Change: lifecycle.Change{Name: "one"}}, now)
	written := make(chan struct{})
	go func() { first(); close(written) }()
	<-s.asked
	kept := make(chan struct{})
	go func() {
		k.keep(flow.Application, flow.Answers{Change: lifecycle.Change{Name: "one"}}, now)
		close(kept)
	}()
	late := time.NewTimer(20 * time.Second)
	defer late.Stop()
	select {
	case <-kept:
	case <-late.C:
		t.Error("keeping waits for the one who writes")
	}
	close(s.goOn)
	<-written
	<-kept
}
