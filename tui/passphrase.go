package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"mimecred/client/secret"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// passphraseAsk is one question of a store, which waits for its answer.
type passphraseAsk struct {
	question step.PassphraseQuestion
	answer   chan screen.PassphraseAnswer
	// ended is closed when the store waits no longer.
	ended <-chan struct{}
}

// passphrases lead the questions of stores to the screens.
type passphrases struct {
	asks chan *passphraseAsk
	// now is what is asked, over the step that needs it; nil for nothing.
	now    *passphraseAsk
	screen *screen.Passphrase
}

type (
	// passphraseMsg brings a question.
	passphraseMsg struct{ ask *passphraseAsk }
	// passphraseOverMsg tells that a question needs no answer any more.
	passphraseOverMsg struct{ ask *passphraseAsk }
)

// ask waits until the screens have the answer.
func (p *passphrases) ask(ctx context.Context, q step.PassphraseQuestion) (secret.Value, error) {
	one := &passphraseAsk{question: q, answer: make(chan screen.PassphraseAnswer, 1), ended: ctx.Done()}
	select {
	case p.asks <- one:
	case <-ctx.Done():
		return secret.Value{}, ctx.Err() //nolint:wrapcheck // the store says what it was doing
	}
	select {
	case a := <-one.answer:
		return a.Value, a.Err
	case <-ctx.Done():
		return secret.Value{}, ctx.Err() //nolint:wrapcheck // the store says what it was doing
	}
}

// listen waits for the next question.
func (a *app) listen() tea.Cmd {
	if a.env.Passphrases == nil {
		return nil
	}
	asks, over := a.passphrases.asks, a.env.Context.Done()
	return func() tea.Msg {
		select {
		case one := <-asks:
			return passphraseMsg{one}
		case <-over:
			return nil
		}
	}
}

// asked shows a question over the step, and looks whether it is still to be answered.
func (a *app) asked(one *passphraseAsk) tea.Cmd {
	a.passphrases.now, a.passphrases.screen = one, screen.NewPassphrase(a.env, a.answers, one.question)
	a.help = false
	b := a.bodyBox()
	_, _ = a.passphrases.screen.Type(screen.SizeMsg{Width: b.width, Height: b.height})
	over := a.env.Context.Done()
	return func() tea.Msg {
		select {
		case <-one.ended:
			return passphraseOverMsg{one}
		case <-over:
			return nil
		}
	}
}

// typed gives a key, a paste or a click to the question.
func (a *app) typed(msg tea.Msg) tea.Cmd {
	cmd, answer := a.passphrases.screen.Type(msg)
	if answer == nil {
		return cmd
	}
	return tea.Batch(cmd, a.replied(*answer))
}

// replied gives the answer to the store, and listens for another question.
func (a *app) replied(answer screen.PassphraseAnswer) tea.Cmd {
	a.passphrases.now.answer <- answer
	a.passphrases.now, a.passphrases.screen, a.help = nil, nil, false
	return a.listen()
}

// over takes a question back that nobody waits for.
func (a *app) over(one *passphraseAsk) tea.Cmd {
	if a.passphrases.now != one {
		return nil
	}
	return a.replied(screen.PassphraseAnswer{Err: context.Canceled})
}
