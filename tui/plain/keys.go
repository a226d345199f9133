package plain

import (
	"errors"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// keys is where the access keys of API 1.0 come to be: created here by signing in, or created in the console and pasted.
// "console" changes from the first way to the second at any question; nothing typed is lost.
func (s *session) keys() error {
	if s.a.Renewing() {
		s.a.KeysWay = flow.CreateHere
	}
	if s.a.PastedKeysWords() != "" {
		return s.keysPasted()
	}
	if step.Created(s.a.Change) {
		if keep, err := s.keepKeys(); keep || err != nil {
			return err
		}
	}
	s.out.indented(step.KeysForm(s.env, s.a).Intro)
	from := ""
	if s.fromEnd && s.a.KeysWay == flow.FromConsole {
		from = client.FieldSecretKey
	}
	base := s.label
	defer func() { s.label = base }()
	for {
		s.label = base
		s.consoleWay = from != "" && s.a.KeysWay == flow.CreateHere && !s.a.Renewing()
		err := s.formFrom(step.KeysForm, from, s.wayChosen)
		if err == nil && s.a.KeysWay == flow.CreateHere {
			f := step.KeysForm(s.env, s.a)
			s.label = formNumber(base, f, len(f.Questions))
			err = s.passwordAndSignIn()
		}
		s.consoleWay = false
		var redo *again
		switch {
		case errors.Is(err, errConsole):
			s.a.KeysWay, from = flow.FromConsole, client.FieldAccessKey
			s.out.indented("Use the console instead. What you typed is kept.")
		case errors.As(err, &redo):
			from = redo.id
		default:
			return err
		}
		s.fromEnd = false
	}
}

// keysPasted asks nothing: the paste at Application has answered it. Who comes back is asked.
func (s *session) keysPasted() error {
	s.out.indented(s.a.PastedKeysWords())
	s.a.KeysPasted = false
	if words := s.a.CurrentAgain(); words != "" {
		s.out.indented(words)
		s.a.AccessKey, s.a.SecretKey = secret.Value{}, secret.Value{}
		return s.keys()
	}
	return nil
}

// keepKeys asks whether the keys that were created here are to be used.
func (s *session) keepKeys() (bool, error) {
	s.out.indented("Mimecast created keys here at " + s.a.KeysCreatedAt.Format("15:04") + ".")
	return s.confirm(question{text: "Keep them?", help: []string{"no: create others, or paste some."}}, true)
}

// wayChosen says what follows from the way to the keys.
func (s *session) wayChosen(id string) error {
	switch {
	case id != "keys":
	case s.a.KeysWay == flow.CreateHere:
		s.consoleWay = true
		s.out.indented("Type console at any question to create them in the console instead.")
	default:
		s.numbered(itemLines(step.CreateKeys(s.a)))
	}
	return nil
}

// passwordAndSignIn signs in with what was answered.
func (s *session) passwordAndSignIn() error {
	s.consoleWay = !s.a.Renewing()
	if s.tries.LockedOut(s.a.Email) {
		s.out.indented(s.tries.LockedWords())
		unlocked, err := s.confirm(question{text: "Has the user been unlocked since?", help: []string{"no: another address, or the console."}}, false)
		switch {
		case err != nil:
			return err
		case !unlocked:
			return s.afterSignIn(false, false)
		}
		s.tries.Locked = false
	}
	return s.signIn()
}

// findRegion asks Mimecast where the account lives, when the region step left that open.
func (s *session) findRegion() error {
	if s.a.BaseURL != "" && s.a.BaseURL != client.DiscoveryURL {
		return nil
	}
	place, err := s.askRegion()
	if err != nil {
		return err
	}
	s.usePlace(place)
	return nil
}

// callSignIn is the one call that changes Mimecast.
func (s *session) callSignIn(code secret.Value) (client.Keys, error) {
	keys, left, err := s.env.Create(s.ctx, s.a.Change, code, s.tell)
	s.a.LostKeys = left
	return keys, err
}
