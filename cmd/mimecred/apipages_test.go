package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// lines are the JSON documents that were printed, one a line.
func (s stored) lines(t testing.TB) []map[string]any {
	t.Helper()
	var pages []map[string]any
	for line := range strings.Lines(s.out.String()) {
		page := map[string]any{}
		if !strings.HasSuffix(line, "\n") || json.Unmarshal([]byte(line), &page) != nil {
			t.Fatalf("a line is no JSON document: %q", line)
		}
		pages = append(pages, page)
	}
	return pages
}

// TestAllPagesOfTheSimulator: both ways of paging, both generations; every item once and in order.
func TestAllPagesOfTheSimulator(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	const body = `{"meta":{"pagination":{"pageSize":2}},"data":[{"domain":"example.com"}]}`
	for name, c := range map[string]struct{ profile, method, path, data string }{
		"2.0 in the body":  {"oauth-ok", "POST", "/api/user/get-internal-users", body},
		"1.0 in the body":  {"legacy-ok", "POST", "/api/user/get-internal-users", body},
		"2.0 in the query": {"oauth-ok", "GET", "/user/cloud-gateway/v1/users?pageSize=2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := withReady(t, running, c.profile)
			err := s.ask(t, apiOptions{name: c.profile, method: c.method, path: c.path, data: c.data, given: c.data != "", allPages: true})
			if err != nil {
				t.Fatal(err)
			}
			pages := s.lines(t)
			var addresses []string
			for _, page := range pages {
				addresses = append(addresses, textsAt(page, "emailAddress")...)
			}
			sorted := slices.Compact(slices.Sorted(slices.Values(addresses)))
			if len(pages) < 3 || len(addresses) < 6 || len(sorted) != len(addresses) {
				t.Errorf("%d pages with %d addresses, %d different", len(pages), len(addresses), len(sorted))
			}
		})
	}
	s := withReady(t, running, "oauth-ok")
	today := time.Now().UTC().Format(time.DateOnly) // a date more than seven days ago is refused
	events := "/siem/v1/batch/events/cg?type=process&dateRangeStartsAt=" + today + "&dateRangeEndsAt=" + today
	if err := s.ask(t, apiOptions{name: "oauth-ok", method: "GET", path: events, allPages: true}); err != nil {
		t.Fatal(err)
	}
	if pages := s.lines(t); len(pages) != 1 || pages[0]["isCaughtUp"] != true {
		t.Errorf("caught up, and %d pages: %s", len(pages), s.out)
	}
}

// textsAt finds every text with a key, at any depth.
func textsAt(v any, key string) []string {
	var found []string
	switch v := v.(type) {
	case map[string]any:
		if text, ok := v[key].(string); ok {
			found = append(found, text)
		}
		for _, inner := range v {
			found = append(found, textsAt(inner, key)...)
		}
	case []any:
		for _, inner := range v {
			found = append(found, textsAt(inner, key)...)
		}
	}
	return found
}

// TestAllPagesOfEveryShape: three pages, told and asked for in every way that was seen.
func TestAllPagesOfEveryShape(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path  string
		reply string // with %s for the token
		asks  string // the parameter
	}{
		"nextPage":                 {"/x/v1/things?pageSize=1", `{"meta":{"nextPage":"%s"}}`, "pageToken"},
		"nextPageToken":            {"/x/v1/things", `{"meta":{"nextPageToken":"%s"}}`, "pageToken"},
		"pagination.next":          {"/x/v1/things", `{"meta":{"pagination":{"next":"%s"}}}`, "pageToken"},
		"pagination.nextPage":      {"/x/v1/things", `{"meta":{"pagination":{"nextPage":"%s"}}}`, "pageToken"},
		"pagination.nextPageToken": {"/x/v1/things", `{"meta":{"pagination":{"nextPageToken":"%s"}}}`, "pageToken"},
		"@nextPage":                {"/siem/v1/events/cg?types=a%20b", `{"@nextPage":"%s","isCaughtUp":false}`, "nextPage"},
		"@nextLink":                {"/y", `{"@nextLink":"/y?nextPage=%s"}`, "nextPage"},
		"@nextLink, query alone":   {"/y", `{"@nextLink":"?nextPage=%s"}`, "nextPage"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked []string
			s := scripted20(t, func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.URL.Query().Get(c.asks))
				if len(asked) < 3 {
					fmt.Fprintf(w, c.reply, fmt.Sprintf("NDY6b=%d", len(asked)))
					return
				}
				_, _ = io.WriteString(w, "\ufeff{ \"last\" : 1.0 ,\n\"@nextPage\":\"more\", \"isCaughtUp\": true}\n")
			})
			if err := s.ask(t, apiOptions{name: "acme", method: "GET", path: c.path, allPages: true}); err != nil {
				t.Fatal(err)
			}
			if want := []string{"", "NDY6b=1", "NDY6b=2"}; !slices.Equal(asked, want) {
				t.Errorf("asked with %q, want %q", asked, want)
			}
			if !strings.HasSuffix(s.out.String(), "}\n{\"last\":1.0,\"@nextPage\":\"more\",\"isCaughtUp\":true}\n") || len(s.lines(t)) != 3 {
				t.Errorf("printed %q", s.out)
			}
		})
	}
}

