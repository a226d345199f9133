//go:build unix

package tui

import (
	"os"
	"strings"
	"testing"

	"mimecred/tui/clipboard/tmuxtest"
)

// TestTmuxClipboard copies a secret inside a real tmux: it lies in a buffer of the program's name while the program runs, and
// in none afterwards; its row is not ticked, because nobody saw it arrive in the person's clipboard.
func TestTmuxClipboard(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, setting := range []struct{ option, width, height string }{{"external", "80", "24"}, {"on", "40", "12"}} {
		t.Run(setting.option, func(t *testing.T) {
			t.Parallel()
			s := tmuxtest.Start(t, setting.option, setting.width, setting.height, []string{childVariable + "=handoff-tmux"}, self)
			s.See("Host Name or IP Address")
			s.Run("send-keys", "Down")
			s.Run("send-keys", "Down")
			s.Run("send-keys", "Enter")
			s.Until("secret in the buffer", func() bool { return s.Buffers()["mimecred"] == handedOffSecret })
			s.See("Client Secret in tmux's")
			s.See("0/10")
			if held := s.Buffers(); len(held) != 1 {
				t.Errorf("%d buffers hold something", len(held))
			}
			shown := s.Run("capture-pane", "-p", "-S", "-")
			t.Logf("%s x %s:\n%s", setting.width, setting.height, shown)
			if strings.Contains(shown, handedOffSecret) {
				t.Error("the secret is on the screen")
			}
			s.Run("send-keys", "Space")
			s.See("1/10")
			s.Run("send-keys", "C-c")
			s.Until("end of the program", func() bool { return strings.TrimSpace(s.Run("display-message", "-p", "#{pane_dead}")) == "1" })
			if held := s.Buffers(); len(held) != 0 {
				t.Errorf("%d buffers are left when the program has ended", len(held))
			}
		})
	}
}
