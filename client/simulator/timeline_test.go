package simulator

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// row is what every log has in one spelling or another.
type row struct{ ID, EventTime, Date, Received, DateReceived string }

func (r row) time(t *testing.T) time.Time {
	t.Helper()
	for _, text := range []string{r.EventTime, r.Date, r.Received, r.DateReceived} {
		if at, ok := parseDate(text); ok {
			return at
		}
	}
	t.Fatalf("%+v has no time", r)
	return time.Time{}
}

// logReply is a page of a log.
type logReply struct {
	Meta struct {
		Pagination struct {
			PageSize, TotalCount int
			Next                 string
		}
	}
	Data []json.RawMessage
}

func (in logReply) rows(t *testing.T, key string) []row {
	t.Helper()
	var list []row
	raw, _ := json.Marshal(in.Data)
	if key != "" {
		var keyed map[string]json.RawMessage
		if err := json.Unmarshal(in.Data[0], &keyed); err != nil {
			t.Fatal(err)
		}
		raw = keyed[key]
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// Every log: rows only inside the range, pages of the size that was asked for, each row once, an end, and the same rows
// when it is asked again later.
func TestLogsPageWithinTheirRange(t *testing.T) {
	l := newLab(t)
	for path, one := range map[string]struct{ key, start, end, more string }{
		"/api/audit/get-audit-events":        {"", "startDateTime", "endDateTime", ""},
		"/api/ttp/url/get-logs":              {"clickLogs", "from", "to", `,"oldestFirst":true`},
		"/api/ttp/attachment/get-logs":       {"attachmentLogs", "from", "to", ""},
		"/api/ttp/impersonation/get-logs":    {"impersonationLogs", "from", "to", ""},
		"/api/dlp/get-logs":                  {"dlpLogs", "from", "to", `,"oldestFirst":true`},
		"/api/gateway/get-hold-message-list": {"", "start", "end", ""},
		"/api/message-finder/search":         {"trackedEmails", "start", "end", `,"messageId":"x"`},
	} {
		t.Run(path, func(t *testing.T) {
			at := l.at
			defer func() { l.at = at }()
			read := func(later time.Duration) []row {
				var all []row
				next := ""
				for range 50 {
					body := fmt.Sprintf(`{"meta":{"pagination":{"pageSize":7,"pageToken":%q}},"data":[{%q:"2026-11-20T00:05:00+0000",%q:"2026-11-20T06:05:00+0000"%s}]}`,
						next, one.start, one.end, one.more)
					got := l.call20(l.bearerOf(l.seeded.all), "POST", path, body)
					got.want(t, 200)
					var in logReply
					if err := json.Unmarshal([]byte(got.body), &in); err != nil {
						t.Fatal(err)
					}
					rows := in.rows(t, one.key)
					if in.Meta.Pagination.PageSize != len(rows) || len(rows) > 7 || in.Meta.Pagination.TotalCount != 24 {
						t.Fatalf("%+v with %d rows", in.Meta, len(rows))
					}
					all = append(all, rows...)
					if next = in.Meta.Pagination.Next; next == "" {
						return all
					}
					l.at = l.at.Add(later)
				}
				t.Fatal("paging does not end")
				return nil
			}
			all := read(0)
			seen := map[time.Time]bool{}
			for _, r := range all {
				seen[r.time(t)] = true
				if got := r.time(t).UTC().Format("2006-01-02T15:04"); got < "2026-11-20T00:05" || got >= "2026-11-20T06:05" {
					t.Errorf("%s is outside the range", got)
				}
			}
			if len(seen) != 24 {
				t.Errorf("%d rows of 24", len(seen))
			}
			if again := read(17 * time.Minute); fmt.Sprint(again) != fmt.Sprint(all) {
				t.Error("later the rows are others")
			}
		})
	}
}

// Pages of a range that ends now do not shift when rows come meanwhile.
func TestPagesDoNotShift(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	seen, next := map[string]bool{}, ""
	for range 20 {
		got := l.call20(token, "POST", "/api/ttp/impersonation/get-logs", `{"meta":{"pagination":{"pageSize":10,"pageToken":"`+next+`"}},"data":[{}]}`)
		var in logReply
		if err := json.Unmarshal([]byte(got.body), &in); err != nil {
			t.Fatal(err)
		}
		for _, r := range in.rows(t, "impersonationLogs") {
			if seen[r.ID] {
				t.Errorf("%s is there twice", r.ID)
			}
			seen[r.ID] = true
		}
		if next = in.Meta.Pagination.Next; next == "" {
			break
		}
		l.at = l.at.Add(2 * time.Minute)
	}
	if len(seen) != 96 { // a day
		t.Errorf("%d rows", len(seen))
	}
}

// A feed: rows, a token for the rest, and no token with the last of it; nothing to tell is told in words.
func TestFeedEnds(t *testing.T) {
	l := newLab(t)
	bearer := l.bearerOf(l.seeded.all)
	const path, header = "/api/ttp/threat-intel/get-feed", "X-Mc-Threat-Feed-Next-Token"
	ask := func(more string) reply {
		return l.call20(bearer, "POST", path, `{"data":[{"feedType":"malware_grid","fileType":"csv"`+more+`}]}`)
	}
	rows := func(r reply) []string {
		r.want(t, 200, "MD5|SHA256|SenderAddress|")
		if r.header.Get("Content-Type") != "application/octet-stream" {
			t.Error(r.header)
		}
		return strings.Split(strings.TrimSpace(r.body), "\n")[1:]
	}
	first := ask(`,"start":"2026-11-22T06:00:00+0000"`)
	token := first.header.Get(header)
	second := ask(`,"start":"2026-11-22T06:00:00+0000","token":"` + token + `"`)
	alone := ask(`,"token":"` + token + `"`)
	if token == "" || second.header.Get(header) != "" || second.body != alone.body {
		t.Errorf("tokens %q, %q", token, second.header.Get(header))
	}
	all := append(rows(first), rows(second)...)
	for i, line := range all {
		if i > 0 && line == all[i-1] {
			t.Errorf("%s is there twice", line)
		}
	}
	if len(all) != 16 { // from six to ten o'clock
		t.Errorf("%d rows", len(all))
	}
	ask(`,"start":"2026-12-01T00:00:00+0000"`).want(t, 200, `"fail":[{"errors":[{`, "No results found for threat intel feed.")
	ask(`,"token":"garbage"`).want(t, 200, "xdk_failure")
	zipped := ask(`,"compress":true`)
	if zipped.want(t, 200); zipped.header.Get("Content-Type") != "application/zip" || !strings.HasPrefix(zipped.body, "PK") {
		t.Error(zipped.header)
	}
	stix := l.call20(bearer, "POST", path, `{"data":[{"feedType":"malware_customer","fileType":"stix"}]}`)
	stix.want(t, 200, `"type":"indicator"`)
	stix.valid(t)
}

// The log of API 1.0: a file, then word that there is nothing newer, then the next one.
func TestSIEMLogsEnd(t *testing.T) {
	l := newLab(t)
	ask := func(more string) reply {
		return l.call10(l.seeded.legacy, l.seeded.keys, "/api/audit/get-siem-logs", `{"data":[{"type":"MTA","fileFormat":"json"`+more+`}]}`)
	}
	first := ask(``)
	first.want(t, 200, `"Act":"Acc"`)
	first.valid(t)
	token := `,"token":"` + first.header.Get("mc-siem-token") + `"`
	ask(token).want(t, 200, `{"meta":{"isLastToken":true,"status":200},"data":[],"fail":[]}`)
	l.at = l.at.Add(quarter)
	if next := ask(token); strings.Count(next.body, `"Act"`) != 1 || next.header.Get("mc-siem-token") == "" {
		t.Errorf("%v %s", next.header, next.body)
	}
	ask(`,"token":"garbage"`).want(t, 200, "err_audit_siem_invalid_token")
	if lines := ask(`,"fileFormat":"key_value"`); strings.Count(lines.body, "|Act=Acc|") != strings.Count(first.body, `"Act"`) {
		t.Error(lines.body)
	}
	if packed := ask(`,"compress":true`); !strings.HasPrefix(packed.body, "PK") {
		t.Error(packed.header)
	}
}
