package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mimecred/credstore"
)

// Renamer is what renaming needs of the list of profiles.
type Renamer interface {
	Entries() ([]credstore.Entry, error)
	Unfinished() ([]credstore.UnfinishedChange, error)
	Busy(name string) bool
	Rename(ctx context.Context, from, to string) (credstore.Record, error)
}

// Drafts are the set-ups that were left before anything was stored.
type Drafts interface {
	Has(name string) bool
	// Move gives the set-up of one name another one; where there is none it does nothing.
	Move(from, to string) error
}

// Refusal is why a profile cannot be renamed, before anything was done.
type Refusal struct {
	Why string
	// Hints are the commands to type next, each with what it does.
	Hints []string
	// Unfinished is set when a change has to be finished first; otherwise another name helps.
	Unfinished bool
}

// Error implements error.
func (r *Refusal) Error() string { return r.Why }

// ExplainRename turns an error of Rename into a sentence and the next thing to do.
func ExplainRename(err error) (sentence, fix string) {
	var r *Refusal
	if !errors.As(err, &r) {
		return credstore.Explain(err)
	}
	var fixes []string
	for _, hint := range r.Hints {
		fixes = append(fixes, hint+".")
	}
	return Sentence(r), strings.Join(fixes, " ")
}

// Renaming tells whether a renaming of from, or one to to by way of another name, was begun and not finished.
func Renaming(list Renamer, from, to string) bool {
	entries, _ := list.Entries()
	changes, _ := list.Unfinished()
	return renamingOf(changes, from) != nil || between(entries, from, to)
}

// Rename gives a profile another name, or finishes what was interrupted, and a set-up of the profile that was left goes along.
// A *Refusal tells that nothing was done. unmoved is why such a set-up kept its former name; the profile is renamed then.
func Rename(ctx context.Context, list Renamer, drafts Drafts, from, to string) (record credstore.Record, unmoved, err error) {
	if err := mayRename(list, drafts, from, to); err != nil {
		return credstore.Record{}, nil, err
	}
	record, err = list.Rename(ctx, from, to)
	if err != nil && !credstore.Unlisted(err) {
		return record, nil, err
	}
	return record, drafts.Move(from, to), err
}

// mayRename is the rule: what is in the way of a renaming.
func mayRename(list Renamer, drafts Drafts, from, to string) error {
	switch err := credstore.NewName(to); {
	case err != nil:
		return &Refusal{Why: err.Error()}
	case from == to:
		return &Refusal{Why: "that is its name already"}
	}
	entries, err := list.Entries()
	if err != nil && entries == nil {
		return fmt.Errorf("rename %s: %w", from, err)
	}
	changes, _ := list.Unfinished() // Rename reads the notes again
	through := between(entries, from, to)
	if s := renamingOf(changes, from); s != nil {
		if s.To == to || through || strings.EqualFold(from, to) && s.To == credstore.Between(to) {
			return nil
		}
		return beingRenamed(*s)
	}
	if through {
		return nil
	}
	if err := NameFree(entries, changes, drafts, from, to); err != nil {
		return err
	}
	return noChange(list, entries, changes, from)
}

// NameFree is a *Refusal when a profile other than own, or something that was left unfinished, has the name.
func NameFree(entries []credstore.Entry, changes []credstore.UnfinishedChange, drafts Drafts, own, name string) error {
	for _, e := range entries {
		if e.Name != own && strings.EqualFold(e.Name, name) {
			return &Refusal{Why: fmt.Sprintf("there is a profile %q already", e.Name), Hints: []string{"mimecred list shows the profiles"}}
		}
	}
	for _, s := range changes {
		if s.Name != own && strings.EqualFold(s.Name, name) {
			if s.Kind == credstore.Renaming {
				return beingRenamed(s)
			}
			a := Advise(s, false)
			return &Refusal{Why: fmt.Sprintf("a set-up of %q was left unfinished", s.Name), Hints: []string{a.Command + " goes on with it"}}
		}
	}
	if drafts.Has(name) {
		a := Advise(credstore.UnfinishedChange{Name: name, Kind: credstore.SetUp, Phase: credstore.Begun}, false)
		return &Refusal{Why: fmt.Sprintf("a set-up of %q was left unfinished", name), Hints: []string{a.Command + " goes on with it"}}
	}
	return nil
}

// noChange is a *Refusal while a change of the profile is not finished. What another process is at, the vault tells.
func noChange(list Renamer, entries []credstore.Entry, changes []credstore.UnfinishedChange, name string) error {
	at := slices.IndexFunc(changes, func(s credstore.UnfinishedChange) bool { return s.Name == name })
	if at < 0 || list.Busy(name) {
		return nil
	}
	current := slices.ContainsFunc(entries, func(e credstore.Entry) bool { return e.Name == name && !e.CurrentSince.IsZero() })
	a := Advise(changes[at], current)
	return &Refusal{Why: name + " has an unfinished change: " + a.Progress, Hints: a.Hints(), Unfinished: true}
}

// BeingRenamed is a *Refusal while a profile is being renamed, which has to be finished before anything else; nil otherwise.
func BeingRenamed(s credstore.UnfinishedChange) error {
	if s.Kind != credstore.Renaming {
		return nil
	}
	return beingRenamed(s)
}

// beingRenamed is why a profile that is being renamed cannot be renamed otherwise.
func beingRenamed(s credstore.UnfinishedChange) *Refusal {
	a := Advise(s, true)
	return &Refusal{Why: s.Name + " is being renamed to " + s.To, Hints: []string{a.Command + " finishes that"}, Unfinished: true}
}

func renamingOf(changes []credstore.UnfinishedChange, from string) *credstore.UnfinishedChange {
	for i, s := range changes {
		if s.Name == from && s.Kind == credstore.Renaming {
			return &changes[i]
		}
	}
	return nil
}

// between tells whether a change of capital letters was interrupted while the profile had the name in between.
func between(entries []credstore.Entry, from, to string) bool {
	return strings.EqualFold(from, to) &&
		slices.ContainsFunc(entries, func(e credstore.Entry) bool { return e.Name == credstore.Between(to) })
}
