package plain

import (
	"errors"
	"strconv"
)

// item is one question of a step.
type item struct {
	id string
	// when tells whether it is asked now; nil means always.
	when func() bool
	ask  func() error
}

// again is the request to go to another question of the same step.
type again struct{ id string }

func (a *again) Error() string { return "ask for " + a.id + " again" }

// errDone ends a step before its last question.
var errDone = errors.New("the step is done")

// walk asks the questions of a step in their order. "<" goes to the one before; from the first one it leaves the step. A
// step that was come back to begins with its last question, unless its items are work and not just questions.
func (s *session) walk(fromEnd bool, items []item) error {
	at := s.next(items, -1, 1)
	if fromEnd {
		at = s.next(items, len(items), -1)
	}
	base := s.label
	defer func() { s.label = base }()
	for at >= 0 && at < len(items) {
		s.label = number(base, items, at)
		err := items[at].ask()
		var redo *again
		switch {
		case err == nil:
			at = s.next(items, at, 1)
		case errors.Is(err, errDone):
			return nil
		case errors.As(err, &redo):
			at = find(items, redo.id)
		case errors.Is(err, errBack):
			if at = s.next(items, at, -1); at < 0 {
				return errBack
			}
		default:
			return err
		}
	}
	return nil
}

// next is the next question that is asked now, by = 1 forwards and -1 backwards; -1 or len(items) when there is none.
func (s *session) next(items []item, at, by int) int {
	for at += by; at >= 0 && at < len(items); at += by {
		if items[at].when == nil || items[at].when() {
			return at
		}
	}
	return at
}

func find(items []item, id string) int {
	for i := range items {
		if items[i].id == id {
			return i
		}
	}
	return len(items)
}

// number is the question's number: "7.2" for the second of step 7, "3." in a step that has one question only.
func number(base string, items []item, at int) string {
	switch {
	case base == "":
		return ""
	case len(items) < 2:
		return base + "."
	}
	n := 1
	for _, it := range items[:at] {
		if it.when == nil || it.when() {
			n++
		}
	}
	return base + "." + strconv.Itoa(n)
}
