//go:build unix && !darwin

package clipboard_test

import (
	"maps"
	"testing"

	"mimecred/client/secret"
	"mimecred/tui/clipboard"
	"mimecred/tui/clipboard/tmuxtest"
)

// TestTmux copies into a real tmux: into a buffer of our name, whatever set-clipboard says, and nothing of it stays.
func TestTmux(t *testing.T) {
	const text = "key+/== with 'quotes' and $PATH"
	for _, option := range []string{"external", "on", "off"} {
		t.Run(option, func(t *testing.T) {
			s := tmuxtest.Start(t, option, "80", "24", nil, "sleep", "600")
			s.Run("set-buffer", "-b", "theirs", "kept")
			t.Setenv("TMUX", s.Variable())
			b := clipboard.New(env(map[string]string{"TMUX": s.Variable()}))
			if got := b.Copy(t.Context(), secret.New(text)); got != (clipboard.Copied{Place: clipboard.InTmux}) {
				t.Fatalf("copied: %+v", got)
			}
			if got, want := s.Buffers(), map[string]string{"mimecred": text, "theirs": "kept"}; !maps.Equal(got, want) {
				t.Errorf("the buffers are %q", got)
			}
			if got := b.Empty(t.Context(), secret.New("of another run")); got != (clipboard.Gone{Left: clipboard.Foreign}) {
				t.Errorf("what another run copied: %+v", got)
			}
			if got := b.Empty(t.Context(), secret.New(text)); got != (clipboard.Gone{Left: clipboard.Deleted}) {
				t.Errorf("deleted: %+v", got)
			}
			if got, want := s.Buffers(), map[string]string{"theirs": "kept"}; !maps.Equal(got, want) {
				t.Errorf("afterwards the buffers are %q", got)
			}
			if got := b.Empty(t.Context(), secret.New(text)); got != (clipboard.Gone{Send: true}) {
				t.Errorf("where nothing is: %+v", got)
			}
		})
	}
}

// TestTmuxThatIsNotThere sends the value to the terminal where $TMUX leads nowhere.
func TestTmuxThatIsNotThere(t *testing.T) {
	nowhere := t.TempDir() + "/none,1,0"
	t.Setenv("TMUX", nowhere)
	b := clipboard.New(env(map[string]string{"TMUX": nowhere}))
	if got := b.Copy(t.Context(), secret.New("value")); got != (clipboard.Copied{Send: true}) {
		t.Errorf("copied: %+v", got)
	}
	if got := b.Empty(t.Context(), secret.New("value")); got != (clipboard.Gone{Send: true}) {
		t.Errorf("emptied: %+v", got)
	}
}
