package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const helpFlag = "help"

// helpWidth is how wide help is where nobody knows the width: in a file, and on a wide terminal, where it is read more easily.
const helpWidth = 80

// help prints what a command does. It is drawn here and not by a styling library, because those ask the terminal for its
// background colour before they print, and --help must not wait for a terminal.
func (a *app) help(c *cobra.Command) {
	h := helpText{look: a.look(a.std.out)}
	if h.columns == 0 || h.columns > helpWidth {
		h.columns = helpWidth
	}
	long := c.Long
	if long == "" {
		long = c.Short + "."
	}
	h.paragraphs(long)
	h.section("Usage", "")
	h.paragraphs("  " + c.UseLine() + "\n")
	if c.HasAvailableSubCommands() && c.HasParent() {
		h.text.WriteString("  " + c.CommandPath() + " COMMAND\n")
	}
	if c.Example != "" {
		h.section("Examples", "")
		h.paragraphs(c.Example + "\n")
	}
	h.commands(c)
	if c.HasParent() {
		h.flags("Flags", c.LocalNonPersistentFlags())
		h.flags("Global flags", c.InheritedFlags())
	} else {
		h.flags("Flags", c.Flags())
	}
	_ = a.print(h.text.String())
}

// helpText is help while it is written.
type helpText struct {
	look
	text strings.Builder
}

// paragraphs breaks prose to the width, and lines that begin with a blank as those of a table.
func (h *helpText) paragraphs(prose string) {
	for line := range strings.Lines(prose) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == ' ' {
			h.text.WriteString(strings.Join(hung(line, h.columns), "\n") + "\n")
			continue
		}
		h.text.WriteString(strings.Join(wrap(line, h.columns), "\n") + "\n")
	}
}

func (h *helpText) section(title, body string) {
	h.text.WriteString("\n" + h.paint(bold, title) + "\n" + body)
}

// commands lists those below a command: those of the program in their groups.
func (h *helpText) commands(c *cobra.Command) {
	if c.HasParent() {
		if lines := h.commandLines(commandNames(c), c); lines != "" {
			h.section("Commands", lines)
		}
		return
	}
	for _, g := range groups() {
		var names []string
		for _, m := range g.commands {
			names = append(names, m.name)
		}
		if lines := h.commandLines(names, c); lines != "" {
			h.section(g.title, lines)
		}
	}
}

// commandLines has one command a line, or more where the width is small.
func (h *helpText) commandLines(names []string, c *cobra.Command) string {
	const indent = 16
	var b strings.Builder
	for _, name := range names {
		sub, _, err := c.Find([]string{name})
		if err != nil || sub == c {
			continue
		}
		for i, part := range wrap(sub.Short, h.columns-indent) {
			first := ""
			if i == 0 {
				first = "  " + name
			}
			b.WriteString(pad(first, indent) + part + "\n")
		}
	}
	return b.String()
}

func (h *helpText) flags(title string, flags *pflag.FlagSet) {
	if flags.HasAvailableFlags() {
		h.section(title, strings.TrimRight(flags.FlagUsagesWrapped(h.columns), "\n")+"\n")
	}
}
