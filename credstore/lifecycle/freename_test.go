package lifecycle_test

import (
	"errors"
	"strconv"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// names is a list that has some names, or cannot be read.
type names struct {
	lifecycle.Vault
	known map[string]bool
	err   error
}

func (n names) Lookup(name string) (credstore.Entry, bool, error) {
	return credstore.Entry{}, n.known[name], n.err
}

func TestFreeName(t *testing.T) {
	t.Parallel()
	many, all := map[string]bool{"acme": true}, map[string]bool{"acme": true}
	for i := 2; i < 99; i++ {
		all["acme-"+strconv.Itoa(i)] = true
	}
	for _, c := range []struct {
		name  string
		known map[string]bool
		err   error
		want  string
	}{
		{"nothing there", nil, nil, "acme"},
		{"one", many, nil, "acme-2"},
		{"a gap", map[string]bool{"acme": true, "acme-2": true, "acme-4": true}, nil, "acme-3"},
		{"another", map[string]bool{"acm": true}, nil, "acme"},
		{"the last", all, nil, "acme-99"},
		{"no list", many, errors.New("damaged"), "acme"},
	} {
		if got := lifecycle.FreeName(names{known: c.known, err: c.err}, "acme"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
