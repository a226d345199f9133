package screen

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// Integration asks which product the credential is for, then which of its features will be used and which other products
// share the application; it says what that needs.
type integrationScreen struct {
	page
	// planning is set while the features are on screen, adding while another product is looked for.
	planning, adding bool
	list             *field.Choice
	features         *field.Checklist
	// successor asks whether the product that replaces the chosen one is meant; nil where none does.
	successor *field.Choice
	// unfolded is set while the notes on the vendor's guide are shown.
	unfolded bool
}

// NewIntegration makes the step.
func NewIntegration(env Env, a flow.Answers) Screen {
	s := &integrationScreen{page: newPage(env, a, "Integration")}
	s.showList()
	return s
}

// showList asks for a product: the first, or another one that shares its application.
func (s *integrationScreen) showList() {
	s.planning = false
	q, _ := s.questions().Find(askProduct)
	if s.adding {
		q, _ = s.questions().Find(askAlso)
	}
	s.list = field.NewChoice(fieldRows(s.rows(q)...), s.fieldOptions(
		field.WithLabel(q.Label), field.WithFilter(), field.WithPlaceholder("type to narrow the list"), field.WithDetails(s.about),
		field.WithRoom(s.room),
	)...)
	if !s.adding {
		// What is chosen without looking must not be somebody's product.
		s.list.SetFilter(s.answers.Search)
		s.list.Select(q.Value.Text)
	}
	s.form.SayMore(false)
	s.form.SetItems(s.demo(s.questions().Demo), s.list)
}

// room is how many lines are left for the rows below the heading, the label and the filter; in a low window the rows
// matter most.
func (s *integrationScreen) room() int {
	lines := s.size.Height - headingLines(s.size.Height) - 2
	if s.env.Demo != nil {
		lines -= 3
	}
	if s.size.Height < 8 {
		return 0
	}
	return max(lines, 4)
}

// The questions of the step.
const (
	askProduct   = "integration"
	askSuccessor = "successor"
	askFeatures  = "features"
	askAlso      = "also"
)

// questions are those for the answers as they are.
func (s *integrationScreen) questions() step.Form { return step.ProductForm(s.env.Env, s.answers) }

// rows are the products of a question; to add one, those that are not there yet.
func (s *integrationScreen) rows(q step.Question) []step.Option {
	return slices.DeleteFunc(q.Options, func(o step.Option) bool { return s.adding && slices.Contains(step.Products(s.answers), o.ID) })
}

// about says, below the row under the cursor, what the product will call, and what it cannot do.
func (s *integrationScreen) about(id string, width int) []string {
	return s.planLines(step.AboutProduct(id), width)
}

// showPlan asks for the features of everything that was chosen.
func (s *integrationScreen) showPlan() {
	s.planning, s.adding, s.unfolded = true, false, false
	items := []field.Item{field.Prose(s.names), field.Prose(s.warnings)}
	s.features, s.successor = nil, nil
	if q, ok := s.questions().Find(askSuccessor); ok {
		s.successor = field.NewChoice(fieldRows(q.Options...), s.fieldOptions(field.WithLabel(q.Label))...)
		s.successor.Select(q.Value.Text)
		items = append(items, s.successor, emptyLine())
	}
	if q, ok := s.questions().Find(askFeatures); ok {
		s.features = field.NewChecklist(fieldEntries(q.Options), ticks(q.Value.Many), s.fieldOptions(field.WithLabel(q.Label))...)
		s.features.Move(0)
		items = append(items, s.features, emptyLine())
	}
	s.form.SayMore(true)
	s.form.SetItems(append(items, field.Prose(s.plan), field.Prose(s.notes))...)
	s.form.ScrollTo(0) // warnings are read before anything is ticked
}

// fold shows the notes on the vendor's guide, or hides them.
func (s *integrationScreen) fold() {
	s.unfolded = !s.unfolded
	to := 0
	if s.unfolded {
		to = s.form.Len() - 1
	}
	s.form.ScrollTo(to)
}

