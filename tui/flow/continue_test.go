package flow_test

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// TestEveryUnfinishedChangeIsContinuedOneWay: each kind of change, at what is current and what is not, with a set-up that was left
// and without.
func TestEveryUnfinishedChangeIsContinuedOneWay(t *testing.T) {
	t.Parallel()
	known := credstore.Entry{Name: "acme", Store: "file", API: client.API20, CurrentSince: time.Unix(1, 0)}
	waits := credstore.Entry{Name: "acme", Store: "file", API: client.API20}
	left := &flow.State{Name: "acme", Store: "file", API: client.API10, Region: "us"}
	lost := []credstore.LostKeys{{At: time.Unix(1, 0)}}
	for _, c := range []struct {
		name    string
		kind    credstore.ChangeKind
		phase   credstore.Phase
		entry   credstore.Entry
		left    *flow.State
		first   flow.First
		purpose lifecycle.Purpose
		at      flow.Step
	}{
		{"a renaming", credstore.Renaming, credstore.Begun, known, nil, flow.Rename, lifecycle.SettingUp, flow.None},
		{"a rotation", credstore.Rotation, credstore.Staged, known, nil, flow.Steps, lifecycle.Rotating, flow.None},
		{"a renewal", credstore.Renewal, credstore.Creating, known, nil, flow.Steps, lifecycle.Rotating, flow.None},
		{"a roll back", credstore.RollBack, credstore.Begun, known, nil, flow.Steps, lifecycle.RollingBack, flow.None},
		{"an edit", credstore.Change, credstore.Begun, known, nil, flow.Steps, lifecycle.Changing, flow.None},
		{"an edit whose version is pending", credstore.Change, credstore.Staged, known, nil, flow.ReadPending, lifecycle.Changing, flow.Check},
		{"a set-up whose version is pending", credstore.SetUp, credstore.Staged, waits, left, flow.ReadPending, lifecycle.SettingUp, flow.Check},
		{"a set-up that is current", credstore.SetUp, credstore.Activated, known, nil, flow.TestCurrent, lifecycle.SettingUp, flow.None},
		{"a set-up that was left", credstore.SetUp, credstore.Begun, credstore.Entry{}, left, flow.Steps, lifecycle.SettingUp, flow.Connection},
		{"a set-up that is only announced", credstore.SetUp, credstore.Begun, credstore.Entry{}, nil, flow.Steps, lifecycle.SettingUp, flow.None},
	} {
		swap := credstore.UnfinishedChange{Name: "acme", Kind: c.kind, Phase: c.phase, Store: "file", LostKeys: lost}
		got := flow.ToContinue(&swap, c.entry, c.left)
		if got.First != c.first || got.Answers.Purpose != c.purpose || (got.At == flow.None) != (c.at == flow.None) {
			t.Errorf("%s: %+v", c.name, got)
		}
		if c.first != flow.Rename && c.first != flow.TestCurrent && (got.Answers.Name != "acme" || got.Answers.Store != "file") {
			t.Errorf("%s loses the profile: %q in %q", c.name, got.Answers.Name, got.Answers.Store)
		}
		if c.kind == credstore.SetUp && c.first == flow.Steps && len(got.Answers.LostKeys) != 1 {
			t.Errorf("%s forgets lost keys", c.name)
		}
	}
	if got := flow.ToContinue(nil, credstore.Entry{}, left); got.Answers.Region != "us" || got.At == flow.None || len(got.Answers.LostKeys) != 0 {
		t.Errorf("a set-up of which no store knows: %+v", got)
	}
}

// TestPendingVersionIsTakenUp unless it is there no more; that of an edit skips the questions.
func TestPendingVersionIsTakenUp(t *testing.T) {
	t.Parallel()
	pending := &credstore.Version{ID: "v2", Credential: client.OAuth{ClientID: "id"}}
	record := credstore.Record{Profile: credstore.Profile{Name: "acme", API: client.API20}, Pending: pending}
	for kind, purpose := range map[credstore.ChangeKind]lifecycle.Purpose{credstore.SetUp: lifecycle.SettingUp, credstore.Change: lifecycle.Changing} {
		c := flow.ToContinue(&credstore.UnfinishedChange{Name: "acme", Kind: kind, Phase: credstore.Staged, Store: "file"}, credstore.Entry{}, nil)
		a, ok := c.WithPending(record, "in the file")
		if !ok || a.ClientID != "id" || a.Purpose != purpose || a.Given[flow.API] != (kind == credstore.Change) {
			t.Errorf("%s: %v, %+v", kind, ok, a)
		}
		if _, ok := c.WithPending(credstore.Record{Profile: record.Profile}, "in the file"); ok {
			t.Errorf("%s: a version that is gone was taken up", kind)
		}
	}
}
