package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
	"mimecred/tui/tty"
)

// passphrase asks for the passphrase of the encrypted files in the middle of whatever needs them.
func (s *session) passphrase(_ context.Context, q step.PassphraseQuestion) (secret.Value, error) {
	label := s.label
	s.label = ""
	s.interrupting.Store(true)
	defer func() { s.label = label; s.interrupting.Store(false) }()
	return passphrase(q, s.out.indented, func(text string) (string, error) {
		raw, err := s.hidden(question{text: text, help: q.Help(), leaving: true}, "")
		if errors.Is(err, errBack) {
			err = step.ErrNoPassphrase
		}
		return raw, err
	})
}

// TerminalPassphrase asks for the passphrase on the terminal in, whose words go to out. Nothing that is typed is shown.
func TerminalPassphrase(ctx context.Context, in *os.File, out io.Writer, q step.PassphraseQuestion) (secret.Value, error) {
	defer keepTerminal(in)()
	quiet := &stops{fd: in.Fd(), jobs: &tty.Jobs{}, again: make(chan struct{}, 1), ctx: ctx}
	read := terminalSecret(in.Fd(), quiet, newInput(strings.NewReader("")))
	say := func(text string) { fmt.Fprintln(out, text) }
	return passphrase(q, say, func(text string) (string, error) {
		restore := quiet.hush()
		defer restore()
		fmt.Fprint(out, text+" (hidden): ")
		raw, err := read(text)
		fmt.Fprintln(out)
		return raw, err
	})
}

// passphrase asks one question, twice where a passphrase is chosen, until the answer can be one.
func passphrase(q step.PassphraseQuestion, say func(string), ask func(text string) (string, error)) (secret.Value, error) {
	for _, line := range q.Intro() {
		say(line)
	}
	for {
		first, err := onePassphrase(ask, q.Label())
		if err != nil {
			return secret.Value{}, err
		}
		again := first
		if q.New && !first.IsZero() {
			if again, err = onePassphrase(ask, q.Again()); err != nil {
				return secret.Value{}, err
			}
		}
		wrong := step.JudgePassphrase(first, again)
		if wrong == nil {
			if words := q.WeakPassphrase(first); words != "" {
				say(words)
			}
			return first, nil
		}
		say(lifecycle.Sentence(wrong))
	}
}

func onePassphrase(ask func(text string) (string, error), text string) (secret.Value, error) {
	raw, err := ask(text)
	if err != nil {
		return secret.Value{}, fmt.Errorf("read the passphrase: %w", err)
	}
	line, _ := secret.CleanLine(raw)
	return secret.New(line), nil
}
