package screen

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// What the work of the keys step says.
type (
	// preparedMsg: the store works, and this is where the account lives.
	preparedMsg struct{ place client.Place }
	// unpreparedMsg: the store does not work, and nothing was asked of Mimecast.
	unpreparedMsg struct{ err error }
	// undiscoveredMsg: Mimecast did not tell where the account lives.
	undiscoveredMsg struct{ err error }
	signedInMsg     struct {
		keys client.Keys
		// left are the sign-ins that may have created keys which nobody has, this one among them.
		left []credstore.LostKeys
		err  error
	}
	keptMsg struct {
		change lifecycle.Change
		err    error
		// stores are those that work now, when this one did not.
		stores []step.StoreChoice
	}
	// leftMsg: an earlier sign-in may have left keys at Mimecast. Nothing was asked of Mimecast yet.
	leftMsg struct{ lost []credstore.LostKeys }
)

// prepare looks at everything that could go wrong before keys are created at Mimecast.
func (s *keysScreen) prepare() tea.Cmd {
	if cmd, ok := s.missing(); ok {
		return cmd
	}
	s.clearWords()
	s.lastCode = secret.Value{}
	s.work, s.doing = preparing, "Testing the store"
	env, a := s.env, s.Answers()
	run, cmd := Begin(env.Context, lifecycle.StoreTime+lifecycle.SignInTime, func(ctx context.Context, emit func(any)) {
		if err := env.Preflight(ctx, a.Change, Events(emit)); err != nil {
			emit(unpreparedMsg{err})
			return
		}
		if lost := env.LostBefore(a.Change); lost != nil {
			emit(leftMsg{lost})
			return
		}
		if a.BaseURL != client.DiscoveryURL && a.BaseURL != "" {
			emit(preparedMsg{client.Place{BaseURL: a.BaseURL, RegionCode: a.Region}})
			return
		}
		place, err := env.Discover(ctx, a.Change, env.DiscoveryURL())
		if err != nil {
			emit(undiscoveredMsg{err})
			return
		}
		emit(preparedMsg{place})
	})
	return s.began(run, cmd)
}

// signIn is the one call that changes Mimecast. It outlives everything but its own deadline, so that the keys it brings
// are never lost on the way.
func (s *keysScreen) signIn(code secret.Value) tea.Cmd {
	s.clearWords()
	s.work, s.doing, s.since = signingIn, "Signing in at Mimecast", s.env.Now()
	env, a := s.env, s.Answers()
	answer := make(chan signedInMsg, 1)
	s.answer = answer
	run, cmd := Begin(context.WithoutCancel(env.Context), lifecycle.SignInTime, func(ctx context.Context, emit func(any)) {
		var msg signedInMsg
		msg.keys, msg.left, msg.err = env.Create(ctx, a.Change, code, Events(emit))
		answer <- msg // for Finish, when nobody takes messages any more
		if credstore.KindOf(msg.err) != "" {
			emit(unpreparedMsg{msg.err})
			return
		}
		emit(msg)
	})
	return s.began(run, cmd)
}

// Finish implements Finisher: it waits for keys that Mimecast is creating.
func (s *keysScreen) Finish(ctx context.Context) flow.Answers {
	if s.work != signingIn || s.answer == nil {
		return s.Answers()
	}
	select {
	case msg := <-s.answer:
		s.answers.LostKeys = msg.left
		if msg.err == nil {
			s.made(msg.keys)
		}
	case <-ctx.Done():
		s.answers.LostKeys = s.env.Left(s.Answers().Name) // this sign-in among them: nobody knows what came of it
	}
	return s.Answers()
}

// made keeps keys that Mimecast created.
func (s *keysScreen) made(keys client.Keys) {
	s.password.SetValue(secret.Value{})
	change, renewed := s.env.WithKeys(s.Answers().Change, keys)
	s.answers.Change, s.renewed = change, renewed
	s.access.SetValue(change.AccessKey)
	s.secretKey.SetValue(change.SecretKey)
}

