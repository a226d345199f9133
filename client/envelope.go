package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// envelope decides whether a reply is a failure, and gives it as an *Error that has only its Op; nil means success. It is pure.
//
// HTTP 200 does not mean success: a wrong application ID answers 200 with fail[]. And no status means anything unless Mimecast
// gave it, see listen and documented: what comes from something else leaves the credentials unjudged, see kindBetween.
// Nothing but codes, messages and field names is read from the body.
func envelope(op string, status int, header http.Header, body []byte) *Error {
	body = trimBody(body)
	document, isJSON := decodeJSON(body)
	e := &Error{Op: op, HTTPStatus: status}
	success := status >= 200 && status < 300
	redirect := status >= 300 && status < 400 // no refusal of Mimecast's is one
	failed := isJSON && !redirect && e.listen(familyOf(op), document)
	e.mimecast = e.mimecast || e.enveloped
	if object, ok := document.(map[string]any); ok && e.enveloped && success {
		if inner := metaStatus(object); inner != 0 && (inner < 200 || inner > 299) {
			status = inner
		}
	}
	if success && !failed {
		if documented(op, header, body, document, isJSON) {
			return nil
		}
		e.mimecast, e.enveloped = false, false // the form of another call
	}
	e.AccessKeyUnknown = status == http.StatusUnauthorized && e.codeInFail && isSignatureCode(e.Code) &&
		header.Get("X-RateLimit-Limit") == "5000"
	if status == http.StatusTooManyRequests {
		e.RetryAfter = retryAfter(header)
	}
	if e.mimecast {
		e.sortAsMimecast(status)
		return e
	}
	e.Kind, e.Err = kindBetween(status), betweenError(status, header, body, isJSON)
	if text := foreignText(header, body, isJSON); text != "" && !success && e.Message == "" {
		e.Message = text
	}
	return e
}

// sortAsMimecast sorts a failure that Mimecast told with a status.
func (e *Error) sortAsMimecast(status int) {
	e.Kind = kindOfMimecast(status, e.Code, e.Message)
	if refusalOf(e) == refusedAddress {
		// That says nothing about the credential, its role or its products.
		e.Kind, e.byAddress = Unknown, true
	}
}

var errHTML = errors.New("a web page came instead of Mimecast's JSON")

// trimBody removes a byte order mark and white space around.
func trimBody(body []byte) []byte {
	body = bytes.TrimSpace(body)
	return bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
}

// decodeJSON reads one whole JSON value; numbers keep their text.
func decodeJSON(body []byte) (any, bool) {
	if len(body) == 0 {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, false
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, false
	}
	return v, true
}

// readFail reads fail[], nested or flat, and tells whether it names a failure in Mimecast's form.
func (e *Error) readFail(fail any) bool {
	switch fail := fail.(type) {
	case []any:
		return slices.ContainsFunc(fail, e.readFailItem)
	case map[string]any:
		return e.readFailItem(fail)
	default:
		return false
	}
}

func (e *Error) readFailItem(item any) bool {
	object, ok := item.(map[string]any)
	if !ok {
		return false
	}
	switch inner := object["errors"].(type) {
	case []any:
		for _, one := range inner {
			if e.readWords(one) {
				return true
			}
		}
	case map[string]any:
		if e.readWords(inner) {
			return true
		}
	}
	return e.readWords(object)
}

// readWords reads {code, message, field}; it tells whether there was a code or a message.
func (e *Error) readWords(v any) bool {
	object, ok := v.(map[string]any)
	if !ok {
		return false
	}
	code, message := words(object["code"]), words(object["message"])
	if code == "" && message == "" {
		return false
	}
	e.Code, e.Message, e.Field = code, message, words(object["field"])
	return true
}

// metaStatus is meta.status, which is a number in every recording; 0 when there is none.
func metaStatus(object map[string]any) int {
	meta, ok := object["meta"].(map[string]any)
	if !ok {
		return 0
	}
	number, ok := meta["status"].(json.Number)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(number.String())
	if err != nil || n < 100 || n > 599 {
		return 0
	}
	return n
}

func mediaType(header http.Header) string {
	t, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return t
}

func looksHTML(header http.Header, body []byte) bool {
	if len(body) == 0 {
		return false
	}
	switch mediaType(header) {
	case "text/html", "application/xhtml+xml":
		return true
	}
	return body[0] == '<'
}

// betweenError says what a reply is that Mimecast did not give; nil where its status and its words say all.
func betweenError(status int, header http.Header, body []byte, isJSON bool) error {
	damaged := !isJSON && len(body) > 0 && (body[0] == '{' || body[0] == '[' || strings.HasSuffix(mediaType(header), "json"))
	switch {
	case status >= 300 && status < 400:
		return redirected(header)
	case !isJSON && looksHTML(header, body):
		return errHTML
	case damaged:
		return errors.New("the reply's JSON is cut off or damaged")
	case status < 200 || status > 299:
		return errBetween
	case len(body) == 0:
		return errors.New("the reply is empty")
	case !isJSON:
		return errors.New("the reply is text or a file, not Mimecast's JSON")
	default:
		return errors.New("the reply does not have the form in which Mimecast answers")
	}
}

// errBetween is shown where the one who answered gave no words.
var errBetween = errors.New("the reply does not come from Mimecast")

// foreignText is the plain text, or the title of the web page, of a reply that is no JSON. What may have been JSON is left
// alone: it could hold keys that Mimecast gave.
func foreignText(header http.Header, body []byte, isJSON bool) string {
	if isJSON {
		var text string
		if json.Unmarshal(body, &text) != nil {
			return ""
		}
		return plainText(text)
	}
	if len(body) == 0 || body[0] == '{' || body[0] == '[' || !utf8.Valid(body) {
		return ""
	}
	if !looksHTML(header, body) {
		return plainText(string(body))
	}
	_, page, _ := strings.Cut(string(body), "<title>")
	title, _, closed := strings.Cut(page, "</title>")
	if !closed {
		return ""
	}
	return plainText(html.UnescapeString(title))
}

// redirected names the host that a redirect points at. The rest of the address may hold what nobody should see.
func redirected(header http.Header) error {
	target, err := url.Parse(header.Get("Location"))
	if err != nil || target.Host == "" {
		return errors.New("a redirect came, which is never followed")
	}
	return fmt.Errorf("a redirect to %s came, which is never followed", plainText(target.Host))
}
