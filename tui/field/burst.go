package field

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Terminals without bracketed paste deliver a paste as single keys, line breaks as enter. Nobody types burstLength keys
// with less than burstGap between any two of them and enter as quickly after the last: that enter is part of the paste.
const (
	burstGap    = 10 * time.Millisecond
	burstLength = 8
)

// burst follows how quickly characters arrive.
type burst struct {
	now  func() time.Time
	last time.Time
	n    int
}

// rune counts one more character.
func (b *burst) rune() {
	now := b.now()
	if b.n > 0 && now.Sub(b.last) <= burstGap {
		b.n++
	} else {
		b.n = 1
	}
	b.last = now
}

// running tells whether a key that arrives now is still part of the burst.
func (b *burst) running() bool {
	return b.n >= burstLength && b.now().Sub(b.last) <= burstGap
}

// newline tells whether a key is one that terminals send for a line break.
func newline(msg tea.KeyPressMsg) bool {
	return msg.Mod&^tea.ModCtrl == 0 && (msg.Code == tea.KeyEnter || msg.Mod == tea.ModCtrl && (msg.Code == 'j' || msg.Code == 'm'))
}
