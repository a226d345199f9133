package credstore

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"mimecred/client/showable"
)

// listReader reads index.json as this version writes it, in a fifth of the time that encoding/json needs: the list of a service
// provider has a megabyte, and every command reads it. Whatever else the text has is odd, and left to encoding/json.
type listReader struct {
	all string
	at  int // an offset is moved faster than a text: the garbage collector is told of every change of one
	odd bool
	// room is where the next checks go.
	room []CheckState
}

// quickList is the list in text, in the order of the file and safe to show; false when the text has to be read another way.
func quickList(text []byte) (indexList, bool) {
	r := listReader{all: string(text)}
	var list indexList
	r.must(`{"schema":` + strconv.Itoa(indexSchema))
	r.text(`,"notice":`, &list.Notice)
	r.must(`,"profiles":[`)
	list.Profiles = make([]Entry, 0, min(strings.Count(r.all, "\n{"), 1<<12))
	for !r.odd && !r.has("\n]}") {
		if len(list.Profiles) > 0 {
			r.must(",")
		}
		r.must("\n")
		list.Profiles = append(list.Profiles, Entry{})
		r.entry(&list.Profiles[len(list.Profiles)-1])
	}
	r.has("\n")
	return list, !r.odd && r.at == len(r.all)
}

// entry reads a profile: the fields of Entry, in their order.
func (r *listReader) entry(e *Entry) {
	r.must(`{"name":`)
	r.value(&e.Name)
	r.text(`,"integration":`, &e.Integration)
	r.text(`,"api":`, (*string)(&e.API))
	r.text(`,"region":`, &e.Region)
	r.text(`,"base_url":`, &e.BaseURL)
	r.text(`,"store":`, &e.Store)
	r.text(`,"identifier":`, &e.Identifier)
	r.text(`,"version":`, &e.Version)
	e.Account = r.account()
	r.time(`,"active_since":`, &e.CurrentSince)
	r.time(`,"secret_since":`, &e.SecretSince)
	r.time(`,"expires_at":`, &e.ExpiresAt)
	if r.has(`,"rotate_after":`) {
		span, plain := r.quoted()
		r.odd = r.odd || !plain || e.RotateAfter.UnmarshalText([]byte(span)) != nil
	}
	e.Pending = r.has(`,"pending":true`)
	e.Previous = r.has(`,"previous":true`)
	r.time(`,"previous_until":`, &e.PreviousUntil)
	e.LastCheck = r.check(`,"last_check":`)
	e.LastAccepted = r.check(`,"last_accepted":`)
	r.time(`,"worked_at":`, &e.WorkedAt)
	r.text(`,"pending_version":`, &e.PendingVersion)
	e.PendingCheck = r.check(`,"pending_check":`)
	r.text(`,"previous_version":`, &e.PreviousVersion)
	e.PreviousCheck = r.check(`,"previous_check":`)
	e.PendingKeys = r.has(`,"pending_keys":true`)
	r.text(`,"copies":`, (*string)(&e.Copies))
	r.must("}")
}

func (r *listReader) account() *AccountName {
	if !r.has(`,"account":{`) {
		return nil
	}
	var a AccountName
	first := 1 // the first field has no comma
	for _, f := range [...]struct {
		key string
		to  *string
	}{{`,"name":`, &a.Name}, {`,"code":`, &a.Code}, {`,"region":`, &a.Region}} {
		if r.text(f.key[first:], f.to) {
			first = 0
		}
	}
	r.must("}")
	return &a
}

func (r *listReader) check(key string) *CheckSummary {
	if !r.has(key) {
		return nil
	}
	var sum CheckSummary
	r.must(`{"at":`)
	r.moment(&sum.At)
	sum.OK = r.has(`,"ok":true`)
	if !sum.OK {
		r.must(`,"ok":false`)
	}
	sum.Passed, sum.Warnings = r.number(`,"passed":`), r.number(`,"warnings":`)
	sum.Failed, sum.Skipped = r.number(`,"failed":`), r.number(`,"skipped":`)
	sum.Account = r.account()
	if r.has(`,"checks":[`) {
		sum.Checks = r.states()
	}
	r.must("}")
	return &sum
}

func (r *listReader) states() []CheckState {
	if len(r.room) < 16 {
		r.room = make([]CheckState, 512) // for many profiles at once
	}
	states := r.room[:0]
	for !r.odd && (len(states) == 0 || !r.has("]")) {
		if len(states) > 0 {
			r.must(",")
		}
		states = append(states, CheckState{})
		c := &states[len(states)-1]
		r.must(`{"id":`)
		r.value(&c.ID)
		r.text(`,"state":`, (*string)(&c.State))
		r.text(`,"kind":`, (*string)(&c.Kind))
		if strings.HasPrefix(r.all[r.at:], `,"status":`) {
			c.Status = r.number(`,"status":`)
		}
		r.text(`,"code":`, &c.Code)
		r.must("}")
	}
	if len(states) <= len(r.room) {
		r.room = r.room[len(states):]
	}
	return slices.Clip(states)
}

// has skips next when the text goes on with it.
func (r *listReader) has(next string) bool {
	has := strings.HasPrefix(r.all[r.at:], next)
	if has {
		r.at += len(next)
	}
	return has
}

// must skips next, which has to be there.
func (r *listReader) must(next string) {
	if !r.has(next) {
		r.odd = true
	}
}

// text reads the text behind key, and tells whether key is there.
func (r *listReader) text(key string, to *string) bool {
	has := r.has(key)
	if has {
		r.value(to)
	}
	return has
}

// value reads a text and makes it safe to show.
func (r *listReader) value(to *string) {
	raw, plain := r.quoted()
	if plain || r.odd {
		*to = raw
		return
	}
	if json.Unmarshal([]byte(`"`+raw+`"`), to) != nil {
		r.odd = true
	}
	*to = showable.Line(*to)
}

// quoted reads a text and gives what is between its quotes. It is plain when it means that, and may be shown.
func (r *listReader) quoted() (raw string, plain bool) {
	r.must(`"`)
	plain = true
	for i := r.at; i < len(r.all); i++ {
		switch c := r.all[i]; {
		case c == '"':
			raw, r.at = r.all[r.at:i], i+1
			return raw, plain
		case c == '\\':
			i++
			plain = false
		case c < ' ' || c > '~':
			plain = false
		}
	}
	r.odd = true
	return "", false
}

// time reads the time behind key, where key is there.
func (r *listReader) time(key string, to *time.Time) {
	if r.has(key) {
		r.moment(to)
	}
}

func (r *listReader) moment(to *time.Time) {
	text, plain := r.quoted()
	r.odd = r.odd || !plain || to.UnmarshalText([]byte(text)) != nil
}

// number reads the number behind key, of at most nine digits.
func (r *listReader) number(key string) (n int) {
	r.must(key)
	begun := r.at
	for ; r.at < len(r.all) && r.all[r.at] >= '0' && r.all[r.at] <= '9'; r.at++ {
		n = 10*n + int(r.all[r.at]-'0')
	}
	digits := r.at - begun
	if digits == 0 || digits > 9 || digits > 1 && r.all[begun] == '0' {
		r.odd = true
	}
	return n
}
