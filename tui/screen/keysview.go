package screen

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"

	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// show puts a part on screen.
func (s *keysScreen) show(to keysStage) {
	s.stage = to
	switch to {
	case keysChoose: // undecided, or deciding anew
	case keysConsole:
		s.answers.KeysWay = flow.FromConsole
	case keysSignIn, keysCode, keysMade, keysUnstored:
		s.answers.KeysWay = flow.CreateHere
	}
	words := field.Notice(s.words) // in sight together with the field below it
	var items []field.Item
	switch to {
	case keysChoose:
		items = []field.Item{words, s.way, emptyLine(), s.said(step.KeysForm(s.env.Env, s.answers).Intro)}
	case keysSignIn:
		items = []field.Item{
			s.said(s.renewalWords()), s.demoNow(s.demoUser), s.email, emptyLine(), s.kind, emptyLine(), words, s.password, emptyLine(),
			s.said(step.KeysForm(s.env.Env, s.answers).After),
		}
	case keysCode:
		items = []field.Item{
			s.demoNow(s.demoCode), s.code, emptyLine(), words,
			s.said("Mimecast sent a code of six digits to the service user's phone or mailbox."),
		}
	case keysConsole:
		items = append([]field.Item{s.demoNow(s.demoKeys)}, s.walk()...)
		items = append(items, words, s.access, emptyLine(), s.secretKey)
	case keysMade:
		items = []field.Item{words, s.said(fmt.Sprintf("Mimecast created the keys at %s. They are saved on trial: %s.",
			s.answers.KeysCreatedAt.Format("15:04"), s.answers.Location)), s.said(s.validWords())}
	case keysUnstored:
		items = []field.Item{words, field.Prose(s.elsewhere), s.access, emptyLine(), s.secretKey, emptyLine(), s.said("As a last resort ctrl+r shows a key, to be copied by hand.")}
	}
	s.form.SetItems(items...)
	s.focus()
}

