package screen

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// both fills in an access key and a secret key that were pasted at once.
func (s *keysScreen) both(pasted string) bool {
	if s.stage != keysConsole {
		return false
	}
	a, ok := s.Answers().PasteKeys(pasted)
	if !ok {
		return false
	}
	s.access.SetValue(a.AccessKey)
	s.secretKey.SetValue(a.SecretKey)
	s.form.Focus(s.secretKey)
	s.judge()
	return true
}

// withoutLabel is a paste without the name of the key before it.
func (s *keysScreen) withoutLabel(paste tea.PasteMsg) tea.PasteMsg {
	switch s.form.Focused() {
	case s.access:
		paste.Content = step.Question{ID: client.FieldAccessKey}.Pasted(paste.Content)
	case s.secretKey:
		paste.Content = step.Question{ID: client.FieldSecretKey}.Pasted(paste.Content)
	}
	return paste
}

// handled does what the form makes of a message.
func (s *keysScreen) handled(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	access, key := s.access.Value(), s.secretKey.Value()
	cmd, what := s.handle(msg)
	if !access.Equal(s.access.Value()) || !key.Equal(s.secretKey.Value()) {
		s.swapping.asked = time.Time{}
		s.access.SetError("")
		s.secretKey.SetError("")
	}
	s.judge()
	switch what {
	case eventBack:
		return s.goBack(cmd)
	case eventOther:
		if two := s.swapping.found; two != nil {
			a := two.Do(s.Answers())
			s.access.SetValue(a.AccessKey)
			s.secretKey.SetValue(a.SecretKey)
			s.judge()
			return s, cmd, Intent{}
		}
		s.switchWay()
	case eventFill:
		s.fill()
	case eventSubmit:
		return s.submit(cmd)
	case eventNone:
	}
	return s, cmd, Intent{}
}

// judge looks at the shape of pasted keys, offline; what it finds never blocks.
func (s *keysScreen) judge() {
	if s.swapping.found = nil; s.stage != keysConsole {
		return
	}
	a := s.Answers()
	a.KeysWay = flow.FromConsole
	s.swapping.found = step.KeysForm(s.env.Env, a).Swap
	for _, f := range []*field.Secret{s.access, s.secretKey} {
		notes := s.judged(f).Notes
		if s.swapping.found != nil {
			notes = nil // it is said once, above both
		}
		f.SetWarning(strings.Join(notes, "\n"))
	}
}

// judged is what the question of a pasted key says of it.
func (s *keysScreen) judged(f *field.Secret) step.Verdict {
	id, a := client.FieldAccessKey, s.Answers()
	if f == s.secretKey {
		id = client.FieldSecretKey
	}
	return s.question(flow.FromConsole, id).Answer(&a, step.Value{Secret: f.Value()})
}
