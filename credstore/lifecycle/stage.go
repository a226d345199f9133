package lifecycle

import (
	"context"
	"errors"
	"strings"

	"mimecred/credstore"
)

// Begin announces a change, and locks the profile from then on. What comes back has what an earlier change left
// behind at Mimecast.
func (s Service) Begin(ctx context.Context, c Change, tell Tell) (Change, error) {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	if err := s.stillFree(c); err != nil {
		return c, err
	}
	noted, err := s.Vault.Begin(ctx, credstore.UnfinishedChange{Name: c.Name, Kind: c.Kind(), Store: c.Store, Keep: c.KeepFor(), Retire: c.RetirePrevious})
	if err == nil {
		c.LostKeys = noted.LostKeys
	}
	return c, err
}

// Stage writes the credential as the pending version, and gives the change with what the store has then. Only after that a
// version is removed that was staged under another name, which the person chose before: until the new one is safe, that one
// may be all there is. note is what the person should know of it.
func (s Service) Stage(ctx context.Context, c Change, tell Tell) (staged Change, note string, err error) {
	credential := c.Credential()
	if credential == nil {
		return c, "", errIncomplete
	}
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	if err := s.stillFree(c); err != nil {
		return c, "", err
	}
	record, err := s.Vault.Stage(ctx, c.Store, c.Profile(), credential, c.Source())
	if err != nil {
		return c, "", err
	}
	if record.Pending == nil || record.Pending.Credential == nil {
		return c, "", &credstore.Error{Kind: credstore.Mismatch, Store: c.Store, Op: "read the pending version back"}
	}
	var notes []string
	if c.Staged && c.StagedName != "" && c.StagedName != c.Name {
		// The vault clears what it staged under this name in another store; another name is ours to clear.
		if err := s.Vault.End(ctx, c.StagedName, credstore.Discarded); err != nil {
			notes = append(notes, "A pending copy is left under the name "+c.StagedName+", in the store that was chosen before.")
		}
	}
	if noted, ok := s.Vault.Noted(c.Name); ok {
		lost := noted.MayBeLost()
		if len(lost) > len(c.LostKeys) { // keys that were created here, and whose place others have now in the store
			notes = append(notes, LostLines(lost[len(lost)-1:])...)
		}
		c.LostKeys = lost
	}
	return c.staged(record, s.Vault.Location(c.Store, c.Name)), strings.Join(notes, " "), nil
}

// stillFree is the error of a name that was free when it was chosen for the profile, and that another program has used since then.
func (s Service) stillFree(c Change) error {
	if !c.Free || c.Staged && c.StagedName == c.Name {
		return nil
	}
	e, exists, err := s.Vault.Lookup(c.Name)
	if err != nil || !exists || e.CurrentSince.IsZero() && !e.Pending {
		return nil //nolint:nilerr // a list that cannot be read is told by what writes to it
	}
	if n, noted := s.Vault.Noted(c.Name); noted && e.CurrentSince.IsZero() && n.Kind == credstore.SetUp && n.Phase == credstore.KeysCreated {
		return nil // keys were created for it, and a write whose end is not known has listed it
	}
	return &credstore.Error{
		Kind: credstore.Conflict, Op: "use the name " + c.Name,
		Err: errors.New("a profile of that name was set up meanwhile"),
	}
}

// Discard removes what the change has staged.
func (s Service) Discard(ctx context.Context, c Change, tell Tell) error {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	name := c.StagedName
	if name == "" {
		name = c.Name
	}
	return tell.done(name, s.Vault.End(ctx, name, credstore.Discarded))
}

// Abandon ends a change that has stored nothing.
func (s Service) Abandon(name string) {
	_ = s.Vault.End(context.Background(), name, credstore.Abandoned) // it has no error
}

// Leave unlocks a profile for another time or process, and changes nothing.
func (s Service) Leave(name string) {
	_ = s.Vault.End(context.Background(), name, credstore.Left) // it has no error
}

// Finish ends a change whose previous version, if there is one, is kept for its time.
func (s Service) Finish(name string, tell Tell) error {
	return tell.done(name, s.Vault.End(context.Background(), name, credstore.Finished))
}

// DiscardFound discards the unfinished change of a profile: the pending version is removed from the store, and a change
// that stored nothing is forgotten.
func (s Service) DiscardFound(ctx context.Context, found Found, tell Tell) error {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	name := found.Name
	if found.Record.Pending != nil {
		return tell.done(name, s.Vault.End(ctx, name, credstore.Discarded))
	}
	return s.Vault.End(ctx, name, credstore.Forgotten)
}

// errIncomplete says that there is no whole credential to store.
var errIncomplete = errors.New("the credential is not complete")
