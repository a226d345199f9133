package screen

import (
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
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
	cmd, what := s.handle(msg)
	s.judge()
	switch what {
	case eventBack:
		return s.goBack(cmd)
	case eventOther:
		s.switchWay()
	case eventFill:
		s.fill()
	case eventSubmit:
		return s.submit(cmd)
	case eventNone:
	}
	return s, cmd, Intent{}
}
