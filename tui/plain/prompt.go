package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/typo"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// What a person can want instead of answering.
var (
	errBack = errors.New("back to the question before")
	// errConsole is given only while session.consoleWay is set.
	errConsole = errors.New("create the keys in the console instead")
	// errLeave is a quit that was confirmed.
	errLeave = errors.New("leave")
)

// jump is the request to change the answers of another step.
type jump struct{ to flow.Step }

func (j *jump) Error() string { return "change " + j.to.String() }

// question is one line with what surrounds it.
type question struct {
	text string
	// title is what the question is about when text alone does not say it.
	title string
	// suggested is what an empty answer means; it is shown in brackets.
	suggested string
	// shown is in the brackets instead of suggested.
	shown string
	// optional lets an empty answer be empty.
	optional bool
	// demo is the made-up value that "=" means; only in the demo.
	demo string
	// field is the name of the value that is asked for, when an answer may hold a secret, too: whoever asks looks at it.
	field string
	// help is what "?" prints, a sentence a line.
	help []string
	// list prints the choices, unless they are listed; again for "?", where all does when there are more of them.
	list, all func()
	listed    bool
	// empty is what an empty answer does, for "?"; "" where that is said by the brackets.
	empty string
	// leaving makes "q" an ordinary answer: the question is whether to leave.
	leaving bool
	// more does what further words stand for, and tells whether the text was one of them; nil for none.
	more func(text string) (mine bool, err error)
}

// unusual tells whether an answer cannot have a character. A paste that is looked at may have lines and columns.
func (q question) unusual(r rune) bool {
	if q.field != "" && (r == '\n' || r == '\t') {
		return false
	}
	return unicode.IsControl(r)
}

// answer asks until there is an answer. It is one line of characters that can be seen, without white space around it.
func (s *session) answer(q question) (string, error) {
	if q.list != nil && !q.listed {
		q.list()
	}
	for {
		s.shown = shown{prompt: s.out.clean(s.ask(q, "")) + ": "}
		text, err := s.read(q)
		if errors.Is(err, errTooLong) {
			s.out.indented("That line is too long to be an answer. It was dropped; type it again.")
			continue
		}
		if err == nil {
			text, err = s.whole(q, text)
		}
		if errors.Is(err, errIncomplete) {
			s.out.indented("That paste was not complete, and was dropped.")
			continue
		}
		if err != nil {
			return "", err
		}
		text, _ = secret.CleanLine(text)
		text = strings.TrimSpace(text)
		if command, done, err := s.command(q, text); err != nil || command {
			if done || err != nil {
				return q.demo, err
			}
			continue
		}
		switch {
		case q.field == "" && client.HoldsSecret(text):
			s.misplaced()
		case strings.ContainsFunc(text, q.unusual) || !utf8.ValidString(text):
			s.out.indented("That line has characters that cannot be part of an answer, as an arrow key sends. Type it again.")
		case text != "":
			return text, nil
		case q.suggested != "" || q.optional:
			return q.suggested, nil
		default:
			s.out.indented("Type an answer; ? explains the question.")
		}
	}
}

// hidden asks for a secret and gives it as it was typed or pasted, with its line breaks. kept says what an empty answer
// keeps; "" when there is nothing to keep.
func (s *session) hidden(q question, kept string) (raw string, err error) {
	q.shown = kept
	for {
		restore := s.stopped.hush()
		text := s.ask(q, "hidden")
		raw, err := s.awaited(func() (string, error) { return s.readSecret(text) }, func() { s.ask(q, "hidden") })
		restore()
		s.out.end()
		if errors.Is(err, errTooLong) {
			s.out.indented("That is too long to be a secret. It was dropped; paste it again.")
			continue
		}
		if err != nil {
			return "", endOf(err)
		}
		if command, done, err := s.command(q, strings.TrimSpace(raw)); err != nil || command {
			if done || err != nil {
				return q.demo, err
			}
			continue
		}
		if raw != "" || kept != "" || q.optional {
			return raw, nil
		}
		s.out.indented("Nothing was typed; ? explains the question.")
	}
}

