package plain

import (
	"mimecred/credstore/lifecycle"
	"mimecred/tui/screen"
)

// saved says what was stored and where.
func (s *session) saved() error {
	s.out.line("%s", screen.SavedWords(s.env, s.a))
	for _, fact := range screen.SavedFacts(s.env, s.a) {
		s.out.indented(fact[0] + ": " + fact[1])
	}
	return nil
}

// handOff lists the fields of the product's form. Secrets are left out: there is no clipboard to give them to, and what is
// printed here may end in a log.
func (s *session) handOff() error {
	for _, line := range screen.FormLines(s.a) {
		s.out.line("%s", line)
	}
	return nil
}

// done says what to do next.
func (s *session) done() error {
	s.out.line("%s", screen.DoneWords(s.env, s.a))
	for _, command := range screen.NextCommands(s.env, s.a) {
		s.out.indented(command.Line + ": " + command.About)
	}
	for _, text := range lifecycle.LostLines(s.a.Orphans) {
		s.out.line("%s", text)
	}
	for _, text := range screen.Afterwards(s.a) {
		s.out.line("In the console: %s", text)
	}
	return nil
}
