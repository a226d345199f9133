package screen

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// rowGeneric is the row "No particular product". Its answer is the empty integration, for either API.
const rowGeneric = "generic"

// Integration asks which product the credential is for, then which of its features will be used and which other products
// share the application; it says what that needs.
type Integration struct {
	page
	// planning is set while the features are on screen, adding while another product is looked for.
	planning, adding bool
	list             *field.Choice
	features         *field.Checklist
	// also are the other products; chosen are the features by product, for those whose features were touched.
	also   []string
	chosen map[string][]string
}

// NewIntegration makes the step.
func NewIntegration(env Env, a flow.Answers) Screen {
	s := &Integration{page: newPage(env, a, "Integration"), also: a.Also, chosen: a.Features}
	s.showList()
	return s
}

// showList asks for a product: the first, or another one that shares its application.
func (s *Integration) showList() {
	s.planning = false
	label := "Which product will use the credential?"
	if s.adding {
		label = "Which other product shares the application?"
	}
	id := s.answers.Integration
	s.list = field.NewChoice(s.rows(), s.fieldOptions(
		field.WithLabel(label), field.WithFilter(), field.WithPlaceholder("type to narrow the list"), field.WithDetails(s.about),
		field.WithRoom(s.room),
	)...)
	if !s.adding {
		// What is chosen without looking must not be somebody's product.
		s.list.Select(rowGeneric)
		if id != "" {
			s.list.Select(id)
		}
	}
	s.form.SetItems(s.demo("no particular product is the shortest"), s.list)
}

// room is how many lines are left for the rows below the heading, the label and the filter; in a low window the rows
// matter most.
func (s *Integration) room() int {
	lines := s.size.Height - headingLines(s.size.Height) - 2
	if s.env.Demo != nil {
		lines -= 3
	}
	if s.size.Height < 8 {
		return 0
	}
	return max(lines, 4)
}

// rows are the products; to add one, those of the same API that are not there yet.
func (s *Integration) rows() []field.Row {
	var rows []field.Row
	for _, i := range catalog.Integrations() {
		kept := s.adding || s.answers.Purpose != lifecycle.SettingUp // the credential is there, and is of one API
		if i.Generic || kept && i.API != s.answers.API || s.adding && slices.Contains(s.products(), i.ID) {
			continue
		}
		aside := "API " + string(i.API)
		if i.Status != "" {
			aside += " " + s.env.Theme.Glyphs.Dot + " " + i.Status
		}
		rows = append(rows, field.Row{ID: i.ID, Title: i.Name, Aside: aside, Words: i.Vendor + " " + i.ID})
	}
	if s.adding {
		return rows
	}
	return append(rows, field.Row{
		ID: rowGeneric, Title: "No particular product", Aside: "either API",
		Words: "other none generic script",
	})
}

// products are the ids of all that were chosen, the first one first.
func (s *Integration) products() []string {
	if s.answers.Integration == "" {
		return nil
	}
	return append([]string{s.answers.Integration}, s.also...)
}

// about says, below the row under the cursor, what the product will call, and what it cannot do.
func (s *Integration) about(id string, width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	if id == rowGeneric {
		return field.Wrap("Checks that the credential works and whose account it belongs to.", width, 0, st.Muted)
	}
	i, ok := catalog.Lookup(id)
	if !ok {
		return nil
	}
	lines := field.Wrap("It asks Mimecast for: "+uses(i)+".", width, 0, st.Muted)
	for _, l := range i.Limits {
		if l.Kind == catalog.LimitRegion || l.Kind == catalog.LimitHost || l.Kind == catalog.LimitSecondFactor {
			lines = append(lines, field.Wrap(g.Warning+" "+l.Text, width, 0, st.Warn)...)
		}
	}
	return lines
}

// showPlan asks for the features of everything that was chosen.
func (s *Integration) showPlan() {
	s.planning, s.adding = true, false
	s.answers.Also = s.also
	entries, ticked := s.featureEntries()
	items := []field.Item{field.Prose(s.names)}
	s.features = nil
	if len(entries) > 0 {
		s.features = field.NewChecklist(entries, ticked, s.fieldOptions(field.WithLabel("What of it will be used?"))...)
		items = append(items, s.features, emptyLine())
	}
	s.form.SetItems(append(items, field.Prose(s.plan))...)
}

// featureMark is the id of a feature's tick.
func featureMark(integration, feature string) string { return integration + ":" + feature }

