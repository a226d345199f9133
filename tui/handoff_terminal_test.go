//go:build unix

package tui

import (
	"bytes"
	"encoding/base64"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestTerminalClipboard looks at the bytes that a terminal gets: each value as OSC 52, and at the end a blank one.
func TestTerminalClipboard(t *testing.T) {
	t.Parallel()
	p := on(t, "handoff", 80, 24)
	p.see("Adapters > Mimecast - V2 > Add Connection")
	sent := func(text string) func() bool {
		return func() bool {
			p.mu.Lock()
			defer p.mu.Unlock()
			return bytes.Contains(p.raw, []byte("\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte(text))+"\a"))
		}
	}
	p.send("\r")
	p.until("the host in the clipboard", sent("https://api.services.mimecast.com"))
	p.send("\x1b[B\x1b[B\r")
	p.until("the secret in the clipboard", sent(handedOffSecret))
	p.see("Client Secret sent to the terminal")
	p.send("\x03")
	if code := p.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if bytes.Contains(p.raw, []byte(handedOffSecret)) {
		t.Error("the secret was written on the screen")
	}
	last := bytes.LastIndex(p.raw, []byte("\x1b]52;c;"))
	if last < 0 || !bytes.HasPrefix(p.raw[last:], []byte(ansi.SetSystemClipboard(" "))) {
		t.Error("the clipboard is not emptied at the end")
	}
}
