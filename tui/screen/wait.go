package screen

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/progress"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// Wait counts down until keys can be made for an application of API 1.0 that was just created.
type waitScreen struct {
	page
	// ringing is set while the end is still to be announced.
	ringing bool
	tooSoon bool
}

// secondMsg is one step of the countdown of one screen.
type secondMsg struct{ of *waitScreen }

// NewWait makes the step. A creation that nobody noticed counts from now: later than it was, never earlier.
func NewWait(env Env, a flow.Answers) Screen {
	if a.ApplicationMadeAt.IsZero() {
		a.ApplicationMadeAt = env.Now()
	}
	s := &waitScreen{page: newPage(env, a, "Wait")}
	s.ringing = s.left() > 0
	s.form.SetItems(field.Prose(s.words))
	return s
}

// left is how long it still takes.
func (s *waitScreen) left() time.Duration { return s.answers.WaitLeft(s.env.Now()) }

// Init starts the countdown.
func (s *waitScreen) Init() tea.Cmd { return s.next() }

// next comes back when the shown time changes, a second at most.
func (s *waitScreen) next() tea.Cmd {
	left := s.left()
	if left <= 0 {
		return nil
	}
	rest := left % time.Second
	if rest == 0 {
		rest = time.Second
	}
	return s.env.After(rest, func(time.Time) tea.Msg { return secondMsg{s} })
}

// Update implements Screen.
func (s *waitScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case secondMsg:
		if msg.of != s {
			return s, nil, Intent{}
		}
		if s.left() <= 0 && s.ringing {
			s.ringing = false
			return s, tea.Raw("\a"), Intent{}
		}
		return s, s.next(), Intent{}
	case tea.KeyPressMsg:
		if key.Matches(msg, s.env.Keys.Skip) && s.left() > 0 {
			s.answers.WaitSkipped, s.ringing = true, false
			return s, nil, Intent{Act: Next}
		}
	}
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		if s.left() <= 0 {
			return s, cmd, Intent{Act: Next}
		}
		s.tooSoon = true
	case eventNone, eventFill, eventOther:
	}
	return s, cmd, Intent{}
}

// words are the countdown, or its end.
func (s *waitScreen) words(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	if s.answers.WaitSkipped {
		return field.Wrap(g.Passed+" You said that the application is older. Keys can be made.", width, 2, st.Good)
	}
	until := s.answers.ApplicationMadeAt.Add(flow.KeysAfter)
	left := s.left()
	if left <= 0 {
		return field.Wrap(g.Passed+" The 30 minutes are over since "+clockTime(until)+". Keys can be made now.", width, 2, st.Good)
	}
	lines := field.Wrap(leftWords(left)+" left, until "+clockTime(until)+".", width, 0, st.Label)
	lines = append(lines, s.bar(left, width), "")
	if s.tooSoon {
		lines = append(lines, field.Wrap(g.Warning+" Not yet. If the application is older, s goes on at once.", width, 0, st.Warn)...)
	}
	lines = append(lines, field.Wrap("Mimecast makes keys for a new application after 30 minutes, not earlier. A bell rings then.", width, 0, st.Text)...)
	if s.env.Unfinished != nil {
		lines = append(lines, "")
		lines = append(lines, field.Wrap("You may leave: mimecred setup "+s.answers.Name+" goes on.", width, 0, st.Muted)...)
	}
	lines = append(lines, "")
	lines = append(lines, field.Wrap("Use the time for the service user: role, Never Expires, single sign-on. Esc goes back to the walk-through.", width, 0, st.Muted)...)
	return lines
}

// bar is how much of the time is over.
func (s *waitScreen) bar(left time.Duration, width int) string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	p := progress.New(
		progress.WithWidth(min(width, 60)), progress.WithoutPercentage(),
		progress.WithFillCharacters([]rune(g.BarFull)[0], []rune(g.BarEmpty)[0]), progress.WithColors(st.Good.GetForeground()),
	)
	p.EmptyColor = st.Muted.GetForeground()
	return p.ViewAs(1 - float64(left)/float64(flow.KeysAfter))
}

// leftWords is a time to wait in words, rounded up to the second.
func leftWords(left time.Duration) string {
	left = (left + time.Second - 1).Truncate(time.Second)
	minutes, seconds := int(left/time.Minute), int(left%time.Minute/time.Second)
	if minutes == 0 {
		return fmt.Sprintf("%d s", seconds)
	}
	return fmt.Sprintf("%d min %02d s", minutes, seconds)
}

// clockTime is a time of day as the person's clock shows it.
func clockTime(t time.Time) string { return t.Format("15:04") }

// SetTheme implements Themed.
func (s *waitScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *waitScreen) Keys() []key.Binding {
	k := s.env.Keys
	if s.left() > 0 {
		return []key.Binding{k.Skip, k.Back}
	}
	return []key.Binding{k.Next, k.Back}
}

// Answers implements Screen.
func (s *waitScreen) Answers() flow.Answers { return s.answers }
