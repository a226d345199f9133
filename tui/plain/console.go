package plain

import (
	"errors"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// console prints the walk-through for the API and waits until it is done.
func (s *session) console() error {
	s.label = number(s.label, nil, 0)
	intro, lines := s.walkThrough()
	list := func() {
		s.out.line("%s", s.label+" "+intro)
		if slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, step.Missable) }) {
			s.out.indented("Items with " + step.Missable + " are easily missed.")
		}
		s.numbered(lines)
	}
	if s.env.Demo != nil {
		s.out.indented("Demo: the made-up application exists; nothing needs to be done.")
	}
	text := "Done? An empty answer goes on"
	if s.a.API == client.API10 {
		text += ", user fills in the service user's address"
	}
	q := question{
		text: text, field: s.pastedHere(), title: "In the console", optional: true, empty: "goes on", list: list,
		help: []string{"Nothing is checked here. Go on when the console shows the two values of the application."},
	}
	if now := strings.Join(append(lines, intro), "\n"); now == s.walked { // it was read a moment ago, and is long
		s.out.line("%s", s.label+" In the console: the walk-through is as above. ? prints it again.")
		q.listed = true
	} else {
		s.walked = now
	}
	for {
		switch text, err := s.answer(q); {
		case err != nil:
			return err
		case text == "" || strings.EqualFold(text, "y") || strings.EqualFold(text, "yes") || strings.EqualFold(text, "done"):
			return nil
		case s.a.API == client.API10 && strings.EqualFold(text, "user"):
			if err := s.serviceUser(); err != nil {
				return err
			}
			intro, lines = s.walkThrough()
			s.walked = strings.Join(append(lines, intro), "\n")
			list()
			continue
		case s.early(text):
			return nil
		case client.HoldsSecret(text):
			s.misplaced()
			continue
		}
		s.out.indented("An empty answer goes on, < goes back. The values are asked for next.")
	}
}

// serviceUser asks for the address that the walk-through and the step Keys name.
func (s *session) serviceUser() error {
	_, err := s.putText(step.Form{Questions: []step.Question{step.ServiceUser(s.env, s.a)}}, 0)
	if errors.Is(err, errBack) {
		return nil
	}
	return err
}

// pastedHere is the value that the next step asks for, "" where it asks for none: whoever pastes it here means that.
func (s *session) pastedHere() string {
	if flow.Next(flow.Console, s.a) != flow.Application {
		return ""
	}
	return step.ApplicationForm(s.env, s.a).Questions[0].ID
}

// early takes the values of the application that were pasted a question too early.
func (s *session) early(text string) bool {
	if s.pastedHere() == "" {
		return false
	}
	a, note, ok := step.ApplicationForm(s.env, s.a).Paste(s.a, text)
	if ok {
		s.a, s.pastedEarly = a, true
		s.out.indented(note + " They are used in the next step.")
	}
	return ok
}

// application asks for what belongs to the application. What was pasted before is not asked for again.
func (s *session) application() error {
	if !s.pastedEarly {
		return s.form(step.ApplicationForm)
	}
	s.pastedEarly = false
	f := step.ApplicationForm(s.env, s.a)
	for _, q := range f.Questions {
		if !q.Kind.Hidden() && q.Kind != step.Identifier {
			return s.formFrom(step.ApplicationForm, q.ID, nil)
		}
	}
	id, err := s.leaveForm(f)
	if err != nil || id == "" {
		return err
	}
	return s.formFrom(step.ApplicationForm, id, nil)
}

func (s *session) numbered(lines []string) {
	n := 0
	for _, line := range lines {
		if strings.HasPrefix(line, "Or, ") { // another way, and no step
			s.out.line("    %s", line)
			continue
		}
		if strings.HasPrefix(line, " ") {
			s.out.line("       %s", strings.TrimSpace(line))
			continue
		}
		n++
		s.out.line("    %d. %s", n, line)
	}
}

// walkThrough is the checklist of the usual menu; lines that begin with a space belong to the one before them.
func (s *session) walkThrough() (intro string, lines []string) {
	variant := step.ConsoleVariant(s.a)
	switch {
	case s.a.Purpose == lifecycle.Rotating && s.a.Way == lifecycle.Renew:
		intro = "See in the Mimecast Administration Console that the renewed keys will last."
	case variant == console.Renew && s.a.API == client.API10:
		intro = "See in the Mimecast Administration Console that the new keys will last."
	case variant == console.Renew:
		intro = "Make the new credentials in the Mimecast Administration Console. Keep the last dialog open until its values are pasted here."
	case s.a.API != client.API10:
		intro = "Make the application in the Mimecast Administration Console. Keep the last dialog open until its two values are pasted here."
	case s.a.NewApplication:
		intro = "Make the application in the Mimecast Administration Console; that works only where it still shows the tile Mimecast API 1.0."
	default:
		intro = "The application exists. See that its keys will last, and look its two values up."
	}
	for _, text := range step.Conflicts(s.a) {
		s.out.indented("Careful: " + text)
	}
	needs, err := catalog.RequirementsFor(s.a.Selection())
	if err != nil {
		return intro, []string{lifecycle.Sentence(err)}
	}
	items := step.BeforeKeys(step.Walkthrough(s.a, variant, needs))
	if s.a.Way == lifecycle.Renew {
		items = console.Of(items, console.Prepare) // nothing is made in the console
	}
	lines = itemLines(items)
	if variant == console.Hub { // no step of its own
		lines = append(lines, "Or, in a console without the Integrations Hub: Integrations > API and Platform Integrations > Available Integrations > "+
			"Mimecast API 2.0 > Generate Keys. With Cloud Integrated, older consoles have Integrations > API 2.0 Applications > New Application.")
	}
	return intro, lines
}

func itemLines(items []console.Item) []string {
	var lines []string
	for _, item := range items {
		title := item.Title + "."
		if item.Confirm {
			title = step.Missable + " " + title
		}
		lines = append(lines, title)
		if item.Path != "" {
			lines = append(lines, " "+item.Path)
		}
		for _, v := range item.Values {
			lines = append(lines, " "+string(v.Kind)+" "+v.Label+": "+v.Text)
		}
		if item.Reason != "" {
			lines = append(lines, " "+item.Reason)
		}
	}
	return lines
}
