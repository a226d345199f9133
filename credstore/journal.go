package credstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mimecred/client/showable"
)

// ChangeKind is what a change of a profile is for.
type ChangeKind string

// The kinds of changes.
const (
	SetUp    ChangeKind = "setup"    // the first credential
	Rotation ChangeKind = "rotation" // another credential
	Renewal  ChangeKind = "renewal"  // the same keys of API 1.0, valid for longer
	Change   ChangeKind = "change"   // the same credential with another profile
	Renaming ChangeKind = "rename"
	RollBack ChangeKind = "rollback" // the previous version made current again
)

// Phase is how far a change has come. What the store has is the truth; the phase tells what the store cannot.
type Phase string

// The phases, in order.
const (
	// Begun: it was announced, and nothing has been stored.
	Begun Phase = "begun"
	// Creating: a sign-in that creates keys was about to be sent, and its answer is not known.
	Creating Phase = "creating"
	// KeysCreated: Mimecast gave keys, and no store has them yet.
	KeysCreated Phase = "created"
	// Staged: the new version is stored as pending.
	Staged Phase = "staged"
	// Activated: the new version is current, and has not been confirmed by a live call since.
	Activated Phase = "promoted"
	// Confirmed: the new version is current and works; the previous one is still to be retired.
	Confirmed Phase = "confirmed"
	// LoggingOut: the previous key was about to be logged out at Mimecast, and the answer is not known.
	LoggingOut Phase = "logging-out"
)

// LostKeys is a sign-in that may have created keys which nobody has.
type LostKeys struct {
	At          time.Time `json:"at"`
	User        string    `json:"user,omitempty"`
	Application string    `json:"application,omitempty"`
	// Certain is set when Mimecast did give keys, and they were never stored.
	Certain bool `json:"certain,omitempty"`
}

// UnfinishedChange is how far an unfinished change of a profile has come. It has no secret in it.
type UnfinishedChange struct {
	Name  string     `json:"name"`
	Kind  ChangeKind `json:"kind"`
	Phase Phase      `json:"phase"`
	// Began is when the change began, At when this was noted.
	Began time.Time `json:"began"`
	At    time.Time `json:"at"`
	Store string    `json:"store,omitempty"`
	// Keep is how long the version that is replaced is kept.
	Keep Span `json:"keep_previous"`
	// Retire is set when the version that is replaced is to be retired as soon as the new one is confirmed.
	Retire bool `json:"retire,omitempty"`
	// Version is the id of the version that is pending or, once it was activated, current.
	Version string `json:"version,omitempty"`
	// User and Application are for whom keys are being created.
	User        string `json:"user,omitempty"`
	Application string `json:"application,omitempty"`
	// Current is the version that was current when keys were about to be created, noVersion for none; empty when it is not known.
	Current string `json:"current,omitempty"`
	// To is the name that a profile is being given.
	To string `json:"to,omitempty"`
	// LostKeys are sign-ins of this change that may have left keys at Mimecast which nobody has.
	LostKeys []LostKeys `json:"orphans,omitempty"`

	// Listed is what the list knows of the profile; nil for nothing. It is no part of the note.
	Listed *Entry `json:"-"`
}

// Reminds tells whether nothing is under way, and the note is there only because of sign-ins that may have left keys at
// Mimecast which nobody has.
func (s UnfinishedChange) Reminds() bool {
	return s.Kind != Renaming && s.Phase == Begun && len(s.LostKeys) > 0
}

// noVersion means no version in UnfinishedChange.Current.
const noVersion = "none"

const journalSchema = 1

// largestNote is the most that is read of a note, in bytes. One has less than 1 KiB, and more with many lost sign-ins.
const largestNote = 1 << 20

type wireChange struct {
	Schema int `json:"schema"`
	UnfinishedChange
}

// journal keeps, for every profile that is being changed, how far the change has come: a small file each in the folder swaps,
// written before what it announces and after what it reports. It is written by whoever has locked the profile.
type journal struct {
	folder

	mu     sync.Mutex
	memory map[string]UnfinishedChange // without a directory
}

func newJournal(f folder) *journal { return &journal{folder: f, memory: map[string]UnfinishedChange{}} }

func (j *journal) path(name string) string { return filepath.Join(j.dir, "swaps", name+".json") }

// get gives what is noted of name; false when nothing is, or when it cannot be read.
func (j *journal) get(name string) (UnfinishedChange, bool) {
	s, ok, err := j.read(name)
	return s, ok && err == nil
}

