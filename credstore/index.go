package credstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mimecred/client"
	"mimecred/client/showable"
)

// Entry is what the index knows of a profile: everything that list and show print, and no secret.
type Entry struct {
	Name        string     `json:"name"`
	Integration string     `json:"integration,omitempty"`
	API         client.API `json:"api"`
	Region      string     `json:"region,omitempty"`
	BaseURL     string     `json:"base_url"`
	Store       string     `json:"store"`
	Identifier  string     `json:"identifier,omitempty"`
	// Version is the id of the current version; empty in lists of earlier versions, until the profile is read.
	Version string       `json:"version,omitempty"`
	Account *AccountName `json:"account,omitempty"`
	// CurrentSince is when the current version was activated; zero when there is none.
	CurrentSince time.Time `json:"active_since,omitzero"`
	// SecretSince is when the current credential was given or created, as far as it is known here; that is earlier than
	// CurrentSince when a version was rolled back to, or got another connection.
	SecretSince time.Time `json:"secret_since,omitzero"`
	// ExpiresAt is when the current credential stops by itself; zero when it does not, as far as Mimecast said.
	ExpiresAt time.Time `json:"expires_at,omitzero"`
	// RotateAfter is how long after SecretSince the next rotation is due: 0 for DefaultRotateAfter, or Never.
	RotateAfter Span `json:"rotate_after,omitempty"`
	// Pending tells that a version is stored that has not been activated.
	Pending  bool `json:"pending,omitempty"`
	Previous bool `json:"previous,omitempty"`
	// PreviousUntil is until when the previous version is kept; zero when that is not limited.
	PreviousUntil time.Time     `json:"previous_until,omitzero"`
	LastCheck     *CheckSummary `json:"last_check,omitempty"`
	// LastAccepted is the last check in which Mimecast accepted the current credential, when that is not LastCheck: what a new
	// credential has to pass as well.
	LastAccepted *CheckSummary `json:"last_accepted,omitempty"`
	// WorkedAt is when the current credential last passed its checks, where LastCheck is one that it did not pass; zero when that is
	// not known.
	WorkedAt time.Time `json:"worked_at,omitzero"`
	// PendingVersion and PreviousVersion are the ids of the versions beside the current one, PendingCheck and PreviousCheck their last
	// checks; nil for one that was not checked.
	PendingVersion  string        `json:"pending_version,omitempty"`
	PendingCheck    *CheckSummary `json:"pending_check,omitempty"`
	PreviousVersion string        `json:"previous_version,omitempty"`
	PreviousCheck   *CheckSummary `json:"previous_check,omitempty"`
	// PendingKeys tells that the pending version is the only copy of keys that were created at Mimecast.
	PendingKeys bool `json:"pending_keys,omitempty"`
	// Copies are in other stores than Store.
	Copies Copies `json:"copies,omitempty"`
}

// clean makes every text of e safe to show.
func (e *Entry) clean() {
	texts := []*string{&e.Name, &e.Integration, (*string)(&e.API), &e.Region, &e.BaseURL, &e.Store, &e.Identifier, &e.Version, &e.PendingVersion, &e.PreviousVersion, (*string)(&e.Copies)}
	accounts := []*AccountName{e.Account}
	for _, sum := range []*CheckSummary{e.LastCheck, e.LastAccepted, e.PendingCheck, e.PreviousCheck} {
		if sum == nil {
			continue
		}
		accounts = append(accounts, sum.Account)
		for i := range sum.Checks {
			c := &sum.Checks[i]
			texts = append(texts, &c.ID, (*string)(&c.State), (*string)(&c.Kind), &c.Code)
		}
	}
	for _, a := range accounts {
		if a != nil {
			texts = append(texts, &a.Name, &a.Code, &a.Region)
		}
	}
	for _, text := range texts {
		*text = showable.Line(*text)
	}
}

// Baseline is the check that a new credential is compared with: the last one in which Mimecast accepted the current credential,
// the last one where there is none, nil for none at all.
func (e Entry) Baseline() *CheckSummary {
	if e.LastAccepted != nil {
		return e.LastAccepted
	}
	return e.LastCheck
}

// Accepted is the last check in which Mimecast accepted the current credential; nil when it never did.
func (e Entry) Accepted() *CheckSummary {
	switch {
	case e.LastCheck.accepted():
		return e.LastCheck
	case e.LastAccepted.accepted():
		return e.LastAccepted
	default:
		return nil
	}
}

