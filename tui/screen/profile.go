package screen

import (
	"cmp"
	"context"
	"slices"
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

// The questions of the step.
const (
	askProfile = "profile"
	askPending = "pending"
	askStore   = "store"
)

// Profile asks for a name and, when there is something to decide, for where to keep the credential. It looks the name up as it is
// typed, and offers a version that an earlier run stored.
type profileScreen struct {
	*stepForm
	// wanted is the store that the person picked; "" until then.
	wanted  string
	look    *Attempt
	looking string
	entry   credstore.Entry
	exists  bool
	failure error
	goOn    bool

	// offered is set while it is asked what to do about a pending version.
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
	s := &profileScreen{wanted: a.Store}
	suggested := a
	if a.Name == "" {
		suggested.Name = lifecycle.SuggestedName
	}
	s.stepForm = newForm(env, suggested, "Profile", s.questions)
	s.answers = a
	s.below = map[string]field.Prose{askProfile: s.existing, askPending: s.reading}
	s.layout()
	return s
}

// questions are those of the step, and what to do about a pending version.
func (s *profileScreen) questions(env step.Env, a flow.Answers) step.Form {
	f := step.ProfileForm(env, a)
	if s.offered {
		f.Questions = slices.Insert(f.Questions, f.Index(askProfile)+1, step.Pending())
	}
	return f
}

// Init looks the name up; a suggestion that is taken becomes one that is free.
func (s *profileScreen) Init() tea.Cmd { return s.lookUp(s.answers.Name == "") }

// fixed tells whether the name is not to be chosen: what is changed is a profile that there is.
func (s *profileScreen) fixed() bool { return s.answers.Purpose != lifecycle.SettingUp }

func (s *profileScreen) noStore(width int) []string {
	st := s.env.Theme.Styles
	g := s.env.Theme.Glyphs
	lines := field.Wrap(g.Failed+" Nothing on this machine can keep the credential now.", width, 0, st.Bad)
	for _, c := range s.env.Stores {
		lines = append(lines, field.Wrap(c.Title+": "+c.Problem, width, 2, st.Text)...)
		lines = append(lines, field.Wrap(c.Fix, width, 2, st.Muted)...)
	}
	lines = append(lines, "")
	return append(lines, field.Wrap(step.NoStore, width, 0, st.Text)...)
}

// existing says what replacing a profile means.
func (s *profileScreen) existing(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	var lines []string
	if len(s.env.Usable()) == 0 {
		return append([]string{""}, s.noStore(width)...)
	}
	if s.failure != nil {
		text := g.Warning + " The list of profiles cannot be read: " + s.failure.Error()
		return field.Wrap(text, width, 2, st.Warn)
	}
	if !s.exists || s.entry.Name != s.name() {
		return nil
	}
	for _, text := range []string{step.ExistsWords(s.entry), step.StoredEarlier(s.entry)} {
		if text != "" {
			lines = append(lines, field.Wrap(g.Warning+" "+text, width, 2, st.Warn)...)
		}
	}
	return lines
}

// lookUp asks the index about the name as it is now, or for a free one like it.
func (s *profileScreen) lookUp(suggest bool) tea.Cmd {
	s.look.Stop()
	s.look = nil
	name := s.name()
	s.looking = name
	if s.env.Vault == nil || credstore.ValidName(name) != nil {
		s.exists, s.looking = false, ""
		return nil
	}
	vault := s.env.Vault
	a, cmd := Begin(s.env.Context, lookupLimit, func(_ context.Context, emit func(any)) {
		found := lookedUp{name: name, suggestion: suggest}
		found.entry, found.exists, found.err = vault.Lookup(name)
		if suggest && found.err == nil && found.exists {
			found.name = lifecycle.FreeName(vault, name)
			found.entry, found.exists, found.err = vault.Lookup(found.name)
		}
		emit(found)
	})
	s.look = a
	return cmd
}

// Update implements Screen.
func (s *profileScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
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
	name, store := s.name(), s.store()
	cmd, intent := s.update(msg)
	if intent.Act == Next {
		return s.submit(cmd)
	}
	if s.store() != store {
		s.wanted = s.store()
	}
	if s.name() != name {
		s.goOn, s.problem, s.fix = false, "", ""
		cmd = tea.Batch(cmd, s.lookUp(false))
	}
	s.judge()
	return s, cmd, intent
}

// name and store are what is typed and chosen.
func (s *profileScreen) name() string { return s.answered.Name }

func (s *profileScreen) store() string {
	if in, is := s.inputs[askStore]; is {
		return in.value().Text
	}
	return ""
}

// judge says what is wrong with the name while it is being typed; an empty one is not wrong yet.
func (s *profileScreen) judge() {
	in, is := s.inputs[askProfile]
	if err := s.verdicts[askProfile].Err; is && err != nil && s.name() != "" {
		in.problem(lifecycle.Sentence(err))
	}
}

func (s *profileScreen) found(m AttemptMsg) (Screen, tea.Cmd, Intent) {
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
		s.inputs[askProfile].set(step.Value{Text: found.name})
	}
	if in, is := s.inputs[askStore]; is {
		if store := cmp.Or(lifecycle.StoreFor(s.wanted, s.entry, s.exists), s.env.Preselected()); store != s.store() {
			in.set(step.Value{Text: store})
		}
	}
	waits := s.waits() && !s.fixed()
	changed := waits != s.offered
	s.offered = waits
	s.answer()
	s.layout()
	if changed {
		next = tea.Batch(next, s.form.Focus(s.inputs[askProfile].Field))
	}
	if s.goOn {
		s.goOn = false
		if s.offered {
			return s, tea.Batch(next, s.form.Focus(s.inputs[askPending].Field)), Intent{}
		}
		return s, next, Intent{Act: Next}
	}
	return s, next, Intent{}
}

// submit goes on once it is known whether the profile exists, and what of it waits.
func (s *profileScreen) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	switch {
	case len(s.env.Usable()) == 0:
		return s, cmd, Intent{} // the explanation is on the screen; there is nowhere to go on to
	case s.looking != "":
		s.goOn = true
		return s, cmd, Intent{}
	case s.waits() && !s.fixed():
		return s, tea.Batch(cmd, s.load()), Intent{}
	}
	return s, cmd, Intent{Act: Next}
}

// SetTheme implements Themed.
func (s *profileScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Answers implements Screen.
func (s *profileScreen) Answers() flow.Answers {
	if s.resumed != nil {
		return *s.resumed
	}
	a := s.answered
	if usable := s.env.Usable(); !s.env.StoreToDecide() && len(usable) == 1 {
		a.Store = usable[0].Kind
	}
	exists := s.exists && s.entry.Name == a.Name
	a.Replaces = exists && !s.entry.CurrentSince.IsZero()
	if exists { // and was confirmed by its name
		a.FreeName, a.Free = "", false
	}
	return a
}

// Close implements Screen.
func (s *profileScreen) Close() {
	s.look.Stop()
	s.loading.Stop()
}
