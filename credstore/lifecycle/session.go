package lifecycle

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// Session is a vault whose profiles of the memory store leave no trace: they have an index of their own, which ends with
// the program as they do.
type Session struct {
	lasting, passing *credstore.Vault

	mu sync.Mutex
	// staged are the profiles that have a version pending in the lasting store which this session put there.
	staged []string
	// creating are the vaults that were told that keys are being created, by profile.
	creating map[string]*credstore.Vault
	// unlisted are what was done and could not be written to the list, one a profile.
	unlisted map[string]error
}

// NewSession makes a session on top of what lasts.
func NewSession(lasting *credstore.Vault, now func() time.Time) *Session {
	return &Session{
		lasting: lasting, passing: credstore.NewVault(credstore.NewMemoryIndex(), now, credstore.NewMemory()),
		creating: map[string]*credstore.Vault{}, unlisted: map[string]error{},
	}
}

// of gives the vault of a store.
func (s *Session) of(store string) *credstore.Vault {
	if store == credstore.MemoryKind {
		return s.passing
	}
	return s.lasting
}

// done is err, unless it says only that the list could not be written: then it is done, and Unlisted tells in the end.
func (s *Session) done(name string, err error) error {
	if !credstore.Unlisted(err) {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unlisted[name] = err
	return nil
}

// Unlisted are the profiles of which something was done that the list does not say, each with the reason.
func (s *Session) Unlisted() map[string]error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.unlisted)
}

// vaultOf gives the vault that has the profile.
func (s *Session) vaultOf(name string) *credstore.Vault {
	if _, found, err := s.passing.Lookup(name); err == nil && found {
		return s.passing
	}
	return s.lasting
}

// Lookup implements Vault.
func (s *Session) Lookup(name string) (credstore.Entry, bool, error) {
	return s.vaultOf(name).Lookup(name)
}

// Load implements Vault.
func (s *Session) Load(ctx context.Context, name string) (credstore.Record, error) {
	return s.vaultOf(name).Load(ctx, name)
}

// Preflight implements Vault.
func (s *Session) Preflight(ctx context.Context, store string, p credstore.Profile) error {
	return s.of(store).Preflight(ctx, store, p)
}

// Stage implements Vault. It removes a version that this session left pending in the other store: the person went back and chose again. What
// cannot be removed from the lasting store now, which may be why the person chose again, is no reason to stop; see Left.
func (s *Session) Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, src credstore.Source) (credstore.Record, error) {
	record, err := s.of(store).Stage(ctx, store, p, c, src)
	switch {
	case err != nil:
		return record, err
	case store == credstore.MemoryKind:
		_ = s.discardPassing(ctx, p.Name)
		s.broughtHere(ctx, p.Name)
	default:
		s.note(p.Name, true)
		if s.vaultOf(p.Name) == s.passing {
			err = s.done(p.Name, s.passing.End(ctx, p.Name, credstore.Discarded))
		}
	}
	return record, err
}

// Activate implements Vault.
func (s *Session) Activate(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error) {
	vault := s.vaultOf(name)
	record, err := vault.Activate(ctx, name, sum)
	if vault == s.lasting && record.Current != nil {
		s.note(name, false)
	}
	return record, s.done(name, err)
}

// End implements Progress. What is discarded is removed from both stores where this session used both.
func (s *Session) End(ctx context.Context, name string, how credstore.Ending) error {
	vault := s.vaultOf(name)
	if how == credstore.Abandoned {
		vault = s.creator(name)
	}
	err := s.done(name, vault.End(ctx, name, how))
	switch {
	case err != nil || how != credstore.Discarded:
	case vault == s.passing:
		return s.discardPassing(ctx, name)
	default:
		s.note(name, false)
	}
	return err
}

// Location implements Vault.
func (s *Session) Location(store, name string) string { return s.of(store).Location(store, name) }

// Left are the profiles that were meant for this session in the end, and have a version left pending in the lasting store.
func (s *Session) Left() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.staged), func(name string) bool { return s.vaultOf(name) != s.passing })
}

// discardPassing removes what this session left pending in the lasting store.
func (s *Session) discardPassing(ctx context.Context, name string) error {
	s.mu.Lock()
	staged := slices.Contains(s.staged, name)
	s.mu.Unlock()
	if !staged {
		return nil
	}
	err := s.done(name, s.lasting.End(ctx, name, credstore.Discarded))
	if err == nil {
		s.note(name, false)
	}
	return err
}

// note remembers whether the lasting store has a version of this session pending.
func (s *Session) note(name string, staged bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.staged = slices.DeleteFunc(s.staged, func(one string) bool { return one == name })
	if staged {
		s.staged = append(s.staged, name)
	}
}

