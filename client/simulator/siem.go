package simulator

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Security events of API 2.0: "batch" lists files to fetch, the stream lists the events themselves. Both page the same
// way: until "value" is empty, with an "@nextPage" that stays valid and is asked again later (agreed by five clients).

// isoMillis is the time format of the newer endpoints.
const isoMillis = "2006-01-02T15:04:05.000Z"

const (
	// retention is how far back a range may begin (the mock server of gravwell/gravwell, agreed by three clients).
	retention = 7 * 24 * time.Hour
	// recent is where a client begins that names no date: the look-back of the stream (agreed by two clients; assumed for
	// batches).
	recent = 24 * time.Hour
	// perFile is how many events a file has; assumed.
	perFile = 2
)

// siemTypes are the types of events of a platform, "cg" or "ci" (agreed by five clients).
func siemTypes(platform string) []string {
	if platform == "ci" {
		return []string{"entities", "mailflow", "urlclick"}
	}
	return []string{
		"receipt", "process", "delivery", "journal", "av", "spam", "internal email protect", "impersonation protect",
		"url protect", "attachment protect",
	}
}

// siemQuestion is a request for security events.
type siemQuestion struct {
	platform string
	batch    bool
	types    []string
	size     int
	// token is the "nextPage" that was sent, as it was sent.
	token string
	at    position
}

// position is what an "@nextPage" means: which page of which range.
type position struct {
	// from is where the range of this round begins and upto where it ends; upto is zero before its first page.
	from, upto time.Time
	// skip is how many items of the round were told.
	skip int
	// until is the end that the first request asked for, or zero.
	until time.Time
}

func (p position) String() string {
	text := make([]string, 0, 3)
	for _, at := range []time.Time{p.from, p.upto, p.until} {
		unix := int64(0)
		if !at.IsZero() {
			unix = at.Unix()
		}
		text = append(text, strconv.FormatInt(unix, 10))
	}
	return base64.StdEncoding.EncodeToString([]byte(strings.Join(text, ":") + ":" + strconv.Itoa(p.skip)))
}

// parsePosition reads a token of our own. Any other that has the shape of one (the samples in public are base64 of digits)
// is some client's from another day: it is caught up, which is the zero position.
func parsePosition(text string) (p position, ok bool) {
	raw, ok := printable(text)
	if !ok {
		return position{}, false
	}
	parts := strings.Split(raw, ":")
	if len(parts) != 4 {
		return position{}, true
	}
	numbers := make([]int64, 0, 4)
	for _, part := range parts {
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil || n < 0 {
			return position{}, true
		}
		numbers = append(numbers, n)
	}
	for i, at := range []*time.Time{&p.from, &p.upto, &p.until} {
		if numbers[i] > 0 {
			*at = time.Unix(numbers[i], 0).UTC()
		}
	}
	p.skip = int(numbers[3])
	return p, true
}

// siem answers a request for security events.
func (s *Server) siem(c *call, a asked) {
	q, why := askSIEM(c, a)
	if why != "" {
		c.object(http.StatusBadRequest, requestInvalid, why)
		return
	}
	if q.token != "" && q.at.from.IsZero() {
		c.siemPage(nil, q.token, true)
		return
	}
	round := span{q.at.from, q.upto(c.now)}
	each := len(q.types)
	if !q.batch {
		each *= perFile
	}
	from, to := cut(round.ticks()*each, q.at.skip, q.size, maxRESTPage)
	if from == to {
		if q.token == "" {
			q.token = position{from: round.from, until: q.at.until}.String()
		}
		c.siemPage(nil, q.token, true)
		return
	}
	writer := s.siemWriter(c, a, q.platform)
	items := make([]string, 0, to-from)
	for n := from; n < to; n++ {
		at, rest := round.tick(n/each), n%each
		if q.batch {
			items = append(items, writer.link(q.types[rest], at))
		} else {
			items = append(items, writer.event(q.types[rest/perFile], at, rest%perFile))
		}
	}
	next := position{from: round.from, upto: round.to, skip: to, until: q.at.until}
	caughtUp := to == round.ticks()*each
	if caughtUp {
		next = position{from: ceil(round.to), until: q.at.until}
	}
	c.siemPage(items, next.String(), caughtUp)
}

