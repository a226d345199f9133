package plain

import (
	"errors"
	"strings"

	"mimecred/client"
	"mimecred/tui/step"
)

// errIncomplete means that a paste had no end, and was dropped.
var errIncomplete = errors.New("the paste is not complete")

// mostPasted is how many lines one paste may have.
const mostPasted = 100

// whole gives an answer together with the lines behind it that are one paste with it. What is there already is looked at; more
// is waited for only when the paste cannot be complete. Lines that are no part of it answer the next questions.
func (s *session) whole(q question, first string) (string, error) {
	if q.field == "" && !client.HoldsSecret(first) && !strings.HasPrefix(strings.TrimSpace(first), "{") {
		return first, nil
	}
	lines := []string{first}
	for len(lines) < mostPasted {
		n, more := client.PasteLines(lines)
		open := n > 0 && (n == len(lines) || strings.TrimSpace(lines[len(lines)-1]) == "")
		behind := s.behind()
		if !s.atTerminal && n == len(lines) && !more {
			more = !s.complete(q, strings.Join(lines, "\n"))
		}
		if !more && (!behind || !open && !s.atTerminal) {
			break
		}
		line, err := s.read(q)
		if errors.Is(err, errEnded) || errors.Is(err, errTooLong) {
			break
		}
		if err != nil {
			return "", err
		}
		if more && !behind && line == "" && s.atTerminal {
			s.unshow(q, strings.Join(lines, "\n"), 0)
			return "", errIncomplete
		}
		lines = append(lines, line)
	}
	n := s.pasted(q, lines)
	s.in.back(lines[n:])
	text := strings.Join(lines[:n], "\n")
	s.unshow(q, text, len(lines)-n)
	return text, nil
}

// behind tells whether more lines are there already: read with the one before, or waiting in the terminal.
func (s *session) behind() bool {
	if s.in.there() || !s.atTerminal {
		return s.in.there()
	}
	if s.waits() {
		return true
	}
	s.in.begin(s.tail())
	return s.in.r.Buffered() > 0
}

// complete tells whether a paste that names values has the one that is asked for. A script that gave others first goes on.
func (s *session) complete(q question, text string) bool {
	if q.field == "" {
		return true
	}
	if _, ok := client.SplitPaste(s.a.API, text); ok {
		return true
	}
	_, ok := client.NamedValue(q.field, text)
	return ok
}

// pasted is how many of lines are one answer.
func (s *session) pasted(q question, lines []string) int {
	if n, more := client.PasteLines(lines); n > 0 && !more {
		return n
	}
	if q.field == "" || !s.atTerminal {
		return 1 // values without names; in a script each line is an answer of its own
	}
	for n := 2; n <= min(4, len(lines)); n++ {
		found, ok := client.SplitPaste(s.a.API, strings.Join(lines[:n], "\n"))
		if !ok {
			continue
		}
		_, _, application := found.Application(s.a.API)
		if all, _ := client.SplitPaste(s.a.API, strings.Join(lines[:min(4, len(lines))], "\n")); application && n == 2 && len(lines) >= 4 {
			if _, _, keys := all.Keys(); keys {
				return 4
			}
		}
		return n
	}
	return 1
}

// wholeSecret is whole for a secret that is a line of the input: the lines behind it belong to it, too, when together they are
// as long as such a key always is.
func (s *session) wholeSecret(first, field string) (string, error) {
	s.shown = shown{lines: []string{""}} // a secret is not shown
	text, err := s.whole(question{field: field}, first)
	if err != nil || text != first {
		return text, err
	}
	return s.in.wrapped(first, client.UsualLength(field)), nil
}

// alone is the value of an ID in a paste of several lines that names it.
func (s *session) alone(q step.Question, text string) (string, error) {
	if q.Kind != step.Identifier {
		return text, nil
	}
	alone := q.Pasted(text)
	if alone == text && strings.Contains(text, "\n") && q.Shows(text) {
		return "", errors.New("that is a paste of several lines without a " + q.Label + " in it; it was dropped")
	}
	return alone, nil
}

// swap asks, before anything is sent, about two values that look swapped; nil asks nothing.
func (s *session) swap(two *step.Swap) error {
	if two == nil {
		return nil
	}
	s.out.indented(two.Words)
	yes, err := s.confirm(question{text: "Swap them?", help: []string{"Answer no to send them as they are."}}, true)
	if err == nil && yes {
		s.a = two.Do(s.a)
		s.out.indented("Swapped.")
	}
	return err
}
