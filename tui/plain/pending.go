package plain

import (
	"mimecred/credstore"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// pending asks what to do about a credential that an earlier run stored and that never came into force. It jumps to the
// check to go on with it.
func (s *session) pending(entry credstore.Entry) error {
	s.out.indented(step.StoredEarlier(entry))
	rows := append(optionRows(step.Pending().Options), row{id: step.PendingOther, title: "Choose another name"})
	id, _, err := s.choose(question{text: step.Pending().Label}, rows, step.PendingContinue, false)
	switch {
	case err != nil:
		return err
	case id == step.PendingOther:
		return &again{"profile"}
	}
	record, err := s.load(entry.Name)
	if err != nil {
		return err
	}
	if id == step.PendingAnew {
		if reason := step.MayReplacePending(entry.Name, record.Pending); reason != "" {
			s.out.indented(reason)
			return &again{"profile"}
		}
		return nil
	}
	if a, ok := flow.ForPending(s.a, record, entry.Store, s.env.Vault.Location(entry.Store, entry.Name)); ok {
		s.a = a
		return &jump{flow.Check}
	}
	return nil
}

// load reads a profile, however often the person wants to try. One that is gone has nothing.
func (s *session) load(name string) (credstore.Record, error) {
	for {
		ctx, cancel := s.forStore(s.ctx)
		record, err := s.env.Vault.Load(ctx, name)
		cancel()
		if err == nil || credstore.KindOf(err) == credstore.NotFound {
			return record, nil
		}
		if err := s.storeFailed(err); err != nil {
			return credstore.Record{}, err
		}
	}
}
