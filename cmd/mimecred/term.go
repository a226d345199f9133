package main

import (
	"io"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"mimecred/client/showable"
)

// isTerminal tells whether a stream is one, without asking the terminal anything.
func isTerminal(stream any) bool {
	f, ok := stream.(term.File)
	return ok && term.IsTerminal(f.Fd())
}

// look is how text output is drawn on one stream.
type look struct {
	colour bool
	ascii  bool
	signs  signs
	// width is where text is wrapped; 0 leaves lines whole, for files and for grep.
	width int
	// columns is how wide the terminal is; 0 when it is none.
	columns int
}

// signs are the marks before each line of a report.
type signs struct{ passed, warning, failed, skipped, dot, ellipsis string }

func (a *app) look(w io.Writer) look {
	l := look{signs: signs{"✓", "!", "✗", "–", "·", "…"}}
	if l.ascii = !a.unicode(); l.ascii {
		l.signs = signs{"+", "!", "x", "-", "-", "..."}
	}
	l.colour = isTerminal(w) && !a.flags.noColor && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
	if f, ok := w.(term.File); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 20 {
			l.width, l.columns = min(width, 100), width
		}
	}
	return l
}

// text makes text from elsewhere fit for one line of this look.
func (l look) text(text string) string {
	text = oneLine(text)
	if l.ascii {
		text = strings.NewReplacer("·", "-", "→", ">", "–", "-", "…", "...", "“", `"`, "”", `"`, "’", "'").Replace(text)
	}
	return text
}

// wrap breaks a line between words so that no part is wider than width, as far as the words allow.
func wrap(line string, width int) []string {
	if width <= 0 {
		return []string{line}
	}
	var parts []string
	part := ""
	for word := range strings.FieldsSeq(line) {
		switch {
		case part == "":
			part = word
		case ansi.StringWidth(part)+1+ansi.StringWidth(word) <= width:
			part += " " + word
		default:
			parts = append(parts, part)
			part = word
		}
	}
	return append(parts, part)
}

// longLines breaks the lines of a text that are wider than width, 0 for none, each as broken does it.
func longLines(text string, width int, broken func(line string) string) string {
	if width <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if ansi.StringWidth(line) > width {
			lines[i] = broken(line)
		}
	}
	return strings.Join(lines, "\n")
}

// columned breaks the lines of a text to the width, 0 for none, between words; what follows hangs under the second column of its line,
// which two spaces or more come before.
func columned(text string, width int) string {
	return longLines(text, width, func(line string) string {
		value := strings.TrimLeft(line, " ")
		if at := strings.Index(value, "  "); at >= 0 {
			value = strings.TrimLeft(value[at:], " ")
		}
		label := line[:len(line)-len(value)]
		in := ansi.StringWidth(label)
		if in > width/2 {
			in = 4
		}
		return label + strings.Join(wrap(value, width-max(in, ansi.StringWidth(label))), "\n"+strings.Repeat(" ", in))
	})
}

// hintMark begins a line that says what to do next.
const hintMark = "hint: "

// advice breaks each line of a text to the width, 0 for none. What follows the first part of a hint is indented like its words.
func advice(text string, width int) string {
	return longLines(text, width, func(line string) string {
		mark := ""
		if rest, is := strings.CutPrefix(line, hintMark); is {
			mark, line = hintMark, rest
		}
		return mark + strings.Join(wrap(line, width-len(mark)), "\n"+strings.Repeat(" ", len(mark)))
	})
}

// unicode tells whether the locale, as far as the environment says, can show more than ASCII.
func (a *app) unicode() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := a.env(name); locale != "" {
			locale = strings.ToUpper(locale)
			return strings.Contains(locale, "UTF-8") || strings.Contains(locale, "UTF8")
		}
	}
	return runtime.GOOS == "windows" || runtime.GOOS == "darwin"
}

// A command does not know the background, and none of the 16 colours can be read on black and on white. So a sign brings its own:
// the contrast of each pair is above 4.5:1 in the palettes of xterm and of VGA.
const (
	bold   = "1"
	red    = "97;41"  // white on it
	green  = "30;42"  // black on it
	yellow = "30;103" // black on it
)

func (l look) paint(style, text string) string {
	if !l.colour || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// oneLine makes text from elsewhere safe to print in a line: what a server answers must not move the cursor.
func oneLine(text string) string { return strings.TrimSpace(showable.Line(text)) }

// pad fills text with spaces up to width characters.
func pad(text string, width int) string {
	if n := utf8.RuneCountInString(text); n < width {
		return text + strings.Repeat(" ", width-n)
	}
	return text
}
