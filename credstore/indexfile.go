package credstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"mimecred/client/showable"
)

// indexSchema is the schema of index.json. A file of a newer one is left alone.
const indexSchema = 1

// errUnreadable says that the file is there and is no list of profiles.
var errUnreadable = errors.New("the file is damaged")

// indexList is what index.json has, one profile a line, so that a person can read and compare it.
type indexList struct {
	Profiles []Entry
	// Notice tells what happened to a damaged list, until somebody has been told.
	Notice string

	// damaged is the text that could not be read.
	damaged []byte
}

type wireIndex struct {
	Schema   int     `json:"schema"`
	Notice   string  `json:"notice,omitempty"`
	Profiles []Entry `json:"profiles"`
}

// parseIndex reads the text of index.json; nil, for no file, is an empty list. A file without content is damaged: it is
// never written like that.
func parseIndex(text []byte) (indexList, error) {
	if text == nil {
		return indexList{}, nil
	}
	list, ok := quickList(text)
	if !ok {
		var err error
		if list, err = anyList(text); err != nil {
			return list, err
		}
	}
	list.sort()
	return list, nil
}

// anyList is the list in text, in the order of the file and safe to show, however the text is written.
func anyList(text []byte) (indexList, error) {
	var wire wireIndex
	err := json.Unmarshal(text, &wire)
	if err != nil {
		// A date that Go cannot read must not cost the list.
		wire = wireIndex{}
		err = json.Unmarshal(withinYears(text), &wire)
	}
	if err != nil || wire.Schema < 1 {
		return indexList{damaged: text}, errUnreadable
	}
	if wire.Schema > indexSchema {
		return indexList{}, &Error{
			Kind: Damaged, Store: IndexStore, Op: "read the list of profiles",
			Err: fmt.Errorf("its schema is %d and this mimecred knows up to %d: a newer mimecred wrote it", wire.Schema, indexSchema),
		}
	}
	list := indexList{Profiles: wire.Profiles, Notice: showable.Line(wire.Notice)}
	list.clean()
	return list, nil
}

// withinYears is text with each date beyond the year 9999, which RFC 3339 cannot say, as the last second of that year.
func withinYears(text []byte) []byte {
	beyond := regexp.MustCompile(`"\+?[0-9]{5,}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})"`)
	return beyond.ReplaceAll(text, []byte(`"9999-12-31T23:59:59Z"`))
}

// text is the content of index.json.
func (l indexList) text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"schema":%d`, indexSchema)
	if l.Notice != "" {
		b.WriteString(`,"notice":`)
		b.Write(compact(l.Notice))
	}
	b.WriteString(`,"profiles":[`)
	for i, e := range l.Profiles {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(compact(e))
	}
	b.WriteString("\n]}\n")
	return b.Bytes()
}

// compact is v as one line of JSON. Entries have nothing that JSON has not.
func compact(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return []byte("null")
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func (l indexList) find(name string) (Entry, bool) {
	i, found := slices.BinarySearchFunc(l.Profiles, name, byName)
	if !found {
		return Entry{}, false
	}
	return l.Profiles[i], true
}

// clean makes what was read safe to show: a file can be changed by anybody who may write it.
func (l *indexList) clean() {
	for i := range l.Profiles {
		l.Profiles[i].clean()
	}
}

// sort orders what was read.
func (l *indexList) sort() {
	less := func(a, b Entry) int { return strings.Compare(a.Name, b.Name) }
	if !slices.IsSortedFunc(l.Profiles, less) {
		slices.SortStableFunc(l.Profiles, less)
	}
	l.Profiles = slices.CompactFunc(l.Profiles, func(a, b Entry) bool { return a.Name == b.Name })
}

// setAside keeps the damaged file under another name and gives the list rebuilt from it, with a notice for the person.
func (x *Index) setAside(damagedList indexList) (indexList, error) {
	aside, err := keepAside(x.dir, damagedList.damaged)
	if err != nil {
		return indexList{}, err
	}
	list := damagedList.rescued()
	list.Notice = fmt.Sprintf("the file was damaged; it was kept as %s and %s could be read from it", aside, profiles(len(list.Profiles)))
	return list, nil
}

// Rebuilt tells whether the list was once rebuilt from a damaged file, which is still kept beside it: profiles that the stores have
// may be missing from the list.
func (x *Index) Rebuilt() bool {
	if x.dir == "" {
		return false
	}
	kept, err := filepath.Glob(filepath.Join(x.dir, fmt.Sprintf(asideName, "*")))
	return err == nil && len(kept) > 0
}

// asideName is the name of a damaged list that is kept, with its number.
const asideName = "index.damaged-%v.json"

// keepAside writes text to the first free name of its kind.
func keepAside(dir string, text []byte) (string, error) {
	for i := 1; ; i++ {
		path := filepath.Join(dir, fmt.Sprintf(asideName, i))
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("keep the damaged list: %w", err)
		}
		_, err = f.Write(text)
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
			return "", fmt.Errorf("keep the damaged list: %w", err)
		}
		return path, nil
	}
}

func profiles(n int) string {
	switch n {
	case 0:
		return "no profile"
	case 1:
		return "1 profile"
	default:
		return fmt.Sprintf("%d profiles", n)
	}
}
