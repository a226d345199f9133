package plain

import (
	"context"
	"errors"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// retirePrevious asks what becomes of the version that was replaced.
func (s *session) retirePrevious(e credstore.Entry) error {
	record, err := s.load(e.Name)
	if err != nil || record.Previous == nil {
		return s.stays(err)
	}
	const nothing = "nothing"
	rows := []row{{id: nothing, title: "Leave it as it is"}}
	if _, is := record.PreviousKeys(); is {
		rows = append(rows, row{id: string(lifecycle.LoggedOut), title: "Log the previous key out at Mimecast", about: "Whatever still uses it stops. Deletes it here as well."})
	}
	rows = append(rows, row{id: string(lifecycle.Forgotten), title: "Delete it here", about: "You cannot roll back then."})
	id, _, err := s.choose(question{text: "Previous version:"}, rows, nothing, false)
	if err != nil || id == nothing {
		return s.stays(err)
	}
	if sure, err := s.retireSure(lifecycle.Retired(id)); err != nil || !sure {
		return s.stays(err)
	}
	done, _, err := s.env.Retire(context.WithoutCancel(s.ctx), e.Name, record.Previous.ID, lifecycle.Retired(id), s.tell)
	switch {
	case err != nil:
		problem, fix := lifecycle.ExplainRetire(e.Name, err)
		s.out.indented(problem)
		s.out.indented(fix)
	case done == lifecycle.LoggedOut:
		s.out.indented("The previous key is logged out at Mimecast, and deleted here.")
	case done == lifecycle.Ended:
		s.out.indented("Mimecast no longer accepted the previous key; it is deleted here.")
	default:
		s.out.indented("The previous version is deleted here.")
	}
	return nil
}

// askName asks for another name, and renames.
func (s *session) askName(from string) error {
	outer := s.a
	s.a = flow.Answers{}
	err := s.form(func(_ step.Env, a flow.Answers) step.Form {
		return step.RenameForm(a, from, func(string) error { return nil }) // the list is asked when it is renamed
	})
	to := s.a.Name
	s.a = outer
	if err != nil || to == from {
		return s.stays(err)
	}
	return s.rename(from, to)
}

func (s *session) rename(from, to string) error {
	ctx, cancel := s.forStore(s.ctx)
	defer cancel()
	_, unmoved, err := lifecycle.Rename(ctx, s.env.Profiles, step.Drafts{Left: s.a.Unfinished, Kept: s.env.Unfinished}, from, to)
	if err != nil {
		sentence, fix := lifecycle.ExplainRename(err)
		s.out.indented(sentence)
		s.out.indented(fix)
		return nil
	}
	s.out.indented(from + " is called " + to + " now.")
	if unmoved != nil {
		s.out.indented("Its unfinished set-up kept the old name.")
	}
	return nil
}

// remove deletes a profile from this machine, and says what is left to be done at Mimecast.
func (s *session) remove(e credstore.Entry) error {
	s.out.indented("It is " + s.env.Vault.Location(e.Store, e.Name) + ". " + step.StaysValid(e))
	if e.Previous {
		s.out.indented("The previous version that is kept is deleted too.")
	}
	for _, text := range s.lost(e.Name) {
		s.out.indented(text)
	}
	others := s.sharing(e)
	if len(others) > 0 {
		s.out.indented(step.SharedAtMimecast(others))
	}
	sure, err := s.confirm(question{text: "Delete " + e.Name + "?"}, false)
	if errors.Is(err, errBack) || err == nil && !sure {
		return nil
	}
	if err != nil {
		return err
	}
	if agreed, err := s.agreesToLose(e); err != nil || !agreed {
		return err
	}
	if err := s.env.Delete(s.ctx, e.Name, s.tell); err != nil {
		s.explainStore(err)
		return nil
	}
	_ = s.env.Unfinished.Forget(e.Name) // a note without a secret; it is offered once more, and leads nowhere
	todo := step.RemovalOf(e, others)
	s.out.indented(e.Name + " is deleted. At Mimecast its credential stays valid.")
	if len(todo) > 0 {
		s.out.indented("Still to be done where it was used, and at Mimecast:")
	}
	for i, item := range todo {
		s.out.line("    %d. %s%s", i+1, item.Title, pathIn(item.Path))
	}
	return nil
}

// agreesToLose asks a second time before keys are lost that nobody else has.
func (s *session) agreesToLose(e credstore.Entry) (bool, error) {
	if !e.Pending {
		return true, nil
	}
	ctx, cancel := s.forStore(s.ctx)
	record, err := s.env.Vault.Load(ctx, e.Name)
	cancel()
	waits, ask, err := lifecycle.Loss(record, err)
	switch {
	case err != nil:
		s.explainStore(err)
		return false, nil
	case !ask:
		return true, nil
	}
	for _, text := range step.LossWords(waits) {
		s.out.indented(text)
	}
	sure, err := s.confirm(question{text: "Lose the keys?"}, false)
	if errors.Is(err, errBack) {
		return false, nil
	}
	return sure, err
}

// lost tell of sign-ins that may have left keys which nobody has.
func (s *session) lost(name string) []string {
	change, noted := s.env.Vault.Noted(name)
	if !noted {
		return nil
	}
	return lifecycle.LostLines(change.MayBeLost())
}

// sharing are the other profiles that use the same application.
func (s *session) sharing(e credstore.Entry) []string {
	entries, _ := s.env.Profiles.Entries() // they were read a moment ago
	var others []string
	for _, o := range entries {
		if e.SharesWith(o) {
			others = append(others, o.Name)
		}
	}
	return others
}

func pathIn(path string) string {
	if path == "" {
		return ""
	}
	return " (" + path + ")"
}
