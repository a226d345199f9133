package secret

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Removed counts what a cleaner removed, so that the person can be told. The zero Removed means nothing.
type Removed struct {
	LineBreaks int
	// Spaces are blanks, tabs and no-break spaces.
	Spaces int
	// Invisible are byte order marks, zero-width characters and control characters.
	Invisible int
	// Quotes are characters, so that one wrapping pair counts as two.
	Quotes int
}

// String says it in words, such as "1 line break and 2 spaces removed"; "" when nothing was removed.
func (r Removed) String() string {
	var parts []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	add(r.LineBreaks, "line break", "line breaks")
	add(r.Spaces, "space", "spaces")
	add(r.Invisible, "invisible character", "invisible characters")
	add(r.Quotes, "quote", "quotes")
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0] + " removed"
	default:
		last := len(parts) - 1
		return strings.Join(parts[:last], ", ") + " and " + parts[last] + " removed"
	}
}

// Any tells whether anything was removed.
func (r Removed) Any() bool { return r != Removed{} }

// Clean makes a pasted key or ID whole again: mail clients and terminals wrap lines, spreadsheets add quotes, web pages
// add characters that cannot be seen. No key or ID of Mimecast contains white space, so all of it goes, wherever it is.
// Bytes that are no UTF-8 are kept as they are. It is for keys and IDs only; passwords go through CleanLine.
func Clean(raw string) (string, Removed) {
	var removed Removed
	for {
		// Removing characters can bring others together, so it is done until nothing is left to remove.
		before := removed
		raw = unspaced(raw, &removed)
		for inner, ok := Unquote(raw); ok; inner, ok = Unquote(raw) {
			raw = inner
			removed.Quotes += 2
		}
		if removed == before {
			return raw, removed
		}
	}
}

// unspaced removes white space and invisible characters from s and counts them.
func unspaced(s string, removed *Removed) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i+size:], "\n"):
			// The line feed that follows counts for both.
			removed.LineBreaks++
			size++
		case isLineBreak(r):
			removed.LineBreaks++
		case unicode.IsSpace(r):
			removed.Spaces++
		case r == utf8.RuneError && size == 1:
			b.WriteByte(s[i])
		case IsInvisible(r):
			removed.Invisible++
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// CleanLine is for passwords and free text, where every inner character counts: it removes line breaks at the end and a
// byte order mark at the beginning, nothing else.
func CleanLine(raw string) (string, Removed) {
	var removed Removed
	const byteOrderMark = "\ufeff"
	for strings.HasPrefix(raw, byteOrderMark) {
		raw = raw[len(byteOrderMark):]
		removed.Invisible++
	}
	for {
		r, size := utf8.DecodeLastRuneInString(raw)
		if size == 0 || !isLineBreak(r) {
			return raw, removed
		}
		raw = raw[:len(raw)-size]
		if r == '\n' {
			raw = strings.TrimSuffix(raw, "\r")
		}
		removed.LineBreaks++
	}
}

// Trim removes white space and invisible characters at both ends of text that is no secret, such as a name or an address.
func Trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || IsInvisible(r) })
}

func isLineBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	default:
		return false
	}
}

// IsInvisible is true for format characters (byte order mark, zero-width space and joiners, soft hyphen, direction marks),
// control characters, and what is drawn as nothing or replaces something that could not be copied: variation selectors,
// the grapheme joiner, Hangul and Khmer fillers, the blank of Braille, the object and the replacement character.
func IsInvisible(r rune) bool {
	switch r {
	case '\u2800', '\ufffc', '\ufffd':
		return true
	default:
		return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
			unicode.Is(unicode.Variation_Selector, r)
	}
}

// Unquote removes one pair of quotes around s; a quote at one end only is left, it may be part of the value.
func Unquote(s string) (string, bool) {
	first, n := utf8.DecodeRuneInString(s)
	last, m := utf8.DecodeLastRuneInString(s)
	if n+m > len(s) || !strings.ContainsRune(closing(first), last) {
		return s, false
	}
	return s[n : len(s)-m], true
}

// closing are the quotes that end what open begins, whatever the language: German, Czech and Danish end with what begins a
// quotation in English or French. It is empty for what is no quote.
func closing(open rune) string {
	switch open {
	case '"', '\'', '`', '＂', '＇':
		return string(open)
	case '“', '”', '„', '‟':
		return "“”‟"
	case '‘', '’', '‚', '‛':
		return "‘’‛"
	case '«', '»':
		return "«»"
	case '‹', '›':
		return "‹›"
	case '「':
		return "」"
	case '『':
		return "』"
	case '〝':
		return "〞〟"
	default:
		return ""
	}
}
