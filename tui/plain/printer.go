package plain

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"mimecred/client/showable"
	"mimecred/tui/field"
)

// printer writes lines that hold nothing but text: what a server or a person sent must not move the cursor, ring the bell
// or change colours. It may be used by several goroutines, since a store tells from its own that it waits.
type printer struct {
	mu    sync.Mutex
	out   io.Writer
	ascii *strings.Replacer
	err   error
	// columns gives how wide the terminal is; 0 where there is none, and lines stay whole.
	columns func() int
}

func newPrinter(out io.Writer, ascii bool) *printer {
	p := &printer{out: out, columns: func() int { return 0 }}
	if ascii {
		p.ascii = strings.NewReplacer("·", "-", "…", "...", "→", "->", "–", "-", "—", "-", "‘", "'", "’", "'", "“", `"`, "”", `"`)
	}
	return p
}

// line writes one line, broken between words where a terminal is narrower.
func (p *printer) line(format string, args ...any) {
	p.write(p.broken(p.clean(fmt.Sprintf(format, args...))) + "\n")
}

// broken is a line broken between words where a terminal is narrower. What follows the first part stands below its words.
func (p *printer) broken(text string) string {
	words := strings.TrimLeft(text, " ")
	margin := len(text) - len(words)
	if number := strings.IndexAny(words, ".)") + 2; number > 1 && number < 5 && strings.Trim(words[:number-2], "0123456789") == "" {
		margin += number
	}
	width := p.columns() - margin
	if width < 10 || margin > len(text) {
		return text
	}
	return text[:margin] + strings.Join(field.Break(text[margin:], width), "\n"+strings.Repeat(" ", margin))
}

// indented writes one line that belongs to the one before it; nothing for an empty text.
func (p *printer) indented(text string) {
	if text != "" {
		p.line("    %s", text)
	}
}

// prompt writes a question and leaves the cursor behind it.
func (p *printer) prompt(text string) { p.write(p.broken(p.clean(text)+":") + " ") }

// end ends a line whose end the person's return key did not show.
func (p *printer) end() { p.write("\n") }

// failed is the first error of the writer.
func (p *printer) failed() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

func (p *printer) write(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return
	}
	if _, err := io.WriteString(p.out, text); err != nil {
		p.err = fmt.Errorf("write to the output: %w", err)
	}
}

// clean makes text one line of characters that can be seen.
func (p *printer) clean(text string) string {
	text = showable.Line(text)
	if p.ascii != nil {
		text = p.ascii.Replace(text)
	}
	return strings.TrimRight(text, " ")
}
