package lifecycle_test

import (
	"slices"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestAdvise walks kind and phase of an unfinished change, with a current version and without: which command continues it, which
// does so in a script, which discards it, and what that does.
func TestAdvise(t *testing.T) {
	t.Parallel()
	const pending = "mimecred delete acme --pending"
	lost := []credstore.LostKeys{{User: "svc@example.com"}}
	for name, c := range map[string]struct {
		s       credstore.UnfinishedChange
		current bool
		command string
		script  string
		does    string
		anew    string
		discard string
	}{
		"renaming":                {credstore.UnfinishedChange{Kind: credstore.Renaming, To: "new"}, true, "mimecred rename acme new", "mimecred rename acme new", "finishes the renaming", "", ""},
		"pending of a set-up":     {credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Staged}, false, "mimecred check acme", "mimecred check acme", "tests the pending version, and activates it when it passes", "", pending},
		"pending of a rotation":   {credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Staged}, true, "mimecred rotate acme --resume", "mimecred rotate acme --resume", "tests the pending version, and activates it when it passes", "", pending},
		"a set-up activated":      {credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Activated}, true, "mimecred check acme", "mimecred check acme", "confirms the current version", "", ""},
		"a roll back activated":   {credstore.UnfinishedChange{Kind: credstore.RollBack, Phase: credstore.Activated}, true, "mimecred check acme", "mimecred check acme", "confirms the current version", "", ""},
		"a rotation activated":    {credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Activated}, true, "mimecred rotate acme --resume", "mimecred rotate acme --resume", "confirms the current version", "", ""},
		"confirmed":               {credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Confirmed}, true, "mimecred rotate acme", "mimecred rotate acme --resume", "asks about the previous version", "", ""},
		"logging out":             {credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.LoggingOut}, true, "mimecred retire acme", "mimecred retire acme --yes", "logs the previous key out", "", ""},
		"a set-up begun":          {credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Begun}, false, "mimecred setup acme", "mimecred setup acme --from FILE", "begins anew", "mimecred setup acme", pending},
		"an edit begun":           {credstore.UnfinishedChange{Kind: credstore.Change, Phase: credstore.Begun}, true, "mimecred edit acme", "mimecred setup acme --from FILE", "begins anew", "mimecred edit acme", pending},
		"a roll back begun":       {credstore.UnfinishedChange{Kind: credstore.RollBack, Phase: credstore.Begun}, true, "mimecred rollback acme", "mimecred rollback acme", "begins anew", "mimecred rollback acme", pending},
		"a rotation begun":        {credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Begun}, true, "mimecred rotate acme", "mimecred rotate acme --from FILE", "begins anew", "mimecred rotate acme", pending},
		"lost keys of a rotation": {credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Begun, LostKeys: lost}, true, pending, pending, "forgets the reminder, once you have looked", "mimecred rotate acme", pending},
		"lost keys of a set-up":   {credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Begun, LostKeys: lost}, false, "mimecred setup acme", "mimecred setup acme --from FILE", "begins anew", "mimecred setup acme", pending},
		"keys were being created": {credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Creating}, false, "mimecred setup acme", "mimecred setup acme --from FILE", "begins anew", "mimecred setup acme", pending},
	} {
		c.s.Name = "acme"
		a := lifecycle.Advise(c.s, c.current)
		if a.Command != c.command || a.Script != c.script || a.Does != c.does || a.Anew != c.anew || a.Discard != c.discard || a.Progress == "" && c.s.Kind != credstore.Renaming {
			t.Errorf("%s: %+v", name, a)
		}
		want := []string{c.command + " goes on with what is unfinished: it " + c.does}
		if c.script != c.command {
			want = append(want, c.script+" does so in a script")
		}
		if c.discard != "" && c.discard != c.command {
			want = append(want, c.discard+" discards it")
		}
		if got := a.Hints(); !slices.Equal(got, want) {
			t.Errorf("%s: hints %q, want %q", name, got, want)
		}
	}
}
