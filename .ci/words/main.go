// Command words lists every sentence of the program that a person can meet, by package, and checks them: no sentence has more than 20
// words, and none has a word that the glossary replaces.
//
//	go run ./.ci/words            list them all
//	go run ./.ci/words -check     list those that break a rule and are not known; the exit code is 1 when there are any
//	go run ./.ci/words -accept    write those that break a rule to known.txt
//
// Sentences are the string literals with a space that begin with a capital letter or end with a full stop. Long ones that are known
// are in known.txt: the list may only become shorter.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	check := flag.Bool("check", false, "list what breaks a rule and is not known")
	accept := flag.Bool("accept", false, "write what breaks a rule to known.txt")
	flag.Parse()
	if err := run(*check, *accept); err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(1)
	}
}

// knownFile has the sentences that are known to break a rule.
const knownFile = ".ci/words/known.txt"

func run(check, accept bool) error {
	said, err := sentences(".")
	if err != nil {
		return err
	}
	if !check && !accept {
		return list(said)
	}
	broken := faults(said)
	if accept {
		if err := os.WriteFile(knownFile, []byte(strings.Join(broken, "\n")+"\n"), 0o600); err != nil {
			return fmt.Errorf("writing the known ones: %w", err)
		}
		return nil
	}
	text, err := os.ReadFile(knownFile)
	if err != nil {
		return fmt.Errorf("reading the known ones: %w", err)
	}
	known := strings.Split(strings.TrimSpace(string(text)), "\n")
	fresh := slices.DeleteFunc(slices.Clone(broken), func(s string) bool { return slices.Contains(known, s) })
	gone := slices.DeleteFunc(known, func(s string) bool { return s == "" || slices.Contains(broken, s) })
	for _, s := range fresh {
		fmt.Println(s)
	}
	fmt.Printf("%d sentences, %d known to break a rule, %d new, %d mended\n", len(said), len(broken)-len(fresh), len(fresh), len(gone))
	if len(fresh) > 0 {
		return fmt.Errorf("%d sentences break a rule", len(fresh))
	}
	if len(gone) > 0 {
		return fmt.Errorf("%d sentences of known.txt are mended: run go run ./.ci/words -accept", len(gone))
	}
	return nil
}

func list(said []sentence) error {
	at := ""
	for _, s := range said {
		if s.dir != at {
			at = s.dir
			fmt.Println("\n" + filepath.ToSlash(at))
		}
		fmt.Println("  " + s.text)
	}
	return nil
}
