package plain

import (
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// edit asks for what a profile is around its credential.
func (s *session) edit() error {
	if err := s.loadEdited(); err != nil {
		return err
	}
	return s.walk(s.fromEnd, []item{
		{id: "domain", ask: s.editDomain},
		{id: "after", ask: s.rotateAfter},
		{id: "then", ask: s.thenEdit},
	})
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

func (s *session) editDomain() error {
	before := s.a.InternalDomain
	err := s.domain()
	s.a.Edited = s.a.Edited || s.a.InternalDomain != before
	return err
}

func (s *session) rotateAfter() error {
	now := s.a.RotateAfter
	if now == 0 {
		now = credstore.DefaultRotateAfter
	}
	for {
		text, err := s.answer(question{
			text: "Rotate after, or never", suggested: now.String(),
			help: []string{"A reminder, such as 90d or 12w: list and show say when it is over."},
		})
		if err != nil {
			return err
		}
		span, err := credstore.ParseSpan(text)
		switch {
		case err != nil:
			s.out.indented(lifecycle.Sentence(err))
			continue
		case span == 0:
			span = credstore.Never
		case span == credstore.DefaultRotateAfter:
			span = 0
		}
		s.a.Edited = s.a.Edited || span != s.a.RotateAfter
		s.a.RotateAfter = span
		return nil
	}
}

func (s *session) thenEdit() error {
	const save = "save"
	rows := []row{{id: save, title: "Test it and save", about: "The credential stays as it is."}}
	steps := map[string]flow.Step{}
	for _, step := range []flow.Step{flow.Integration, flow.Region, flow.Connection} {
		steps[step.String()] = step
		rows = append(rows, row{id: step.String(), title: "Change " + step.String()})
	}
	id, _, err := s.choose(question{text: "What now?"}, rows, save, false)
	if err == nil && id != save {
		err = &jump{steps[id]}
	}
	return err
}
