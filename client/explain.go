package client

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Explain says what an error message means that was found elsewhere, such as in the log of the product that uses the credential. It may
// be the name of a kind, a reply of Mimecast in JSON, or a line with a code, a message or a status in it. It is sorted as a reply to
// this client is; ok is false where nothing in it is known. It is explained for the API that it belongs to. Where that is open, what
// differs is said for each of the two.
func Explain(text string) (d Diagnosis, ok bool) {
	e := &Error{mimecast: true}
	if e.Kind = kindNamed(text); e.Kind == "" {
		e.Kind = e.kindOfText(text)
	}
	if e.Kind == "" {
		e.Kind, e.mimecast = kindOfSaying(text), true
	}
	if e.Kind == "" {
		return Diagnosis{}, false
	}
	if e.Kind == Network {
		e.Err = refusedConnection(text)
	}
	api := toldAPI(e, text)
	if e.ended = saysEnded(e); e.ended {
		e.Kind, api = WrongAPI, API10
	}
	if api != "" {
		return diagnose(e, circumstances{api: api}), true
	}
	d, other := diagnose(e, circumstances{api: API20}), diagnose(e, circumstances{api: API10})
	d.Meaning, d.Fix, d.Where = forEach(d.Meaning, other.Meaning), forEach(d.Fix, other.Fix), d.Where|other.Where
	return d, true
}

// forEach is what is said for API 2.0 and for API 1.0: once where it is the same.
func forEach(said20, said10 string) string {
	if said20 == said10 {
		return said20
	}
	return "With API 2.0: " + said20 + " With API 1.0: " + said10
}

// kindNamed is the kind that a text names; "" for none. A word that is also an ordinary one, such as server, has to stand alone.
func kindNamed(text string) Kind {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r != '_' && !unicode.IsLetter(r) })
	for _, word := range words {
		if slices.Contains(Kinds(), Kind(word)) && (len(words) == 1 || strings.Contains(word, "_")) {
			return Kind(word)
		}
	}
	return ""
}

// kindOfText sorts a text, and keeps the code and the status that it finds.
func (e *Error) kindOfText(text string) Kind {
	e.HTTPStatus = statusIn(text)
	if e.readJSON(text); e.Code+e.Message == "" {
		e.Message = text
	}
	if e.Code == "" {
		e.Code = codeIn(text)
	}
	said := kindOfWords(e.Code, e.Message)
	switch unsaid := kindOfNoReply(text); {
	case said == "" && e.HTTPStatus == 0:
		e.mimecast = false
		return unsaid
	case said == "" && unsaid == ProxyFailed:
		e.mimecast = false
		return ProxyFailed
	case said == "" && !e.enveloped && kindOfStatus(e.HTTPStatus) == Unknown && e.HTTPStatus != http.StatusTeapot && e.HTTPStatus != http.StatusTooManyRequests:
		e.mimecast = false
		return kindBetween(e.HTTPStatus)
	}
	e.codeInFail = e.Code != ""
	e.sortAsMimecast(e.HTTPStatus)
	if isOAuthError(e.Code) {
		e.Op = "POST " + tokenPath
	}
	if e.Kind == Validation && e.HTTPStatus == 0 {
		e.HTTPStatus = http.StatusBadRequest // Mimecast said it, so that the call was sent
	}
	return e.Kind
}

// What readJSON reads at most of one value, and how many beginnings it tries: a log may have many braces that begin nothing.
const (
	jsonRead  = 16 << 10
	jsonTries = 32
)

// readJSON reads the words of the first JSON value in a text that has any. It tells how many bytes were given to the decoder.
func (e *Error) readJSON(text string) (work int) {
	begins := regexp.MustCompile(`\{\s*"`)
	for range jsonTries {
		at := begins.FindStringIndex(text)
		if at == nil {
			break
		}
		text = text[at[0]:]
		part := text[:min(len(text), jsonRead)]
		work += len(part)
		var document any
		if json.NewDecoder(strings.NewReader(part)).Decode(&document) == nil && e.readSaid(document) {
			break
		}
		text = text[1:]
	}
	return work
}

// readSaid reads the words of a document, and tells whether it has any.
func (e *Error) readSaid(document any) bool {
	if object, is := document.(map[string]any); is && e.readFail(object["fail"]) {
		e.enveloped = true
		return true
	}
	e.readForeign(document)
	return e.Code+e.Message != ""
}

// codeIn is the first word of a text that is a code of Mimecast's; "" for none.
func codeIn(text string) string {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if kindOfWords(word, "") != "" {
			return word
		}
	}
	return ""
}

// statusIn is the HTTP status that a text tells, 0 for none: a number behind a word that announces it, or before its own words.
func statusIn(text string) int {
	announced := regexp.MustCompile(`(?i)\b(?:http(?:/\d(?:\.\d)?)?|status(?:[ _-]?code)?|code|\w*error|\w*exception|response|returned|got)\b["'\s:=(\[<]*(\d{3})\b|^\s*(\d{3})\b|\b(\d{3})\b`)
	for _, m := range announced.FindAllStringSubmatchIndex(text, -1) {
		at := slices.IndexFunc([]int{m[2], m[4], m[6]}, func(i int) bool { return i >= 0 })
		from := m[2+2*at]
		status, _ := strconv.Atoi(text[from : from+3])
		words, after := http.StatusText(status), strings.TrimLeft(text[from+3:], " :-\"'")
		if status < http.StatusBadRequest || words == "" {
			continue
		}
		if at < 2 || len(after) >= len(words) && strings.EqualFold(after[:len(words)], words) {
			return status
		}
	}
	return 0
}
