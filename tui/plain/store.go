package plain

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// forStore bounds an operation of a store and says when the store waits for the person.
func (s *session) forStore(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, lifecycle.StoreTime)
	return credstore.OnWaiting(ctx, func(w credstore.Waiting) {
		s.out.line("    Waiting for %s until %s.", w.What, w.Until.Format("15:04:05"))
	}), cancel
}

// stage writes the credential as the pending version and has the store read it back. Only then is a pending copy removed
// that lies under a name that was chosen before: until the new one is safe, the old one may be all there is. A copy of the
// same name in another store is removed by the vault.
func (s *session) stage(ctx context.Context) error {
	ctx, cancel := s.forStore(ctx)
	defer cancel()
	vault, was := s.env.Vault, s.a
	record, err := vault.Stage(ctx, was.Store, s.profileOf(), was.Credential(), screen.SourceOf(was))
	if err != nil {
		return err
	}
	if record.Pending == nil || record.Pending.Credential == nil {
		return &credstore.Error{Kind: credstore.Mismatch, Store: was.Store, Op: "read the pending version back"}
	}
	s.a.Staged, s.a.StagedName, s.a.StagedStore = true, was.Name, was.Store
	s.a.StagedCredential, s.a.StagedVersion = record.Pending.Credential, record.Pending.ID
	if noted, ok := vault.Noted(was.Name); ok {
		s.out.indented(screen.ReplacedWords(was, noted.Lost()))
		s.a.Orphans = noted.Lost()
	}
	s.a.Location, s.a.Replaces = vault.Location(was.Store, was.Name), record.Active != nil
	if was.Staged && was.StagedName != "" && was.StagedName != was.Name {
		s.discard(ctx, was.StagedName)
	}
	return nil
}

func (s *session) discard(ctx context.Context, name string) {
	if err := s.env.Vault.Discard(ctx, name); err != nil {
		s.out.indented("A pending copy is left behind, as " + name + " in the store that was chosen before.")
	}
}

// promote makes what was checked the active version.
func (s *session) promote() error {
	ctx, cancel := s.forStore(s.ctx)
	defer cancel()
	record, err := screen.PutInForce(ctx, s.env, s.a)
	if err != nil {
		return err
	}
	s.a.Promoted, s.a.Staged = true, false
	s.a.PreviousKept = record.Previous != nil
	s.a.Location = s.env.Vault.Location(s.a.Store, s.a.Name)
	if client.Judge(s.a.Results).Accepted {
		s.confirmInForce() // what was put in use untested has nothing to confirm
	}
	return nil
}

// confirmInForce makes a live call with what is in force now. That it fails takes nothing back; it is said.
func (s *session) confirmInForce() {
	ctx, cancel := s.forStore(s.ctx)
	defer cancel()
	c := screen.Confirm(ctx, s.env, s.a)
	s.a.Confirmed, s.a.Confirmation = c.OK, c.Results
	if !c.OK {
		s.out.indented(c.Problem)
		s.out.indented(c.Fix)
	}
}

// explainStore says what is wrong with a store and what helps.
func (s *session) explainStore(err error) {
	sentence, fix := credstore.Explain(err)
	s.out.indented(sentence)
	s.out.indented(fix)
}

// The answers after something went wrong.
const (
	wrongAgain  = "again"
	wrongStore  = "store"
	wrongAnyway = "anyway"
	wrongOther  = "other"
	wrongQuit   = "quit"
)

// storeFailed asks what to do about a store that failed. It gives nil to try again.
func (s *session) storeFailed(err error) error {
	if s.ctx.Err() != nil {
		return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
	}
	s.explainStore(err)
	for {
		id, _, err := s.choose(question{text: "What now?"}, []row{
			{id: wrongAgain, title: "Try again"},
			{id: wrongStore, title: "Change the name or the store"},
			{id: wrongQuit, title: "Quit"},
		}, wrongAgain, false)
		switch {
		case err != nil:
			return err
		case id == wrongStore:
			return &jump{flow.Profile}
		case id == wrongAgain:
			return nil
		}
		if err := s.leave(); err != nil {
			return err
		}
	}
}
