package simulator

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
)

// Pages of functions hold 10 items unless asked otherwise and at most 500; pages of the newer endpoints at most 100
// (agreed).
const (
	defaultPage = 10
	maxPage     = 500
	maxRESTPage = 100
)

// pageOf cuts a page out of a list. Its "pageSize" is the number of items on it, not the one asked for (recorded).
func pageOf(items []string, in item) (list, pagination string) {
	cut, next := slice(items, in.pageSize, maxPage, in.pageToken)
	pagination = `{"pageSize":` + strconv.Itoa(len(cut)) + `,"totalCount":` + strconv.Itoa(len(items))
	if next != "" {
		pagination += `,"next":"` + next + `"`
	}
	return `[` + strings.Join(cut, ",") + `]`, pagination + `}`
}

// restPage answers with a page of a newer endpoint.
func (c *call) restPage(key string, items []string) {
	query := c.r.URL.Query()
	size, _ := strconv.Atoi(query.Get("pageSize"))
	cut, next := slice(items, size, maxRESTPage, query.Get("pageToken"))
	meta := `{}`
	if next != "" {
		meta = `{"nextPage":"` + url.QueryEscape(next) + `"}`
	}
	c.json(200, `{`+encode(key)+`:[`+strings.Join(cut, ",")+`],"meta":`+meta+`}`)
}

// slice gives the items from a page token on, and the token of the page after them. A token is opaque to clients; here
// it is the base64url of an offset.
func slice(items []string, size, limit int, token string) (cut []string, next string) {
	if size <= 0 {
		size = defaultPage
	}
	size = min(size, limit)
	from := 0
	if raw, err := base64.RawURLEncoding.DecodeString(token); err == nil {
		from, _ = strconv.Atoi(string(raw))
	}
	from = min(max(from, 0), len(items))
	to := min(from+size, len(items))
	if to < len(items) {
		next = base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(to)))
	}
	return items[from:to], next
}
