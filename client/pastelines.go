package client

import (
	"strings"

	"mimecred/client/secret"
)

// PasteLines tells how many of lines, from the first one on, are one paste that names its values: JSON, lines of a settings
// file or a shell, a table, or names with their values below them. It is 0 when the first line is an answer like any other. more
// tells that such a paste has begun and cannot be complete without the next line.
func PasteLines(lines []string) (n int, more bool) {
	if len(lines) > 0 && strings.HasPrefix(strings.TrimSpace(lines[0]), "{") {
		return braced(lines)
	}
	var b block
	for i, line := range lines {
		if !b.includes(line) {
			break
		}
		if strings.TrimSpace(line) != "" {
			n = i + 1
		}
	}
	// What stopped the block is no part of it, however little there was.
	return n, n > 0 && !b.stopped && (b.label || b.columns > 0 || !b.valued)
}

// braced counts the lines up to the brace that ends what the first line begins. No text of JSON has a line break.
func braced(lines []string) (n int, more bool) {
	depth := 0
	for i, line := range lines {
		quoted, escaped := false, false
		for _, c := range line {
			switch {
			case escaped:
				escaped = false
			case quoted && c == '\\':
				escaped = true
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == '{':
				depth++
			case c == '}':
				depth--
			}
		}
		if depth <= 0 {
			return i + 1, false
		}
	}
	return len(lines), true
}

// block is a paste of several lines as far as it was read.
type block struct {
	// label is set while the value of the name that is alone is missing, columns while the row of a table is.
	label   bool
	columns int
	// valued is set once a value with its name was seen, stopped once a line was no part of it.
	valued, stopped bool
}

var (
	// setting is a line that gives something a value, with a word of a shell before it or without.
	setting = pattern(`(?i)^(?:(?:export|set|setx|declare -x)\s+|\$env:)["']?[a-z_][a-z0-9_]*\s*[= ]\s*[^=\s]|^(?:[-*]\s+)?["']?[a-z_][a-z0-9_.-]*["']?\s*(?:=\s*[^=\s]|:\s+\S)|^[a-z][a-z0-9 ()/_-]{0,40}:\s+\S`)
	// heading begins a part of a settings file, or is a remark in it.
	heading = pattern(`^#|^\[[A-Za-z0-9_. -]+\]$|^[A-Za-z][A-Za-z0-9_.-]*:$|^---$`)
)

// includes tells whether a line is the next one of the block.
func (b *block) includes(line string) bool {
	line = strings.TrimSpace(line)
	cells := cellsOf(line)
	switch {
	case line == "":
	case labelAlone(line):
		b.label = true
	case b.label:
		b.label, b.valued = false, true
	case b.columns > 0 && cells == nil: // the rule below the names of the columns
	case b.columns > 0 && len(cells) == b.columns:
		b.columns, b.valued = 0, true
	case hasNamed(line):
		b.valued = true
	case names(cells) >= 2:
		b.columns = len(cells)
	case strings.HasPrefix(line, "|"), setting().MatchString(line), heading().MatchString(line):
	default:
		b.stopped = true
	}
	return !b.stopped
}

// labelAlone tells whether a line is the name of a value and nothing else.
func labelAlone(line string) bool {
	return fieldCalled(strings.Trim(line, dressing+":#")) != ""
}

// hasNamed tells whether a line has a value together with its name.
func hasNamed(line string) bool {
	for _, p := range pairs(unescaped(line)) {
		if p.value != "" {
			return true
		}
	}
	return false
}

var (
	// before is what may precede the name of a value.
	before = pattern("^(?i)[\\s\"'`*#>|-]*(?:(?:export|set|setx)\\s+|\\$env:)?[\"'`*]*")
	// brokenValue is a value, with line breaks in it or without.
	brokenValue = pattern(`^[A-Za-z0-9+/_.-]+(?:\s*[\r\n]\s*[A-Za-z0-9+/_.-]+)*\s*={0,2}$`)
)

// Labelled removes the name from a value that was pasted together with it, such as "Secret Key: …", and tells which field the name
// means. The value may have line breaks in it. ok is false for a value without a name, and where there is more than one.
func Labelled(text string) (field, value string, ok bool) {
	if len(text) > maxPaste {
		return "", "", false
	}
	if all, read := object(text); read {
		if len(all) != 1 {
			return "", "", false
		}
		return all[0].field, all[0].value, true
	}
	text = text[len(before().FindString(text)):]
	at := nameOf().FindStringIndex(text)
	if at == nil || at[0] != 0 || !isAlone(text, at[0], at[1]) || len(pairs(text)) != 1 {
		return "", "", false
	}
	field, rest := fieldCalled(text[:at[1]]), text[at[1]:]
	sign := gap().FindStringSubmatch(rest)
	value = strings.Trim(rest[len(sign[0]):], dressing+";,|>\r\n")
	cleaned, _ := secret.Clean(value)
	if strings.Trim(sign[0], "_") == "" || !brokenValue().MatchString(value) || sign[1] == "" && !random(cleaned) && !strings.Contains(sign[0], "\n") {
		return "", "", false
	}
	return field, value, true
}

// FieldTitle is what Mimecast's console calls the value of a field, such as "Client ID".
func FieldTitle(field string) string {
	words := strings.Split(field, "_")
	for i, word := range words {
		words[i] = strings.ToUpper(word[:min(1, len(word))]) + word[min(1, len(word)):]
		if word == "id" {
			words[i] = "ID"
		}
	}
	return strings.Join(words, " ")
}

// NamedValue is the value of one field in a paste that names it, whatever else the paste has, such as other settings and
// remarks. ok is false when nothing names it, and where a line of the text is no part of such a paste.
func NamedValue(field, text string) (value string, ok bool) {
	if called, value, ok := Labelled(text); ok {
		return value, called == field
	}
	text = strings.TrimSpace(text)
	lines := strings.Split(text, "\n")
	if n, more := PasteLines(lines); n != len(lines) || more || len(text) > maxPaste {
		return "", false
	}
	found, sure := named(text)
	return found[field], sure && found[field] != ""
}

// ForeignValueError means that what is given for one field holds something else, or more.
type ForeignValueError struct {
	// Field is what was asked for. Called is the field that the value's own name means; "" when there is more than one value.
	Field, Called string
}

// Error names the fields and never the values.
func (e *ForeignValueError) Error() string {
	if e.Called != "" {
		return "by its name this is the " + FieldTitle(e.Called) + ", not the " + FieldTitle(e.Field)
	}
	return "this holds more than the " + FieldTitle(e.Field)
}

// ValueAlone gives the one value that a text holds for a field, without the name that was pasted with it. It is still to be
// cleaned. The error is a *ForeignValueError where the text is a paste of more than that, or of another field.
func ValueAlone(field, text string) (string, error) {
	for _, api := range []API{API20, API10} {
		if _, both := SplitPaste(api, text); both {
			return "", &ForeignValueError{Field: field}
		}
	}
	if value, ok := NamedValue(field, text); ok {
		return value, nil
	}
	if called, _, ok := Labelled(text); ok {
		return "", &ForeignValueError{Field: field, Called: called}
	}
	if n, _ := PasteLines(strings.Split(text, "\n")); n > 0 {
		return "", &ForeignValueError{Field: field}
	}
	return text, nil
}
