package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/docs"
)

func newExplainCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:        "explain TEXT...",
		SuggestFor: []string{"why", "troubleshoot"},
		Short:      "Show what an error means, and what to do",
		Long: `Show the entry of the troubleshooting page for an error. TEXT is the kind of a failed check, or an error message. It may be a line of another product's log, or a reply of Mimecast. mimecred sorts it by the rules for its own calls. Where API 1.0 and API 2.0 need different steps, it gives both. With -, the text is read from standard input.

"mimecred check NAME" names the kind of each failed check, in its table and as "kind" in its JSON. With -o json the kind is "" where nothing in the text is known.

It reads no profile and calls nobody.`,
		Example: `  mimecred explain missing_permission
  mimecred explain 'err_xdk_invalid_signature: Invalid Signature'
  tail -n 1 collector.log | mimecred explain - -o json
  mimecred check acme -o json | jq -r '.[].checks[].kind' # the kinds of a profile`,
		ValidArgsFunction: func(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(given) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return kindNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, words []string) error {
			return runExplain(cmd.Context(), a, strings.Join(words, " "))
		},
	}
}

// explainJSON is the JSON of explain.
type explainJSON struct {
	Schema int `json:"schema"`
	// Kind is "" where nothing in the text is known.
	Kind    client.Kind `json:"kind"`
	Meaning string      `json:"meaning"`
	Fix     string      `json:"fix"`
}

// longestKind is how many bytes a word has at most that may have been meant as a kind: a secret is longer.
const longestKind = 24

// longestExplained is how many bytes of a text are read: an error message is a line or two, a reply a page.
const longestExplained = 256 << 10

func runExplain(ctx context.Context, a *app, text string) error {
	format, err := a.format("explain")
	if err != nil {
		return err
	}
	if text == "-" {
		raw, err := awaited(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.std.in, longestExplained)) })
		switch {
		case ctx.Err() != nil:
			return interruption(ctx)
		case err != nil:
			return usagef("standard input cannot be read: %w", err)
		}
		text = string(raw)
	}
	d, known := client.Explain(text)
	switch word := strings.TrimSpace(text); {
	case format == "json":
		return a.printJSON(explainJSON{Schema: 1, Kind: d.Kind, Meaning: d.Meaning, Fix: d.Fix})
	case !known && !strings.ContainsAny(word, " \t\n{") && len(word) <= longestKind:
		return usage(fmt.Errorf("there is no kind of failure %q", word), oneOf(word, "it is one of: ", kindNames())...)
	case !known: // not repeated: a log may hold a secret
		return usage(errors.New("nothing in that text is known"), "give the code, the message or the HTTP status that it has", "the kinds of failure are: "+strings.Join(kindNames(), ", "))
	}
	l := a.look(a.std.out)
	head := ""
	if !strings.EqualFold(strings.TrimSpace(text), string(d.Kind)) {
		head = l.page("This is "+string(d.Kind)+". "+d.Meaning) + "\n"
	}
	return a.print(head + l.page(docs.Troubleshooting(string(d.Kind))))
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