// TestPageTokenInTheBody: everything else in the body stays.
func TestPageTokenInTheBody(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"":                      `{"meta":{"pagination":{"pageToken":"a\"b"}}}`,
		`{"data":[{"a":1.50}]}`: `{"data":[{"a":1.50}],"meta":{"pagination":{"pageToken":"a\"b"}}}`,
		`{"meta":null}`:         `{"meta":{"pagination":{"pageToken":"a\"b"}}}`,
		`{"data":[],"meta":{"accountCode":"C","pagination":{"pageSize":9,"pageToken":"old"}}}`: `{"data":[],"meta":{"accountCode":"C","pagination":{"pageSize":9,"pageToken":"a\"b"}}}`,
	} {
		got, err := withPageToken([]byte(body), `a"b`)
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", body, got, err)
		}
	}
	for _, body := range []string{`[]`, `"a"`, `{"meta":[]}`, `{"meta":{"pagination":7}}`} {
		_, err := withPageToken([]byte(body), "a")
		wantExit(t, err, exitUsage, "not of the kind that pages")
	}
}

// TestAllPagesEnds: whatever is sent, it ends, says why, and what was printed stays whole lines.
func TestAllPagesEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer func(n int) (status int, body string)
		most   int
		exit   int
		says   string
		pages  int
	}{
		"the same token": {func(int) (int, string) { return 200, `{"meta":{"nextPage":"a"}}` }, 0, exitUnjudged, "was there before", 2},
		"a circle": {
			func(n int) (int, string) { return 200, fmt.Sprintf(`{"meta":{"nextPage":"%d"}}`, n%3) }, 0, exitUnjudged, "after page 4", 4,
		},
		"no end": {
			func(n int) (int, string) { return 200, fmt.Sprintf(`{"meta":{"nextPage":"%d"}}`, n) }, 7, exitCheckFailed, "more than 7 pages", 7,
		},
		"as many as allowed": {
			func(n int) (int, string) {
				if n == 2 {
					return 200, `{}`
				}
				return 200, `{"meta":{"nextPage":"a"}}`
			}, 2, exitDone, "", 2,
		},
		"a refusal on the way": {
			func(n int) (int, string) {
				if n == 2 {
					return 403, `{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`
				}
				return 200, `{"meta":{"nextPage":"a"}}`
			}, 0, exitCheckFailed, "HTTP 403 app_forbidden", 1,
		},
		"another host": {
			func(int) (int, string) { return 200, `{"@nextLink":"https://example.org/x?a=b"}` }, 0, exitUnjudged, "not of this call", 1,
		},
		"another call": {
			func(int) (int, string) { return 200, `{"@nextLink":"/y?a=b"}` }, 0, exitUnjudged, "not of this call", 1,
		},
		"an array":   {func(int) (int, string) { return 200, `[1]` }, 0, exitDone, "", -1},
		"an empty":   {func(int) (int, string) { return 204, `` }, 0, exitDone, "", 0},
		"odd tokens": {func(int) (int, string) { return 200, `{"meta":{"nextPage":{"a":1},"pagination":[]},"@nextPage":null}` }, 0, exitDone, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := 0
			s := scripted20(t, func(w http.ResponseWriter, _ *http.Request) {
				n++
				status, body := c.answer(n)
				w.WriteHeader(status)
				_, _ = io.WriteString(w, body)
			})
			wantExit(t, s.ask(t, apiOptions{name: "acme", method: "GET", path: "/x", allPages: true, maxPages: c.most}), c.exit, c.says)
			if got := strings.Count(s.out.String(), "\n"); c.pages >= 0 && got != c.pages {
				t.Errorf("%d pages, want %d: %s", got, c.pages, s.out)
			}
		})
	}
}

func TestAllPagesOfAFile(t *testing.T) {
	t.Parallel()
	s := scripted20(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.WriteString(w, "PK\x03\x04")
	})
	wantExit(t, s.ask(t, apiOptions{name: "acme", method: "GET", path: "/x", allPages: true}), exitCheckFailed, "not JSON")
	if err := s.ask(t, apiOptions{name: "acme", method: "GET", path: "/x"}); err != nil || s.out.String() != "PK\x03\x04" {
		t.Errorf("a file is printed as %q, %v", s.out, err)
	}
}
