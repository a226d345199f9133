package plain

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
)

// kept stands in the brackets of a secret that was given before.
const kept = "keep the one given before"

// application asks for the ID and the secret of the application.
func (s *session) application() error {
	first, second := item{id: "id", ask: s.clientID}, item{id: "key", ask: s.clientSecret}
	if s.a.API == client.API10 {
		first, second = item{id: "id", ask: s.applicationID}, item{id: "key", ask: s.applicationKey}
	}
	return s.walk(s.fromEnd, []item{first, second, {
		id: "domain", ask: s.domain, when: func() bool { return s.a.Purpose != lifecycle.Rotating && s.wantsDomain() },
	}})
}

func (s *session) clientID() error {
	q := question{text: "Client ID", help: []string{"The console shows it once, in the dialog that follows Add and Generate Keys.", together("Client Secret")}}
	if s.env.Demo != nil {
		q.demo, _ = s.env.Demo.NewPair(s.a)
	}
	id, err := s.identifier(q, client.FieldClientID, s.a.ClientID)
	if err == nil {
		s.a.ClientID = id
	}
	return err
}

func (s *session) clientSecret() error {
	if s.paired {
		s.paired = false
		return s.notCurrent("id")
	}
	q := question{text: "Client Secret", help: []string{"It stands below the Client ID in the same dialog, and is shown once."}}
	if s.env.Demo != nil {
		_, q.demo = s.env.Demo.NewPair(s.a)
	}
	value, err := s.keyOf(q, client.FieldClientSecret, s.a.ClientSecret)
	if err != nil {
		return err
	}
	s.a.ClientSecret = value
	return s.notCurrent("id")
}

// together says that the value that is asked for next may be pasted, too.
func together(next string) string {
	return "Paste the " + next + " with it if you like: as JSON, as export lines, as a table, or each below its name."
}

// notCurrent asks again, from the item at on, when the credential of a rotation is the one that is current.
func (s *session) notCurrent(at string) error {
	words := s.a.CurrentAgain()
	if words == "" {
		return nil
	}
	s.out.indented(words)
	s.a.ClientSecret, s.a.AccessKey, s.a.SecretKey = secret.Value{}, secret.Value{}, secret.Value{}
	return &again{at}
}

func (s *session) applicationID() error {
	q := question{text: "Application ID", help: []string{"It is on the application's page in the console, and looks like 8578fcfc-a305-4d9a-99cb-f4d5ecefe297.", together("Application Key")}}
	if s.env.Demo != nil {
		q.demo = s.env.Demo.ApplicationID
	}
	id, err := s.identifier(q, client.FieldApplicationID, s.a.ApplicationID)
	if err == nil {
		s.a.ApplicationID = id
	}
	return err
}

func (s *session) applicationKey() error {
	if s.paired {
		s.paired = false
		return nil
	}
	q := question{text: "Application Key", help: []string{"It is on the application's page in the console; the eye beside it shows it."}}
	if s.env.Demo != nil {
		q.demo = s.env.Demo.ApplicationKey
	}
	value, err := s.keyOf(q, client.FieldApplicationKey, s.a.ApplicationKey)
	if err == nil {
		s.a.ApplicationKey = value
	}
	return err
}

// wantsDomain tells whether a check of the plan needs an internal domain.
func (s *session) wantsDomain() bool {
	plan, err := s.env.Plan(s.a.Selection())
	if err != nil {
		return false // the check says what is wrong with the plan
	}
	return lifecycle.WantsDomain(plan)
}

func (s *session) domain() error {
	text, err := s.orNone(question{
		text: "Internal domain, or none",
		help: []string{"One of your own domains. Without it the checks that list users or messages are skipped."},
	}, s.a.InternalDomain, func(text string) error {
		if !lifecycle.IsDomain(text) {
			return errors.New("a domain looks like example.com")
		}
		return nil
	})
	if err == nil {
		s.a.InternalDomain = text
	}
	return err
}

