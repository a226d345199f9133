package credstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mimecred/client/showable"
)

// draftsSchema is the schema of unfinished.json. A file of a newer one is left alone.
const draftsSchema = 1

// largestDrafts is the most that is read of the notes, in bytes. One has about 1 KiB.
const largestDrafts = 16 << 20

// Drafts are notes about set-ups that were left before they were finished, one a profile, in the file unfinished.json
// beside the index. What a note says is the business of whoever writes it; it must have no secret in it. The file is written
// whole, for its owner alone, under a lock.
type Drafts struct{ folder }

// Draft is one note.
type Draft struct {
	Name string
	// Text is JSON.
	Text json.RawMessage
}

// NewDrafts makes the notes in dir. Nothing is read or created before it is needed.
func NewDrafts(dir string, opts ...FileOption) *Drafts { return &Drafts{newFolder(dir, opts)} }

type wireDrafts struct {
	Schema   int                        `json:"schema"`
	Profiles map[string]json.RawMessage `json:"profiles"`
}

func (d *Drafts) path() string { return filepath.Join(d.dir, "unfinished.json") }

// All lists the notes by name. A file that cannot be understood counts as none: what was in it can be typed again.
func (d *Drafts) All() ([]Draft, error) {
	wire, err := d.read()
	if err != nil {
		return nil, err
	}
	var list []Draft
	for name, text := range wire.Profiles {
		if ValidName(name) == nil {
			list = append(list, Draft{name, showableText(text)})
		}
	}
	slices.SortFunc(list, func(a, b Draft) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// showableText is JSON whose texts are safe to show: the file can be changed by anybody who may write it.
func showableText(text json.RawMessage) json.RawMessage {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value any
	if dec.Decode(&value) != nil {
		return text
	}
	clean, err := json.Marshal(showableValue(value))
	if err != nil {
		return text
	}
	return clean
}

func showableValue(value any) any {
	switch v := value.(type) {
	case string:
		return showable.Line(v)
	case []any:
		for i := range v {
			v[i] = showableValue(v[i])
		}
	case map[string]any:
		for key, below := range v {
			v[key] = showableValue(below)
		}
	}
	return value
}

// Keep replaces the note of name by v as JSON.
func (d *Drafts) Keep(name string, v any) error {
	if err := ValidName(name); err != nil {
		return fmt.Errorf("keep the unfinished set-up: %w", err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep the unfinished set-up of %s: %w", name, err)
	}
	return d.change("keep the unfinished set-up of "+name, func(w *wireDrafts) bool {
		if bytes.Equal(w.Profiles[name], text) {
			return false
		}
		w.Profiles[name] = text
		return true
	})
}

// Forget removes the note of name; one that is not there is no error.
func (d *Drafts) Forget(name string) error {
	if wire, err := d.read(); err == nil && wire.Profiles[name] == nil {
		return nil // without making a lock, or a directory
	}
	return d.change("forget the unfinished set-up of "+name, func(w *wireDrafts) bool {
		_, there := w.Profiles[name]
		delete(w.Profiles, name)
		return there
	})
}

// endDraft removes the note of a set-up whose version is current, or discarded. One that cannot be removed is offered once more.
func (v *Vault) endDraft(name string) {
	if v.index.dir != "" {
		_ = (&Drafts{v.index.folder}).Forget(name)
	}
}

func (d *Drafts) read() (wireDrafts, error) {
	none := wireDrafts{Schema: draftsSchema, Profiles: map[string]json.RawMessage{}}
	text, err := d.load("read the unfinished set-ups", d.path(), largestDrafts)
	if errors.Is(err, os.ErrNotExist) {
		return none, nil
	}
	if err != nil {
		return none, fmt.Errorf("read the unfinished set-ups: %w", err)
	}
	var wire wireDrafts
	if err := json.Unmarshal(text, &wire); err != nil || wire.Schema < 1 {
		return none, nil
	}
	if wire.Schema > draftsSchema {
		return none, fmt.Errorf("read the unfinished set-ups: the schema of %s is %d, and this mimecred knows up to %d", d.path(), wire.Schema, draftsSchema)
	}
	if wire.Profiles == nil {
		wire.Profiles = none.Profiles
	}
	return wire, nil
}

// change reads, changes and replaces the file under its lock; do tells whether there is something to write.
func (d *Drafts) change(op string, do func(*wireDrafts) bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), indexWait)
	defer cancel()
	release, err := lockFile(ctx, filepath.Join(d.dir, "locks", "unfinished.lock"))
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	defer release()
	wire, err := d.read()
	if err != nil || !do(&wire) {
		return err
	}
	text, err := json.MarshalIndent(wire, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	if err := d.save(op, d.path(), append(text, '\n')); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}
