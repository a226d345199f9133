package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/tui/flow"
)

// left is what a set-up that never became a profile leaves on a machine.
type left struct {
	// savedAt is how long ago its answers were noted.
	savedAt time.Duration
	// step is where it was left; empty for no answers.
	step string
	// change is what was announced; empty for nothing.
	change credstore.ChangeKind
}

func (l left) on(d *desk) {
	d.t.Helper()
	drafts := unfinished{credstore.NewDrafts(d.dir)}
	for _, name := range []string{"tom", "other"} {
		if l.step == "" && name == "tom" {
			continue
		}
		step, saved := l.step, d.now().Add(-l.savedAt)
		if name == "other" {
			step, saved = "application", d.now()
		}
		if err := drafts.Keep(flow.State{Name: name, Step: step, SavedAt: saved, API: client.API20}); err != nil {
			d.t.Fatal(err)
		}
	}
	if l.change == "" {
		return
	}
	a, _, _ := d.program("")
	defer a.close()
	if _, err := a.vault.Begin(d.t.Context(), credstore.UnfinishedChange{Name: "tom", Kind: l.change, Store: storeKeyring}); err != nil {
		d.t.Fatal(err)
	}
	_ = a.vault.End(d.t.Context(), "tom", credstore.Left)
}

// remains tells whether anything of tom is left in the folder of settings.
func (d *desk) remains() bool {
	d.t.Helper()
	text, _ := os.ReadFile(filepath.Join(d.dir, "unfinished.json"))
	notes, err := filepath.Glob(filepath.Join(d.dir, "swaps", "tom*"))
	if err != nil {
		d.t.Fatal(err)
	}
	return strings.Contains(string(text), `"tom"`) || len(notes) > 0
}

// TestDeleteDiscardsWhatWasNeverSaved: whatever a set-up left behind that never became a profile, delete says what it is, asks, and
// leaves nothing of it; the answers of another set-up stay.
func TestDeleteDiscardsWhatWasNeverSaved(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		left
		says string
	}{
		"answers":              {left{savedAt: time.Hour, step: "application"}, "(at Application, 1 hour ago)"},
		"old answers":          {left{savedAt: 400 * 24 * time.Hour, step: "application"}, "(at Application, 400 days ago)"},
		"answers nobody reads": {left{savedAt: time.Hour, step: "dance"}, "(its note cannot be read)"},
		"an announced change":  {left{change: credstore.SetUp}, "(set-up begun, and nothing was stored, just now)"},
		"both, which is one":   {left{savedAt: time.Hour, step: "application", change: credstore.SetUp}, "(at Application, 1 hour ago)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			c.on(d)
			if !d.remains() {
				t.Fatal("nothing is there to discard")
			}
			d.ends(exitUsage, "", "delete", "tom").says(t, "there is no terminal to ask whether to delete", "hint: --yes does it without asking")
			if !d.remains() {
				t.Fatal("it is gone without a yes")
			}
			d.ends(exitDone, "", "delete", "tom", "--yes").says(t, "the set-up of tom is discarded "+c.says+": its answers are forgotten, and nothing of it was stored")
			if d.remains() {
				t.Error("something of it is left")
			}
			d.ends(exitUsage, "", "delete", "tom", "--yes").says(t, `there is no profile "tom"`)
			d.ends(exitDone, "", "list").says(t, "other is not finished")
		})
	}
}

// TestDeleteLeavesTheUnsavedOfOthers: what another process is at, and a renaming, is not discarded.
func TestDeleteLeavesTheUnsavedOfOthers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	left{savedAt: time.Hour, step: "application"}.on(d)
	other, _, _ := d.program("")
	defer other.close()
	if _, err := other.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "tom", Kind: credstore.SetUp, Store: storeKeyring}); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"--yes", "--pending"} {
		d.ends(exitStore, "", "delete", "tom", flag).says(t, "another mimecred (process ")
	}
	if !d.remains() {
		t.Error("it is gone")
	}
}

// TestUnsavedSetUpIsMeant: who asks for a profile that is only begun is told how to continue and how to discard it, and the shell
// completes it for both.
func TestUnsavedSetUpIsMeant(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	left{savedAt: time.Hour, step: "application"}.on(d)
	for _, line := range []string{"show tom", "get tom client_id", "check tom", "rotate tom", "export tom -f env", "delete tom --pending --yes"} {
		got := d.run("", strings.Fields(line)...)
		if strings.HasPrefix(line, "delete") {
			got.says(t, "the set-up of tom is discarded")
			continue
		}
		if got.code != exitUsage {
			t.Errorf("%s: exit %d", line, got.code)
		}
		got.says(t, `there is no profile "tom"`, "hint: mimecred setup tom continues the set-up", "hint: mimecred delete tom discards it")
	}
	for _, line := range []string{"__complete setup ", "__complete delete "} {
		got := d.run("", append(strings.Fields(line), "")...)
		if !strings.HasPrefix(got.out, "other\n:4\n") {
			t.Errorf("%s offers %q", line, got.out)
		}
	}
}