// note copies the ticks into the answers.
func (s *integrationScreen) note() {
	if q, ok := s.questions().Find(askFeatures); ok && s.features != nil {
		q.Set(&s.answers, step.Value{Many: ticked(q.Options, s.features.Ticked())})
	}
}

// Returned implements Returner: what is read about the product was its last page.
func (s *integrationScreen) Returned() {
	if step.PlanToRead(s.answers) {
		s.showPlan()
	}
}

// Update implements Screen.
func (s *integrationScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if press, ok := msg.(tea.KeyPressMsg); ok && s.planning && len(s.answers.Also) > 0 && key.Matches(press, s.env.Keys.Clear) {
		s.answers.Also = slices.Clone(s.answers.Also[:len(s.answers.Also)-1])
		s.showPlan()
		return s, nil, Intent{}
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && s.planning && key.Matches(press, s.env.Keys.Notes) {
		s.fold()
		return s, nil, Intent{}
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && s.replaced(press) {
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
		switch {
		case s.planning:
			s.adding = true
			s.showList()
		case !s.adding && s.list.Value() != "" && s.list.Value() != step.NoProduct:
			s.answers = s.Answers()
			s.showPlan()
		}
	case eventFill:
		if !s.planning && !s.adding {
			s.list.Select(step.NoProduct)
		}
	case eventNone:
	}
	return s, cmd, Intent{}
}

// replaced chooses the product that replaces the chosen one, where enter is pressed on it.
func (s *integrationScreen) replaced(press tea.KeyPressMsg) bool {
	if !s.planning || s.successor == nil || s.form.Focused() != s.successor || !key.Matches(press, s.env.Keys.Next) {
		return false
	}
	q, _ := s.questions().Find(askSuccessor)
	id := s.successor.Value()
	if id == q.Value.Text {
		return false
	}
	q.Set(&s.answers, step.Value{Text: id})
	s.showPlan()
	return true
}

// goBack goes from the features to the list, and from looking for another product to the features.
func (s *integrationScreen) goBack(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
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

// choose chooses the row under the cursor.
func (s *integrationScreen) choose(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	id := s.list.Value()
	switch {
	case id == "":
		s.list.SetError("Choose a row.")
	case s.adding:
		s.answers.Also = append(slices.Clone(s.answers.Also), id)
		s.showPlan()
	default:
		s.answers = s.Answers()
		if !step.PlanToRead(s.answers) {
			return s, cmd, Intent{Act: Next}
		}
		s.showPlan()
	}
	return s, cmd, Intent{}
}

// Explain implements Explainer.
func (s *integrationScreen) Explain() []string {
	var help []string
	for _, q := range s.questions().Questions {
		if s.planning != (q.ID == askProduct) {
			help = append(help, q.Help...)
		}
	}
	return help
}

// SetTheme implements Themed.
func (s *integrationScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *integrationScreen) Keys() []key.Binding {
	k := s.env.Keys
	if !s.planning {
		keys := s.keys(k.Up, k.Down, k.Clear)
		if id := s.list.Value(); !s.adding && id != "" && id != step.NoProduct {
			keys = slices.Insert(keys, 1, theme.Named(k.Other, "what it needs"))
		}
		return keys
	}
	keys := []key.Binding{k.Next}
	if s.features != nil {
		keys = append(keys, theme.Named(k.Toggle, "tick"))
	}
	if notes := s.guideNotes(); len(notes) > 0 {
		keys = append(keys, theme.Named(k.Notes, fmt.Sprintf("notes (%d)", len(notes))))
	}
	keys = append(keys, theme.Named(k.Other, "another product"))
	if len(s.answers.Also) > 0 {
		keys = append(keys, theme.Named(k.Clear, "without the last product"))
	}
	return append(keys, k.Down, k.Up, k.PageDown, k.PageUp, k.Back)
}

// Answers implements Screen.
func (s *integrationScreen) Answers() flow.Answers {
	a := s.answers
	if !s.planning && !s.adding {
		a.Search = s.list.Filter()
	}
	if q, _ := s.questions().Find(askProduct); !s.planning && !s.adding && s.list.Value() != "" {
		q.Set(&a, step.Value{Text: s.list.Value()})
	}
	return a
}