func (c *call) siemPage(items []string, next string, caughtUp bool) {
	c.json(http.StatusOK, `{"value":[`+strings.Join(items, ",")+`],"@nextPage":`+encode(next)+
		`,"isCaughtUp":`+strconv.FormatBool(caughtUp)+`}`)
}

// upto is where the round of a question ends: just behind the last event that has happened.
func (q siemQuestion) upto(now time.Time) time.Time {
	if !q.at.upto.IsZero() {
		return q.at.upto
	}
	end := now.UTC().Truncate(quarter).Add(quarter)
	if !q.at.until.IsZero() && q.at.until.Before(end) {
		return q.at.until
	}
	return end
}

// askSIEM reads a request. why is what is wrong with it. Dates are optional, and a token replaces them (agreed by five
// clients).
func askSIEM(c *call, a asked) (q siemQuestion, why string) {
	query := c.r.URL.Query()
	q.batch = strings.Contains(a.op.Path, "/batch/")
	q.platform = a.op.Path[strings.LastIndex(a.op.Path, "/")+1:]
	q.token = query.Get("nextPage")
	for _, step := range []func(url.Values, time.Time) string{q.readTypes, q.readSize, q.readToken, q.readRange} {
		if why = step(query, c.now); why != "" {
			return q, why
		}
	}
	return q, ""
}

// readTypes reads a list with commas under either name: "type" is the batch's, "types" the stream's.
func (q *siemQuestion) readTypes(query url.Values, _ time.Time) string {
	all := siemTypes(q.platform)
	for _, list := range slices.Concat(query["type"], query["types"]) {
		for one := range strings.SplitSeq(list, ",") {
			one = strings.ToLower(strings.TrimSpace(one))
			switch {
			case one == "":
			case !slices.Contains(all, one):
				return fmt.Sprintf("Invalid type: '%s' must be one of %s", one, strings.Join(all, ", "))
			case !slices.Contains(q.types, one):
				q.types = append(q.types, one)
			}
		}
	}
	if len(q.types) == 0 {
		if q.batch {
			return "Invalid type: 'type' must not be empty"
		}
		q.types = all
	}
	return ""
}

func (q *siemQuestion) readSize(query url.Values, _ time.Time) string {
	q.size = maxRESTPage
	if text := query.Get("pageSize"); text != "" {
		var err error
		if q.size, err = strconv.Atoi(text); err != nil || q.size < 1 || q.size > maxRESTPage {
			return fmt.Sprintf("Invalid page size: 'pageSize' must be between 1 and %d", maxRESTPage)
		}
	}
	return ""
}

func (q *siemQuestion) readToken(url.Values, time.Time) (why string) {
	ok := true
	if q.token != "" {
		q.at, ok = parsePosition(q.token)
	}
	if !ok {
		return "Invalid page token: 'nextPage' is not valid"
	}
	return ""
}

// readRange judges the dates even beside a token, and uses them without one. The words about the seven days are those of
// gravwell's mock server; the others are assumed after them.
func (q *siemQuestion) readRange(query url.Values, now time.Time) string {
	from, to := query.Get("dateRangeStartsAt"), query.Get("dateRangeEndsAt")
	at := position{from: now.Add(-recent)}
	if to != "" {
		day, whole, ok := parseMoment(to)
		if !ok {
			return "Invalid date range: 'to' is not a date"
		}
		if at.until = day; whole {
			at.until = day.AddDate(0, 0, 1) // a day ends with its last second
		}
	}
	if from != "" {
		var ok bool
		if at.from, _, ok = parseMoment(from); !ok {
			return "Invalid date range: 'from' is not a date"
		}
	}
	oldest := now.UTC().Add(-retention).Truncate(24 * time.Hour) // dates are whole days
	switch {
	case q.token != "":
		return "" // the range of the token counts, however old the dates beside it have become
	case at.from.Before(oldest):
		return "Invalid date range: 'from' must be within the 7-day retention period"
	case !at.until.IsZero() && at.until.Before(oldest):
		return "Invalid date range: 'to' must be within the 7-day retention period"
	case from != "" && !at.until.IsZero() && at.until.Before(at.from):
		return "Invalid date range: 'from' must be before 'to'"
	}
	q.at = at
	return ""
}

// parseMoment reads a date or a time of the newer endpoints. day tells that it is a whole day.
func parseMoment(text string) (at time.Time, day, ok bool) {
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return at, true, true
	}
	at, ok = parseDate(text)
	return at.UTC(), false, ok
}
