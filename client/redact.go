package client

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mimecred/client/secret"
)

// redactor replaces known secrets in text: as they are, in base64, in hex, and URL-encoded.
type redactor struct{ replacer *strings.Replacer }

// shortest is the length below which a secret is not looked for: replacing one letter everywhere hides nothing and
// spoils the text.
const shortest = 4

func newRedactor(known []secret.Value) redactor {
	var forms []string
	for _, value := range known {
		text := value.Reveal()
		if len(plainText(text)) < shortest {
			continue
		}
		raw := []byte(text)
		forms = append(
			forms, text,
			base64.StdEncoding.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw),
			base64.URLEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw),
			hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)),
			url.QueryEscape(text), url.PathEscape(text),
			// The way net/http repeats what it finds wrong.
			strings.Trim(strconv.Quote(text), `"`),
			// What is left of it in a message, see plainText.
			plainText(text),
		)
	}
	if len(forms) == 0 {
		return redactor{}
	}
	// The replacer uses the first of its pairs that matches: the longest form must come first, or half a secret stays.
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	pairs := make([]string, 0, 2*len(forms))
	for _, form := range forms {
		pairs = append(pairs, form, secret.Redacted)
	}
	return redactor{strings.NewReplacer(pairs...)}
}

func (r redactor) text(s string) string {
	if r.replacer == nil {
		return s
	}
	return r.replacer.Replace(s)
}

// hide removes known secrets from everything in e that came from outside, and shortens it.
func (e *Error) hide(r redactor) {
	if e == nil {
		return
	}
	for _, text := range []*string{&e.Op, &e.Code, &e.Message, &e.Field, &e.RequestID, &e.Issuer} {
		*text = shorten(r.text(*text))
	}
	if e.Err == nil {
		return
	}
	if said := e.Err.Error(); shorten(r.text(said)) != said {
		e.Err = errors.New(shorten(r.text(said)))
	}
}

// redactor hides the secrets of a call and those of the endpoint.
func (c *Client) redactor(known []secret.Value) redactor {
	return newRedactor(append(slices.Clip(known), c.always...))
}

// trace logs one exchange with what it was judged to be. It never sees a body, and of headers only their names. What Mimecast
// said is kept, but not the identifiers it repeats: where two values changed places, one of them is a secret.
func (c *Client) trace(req *http.Request, reply *Reply, failure *Error, t *timing, known []secret.Value) {
	ctx := req.Context()
	if !c.log.Enabled(ctx, slog.LevelDebug) {
		return
	}
	hidden := c.redactor(append(slices.Clip(known), secret.New(req.Header.Get(appIDHeader))))
	_, took := t.times()
	attrs := []slog.Attr{
		slog.String("method", req.Method),
		slog.String("url", hidden.text(withoutValues(req.URL))),
		slog.Any("request_headers", headerNames(req.Header)),
		slog.Duration("duration", took),
	}
	if reply != nil {
		attrs = append(
			attrs,
			slog.Int("status", reply.HTTPStatus),
			slog.String("request_id", hidden.text(reply.RequestID)),
			slog.Any("reply_headers", headerNames(reply.Header)),
		)
	}
	if failure != nil {
		attrs = append(
			attrs,
			slog.String("kind", string(failure.Kind)),
			slog.String("code", hidden.text(failure.Code)),
			slog.String("message", hidden.text(failure.Message)),
			slog.String("error", hidden.text(failure.Error())),
		)
	}
	c.log.LogAttrs(context.WithoutCancel(ctx), slog.LevelDebug, "call", attrs...)
}

// withoutValues is the URL with the names of its query's parameters only.
func withoutValues(u *url.URL) string {
	s := u.Scheme + "://" + u.Host + u.EscapedPath()
	query := u.Query()
	if len(query) == 0 {
		return s
	}
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, url.QueryEscape(name)+"=…")
	}
	slices.Sort(names)
	return s + "?" + strings.Join(names, "&")
}

func headerNames(h http.Header) []string {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }
