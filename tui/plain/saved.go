package plain

import (
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// saved says what was stored and where.
func (s *session) saved() error {
	s.out.line("%s", step.SavedWords(s.env, s.a))
	for _, fact := range step.SavedFacts(s.env, s.a, "·") {
		s.out.indented(fact.Name + ": " + fact.Value)
	}
	return nil
}

// handOff lists the fields of the product's form. Secrets are left out: there is no clipboard to give them to, and what is
// printed here may end in a log.
func (s *session) handOff() error {
	for _, line := range step.FormLines(s.a) {
		s.out.line("%s", line)
	}
	return nil
}

// done says what to do next.
func (s *session) done() error {
	s.out.line("%s", step.DoneWords(s.env, s.a))
	for _, command := range step.NextCommands(s.env, s.a) {
		s.out.indented(command.Line + ": " + command.About)
	}
	for _, text := range lifecycle.LostLines(s.a.LostKeys) {
		s.out.line("%s", text)
	}
	for _, text := range step.Afterwards(s.a) {
		s.out.line("In the console: %s", text)
	}
	return nil
}
