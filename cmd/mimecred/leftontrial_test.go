package main

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/tui/flow"
)

// onTrial is a set-up of name that was left with its credential on trial, and its answers; acme has a current version besides.
func onTrial(d *desk, name string) {
	d.t.Helper()
	d.setUp("oauth-ok", nil)
	profile := d.record().Profile
	profile.Name = name
	a, _, _ := d.program("")
	defer a.close()
	if _, err := a.vault.Begin(d.t.Context(), credstore.UnfinishedChange{Name: name, Kind: credstore.SetUp, Store: storeKeyring}); err != nil {
		d.t.Fatal(err)
	}
	pair := d.pair(everything())
	id, _ := pair["client_id"].(string)
	key, _ := pair["client_secret"].(string)
	c := client.OAuth{ClientID: id, ClientSecret: secret.New(key)}
	if _, err := a.vault.Stage(d.t.Context(), storeKeyring, profile, c, credstore.Pasted); err != nil {
		d.t.Fatal(err)
	}
	left := flow.State{Name: name, Step: "check", SavedAt: d.now(), API: client.API20, Store: storeKeyring}
	if err := (unfinished{credstore.NewDrafts(d.dir)}).Keep(left); err != nil {
		d.t.Fatal(err)
	}
}

// TestSetUpLeftOnTrialEnds: once the version of a set-up that was left is current, or discarded, nothing calls the set-up unfinished,
// whichever command did it.
func TestSetUpLeftOnTrialEnds(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"acme", "tom"} {
		for how, line := range map[string]string{
			"check": "check NAME", "check of several": "check acme NAME", "resume": "rotate NAME --resume",
			"discard": "delete NAME --pending --yes", "delete": "delete NAME --yes",
		} {
			if (how == "resume") == (name == "tom") && how != "discard" && how != "delete" {
				continue // of what has a current version, check tests that one
			}
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				d := newDesk(t)
				onTrial(d, name)
				d.ends(exitDone, "", "list").says(t, name+" is not finished")
				d.ends(exitDone, "", strings.Fields(strings.ReplaceAll(line, "NAME", name))...)
				if got := d.ends(exitDone, "", "list"); strings.Contains(got.out+got.err, "finished") {
					t.Errorf("list says %s%s", got.out, got.err)
				}
				if got := d.run("q\n", "setup", "--plain"); strings.Contains(got.out, "Continue") {
					t.Errorf("set-up offers %s", got.out)
				}
				if left := d.run("", "delete", name, "--pending"); strings.Contains(left.err, "is discarded") {
					t.Errorf("something was left: %s", left.err)
				}
			})
		}
	}
}

// TestAnswersLeftOfASavedProfile: they are discarded with --pending too, and who leaves its set-up does not read that there is no profile.
func TestAnswersLeftOfASavedProfile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	left := flow.State{Name: "acme", Step: "application", SavedAt: d.now(), API: client.API20, Store: storeKeyring, Region: "us"}
	if err := (unfinished{credstore.NewDrafts(d.dir)}).Keep(left); err != nil {
		t.Fatal(err)
	}
	if got := d.run("1\nq\n", "setup", "--plain"); strings.Contains(got.err, "before a profile was set up") {
		t.Errorf("said %s", got.err)
	}
	d.ends(exitDone, "", "delete", "acme", "--pending").says(t, "the set-up of acme is discarded (at ")
	if got := d.ends(exitDone, "", "list"); strings.Contains(got.err, "not finished") {
		t.Errorf("list says %s", got.err)
	}
	d.ends(exitUsage, "", "delete", "acme", "--pending").says(t, "acme has no pending version")
}
