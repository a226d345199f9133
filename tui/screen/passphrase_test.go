package screen

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// TestNewPassphrase: a short one is warned of once, and an empty one is missed where it belongs.
func TestNewPassphrase(t *testing.T) {
	env := Env{Context: context.Background(), Theme: theme.New(true, theme.WithStill()), Keys: theme.DefaultKeyMap()}
	s := NewPassphrase(env, flow.Answers{}, step.PassphraseQuestion{New: true, Folder: "f"})
	seen := func() string { return ansi.Strip(s.View(80, 24).Body) }
	s.Type(SizeMsg{Width: 80, Height: 24})
	enter := tea.KeyPressMsg{Code: tea.KeyEnter}
	s.Type(enter)
	if s.Type(enter); !strings.Contains(seen(), "Nobody can open the files without it.") || strings.Index(seen(), "Type a passphrase.") > strings.Index(seen(), "The same once more") {
		t.Fatalf("an empty one:\n%s", seen())
	}
	s.Type(tea.KeyPressMsg{Code: 'a', Text: "a"})
	s.Type(enter)
	s.Type(tea.KeyPressMsg{Code: 'a', Text: "a"})
	if _, answer := s.Type(enter); answer != nil || !strings.Contains(seen(), "Short passphrases can be guessed: use several words. enter uses it.") {
		t.Fatalf("a short one:\n%s", seen())
	}
	if _, answer := s.Type(enter); answer == nil || answer.Err != nil {
		t.Fatalf("it is not used by enter:\n%s", seen())
	}
}
