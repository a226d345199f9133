package screen

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// Application asks for what Mimecast showed when the application was made: an ID and a secret. What looks odd is said and
// never blocks.
type Application struct {
	page
	id     *field.Text
	key    *field.Secret
	domain *field.Text // nil when no check needs a domain
	// idField and keyField are the names that client.ShapeHints knows the two by.
	idField, keyField string
}

// NewApplication makes the step.
func NewApplication(env Env, a flow.Answers) Screen {
	s := &Application{page: newPage(env, a, "Application")}
	if a.API == client.API10 {
		s.idField, s.keyField = client.FieldApplicationID, client.FieldApplicationKey
	} else {
		s.idField, s.keyField = client.FieldClientID, client.FieldClientSecret
	}
	idName, keyName := s.names()
	options := []field.Option{field.WithLabel(idName), field.WithPlaceholder("paste it here"), field.WithIdentifier()}
	if a.API != client.API10 {
		options = append(options, field.WithAnyLength())
	}
	s.id = field.NewText(s.fieldOptions(options...)...)
	s.key = field.NewSecret(s.fieldOptions(field.WithLabel(keyName), field.WithPlaceholder("paste it here"))...)
	id, key := a.ClientID, a.ClientSecret
	if a.API == client.API10 {
		id, key = a.ApplicationID, a.ApplicationKey
	}
	s.id.SetValue(id)
	s.key.SetValue(key)
	if wantsDomain(env, a) && a.Purpose != lifecycle.Rotating { // a rotation leaves it as it is
		label, hint := "Internal domain (optional)", "One of your own domains. Without it the checks that list users or messages are skipped."
		if vendor := domainRequiredBy(a); vendor != "" {
			label = "Internal domain (required by " + vendor + ")"
			hint = "One of your own domains. Without it the checks of users or messages are skipped; " + vendor + " asks for it too."
		}
		s.domain = field.NewText(s.fieldOptions(field.WithLabel(label), field.WithPlaceholder("example.com"), field.WithHint(hint))...)
		s.domain.SetValue(a.InternalDomain)
	}
	s.hint(false)
	s.layout()
	return s
}

func (s *Application) names() (id, key string) {
	if s.answers.API == client.API10 {
		return "Application ID", "Application Key"
	}
	return "Client ID", "Client Secret"
}

// wantsDomain tells whether a check of the plan needs an internal domain.
func wantsDomain(env Env, a flow.Answers) bool {
	if env.Plan == nil {
		return false
	}
	plan, err := env.Plan(a.Selection())
	if err != nil {
		return false // the check step says what is wrong with the plan
	}
	return lifecycle.WantsDomain(plan)
}

// domainRequiredBy names the product whose form cannot do without an internal domain; "" when none of those chosen is so.
func domainRequiredBy(a flow.Answers) string {
	for _, id := range a.Selection().Integrations {
		i, _ := catalog.Lookup(id)
		for _, f := range i.Fields {
			if f.From == catalog.FromInternalDomain && f.Required {
				return i.Vendor
			}
		}
	}
	return ""
}

func (s *Application) layout() {
	intro := "Mimecast shows both once, in the dialog that follows Add and Generate Keys. Paste them here before you close it."
	demo := ""
	if s.env.Demo != nil {
		demo = s.values([2]string{"Client ID", s.env.Demo.ClientID}, [2]string{"Client Secret", s.env.Demo.ClientSecret})
	}
	if s.answers.API == client.API10 {
		intro = "Both are on the application's page in the console; the eye beside the key shows it."
		if s.env.Demo != nil {
			demo = s.values([2]string{"Application ID", s.env.Demo.ApplicationID}, [2]string{"Application Key", s.env.Demo.ApplicationKey})
		}
	}
	if s.answers.Purpose == lifecycle.Rotating {
		intro = "Mimecast shows the new pair once. Paste both here before you close the dialog; the one in use stays until the new one has been tested."
	}
	if s.answers.Purpose == lifecycle.Rotating && s.env.Demo != nil {
		demo = "the made-up console makes a new pair"
	}
	items := []field.Item{s.said(intro), s.demo(demo), s.id, emptyLine(), s.key}
	if s.domain != nil {
		items = append(items, emptyLine(), s.domain)
	}
	s.form.SetItems(items...)
}

