package screen

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/step"
)

// discover asks Mimecast where the service user's account lives.
func (s *regionScreen) discover() tea.Cmd {
	appID := s.appID.Value()
	email, err := client.ParseAddress(s.email.Value())
	switch {
	case appID == "":
		s.appID.SetError("Type the Application ID: Mimecast asks for it.")
		return s.form.Focus(s.appID)
	case err != nil:
		s.email.SetError("Type the service user's whole address, such as svc@example.com.")
		return s.form.Focus(s.email)
	case s.env.Dial == nil:
		s.email.SetError("Mimecast cannot be asked from here.")
		return nil
	}
	s.stop()
	env, change := s.env, s.answers.Change
	change.ApplicationID, change.Email = appID, email
	a, cmd := Begin(s.env.Context, lifecycle.DiscoverTime, func(ctx context.Context, emit func(any)) {
		place, err := env.Discover(ctx, change, env.DiscoveryURL())
		emit(discovered{place, err})
	})
	s.asking = a
	return cmd
}

// told handles Mimecast's answer. Those of an earlier question are dropped.
func (s *regionScreen) told(m AttemptMsg) tea.Cmd {
	if m.of != s.asking || s.asking == nil {
		return nil
	}
	d, ok := m.msg.(discovered)
	if !ok {
		return s.asking.Next()
	}
	s.stop()
	if d.err != nil {
		s.email.SetError(strings.Join(step.FailureOf(d.err, client.API10, client.WhereRegion).Lines(), " "))
		return nil
	}
	s.found = &d.place
	s.layout()
	return nil
}

func (s *regionScreen) stop() {
	s.asking.Stop()
	s.asking = nil
}

// answer says how far the question to Mimecast is.
func (s *regionScreen) answer(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	switch {
	case s.asking != nil:
		return field.Wrap("Asking Mimecast "+g.More+" esc stops it.", width, 2, st.Accent)
	case s.found != nil:
		return field.Wrap(g.Passed+" "+named(*s.found, g.Dot), width, 2, st.Good)
	}
	return field.Wrap("enter asks Mimecast. If this machine needs a proxy, choose any region, set the proxy in the next step and come back.",
		width, 2, st.Muted)
}