// elsewhere offers the other stores for created keys that the chosen one did not take, each with its key.
func (s *keysScreen) elsewhere(width int) []string {
	var lines []string
	if s.work != idle {
		return nil
	}
	for i, c := range s.env.OtherStores(s.answers) {
		lines = append(lines, field.Hang(s.env.Theme.Styles.Accent.Render(elsewhere(i, c).Help().Key)+" ", step.SaveThere(c), width, s.env.Theme.Styles.Text)...)
	}
	if words := step.WithCurrent(s.answers); words != "" {
		lines = append(lines, field.Wrap(words, width, 0, s.env.Theme.Styles.Text)...)
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}

// validWords say until when the keys are valid that were created.
func (s *keysScreen) validWords() string { return step.KeysValid(s.answers.KeysExpireAt, s.env.Now()) }

// renewalWords say what renewing does; nothing when keys are created.
func (s *keysScreen) renewalWords() string {
	if !s.renewing() {
		return ""
	}
	return step.KeysForm(s.env.Env, s.answers).Intro
}

// demoUser, demoCode and demoKeys tell the made-up values.
func (s *keysScreen) demoUser() string {
	return s.values([2]string{"address", s.env.Demo.Email}, [2]string{"password", s.env.Demo.Password})
}

func (s *keysScreen) demoCode() string {
	if s.env.Demo.Code == nil {
		return ""
	}
	return s.values([2]string{"the phone shows", s.env.Demo.Code()})
}

func (s *keysScreen) demoKeys() string {
	return s.values([2]string{"Access Key", s.env.Demo.AccessKey}, [2]string{"Secret Key", s.env.Demo.SecretKey})
}

// focus goes to the first field that is still empty, or to the last one, where enter goes on.
func (s *keysScreen) focus() {
	switch {
	case s.stage == keysSignIn && s.email.Value() == "":
		s.form.Focus(s.email)
	case s.stage == keysSignIn:
		s.form.Focus(s.password)
	case s.stage == keysConsole && s.access.Value().IsZero():
		s.form.Focus(s.access)
	case s.stage == keysConsole:
		s.form.Focus(s.secretKey)
	}
}

// walk is the way through the console, in its own words.
func (s *keysScreen) walk() []field.Item {
	var items []field.Item
	for i, item := range step.CreateKeys(s.Answers()) {
		text := item.Title + "."
		if item.Path != "" {
			text = item.Title + ": " + item.Path
		}
		items = append(items, field.Prose(func(width int) []string {
			return field.Hang(strconv.Itoa(i+1)+". ", text, width, s.env.Theme.Styles.Muted)
		}))
	}
	return append(items, emptyLine())
}

// words are what happened, what it means and what to do, above the fields.
func (s *keysScreen) words(width int) []string {
	t := s.env.Theme
	var out []string
	switch {
	case s.waiting != nil:
		out = field.Hang(s.spinner.View()+" ", fmt.Sprintf("Waiting for %s until %s. Esc stops waiting.",
			s.waiting.What, s.waiting.Until.Format("15:04:05")), width, t.Styles.Accent)
	case s.work == signingIn:
		out = field.Hang(s.spinner.View()+" ", s.doing+". "+s.Waiting()+".", width, t.Styles.Accent)
	case s.doing != "":
		out = field.Hang(s.spinner.View()+" ", s.doing, width, t.Styles.Accent)
	}
	if text := s.Answers().PastedKeysWords(); text != "" && s.stage == keysConsole {
		out = append(out, field.Hang(t.Glyphs.Passed+" ", text+" Enter goes on.", width, t.Styles.Good)...)
	}
	if s.stage == keysUnstored && s.work == idle {
		out = append(out, field.Hang(t.Glyphs.Warning+" ", "Mimecast created the keys, and only this program has them.", width, t.Styles.Warn)...)
	}
	out = append(out, s.swapping.lines(s.env, width)...)
	if s.problem != "" {
		out = append(out, field.Hang(t.Glyphs.Failed+" ", s.problem, width, t.Styles.Bad)...)
	}
	if s.reply != "" {
		out = append(out, field.Hang("  ", "Mimecast says: "+s.reply, width, t.Styles.Muted)...)
	}
	if s.fix != "" {
		out = append(out, field.Hang("  ", s.fix, width, t.Styles.Text)...)
	}
	if len(out) > 0 {
		out = append(out, "")
	}
	return out
}

// Keys implements Screen.
func (s *keysScreen) Keys() []key.Binding {
	k := s.env.Keys
	otherWay := k.Other
	otherWay.SetHelp(k.Other.Help().Key, "console way")
	switch {
	case s.work == signingIn:
		return nil
	case s.work != idle:
		return []key.Binding{theme.Named(k.Back, "stop")}
	}
	switch s.stage {
	case keysChoose:
		return s.keys(k.Up, k.Down)
	case keysSignIn:
		keys := s.keys(otherWay, k.NextField, k.Reveal)
		if s.renewing() {
			keys = s.keys(k.NextField, k.Reveal)
		}
		if s.blame != flow.None {
			keys[len(keys)-1] = theme.Named(k.Back, strings.ToLower(s.blame.String()))
		}
		return keys
	case keysCode:
		return s.keys(theme.Named(k.Resend, "another code"), otherWay)
	case keysConsole:
		otherWay.SetHelp(k.Other.Help().Key, "create them here")
		if s.swapping.found != nil {
			otherWay.SetHelp(k.Other.Help().Key, "swap them")
		}
		return s.keys(otherWay, k.NextField, k.Reveal)
	case keysMade:
		otherWay.SetHelp(k.Other.Help().Key, "paste other keys")
		return s.keys(otherWay)
	default:
		keys := []key.Binding{k.Retry}
		for i, c := range s.env.OtherStores(s.answers) {
			keys = append(keys, elsewhere(i, c))
		}
		return append(keys, theme.Named(k.Change, "another store"), k.Reveal, k.NextField, k.Back)
	}
}
