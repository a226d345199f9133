package screen

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// Region asks where Mimecast is: a row of the list, or whatever was pasted, or what Mimecast answers when it is asked.
type regionScreen struct {
	page
	pasted *field.Text
	list   *field.Choice
	appID  *field.Text
	email  *field.Text

	// place is what the pasted text was recognised as; wrong when it belongs to the other API.
	place *client.Place
	wrong *client.WrongAPIError
	// unlisted is set when it is a host that Mimecast does not list and that was not allowed.
	unlisted *client.HostError

	asking *Attempt
	found  *client.Place
}

// NewRegion makes the step.
func NewRegion(env Env, a flow.Answers) Screen {
	s := &regionScreen{page: newPage(env, a, "Region")}
	s.pasted = field.NewText(s.fieldOptions(
		field.WithLabel(step.PasteRegion), field.WithPlaceholder("such as login-us.mimecast.com, CUSA00A000 or uk"),
	)...)
	s.appID = field.NewText(s.fieldOptions(field.WithLabel("Application ID"), field.WithPlaceholder("paste it here"), field.WithIdentifier())...)
	s.email = field.NewText(s.fieldOptions(field.WithLabel("Service user's e-mail address"), field.WithPlaceholder("svc@example.com"))...)
	s.appID.SetValue(a.ApplicationID)
	s.email.SetValue(a.Email)
	s.build()
	s.restore()
	s.layout()
	if s.form.Focus(s.pasted); s.pasted.Value() == "" && s.list.Value() != "" {
		s.form.Focus(s.list)
	}
	return s
}

// build makes the list for the API of the answers. A row's ID is its base URL.
func (s *regionScreen) build() {
	q, _ := step.RegionForm(s.env.Env, s.answers).Find("region")
	s.list = field.NewChoice(fieldRows(q.Options...), s.fieldOptions(field.WithLabel("Or choose"))...)
}

// places are the rows of the list.
func (s *regionScreen) places() []client.Place { return step.Places(s.env.Env, s.answers.API) }

// restore shows an earlier answer: as a row when it is one, as pasted text otherwise. Without one, no region of API 1.0 is chosen.
func (s *regionScreen) restore() {
	base := s.answers.BaseURL
	if base == "" {
		s.list.Unset(!step.HasUsualRegion(s.env.Env, s.answers.API))
		return
	}
	for _, p := range s.places() {
		if p.BaseURL == base {
			s.list.Select(base)
			return
		}
	}
	place, err := s.answers.Place()
	var wrong *client.WrongAPIError
	if errors.As(err, &wrong) {
		// The API was changed after the region: what fits the new one is proposed.
		place = wrong.Offer
		if place.NeedsDiscovery {
			return
		}
		s.list.Select(place.BaseURL)
		return
	}
	s.pasted.SetValue(base)
	s.recognise()
}

func (s *regionScreen) layout() {
	demo := ""
	if s.env.Demo != nil {
		demo = s.env.Demo.BaseURL
	}
	items := []field.Item{s.demo(demo), field.Prose(s.limits), s.pasted, field.Prose(s.verdict), emptyLine(), s.list}
	if s.discovering() {
		items = append(items, emptyLine(), s.appID, s.email, field.Prose(s.answer))
	}
	s.form.SetItems(items...)
}

// discovering tells whether the two values are asked for that Mimecast needs to name the region.
func (s *regionScreen) discovering() bool {
	if s.answers.API != client.API10 {
		return false
	}
	if strings.TrimSpace(s.pasted.Value()) != "" {
		return s.place != nil && s.place.NeedsDiscovery
	}
	return s.list.Value() == step.Discover
}

// recognise looks at what was pasted, as it is being pasted.
func (s *regionScreen) recognise() {
	s.place, s.wrong, s.unlisted = nil, nil, nil
	s.pasted.SetError("")
	text := strings.TrimSpace(s.pasted.Value())
	s.list.Unset(text != "" || !step.HasUsualRegion(s.env.Env, s.answers.API))
	if text == "" {
		return
	}
	place, err := step.Recognise(s.env.Env, s.answers, text)
	switch {
	case err == nil:
		s.place = &place
		s.list.Select(place.BaseURL)
		if place.NeedsDiscovery {
			s.list.Select(step.Discover)
		}
	case errors.As(err, &s.wrong):
		s.pasted.SetError("That is a host of API " + string(s.wrong.Got) + "; API " + string(s.wrong.Want) + " was chosen.")
	case errors.As(err, &s.unlisted):
		s.pasted.SetError(lifecycle.Sentence(err))
	case len(text) > 2:
		s.pasted.SetError(lifecycle.Sentence(err))
	}
}

// chosen is the place that enter takes; nil when there is none yet.
func (s *regionScreen) chosen() *client.Place {
	if s.discovering() {
		return s.found
	}
	if strings.TrimSpace(s.pasted.Value()) != "" {
		if s.wrong != nil && !s.wrong.Offer.NeedsDiscovery {
			return &s.wrong.Offer
		}
		if s.unlisted != nil && s.unlisted.Near && !s.unlisted.Meant.NeedsDiscovery {
			return &s.unlisted.Meant
		}
		return s.place
	}
	for _, p := range s.places() {
		if p.BaseURL == s.list.Value() {
			return &p
		}
	}
	return nil
}

