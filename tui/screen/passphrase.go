package screen

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// Passphrase asks for the passphrase of the encrypted files, whatever step the store was needed in. It lies over that step, which
// goes on underneath.
type Passphrase struct {
	page
	question     step.PassphraseQuestion
	first, again *field.Secret
	// weak is the passphrase that was warned of: enter again uses it.
	weak secret.Value
}

// NewPassphrase makes the screen.
func NewPassphrase(env Env, a flow.Answers, q step.PassphraseQuestion) *Passphrase {
	s := &Passphrase{page: newPage(env, a, "Encrypted file"), question: q}
	s.first = field.NewSecret(s.fieldOptions(field.WithLabel(q.Label()), field.WithPassword())...)
	items := []field.Item{field.Prose(s.intro), emptyLine(), s.first}
	if s.again = s.first; q.New {
		s.again = field.NewSecret(s.fieldOptions(field.WithLabel(q.Again()), field.WithPassword())...)
		items = append(items, emptyLine(), s.again)
	}
	s.form.SetItems(items...)
	return s
}

// intro says what is asked for, and what was wrong with the last answer.
func (s *Passphrase) intro(width int) []string {
	t := s.env.Theme
	var lines []string
	for _, said := range s.question.Intro() {
		if s.question.Wrong {
			lines = append(lines, field.Hang(t.Styles.Bad.Render(t.Glyphs.Failed)+" ", said, width, t.Styles.Text)...)
			continue
		}
		lines = append(lines, field.Wrap(said, width, 0, t.Styles.Text)...)
	}
	return lines
}

// PassphraseAnswer is what was typed, or an error when the person went back.
type PassphraseAnswer struct {
	Value secret.Value
	Err   error
}

// Type gives a message to the form, and the answer once there is one.
func (s *Passphrase) Type(msg tea.Msg) (tea.Cmd, *PassphraseAnswer) {
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return cmd, &PassphraseAnswer{Err: step.ErrNoPassphrase}
	case eventSubmit:
		if wrong := step.JudgePassphrase(s.first.Value(), s.again.Value()); wrong != nil {
			at := s.again
			if s.first.Value().IsZero() {
				at, cmd = s.first, s.form.Focus(s.first)
			}
			at.SetError(lifecycle.Sentence(wrong))
			return cmd, nil
		}
		if words := s.question.WeakPassphrase(s.first.Value()); words != "" && !s.weak.Equal(s.first.Value()) {
			s.weak = s.first.Value()
			s.first.SetWarning(words + " " + s.env.Keys.Next.Help().Key + " uses it.")
			return cmd, nil
		}
		return cmd, &PassphraseAnswer{Value: s.first.Value()}
	case eventNone, eventFill, eventOther:
	}
	return cmd, nil
}

// Keys are the keys that do something now.
func (s *Passphrase) Keys() []key.Binding {
	k := s.env.Keys
	keys := []key.Binding{theme.Named(k.Next, "go on")}
	if s.question.New {
		keys = append(keys, k.NextField)
	}
	return append(keys, k.Reveal, k.Clear, k.Back)
}

// Explain implements Explainer.
func (s *Passphrase) Explain() []string { return s.question.Help() }

// SetTheme applies other colours.
func (s *Passphrase) SetTheme(t theme.Theme) { s.recolour(t) }
