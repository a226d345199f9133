package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help prints what a command does. It is drawn here and not by a styling library, because those ask the terminal for its
// background colour before they print, and --help must not wait for a terminal.
func (a *app) help(c *cobra.Command) {
	l := a.look(a.std.out)
	var b strings.Builder
	long := c.Long
	if long == "" {
		long = c.Short + "."
	}
	b.WriteString(long + "\n")
	section := func(title string) { b.WriteString("\n" + l.paint(bold, title) + "\n") }

	section("Usage")
	b.WriteString("  " + c.UseLine() + "\n")
	if c.HasAvailableSubCommands() && c.HasParent() {
		b.WriteString("  " + c.CommandPath() + " [command]\n")
	}
	if c.Example != "" {
		section("Examples")
		b.WriteString(c.Example + "\n")
	}
	if c.HasAvailableSubCommands() {
		section("Commands")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				b.WriteString("  " + pad(sub.Name(), 14) + sub.Short + "\n")
			}
		}
	}
	if c.HasAvailableLocalFlags() && c.HasParent() {
		section("Flags")
		b.WriteString(flagLines(c.LocalNonPersistentFlags()))
	}
	if global := c.InheritedFlags(); global.HasAvailableFlags() {
		section("Global flags")
		b.WriteString(flagLines(global))
	} else if !c.HasParent() {
		section("Flags")
		b.WriteString(flagLines(c.Flags()))
	}
	_ = a.print(b.String())
}

func flagLines(flags *pflag.FlagSet) string {
	return strings.TrimRight(flags.FlagUsages(), "\n") + "\n"
}