// AccountName tells which tenant a profile belongs to.
type AccountName struct {
	Name   string `json:"name,omitempty"`
	Code   string `json:"code,omitempty"`
	Region string `json:"region,omitempty"`
}

// CheckSummary is the outcome of one run of checks.
type CheckSummary struct {
	// Version is the id of the version that was checked. Activate and Rollback refuse another one, and RecordCheck notes
	// nothing about it; empty leaves that to the caller, who has locked the profile since Stage.
	Version  string       `json:"-"`
	At       time.Time    `json:"at"`
	OK       bool         `json:"ok"`
	Passed   int          `json:"passed"`
	Warnings int          `json:"warnings"`
	Failed   int          `json:"failed"`
	Skipped  int          `json:"skipped"`
	Account  *AccountName `json:"account,omitempty"`
	// Checks are the single checks, in their order; empty in lists of earlier versions.
	Checks []CheckState `json:"checks,omitempty"`
}

// accepted tells whether Mimecast accepted the credential. Lists of earlier versions have no single checks.
func (s *CheckSummary) accepted() bool {
	if s == nil {
		return false
	}
	for _, c := range s.Checks {
		if c.ID == client.CheckCredentials {
			return c.State == client.Passed
		}
	}
	return s.OK
}

// CheckState is how one check ended. Of what Mimecast said, it has the status and the code, and no sentence.
type CheckState struct {
	ID    string       `json:"id"`
	State client.State `json:"state"`
	Kind  client.Kind  `json:"kind,omitempty"`
	// Status is the HTTP status and Code Mimecast's code of a check that did not pass; 0 and empty when there was none.
	Status int    `json:"status,omitempty"`
	Code   string `json:"code,omitempty"`
}

// Index is the list of profiles: one file that people may read, without secrets. It makes list and show answer without
// a keyring, which cannot list its items on every system anyway. What a store has is the truth; a Vault corrects the
// index wherever the two differ.
//
// Any number of goroutines and processes may use the same directory at once: every change reads, changes and replaces the
// file whole, under a lock.
type Index struct {
	folder
	journal *journal

	mu         sync.Mutex
	memory     []byte          // the file of an index without a directory
	last       []byte          // what was read last, and
	says       indexList       // what it says
	lockedHere map[string]bool // the profile locks of an index without a directory
}

// NewIndex makes the index whose file is index.json in dir. Nothing is read, created or locked before it is needed; dir
// is then created for its owner alone (0700).
func NewIndex(dir string, opts ...FileOption) *Index {
	f := newFolder(dir, opts)
	return &Index{folder: f, journal: newJournal(f), lockedHere: map[string]bool{}}
}

// NewMemoryIndex makes an index that writes no file, for the demo.
func NewMemoryIndex() *Index { return NewIndex("") }

// largestList is the most that is read of the list, in bytes: a hundred times what a thousand profiles need.
const largestList = 128 << 20

// indexWait is how long a change waits for those of other processes. One lasts a few milliseconds.
const indexWait = 10 * time.Second

// All lists every profile by name. A list that was found damaged, and rebuilt from what could be read, is told about once:
// by an *Error of kind Damaged, which comes together with the entries that were rescued.
func (x *Index) All() ([]Entry, error) {
	list, err := x.read()
	if errors.Is(err, errUnreadable) {
		err = x.change(func(*indexList) bool { return false })
		if err == nil {
			list, err = x.read()
		}
	}
	if err != nil {
		return nil, err
	}
	entries := slices.Clone(list.Profiles)
	if list.Notice == "" {
		return entries, nil
	}
	notice := list.Notice
	if err := x.change(func(l *indexList) bool { l.Notice = ""; return true }); err != nil {
		return entries, err
	}
	return entries, &Error{Kind: Damaged, Store: IndexStore, Op: "read the list of profiles", Err: errors.New(notice)}
}

// Peek lists every profile by name as All does, and leaves what there is to tell of the list to somebody who reads it.
func (x *Index) Peek() ([]Entry, error) {
	list, err := x.read()
	if errors.Is(err, errUnreadable) {
		list, err = list.rescued(), nil
	}
	return slices.Clone(list.Profiles), err
}

// Get gives one profile; false when there is none of that name.
func (x *Index) Get(name string) (Entry, bool, error) {
	list, err := x.read()
	if errors.Is(err, errUnreadable) {
		list, err = list.rescued(), nil
	}
	if err != nil {
		return Entry{}, false, err
	}
	e, found := list.find(name)
	return e, found, nil
}

