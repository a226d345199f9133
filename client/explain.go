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
// this client is; ok is false where nothing in it is known. What is not of one API only is explained for API 2.0.
func Explain(text string) (d Diagnosis, ok bool) {
	e := &Error{mimecast: true}
	if e.Kind = kindNamed(text); e.Kind == "" {
		e.Kind = e.kindOfText(text)
	}
	if e.Kind == "" {
		return Diagnosis{}, false
	}
	api := onlyOf(e)
	if api == "" {
		api = API20
	}
	return diagnose(e, circumstances{api: api}), true
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
	return kindOfMimecast(e.HTTPStatus, e.Code, e.Message)
}

// readJSON reads the words of the first JSON value in a text that has any.
func (e *Error) readJSON(text string) {
	for rest := text; ; {
		i := strings.IndexByte(rest, '{')
		if i < 0 {
			return
		}
		rest = rest[i:]
		var document any
		if dec := json.NewDecoder(strings.NewReader(rest)); dec.Decode(&document) == nil {
			if object, is := document.(map[string]any); is && e.readFail(object["fail"]) {
				e.enveloped = true
				return
			}
			if e.readForeign(document); e.Code+e.Message != "" {
				return
			}
		}
		rest = rest[1:]
	}
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
	announced := regexp.MustCompile(`(?i)\b(?:http(?:/\d(?:\.\d)?)?|status(?:[ _-]?code)?|code|error|response|returned|got)\b["'\s:=(\[<]*(\d{3})\b|^\s*(\d{3})\b|\b(\d{3})\b`)
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

// kindOfNoReply sorts the words in which programs say that no reply came, or none that they could read: those of Go, Python (requests,
// urllib3), Node.js, Java, curl and .NET. "" where there are none of them.
func kindOfNoReply(text string) Kind {
	text = strings.ToLower(text)
	for _, known := range []struct {
		kind  Kind
		words []string
	}{
		{ProxyFailed, []string{"proxyconnect", "proxyerror", "proxy authentication", "connect tunnel failed", "tunnel connection failed", "to proxy", "socks connect"}},
		{TLS, []string{"x509:", "tls: ", "ssl", "certificate", "pkix", "handshake"}},
		{DNS, []string{
			"no such host", "name or service not known", "getaddrinfo", "enotfound", "eai_again", "name resolution", "nodename nor servname", "unknownhost",
			"could not resolve host", "no such host is known", "nameresolutionerror",
		}},
		{Canceled, []string{"context canceled", "operation was canceled"}},
		{RateLimited, []string{"too many requests", "rate limit"}},
		{Timeout, []string{"timed out", "timeout", "deadline exceeded", "etimedout"}},
		{Network, []string{
			"connection refused", "connection reset", "econnrefused", "econnreset", "network is unreachable", "no route to host", "broken pipe", "unexpected eof",
			"remote end closed", "connection aborted", "socket hang up", "failed to connect", "actively refused",
		}},
		{BadResponse, []string{"unexpected token", "invalid character '<'", "expecting value: line 1", "unexpected end of json"}},
	} {
		if slices.ContainsFunc(known.words, func(word string) bool { return strings.Contains(text, word) }) {
			return known.kind
		}
	}
	return ""
}
