package plain

import (
	"mimecred/tui/step"
)

// edit asks for what a profile is around its credential.
func (s *session) edit() error {
	if err := s.loadEdited(); err != nil {
		return err
	}
	if err := s.form(step.EditForm); err != nil {
		return err
	}
	return &jump{s.a.Then}
}

func (s *session) loadEdited() error {
	if s.a.Credential() != nil {
		return nil
	}
	record, err := s.load(s.a.Name)
	if err != nil {
		return err
	}
	entry, _, err := s.env.Vault.Lookup(s.a.Name)
	if err != nil {
		return err
	}
	a, problem, fix := step.EditOf(s.env, s.a.Name, record, entry)
	if problem != "" {
		s.out.indented(problem)
		s.out.indented(fix)
		return errLeave
	}
	s.a = a.AllowLike(s.a)
	return nil
}
