package screen

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog/console"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/browser"
	"mimecred/tui/field"
	"mimecred/tui/step"
)

// Opener opens a page in a browser. Here tells whether that can be seen by the person; Open's error is browser.ErrNone where not.
type Opener interface {
	Here(page string) bool
	Open(ctx context.Context, page string) error
}

// openedMsg tells what became of opening the console.
type openedMsg struct {
	of   *consoleScreen
	page string
	err  error
}

// consoleAddress is the address of the open item, or where everybody signs in.
func (s *consoleScreen) consoleAddress() string {
	if item := s.list.current(); item != nil {
		if i := slices.IndexFunc(item.Values, func(v console.Value) bool { return v.Kind == console.Open }); i >= 0 {
			return item.Values[i].Text
		}
	}
	return console.Login()
}

// open opens the page of the open item in the browser.
func (s *consoleScreen) open() tea.Cmd {
	page, opener, ctx := s.consoleAddress(), s.env.Opener, s.env.Context
	if opener == nil {
		s.opened = step.OpenedWords(page, browser.ErrNone)
		return nil
	}
	s.opened = "Opening " + page
	return func() tea.Msg { return openedMsg{s, page, opener.Open(ctx, page)} }
}

// asksUser tells whether the checklist has places for the service user's address.
func (s *consoleScreen) asksUser() bool {
	return s.answers.API == client.API10 && s.problem == ""
}

// askUser asks for the service user's address, in place of the checklist.
func (s *consoleScreen) askUser() tea.Cmd {
	user := s.input(step.ServiceUser(s.env.Env, s.answers))
	s.user = &user
	s.form.SetItems(user.Field)
	return s.form.Focus(user.Field)
}

// userTyped handles the address: every item has it from now on, and nobody asks for it again. One that cannot be used stays.
func (s *consoleScreen) userTyped() {
	after := s.answers
	if v := step.ServiceUser(s.env.Env, s.answers).Set(&after, s.user.value()); v.Err != nil {
		s.user.problem(lifecycle.Sentence(v.Err))
		return
	}
	s.answers = after
	s.closeUser()
}

// closeUser goes back to the checklist.
func (s *consoleScreen) closeUser() {
	s.user = nil
	s.list.set(s.items())
	s.form.SetItems(field.Prose(s.head), s.list)
	s.form.Focus(s.list)
}

// userUpdate handles what arrives while the address is typed.
func (s *consoleScreen) userUpdate(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		s.closeUser()
	case eventSubmit:
		s.userTyped()
	case eventFill, eventOther, eventNone:
	}
	return s, cmd, Intent{}
}

// own handles the keys that this step has beyond those of every step; mine tells whether it was one.
func (s *consoleScreen) own(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	if done, ok := msg.(openedMsg); ok {
		if done.of == s {
			s.opened = step.OpenedWords(done.page, done.err)
		}
		return nil, true
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	s.opened = ""
	k := s.env.Keys
	switch {
	case key.Matches(press, k.Copy):
		return s.copy(), true
	case key.Matches(press, k.Browse):
		return s.open(), true
	case s.asksUser() && key.Matches(press, k.Change):
		return s.askUser(), true
	case key.Matches(press, k.NextField):
		s.list.Move(s.list.At() + 1)
	case key.Matches(press, k.PrevField):
		s.list.Move(s.list.At() - 1)
	default:
		return nil, false
	}
	return nil, true
}
