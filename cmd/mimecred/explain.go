package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/docs"
)

func newExplainCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:        "explain KIND",
		SuggestFor: []string{"why", "troubleshoot", "doctor"},
		Short:      "Show what a kind of failure means, and what to do",
		Long: `Show the entry of the troubleshooting page for a kind of failure. "mimecred check" names the kind of each failed check, in its table and as "kind" in its JSON.

It reads no profile and calls nobody.`,
		Example: `  mimecred explain missing_permission
  mimecred check acme -o json | jq -r '.[].checks[].kind' # the kinds of a profile`,
		ValidArgsFunction: func(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(given) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return kindNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, kinds []string) error { return runExplain(a, kinds[0]) },
	}
}

func runExplain(a *app, kind string) error {
	if _, err := a.format("explain"); err != nil {
		return err
	}
	entry := docs.Troubleshooting(strings.ToLower(kind))
	if entry == "" {
		return usage(fmt.Errorf("there is no kind of failure %q", kind), oneOf(kind, "it is one of: ", kindNames())...)
	}
	return a.print(a.look(a.std.out).page(entry))
}

func kindNames() []string {
	var names []string
	for _, k := range client.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// page is Markdown of paragraphs and lists as a terminal shows it: links by their words, code without its marks.
func (l look) page(markdown string) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(markdown, "\n\n") {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		for _, item := range items(paragraph) {
			first, rest := "", ""
			if after, is := strings.CutPrefix(item, "* "); is {
				item, first, rest = after, "* ", "  "
			}
			for i, line := range wrap(l.text(plainText(item)), l.width-len(first)) {
				if i > 0 {
					first = rest
				}
				b.WriteString(first + line + "\n")
			}
		}
	}
	return b.String()
}

// items are the items of a list, or the one paragraph that there is, each on one line.
func items(paragraph string) []string {
	var all []string
	for line := range strings.Lines(paragraph) {
		line = strings.TrimSpace(line)
		if len(all) > 0 && !strings.HasPrefix(line, "* ") {
			all[len(all)-1] += " " + line
			continue
		}
		all = append(all, line)
	}
	return all
}

func plainText(markdown string) string {
	text := regexp.MustCompile(`\[([^\]]+)\]\(([^)#]+)[^)]*\)`).ReplaceAllString(markdown, "$1 (docs/$2)")
	return strings.NewReplacer("`", "", "*kind*", "kind").Replace(text)
}
