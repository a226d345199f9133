package plain

import (
	"errors"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// start says what the wizard does.
func (s *session) start() error {
	for _, line := range step.StartLines(s.env) {
		s.out.indented(line)
	}
	return nil
}

// handOff says what was saved, lists the fields of the product's form, and says what comes next. Secrets are left out, since what is
// printed here may end in a log; where no command can print one later, the person can ask for it here.
func (s *session) handOff() error {
	for _, line := range step.SavedBrief(s.env, s.a) {
		s.out.line("%s", line)
	}
	if err := s.untilLeft(s.formLines); err != nil {
		return err
	}
	s.end(flow.HandOff)
	return nil
}

func (s *session) formLines(passing bool) {
	for _, line := range step.FormLines(s.a, passing) {
		s.out.line("%s", line)
	}
}

// untilLeft prints the end of a path, and again until the person agrees to leave a credential that nothing keeps, which passing tells.
func (s *session) untilLeft(end func(passing bool)) error {
	title, text := step.MemoryOnly(s.env, s.a)
	given := s.newGivenOut()
	defer given.end()
	for {
		end(title != "")
		if title == "" {
			return nil
		}
		s.out.indented(text)
		leave, err := s.confirm(question{text: title, more: given.command, help: given.help()}, true)
		if err != nil && !errors.Is(err, errEnded) && !errors.Is(err, errBack) {
			return err
		}
		if leave || errors.Is(err, errEnded) {
			return nil
		}
	}
}

// done says what was saved, and what to do next.
func (s *session) done() error {
	return s.untilLeft(func(passing bool) {
		if s.env.Passing(s.a.Store) {
			s.summary(step.SavedWords(s.env, s.a))
			if passing {
				s.formLines(true) // the numbers that its secrets are shown and copied by
			}
			return
		}
		s.summary(step.DoneWords(s.env, s.a) + " " + step.SavedWords(s.env, s.a))
	})
}

// end sums up what was saved, when a step is the last.
func (s *session) end(at flow.Step) {
	if s.a.Activated && flow.Next(at, s.a) == flow.None {
		s.out.end()
		s.summary(step.DoneWords(s.env, s.a))
	}
}

// summary says what was stored and where, what remains to be done, and what to do next.
func (s *session) summary(words string) {
	s.out.line("%s", words)
	for _, fact := range step.SavedFacts(s.env, s.a, "·") {
		s.out.indented(fact.Name + ": " + fact.Value)
	}
	for _, text := range lifecycle.LostLines(s.a.LostKeys) {
		s.out.line("%s", text)
	}
	for _, text := range step.Afterwards(s.a) {
		s.out.line("In the console: %s", text)
	}
	s.out.line("Next:")
	for _, command := range step.NextCommands(s.env, s.a) {
		s.out.indented(command.Line + ": " + command.About)
	}
}
