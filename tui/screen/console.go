package screen

import (
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// consoleScreen is the walk-through: what to click in the Administration Console, as a checklist for the products that were
// chosen. Ticks are for the person; enter goes on without them.
type consoleScreen struct {
	page
	list *walk
	// needs are what the application must have; problem says why they are not known.
	needs   catalog.Requirements
	problem string
	clip    copied
	// warned is set when the person was told what is not ticked yet and easily missed.
	warned bool
	// opened says what became of opening the console.
	opened string
	// user asks for the service user's address, in place of the list; nil when it does not.
	user *input
}

// NewConsole makes the step.
func NewConsole(env Env, a flow.Answers) Screen {
	if env.Clipboard == nil {
		env.Clipboard = NewClipboard(nil)
	}
	s := &consoleScreen{page: newPage(env, a, "In the console")}
	s.list = newWalk(s.look, a.Ticked)
	s.list.linked = env.Opener != nil && !env.Opener.Here(console.Login())
	needs, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		s.problem = lifecycle.Sentence(err)
	}
	s.needs = needs
	s.list.set(s.items())
	s.form.SetItems(field.Prose(s.head), s.list)
	return s
}

func (s *consoleScreen) variant() console.Variant { return step.ConsoleVariant(s.answers) }

func (s *consoleScreen) items() []console.Item {
	if s.problem != "" {
		return nil
	}
	items := step.BeforeKeys(step.Walkthrough(s.answers, s.variant(), s.needs))
	if s.answers.Way == lifecycle.Renew {
		items = console.Of(items, console.Prepare) // nothing is made in the console
	}
	return items
}

// applicationAdded is the item of the checklist whose tick is the moment from which the 30 minutes count.
const applicationAdded = "1.0-add"

// head is the menu that the checklist is for, and what is wrong.
func (s *consoleScreen) head(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	var lines []string
	if s.env.Demo != nil {
		lines = append(lines, field.Wrap("Demo: the made-up application exists; enter goes on.", width, 0, st.Muted)...)
	}
	if s.problem != "" {
		return append(lines, field.Wrap(g.Failed+" "+s.problem, width, 0, st.Bad)...)
	}
	if s.answers.API != client.API10 && s.variant() != console.Renew {
		for _, c := range step.ConsoleMenus() {
			if c.Variant == s.variant() {
				lines = append(lines, field.Wrap(c.About+" Another menu? "+s.env.Keys.Other.Help().Key+".", width, 0, st.Muted)...)
			}
		}
	}
	for _, text := range step.Conflicts(s.answers) {
		lines = append(lines, field.Wrap(g.Warning+" "+text, width, 0, st.Warn)...)
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}

// missed are the places of the items that cannot be seen to later and are not ticked, for a person who uses the ticks.
func (s *consoleScreen) missed() []int {
	done, of := console.Progress(s.list.items, s.list.ticked)
	if done == 0 || done == of {
		return nil
	}
	var places []int
	for n, item := range s.list.items {
		if item.Confirm && !s.list.ticked[item.ID] {
			places = append(places, n)
		}
	}
	return places
}

// Update implements Screen.
func (s *consoleScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if mine, _ := s.clip.update(msg); mine {
		return s, nil, Intent{}
	}
	if s.user != nil {
		return s.userUpdate(msg)
	}
	if cmd, mine := s.own(msg); mine {
		return s, cmd, Intent{}
	}
	was := s.list.ticked
	cmd, what := s.handle(msg)
	s.noteCreation(was)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventOther:
		s.otherMenu()
	case eventSubmit:
		if missed := s.missed(); !s.warned && len(missed) > 0 {
			s.warned = true
			s.list.Move(missed[0])
			return s, cmd, Intent{}
		}
		return s, cmd, Intent{Act: Next}
	case eventNone, eventFill:
	}
	return s, cmd, Intent{}
}

// noteCreation starts the 30 minutes when the person ticks that the application was added.
func (s *consoleScreen) noteCreation(was map[string]bool) {
	switch now := s.list.ticked[applicationAdded]; {
	case now == was[applicationAdded]:
	case now && s.answers.ApplicationMadeAt.IsZero():
		s.answers.ApplicationMadeAt = s.env.Now()
	case !now:
		s.answers.ApplicationMadeAt = time.Time{}
	}
}

// otherMenu goes to the next menu of API 2.0. Ticks stay: items keep their ids.
func (s *consoleScreen) otherMenu() {
	if s.answers.API == client.API10 || s.variant() == console.Renew {
		return
	}
	all := step.ConsoleMenus()
	at := slices.IndexFunc(all, func(c console.Choice) bool { return c.Variant == s.variant() })
	s.answers.ConsoleWay = string(all[(at+1)%len(all)].Variant)
	s.list.set(s.items())
}

// copy copies the value under the cursor.
func (s *consoleScreen) copy() tea.Cmd {
	v, ok := s.list.copyable()
	if !ok {
		return nil
	}
	return s.clip.copy(s.env, v.Label, secret.New(v.Text))
}

// View implements Screen: the last line tells how far the list is and what the clipboard holds.
func (s *consoleScreen) View(width, height int) Frame {
	done, of := console.Progress(s.list.items, s.list.ticked)
	if s.user != nil {
		return s.page.View(width, height)
	}
	status := s.clip.status
	if s.opened != "" {
		status = s.opened
	}
	if n := len(s.missed()); s.warned && n > 0 {
		status = fmt.Sprintf("%d easily missed, enter goes on", n)
	}
	return s.withStatus(width, height, fmt.Sprintf("%d/%d done", done, of), status)
}

// SetTheme implements Themed.
func (s *consoleScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *consoleScreen) Keys() []key.Binding {
	k := s.env.Keys
	if s.user != nil {
		return []key.Binding{theme.Named(k.Next, "done"), k.Back}
	}
	keys := []key.Binding{k.Next, theme.Named(k.Toggle, "tick"), k.Browse}
	if _, ok := s.list.copyable(); ok {
		keys = append(keys, k.Copy)
	}
	if s.asksUser() {
		keys = append(keys, theme.Named(k.Change, "service user"))
	}
	if s.answers.API != client.API10 && s.variant() != console.Renew {
		keys = append(keys, theme.Named(k.Other, "other menu"))
	}
	return append(keys, k.Down, k.Up, k.Back)
}

// Answers implements Screen.
func (s *consoleScreen) Answers() flow.Answers {
	a := s.answers
	a.Ticked = s.list.ticked
	return a
}
