package simulator

import (
	"strconv"
	"time"
)

// Every simulated log has one row each quarter of an hour, so that a range has the same rows, with the same ids and times,
// whenever it is asked for. Mimecast writes SIEM batches "about every 15 minutes" (agreed by three clients).
const (
	quarter = 15 * time.Minute
	// lookBack is how long rows of logs are kept: 60 days (agreed for audit events; assumed for the others).
	lookBack = 60 * 24 * time.Hour
)

// span is a range of time; from is part of it, to is not.
type span struct{ from, to time.Time }

// ticks counts the rows of a range.
func (sp span) ticks() int {
	n := sp.to.Sub(ceil(sp.from))
	if n <= 0 {
		return 0
	}
	return int((n + quarter - 1) / quarter)
}

// tick gives the time of the n-th row, counted from 0.
func (sp span) tick(n int) time.Time { return ceil(sp.from).Add(time.Duration(n) * quarter) }

// ceil is the first full quarter of an hour that is not before t.
func ceil(t time.Time) time.Time {
	down := t.UTC().Truncate(quarter)
	if down.Equal(t) {
		return down
	}
	return down.Add(quarter)
}

// The names that functions give to the two ends of a range (agreed).
func startNames() []string { return []string{"startDateTime", "from", "start"} }
func endNames() []string   { return []string{"endDateTime", "to", "end"} }

// span gives the range that a request to a function asks for: a day without one (assumed), nothing that is older than
// lookBack, and nothing that has not happened yet. A page token keeps the end of its first page, so that rows which come
// meanwhile do not shift the pages.
func (i item) span(now time.Time) span {
	sp := span{to: now.UTC().Truncate(time.Second)} // tokens know whole seconds
	if !i.cursor.until.IsZero() && i.cursor.until.Before(sp.to) {
		sp.to = i.cursor.until
	}
	oldest := sp.to.Add(-lookBack)
	if at, ok := parseDate(i.text(endNames()...)); ok && at.Before(sp.to) {
		sp.to = at
	}
	sp.from = sp.to.Add(-recent)
	if at, ok := parseDate(i.text(startNames()...)); ok {
		sp.from = at
	}
	if sp.from.Before(oldest) {
		sp.from = oldest
	}
	return sp
}

// events answers with a page of a log, newest row first unless the oldest is asked for first: rows under a key of data[0],
// or rows alone when key is empty. With count the number of rows is beside them, as impersonation logs have it.
func events(key, row string, count bool) answer {
	return func(s *Server, c *call, a asked) {
		sp := a.in.span(c.now)
		total := sp.ticks()
		oldestFirst, _ := a.in.fields["oldestFirst"].(bool)
		list, pagination := pageOf(total, func(n int) string {
			if !oldestFirst {
				n = total - 1 - n
			}
			return s.rowAt(c, a, row, sp.tick(n))
		}, a.in, sp.to)
		if key != "" {
			list = `[{` + encode(key) + `:` + list
			if count {
				list += `,"resultCount":` + strconv.Itoa(total)
			}
			list += `}]`
		}
		c.page(list, pagination)
	}
}

// rowAt fills a row of a log: its id depends on nothing but the operation and the time.
func (s *Server) rowAt(c *call, a asked, row string, at time.Time) string {
	return s.fill(c, a, fill(row,
		"time", at.UTC().Format(bodyDate), "id", s.mint.objectID(a.op.Path+" "+strconv.FormatInt(at.Unix(), 10))))
}