// Update implements Screen.
func (s *regionScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch m := msg.(type) {
	case AttemptMsg:
		return s, s.told(m), Intent{}
	case tea.PasteMsg:
		if s.form.Focused() == s.list {
			s.form.Focus(s.pasted)
		}
	case tea.KeyPressMsg:
		if s.asking != nil && !key.Matches(m, s.env.Keys.Back) {
			return s, nil, Intent{} // what was asked must not change under the question
		}
		if s.form.Focused() == s.list && letter(m) {
			s.form.Focus(s.pasted)
		}
		if key.Matches(m, s.env.Keys.Next) && (s.form.Focused() == s.pasted || s.form.Focused() == s.list) {
			return s.submit()
		}
	}
	text, row := s.pasted.Value(), s.list.Value()
	ask := s.appID.Value() + "\n" + s.email.Value()
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		if s.asking != nil {
			s.stop()
			s.email.SetError("Stopped. Nothing was changed at Mimecast.")
			return s, cmd, Intent{}
		}
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		return s.submit()
	case eventFill:
		s.fill()
	case eventOther:
		s.switchAPI()
	case eventNone:
	}
	switch {
	case s.pasted.Value() != text:
		s.recognise()
	case s.list.Value() != row:
		row := s.list.Value()
		s.pasted.SetValue("")
		s.recognise()
		s.list.Select(row)
		s.found = nil
	case s.form.Focused() == s.list && text == "":
		s.list.Unset(false) // the row under the cursor
	}
	if s.appID.Value()+"\n"+s.email.Value() != ask {
		s.found = nil
	}
	s.layout()
	return s, cmd, Intent{}
}

// fill puts in the demo's values: the two that Mimecast is asked with, or its address.
func (s *regionScreen) fill() {
	d := s.env.Demo
	if s.discovering() {
		s.appID.SetValue(d.ApplicationID)
		s.email.SetValue(d.Email)
		s.form.Focus(s.email)
		return
	}
	s.pasted.SetValue("")
	s.recognise()
	s.list.Select(d.BaseURL)
	s.form.Focus(s.list)
}

// letter tells whether a key begins something typed rather than moves through the list.
func letter(m tea.KeyPressMsg) bool {
	return m.Text != "" && m.Text != " " && m.Mod&(tea.ModCtrl|tea.ModAlt) == 0 && (len(m.Text) > 1 || m.Text < "1" || m.Text > "9")
}

// Lettered implements Lettered: the name of a place is typed without going to the field first.
func (s *regionScreen) Lettered() {}

// switchAPI chooses the API that the pasted host belongs to.
func (s *regionScreen) switchAPI() {
	if s.unlisted != nil {
		s.allow()
		return
	}
	if s.wrong == nil {
		return
	}
	s.answers.API = s.wrong.Got
	s.build()
	s.recognise()
	s.layout()
}

func (s *regionScreen) submit() (Screen, tea.Cmd, Intent) {
	if s.discovering() && s.found == nil {
		if at := s.form.Focused(); at == s.pasted || at == s.list {
			return s, s.form.Focus(s.appID), Intent{}
		}
		return s, s.discover(), Intent{}
	}
	place := s.chosen()
	if place == nil {
		return s, s.refuse(), Intent{}
	}
	if s.wrong != nil || s.unlisted != nil {
		s.pasted.SetValue("")
		s.recognise()
		s.list.Select(place.BaseURL)
	}
	return s, nil, Intent{Act: Next}
}

// refuse says what to do while there is no region to go on with.
func (s *regionScreen) refuse() tea.Cmd {
	switch {
	case strings.TrimSpace(s.pasted.Value()) == "":
		s.pasted.SetError(step.NoRegion)
	case s.wrong != nil:
		s.list.SetError("This one cannot be used. Choose another.")
		return s.form.Focus(s.list)
	default:
		if _, err := step.Recognise(s.env.Env, s.answers, s.pasted.Value()); err != nil {
			s.pasted.SetError(lifecycle.Sentence(err))
		}
	}
	return s.form.Focus(s.pasted)
}

// SetTheme implements Themed.
func (s *regionScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *regionScreen) Keys() []key.Binding {
	k := s.env.Keys
	switch {
	case s.asking != nil:
		return []key.Binding{theme.Named(k.Back, "stop")}
	case s.unlisted != nil && s.unlisted.Allow() != "":
		return s.keys(theme.Named(k.Other, "use this host"), k.NextField)
	case s.wrong != nil:
		return s.keys(theme.Named(k.Other, "switch to API "+string(s.wrong.Got)), k.NextField)
	case s.discovering() && s.found == nil:
		return append([]key.Binding{theme.Named(k.Next, "ask Mimecast")}, s.keys(k.NextField)[1:]...)
	}
	return s.keys(k.Up, k.Down, k.NextField)
}

// Answers implements Screen. A text that was not recognised is kept as the base URL, so that it is still there when the
// person comes back; it cannot be used as one. One with an @ is not: what is before that may be a password.
func (s *regionScreen) Answers() flow.Answers {
	a := s.answers
	if a.API == client.API10 {
		a.ApplicationID, a.Email = s.appID.Value(), secret.Trim(s.email.Value())
	}
	if place := s.chosen(); place != nil {
		a.Region, a.BaseURL = place.RegionCode, place.BaseURL
	} else if text := strings.TrimSpace(s.pasted.Value()); text != "" && !strings.Contains(text, "@") {
		a.Region, a.BaseURL = "", text
	}
	return a
}

// Close implements Screen.
func (s *regionScreen) Close() { s.stop() }

// discovered is what Mimecast answered.
type discovered struct {
	place client.Place
	err   error
}
