package main

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/term"

	"mimecred/client"
	"mimecred/tui/clipboard"
)

// terminal tells what the screens can be drawn on, and how values are copied.
func (d *doctor) terminal() {
	f := finding{ID: "terminal", Title: "Terminal", State: client.Passed}
	var words []string
	out, is := d.a.std.out.(term.File)
	if !is || !isTerminal(out) {
		words = append(words, "standard output is no terminal")
	} else if width, height, err := term.GetSize(out.Fd()); err == nil {
		words = append(words, fmt.Sprintf("%d columns, %d rows", width, height))
	}
	if !isTerminal(d.a.std.in) {
		words = append(words, "standard input is no terminal")
	}
	words = append(words, "TERM="+d.a.env("TERM"), d.colours())
	if d.a.unicode() {
		words = append(words, "UTF-8")
	} else {
		words = append(words, "ASCII signs")
	}
	if d.a.env("TMUX") != "" {
		words = append(words, "tmux")
	}
	if d.a.env("SSH_CONNECTION") != "" || d.a.env("SSH_TTY") != "" {
		words = append(words, "SSH")
	}
	if d.a.plain() {
		words = append(words, "the wizard asks line by line")
	}
	f.Detail = strings.Join(words, ", ")
	d.tell(f)

	ways := []string{}
	if way := clipboard.NewNative(d.a.env).Way(); way != "" {
		ways = append(ways, "natively ("+way+")")
	}
	if d.a.env("TMUX") != "" {
		ways = append(ways, "the buffer of tmux")
	} else if isTerminal(d.a.std.out) {
		ways = append(ways, "the terminal (OSC 52), where it allows that")
	}
	c := finding{ID: "clipboard", Title: "Clipboard", State: client.Passed, Detail: strings.Join(ways, ", ")}
	if len(ways) == 0 {
		c.State, c.Detail = client.Skipped, "nothing to copy to from here"
	}
	d.tell(c)
}

// colours are those that the environment promises.
func (d *doctor) colours() string {
	kind := d.a.env("TERM")
	switch {
	case d.a.flags.noColor || d.a.env("NO_COLOR") != "" || kind == "" || kind == "dumb":
		return "no colours"
	case d.a.env("COLORTERM") == "truecolor" || d.a.env("COLORTERM") == "24bit":
		return "16 million colours"
	case strings.Contains(kind, "256"):
		return "256 colours"
	}
	return "16 colours"
}
