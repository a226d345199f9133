package lifecycle

import (
	"strings"
	"testing"
	"time"

	"mimecred/credstore"
)

func TestUnfinishedInWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		noted   credstore.UnfinishedChange
		current bool
		words   string
		command string
	}{
		{credstore.UnfinishedChange{Phase: credstore.Begun}, true, "nothing was stored", "rotate acme"},
		{credstore.UnfinishedChange{Phase: credstore.Begun}, false, "nothing was stored", "setup acme"},
		{credstore.UnfinishedChange{Phase: credstore.Begun, Kind: credstore.Change}, true, "nothing was stored", "edit acme"},
		{credstore.UnfinishedChange{Phase: credstore.Begun, LostKeys: []credstore.LostKeys{{}}}, true, "lost keys at Mimecast", "delete acme --pending"},
		{credstore.UnfinishedChange{Phase: credstore.Creating}, true, "its answer was lost", "rotate acme"},
		{credstore.UnfinishedChange{Phase: credstore.KeysCreated}, true, "no store has them", "rotate acme"},
		{credstore.UnfinishedChange{Phase: credstore.Staged}, true, "not tested yet", "rotate acme --resume"},
		{credstore.UnfinishedChange{Phase: credstore.Staged}, false, "not tested yet", "check acme"},
		{credstore.UnfinishedChange{Phase: credstore.Activated, Kind: credstore.Rotation}, true, "not confirmed", "rotate acme --resume"},
		{credstore.UnfinishedChange{Phase: credstore.Activated, Kind: credstore.SetUp}, true, "not confirmed", "check acme"},
		{credstore.UnfinishedChange{Phase: credstore.Confirmed}, true, "still to be retired", "rotate acme"},
		{credstore.UnfinishedChange{Phase: credstore.LoggingOut}, true, "being logged out", "retire acme"},
		{credstore.UnfinishedChange{Phase: credstore.Begun, Kind: credstore.Renaming, To: "beta"}, true, "being renamed to beta", "rename acme beta"},
		{credstore.UnfinishedChange{Phase: "of a later version"}, true, "not finished", "rotate acme"},
	} {
		tt.noted.Name = "acme"
		if words := ProgressOf(tt.noted).Words; !strings.Contains(words, tt.words) {
			t.Errorf("%s: %q, want %q in it", tt.noted.Phase, words, tt.words)
		}
		if command := Advise(tt.noted, tt.current).Command; command != "mimecred "+tt.command {
			t.Errorf("%s: %q, want %q", tt.noted.Phase, command, tt.command)
		}
	}
}

func TestLostInWords(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local)
	for want, lost := range map[string]credstore.LostKeys{
		"A sign-in as svc@example.com for the application id-1 at 2026-11-22 10:00:00 may have created keys that nobody has.": {At: at, User: "svc@example.com", Application: "id-1"},
		"A sign-in at 2026-11-22 10:00:00 created keys that were never stored.":                                               {At: at, Certain: true},
	} {
		sentence, fix := LostWords(lost)
		if sentence != want || !strings.Contains(fix, "Services > Applications > Registered Applications") {
			t.Errorf("%q, %q", sentence, fix)
		}
	}
}

// TestLostLinesEndWithWhereToLook: each sign-in has a line of its own, and where to look is said once, after the last.
func TestLostLinesEndWithWhereToLook(t *testing.T) {
	t.Parallel()
	lost := []credstore.LostKeys{{User: "first@example.com"}, {User: "last@example.com"}}
	if lines := LostLines(nil); lines != nil {
		t.Errorf("nothing is lost: %q", lines)
	}
	for n := 1; n <= len(lost); n++ {
		lines := LostLines(lost[:n])
		if len(lines) != n+1 {
			t.Fatalf("%d lost: %q", n, lines)
		}
		for i, want := range []string{"first@example.com", "last@example.com"}[:n] {
			if !strings.Contains(lines[i], want) || strings.Contains(lines[i], "Registered Applications") {
				t.Errorf("%d lost: line %d is %q", n, i+1, lines[i])
			}
		}
		if !strings.Contains(lines[n], "Registered Applications") {
			t.Errorf("%d lost: the last line is %q", n, lines[n])
		}
	}
}

// TestProgressInTwoLengths: every phase of every kind has a clause and a word or two of its own.
func TestProgressInTwoLengths(t *testing.T) {
	t.Parallel()
	begun := map[credstore.ChangeKind]string{
		credstore.SetUp: "set-up begun", credstore.Rotation: "rotation begun", credstore.Renewal: "renewal of its keys begun", credstore.Change: "edit begun", credstore.RollBack: "roll back begun",
	}
	staged := map[credstore.ChangeKind]string{credstore.Change: "the edit is", credstore.Renewal: "the renewed keys are"}
	for kind, words := range begun {
		stays := staged[kind]
		if stays == "" {
			stays = "the pending version is"
		}
		current := "the new version is current, and not confirmed"
		if kind == credstore.RollBack {
			current = "rolled back, and not confirmed"
		}
		for _, tt := range []struct {
			phase credstore.Phase
			lost  int
			want  ProgressWords
		}{
			{credstore.Begun, 0, ProgressWords{words + ", and nothing was stored", words}},
			{credstore.Begun, 1, ProgressWords{"there may be lost keys at Mimecast", words}},
			{credstore.Creating, 0, ProgressWords{"a sign-in asked for keys, and its answer was lost", "keys unclear"}},
			{credstore.KeysCreated, 0, ProgressWords{"keys were created, and no store has them", "keys unclear"}},
			{credstore.Staged, 1, ProgressWords{stays + " not tested yet", "not tested"}},
			{credstore.Activated, 0, ProgressWords{current, "not confirmed"}},
			{credstore.Confirmed, 0, ProgressWords{"the previous version is still to be retired", "retire previous"}},
			{credstore.LoggingOut, 0, ProgressWords{"the previous key was being logged out, and the answer was lost", "retire previous"}},
			{"of a later version", 0, ProgressWords{"not finished", "not finished"}},
		} {
			s := credstore.UnfinishedChange{Name: "acme", Kind: kind, Phase: tt.phase, LostKeys: make([]credstore.LostKeys, tt.lost)}
			if got := ProgressOf(s); got != tt.want {
				t.Errorf("%s, %s: %+v", kind, tt.phase, got)
			}
		}
	}
}