// Begin implements lifecycle.Progress.
func (s *Session) Begin(ctx context.Context, noted credstore.UnfinishedChange) (credstore.UnfinishedChange, error) {
	return s.of(noted.Store).Begin(ctx, noted)
}

// Note implements Progress. Keys are noted where they will be kept: what is meant for this session leaves no trace.
func (s *Session) Note(ctx context.Context, noted credstore.UnfinishedChange) error {
	switch noted.Phase {
	case credstore.Creating:
		vault := s.of(noted.Store)
		s.mu.Lock()
		s.creating[noted.Name] = vault
		s.mu.Unlock()
		return vault.Note(ctx, noted)
	case credstore.Begun, credstore.KeysCreated:
		return s.creator(noted.Name).Note(ctx, noted)
	default:
		return s.vaultOf(noted.Name).Note(ctx, noted)
	}
}

// broughtHere notes that keys whose creation was noted in the lasting journal are kept in this session. What an earlier run
// noted there stays.
func (s *Session) broughtHere(ctx context.Context, name string) {
	s.mu.Lock()
	told := s.creating[name] == s.lasting
	s.mu.Unlock()
	if told {
		_ = s.lasting.Note(ctx, credstore.UnfinishedChange{Name: name, Phase: credstore.Begun})
		_ = s.lasting.End(ctx, name, credstore.Abandoned)
	}
}

// creator is the vault that was told that keys are being created.
func (s *Session) creator(name string) *credstore.Vault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.creating[name]; v != nil {
		return v
	}
	return s.lasting
}

// Renewed implements lifecycle.Progress.
func (s *Session) Renewed(ctx context.Context, name string, until time.Time) error {
	return s.done(name, s.creator(name).Renewed(ctx, name, until))
}

// Retire implements lifecycle.Progress.
func (s *Session) Retire(ctx context.Context, name, version string) (credstore.Record, error) {
	record, err := s.vaultOf(name).Retire(ctx, name, version)
	return record, s.done(name, err)
}

// Rollback implements lifecycle.Progress.
func (s *Session) Rollback(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error) {
	record, err := s.vaultOf(name).Rollback(ctx, name, sum)
	return record, s.done(name, err)
}

// Noted implements lifecycle.Progress.
func (s *Session) Noted(name string) (credstore.UnfinishedChange, bool) {
	noted, ok := s.vaultOf(name).Noted(name)
	if ok {
		return noted, true
	}
	return s.creator(name).Noted(name) // a sign-in of this session is noted before anything is stored
}

// Resume implements lifecycle.Progress.
func (s *Session) Resume(ctx context.Context, name string) (credstore.Record, credstore.UnfinishedChange, bool, error) {
	return s.vaultOf(name).Resume(ctx, name)
}

// Entries implements lifecycle.Profiles: what is kept, and what is kept in this session.
func (s *Session) Entries() ([]credstore.Entry, error) {
	kept, err := s.lasting.Entries()
	here, _ := s.passing.Entries() // it has no file that could not be read
	for _, e := range here {
		if i := slices.IndexFunc(kept, func(k credstore.Entry) bool { return k.Name == e.Name }); i >= 0 {
			kept[i] = e // as everything else that asks for the name sees it
			continue
		}
		kept = append(kept, e)
	}
	slices.SortFunc(kept, func(a, b credstore.Entry) int { return strings.Compare(a.Name, b.Name) })
	return kept, err
}

// Unfinished implements lifecycle.Profiles.
func (s *Session) Unfinished() ([]credstore.UnfinishedChange, error) { return s.lasting.Unfinished() }

// Busy implements lifecycle.Profiles.
func (s *Session) Busy(name string) bool { return s.vaultOf(name).Busy(name) }

// RecordCheck implements lifecycle.Profiles.
func (s *Session) RecordCheck(name string, sum credstore.CheckSummary) error {
	return s.vaultOf(name).RecordCheck(name, sum)
}

// Delete implements lifecycle.Profiles.
func (s *Session) Delete(ctx context.Context, name string) error {
	return s.done(name, s.vaultOf(name).Delete(ctx, name))
}

// Rename implements lifecycle.Profiles.
func (s *Session) Rename(ctx context.Context, from, to string) (credstore.Record, error) {
	record, err := s.vaultOf(from).Rename(ctx, from, to)
	return record, s.done(to, err)
}

// Update implements lifecycle.Profiles.
func (s *Session) Update(ctx context.Context, name string, change func(*credstore.Profile)) (credstore.Record, error) {
	record, err := s.vaultOf(name).Update(ctx, name, change)
	return record, s.done(name, err)
}

// Sweep implements lifecycle.Profiles.
func (s *Session) Sweep(ctx context.Context, name string) (*credstore.Version, error) {
	swept, err := s.vaultOf(name).Sweep(ctx, name)
	return swept, s.done(name, err)
}
