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
)

// What the work of the keys step says.
type (
	// preparedMsg: the store works, and this is where the account lives.
	preparedMsg struct{ baseURL, region string }
	// unpreparedMsg: the store does not work, and nothing was asked of Mimecast.
	unpreparedMsg struct{ err error }
	// undiscoveredMsg: Mimecast did not tell where the account lives.
	undiscoveredMsg struct{ err error }
	signedInMsg     struct {
		keys client.Keys
		// left are the sign-ins that may have created keys which nobody has, this one among them.
		left []credstore.Orphan
		err  error
	}
	keptMsg struct {
		stored storedMsg
		err    error
	}
	// leftMsg: an earlier sign-in may have left keys at Mimecast. Nothing was asked of Mimecast yet.
	leftMsg struct{ orphans []credstore.Orphan }
)

// prepare looks at everything that could go wrong before keys are created at Mimecast.
func (s *Keys) prepare() tea.Cmd {
	if cmd, ok := s.missing(); ok {
		return cmd
	}
	s.clearWords()
	s.lastCode = secret.Value{}
	s.work, s.doing = preparing, "Looking whether the store works"
	env, a := s.env, s.Answers()
	run, cmd := begin(env.Context, lifecycle.StoreTime+lifecycle.SignInTime, func(ctx context.Context, emit func(any)) {
		waiting := credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(waitingMsg{w}) })
		if err := env.Vault.Preflight(waiting, a.Store, ProfileOf(a)); err != nil {
			emit(unpreparedMsg{err})
			return
		}
		if left := leftBehind(env, a); len(left) > len(a.Orphans) {
			emit(leftMsg{left})
			return
		}
		if a.BaseURL != client.DiscoveryURL && a.BaseURL != "" {
			emit(preparedMsg{a.BaseURL, a.Region})
			return
		}
		found, err := findRegion(ctx, env, a)
		if err != nil {
			emit(undiscoveredMsg{err})
			return
		}
		emit(found)
	})
	return s.began(run, cmd)
}

// findRegion asks Mimecast where the account of the service user lives.
func findRegion(ctx context.Context, env Env, a flow.Answers) (preparedMsg, error) {
	endpoint := a.Endpoint()
	endpoint.BaseURL = client.DiscoveryURL
	mimecast, err := env.Dial(endpoint)
	if err != nil {
		return preparedMsg{}, err
	}
	defer mimecast.Close()
	found, err := mimecast.Discover(ctx, a.ApplicationID, a.Email)
	if err != nil {
		return preparedMsg{}, err
	}
	out := preparedMsg{baseURL: found.BaseURL}
	if place, err := client.Recognise(found.BaseURL, client.API10); err == nil {
		out.region = place.RegionCode
	}
	return out, nil
}

// signIn is the one call that changes Mimecast. It outlives everything but its own deadline, so that the keys it brings
// are never lost on the way.
func (s *Keys) signIn(code secret.Value) tea.Cmd {
	s.clearWords()
	s.work, s.doing, s.since = signingIn, "Signing in at Mimecast", s.env.Now()
	env, a := s.env, s.Answers()
	ask := client.SignIn{
		ApplicationID: a.ApplicationID, Email: a.Email, Type: a.SignIn, Password: a.Password, Code: code,
	}
	if s.renewing() {
		ask.Expired = a.Old.Credential.(client.Legacy).AccessKey //nolint:forcetypeassert // keys of API 1.0 are renewed, nothing else
	}
	answer := make(chan signedInMsg, 1)
	s.answer = answer
	run, cmd := begin(context.WithoutCancel(env.Context), lifecycle.SignInTime, func(ctx context.Context, emit func(any)) {
		var msg signedInMsg
		msg.keys, msg.left, msg.err = AskForKeys(ctx, env, a, ask)
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
func (s *Keys) Finish(ctx context.Context) flow.Answers {
	if s.work != signingIn || s.answer == nil {
		return s.Answers()
	}
	select {
	case msg := <-s.answer:
		s.answers.Orphans = msg.left
		if msg.err == nil {
			s.made(msg.keys)
		}
	case <-ctx.Done():
		s.answers.Orphans = leftBehind(s.env, s.Answers()) // this sign-in among them: nobody knows what came of it
	}
	return s.Answers()
}

// made takes over keys that Mimecast created.
func (s *Keys) made(keys client.Keys) {
	s.password.SetValue(secret.Value{})
	if old, ok := s.answers.Old.Credential.(client.Legacy); ok && s.renewing() && keys.AccessKey.Equal(old.AccessKey) {
		// Mimecast keeps both keys when it renews them; what is stored is right.
		s.access.SetValue(old.AccessKey)
		s.secretKey.SetValue(old.SecretKey)
		s.answers.AccessKey, s.answers.SecretKey = old.AccessKey, old.SecretKey
		s.answers.KeysExpireAt = keys.ExpiresAt(s.env.Now())
		s.renewed = true
		return
	}
	s.access.SetValue(keys.AccessKey)
	s.secretKey.SetValue(keys.SecretKey)
	s.answers.AccessKey, s.answers.SecretKey = keys.AccessKey, keys.SecretKey
	s.answers.KeysCreatedAt, s.answers.KeysExpireAt = s.env.Now(), keys.ExpiresAt(s.env.Now())
}

// sendCode signs in with the code that was typed, once.
func (s *Keys) sendCode() tea.Cmd {
	code := s.code.Value()
	switch {
	case !s.code.Complete():
		s.code.SetError(s.code.Missing())
		return nil
	case code.Equal(s.lastCode):
		s.code.SetError("This code was used already. Wait for another one, or have one sent with ctrl+s.")
		return nil
	}
	s.lastCode = code
	return s.signIn(code)
}

// resend signs in without a code, so that Mimecast sends another one.
func (s *Keys) resend() tea.Cmd {
	cmd := s.signIn(secret.Value{})
	s.resent = true
	return cmd
}

// keep stores the new keys as pending at once.
func (s *Keys) keep() tea.Cmd {
	s.work, s.doing = keeping, "Storing the keys"
	s.problem, s.fix = "", ""
	env, a := s.env, s.Answers()
	run, cmd := begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		stored, err := stage(ctx, env, a, emit)
		emit(keptMsg{stored, err})
	})
	return s.began(run, cmd)
}

// take handles one message of the attempt that is under way.
func (s *Keys) take(msg any) (tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case waitingMsg:
		s.waiting = &msg.waiting
	case leftMsg:
		s.idle()
		s.left(msg.orphans)
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
		s.answers.BaseURL, s.answers.Region = msg.baseURL, msg.region
		return s.signIn(secret.Value{}), Intent{}
	case signedInMsg:
		s.idle()
		s.answers.Orphans = msg.left
		cmd := s.signedIn(msg.keys, msg.err)
		if s.renewed {
			return cmd, Intent{Act: Next}
		}
		return cmd, Intent{}
	case keptMsg:
		s.idle()
		if msg.err != nil {
			s.problem, s.fix = credstore.Explain(msg.err)
			s.show(keysUnstored)
			return nil, Intent{}
		}
		s.answers = staged(s.answers, msg.stored)
		s.show(keysMade)
		return nil, Intent{Act: Next}
	}
	return nil, Intent{}
}

// signedIn decides what the answer to a sign-in means for the screen.
func (s *Keys) signedIn(keys client.Keys, err error) tea.Cmd {
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
func (s *Keys) wantsCode(second *client.SecondFactorError) {
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
