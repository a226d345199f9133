//go:build unix

package plain

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"

	"mimecred/client/secret"
	"mimecred/tui/step"
)

// TestAPassphraseThatNobodyWaitsFor: when what asked has ended, nobody reads the terminal any more, so that the next answer is whole,
// and is not shown.
func TestAPassphraseThatNobodyWaitsFor(t *testing.T) {
	ours, theirs := openTerminal(t)
	shown := watch(t, ours)
	before, err := term.GetState(theirs.Fd())
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			_, err := TerminalPassphrase(ctx, theirs, theirs, step.PassphraseQuestion{})
			ended <- err
		}()
		shown.wait(t, "(hidden): ")
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Fatalf("ended with %v", err)
		}
		if after, err := term.GetState(theirs.Fd()); err != nil || *after != *before {
			t.Fatalf("the terminal is not as it was (%v)", err)
		}
	}
	type answer struct {
		value secret.Value
		err   error
	}
	got := make(chan answer, 1)
	go func() {
		value, err := TerminalPassphrase(t.Context(), theirs, theirs, step.PassphraseQuestion{})
		got <- answer{value, err}
	}()
	shown.wait(t, "(hidden): ")
	if _, err := io.WriteString(ours, "correct horse\n"); err != nil {
		t.Fatal(err)
	}
	if a := <-got; a.err != nil || a.value.Reveal() != "correct horse" {
		t.Fatalf("read %d characters, %v", a.value.Len(), a.err)
	}
	if strings.Contains(shown.String(), "horse") {
		t.Error("the passphrase is shown")
	}
}
