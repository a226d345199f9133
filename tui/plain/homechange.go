package plain

import (
	"errors"

	"mimecred/credstore"
	"mimecred/tui/screen"
	"mimecred/tui/work"
)

// askName asks for another name, and renames.
func (s *session) askName(from string) error {
	for {
		to, err := s.answer(question{text: "New name", help: []string{"Letters, digits, '.', '_' and '-'; it begins with a letter or a digit."}})
		switch {
		case errors.Is(err, errBack):
			return nil
		case err != nil:
			return err
		}
		if err := credstore.ValidName(to); err != nil {
			s.out.indented(work.Sentence(err))
			continue
		}
		return s.rename(from, to)
	}
}

func (s *session) rename(from, to string) error {
	ctx, cancel := s.forStore(s.ctx)
	defer cancel()
	if _, err := s.env.Profiles.Rename(ctx, from, to); err != nil {
		s.explainStore(err)
		return nil
	}
	s.out.indented(from + " is called " + to + " now.")
	return nil
}

// remove deletes a profile from this machine, and says what is left to be done at Mimecast.
func (s *session) remove(e credstore.Entry) error {
	s.out.indented("It is " + s.env.Vault.Location(e.Store, e.Name) + ". " + screen.StaysValid(e))
	if e.Previous {
		s.out.indented("The previous version that is kept is deleted too.")
	}
	if others := s.sharing(e); len(others) > 0 {
		s.out.indented(screen.SharedAtMimecast(others))
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
	ctx, cancel := s.forStore(s.ctx)
	defer cancel()
	if err := s.env.Profiles.Delete(ctx, e.Name); err != nil {
		s.explainStore(err)
		return nil
	}
	_ = s.env.Unfinished.Forget(e.Name) // a note without a secret; it is offered once more, and leads nowhere
	s.out.indented(e.Name + " is deleted. Still to be done where the credential was used, and at Mimecast:")
	for i, item := range screen.RemovalOf(e) {
		s.out.line("    %d. %s%s", i+1, item.Title, pathIn(item.Path))
	}
	return nil
}

// agreesToLose asks a second time before keys are given up that nobody else has.
func (s *session) agreesToLose(e credstore.Entry) (bool, error) {
	if !e.Pending {
		return true, nil
	}
	ctx, cancel := s.forStore(s.ctx)
	record, err := s.env.Vault.Load(ctx, e.Name)
	cancel()
	switch kind := credstore.KindOf(err); {
	case err != nil && kind != credstore.Damaged && kind != credstore.NotFound:
		s.explainStore(err)
		return false, nil
	case err == nil && (record.Pending == nil || record.Pending.Source != credstore.Created):
		return true, nil
	}
	for _, text := range screen.LossWords(record.Pending) {
		s.out.indented(text)
	}
	sure, err := s.confirm(question{text: "Lose the keys?"}, false)
	if errors.Is(err, errBack) {
		return false, nil
	}
	return sure, err
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
