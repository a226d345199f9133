package credstore

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// rescueDepth is how deeply an entry of the list may be nested to be rescued. Those of this version have 4 levels.
const rescueDepth = 8

// rescued is every profile that can still be made out in a damaged text: each is one JSON object that says a valid name
// and a store. Its time grows with the size of the text, whatever is in it.
func (l indexList) rescued() indexList {
	r := rescue{text: l.damaged}
	for r.next() {
		r.object()
	}
	list := indexList{Profiles: r.found}
	list.clean()
	list.sort()
	return list
}

// rescue looks for entries in a text. Objects are followed token by token, so that a mistake is met once, whatever number of
// objects it lies in: all of those are damaged, and the search goes on behind it.
type rescue struct {
	text  []byte
	at    int // where the search goes on
	found []Entry
	// read counts the bytes that were gone through, those that were read again included.
	read int
}

// level is one object or array around the place that is looked at.
type level struct {
	start  int
	object bool
	// key is set when the next text is a key.
	key bool
	// name and store tell that the object has those keys.
	name, store bool
	// depth is how many levels were inside it.
	depth int
	// found is how many entries there were when it began.
	found int
}

// next goes to the next object; false at the end.
func (r *rescue) next() bool {
	i := bytes.IndexByte(r.text[r.at:], '{')
	if i < 0 {
		return false
	}
	r.at += i
	return true
}

// object follows the object that begins here to its end, or to the first mistake.
func (r *rescue) object() {
	start, before := r.at, r.at
	d := json.NewDecoder(countingReader{bytes.NewReader(r.text[start:]), &r.read})
	d.UseNumber()
	var levels []level
	for {
		token, err := d.Token()
		here := start + int(d.InputOffset())
		if err != nil {
			// A quote that is missing turns texts inside out: what was read as a text may have the beginning of an entry.
			r.at = max(before, start+1)
			return
		}
		levels = r.step(levels, token, here)
		if len(levels) == 0 {
			r.at = here
			return
		}
		if _, isText := token.(string); !isText {
			before = here
		}
	}
}

// step follows one token, which ends at here.
func (r *rescue) step(levels []level, token json.Token, here int) []level {
	switch token {
	case json.Delim('{'), json.Delim('['):
		if top := len(levels) - 1; top >= 0 {
			levels[top].key = levels[top].object
		}
		isObject := token == json.Delim('{')
		return append(levels, level{start: here - 1, object: isObject, key: isObject, found: len(r.found)})
	case json.Delim('}'), json.Delim(']'):
		top := levels[len(levels)-1]
		levels = levels[:len(levels)-1]
		r.closed(top, here)
		if n := len(levels) - 1; n >= 0 {
			levels[n].depth = max(levels[n].depth, top.depth+1)
		}
		return levels
	}
	top := &levels[len(levels)-1]
	if text, isText := token.(string); isText && top.key {
		top.name = top.name || strings.EqualFold(text, "name")
		top.store = top.store || strings.EqualFold(text, "store")
		top.key = false
		return levels
	}
	top.key = top.object
	return levels
}

// closed keeps an object that is an entry. What looked like one inside it is none.
func (r *rescue) closed(l level, here int) {
	if !l.name || !l.store || l.depth > rescueDepth {
		return
	}
	var e Entry
	r.read += here - l.start
	if json.Unmarshal(r.text[l.start:here], &e) == nil && e.Store != "" && ValidName(e.Name) == nil {
		r.found = append(slices.Delete(r.found, l.found, len(r.found)), e)
	}
}

// countingReader counts what is read.
type countingReader struct {
	from *bytes.Reader
	n    *int
}

// Read implements io.Reader.
func (c countingReader) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	*c.n += n
	return n, err //nolint:wrapcheck // a reader passes errors on as they are
}
