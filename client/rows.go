package client

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
)

// maxUnpacked bounds how much of a compressed file is looked at for its rows, in bytes.
const maxUnpacked = 8 << 20

// countRows tells how many rows an answer that Mimecast gave to a probe holds; false when that cannot be told. at is where
// they are in JSON, such as "data[0].clickLogs"; "" means a file of events, which is JSON with them in "data", one row
// a line, or an envelope when there is nothing new (Mimecast's SIEM logs; github.com/elastic/integrations issue 5053 has one
// that ends in its middle).
func countRows(body []byte, at string) (int, bool) {
	if bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		return 0, false // several files in one
	}
	body, whole := unpacked(body)
	if !whole {
		return 0, false
	}
	body = trimBody(body)
	if document, ok := decodeJSON(body); ok {
		if at == "" {
			at = "data"
		}
		if object, ok := document.(map[string]any); ok && at == "data" && object["data"] == nil && object["meta"] == nil && object["fail"] == nil {
			return 1, true // a file of one line
		}
		return rowsAt(document, at)
	}
	switch {
	case len(body) == 0:
		return 0, at == ""
	case body[0] == '{':
		return rowsOfFile(body, at)
	case at == "":
		return lines(body), true
	default:
		return 0, false
	}
}

// unpacked is a gzip file's content, as far as it is looked at, or body itself; false when it cannot be unpacked.
func unpacked(body []byte) ([]byte, bool) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, true
	}
	file, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, false
	}
	text, err := io.ReadAll(io.LimitReader(file, maxUnpacked))
	return text, err == nil
}

// lines counts the lines that are not blank.
func lines(text []byte) int {
	n := 0
	for line := range bytes.Lines(text) {
		if len(bytes.TrimSpace(line)) > 0 {
			n++
		}
	}
	return n
}

// rowsAt follows a path of keys and indexes to a list. A list that is missing or null where nothing else is listed has no
// rows: Mimecast leaves empty lists out.
func rowsAt(document any, at string) (int, bool) {
	for part := range strings.SplitSeq(at, ".") {
		name, rest, indexed := strings.Cut(part, "[")
		object, ok := document.(map[string]any)
		if !ok {
			return 0, false
		}
		inner, has := object[name]
		if !has || inner == nil {
			return 0, !listsOther(object)
		}
		document = inner
		if !indexed {
			continue
		}
		list, ok := document.([]any)
		n, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
		if !ok || err != nil {
			return 0, false
		}
		if n >= len(list) {
			return 0, true
		}
		document = list[n]
	}
	list, ok := document.([]any)
	return len(list), ok
}

// listsOther tells whether an object holds another list with something in it, so that what is missing may only have
// another name. What an envelope says of failures is none.
func listsOther(object map[string]any) bool {
	for name, value := range object {
		if list, ok := value.([]any); ok && len(list) > 0 && name != "fail" {
			return true
		}
	}
	return false
}

// rowsOfFile counts what a file of events holds: one object a line, or a list in an object that may end in its middle.
func rowsOfFile(body []byte, at string) (int, bool) {
	if at == "" {
		at = "data"
	}
	dec := json.NewDecoder(bufio.NewReader(bytes.NewReader(body)))
	var whole json.RawMessage
	n := 0
	for {
		err := dec.Decode(&whole)
		switch {
		case err == nil:
			n++
			continue
		case n > 0:
			return n, true // an event that is cut off at the end is no row
		case errors.Is(err, io.ErrUnexpectedEOF):
			return rowsOfCut(body, at)
		default:
			return 0, false
		}
	}
}

// rowsOfCut counts the whole elements of a list at the top of an object that ends in its middle.
func rowsOfCut(body []byte, at string) (int, bool) {
	dec := json.NewDecoder(bytes.NewReader(body))
	if _, err := dec.Token(); err != nil {
		return 0, false
	}
	for {
		name, err := dec.Token()
		if err != nil {
			return 0, false
		}
		if name == at {
			break
		}
		var skipped json.RawMessage
		if dec.Decode(&skipped) != nil {
			return 0, false
		}
	}
	if open, err := dec.Token(); err != nil {
		return 0, true
	} else if open != json.Delim('[') {
		return 0, false
	}
	n := 0
	for dec.More() {
		var row json.RawMessage
		if dec.Decode(&row) != nil {
			break
		}
		n++
	}
	return n, true
}

// withRows is a row that passed with how many rows the answer held, for a probe that reads some.
func (p Probe) withRows(row Result, reply *Reply) Result {
	if p.Rows == "" && p.Empty == "" {
		return row
	}
	if n, known := countRows(reply.Body, p.Rows); known {
		return p.withCount(row, n)
	}
	return row
}

// withCount is a row that passed with that many rows.
func (p Probe) withCount(row Result, n int) Result {
	row.Rows, row.Detail = &n, rowWords(n)
	if n == 0 {
		row.Empty = p.Empty
	}
	return row
}

func rowWords(n int) string {
	if n == 1 {
		return "1 row"
	}
	return strconv.Itoa(n) + " rows"
}

// NoData is what a check that passed without rows may mean, for a line of its own; "" for every other check.
func (r Result) NoData() string {
	if r.Rows == nil || *r.Rows > 0 || r.Empty == "" {
		return ""
	}
	return rowWords(0) + ": " + r.Empty
}
