package plain

import (
	"errors"
	"strings"

	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// profile asks for the name, and for the store when there is something to decide.
func (s *session) profile() error {
	usable := s.env.Usable()
	if len(usable) == 0 {
		return s.noStore()
	}
	if !s.env.StoreToDecide() {
		s.a.Store = usable[0].Kind
	}
	from := ""
	if s.fromEnd && s.env.StoreToDecide() {
		from = "store"
	}
	return s.formFrom(step.ProfileForm, from, func(id string) error {
		if id != "profile" {
			return nil
		}
		return s.lookUp(s.a.Name)
	})
}

// noStore ends the run: there is nowhere to put a secret, and plain text is no place.
func (s *session) noStore() error {
	for _, c := range s.env.Stores {
		s.out.indented(strings.TrimSpace(c.Title + ": " + c.Problem + " " + c.Fix))
	}
	s.out.indented(step.NoStore)
	return &credstore.Error{
		Kind: credstore.Unavailable, Op: "choose a store",
		Err: errors.New("nothing on this machine can keep the credential now"),
	}
}

// freeName is the suggestion, with a number behind it when profiles of that name exist.
func (s *session) freeName(q step.Question) string {
	first := lifecycle.SuggestedName
	if q.Demo != nil {
		first = q.Demo()
	}
	return lifecycle.FreeName(s.env.Vault, first)
}

// lookUp says what it means that a profile of that name exists.
func (s *session) lookUp(name string) error {
	entry, exists, err := s.env.Vault.Lookup(name)
	s.a.Replaces = err == nil && exists && !entry.CurrentSince.IsZero()
	if exists { // and was confirmed by its name
		s.a.FreeName, s.a.Free = "", false
	}
	if err != nil {
		s.out.indented("The list of profiles cannot be read: " + err.Error() + ".")
		return nil
	}
	if s.a.Store != s.lent { // somebody chose it since
		s.wanted = s.a.Store
	}
	if s.a.Store, s.lent = lifecycle.StoreFor(s.wanted, entry, exists), ""; exists {
		s.lent = s.a.Store
	}
	if !exists {
		return nil
	}
	s.out.indented(step.ExistsWords(entry))
	if step.HasPending(entry, s.a) {
		return s.pending(entry)
	}
	return nil
}

// integration asks for the product that will use the credential, and says what it needs.
func (s *session) integration() error {
	if err := s.form(step.ProductForm); err != nil || s.a.Integration == "" {
		return err
	}
	plan, err := step.PlanLines(s.a)
	if err != nil {
		s.out.indented(lifecycle.Sentence(err))
		return nil
	}
	i, _ := catalog.Lookup(s.a.Integration)
	warnings, needed, notes := step.PlanParts(plan)
	s.planLines(warnings)
	s.out.indented("What " + i.Name + " needs:")
	s.planLines(needed)
	if len(notes) > 0 {
		s.out.indented("notes shows the " + step.NotesTitle(notes) + ".")
	}
	return nil
}

// planLines writes lines of a plan.
func (s *session) planLines(plan []step.PlanLine) {
	for _, line := range plan {
		switch {
		case line.Warning:
			s.out.indented("Careful: " + line.Text)
		case line.Label != "":
			s.out.indented(line.Label + ": " + line.Text)
		default:
			s.out.indented(line.Text)
		}
	}
}

// notes writes the notes on the vendor's guide; false where there are none.
func (s *session) notes() bool {
	plan, _ := step.PlanLines(s.a)
	_, _, notes := step.PlanParts(plan)
	s.planLines(notes)
	return len(notes) > 0
}