// ask writes the question and gives its text.
func (s *session) ask(q question, mark string) string {
	if q.demo != "" {
		s.out.indented("Demo: " + q.demo + " (type = to enter it)")
	}
	text := strings.TrimSpace(s.label + " " + q.text)
	s.asking = text
	if q.title != "" {
		s.asking = strings.TrimSpace(s.label + " " + q.title)
	}
	if mark != "" {
		text += " (" + mark + ")"
	}
	switch {
	case q.shown != "":
		text += " [" + q.shown + "]"
	case q.suggested != "":
		text += " [" + q.suggested + "]"
	}
	s.out.prompt(text)
	return text
}

// entered ends the line of a question in a transcript; a terminal has shown the return key already, if it was pressed.
func (s *session) entered(err error) {
	if !s.atTerminal || err != nil {
		s.out.end()
	}
}

// command does what one of the words that are no answer stands for. done means that the demo's value was taken.
func (s *session) command(q question, text string) (command, done bool, err error) {
	if q.more != nil {
		if mine, err := q.more(text); mine || err != nil {
			return mine, false, err
		}
	}
	switch {
	case text == "<":
		return true, false, errBack
	case text == "?":
		s.explain(q)
		return true, false, nil
	case strings.EqualFold(text, "q") && !q.leaving:
		return true, false, s.leave()
	case text == "!" && len(step.Changeable(s.at, s.a)) > 0 && !q.leaving:
		to, err := s.anyStep()
		if err != nil || to != flow.None {
			return true, false, orJump(err, to)
		}
		return true, false, nil
	case strings.EqualFold(text, "notes") && s.at != flow.Profile && s.a.Integration != "" && s.notes():
		return true, false, nil
	case text == "=" && q.demo != "":
		return true, true, nil
	case strings.EqualFold(text, "console") && s.consoleWay:
		return true, false, errConsole
	}
	return false, false, nil
}

func (s *session) explain(q question) {
	for _, line := range append(step.About(s.at, s.a), q.help...) {
		s.out.indented(line)
	}
	switch {
	case q.suggested != "" || q.shown != "":
		s.out.indented("An empty answer keeps what is in brackets.")
	case q.empty != "":
		s.out.indented("An empty answer " + q.empty + ".")
	case q.optional:
		s.out.indented("An empty answer leaves it out.")
	}
	words := "< goes back, q quits"
	if len(step.Changeable(s.at, s.a)) > 0 {
		words = "< goes back, ! changes another answer, q quits"
	}
	if s.consoleWay {
		words += ", console creates the keys in the console instead"
	}
	s.out.indented(words + ".")
	switch {
	case q.all != nil:
		q.all()
	case q.list != nil:
		q.list()
	}
}

// row is one of several things to choose from.
type row struct {
	id, title, aside, about string
	// words are other words for it.
	words []string
	// problem says why it cannot be chosen now, and fix what would help.
	problem, fix string
}

// choose asks for one of rows and gives its id. suggested is an id or "". With free, text that fits no row is given as it
// is, and found is false; q.suggested may then be such a text.
func (s *session) choose(q question, rows []row, suggested string, free bool) (id string, found bool, err error) {
	q.text, q.title = "Answer", q.text
	for i, r := range rows {
		if r.id == suggested && suggested != "" {
			q.suggested = strconv.Itoa(i + 1)
		}
	}
	title := func(most int) func() {
		return func() {
			s.out.line("%s", strings.TrimSpace(s.label+" "+q.title))
			s.listRows(rows, suggested, most)
		}
	}
	q.list, q.all = title(3*shortList), title(len(rows))
	for {
		text, err := s.answer(q)
		if err != nil {
			return "", false, err
		}
		q.listed = true
		i := pick(rows, text)
		if i < 0 {
			hits := search(rows, text)
			if len(hits) > 1 {
				s.out.indented(fmt.Sprintf("%d fit. Type the number of one, or more of its name:", len(hits)))
				q.suggested = "" // what was looked for is not that
				for _, n := range hits {
					s.out.line("    %d) %s", n+1, rows[n].line())
				}
				continue
			}
			if len(hits) == 1 {
				i = hits[0]
			}
		}
		switch {
		case i < 0 && free:
			return text, false, nil
		case i < 0:
			s.out.indented(fmt.Sprintf("That is none of them. Type a number from 1 to %d, or the word.", len(rows)))
		case rows[i].problem != "":
			s.out.indented(rows[i].cannot())
		default:
			s.out.indented("Chosen: " + rows[i].title + ".")
			return rows[i].id, true, nil
		}
	}
}

