package credstore_test

import (
	"testing"

	"mimecred/credstore"
)

// TestDraftEndsWithItsVersion: the note of a set-up that was left ends when its version is current or discarded, whichever process
// does that, and not before.
func TestDraftEndsWithItsVersion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		saved bool // a version is current already
		do    func(b bench) error
		own   bool // by the process that staged it
		stays bool
	}{
		"activated":                    {do: activateLeft},
		"activated, of a saved one":    {saved: true, do: activateLeft},
		"activated by the same":        {do: activateLeft, own: true},
		"discarded":                    {do: discardLeft},
		"discarded, of a saved one":    {saved: true, do: discardLeft},
		"discarded by who staged it":   {do: discardLeft, own: true, stays: true},
		"read":                         {do: func(b bench) error { b.load("acme"); return nil }, stays: true},
		"a test of the current one":    {saved: true, do: func(b bench) error { return b.vault.RecordCheck("acme", passed()) }, stays: true},
		"nothing was stored, and left": {do: func(b bench) error { return b.vault.End(b.Context(), "acme", credstore.Left) }, stays: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, store := t.TempDir(), credstore.NewMemory()
			index := credstore.NewIndex(dir)
			b := bench{t, credstore.NewVault(index, clock, store), index, store}
			t.Cleanup(b.vault.Close)
			if tt.saved {
				b.setUp("acme", "1")
			}
			if _, err := b.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.SetUp, Store: "memory"}); err != nil {
				t.Fatal(err)
			}
			b.stage("acme", "2")
			drafts := credstore.NewDrafts(dir)
			for _, one := range []string{"acme", "other"} {
				if err := drafts.Keep(one, "left"); err != nil {
					t.Fatal(err)
				}
			}
			if !tt.own {
				b.vault.Close()
				b = b.again(b.store)
			}
			if err := tt.do(b); err != nil {
				t.Fatal(err)
			}
			all, err := drafts.All()
			if err != nil || all[len(all)-1].Name != "other" || (len(all) == 2) != tt.stays {
				t.Errorf("%v: left are %v", err, all)
			}
		})
	}
}

func activateLeft(b bench) error {
	sum := passed()
	sum.Version = b.load("acme").Pending.ID
	_, err := b.vault.Activate(b.Context(), "acme", sum)
	return err
}

func discardLeft(b bench) error { return b.vault.End(b.Context(), "acme", credstore.Discarded) }
