package plain

import (
	"errors"
	"strings"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// wordResend asks for another code.
const wordResend = "resend"

// signIn looks at everything that could go wrong, signs in, and stores the keys at once. Each sign-in is one that the
// person asked for: failed ones can lock the account.
func (s *session) signIn() error {
	if err := s.preflight(); err != nil {
		return err
	}
	if err := s.findRegion(); err != nil {
		s.explainCall(err)
		return &again{step.KeyEmail}
	}
	if goOn, err := s.tellLost(); err != nil || !goOn {
		return orAgain(err, step.KeyEmail)
	}
	var code, sent secret.Value
	for {
		s.out.indented("Signing in at Mimecast as " + s.a.Email + ".")
		stop := s.underWay()
		keys, err := s.callSignIn(code)
		stop()
		var second *client.SecondFactorError
		switch {
		case err == nil && s.made(keys):
			return nil
		case err == nil:
			return s.storeKeys()
		case s.ctx.Err() != nil:
			return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
		case credstore.KindOf(err) != "":
			if err := s.storeFailed(err); err != nil { // nothing was sent
				return err
			}
			continue
		case !errors.As(err, &second):
			return s.signInFailed(err)
		}
		s.wantsCode(second)
		if code, err = s.oneTimeCode(sent); err != nil {
			return err
		}
		if !code.IsZero() {
			sent = code
		}
	}
}

// made keeps keys that a sign-in brought, and tells whether they are the current ones, valid again.
func (s *session) made(keys client.Keys) (renewed bool) {
	s.a.Change, renewed = s.env.WithKeys(s.a.Change, keys)
	if renewed {
		s.out.indented("The current keys are valid again. " + step.KeysValid(s.a.KeysExpireAt, s.env.Now()))
	}
	return renewed
}

// tellLost tells of sign-ins of an earlier run that may have created keys which nobody has, and asks whether to create more.
func (s *session) tellLost() (goOn bool, err error) {
	lost := s.env.LostBefore(s.a.Change)
	if lost == nil {
		return true, nil
	}
	s.a.LostKeys = lost
	for _, line := range lifecycle.LostLines(lost) {
		s.out.indented(line)
	}
	return s.confirm(question{text: lifecycle.AskMore, help: []string{lifecycle.NotSignedIn}}, true)
}

func orAgain(err error, at string) error {
	if err != nil {
		return err
	}
	return &again{at}
}

// preflight sees, before anything is created at Mimecast, that the store will take it.
func (s *session) preflight() error {
	for {
		err := s.env.Preflight(s.ctx, s.a.Change, s.tell)
		if err == nil {
			return nil
		}
		if err := s.storeFailed(err); err != nil {
			return err
		}
	}
}

// storeKeys stores new keys as pending. Until that worked nobody else has them.
func (s *session) storeKeys() error {
	s.out.indented("Mimecast created the keys. " + step.KeysValid(s.a.KeysExpireAt, s.env.Now()))
	for {
		err := s.stage(s.ctx)
		if err == nil {
			s.out.indented("They are saved on trial " + s.a.Location + ".")
			return nil
		}
		if err := s.storeFailed(err); err != nil {
			return err
		}
	}
}

func (s *session) wantsCode(second *client.SecondFactorError) {
	if second.Wrong {
		s.out.indented("Mimecast did not accept the code. Type the newest one.")
	} else {
		s.out.indented("Mimecast sent a code of six digits to the service user's phone or mailbox.")
	}
	if second.Message != "" {
		s.out.indented("Mimecast says: " + second.Message)
	}
}

// oneTimeCode asks for the code; the zero code has another one sent. None is ever sent twice.
func (s *session) oneTimeCode(sent secret.Value) (secret.Value, error) {
	for {
		var code secret.Value
		q := step.Code(s.env, sent, &code)
		line := s.asked(q)
		line.text += ", or " + wordResend
		text, err := s.answer(line)
		switch {
		case errors.Is(err, errBack):
			return secret.Value{}, &again{step.KeyPassword}
		case err != nil:
			return secret.Value{}, err
		case strings.EqualFold(text, wordResend):
			return secret.Value{}, nil
		case s.keeps(q, q.Typed(text)):
			return code, nil
		}
	}
}

// signInFailed shows what Mimecast answered and asks how to go on. A password that was refused is not sent again.
func (s *session) signInFailed(err error) error {
	s.explainCall(err)
	d := client.Diagnose(err, client.API10)
	s.tries = s.tries.After(s.a.Email, err, s.env.Now())
	if d.Kind == client.InvalidCredentials {
		s.a.Password = secret.Value{}
		s.out.indented(s.tries.Words())
	}
	s.out.indented(lifecycle.AfterSignIn(err))
	s.a = s.a.Refused(d.Kind)
	harmless := !client.MayHaveCreatedKeys(err) && d.Kind.Unjudged()
	if id := s.a.ApplicationID; s.a.MaySwap() {
		if err := s.swap(step.ApplicationForm(s.env, s.a).Swap); err != nil {
			return err
		}
		harmless = harmless || id != s.a.ApplicationID // what was at fault is mended
	}
	return s.afterSignIn(!s.tries.LockedOut(s.a.Email), harmless)
}

// afterSignIn asks how to go on after a sign-in that brought no keys. mayAgain tells whether the same user may sign in once more,
// and harmless that the account is not at fault.
func (s *session) afterSignIn(mayAgain, harmless bool) error {
	const password, address, console = step.KeyPassword, step.KeyEmail, "console"
	var rows []row
	suggested := console
	if mayAgain {
		title := "Sign in again, with another password"
		if !s.a.Password.IsZero() {
			title = "Sign in again, with this password or another"
		}
		rows = append(rows, row{id: password, title: title, words: []string{"password"}})
	}
	rows = append(rows, row{id: address, title: "Change the address or the type", words: []string{"email"}})
	switch {
	case !s.a.Renewing():
		rows = append(rows, row{id: console, title: "Create the keys in the console instead"})
	case mayAgain: // keys are renewed by signing in, in no other way
		suggested = password
	default:
		suggested = address
	}
	if harmless && mayAgain {
		suggested = password
	}
	id, _, err := s.choose(question{text: "What now?"}, rows, suggested, false)
	switch {
	case errors.Is(err, errBack):
		return &again{password}
	case err != nil:
		return err
	case id == console:
		return errConsole
	}
	return &again{id}
}
