package main

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
)

// TestRename: everything of a profile goes along, a set-up that was left too; what is in the way is told.
func TestRename(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedPair(t)
	left := flow.State{Name: "acme", Step: "application", SavedAt: d.now(), API: client.API20}
	if err := (unfinished{credstore.NewDrafts(d.dir)}).Keep(left); err != nil {
		t.Fatal(err)
	}
	got := d.ends(exitDone, "", "rename", "acme", "beta")
	got.says(t, "acme is now beta, in the memory of this session, as beta", "hint: what calls mimecred with the name acme needs the new one")
	d.wantVersions("", "", "")
	if got := d.ends(exitDone, "", "list", "-q"); got.out != "beta\n" {
		t.Errorf("the list has %q", got.out)
	}
	d.ends(exitDone, "", "list").says(t, "beta is not finished (at Application")
	d.ends(exitDone, "", "check", "beta", "-q")
	d.ends(exitUsage, "", "check", "acme")
	d.ends(exitDone, "", "rename", "beta", "acme", "-q")
	d.wantVersions(now, "", before)

	for _, names := range [][2]string{{"acme", "ACME"}, {"ACME", "acme"}} {
		d.ends(exitDone, "", "rename", names[0], names[1], "-q")
		if got := d.ends(exitDone, "", "list", "-q"); got.out != names[1]+"\n" {
			t.Errorf("the list has %q", got.out)
		}
	}
	d.wantVersions(now, "", before)
	d.ends(exitUsage, "", "rename", "acme", "nul.txt").says(t, "Windows reserves")
	d.ends(exitUsage, "", "rename", "acme", "a/b").says(t, "not '/'")
	d.ends(exitUsage, "", "rename", "nobody", "beta").says(t, `there is no profile "nobody"`)
	d.ends(exitUsage, "", "rename", "acme").says(t, "mimecred rename needs a NEW-NAME: mimecred rename acme acme-siem")
	other := readyNamed(t, d.sim, "oauth-cloud-integrated").From
	other["profile"] = "beta"
	d.ends(exitDone, asJSON(t, other), "setup", "--from", "-", "-q")
	d.ends(exitUsage, "", "rename", "acme", "Beta").says(t, `there is a profile "beta" already`)
	left.Name = "gamma"
	if err := (unfinished{credstore.NewDrafts(d.dir)}).Keep(left); err != nil {
		t.Fatal(err)
	}
	d.ends(exitUsage, "", "rename", "acme", "gamma").says(t, `a set-up of "gamma" was left unfinished`)
	wrong := d.pair(everything())
	wrong["client_secret"] = "made-up-and-wrong"
	d.ends(exitRefused, asJSON(t, wrong), "rotate", "acme", "--from", "-", "-q")
	d.ends(exitStore, "", "rename", "acme", "delta").says(t, "hint: mimecred rotate acme goes on with what is unfinished", "delete acme --pending discards it")
}

// TestRenameInterrupted: wherever a renaming is cut off, the same command finishes it, and so does --resume; until then nothing
// else is done to the profile, and the current version can be had under one of the two names.
func TestRenameInterrupted(t *testing.T) {
	t.Parallel()
	for _, line := range [][]string{{"rename", "acme", "beta"}, {"rotate", "acme", "--resume"}} {
		for n := 1; ; n++ {
			d, now, before := rotatedPair(t)
			made := d.store.Count(storetest.Any)
			d.store.On(storetest.Any, made+n, d.store.KillAfter())
			if d.run("", "rename", "acme", "beta").code == exitDone {
				if n < 4 {
					t.Errorf("a renaming takes %d operations of the store", n)
				}
				break
			}
			d.store = storetest.NewFaulty(d.inner) // the next process
			a, _, _ := d.program("")
			_, begun := a.vault.Noted("acme")
			a.close()
			if begun {
				d.ends(exitStore, asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-").
					says(t, "acme is being renamed to beta", "hint: mimecred rename acme beta finishes that")
				d.ends(exitStore, "", "rename", "acme", "gamma").says(t, "acme is being renamed to beta")
				d.ends(exitStore, "", "rollback", "acme").says(t, "acme is being renamed to beta")
				d.ends(exitDone, "", "list").says(t, "acme is not finished (it is being renamed to beta, just now): mimecred rename acme beta goes on")
			} else if line[0] == "rotate" {
				line = []string{"rename", "acme", "beta"} // nothing was begun
			}
			d.ends(exitDone, "", line...)
			d.wantVersions("", "", "")
			if got := d.ends(exitDone, "", "list", "-q"); got.out != "beta\n" {
				t.Errorf("cut off after operation %d, and finished: the list has %q", n, got.out)
			}
			d.ends(exitDone, "", "rename", "beta", "acme", "-q")
			d.wantVersions(now, "", before)
			d.wantFinished()
		}
	}
}

// TestEditReminder: when the next rotation is due is said, listed, and kept through a rotation.
func TestEditReminder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	d.ends(exitDone, "", "edit", "acme", "--rotate-after", "60d").says(t, "acme: the next rotation is due ", "(in 60 days)")
	d.later = 72 * day
	if got := d.ends(exitDone, "", "show", "acme"); !holdsLine(got.out, "Next rotation", "(due for 12 days)") {
		t.Errorf("show says %s", got.out)
	}
	d.ends(exitDone, asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-", "-q")
	if got := d.ends(exitDone, "", "show", "acme"); !holdsLine(got.out, "Next rotation", "(in 60 days)") {
		t.Errorf("show says %s", got.out)
	}
	d.ends(exitDone, "", "edit", "acme", "--rotate-after", "never").says(t, "acme: no rotation is due")
	if got := d.ends(exitDone, "", "list"); !holdsLine(got.out, "acme", "never") {
		t.Errorf("list says %s", got.out)
	}
	for _, text := range []string{"0", "soon", "-3d"} {
		d.ends(exitUsage, "", "edit", "acme", "--rotate-after", text).says(t, "--rotate-after: ")
	}
	d.ends(exitUsage, "", "edit", "nobody", "--rotate-after", "60d").says(t, `there is no profile "nobody"`)
	if r := d.record(); r.Current == nil || r.Previous == nil || r.Profile.RotateAfter != credstore.Never || r.ProfileOf(r.Previous).RotateAfter != credstore.Never {
		t.Errorf("stored: %+v", r)
	}
	if d.later < time.Hour {
		t.Error("the clock was not moved")
	}
}
