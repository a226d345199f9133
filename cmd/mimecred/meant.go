package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mimecred/client/typo"
)

// meant.go says what a misspelt word may have been meant to be.

// didYouMean is a hint for each of the known words that a wrong one resembles; before is what precedes it on the command line.
func didYouMean(word, before string, known []string) []string {
	var hints []string
	for _, one := range typo.Near(word, known) {
		hints = append(hints, "did you mean: "+before+one)
	}
	return hints
}

// oneOf are the hints on a word that must be one of a few: those that it resembles, then all.
func oneOf(word, all string, known []string) []string {
	return append(didYouMean(word, "", known), all+strings.Join(known, ", "))
}

// flagFailure says what is wrong with the flags of a command line.
func flagFailure(cmd *cobra.Command, err error) error {
	help := cmd.CommandPath() + " --help shows the flags"
	if unknown, is := errors.AsType[*pflag.NotExistError](err); is {
		return usage(err, append(flagsMeant(cmd, unknown), help)...)
	}
	if bare, is := errors.AsType[*pflag.ValueRequiredError](err); is {
		name, _ := pflag.UnquoteUsage(bare.GetFlag())
		flag := "--" + bare.GetFlag().Name
		return usage(fmt.Errorf("%s needs %s: %s %s %s", flag, withArticle(name), cmd.CommandPath(), flag, name), help)
	}
	if wrong, is := errors.AsType[*pflag.InvalidValueError](err); is {
		flag := wrong.GetFlag()
		if errors.Is(err, errTwice) {
			return usage(fmt.Errorf("--%s is given twice", flag.Name), help)
		}
		if rule := ruleOf(flag.Value.Type()); rule != "" {
			return usage(fmt.Errorf("--%s: %q is %s", flag.Name, wrong.GetValue(), rule), help)
		}
	}
	return usage(err, help)
}

// ruleOf says what a value is not that a flag of that type refused.
func ruleOf(kind string) string {
	return map[string]string{
		"duration": "no length of time such as 30m or 1h30m", "int": "no whole number", "bool": "neither true nor false",
	}[kind]
}

// flagsMeant are hints on a flag that a command does not have.
func flagsMeant(cmd *cobra.Command, unknown *pflag.NotExistError) []string {
	word := unknown.GetSpecifiedName()
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		word = short // -all for --all
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			known = append(known, f.Name)
		}
	})
	if slices.Contains(outputs(commandName(cmd)), word) {
		return []string{"did you mean: -o " + word}
	}
	hints := didYouMean(word, "--", known)
	for _, secret := range []string{"secret", "password", "passphrase", "key", "token", "otp"} {
		if len(hints) == 0 && strings.Contains(strings.ToLower(word), secret) {
			hints = append(hints, "no flag accepts a secret: mimecred setup --from FILE reads it from a file, --from - from standard input")
		}
	}
	return hints
}

// withArticle is a word of a usage line with "a" or "an".
func withArticle(word string) string {
	if word != "" && strings.ContainsAny(word[:1], "AEIOUaeiou") {
		return "an " + word
	}
	return "a " + word
}
