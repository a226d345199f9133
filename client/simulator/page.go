package simulator

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Pages of functions hold 10 items unless asked otherwise and at most 500; pages of the newer endpoints at most 100
// (agreed).
const (
	defaultPage = 10
	maxPage     = 500
	maxRESTPage = 100
)

// cursor is what a page token means. A token is opaque to clients; here it is base64 of "46:null" like the one
// sample in public, with the end of the range in place of "null" where there is one.
type cursor struct {
	offset int
	until  time.Time
}

// String gives the page token.
func (p cursor) String() string {
	until := "null"
	if !p.until.IsZero() {
		until = strconv.FormatInt(p.until.Unix(), 10)
	}
	return base64.URLEncoding.EncodeToString([]byte(strconv.Itoa(p.offset) + ":" + until))
}

// parseCursor reads a page token; the empty one is the first page.
func parseCursor(text string) (p cursor, ok bool) {
	if text == "" {
		return cursor{}, true
	}
	raw, ok := printable(text)
	offset, until, both := strings.Cut(raw, ":")
	if !ok || !both {
		return cursor{}, false
	}
	var err error
	if p.offset, err = strconv.Atoi(offset); err != nil || p.offset < 0 {
		return cursor{}, false
	}
	if until != "null" {
		at, err := strconv.ParseInt(until, 10, 64)
		if err != nil {
			return cursor{}, false
		}
		p.until = time.Unix(at, 0).UTC()
	}
	return p, true
}

// printable decodes base64 of either alphabet, padded or not, that encodes printable ASCII.
func printable(text string) (string, bool) {
	text = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(text, "="))
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) == 0 {
		return "", false
	}
	for _, b := range raw {
		if b < ' ' || b > '~' {
			return "", false
		}
	}
	return string(raw), true
}

// pageOf cuts a page out of total rows. Its "pageSize" is the number of items on it, not the one asked for (recorded);
// an empty page has nothing else (fixture of rapid7/insightconnect-plugins). until is kept by the token of the next page.
func pageOf(total int, row func(n int) string, in item, until time.Time) (list, pagination string) {
	from, to := cut(total, in.cursor.offset, in.pageSize, maxPage)
	items := make([]string, 0, to-from)
	for n := from; n < to; n++ {
		items = append(items, row(n))
	}
	pagination = `{"pageSize":` + strconv.Itoa(to-from)
	if total > 0 {
		pagination += `,"totalCount":` + strconv.Itoa(total)
	}
	if to < total {
		pagination += `,"next":"` + cursor{to, until}.String() + `"`
	}
	return `[` + strings.Join(items, ",") + `]`, pagination + `}`
}

// listed is pageOf for items that are there already.
func listed(items []string, in item) (list, pagination string) {
	return pageOf(len(items), func(n int) string { return items[n] }, in, time.Time{})
}

// restPage answers with a page of a newer endpoint.
func (c *call) restPage(key string, items []string) {
	query := c.r.URL.Query()
	size, _ := strconv.Atoi(query.Get("pageSize"))
	at, _ := parseCursor(query.Get("pageToken"))
	from, to := cut(len(items), at.offset, size, maxRESTPage)
	meta := `{}`
	if to < len(items) {
		meta = `{"nextPage":"` + url.QueryEscape(cursor{offset: to}.String()) + `"}`
	}
	c.json(200, `{`+encode(key)+`:[`+strings.Join(items[from:to], ",")+`],"meta":`+meta+`}`)
}

// cut gives the ends of a page.
func cut(total, offset, size, limit int) (from, to int) {
	if size <= 0 {
		size = defaultPage
	}
	from = min(offset, total)
	return from, min(from+min(size, limit), total)
}
