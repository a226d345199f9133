package screen

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// lookupLimit bounds one look into the index, which is a small file.
const lookupLimit = 5 * time.Second

// Profile asks for a name and, when there is something to decide, for where to keep the credential.
type Profile struct {
	page
	name  *field.Text
	store *field.Choice
	// chosen is set once the person picked a store; until then an existing profile's own store is proposed.
	chosen  bool
	look    *Attempt
	looking string
	entry   credstore.Entry
	exists  bool
	failure error
	goOn    bool

	// pending asks what to do about a version that waits; offered is set while it is on the page.
	pending *field.Choice
	offered bool
	// loading reads that version, waiting that the store is silent, problem and fix say why it cannot be read.
	loading      *Attempt
	waiting      *credstore.Waiting
	problem, fix string
	// resumed are the answers that led to it, once they are to be gone on with.
	resumed *flow.Answers
}

// lookedUp is what the index says about a name. suggestion is set when the question was for a free name.
type lookedUp struct {
	name       string
	suggestion bool
	entry      credstore.Entry
	exists     bool
	err        error
}

// NewProfile makes the first step.
func NewProfile(env Env, a flow.Answers) Screen {
	s := &Profile{page: newPage(env, a, "Profile")}
	s.name = field.NewText(s.fieldOptions(
		field.WithLabel("Profile name"), field.WithPlaceholder("for example "+lifecycle.SuggestedName),
	)...)
	s.name.SetValue(a.Name)
	if a.Name == "" {
		s.name.SetValue(lifecycle.SuggestedName)
	}
	s.judge()
	rows := make([]field.Row, 0, len(env.Stores))
	for _, c := range env.Stores {
		row := field.Row{ID: c.Kind, Title: c.Title, Disabled: c.Problem, Fix: c.Fix}
		if env.Passing(c.Kind) {
			row.About = step.PassingWords
		}
		rows = append(rows, row)
	}
	s.store = field.NewChoice(rows, s.fieldOptions(field.WithLabel("Where to keep the credential"))...)
	if env.Preselected() == "" && len(rows) > 0 {
		s.store.Select(rows[0].ID) // which cannot be chosen: the person has to go on to what keeps nothing
	}
	if a.Store != "" {
		s.store.Select(a.Store)
		s.chosen = true
	}
	s.pending = field.NewChoice([]field.Row{
		{ID: pendingGoOn, Title: "Go on with it", About: "It is read from the store and tested; nothing has to be typed."},
		{ID: pendingAnew, Title: "Set the profile up anew", About: "What is stored now replaces it."},
	}, s.fieldOptions(field.WithLabel("A credential that was stored earlier waits"))...)
	s.layout()
	return s
}

// Init looks the name up; a suggestion that is taken becomes one that is free.
func (s *Profile) Init() tea.Cmd { return s.lookUp(s.answers.Name == "") }

func (s *Profile) layout() {
	items := []field.Item{s.demo("any name will do, for example demo"), s.name, field.Prose(s.existing), emptyLine()}
	if s.fixed() {
		items = []field.Item{s.said("The profile is " + s.answers.Name + "."), emptyLine()}
	}
	if s.offered {
		items = append(items, s.pending, field.Prose(s.reading), emptyLine())
	}
	switch usable := s.usable(); {
	case len(usable) == 0:
		items = append(items, field.Prose(s.noStore))
	case s.decide():
		items = append(items, s.store, emptyLine(), s.said("Nothing is ever written as plain text."))
	default:
		items = append(items, s.said("The credential will be kept in: "+usable[0].Title+"."))
	}
	s.form.SetItems(items...)
}

// fixed tells whether the name is not to be chosen: what is changed is a profile that there is.
func (s *Profile) fixed() bool { return s.answers.Purpose != lifecycle.SettingUp }

func (s *Profile) usable() []step.StoreChoice {
	var usable []step.StoreChoice
	for _, c := range s.env.Stores {
		if c.Problem == "" {
			usable = append(usable, c)
		}
	}
	return usable
}

// decide tells whether there is something to decide: more than one store, or the recommended one does not work.
func (s *Profile) decide() bool {
	return len(s.usable()) > 1 || len(s.usable()) == 1 && s.env.Stores[0].Problem != ""
}

func (s *Profile) noStore(width int) []string {
	st := s.env.Theme.Styles
	g := s.env.Theme.Glyphs
	lines := field.Wrap(g.Failed+" Nothing on this machine can keep the credential now.", width, 0, st.Bad)
	for _, c := range s.env.Stores {
		lines = append(lines, field.Wrap(c.Title+": "+c.Problem, width, 2, st.Text)...)
		lines = append(lines, field.Wrap(c.Fix, width, 2, st.Muted)...)
	}
	lines = append(lines, "")
	return append(lines, field.Wrap("mimecred never falls back to plain text. Put one of them right, then start again.", width, 0, st.Text)...)
}

// existing says what replacing a profile means.
func (s *Profile) existing(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	var lines []string
	if s.failure != nil {
		text := g.Warning + " The list of profiles cannot be read: " + s.failure.Error()
		return field.Wrap(text, width, 2, st.Warn)
	}
	if !s.exists || s.entry.Name != s.name.Value() {
		return nil
	}
	if !s.entry.ActiveSince.IsZero() {
		text := fmt.Sprintf("%s %s exists (API %s, since %s). Its credential stays in force until the new one has been checked.",
			g.Warning, s.entry.Name, s.entry.API, s.entry.ActiveSince.Format("2 January 2006"))
		lines = append(lines, field.Wrap(text, width, 2, st.Warn)...)
	}
	if s.entry.Pending {
		text := g.Warning + " " + s.entry.Name + " has a credential that was stored and never put into force."
		lines = append(lines, field.Wrap(text, width, 2, st.Warn)...)
	}
	return lines
}