// read is get for whoever is about to replace the note. A note that cannot be understood is none, since the store is the
// truth; one that cannot be read, or that a later version wrote, may tell of keys that nobody has.
func (j *journal) read(name string) (UnfinishedChange, bool, error) {
	if ValidName(name) != nil {
		return UnfinishedChange{}, false, nil
	}
	if j.dir == "" {
		j.mu.Lock()
		defer j.mu.Unlock()
		s, ok := j.memory[name]
		return s, ok, nil
	}
	text, err := j.load("read the unfinished change of "+name, j.path(name), largestNote)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return UnfinishedChange{}, false, nil
	case KindOf(err) != "":
		return UnfinishedChange{}, false, err
	case err != nil:
		return UnfinishedChange{}, false, &Error{Kind: Unavailable, Store: IndexStore, Op: "read the unfinished change of " + name, Err: err}
	}
	var wire wireChange
	if json.Unmarshal(text, &wire) != nil || wire.Schema < journalSchema || wire.Name != name {
		return UnfinishedChange{}, false, nil
	}
	if wire.Schema > journalSchema {
		return UnfinishedChange{}, false, &Error{
			Kind: Damaged, Store: IndexStore, Op: "read the unfinished change of " + name,
			Err: fmt.Errorf("%s was written by a later version of mimecred", j.path(name)),
		}
	}
	wire.clean()
	return wire.UnfinishedChange, true, nil
}

// clean makes every text of s safe to show.
func (s *UnfinishedChange) clean() {
	texts := []*string{&s.Store, &s.Version, &s.Current, &s.User, &s.Application, &s.To, (*string)(&s.Kind), (*string)(&s.Phase)}
	for i := range s.LostKeys {
		texts = append(texts, &s.LostKeys[i].User, &s.LostKeys[i].Application)
	}
	for _, text := range texts {
		*text = showable.Line(*text)
	}
}

// understood is an error when there is a note of name that says nothing: it may have told of keys that nobody has.
func (j *journal) understood(name string) error {
	if _, noted, err := j.read(name); noted || err != nil || j.dir == "" {
		return err
	}
	if _, err := os.Lstat(j.path(name)); err != nil {
		return nil //nolint:nilerr // there is no note
	}
	return &Error{
		Kind: Damaged, Store: IndexStore, Op: "read the unfinished change of " + name,
		Err: fmt.Errorf("%s is damaged, and may have told of keys at Mimecast; look at it, and remove it", j.path(name)),
	}
}

// unread lists the notes that could not be read, each with the reason.
func (j *journal) unread() []error {
	if j.dir == "" {
		return nil
	}
	files, err := os.ReadDir(filepath.Join(j.dir, "swaps"))
	if err != nil {
		return nil // all tells
	}
	var list []error
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".json"); ok && ValidName(name) == nil {
			if err := j.understood(name); err != nil {
				list = append(list, err)
			}
		}
	}
	return list
}

// put replaces what is noted of s.Name.
func (j *journal) put(s UnfinishedChange) error {
	if j.dir == "" {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.memory[s.Name] = s
		return nil
	}
	text, err := json.MarshalIndent(wireChange{journalSchema, s}, "", "  ")
	if err != nil {
		return fmt.Errorf("note the unfinished change of %s: %w", s.Name, err)
	}
	op := "note the unfinished change of " + s.Name
	if err := j.save(op, j.path(s.Name), append(text, '\n')); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}

// remove forgets name.
func (j *journal) remove(name string) error {
	if j.dir == "" {
		j.mu.Lock()
		defer j.mu.Unlock()
		delete(j.memory, name)
		return nil
	}
	if _, err := os.Lstat(j.path(name)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err := j.files.Remove(j.path(name)); err != nil {
		return fmt.Errorf("forget the unfinished change of %s: %w", name, err)
	}
	return nil
}

// all lists every note by name.
func (j *journal) all() ([]UnfinishedChange, error) {
	var list []UnfinishedChange
	if j.dir == "" {
		j.mu.Lock()
		for _, s := range j.memory {
			list = append(list, s)
		}
		j.mu.Unlock()
	} else {
		files, err := os.ReadDir(filepath.Join(j.dir, "swaps"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read the list of unfinished changes: %w", err)
		}
		for _, f := range files {
			name, ok := strings.CutSuffix(f.Name(), ".json")
			if !ok {
				continue
			}
			if s, ok := j.get(name); ok {
				list = append(list, s)
			}
		}
	}
	slices.SortFunc(list, func(a, b UnfinishedChange) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}
