package screen

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// rowGeneric is the row "No particular product". Its answer is the empty integration, for either API.
const rowGeneric = "generic"

// Integration asks which product the credential is for.
type Integration struct {
	page
	list *field.Choice
}

// NewIntegration makes the step.
func NewIntegration(env Env, a flow.Answers) Screen {
	s := &Integration{page: newPage(env, a, "Integration")}
	var rows []field.Row
	for _, i := range catalog.Integrations() {
		if i.Generic {
			continue
		}
		aside := "API " + string(i.API)
		if i.Status != "" {
			aside += " " + env.Theme.Glyphs.Dot + " " + i.Status
		}
		rows = append(rows, field.Row{ID: i.ID, Title: i.Name, Aside: aside, Words: i.Vendor + " " + i.ID})
	}
	rows = append(rows, field.Row{
		ID: rowGeneric, Title: "No particular product", Aside: "either API",
		Words: "other none generic script",
	})
	s.list = field.NewChoice(rows, s.fieldOptions(
		field.WithLabel("Which product will use the credential?"), field.WithFilter(), field.WithPlaceholder("type to narrow the list"),
	)...)
	// What is chosen without looking must not be somebody's product.
	s.list.Select(rowGeneric)
	if a.Integration != "" {
		s.list.Select(a.Integration)
	}
	s.form.SetItems(s.demo("no particular product is the shortest"), s.list, emptyLine(), field.Prose(s.about))
	return s
}

// about says what the product under the cursor will call, and what its own guide gets wrong.
func (s *Integration) about(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	id := s.list.Value()
	if id == rowGeneric {
		return field.Wrap("Checks that the credential works and whose account it belongs to.", width, 2, st.Muted)
	}
	i, ok := catalog.Lookup(id)
	if !ok {
		return nil
	}
	var uses []string
	for _, c := range i.Calls {
		if c.For != "" && !slices.Contains(uses, c.For) {
			uses = append(uses, c.For)
		}
	}
	lines := field.Wrap("It asks Mimecast for: "+strings.Join(uses, "; ")+".", width, 2, st.Text)
	for _, note := range i.Notes {
		lines = append(lines, field.Wrap(g.Warning+" "+note, width, 2, st.Muted)...)
	}
	return lines
}

// Update implements Screen.
func (s *Integration) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		if s.list.Value() == "" {
			s.list.SetError("Choose a row.")
			return s, cmd, Intent{}
		}
		return s, cmd, Intent{Act: Next}
	case eventFill:
		s.list.Select(rowGeneric)
	case eventNone, eventOther:
	}
	return s, cmd, Intent{}
}

// SetTheme implements Themed.
func (s *Integration) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *Integration) Keys() []key.Binding {
	return s.keys(s.env.Keys.Up, s.env.Keys.Down, s.env.Keys.Clear)
}

// Answers implements Screen. A product knows its API; without one the API stays as it was.
func (s *Integration) Answers() flow.Answers {
	a := s.answers
	switch id := s.list.Value(); id {
	case "":
	case rowGeneric:
		a.Integration = ""
	default:
		a.Integration = id
		if i, ok := catalog.Lookup(id); ok {
			a.API = i.API
		}
	}
	return a
}

// only is the API that the integration of the answers takes, and its name; "" when it takes either.
func only(a flow.Answers) (client.API, string) {
	i, ok := catalog.Lookup(a.Integration)
	if !ok || i.Generic {
		return "", ""
	}
	return i.API, i.Name
}