// sendCode signs in with the code that was typed, once.
func (s *keysScreen) sendCode() tea.Cmd {
	if !s.code.Complete() {
		s.code.SetError(s.code.Missing())
		return nil
	}
	var code secret.Value
	a := s.answers
	if verdict := s.askCode(&code).Answer(&a, step.Value{Secret: s.code.Value()}); verdict.Err != nil {
		s.code.SetError(lifecycle.Sentence(verdict.Err))
		return nil
	}
	s.lastCode = code
	return s.signIn(code)
}

// resend signs in without a code, so that Mimecast sends another one.
func (s *keysScreen) resend() tea.Cmd {
	cmd := s.signIn(secret.Value{})
	s.resent = true
	return cmd
}

// keep stores the new keys as pending at once.
func (s *keysScreen) keep() tea.Cmd {
	s.work, s.doing = keeping, "Storing the keys"
	s.problem, s.fix = "", ""
	env, a := s.env, s.Answers()
	run, cmd := Begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		change, _, err := env.Stage(ctx, a.Change, Events(emit))
		kept := keptMsg{change: change, err: err}
		if err != nil {
			kept.stores = env.Again(env.Context).Stores
		}
		emit(kept)
	})
	return s.began(run, cmd)
}

// take handles one message of the attempt that is under way.
func (s *keysScreen) apply(msg any) (tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case lifecycle.Waiting:
		s.waiting = &msg.Waiting
	case leftMsg:
		s.idle()
		s.tellLost(msg.lost)
	case unpreparedMsg:
		s.idle()
		s.lastCode = secret.Value{} // it was not sent
		s.problem, s.fix = credstore.Explain(msg.err)
		s.fix += " Nothing was created at Mimecast."
		s.form.Lead()
	case undiscoveredMsg:
		s.idle()
		s.undiscovered(msg.err)
	case preparedMsg:
		s.waiting = nil
		s.answers.BaseURL, s.answers.Region = msg.place.BaseURL, msg.place.RegionCode
		return s.signIn(secret.Value{}), Intent{}
	case signedInMsg:
		s.idle()
		s.answers.LostKeys = msg.left
		cmd := s.signedIn(msg.keys, msg.err)
		if s.renewed {
			return cmd, Intent{Act: Next}
		}
		return cmd, Intent{}
	case keptMsg:
		s.idle()
		if msg.err != nil {
			s.problem, s.fix = credstore.Explain(msg.err)
			s.env.Stores = msg.stores
			s.show(keysUnstored)
			return nil, Intent{}
		}
		s.answers.Change = msg.change
		s.show(keysMade)
		return nil, Intent{Act: Next}
	}
	return nil, Intent{}
}

// signedIn decides what the answer to a sign-in means for the screen.
func (s *keysScreen) signedIn(keys client.Keys, err error) tea.Cmd {
	var second *client.SecondFactorError
	switch {
	case err == nil:
		if s.made(keys); s.renewed {
			return nil
		}
		s.show(keysUnstored)
		return s.keep()
	case errors.As(err, &second):
		s.wantsCode(second)
		return nil
	default:
		s.refused(err)
		return nil
	}
}

// wantsCode asks for the one-time code, or for another one.
func (s *keysScreen) wantsCode(second *client.SecondFactorError) {
	resent := s.resent
	s.reply = second.Message
	s.show(keysCode)
	s.code.SetValue(secret.Value{})
	switch {
	case second.Wrong:
		s.problem = ""
		s.code.SetError("Mimecast did not accept the code.")
		s.fix = "Type the newest one; ctrl+s has another sent, and ctrl+o goes through the console instead."
	case resent:
		s.problem, s.fix = "", "Mimecast was asked for another code. Older ones no longer work."
	default:
		s.problem, s.fix = "", ""
	}
}