// Update changes the entry of name, or adds one. The function gets the entry as it is now; it may be called while other
// processes wait, so it must be quick. It cannot change the name.
func (x *Index) Update(name string, change func(*Entry)) error {
	if err := ValidName(name); err != nil {
		return &Error{Kind: Broken, Store: IndexStore, Op: "update the list of profiles", Err: err}
	}
	return x.change(func(l *indexList) bool {
		i, found := slices.BinarySearchFunc(l.Profiles, name, byName)
		if !found {
			l.Profiles = slices.Insert(l.Profiles, i, Entry{Name: name})
		}
		change(&l.Profiles[i])
		l.Profiles[i].Name = name
		return true
	})
}

// Remove forgets name; a name that is not there is no error.
func (x *Index) Remove(name string) error {
	return x.change(func(l *indexList) bool {
		i, found := slices.BinarySearchFunc(l.Profiles, name, byName)
		if found {
			l.Profiles = slices.Delete(l.Profiles, i, i+1)
		}
		return found
	})
}

func byName(e Entry, name string) int { return strings.Compare(e.Name, name) }

// Shared is the folder of the list when its group may write to it, which is worth a warning; "" otherwise.
func (x *Index) Shared() string {
	if x.dir != "" && sharedFolder(x.dir) {
		return x.dir
	}
	return ""
}

// file is the index's own file, "" when there is none.
func (x *Index) file() string {
	if x.dir == "" {
		return ""
	}
	return filepath.Join(x.dir, "index.json")
}

// read needs no lock: the file is only ever replaced whole. With errUnreadable the list has the text that was found.
func (x *Index) read() (indexList, error) {
	text, err := x.text()
	if err != nil {
		return indexList{}, x.failed("read the list of profiles", err)
	}
	list, err := x.parsed(text)
	if err != nil && !errors.Is(err, errUnreadable) {
		return indexList{}, x.failed("read the list of profiles", err)
	}
	return list, err
}

// parsed is parseIndex, which is not done again for a text that has not changed. What it gives is shared: nobody changes it.
func (x *Index) parsed(text []byte) (indexList, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.last != nil && text != nil && bytes.Equal(text, x.last) {
		return x.says, nil
	}
	list, err := parseIndex(text)
	if err == nil {
		x.last, x.says = text, list
	}
	return list, err
}

func (x *Index) text() ([]byte, error) {
	if x.dir == "" {
		x.mu.Lock()
		defer x.mu.Unlock()
		return x.memory, nil
	}
	const op = "use the list of profiles"
	if err := ours(op, x.file()); err != nil {
		return nil, err
	}
	mendFolder(x.dir, x.file())
	text, err := x.load(op, x.file(), largestList)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

// change lets edit change the list under the lock and writes it when edit says so. A damaged list is set aside and rebuilt
// first.
func (x *Index) change(edit func(*indexList) bool) error {
	const op = "update the list of profiles"
	if x.dir == "" {
		x.mu.Lock()
		defer x.mu.Unlock()
		list, err := parseIndex(x.memory)
		if err != nil {
			return x.failed(op, err)
		}
		if edit(&list) {
			x.memory = list.text()
		}
		return nil
	}
	if err := safeFolder(x.dir); err != nil {
		return &Error{Kind: Denied, Store: IndexStore, Op: op, Err: err}
	}
	ctx, cancel := context.WithTimeout(context.Background(), indexWait)
	defer cancel()
	release, err := lockFile(ctx, filepath.Join(x.dir, "index.lock"))
	if err != nil {
		return x.failed(op, err)
	}
	defer release()
	text, err := x.text()
	if err != nil {
		return x.failed(op, err)
	}
	list, err := parseIndex(text)
	rebuilt := errors.Is(err, errUnreadable)
	switch {
	case rebuilt:
		if list, err = x.setAside(list); err != nil {
			return x.failed(op, err)
		}
	case err != nil:
		return x.failed(op, err)
	}
	if edit(&list) || rebuilt {
		return x.failed(op, x.save(op, x.file(), list.text()))
	}
	return nil
}

// failed says that err happened to the index. Errors of the kind Conflict and the like keep theirs.
func (x *Index) failed(op string, err error) error {
	if err == nil {
		return nil
	}
	kind := KindOf(err)
	switch {
	case kind != "":
	case errors.Is(err, os.ErrPermission):
		kind = Denied
	default:
		kind = contextKind(err)
	}
	return &Error{Kind: kind, Store: IndexStore, Op: op, Err: err}
}
