package simulator

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"
)

// siemReply is a page of security events.
type siemReply struct {
	Value []struct {
		URL, Expiry, AggregateID string
		Timestamp, Size          int64
	}
	NextPage   string `json:"@nextPage"`
	IsCaughtUp bool
}

func (l *lab) siemPage(token, path string) siemReply {
	l.t.Helper()
	got := l.call20(token, "GET", path, "")
	got.want(l.t, 200)
	var in siemReply
	if err := json.Unmarshal([]byte(got.body), &in); err != nil {
		l.t.Fatal(err)
	}
	return in
}

// round pages until "value" is empty, as most clients do, and gives what was seen and the token to poll.
func (l *lab) round(token, path, first, after string) (pages []siemReply, next string) {
	l.t.Helper()
	query := first
	if next = after; next != "" {
		query += "&nextPage=" + url.QueryEscape(next)
	}
	for range 100 {
		page := l.siemPage(token, path+query)
		if len(page.Value) == 0 {
			if !page.IsCaughtUp || next != "" && page.NextPage != next {
				l.t.Fatalf("the end is told with %+v after the token %q", page, next)
			}
			return pages, page.NextPage
		}
		pages = append(pages, page)
		next = page.NextPage
		query = first + "&nextPage=" + url.QueryEscape(next)
	}
	l.t.Fatal("paging does not end")
	return nil, ""
}

// Files of a batch: each once, page by page; after that nothing, until a quarter of an hour later there is one more.
func TestBatchPagesAndEnds(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	const path = "/siem/v1/batch/events/cg"
	pages, next := l.round(token, path, "?type=receipt,av&pageSize=25&dateRangeStartsAt=2026-11-22", "")
	seen := map[string]bool{}
	for i, page := range pages {
		last := i == len(pages)-1
		if page.IsCaughtUp != last || (!last && len(page.Value) != 25) {
			t.Errorf("page %d: %d files, caught up: %v", i, len(page.Value), page.IsCaughtUp)
		}
		for _, file := range page.Value {
			address, _, _ := strings.Cut(file.URL, "?")
			if seen[address] {
				t.Errorf("%s is there twice", address)
			}
			seen[address] = true
		}
	}
	if len(seen) != 2*41 { // from midnight to ten o'clock, both included
		t.Errorf("%d files", len(seen))
	}
	l.at = l.at.Add(20 * time.Minute)
	pages, later := l.round(token, path, "?type=receipt", next)
	if len(pages) != 1 || len(pages[0].Value) != 1 || later == next {
		t.Errorf("%+v then %q", pages, later)
	}
}

// A range that has ended stays so, and its token stays good.
func TestRangeThatEnds(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	const path = "/siem/v1/events/cg"
	pages, next := l.round(token, path, "?types=process&dateRangeStartsAt=2026-11-21T08:00:00.000Z&dateRangeEndsAt=2026-11-21T09:00:00.000Z", "")
	if len(pages) != 1 || len(pages[0].Value) != 4*perFile {
		t.Fatalf("%+v", pages)
	}
	from, to := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC).UnixMilli(), time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC).UnixMilli()
	for _, event := range pages[0].Value {
		if event.Timestamp < from || event.Timestamp >= to || event.AggregateID == "" {
			t.Errorf("%+v", event)
		}
	}
	l.at = l.at.Add(20 * 24 * time.Hour)
	if pages, again := l.round(l.bearerOf(l.seeded.all), path, "?types=process", next); len(pages) != 0 || again != next {
		t.Errorf("%+v %q", pages, again)
	}
}

// A page that is asked for again has the same files, also when time has passed: a client may begin in the middle of it.
func TestPageAgain(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	const path = "/siem/v1/batch/events/cg?type=receipt&pageSize=3&dateRangeStartsAt=2026-11-22&nextPage="
	first := l.siemPage(token, path)
	once := l.siemPage(token, path+url.QueryEscape(first.NextPage))
	l.at = l.at.Add(20 * time.Minute)
	again := l.siemPage(token, path+url.QueryEscape(first.NextPage))
	for i, file := range once.Value {
		was, _, _ := strings.Cut(file.URL, "?")
		if now, _, _ := strings.Cut(again.Value[i].URL, "?"); now != was {
			t.Errorf("%s became %s", was, now)
		}
	}
	if again.NextPage != once.NextPage {
		t.Error("the next page is another")
	}
}

// A file needs no token, is lines of JSON in gzip, and stops to work after an hour or when its address is changed.
func TestBatchFile(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	page := l.siemPage(token, "/siem/v1/batch/events/cg?type=internal%20email%20protect&dateRangeStartsAt=2026-11-22&pageSize=2")
	address := strings.TrimPrefix(page.Value[1].URL, l.url)
	if address == page.Value[1].URL {
		t.Fatalf("%s is not on %s", address, l.url)
	}
	plain := map[string]string{"Accept-Encoding": "identity"}
	got := l.send("GET", address, "", plain)
	got.want(t, 200)
	if got.header.Get("Content-Encoding") != "" || int64(len(got.body)) != page.Value[1].Size {
		t.Errorf("%d bytes instead of %d, %v", len(got.body), page.Value[1].Size, got.header)
	}
	unpacked, err := gzip.NewReader(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for lines := bufio.NewScanner(unpacked); lines.Scan(); {
		var event struct {
			AggregateID, ProcessingID, Type string
			Timestamp                       int64
		}
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil || event.Type != "internal email protect" ||
			event.ProcessingID == "" || event.Timestamp != time.Date(2026, 11, 22, 0, 15, 0, 0, time.UTC).UnixMilli() {
			t.Errorf("%v: %s", err, lines.Bytes())
		}
		ids[event.AggregateID] = true
	}
	if len(ids) != perFile {
		t.Errorf("%v", ids)
	}
	if same := l.send("GET", address, "", plain); same.body != got.body {
		t.Error("the second time the file is another")
	}
	l.send("HEAD", address, "", plain).want(t, 200)
	l.send("POST", address, "", plain).want(t, 405, "MethodNotAllowed")
	l.send("GET", strings.Replace(address, "internal_email_protect", "receipt", 1), "", plain).want(t, 403, "SignatureDoesNotMatch")
	l.send("GET", filesPath+"cg", "", plain).want(t, 403)
	l.at = l.at.Add(linkLifetime)
	l.send("GET", address, "", plain).want(t, 403, "Request has expired")
}
