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
	"time"
)

// UnfinishedMove is a profile on its way from one store to another. The list of profiles says which of the two counts; the other one
// has a copy, or none yet.
type UnfinishedMove struct {
	Name  string    `json:"name"`
	From  string    `json:"from"`
	To    string    `json:"to"`
	Since time.Time `json:"since"`
}

const moveSchema = 1

type wireMove struct {
	Schema int `json:"schema"`
	UnfinishedMove
}

func (x *Index) movePath(name string) string { return filepath.Join(x.dir, "moves", name+".json") }

// move is the unfinished move of a profile; false when there is none. An index without a directory outlives no move.
func (x *Index) move(name string) (UnfinishedMove, bool, error) {
	if x.dir == "" {
		return UnfinishedMove{}, false, nil
	}
	op := "read the unfinished move of " + name
	text, err := x.load(op, x.movePath(name), largestNote)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return UnfinishedMove{}, false, nil
	case err != nil:
		return UnfinishedMove{}, false, x.failed(op, err)
	}
	var wire wireMove
	if err := json.Unmarshal(text, &wire); err != nil || wire.Schema != moveSchema || wire.Name != name {
		return UnfinishedMove{}, false, &Error{
			Kind: Damaged, Store: IndexStore, Op: op,
			Err: advised{
				fmt.Errorf("%s is damaged, or a later mimecred wrote it; two stores may have %s", x.movePath(name), name),
				"Update mimecred if a later one wrote it. Otherwise remove that file: the profile is in the store that the list names.",
			},
		}
	}
	return wire.UnfinishedMove, true, nil
}

// noteMove notes a move before it begins.
func (x *Index) noteMove(m UnfinishedMove) error {
	if x.dir == "" {
		return nil
	}
	op := "note the move of " + m.Name
	text, err := json.Marshal(wireMove{moveSchema, m})
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return x.failed(op, x.save(op, x.movePath(m.Name), append(text, '\n')))
}

// endMove forgets a move.
func (x *Index) endMove(name string) error {
	if x.dir == "" {
		return nil
	}
	if _, err := os.Lstat(x.movePath(name)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return x.failed("end the move of "+name, x.files.Remove(x.movePath(name)))
}

// Moves lists the moves that are not finished, by name. No store is touched, and what cannot be read is left out: the move itself
// tells of it.
func (v *Vault) Moves() []UnfinishedMove {
	if v.index.dir == "" {
		return nil
	}
	files, _ := os.ReadDir(filepath.Join(v.index.dir, "moves"))
	var list []UnfinishedMove
	for _, f := range files {
		if name, is := strings.CutSuffix(f.Name(), ".json"); is && ValidName(name) == nil {
			if m, there, err := v.index.move(name); there && err == nil {
				list = append(list, m)
			}
		}
	}
	slices.SortFunc(list, func(a, b UnfinishedMove) int { return strings.Compare(a.Name, b.Name) })
	return list
}