// identifier asks for an ID, which may be seen.
func (s *session) identifier(q question, field, now string) (string, error) {
	q.suggested, q.field = now, field
	if client.HoldsSecret(now) {
		q.shown = kept
	}
	for {
		text, err := s.answer(q)
		if err != nil {
			return "", err
		}
		if s.bothIn(field, text) {
			if !s.shown.erased {
				s.out.indented("Clear the terminal if it shows them.")
			}
			if field == client.FieldApplicationID {
				return s.a.ApplicationID, nil
			}
			return s.a.ClientID, nil
		}
		value, named := client.NamedValue(field, text)
		if called, _, alone := client.Labelled(text); named && (alone && called == field || !client.HoldsSecret(text)) {
			text = value
		}
		cleaned, removed := secret.Clean(text)
		if strings.Contains(text, "\n") && !named && !client.HoldsSecret(text) {
			s.out.indented("That is a paste of several lines without a " + q.text + " in it. It was dropped.")
			continue
		}
		if client.HoldsSecret(text) && (s.a.API == client.API10 || !client.HasLengthOfSecret(cleaned)) {
			s.misplaced()
			continue
		}
		if cleaned == "" {
			s.out.indented("Nothing is left of that once white space and quotes are removed.")
			continue
		}
		s.length(cleaned, removed)
		s.hints(field, secret.New(cleaned))
		return cleaned, nil
	}
}

// keyOf asks for a key, which is not shown; an empty answer keeps now.
func (s *session) keyOf(q question, field string, now secret.Value) (secret.Value, error) {
	for {
		raw, err := s.hidden(q, keptWords(now))
		if err == nil && s.secretLines {
			raw, err = s.wholeSecret(raw, field)
		}
		if err != nil {
			return now, err
		}
		if raw == "" {
			return now, nil
		}
		if s.bothIn(field, raw) {
			return s.valueOf(field), nil
		}
		raw, err = client.ValueAlone(field, raw)
		if err != nil {
			s.out.indented(lifecycle.Sentence(err) + " It was dropped; paste the value alone.")
			continue
		}
		cleaned, removed := secret.Clean(raw)
		if cleaned == "" {
			s.out.indented("Nothing is left of that once white space and quotes are removed.")
			continue
		}
		value := secret.New(cleaned)
		s.length(cleaned, removed)
		s.hints(field, value)
		return value, nil
	}
}

// usualLength is how long a key is, as far as samples show; client.ShapeHints knows the same.
func usualLength(field string) int {
	switch field {
	case client.FieldClientSecret:
		return 64
	case client.FieldApplicationKey:
		return 36
	case client.FieldAccessKey:
		return 150
	case client.FieldSecretKey:
		return 88
	default:
		return 0
	}
}

// passwordOf asks for a password, in which every character counts; an empty answer keeps now.
func (s *session) passwordOf(q question, now secret.Value) (secret.Value, error) {
	for {
		raw, err := s.hidden(q, keptWords(now))
		if err != nil {
			return now, err
		}
		if raw == "" {
			return now, nil
		}
		cleaned, removed := secret.CleanLine(raw)
		if strings.ContainsAny(cleaned, "\r\n") || cleaned == "" {
			s.out.indented("A password is one line; that was not. It was dropped; please type it again.")
			continue
		}
		s.length(cleaned, removed)
		return secret.New(cleaned), nil
	}
}

func keptWords(now secret.Value) string {
	if now.IsZero() {
		return ""
	}
	return kept
}

// length says how long a value is and what was removed from it.
func (s *session) length(value string, removed secret.Removed) {
	n := utf8.RuneCountInString(value)
	text := fmt.Sprintf("%d characters", n)
	if n == 1 {
		text = "1 character"
	}
	if r := removed.String(); r != "" {
		text += ", " + r
	}
	s.out.indented(text + ".")
}

// hints say what looks odd about a value; they never block.
func (s *session) hints(field string, v secret.Value) {
	known := map[string]secret.Value{}
	if s.a.API == client.API10 {
		known[client.FieldApplicationID], known[client.FieldApplicationKey] = secret.New(s.a.ApplicationID), s.a.ApplicationKey
		known[client.FieldAccessKey], known[client.FieldSecretKey] = s.a.AccessKey, s.a.SecretKey
	} else {
		known[client.FieldClientID], known[client.FieldClientSecret] = secret.New(s.a.ClientID), s.a.ClientSecret
	}
	for _, hint := range client.ShapeHints(field, v, known) {
		s.out.indented("Note: " + hint)
	}
}
