package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// tree is every command, the program first.
func tree(t *testing.T) []*cobra.Command {
	t.Helper()
	var all []*cobra.Command
	everyCommand(newRootCmd(newApp(streams{}, func(string) string { return "" })), func(cmd *cobra.Command) { all = append(all, cmd) })
	if len(all) < 24 {
		t.Fatalf("there are only %d commands: this test looks in the wrong place", len(all))
	}
	return all
}

// commandLine is an example without what is around the call of mimecred: other programs, pipes, comments.
func commandLine(example string) []string {
	_, line, found := strings.Cut(example, "mimecred ")
	if !found {
		return nil
	}
	line = regexp.MustCompile(`[|>)&#"].*|   .*`).ReplaceAllString(line, "")
	return strings.Fields(line)
}

// TestEveryCommandHasExamples: the first example is a command line of its own that has everything it needs, the others parse too.
func TestEveryCommandHasExamples(t *testing.T) {
	t.Parallel()
	for _, cmd := range tree(t) {
		if cmd.HasParent() && !strings.HasPrefix(firstExample(cmd), cmd.CommandPath()) && !cmd.HasSubCommands() {
			t.Errorf("the first example of %s is %q", cmd.CommandPath(), firstExample(cmd))
		}
		for line := range strings.Lines(cmd.Example) {
			words := commandLine(strings.ReplaceAll(line, `'{"data":[{"domain":"example.com"}]}'`, "{}"))
			if words == nil {
				continue
			}
			root := newRootCmd(newApp(streams{}, func(string) string { return "" }))
			everyCommand(root, func(c *cobra.Command) {
				c.RunE = func(*cobra.Command, []string) error { return nil }
				c.PersistentPreRunE = nil
			})
			root.SetArgs(words)
			if err := root.ExecuteContext(t.Context()); err != nil {
				t.Errorf("%s: the example %q: %v", cmd.CommandPath(), strings.TrimSpace(line), err)
			}
		}
	}
}

// TestEveryCommandIsInOneGroup: --help shows each command once, under the titles that people look for.
func TestEveryCommandIsInOneGroup(t *testing.T) {
	t.Parallel()
	var titles []string
	for _, g := range groups() {
		titles = append(titles, g.title)
	}
	if want := []string{"Start", "Every day", "For scripts", "Repair", "More"}; !slices.Equal(titles, want) {
		t.Errorf("the groups are %q, want %q", titles, want)
	}
	help := call(t, nil, "", "--help").out
	for _, cmd := range tree(t) {
		if cmd.Parent() == nil || cmd.Parent().HasParent() {
			continue
		}
		if n := len(regexp.MustCompile(`(?m)^  `+cmd.Name()+` +[A-Z]`).FindAllString(help, -1)); n != 1 {
			t.Errorf("--help shows %s %d times", cmd.Name(), n)
		}
	}
	at := 0
	for _, title := range titles {
		next := strings.Index(help, "\n"+title+"\n")
		if next < at {
			t.Errorf("--help has %q at %d, after %d", title, next, at)
		}
		at = next
	}
}

// sentences are those of a help text; lines of a list count as one each.
func sentences(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		for part := range strings.SplitSeq(regexp.MustCompile(`([.!?;]["”]?) +`).ReplaceAllString(line, "$1\n"), "\n") {
			if part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// TestHelpIsPlainEnglish: no sentence of --help has more than 20 words or a word that the glossary replaces. What a command is for
// begins with a verb, and so does what a flag does.
func TestHelpIsPlainEnglish(t *testing.T) {
	t.Parallel()
	verbs := strings.Fields(`Copy Move copy move Get Set Try Show List Test Replace Fill Change Give Print Write Run Make Retire Delete
		append ask print show keep test use repeat read save activate retire roll delete discard send stop listen let write call begin put
		replace continue say complete start forget`)
	replaced := regexp.MustCompile(`(?i)\b(in force|stands|staged|put by|promoted?|orphans?|swap|trip|journey|settled?|taken|waits as pending|please|sorry)\b|!`)
	read := 0
	check := func(of, text string) {
		for _, s := range sentences(text) {
			read++
			if n := len(strings.Fields(s)); n > 20 {
				t.Errorf("%s: %d words in %q", of, n, s)
			}
			if word := replaced.FindString(s); word != "" {
				t.Errorf("%s: %q in %q", of, word, s)
			}
		}
	}
	first := func(of, text string) {
		if word, _, _ := strings.Cut(strings.TrimPrefix(text, "with --from: "), " "); !slices.Contains(verbs, word) {
			t.Errorf("%s begins with %q and not with a verb: %s", of, word, text)
		}
	}
	for _, cmd := range tree(t) {
		path := cmd.CommandPath()
		check(path, cmd.Short)
		check(path, cmd.Long)
		first(path, cmd.Short)
		if strings.HasSuffix(cmd.Short, ".") || cmd.Long == "" {
			t.Errorf("%s: the short help %q ends a sentence, or there is no long one", path, cmd.Short)
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			check(path+" --"+f.Name, f.Usage)
			first(path+" --"+f.Name, f.Usage)
			if name, _ := pflag.UnquoteUsage(f); f.NoOptDefVal == "" && name != strings.ToUpper(name) {
				t.Errorf("%s --%s: its value is called %q", path, f.Name, name)
			}
		})
	}
	if read < 250 {
		t.Errorf("only %d sentences were read", read)
	}
	t.Logf("counted: %d sentences of help were read", read)
}

// TestHelpFitsTheWidth: at every width prose, tables, examples and lists of commands are broken between words. Wider is only what cannot
// be broken: one word, or what stands in quotes.
func TestHelpFitsTheWidth(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 60, 80} {
		for _, cmd := range tree(t) {
			h := helpText{look: look{columns: width}}
			h.paragraphs(cmd.Long + "\n" + cmd.Example + "\n")
			h.commands(cmd)
			if got, want := strings.Fields(strings.ReplaceAll(h.text.String(), " \\\n", "\n")), strings.Fields(cmd.Long+"\n"+cmd.Example); len(got) < len(want) {
				t.Errorf("%s at %d columns lost words: %q", cmd.CommandPath(), width, h.text.String())
			}
			for line := range strings.Lines(h.text.String()) {
				line = strings.TrimSuffix(line, "\n")
				if alone := len(words(strings.TrimSuffix(strings.TrimSpace(line), ` \`), 1)) == 1; utf8.RuneCountInString(line) > width && !alone {
					t.Errorf("%s at %d columns: %q", cmd.CommandPath(), width, line)
				}
			}
		}
	}
	help := call(t, nil, "", "--help").out
	for line := range strings.Lines(help) {
		if utf8.RuneCountInString(line) > helpWidth+1 {
			t.Errorf("--help is wider than %d: %q", helpWidth, line)
		}
	}
}
