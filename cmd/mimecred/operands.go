package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client/typo"
)

// What a command line must have beside its flags is read from the usage line of its command, NAME [FIELD] ID... and what follows
// "--" of another program, so that both cannot differ.

// operand is one word of a usage line.
type operand struct {
	name           string
	optional, many bool
}

// operandsOf reads the words of a usage line, and those after "--".
func operandsOf(use string) (words, program []operand) {
	use, after, _ := strings.Cut(use, " -- ")
	return operandList(use), operandList("program " + after)
}

func operandList(use string) []operand {
	var list []operand
	before := ""
	for i, word := range strings.Fields(use) {
		flag := strings.HasPrefix(before, "-") || strings.HasPrefix(word, "-") || word == "[flags]"
		before = word
		if i == 0 || flag {
			continue // the command, and flags with their values
		}
		o := operand{optional: strings.HasPrefix(word, "[")}
		word = strings.Trim(word, "[]")
		o.many = strings.HasSuffix(word, "...")
		o.name = strings.TrimSuffix(word, "...")
		list = append(list, o)
	}
	return list
}

// checkOperands makes every command of a tree refuse what its usage line does not have.
func (a *app) checkOperands(root *cobra.Command) {
	everyCommand(root, func(cmd *cobra.Command) { cmd.Args = a.operandsFit })
}

// operandsFit compares what was given with the usage line. What is too many is not repeated: it may be a secret.
func (a *app) operandsFit(cmd *cobra.Command, given []string) error {
	words, program := operandsOf(cmd.Use)
	if cmd.HasSubCommands() && len(words) == 0 {
		return unknownCommand(cmd, given)
	}
	dash := cmd.ArgsLenAtDash()
	if len(program) == 0 || dash < 0 {
		dash = len(given)
	}
	missing := missingOf(words, given[:dash])
	if len(missing) == 0 && len(program) > 0 && dash == len(given) && len(given) > len(words) {
		return a.needs(cmd, given, []string{"-- before " + program[0].name})
	}
	if len(program) > 0 {
		missing = append(missing, missingOf(program, given[dash:])...)
	}
	if len(missing) > 0 {
		return a.needs(cmd, given, missing)
	}
	return tooMany(cmd, words, dash)
}

// missingOf are the operands that are needed and were not given, each with its article.
func missingOf(operands []operand, given []string) []string {
	var missing []string
	for i, o := range operands {
		if i < len(given) || o.optional {
			continue
		}
		missing = append(missing, withArticle(o.name))
	}
	return missing
}

// needs says what is missing, with a command line that has it: with the name of the profile that was given, or of the only one that there
// is. It has NAME where there are several, which are listed, or none.
func (a *app) needs(cmd *cobra.Command, given, missing []string) error {
	words := missing[len(missing)-1]
	if rest := missing[:len(missing)-1]; len(rest) > 0 {
		words = strings.Join(rest, ", ") + " and " + words
	}
	text := cmd.CommandPath() + " needs " + words
	example, hints := firstExample(cmd), []string{usageLine(cmd)}
	if named := withName(example, "NAME"); named != example && a.readFlags() == nil {
		switch names := a.profileNames(); {
		case len(given) > 0 && slices.Contains(names, given[0]):
			named = withName(example, given[0])
		case len(names) == 1:
			named = withName(example, names[0])
		case len(names) > 1:
			hints = append(hints, "the profiles are: "+someNames(names))
		}
		example = named
	}
	if example != "" {
		text += ": " + example
	}
	return usage(errors.New(text), hints...)
}

// withName is an example of help about another profile than its own.
func withName(example, name string) string {
	return regexp.MustCompile(`(^|\s)acme(\s|$)`).ReplaceAllString(example, "${1}"+name+"${2}")
}

// mostNames is how many names are listed where one is missing.
const mostNames = 12

// someNames lists names, and how many more there are.
func someNames(names []string) string {
	if more := len(names) - mostNames; more > 0 {
		return fmt.Sprintf("%s and %d more (mimecred list)", strings.Join(names[:mostNames], ", "), more)
	}
	return strings.Join(names, ", ")
}

func usageLine(cmd *cobra.Command) string { return "usage: " + cmd.UseLine() }

// firstExample is the first command line of the examples.
func firstExample(cmd *cobra.Command) string {
	line, _, _ := strings.Cut(cmd.Example, "\n")
	return strings.TrimSpace(line)
}

// tooMany refuses what the usage line has no word for.
func tooMany(cmd *cobra.Command, words []operand, given int) error {
	if given <= len(words) || len(words) > 0 && words[len(words)-1].many {
		return nil
	}
	var names []string
	for _, o := range words {
		names = append(names, o.name)
	}
	what := "accepts " + strings.Join(names, " ") + " and nothing after it"
	if len(names) == 0 {
		what = "accepts no arguments"
	}
	return usage(errors.New(cmd.CommandPath()+" "+what), usageLine(cmd))
}

// unknownCommand refuses what is no command below another, with the nearest ones.
func unknownCommand(cmd *cobra.Command, given []string) error {
	if len(given) == 0 {
		return nil
	}
	var known []string
	name := map[string]string{}
	for _, sub := range cmd.Commands() {
		for _, word := range slices.Concat([]string{sub.Name()}, sub.Aliases, sub.SuggestFor) {
			if !sub.Hidden {
				known, name[word] = append(known, word), sub.Name()
			}
		}
	}
	var hints []string
	for _, word := range typo.Near(given[0], known) {
		if hint := "did you mean: " + cmd.CommandPath() + " " + name[word]; !slices.Contains(hints, hint) {
			hints = append(hints, hint)
		}
	}
	path := strings.TrimPrefix(cmd.CommandPath()+" ", cmd.Root().Name()+" ")
	return usage(fmt.Errorf("there is no command %q", path+given[0]), append(hints, cmd.CommandPath()+" --help shows the commands")...)
}

// everyCommand does something with every command of a tree.
func everyCommand(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, sub := range cmd.Commands() {
		everyCommand(sub, do)
	}
}
