package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// parseJSON reads one JSON text, in UTF-8 or UTF-16, and makes sure that nothing follows it.
func parseJSON(data []byte) (json.RawMessage, error) {
	data, err := asUTF8(data)
	if err != nil {
		return nil, err
	}
	text := bytes.TrimSpace(data)
	if len(text) == 0 {
		return nil, errors.New("is empty")
	}
	if !json.Valid(data) {
		return nil, fmt.Errorf("is no valid JSON%s", where(data))
	}
	if err := refuseQuotes(data); err != nil {
		return nil, err
	}
	return text, nil
}

// asUTF8 is text without a byte order mark. Windows PowerShell 5.1 writes UTF-16, and editors on Windows put the
// mark first.
func asUTF8(data []byte) ([]byte, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order, data = binary.LittleEndian, data[2:]
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order, data = binary.BigEndian, data[2:]
	case len(data) > 1 && data[1] == 0 && startsJSON(data[0]):
		order = binary.LittleEndian
	case len(data) > 1 && data[0] == 0 && startsJSON(data[1]):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(data, []byte("\ufeff")), nil
	}
	if len(data)%2 != 0 {
		return nil, errors.New("is UTF-16 and ends within a character; save it as UTF-8")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units))), nil
}

func startsJSON(b byte) bool { return strings.IndexByte("{[ \t\r\n", b) >= 0 }

// where tells the place of a syntax error and what is there, without quoting more than one sign.
func where(data []byte) string {
	var value any
	var syntax *json.SyntaxError
	if !errors.As(json.Unmarshal(data, &value), &syntax) {
		return ""
	}
	at := max(min(int(syntax.Offset)-1, len(data)), 0)
	if strings.Contains(syntax.Error(), "unexpected end") {
		at = len(data)
	}
	line, column := lineColumn(data, at)
	place := fmt.Sprintf(" (line %d), column %d", line, column)
	if what := mistake(data, at, syntax); what != "" {
		place += ": " + what
	}
	return place
}

// lineColumn is a place in words that editors use: both count from 1, columns in characters.
func lineColumn(data []byte, at int) (line, column int) {
	line = 1 + bytes.Count(data[:at], []byte("\n"))
	return line, 1 + utf8.RuneCount(data[bytes.LastIndexByte(data[:at], '\n')+1:at])
}

// mistake names what is wrong at a place, "" when it is none of the usual.
func mistake(data []byte, at int, syntax *json.SyntaxError) string {
	if at == len(data) {
		return "it ends too early"
	}
	before := bytes.TrimSpace(data[:at])
	r, _ := utf8.DecodeRune(data[at:])
	switch {
	case r == 0:
		return "a NUL byte is there"
	case r == '/' || r == '#':
		return "a comment is there, and JSON has none"
	case strings.Contains(syntax.Error(), "after top-level value"):
		return "something follows the first value; several are given as an array: [{...}, {...}]"
	case r == '\'' || r == '`':
		return "the quotes must be \""
	case strings.ContainsRune("“”„‟«»‹›‘’‚‛″＂", r):
		return fmt.Sprintf("the typographic quote %c must be \"", r)
	case (r == '}' || r == ']') && bytes.HasSuffix(before, []byte(",")):
		return "a comma is before the closing bracket"
	case strings.Contains(syntax.Error(), "in string literal") && r < ' ':
		return "a line break or a control character is within the quotes"
	case strings.Contains(syntax.Error(), "in string escape"):
		return `a backslash within quotes must be written \\`
	}
	return ""
}
