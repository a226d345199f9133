package main

import (
	"slices"
	"testing"
)

// TestWords: no new sentence breaks a rule, and known.txt has none that is mended.
func TestWords(t *testing.T) {
	t.Chdir("../..")
	if err := run(true, false); err != nil {
		t.Error(err)
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string][]string{
		"Type the code. It is in the mail.": {"Type the code", "It is in the mail."},
		"Which product? All of them.":       {"Which product", "All of them."},
		"open the file":                     nil,
		"saving the file.":                  {"saving the file."},
		"Word":                              nil,
		"%s is there":                       nil,
	} {
		if got := split(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	said := []sentence{
		{"tui", "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty."},
		{"tui", "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty more."},
		{"tui", "The version in force is tested."},
		{"tui", "The current version is tested."},
	}
	got := faults(said)
	if len(got) != 2 || got[0][:10] != `"in force"` || got[1][:8] != "21 words" {
		t.Errorf("%q", got)
	}
}