// lookUp asks the index about the name as it is now, or for a free one like it.
func (s *Profile) lookUp(suggest bool) tea.Cmd {
	s.look.Stop()
	s.look = nil
	name := strings.TrimSpace(s.name.Value())
	s.looking = name
	if s.env.Vault == nil || credstore.ValidName(name) != nil {
		s.exists, s.looking = false, ""
		return nil
	}
	vault := s.env.Vault
	a, cmd := Begin(s.env.Context, lookupLimit, func(_ context.Context, emit func(any)) {
		found := lookedUp{name: name, suggestion: suggest}
		found.entry, found.exists, found.err = vault.Lookup(name)
		for i := 2; suggest && found.err == nil && found.exists && i < 100; i++ {
			found.name = name + "-" + strconv.Itoa(i)
			found.entry, found.exists, found.err = vault.Lookup(found.name)
		}
		emit(found)
	})
	s.look = a
	return cmd
}

// Update implements Screen.
func (s *Profile) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if m, ok := msg.(AttemptMsg); ok {
		if m.of == s.loading {
			return s.tookUp(m)
		}
		return s.found(m)
	}
	if s.loading != nil {
		if press, ok := msg.(tea.KeyPressMsg); ok {
			if key.Matches(press, s.env.Keys.Back) {
				s.loading.Stop()
				s.loading, s.waiting = nil, nil
			}
			return s, nil, Intent{}
		}
	}
	name, row := s.name.Value(), s.store.Value()
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventFill:
		s.name.SetValue("demo")
	case eventSubmit:
		return s.submit(cmd)
	case eventNone, eventOther:
	}
	if s.store.Value() != row {
		s.chosen = true
	}
	if s.name.Value() == name {
		return s, cmd, Intent{}
	}
	s.goOn = false
	s.problem, s.fix = "", ""
	s.judge()
	return s, tea.Batch(cmd, s.lookUp(false)), Intent{}
}

// judge says what is wrong with the name while it is being typed; an empty one is not wrong yet.
func (s *Profile) judge() bool {
	err := credstore.NewName(strings.TrimSpace(s.name.Value()))
	s.name.SetError("")
	s.name.SetHint("")
	if err == nil {
		s.name.SetHint("How you will call it later: mimecred check " + strings.TrimSpace(s.name.Value()))
	}
	if err != nil && s.name.Value() != "" {
		s.name.SetError(lifecycle.Sentence(err))
	}
	return err == nil
}

func (s *Profile) found(m AttemptMsg) (Screen, tea.Cmd, Intent) {
	if m.of != s.look {
		return s, nil, Intent{}
	}
	next := s.look.Next()
	found, ok := m.msg.(lookedUp)
	if !ok {
		return s, next, Intent{}
	}
	s.looking, s.failure = "", found.err
	s.entry, s.exists = found.entry, found.exists && found.err == nil
	if found.suggestion {
		s.name.SetValue(found.name)
		s.judge()
	}
	if s.exists && !s.chosen {
		s.store.Select(s.entry.Store)
	}
	if waits := s.waits() && !s.fixed(); waits != s.offered {
		s.offered = waits
		s.layout()
		next = tea.Batch(next, s.form.Focus(s.name))
	}
	if s.goOn {
		s.goOn = false
		if s.offered {
			return s, tea.Batch(next, s.form.Focus(s.pending)), Intent{}
		}
		return s, next, Intent{Act: Next}
	}
	return s, next, Intent{}
}

// trimmed is the name without white space around it.
func (s *Profile) trimmed() string { return strings.TrimSpace(s.name.Value()) }

func (s *Profile) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	switch {
	case s.name.Value() == "":
		s.name.SetError("Type a name.")
	case !s.judge():
	case len(s.usable()) == 0:
		// The explanation is on the screen; there is nowhere to go on to.
	case s.decide() && s.store.Value() == "":
		s.store.SetError("This one cannot be used now. Choose another.")
		return s, tea.Batch(cmd, s.form.Focus(s.store)), Intent{}
	case s.looking != "":
		s.goOn = true // whether the profile exists must be known first
		return s, cmd, Intent{}
	case s.waits() && !s.fixed():
		return s, tea.Batch(cmd, s.load()), Intent{}
	default:
		return s, cmd, Intent{Act: Next}
	}
	return s, tea.Batch(cmd, s.form.Focus(s.name)), Intent{}
}

// SetTheme implements Themed.
func (s *Profile) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *Profile) Keys() []key.Binding {
	if s.decide() || s.offered {
		return s.keys(s.env.Keys.NextField)
	}
	return s.keys()
}

// Answers implements Screen.
func (s *Profile) Answers() flow.Answers {
	if s.resumed != nil {
		return *s.resumed
	}
	a := s.answers
	a.Name = strings.TrimSpace(s.name.Value())
	if usable := s.usable(); s.decide() {
		a.Store = s.store.Value()
	} else if len(usable) == 1 {
		a.Store = usable[0].Kind
	}
	a.Replaces = s.exists && s.entry.Name == a.Name && !s.entry.ActiveSince.IsZero()
	return a
}

// Close implements Screen.
func (s *Profile) Close() {
	s.look.Stop()
	s.loading.Stop()
}
