package plain

import (
	"errors"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/tui/flow"
)

// keys is where the access keys of API 1.0 come to be: created here by signing in, or created in the console and pasted.
// "console" changes from the first way to the second at any question; nothing typed is lost.
func (s *session) keys() error {
	base := s.label
	if s.a.Renewing() {
		s.a.KeysWay = flow.CreateHere
		s.out.indented("Signing in makes the keys in force valid again. Both stay the same, so that nothing has to be pasted anywhere.")
	}
	here := func() bool { return s.a.KeysWay == flow.CreateHere }
	pasted := func() bool { return s.a.KeysWay == flow.FromConsole }
	start := ""
	for {
		items := []item{
			{id: "pasted", ask: s.keysPasted, when: func() bool { return s.a.PastedKeysWords() != "" }},
			{id: "keep", ask: s.keepKeys, when: s.created},
			{id: "way", ask: s.keysWay, when: func() bool { return !s.a.Renewing() }},
			{id: "email", ask: s.email, when: here},
			{id: "type", ask: s.signInType, when: here},
			{id: "password", ask: s.passwordAndSignIn, when: here},
			{id: "access", ask: s.accessKey, when: pasted},
			{id: "secret", ask: s.secretKey, when: pasted},
		}
		if start != "" {
			items = items[find(items, start):]
		}
		s.label = base
		err := s.walk(s.fromEnd && pasted(), items)
		s.consoleWay = false
		switch {
		case errors.Is(err, errConsole):
			s.a.KeysWay, start = flow.FromConsole, "access"
			s.out.indented("In the console, then; what was typed is kept.")
		case errors.Is(err, errBack) && start != "":
			start = ""
		default:
			return err
		}
		s.fromEnd = false
	}
}

// created tells whether the keys of the answers were made here.
func (s *session) created() bool {
	return !s.a.KeysCreatedAt.IsZero() && !s.a.AccessKey.IsZero() && !s.a.SecretKey.IsZero()
}

// keysPasted asks nothing: the paste at Application has answered it. Who comes back is asked.
func (s *session) keysPasted() error {
	s.out.indented(s.a.PastedKeysWords())
	s.a.KeysPasted = false
	if err := s.notCurrent("access"); err != nil {
		return err
	}
	return errDone
}

func (s *session) keepKeys() error {
	s.out.indented("Mimecast created keys here at " + s.a.KeysCreatedAt.Format("15:04") + ".")
	keep, err := s.confirm(question{text: "Keep them?", help: []string{"no: create others, or paste some."}}, true)
	switch {
	case err != nil:
		return err
	case keep:
		return errDone
	}
	return nil
}

func (s *session) keysWay() error {
	suggested := s.a.KeysWay
	if suggested == flow.KeysUndecided {
		suggested = flow.CreateHere
	}
	id, _, err := s.choose(question{
		text: "How will the access key and the secret key come to be?",
		help: []string{"The keys belong to the application and one service user; they are what the product signs its calls with."},
	}, []row{
		{id: string(flow.CreateHere), title: "Create them here", about: "Signs in as the service user, with its password and, if Mimecast asks, a one-time code.", words: []string{"here"}},
		{id: string(flow.FromConsole), title: "Create them in the console", about: "The console shows them once; paste them here.", words: []string{"paste"}},
	}, string(suggested), false)
	if err != nil {
		return err
	}
	s.a.KeysWay = flow.KeysWay(id)
	s.consoleWay = s.a.KeysWay == flow.CreateHere
	if s.consoleWay {
		s.out.indented("Type console at any question to create them in the console instead.")
		return nil
	}
	s.numbered(s.createKeys())
	return nil
}

func (s *session) email() error {
	q := question{
		text: "Service user's e-mail address", suggested: s.a.Email,
		help: []string{"The user that the keys will belong to. It needs an administrator role, and no single sign-on."},
	}
	if s.env.Demo != nil {
		q.demo = s.env.Demo.Email
	}
	for {
		text, err := s.answer(q)
		if err != nil {
			return err
		}
		if address, err := client.ParseAddress(text); err == nil {
			s.a.Email = address
			return nil
		}
		s.out.indented("Type the whole address, such as svc@example.com.")
	}
}

func (s *session) signInType() error {
	suggested := s.a.SignIn
	if suggested == "" {
		suggested = client.SignInCloud
	}
	id, _, err := s.choose(question{text: "Which password does it sign in with?"}, []row{
		{id: string(client.SignInCloud), title: "Cloud", about: "The password that Mimecast holds. Most service users have this one."},
		{id: string(client.SignInDomain), title: "Domain", about: "The password of the organisation's directory."},
	}, string(suggested), false)
	if err == nil {
		s.a.SignIn = client.SignInType(id)
	}
	return err
}

func (s *session) passwordAndSignIn() error {
	if s.tries.Held(s.a.Email) {
		s.out.indented(s.tries.HeldWords())
		unlocked, err := s.confirm(question{text: "Has the user been unlocked since?", help: []string{"no: another address, or the console."}}, false)
		switch {
		case err != nil:
			return err
		case !unlocked:
			return s.afterSignIn(false, false)
		}
		s.tries.Locked = false
	}
	q := question{
		text: "Password",
		help: []string{"Used to sign in, and stored nowhere.", "Failed sign-ins can lock the account, so nothing is tried twice."},
	}
	if s.env.Demo != nil {
		q.demo = s.env.Demo.Password
	}
	value, err := s.passwordOf(q, s.a.Password)
	if err != nil {
		return err
	}
	s.a.Password = value
	return s.signIn()
}

func (s *session) accessKey() error {
	now := s.pastedBefore(s.a.AccessKey)
	q := question{text: "Access Key", help: []string{"About 150 characters. The console shows it once, when the keys are created."}}
	if s.env.Demo != nil {
		q.demo = s.env.Demo.AccessKey
	}
	value, err := s.keyOf(q, client.FieldAccessKey, now)
	if err != nil {
		return err
	}
	if !s.a.KeysCreatedAt.IsZero() {
		// The keys that were created here are replaced as a pair.
		s.a.KeysCreatedAt, s.a.SecretKey = time.Time{}, secret.Value{}
	}
	s.a.KeysExpireAt = time.Time{}
	s.a.AccessKey = value
	return nil
}

func (s *session) secretKey() error {
	if s.paired {
		s.paired = false
		return s.notCurrent("access")
	}
	q := question{text: "Secret Key", help: []string{"About 88 characters, ending in ==. It stands below the Access Key."}}
	if s.env.Demo != nil {
		q.demo = s.env.Demo.SecretKey
	}
	value, err := s.keyOf(q, client.FieldSecretKey, s.pastedBefore(s.a.SecretKey))
	if err != nil {
		return err
	}
	s.a.SecretKey = value
	return s.notCurrent("access")
}

// pastedBefore is a key that an empty answer keeps; one that was created here is not.
func (s *session) pastedBefore(v secret.Value) secret.Value {
	if s.a.KeysCreatedAt.IsZero() {
		return v
	}
	return secret.Value{}
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
	s.take(place)
	return nil
}

// callSignIn is the one call that changes Mimecast.
func (s *session) callSignIn(code secret.Value) (client.Keys, error) {
	keys, left, err := s.env.Create(s.ctx, s.a.Change, code, s.tell)
	s.a.Orphans = left
	return keys, err
}