// Update implements Screen.
func (s *Application) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	id, key := s.id.Value(), s.key.Value()
	if paste, ok := msg.(tea.PasteMsg); ok {
		if a, ok := s.Answers().PasteApplication(paste.Content); ok {
			return s.both(a)
		}
		msg = withoutLabel(paste, s.focused())
	}
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventFill:
		s.fill()
	case eventSubmit:
		return s.submit(cmd)
	case eventNone, eventOther:
	}
	_, press := msg.(tea.KeyPressMsg)
	s.hint(press && what != eventFill && (s.id.Value() != id || !s.key.Value().Equal(key)))
	return s, cmd, Intent{}
}

// focused is the name of the value that is being pasted; "" for another one.
func (s *Application) focused() string {
	switch s.form.Focused() {
	case s.id:
		return s.idField
	case s.key:
		return s.keyField
	}
	return ""
}

// withoutLabel is a paste without the name of the field that stands before the value.
func withoutLabel(paste tea.PasteMsg, field string) tea.PasteMsg {
	if called, value, ok := client.Labelled(paste.Content); ok && called == field {
		paste.Content = value
	}
	return paste
}

// both fills in an ID and a secret that were pasted at once. What else was in the paste is kept for its own step.
func (s *Application) both(a flow.Answers) (Screen, tea.Cmd, Intent) {
	idName, keyName := s.names()
	s.answers = a
	id, key := a.ClientID, a.ClientSecret
	if a.API == client.API10 {
		id, key = a.ApplicationID, a.ApplicationKey
	}
	s.id.SetValue(id)
	note := "The " + idName + " and the " + keyName + " were both in what was pasted."
	if a.KeysPasted {
		note += " So were the Access Key and the Secret Key."
	}
	s.id.SetNote(note)
	s.key.SetValue(key)
	s.hint(false)
	return s, s.form.Focus(s.key), Intent{}
}

// hint says what looks odd. A value that is being typed is not judged before it is left.
func (s *Application) hint(typing bool) {
	values := map[string]secret.Value{s.idField: secret.New(s.id.Value()), s.keyField: s.key.Value()}
	say := func(f field.Field, name string) string {
		if typing && f.Focused() {
			return ""
		}
		return strings.Join(client.ShapeHints(name, values[name], values), "\n")
	}
	s.id.SetWarning(say(s.id, s.idField))
	s.key.SetWarning(say(s.key, s.keyField))
}

func (s *Application) fill() {
	d := s.env.Demo
	if _, domain, ok := strings.Cut(d.Email, "@"); ok && s.domain != nil {
		s.domain.SetValue(domain)
	}
	if s.answers.API == client.API10 {
		s.id.SetValue(d.ApplicationID)
		s.key.SetValue(secret.New(d.ApplicationKey))
		return
	}
	id, key := d.NewPair(s.answers)
	s.id.SetValue(id)
	s.key.SetValue(secret.New(key))
}

func (s *Application) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	idName, keyName := s.names()
	noID, noKey := s.id.Value() == "", s.key.Value().IsZero()
	if noID {
		s.id.SetError("Paste the " + idName + ".")
	}
	if noKey {
		s.key.SetError("Paste the " + keyName + ".")
	}
	switch {
	case noID:
		return s, tea.Batch(cmd, s.form.Focus(s.id)), Intent{}
	case noKey:
		return s, tea.Batch(cmd, s.form.Focus(s.key)), Intent{}
	}
	if words := s.Answers().CurrentAgain(); words != "" && s.answers.API == client.API20 {
		s.id.SetError(words)
		return s, tea.Batch(cmd, s.form.Focus(s.id)), Intent{}
	}
	if s.domain != nil {
		if text := strings.TrimSpace(s.domain.Value()); text != "" && !domain(text) {
			s.domain.SetError("A domain looks like example.com. Leave it empty to skip those checks.")
			return s, tea.Batch(cmd, s.form.Focus(s.domain)), Intent{}
		}
	}
	return s, cmd, Intent{Act: Next}
}

// domain tells whether text can be a domain: no address, no URL, at least one dot.
func domain(text string) bool {
	return lifecycle.IsDomain(text)
}

// SetTheme implements Themed.
func (s *Application) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *Application) Keys() []key.Binding {
	k := s.env.Keys
	if s.form.Focused() == s.key {
		return s.keys(k.NextField, k.Reveal, k.Clear)
	}
	return s.keys(k.NextField, k.Clear)
}

// Answers implements Screen.
func (s *Application) Answers() flow.Answers {
	a := s.answers
	if a.API == client.API10 {
		a.ApplicationID, a.ApplicationKey = s.id.Value(), s.key.Value()
	} else {
		a.ClientID, a.ClientSecret = s.id.Value(), s.key.Value()
	}
	if s.domain != nil {
		a.InternalDomain = strings.TrimSpace(s.domain.Value())
	}
	return a
}
