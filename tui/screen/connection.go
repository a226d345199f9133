package screen

import (
	"context"
	"net/url"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// caLimit bounds reading the CA file.
const caLimit = 10 * time.Second

// Connection is one line unless a proxy or a CA file is needed.
type Connection struct {
	page
	open     bool
	proxy    *field.Text
	user     *field.Text
	password *field.Secret
	ca       *field.Text
	trying   *attempt
	// environment is the proxy that the environment sets, "" for none.
	environment string
}

// dialled is the answer to "can a client be made like this".
type dialled struct{ err error }

// NewConnection makes the step.
func NewConnection(env Env, a flow.Answers) Screen {
	s := &Connection{page: newPage(env, a, "Connection")}
	s.proxy = field.NewText(s.fieldOptions(
		field.WithLabel("Proxy URL"), field.WithPlaceholder("as the environment says"),
		field.WithHint("For example http://proxy.example.com:3128"),
	)...)
	s.user = field.NewText(s.fieldOptions(field.WithLabel("Proxy user"), field.WithPlaceholder("empty when it asks for none"))...)
	s.password = field.NewSecret(s.fieldOptions(field.WithLabel("Proxy password"), field.WithPlaceholder("empty when it asks for none"), field.WithPassword())...)
	s.ca = field.NewText(s.fieldOptions(
		field.WithLabel("CA file"), field.WithPlaceholder("none"),
		field.WithHint("Certificates in PEM form, trusted in addition to the system's; for networks that inspect TLS."),
	)...)
	s.proxy.SetValue(a.Proxy.URL)
	s.user.SetValue(a.Proxy.Username)
	s.password.SetValue(a.Proxy.Password)
	s.ca.SetValue(a.CAFile)
	s.environment = environmentProxy(env, a.BaseURL)
	s.layout()
	return s
}

// environmentProxy is the proxy that HTTPS_PROXY and its companions set for base, without credentials.
func environmentProxy(env Env, base string) string {
	if env.EnvironmentProxy != nil {
		return env.EnvironmentProxy(base)
	}
	return client.EnvironmentProxy(base)
}

func (s *Connection) layout() {
	items := []field.Item{field.Prose(s.summary), emptyLine()}
	if s.open {
		items = append(items, s.proxy, s.user, s.password, s.ca, emptyLine(),
			s.said("Certificates are always checked; that cannot be switched off."))
	} else {
		items = append(items, s.said("enter goes on. space opens the settings for a proxy or a CA file of your own."))
	}
	s.form.SetItems(items...)
}

// summary is the one line that says how Mimecast will be reached.
func (s *Connection) summary(width int) []string {
	a := s.Answers()
	how := "Direct"
	switch {
	case a.Proxy.URL != "":
		how = "Through the proxy " + withoutUser(a.Proxy.URL)
		if a.Proxy.Username != "" {
			how += " as " + a.Proxy.Username
		}
	case s.environment != "":
		how = "Through the proxy that the environment sets, " + s.environment
	}
	certificates := "with the certificates of this system"
	if a.CAFile != "" {
		certificates += " and those in " + a.CAFile
	}
	return field.Wrap(how+", "+certificates+".", width, 0, s.env.Theme.Styles.Text)
}

// Update implements Screen.
func (s *Connection) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch m := msg.(type) {
	case attemptMsg:
		return s.dialled(m)
	case tea.KeyPressMsg:
		if !s.open && key.Matches(m, s.env.Keys.Toggle) {
			return s, s.toggle(), Intent{}
		}
	}
	before := s.proxy.Value() + s.ca.Value()
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventOther:
		return s, s.toggle(), Intent{}
	case eventSubmit:
		return s.submit(cmd)
	case eventNone, eventFill:
	}
	if s.proxy.Value()+s.ca.Value() != before {
		_, pasted := msg.(tea.PasteMsg)
		s.takeUser(pasted)
		s.stop()
	}
	return s, cmd, Intent{}
}

func (s *Connection) toggle() tea.Cmd {
	s.open = !s.open
	s.layout()
	if s.open {
		return s.form.Focus(s.proxy)
	}
	return nil
}

// takeUser moves a user and password that are part of the URL to their own fields: the password is masked there. A URL that
// is being typed is whole once it has a port.
func (s *Connection) takeUser(whole bool) {
	text := strings.TrimSpace(s.proxy.Value())
	if whole && !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.User == nil || u.Hostname() == "" || u.Port() == "" && !whole {
		return
	}
	s.user.SetValue(u.User.Username())
	if password, ok := u.User.Password(); ok {
		s.password.SetValue(secret.New(password))
	}
	u.User = nil
	s.proxy.SetValue(u.String())
	s.proxy.SetHint("User and password were moved to their own fields.")
}

// submit checks what can be checked without the network; the CA file is read by a command.
func (s *Connection) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	if text := strings.TrimSpace(s.proxy.Value()); text != "" && !strings.Contains(text, "://") {
		s.proxy.SetValue("http://" + text)
	}
	s.takeUser(true)
	e := s.Answers().Endpoint()
	if err := e.Proxy.Validate(); err != nil {
		s.show()
		s.proxy.SetError(lifecycle.Sentence(err))
		return s, tea.Batch(cmd, s.form.Focus(s.proxy)), Intent{}
	}
	if e.CAFile == "" || s.env.Dial == nil {
		return s, cmd, Intent{Act: Next}
	}
	s.stop()
	dial := s.env.Dial
	a, try := begin(s.env.Context, caLimit, func(_ context.Context, emit func(any)) {
		c, err := dial(e)
		if err == nil {
			c.Close()
		}
		emit(dialled{err})
	})
	s.trying = a
	return s, tea.Batch(cmd, try), Intent{}
}

func (s *Connection) show() {
	if !s.open {
		s.toggle()
	}
}

func (s *Connection) dialled(m attemptMsg) (Screen, tea.Cmd, Intent) {
	d, ok := m.msg.(dialled)
	if m.of != s.trying || s.trying == nil || !ok {
		return s, nil, Intent{}
	}
	s.stop()
	if d.err != nil {
		s.show()
		s.ca.SetError(lifecycle.Sentence(d.err))
		return s, s.form.Focus(s.ca), Intent{}
	}
	return s, nil, Intent{Act: Next}
}

func (s *Connection) stop() {
	s.trying.stop()
	s.trying = nil
}

// SetTheme implements Themed.
func (s *Connection) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *Connection) Keys() []key.Binding {
	k := s.env.Keys
	keys := []key.Binding{k.Next}
	if s.open {
		keys = append(keys, k.NextField, renamed(k.Other, k.Other.Help().Key, "close the settings"))
		if s.form.Focused() == s.password {
			keys = append(keys, k.Reveal)
		}
	} else {
		keys = append(keys, renamed(k.Toggle, k.Toggle.Help().Key, "proxy, CA file"))
	}
	return append(keys, k.Back)
}

// Answers implements Screen.
func (s *Connection) Answers() flow.Answers {
	a := s.answers
	a.Proxy = client.Proxy{
		URL: strings.TrimSpace(s.proxy.Value()), Username: strings.TrimSpace(s.user.Value()), Password: s.password.Value(),
	}
	a.CAFile = strings.TrimSpace(s.ca.Value())
	return a
}

// Close implements Screen.
func (s *Connection) Close() { s.stop() }

// withoutUser is a URL as it may be shown while it is still being typed.
func withoutUser(text string) string {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		scheme, rest = "", text
	} else {
		scheme += "://"
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	return scheme + rest
}
