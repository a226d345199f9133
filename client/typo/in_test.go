package typo_test

import (
	"testing"

	"mimecred/client/typo"
)

func TestIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, word string
		want       bool
	}{
		{"netskope cloud threat exchange", "netskpoe", true},
		{"netskope cloud threat exchange", "nettskope", true},
		{"netskope cloud threat exchange", "netskop", true},
		{"netskope cloud threat exchange", "nedsko", true},
		{"netskope cloud threat exchange", "exchainge", true},
		{"google secops", "splunk", false},
		{"api 2.0", "apo", false},
		{"axonius-mimecast-v2", "axonios", true},
		{"", "word", false},
		{"word", "", false},
	} {
		if got := typo.In(c.text, c.word); got != c.want {
			t.Errorf("In(%q, %q) = %v", c.text, c.word, got)
		}
	}
}