// cannot says why a row cannot be chosen now, and what would help.
func (r row) cannot() string {
	return strings.TrimSpace(r.title + " cannot be used now: " + r.problem + " " + r.fix)
}

// shortList is how many rows of a long list are shown at first.
const shortList = 8

// listRows lists the rows. Of a list longer than most the first ones are shown, and the one that an empty answer means.
func (s *session) listRows(rows []row, suggested string, most int) {
	for i, r := range rows {
		if len(rows) <= most || i < shortList || r.id == suggested {
			s.out.line("    %d) %s", i+1, r.line())
		}
	}
	if len(rows) > most {
		s.out.line("    %d in all. Type a part of a name to search, or ? to list all.", len(rows))
	}
}

// search finds the rows that have every word of a text; where none has, those that have something like it.
func search(rows []row, text string) []int {
	words := strings.Fields(strings.ToLower(text))
	if len(text) < 2 || client.HostKey(text) != "" && strings.Contains(text, ".") {
		return nil
	}
	for _, in := range []func(text, word string) bool{strings.Contains, typo.In} {
		var hits []int
		for i, r := range rows {
			all := strings.ToLower(strings.Join(append([]string{r.id, r.title}, r.words...), " "))
			if r.problem == "" && !slices.ContainsFunc(words, func(word string) bool { return !in(all, word) }) {
				hits = append(hits, i)
			}
		}
		if len(hits) > 0 {
			return hits
		}
	}
	return nil
}

func (r row) line() string {
	text := r.title
	if r.aside != "" {
		text += ", " + r.aside
	}
	if r.problem != "" {
		return text + " (cannot be used now: " + r.problem + ")"
	}
	if r.about != "" {
		text += ". " + r.about
	}
	return text
}

// pick finds the row that text means: its number, one of its words, or the beginning of one title only. -1 for none.
func pick(rows []row, text string) int {
	if n, err := strconv.Atoi(strings.TrimRight(text, ".)")); err == nil && n >= 1 && n <= len(rows) {
		return n - 1
	}
	same := func(word string) bool { return strings.EqualFold(word, text) }
	if i := slices.IndexFunc(rows, func(r row) bool { return same(r.id) || same(r.title) }); i >= 0 {
		return i
	}
	begins, named := -1, -1
	for i, r := range rows {
		if slices.ContainsFunc(r.words, same) {
			if named >= 0 {
				return -1 // a vendor has several products
			}
			named = i
		}
	}
	if named >= 0 {
		return named
	}
	for i, r := range rows {
		if len(text) >= 2 && strings.HasPrefix(strings.ToLower(r.title), strings.ToLower(text)) {
			if begins >= 0 {
				return -1
			}
			begins = i
		}
	}
	return begins
}

// confirm asks a question whose answer is yes or no.
func (s *session) confirm(q question, suggested bool) (bool, error) {
	q.suggested = "no"
	if suggested {
		q.suggested = "yes"
	}
	q.text += " (yes or no)"
	for {
		text, err := s.answer(q)
		if err != nil {
			return false, err
		}
		switch strings.ToLower(text) {
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
		s.out.indented("Type yes or no.")
	}
}
