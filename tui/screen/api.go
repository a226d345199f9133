package screen

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// The answers to "does the API 1.0 application exist already?".
const (
	appExists  = "exists"
	appUse20   = "use-2.0"
	appCreate1 = "create-1.0"
)

// API asks for the generation, and for API 1.0 whether the application exists: most tenants can no longer create one.
type API struct {
	page
	api *field.Choice
	app *field.Choice
	// chosen is set once the person, or a product, decided; the demo then fills in nothing else.
	chosen bool
}

// NewAPI makes the step.
func NewAPI(env Env, a flow.Answers) Screen {
	s := &API{page: newPage(env, a, "API")}
	apis := []field.Row{
		{
			ID: string(client.API20), Title: "API 2.0", Aside: "Client ID and Client Secret",
			About: "What Mimecast supports today. One address for every region.",
		},
		{
			ID: string(client.API10), Title: "API 1.0", Aside: "Application ID and Key, Access Key, Secret Key",
			About: "For products that cannot do 2.0 yet. Since mid-2025 no new 1.0 applications can be created on Cloud Gateway; existing ones go on.",
		},
	}
	apps := []field.Row{
		{ID: appExists, Title: "Yes", About: "Its Application ID and Application Key are at hand, or can be looked up in the console."},
		{ID: appUse20, Title: "No: use API 2.0", About: "The way for everything that is set up now."},
		{
			ID: appCreate1, Title: "No, and the product takes 1.0 only",
			About: "Works only while the console still shows the tile Mimecast API 1.0.",
		},
	}
	if takes, name := only(a); takes != "" {
		for i := range apis {
			if apis[i].ID != string(takes) {
				apis[i].Disabled = name + " takes API " + string(takes) + "."
			}
		}
		if takes == client.API10 {
			apps[1].Disabled = name + " takes API 1.0."
		}
	}
	s.api = field.NewChoice(apis, s.fieldOptions(field.WithLabel("Which API does the product ask for?"))...)
	s.app = field.NewChoice(apps, s.fieldOptions(field.WithLabel("Does the API 1.0 application exist already?"))...)
	if a.API != "" {
		s.api.Select(string(a.API))
		s.chosen = true
	}
	if a.API == client.API10 && a.NewApplication {
		s.app.Select(appCreate1)
	}
	s.layout()
	return s
}

func (s *API) layout() {
	items := []field.Item{s.demo("both work; " + string(client.API20) + " is the shorter way"), s.api}
	if s.api.Value() == string(client.API10) {
		items = append(items, emptyLine(), s.app)
	}
	s.form.SetItems(items...)
}

// Update implements Screen.
func (s *API) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	before := s.api.Value()
	cmd, what := s.handle(msg)
	s.chosen = s.chosen || s.api.Value() != before
	s.layout()
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		return s.submit(cmd)
	case eventFill:
		if !s.chosen {
			s.api.Select(string(client.API20))
		}
		s.layout()
	case eventNone, eventOther:
	}
	return s, cmd, Intent{}
}

func (s *API) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	switch {
	case s.api.Value() == "":
		s.api.SetError("The product that was chosen does not take this API.")
		return s, tea.Batch(cmd, s.form.Focus(s.api)), Intent{}
	case s.api.Value() == string(client.API10) && s.app.Value() == "":
		s.app.SetError("The product that was chosen does not take API 2.0.")
		return s, tea.Batch(cmd, s.form.Focus(s.app)), Intent{}
	}
	return s, cmd, Intent{Act: Next}
}

// SetTheme implements Themed.
func (s *API) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *API) Keys() []key.Binding { return s.keys(s.env.Keys.Up, s.env.Keys.Down) }

// Answers implements Screen.
func (s *API) Answers() flow.Answers {
	a := s.answers
	if s.api.Value() == "" {
		return a
	}
	a.API = client.API(s.api.Value())
	if a.API == client.API10 {
		answer := s.app.Value()
		a.HasApplication, a.NewApplication = answer == appExists, answer == appCreate1
		if answer == appUse20 {
			a.API = client.API20
		}
	}
	return a
}

// tick gives a copy of ticked in which id is set or not.
func tick(ticked map[string]bool, id string, on bool) map[string]bool {
	if ticked[id] == on {
		return ticked
	}
	out := make(map[string]bool, len(ticked)+1)
	for k, v := range ticked {
		out[k] = v
	}
	if on {
		out[id] = true
	} else {
		delete(out, id)
	}
	return out
}
