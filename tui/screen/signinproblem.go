package screen

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// missing marks everything that a sign-in cannot do without, and goes to the first of it.
func (s *keysScreen) missing() (tea.Cmd, bool) {
	if s.tries.LockedOut(strings.TrimSpace(s.email.Value())) {
		s.password.SetValue(secret.Value{})
		s.clearWords()
		s.problem, s.fix = s.tries.LockedWords(), s.unlockWords()
		s.show(keysSignIn)
		s.form.Lead()
		return nil, true
	}
	a := s.answers
	email := s.question(flow.CreateHere, step.KeyEmail).Answer(&a, step.Value{Text: s.email.Value()})
	password := s.question(flow.CreateHere, step.KeyPassword).Answer(&a, step.Value{Secret: s.password.Value()})
	s.email.SetError(lifecycle.Sentence(email.Err))
	s.password.SetError(lifecycle.Sentence(password.Err))
	switch {
	case email.Err != nil:
		return s.form.Focus(s.email), true
	case password.Err != nil:
		return s.form.Focus(s.password), true
	}
	return nil, false
}

// address is the service user's address as it is sent; "" when what was typed is none.
func (s *keysScreen) address() string {
	address, err := client.ParseAddress(s.email.Value())
	if err != nil {
		return ""
	}
	return address
}

// tellLost tells of sign-ins that may have created keys which nobody has, once; the next enter goes on.
func (s *keysScreen) tellLost(lost []credstore.LostKeys) {
	s.answers.LostKeys = lost
	s.clearWords()
	s.show(keysSignIn)
	s.problem = strings.Join(lifecycle.LostLines(lost), " ")
	s.fix = lifecycle.NotSignedIn + " " + lifecycle.AskMore + " Enter does."
	s.form.Lead()
}

// undiscovered says why Mimecast did not tell where the account lives. No sign-in was made.
func (s *keysScreen) undiscovered(err error) {
	s.explain(err)
	const fix = "Check the address, or choose the region by hand in the step Region. Nothing was created at Mimecast."
	if client.Diagnose(err, client.API10).Kind == client.Validation {
		text := s.problem + " " + fix
		if s.reply != "" {
			text = s.problem + " It says: " + s.reply + ". " + fix
		}
		s.clearWords()
		s.show(keysSignIn)
		s.email.SetError(text)
		s.form.Focus(s.email)
		s.form.Lead()
		return
	}
	s.fix = fix
	s.show(keysSignIn)
	s.form.Lead()
}

// explain notes what an error means, and what Mimecast answered, verbatim.
func (s *keysScreen) explain(err error) client.Diagnosis {
	f := step.FailureOf(err, client.API10, 0)
	s.problem, s.fix, s.reply = f.Problem, f.Diagnosis.Fix, f.Said
	return f.Diagnosis
}

// unlockWords say how to go on once a locked user is unlocked.
func (s *keysScreen) unlockWords() string {
	if s.renewing() {
		return "When it is unlocked: esc, and come back here."
	}
	return "When it is unlocked: esc, then Create them here. " + s.env.Keys.Other.Help().Key + " opens the console way."
}

// refused says why a sign-in brought no keys. The form stays, with everything typed but a password that Mimecast refused, and
// nothing is tried again by itself: failed sign-ins can lock the user. Only where nobody has described Mimecast's answer is the
// console way opened, since the same sign-in again leads nowhere.
func (s *keysScreen) refused(err error) {
	d := s.explain(err)
	other := s.env.Keys.Other.Help().Key
	after := lifecycle.AfterSignIn(err)
	s.answers = s.answers.Refused(d.Kind)
	s.tries = s.tries.After(strings.TrimSpace(s.email.Value()), err, s.env.Now())
	if d.Kind == client.InvalidCredentials {
		s.password.SetValue(secret.Value{}) // it is not sent again by the next enter
	}
	if client.UnfamiliarSignIn(err) && !s.renewing() {
		s.fix = after + " They can be created in the console, as above; " + other + " goes back to the sign-in. " + s.tries.Words()
		s.show(keysConsole)
		s.form.Lead()
		return
	}
	switch d.Kind {
	case client.UnknownApplication, client.DisabledOrTooNew:
		s.blame = flow.Application
		s.fix = "No keys were created. " + d.Fix + " Esc leads back to the step Application."
		if s.answers.MaySwap() {
			s.fix += " There " + other + " swaps ID and key."
		}
	case client.InvalidCredentials:
		s.fix = "No keys were created. " + s.tries.Words() + " " + d.Fix
		switch {
		case s.tries.Locked:
			s.fix += " " + s.unlockWords()
		case !s.renewing():
			s.fix += " A user that is locked is refused too. " + other + " opens the console way."
		default:
			s.fix += " A user that is locked is refused too."
		}
	default:
		if d.Fix != "" {
			s.fix = flow.Remedy(d.Fix, d.Where) + " " + after
		}
		if e, ok := errors.AsType[*client.Error](err); ok && e.Field == "application_id" {
			s.blame = flow.Application
			s.problem, s.fix = "The application ID is missing or holds characters that no ID has.", "Nothing was sent. Esc leads back to the step Application."
		}
	}
	s.show(keysSignIn)
	s.form.Lead()
}

// Waiting implements Waiter.
func (s *keysScreen) Waiting() string {
	if s.work != signingIn {
		return ""
	}
	return fmt.Sprintf("Waiting for Mimecast's answer: %d s of at most %d s",
		min(s.env.Now().Sub(s.since), lifecycle.SignInTime)/time.Second, lifecycle.SignInTime/time.Second)
}

// Ended implements Waiter.
func (s *keysScreen) Ended() []string {
	if s.stage != keysSignIn || s.problem == "" {
		return nil
	}
	return []string{s.problem, s.fix}
}
