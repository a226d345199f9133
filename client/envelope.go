package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// envelope decides whether a reply is a failure, and gives it as an *Error without Op; nil means success. It is pure.
//
// Mimecast wraps failures in several ways, and HTTP 200 does not mean success: a wrong application ID answers 200 with
// fail[]. The order of extraction is fail[].errors[], flat fail[], error{}, errors[], the OAuth error, RFC 7807. On a 2xx
// only fail[] and meta.status count. Nothing but codes, messages and field names is taken from the body.
func envelope(status int, header http.Header, body []byte) *Error {
	body = trimBody(body)
	document, isJSON := decodeJSON(body)
	e := &Error{HTTPStatus: status}
	success := status >= 200 && status < 300
	var failed bool
	if object, ok := document.(map[string]any); ok {
		failed = e.takeFail(object["fail"])
		e.enveloped, e.codeInFail = isEnvelope(object), e.Code != ""
		if !success && !failed {
			e.takeOther(object)
		}
		if inner := metaStatus(object); success && inner != 0 && (inner < 200 || inner > 299) {
			failed, status = true, inner
		}
	}
	html := !isJSON && looksHTML(header, body)
	switch {
	case status == http.StatusTeapot:
		e.Kind = ExpiredKeys
	case status == http.StatusTooManyRequests:
		e.Kind = RateLimited
		e.RetryAfter = retryAfter(header)
	case status == http.StatusProxyAuthRequired:
		e.Kind = ProxyFailed
	case status >= 300 && status < 400:
		e.Kind, e.Err = BadResponse, redirected(header)
	case html && status >= 500:
		// Load balancers, Mimecast's among them, answer so when what is behind them is down.
		e.Kind, e.Err = Server, errHTML
	case html:
		e.Kind, e.Err = BadResponse, errHTML
	case success && !failed:
		if err := wrongBody(header, body, isJSON); err != nil {
			e.Kind, e.Err = BadResponse, err
			return e
		}
		return nil
	case !success && status != http.StatusUnauthorized && status < 500 && len(body) > 0 && !isJSON && body[0] != '{':
		e.Kind, e.Err = BadResponse, errors.New("the reply is plain text, not Mimecast's JSON")
	default:
		e.Kind = kindOfWords(e.Code, e.Message)
		if e.Kind == "" {
			e.Kind = kindOfStatus(status)
		}
	}
	e.AccessKeyUnknown = status == http.StatusUnauthorized && isSignatureCode(e.Code) &&
		header.Get("X-RateLimit-Limit") == "5000"
	return e
}

var errHTML = errors.New("a web page came instead of Mimecast's JSON")

// trimBody takes off a byte order mark and white space around.
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

// isEnvelope tells whether a document has the form that every call of API 1.0 answers in. A gateway, a portal or another
// vendor's service does not.
func isEnvelope(document any) bool {
	object, ok := document.(map[string]any)
	if !ok {
		return false
	}
	for _, key := range []string{"meta", "data", "fail"} {
		if _, has := object[key]; has {
			return true
		}
	}
	return false
}

// takeFail reads fail[] in both its forms and tells whether it names a failure at all.
func (e *Error) takeFail(fail any) bool {
	switch fail := fail.(type) {
	case nil:
		return false
	case []any:
		for _, item := range fail {
			if e.takeFailItem(item) {
				return true
			}
		}
		return len(fail) > 0
	case map[string]any:
		return e.takeFailItem(fail) || len(fail) > 0
	default:
		e.Message = words(fail)
		return e.Message != ""
	}
}

func (e *Error) takeFailItem(item any) bool {
	object, ok := item.(map[string]any)
	if !ok {
		e.Message = words(item)
		return e.Message != ""
	}
	switch inner := object["errors"].(type) {
	case []any:
		for _, one := range inner {
			if e.takeWords(one) {
				return true
			}
		}
	case map[string]any:
		if e.takeWords(inner) {
			return true
		}
	}
	return e.takeWords(object)
}

// takeWords reads {code, message, field}; it tells whether there was a code or a message.
func (e *Error) takeWords(v any) bool {
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

// takeOther reads the envelopes that only replies other than 2xx use.
func (e *Error) takeOther(object map[string]any) {
	if e.takeWords(object["error"]) {
		return
	}
	if list, ok := object["errors"].([]any); ok {
		for _, one := range list {
			if e.takeWords(one) {
				return
			}
		}
	}
	if code, ok := object["error"].(string); ok && code != "" {
		e.Code, e.Message = plainText(code), words(object["error_description"])
		return
	}
	title, detail := words(object["title"]), words(object["detail"])
	switch {
	case title != "" && detail != "":
		e.Message = title + ": " + detail
	case title+detail != "":
		e.Message = title + detail
	default:
		e.takeWords(object)
	}
}

// words is a scalar of the document as printable text; numbers keep their digits.
func words(v any) string {
	switch v := v.(type) {
	case string:
		return plainText(v)
	case json.Number:
		return plainText(v.String())
	default:
		return ""
	}
}

// metaStatus is meta.status, a number or a number in quotes; 0 when there is none.
func metaStatus(object map[string]any) int {
	meta, ok := object["meta"].(map[string]any)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(words(meta["status"]))
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

// wrongBody says why the body of a 2xx is not what Mimecast sends. Some calls give a file; those carry a type of their
// own or are marked as an attachment.
func wrongBody(header http.Header, body []byte, isJSON bool) error {
	if isJSON || len(body) == 0 {
		return nil
	}
	disposition := strings.ToLower(header.Get("Content-Disposition"))
	if strings.HasPrefix(disposition, "attachment") {
		return nil
	}
	switch t := mediaType(header); t {
	case "application/json", "application/problem+json":
		return errors.New("the reply's JSON is cut off or damaged")
	case "", "text/plain":
		if body[0] == '{' || body[0] == '[' {
			return errors.New("the reply's JSON is cut off or damaged")
		}
		return errors.New("the reply is plain text, not Mimecast's JSON")
	default:
		return nil
	}
}

// redirected names the host that a redirect points at. The rest of the address may hold what nobody should see.
func redirected(header http.Header) error {
	target, err := url.Parse(header.Get("Location"))
	if err != nil || target.Host == "" {
		return errors.New("a redirect came, which is never followed")
	}
	return fmt.Errorf("a redirect to %s came, which is never followed", plainText(target.Host))
}
