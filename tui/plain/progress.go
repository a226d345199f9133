package plain

import (
	"context"
	"time"
)

// progressEvery is how often a line says that a call is still under way: often enough to show that the program lives, and
// seldom enough for a screen reader.
const progressEvery = 10 * time.Second

// underWay says every ten seconds that Mimecast has not answered yet, until stop is called. Nothing is printed after that.
func (s *session) underWay() (stop func()) {
	ctx, cancel := context.WithCancel(s.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		begun := time.Now()
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case now := <-tick.C:
				if s.interrupting.Load() {
					begun = now // it is the person who is waited for
					continue
				}
				s.out.line("    Waiting for Mimecast's answer: %d seconds so far.", int(now.Sub(begun).Seconds()))
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