func (s *Integration) featureEntries() ([]field.Entry, map[string]bool) {
	var entries []field.Entry
	ticked := map[string]bool{}
	for _, id := range s.products() {
		i, _ := catalog.Lookup(id)
		on, touched := s.chosen[id]
		if !touched {
			on = i.DefaultFeatures()
		}
		for _, f := range i.Features {
			e := field.Entry{ID: featureMark(id, f.ID), Text: f.Title, Why: f.About}
			if len(s.also) > 0 {
				e.Text = i.Vendor + ": " + f.Title
			}
			entries = append(entries, e)
			if slices.Contains(on, f.ID) {
				ticked[e.ID] = true
			}
		}
	}
	return entries, ticked
}

// note takes the ticks over. A product whose features are as they are by default is left out: what was not asked for by
// name may be missing without the checks failing.
func (s *Integration) note() {
	if s.features == nil {
		return
	}
	ticked := s.features.Ticked()
	chosen := map[string][]string{}
	for _, id := range s.products() {
		i, _ := catalog.Lookup(id)
		on := []string{}
		for _, f := range i.Features {
			if ticked[featureMark(id, f.ID)] {
				on = append(on, f.ID)
			}
		}
		_, touched := s.chosen[id]
		if len(i.Features) > 0 && (touched || !slices.Equal(on, i.DefaultFeatures())) {
			chosen[id] = on
		}
	}
	s.chosen = chosen
}

// Update implements Screen.
func (s *Integration) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if press, ok := msg.(tea.KeyPressMsg); ok && s.planning && len(s.also) > 0 && key.Matches(press, s.env.Keys.Clear) {
		s.also = slices.Clone(s.also[:len(s.also)-1])
		s.showPlan()
		return s, nil, Intent{}
	}
	cmd, what := s.handle(msg)
	if s.planning {
		s.note()
	}
	switch what {
	case eventBack:
		return s.goBack(cmd)
	case eventSubmit:
		if s.planning {
			return s, cmd, Intent{Act: Next}
		}
		return s.choose(cmd)
	case eventOther:
		if s.planning {
			s.adding = true
			s.showList()
		}
	case eventFill:
		if !s.planning && !s.adding {
			s.list.Select(rowGeneric)
		}
	case eventNone:
	}
	return s, cmd, Intent{}
}

// goBack goes from the features to the list, and from looking for another product to the features.
func (s *Integration) goBack(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	switch {
	case s.adding:
		s.showPlan()
	case s.planning:
		s.showList()
	default:
		return s, cmd, Intent{Act: Back}
	}
	return s, cmd, Intent{}
}

// choose takes the row under the cursor.
func (s *Integration) choose(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	id := s.list.Value()
	switch {
	case id == "":
		s.list.SetError("Choose a row.")
	case s.adding:
		s.also = append(slices.Clone(s.also), id)
		s.showPlan()
	default:
		s.answers = s.Answers()
		s.also = s.answers.Also
		if id == rowGeneric {
			return s, cmd, Intent{Act: Next}
		}
		s.showPlan()
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
	k := s.env.Keys
	if !s.planning {
		return s.keys(k.Up, k.Down, k.Clear)
	}
	keys := []key.Binding{k.Next}
	if s.features != nil {
		keys = append(keys, theme.Named(k.Toggle, "tick"))
	}
	keys = append(keys, theme.Named(k.Other, "another product"))
	if len(s.also) > 0 {
		keys = append(keys, theme.Named(k.Clear, "without the last product"))
	}
	return append(keys, k.Down, k.Up, k.Back)
}

// Answers implements Screen. A product knows its API; without one the API stays as it was.
func (s *Integration) Answers() flow.Answers {
	a := s.answers
	if s.planning || s.adding {
		a.Also, a.Features = s.also, s.chosenFeatures()
		return a
	}
	switch id := s.list.Value(); id {
	case "":
	case rowGeneric:
		a.Integration, a.Also = "", nil
	default:
		i, ok := catalog.Lookup(id)
		if !ok {
			return a
		}
		if i.API != a.API {
			a.Also = nil
		}
		a.Integration, a.API = id, i.API
		a.Also = slices.DeleteFunc(slices.Clone(a.Also), func(other string) bool { return other == id })
	}
	return a
}

// chosenFeatures are the features as answers keep them: nil when everything is as it is by default.
func (s *Integration) chosenFeatures() map[string][]string {
	if len(s.chosen) == 0 {
		return nil
	}
	return s.chosen
}
