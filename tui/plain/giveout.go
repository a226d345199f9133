package plain

import (
	"context"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"mimecred/client/catalog/form"
	"mimecred/client/secret"
	"mimecred/tui/clipboard"
	"mimecred/tui/step"
)

// Board copies a value to wherever the person may paste from, and takes it away; both tell what was seen. See clipboard.Board.
type Board interface {
	Copy(ctx context.Context, v secret.Value) clipboard.Copied
	Empty(ctx context.Context, v secret.Value) clipboard.Gone
}

// boardLimit bounds one use of the clipboards.
const boardLimit = 5 * time.Second

// useClipboards takes the clipboards of the options. Only a terminal that understands more than text has one of its own.
func (s *session) useClipboards(o Options) {
	if s.board = o.Board; s.board == nil {
		s.board = clipboard.Of(nil, nil)
	}
	if _, ok := terminal(o.Out); ok && !o.Dumb {
		s.escapes = o.Out
	}
}

// givenOut gives secrets to the person that nothing keeps: each is shown once, and copied as often as wanted. What was copied is taken
// away after its time, and at the end.
type givenOut struct {
	s       *session
	entries []form.Entry
	shown   map[int]bool

	mu   sync.Mutex // of what follows, which the timer uses too
	held secret.Value
	stop func() bool
}

func (s *session) newGivenOut() *givenOut {
	g := &givenOut{s: s, shown: map[int]bool{}}
	for _, f := range step.Forms(s.a) {
		g.entries = append(g.entries, f.Entries...)
	}
	return g
}

// help explains the words.
func (g *givenOut) help() []string {
	return []string{
		"No later command can print these secrets: they are only in memory.",
		"s and the number of a field shows its secret once, after a yes. A log or a recording of this terminal has it then.",
		"c and the number copies it. " + strconv.Itoa(int(clipboard.HoldTime/time.Second)) + " seconds later, or when you leave, the clipboard is emptied.",
	}
}

// command does what "s 3" and "c 3" stand for, and tells whether the text is one of these words.
func (g *givenOut) command(text string) (mine bool, err error) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || len(words) > 2 || words[0] != "s" && words[0] != "c" {
		return false, nil
	}
	n := 0
	if len(words) == 2 {
		n, _ = strconv.Atoi(words[1])
	}
	out := g.s.out
	switch {
	case n < 1 || n > len(g.entries):
		out.indented("Type " + words[0] + " and the number of a field, such as " + words[0] + " " + g.example() + ".")
	case words[0] == "c":
		g.copy(g.entries[n-1])
	case g.entries[n-1].Value.IsZero():
		out.indented(g.entries[n-1].Label + " is no secret. The list above has its value.")
	case g.shown[n]:
		out.indented("It was shown once. c " + strconv.Itoa(n) + " copies it.")
	default:
		return true, g.show(n)
	}
	return true, nil
}

// example is the number of the first secret.
func (g *givenOut) example() string {
	for n, e := range g.entries {
		if !e.Value.IsZero() {
			return strconv.Itoa(n + 1)
		}
	}
	return "1"
}

// show prints a secret after a yes.
func (g *givenOut) show(n int) error {
	e := g.entries[n-1]
	g.s.out.indented("Everybody who sees this screen, or a log of it, can read " + e.Label + " then.")
	yes, err := g.s.confirm(question{text: "Show it once?"}, false)
	if err != nil || !yes {
		return err
	}
	g.shown[n] = true
	g.s.out.write(readable(e.Value) + "\n")
	return nil
}

// copy copies the value of a field and says what was seen of it.
func (g *givenOut) copy(e form.Entry) {
	v := e.Value
	if !e.Copyable() {
		g.s.out.indented(e.Label + " has no value to paste. " + e.Advice)
		return
	}
	if v.IsZero() {
		v = secret.New(e.Text)
	}
	g.end()
	g.mu.Lock()
	defer g.mu.Unlock()
	ctx, cancel := context.WithTimeout(g.s.ctx, boardLimit)
	defer cancel()
	seen := g.s.board.Copy(ctx, v)
	if seen.Send && seen.Place == clipboard.Terminal && g.s.escapes == nil {
		g.s.out.indented("No clipboard can be reached from here. s and the number shows a secret once.")
		return
	}
	if seen.Send && g.s.escapes != nil {
		_, _ = io.WriteString(g.s.escapes, throughTerminal(v))
	}
	g.held, g.stop = v, time.AfterFunc(clipboard.HoldTime, g.end).Stop
	g.s.out.indented(seen.Place.Words(e.Label) + ".")
}

// end takes away what was copied last, where it still is.
func (g *givenOut) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.held.IsZero() {
		return
	}
	g.stop()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(g.s.ctx), boardLimit)
	defer cancel()
	gone := g.s.board.Empty(ctx, g.held)
	if g.held = (secret.Value{}); gone.Send && g.s.escapes != nil {
		_, _ = io.WriteString(g.s.escapes, ansi.SetSystemClipboard(clipboard.Blank))
	}
}
