package plain

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// shown is what the terminal shows of one question and its answer, from the question's first row to the cursor.
type shown struct {
	prompt string
	// lines end with a line break each; the first begins with the question.
	lines []string
	// lost is set when something else was written in between, as a shell does while the program is stopped.
	lost bool
	// erased is set once the terminal shows nothing of it any more.
	erased bool
}

// read reads one line of an answer. The terminal has shown it, unless it was read ahead.
func (s *session) read(q question) (string, error) {
	ahead := s.in.there()
	line, err := s.awaited(s.in.line, func() {
		s.shown.lost = true
		s.ask(q, "")
	})
	first := len(s.shown.lines) == 0
	switch {
	case first && ahead && s.atTerminal:
		s.shown.lines = append(s.shown.lines, s.prompted("")...)
		s.out.end() // nobody pressed the return key
	case first:
		s.entered(err)
		s.shown.lines = append(s.shown.lines, s.prompted(line)...)
	case !ahead:
		s.shown.lines = append(s.shown.lines, line)
	}
	for _, mark := range []string{"\x1b[200~", "\x1b[201~"} {
		line = strings.ReplaceAll(line, mark, "") // a terminal that was told to puts them around a paste
	}
	return line, err
}

// prompted are the lines that the terminal shows of a question with its answer.
func (s *session) prompted(answer string) []string {
	return strings.Split(s.out.broken(strings.TrimSuffix(s.shown.prompt, " "))+" "+answer, "\n")
}

// unshow erases what the terminal shows of an answer that holds a secret, and of lines that answer the next question, which
// asks for one.
func (s *session) unshow(q question, text string, behind int) {
	all := strings.Join(s.shown.lines, "\n")
	cleaned, _ := secret.Clean(text)
	id := behind == 0 && q.field == client.FieldClientID && client.HasLengthOfSecret(cleaned)
	holds := client.HoldsSecret(all) || client.HoldsSecret(text)
	if !s.atTerminal || id || !holds && (behind == 0 || q.field == "") {
		return
	}
	width, height, ok := s.size()
	rows := 0
	for i := 0; ok && i < len(s.shown.lines); i++ {
		rows += rowsOf(s.shown.lines[i], width)
	}
	if !ok || s.shown.lost || rows >= height {
		return // the person is told to clear the terminal
	}
	s.out.up(rows)
	s.shown.erased = true
	if holds {
		text = "(erased: a secret was in it)"
	}
	s.out.line("%s%s", s.shown.prompt, text)
}

// misplaced refuses a secret where none is asked for.
func (s *session) misplaced() {
	text := "That contains a secret and was dropped."
	if !s.shown.erased {
		text += " Clear the terminal if it shows."
	}
	if at := s.at; at != flow.None && at < flow.Application && slices.Contains(flow.Path(step.Expected(s.env, at, s.a)), flow.Application) {
		text += " The step " + flow.Application.String() + " asks for it."
	}
	s.out.indented(text + " Type only what is asked for.")
}

// rowsOf is how many rows a line fills on a terminal of a width above 0. The terminal shows ^X for a control character.
func rowsOf(line string, width int) int {
	column := 0
	for _, r := range line {
		switch {
		case r == '\t':
			column += 8 - column%8
		case unicode.IsControl(r):
			column += 2
		default:
			column += ansi.StringWidth(string(r))
		}
	}
	return max(1, (column+width-1)/width)
}

// sizeOf makes what gives the size of the terminal behind out; ok is false for what is none, and for one that cannot erase.
func sizeOf(out any, dumb bool) func() (width, height int, ok bool) {
	fd, ok := terminal(out) // once: whoever closes the terminal must not be asked for it meanwhile
	return func() (int, int, bool) {
		if !ok || dumb {
			return 0, 0, false
		}
		width, height, err := term.GetSize(fd)
		return width, height, err == nil && width > 0 && height > 0
	}
}

// up erases the rows above the cursor, and goes there.
func (p *printer) up(rows int) { p.write(fmt.Sprintf("\r\x1b[%dA\x1b[J", rows)) }
