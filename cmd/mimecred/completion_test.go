package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// offered is what a shell is offered for the last word of a command line, and the directive.
func offered(t *testing.T, env map[string]string, words ...string) (lines []string, directive string) {
	t.Helper()
	got := call(t, env, "", append([]string{"__complete"}, words...)...)
	lines = strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if got.code != exitDone || len(lines) == 0 || strings.Contains(got.out, "`") {
		t.Fatalf("__complete %q: exit %d\n%s%s", words, got.code, got.out, got.err)
	}
	return lines[:len(lines)-1], lines[len(lines)-1]
}

// TestEveryFlagIsCompleted walks the tree: every flag with a value offers words, or files where a file is meant, or says that there
// is nothing to offer; arguments do too. What is offered for -o is what the command prints.
func TestEveryFlagIsCompleted(t *testing.T) {
	t.Parallel()
	fileFlags := []string{"from", "file", "log", "data", "config", "identity-file", "new-file"}
	free := []string{"allow-host", "secret-name", "namespace"}
	tried := 0
	for _, cmd := range tree(t) {
		path := strings.Fields(strings.TrimPrefix(cmd.CommandPath(), "mimecred"))
		if cmd.ValidArgsFunction == nil {
			t.Errorf("%s leaves its arguments to files", cmd.CommandPath())
		}
		flags := pflag.NewFlagSet("all", pflag.ContinueOnError)
		flags.AddFlagSet(cmd.LocalFlags())
		flags.AddFlagSet(cmd.InheritedFlags())
		flags.VisitAll(func(f *pflag.Flag) {
			if f.NoOptDefVal != "" || f.Name == "features" || f.Name == "menu" {
				return // switches; and those that need an ID first, which shells are tried with
			}
			tried++
			words, directive := offered(t, nil, append(path[:len(path):len(path)], "--"+f.Name, "")...)
			switch {
			case slices.Contains(fileFlags, f.Name):
				if directive != ":0" && directive != ":16" {
					t.Errorf("%s --%s offers no files: %q %s", cmd.CommandPath(), f.Name, words, directive)
				}
			case f.Name == "output":
				if want := outputs(commandName(cmd)); !slices.Equal(words, want) || directive != ":4" {
					t.Errorf("%s -o offers %q %s, want %q", cmd.CommandPath(), words, directive, want)
				}
			case directive != ":4" || len(words) == 0 && !slices.Contains(free, f.Name):
				t.Errorf("%s --%s offers %q %s", cmd.CommandPath(), f.Name, words, directive)
			}
		})
	}
	if tried < 100 {
		t.Errorf("only %d flags were tried", tried)
	}
}

// TestFormatsOfOutputAreTrue: a command that refuses a format names those that completion offers, and no other command offers any.
func TestFormatsOfOutputAreTrue(t *testing.T) {
	t.Parallel()
	for _, cmd := range tree(t) {
		words, _ := operandsOf(cmd.Use)
		if !cmd.HasParent() || cmd.Name() == "exec" || cmd.Name() == "help" || cmd.Name() == "completion" {
			continue // a wizard; another program; what prints one thing
		}
		args := strings.Fields(strings.TrimPrefix(cmd.CommandPath(), "mimecred"))
		for _, o := range words {
			if !o.optional {
				args = append(args, map[bool]string{true: "jupiterone", false: "acme"}[o.name == "ID"])
			}
		}
		got := call(t, map[string]string{"MIMECRED_CONFIG": t.TempDir()}, "{}", append(args, "-o", "nonsense")...)
		can := outputs(commandName(cmd))
		says := "has no formats for -o to choose from"
		if len(can) > 0 && cmd.Name() != "setup" && cmd.Name() != "rotate" {
			says = `cannot print "nonsense"; -o is one of [` + strings.Join(can, " ") + "]"
		}
		if cmd.Name() == "rotate" {
			says = `there is no profile "acme"`
		}
		got.wants(t, exitUsage, says)
	}
}

// TestCompletionOpensNothing: a shell that completes waits for no keyring and makes no folder.
func TestCompletionOpensNothing(t *testing.T) {
	t.Parallel()
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus")
	for _, words := range [][]string{{"get", ""}, {"get", "acme", ""}, {"setup", ""}, {"delete", ""}, {"export", "acme", "-f", ""}, {"api", "acme", "GET", ""}} {
		if got := p.run(t, "", append([]string{"__complete"}, words...)...); got.code != exitDone {
			t.Errorf("%q: exit %d\n%s", words, got.code, got.err)
		}
	}
	if _, directive := offered(t, nil, "nothing-like-it", ""); directive != ":4" {
		t.Errorf("an unknown command offers files: %s", directive)
	}
}

// TestCompletionScripts: there is a script for each shell, with descriptions and without, that asks mimecred for the words.
func TestCompletionScripts(t *testing.T) {
	t.Parallel()
	for _, shell := range shells() {
		with, without := call(t, nil, "", "completion", shell), call(t, nil, "", "completion", shell, "--no-descriptions")
		for _, got := range []called{with, without} {
			if got.code != exitDone || got.err != "" || !strings.Contains(got.out, cobra.ShellCompRequestCmd) || !strings.Contains(got.out, "mimecred") {
				t.Errorf("completion %s: exit %d, %d bytes\n%s", shell, got.code, len(got.out), got.err)
			}
		}
		if with.out == without.out {
			t.Errorf("completion %s is the same without descriptions", shell)
		}
	}
}
