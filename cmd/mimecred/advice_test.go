package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// standing is a state of acme: an unfinished change, and whether there is a current version.
type standing struct {
	change  credstore.UnfinishedChange
	current bool
	// tried is how the last test of the pending version ended; nil for none. created tells that its keys were created by mimecred.
	tried   *credstore.CheckSummary
	created bool
	// noPrevious is set when the previous version is gone.
	noPrevious bool
}

// standings are the states that a change of a profile can be left in.
func standings() []standing {
	var list []standing
	phases := []credstore.Phase{
		credstore.Begun, credstore.Creating, credstore.KeysCreated, credstore.Staged, credstore.Activated, credstore.Confirmed, credstore.LoggingOut,
	}
	lost := []credstore.LostKeys{{At: time.Now(), User: withCode}}
	for _, phase := range phases[:4] {
		list = append(list, standing{change: credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: phase}, current: false})
	}
	list = append(list, standing{change: credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Begun, LostKeys: lost}, current: false})
	for _, kind := range []credstore.ChangeKind{credstore.SetUp, credstore.Rotation, credstore.Renewal, credstore.Change, credstore.RollBack} {
		for _, phase := range phases {
			list = append(list, standing{change: credstore.UnfinishedChange{Kind: kind, Phase: phase}, current: true})
		}
		list = append(list, standing{change: credstore.UnfinishedChange{Kind: kind, Phase: credstore.Begun, LostKeys: lost}, current: true})
	}
	list = append(list, standing{change: credstore.UnfinishedChange{Kind: credstore.Renaming, Phase: credstore.Begun, To: "beta"}, current: true})
	for _, tried := range triedSums() {
		for _, created := range []bool{false, true} {
			list = append(
				list, standing{change: credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Staged}, tried: tried, created: created},
				standing{change: credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Staged}, current: true, tried: tried, created: created},
				standing{change: credstore.UnfinishedChange{Kind: credstore.Change, Phase: credstore.Staged}, current: true, tried: tried, created: created},
			)
		}
	}
	list = append(list, standing{change: credstore.UnfinishedChange{Kind: credstore.RollBack, Phase: credstore.Begun}, current: true, noPrevious: true})
	for i := range list {
		s := &list[i].change
		s.Name, s.Store, s.Keep, s.Began, s.At = "acme", storeKeyring, credstore.DefaultKeep, time.Now(), time.Now()
	}
	return list
}

// triedSums are the ways in which the test of a pending version ends: refused, not judged, failed, passed.
func triedSums() []*credstore.CheckSummary {
	sum := func(checks ...credstore.CheckState) *credstore.CheckSummary {
		at := &credstore.CheckSummary{At: time.Now(), Checks: checks}
		for _, c := range checks {
			if c.State == client.Failed {
				at.Failed++
			} else {
				at.Passed++
			}
		}
		at.OK = at.Failed == 0
		return at
	}
	accepted := credstore.CheckState{ID: client.CheckCredentials, State: client.Passed}
	return []*credstore.CheckSummary{
		sum(credstore.CheckState{ID: client.CheckCredentials, State: client.Failed, Kind: client.InvalidCredentials}),
		sum(credstore.CheckState{ID: client.CheckReach, State: client.Failed, Kind: client.DNS}),
		sum(accepted, credstore.CheckState{ID: client.CheckAccount, State: client.Failed, Kind: client.MissingPermission}),
		sum(accepted),
	}
}

// left is a machine on which acme was left in a state, and what --from takes of another credential for it.
func (s standing) left(t *testing.T) (d *desk, file string) {
	t.Helper()
	d, now := newDesk(t), ""
	if s.current {
		d, now, _ = rotatedKeys(t, nil)
	}
	from := readyNamed(t, d.sim, "legacy-no-otp").From
	id, _ := from["application_id"].(string)
	key, _ := from["application_key"].(string)
	b := d.sim.Server.Bind(id, withCode, time.Time{})
	from["profile"], from["access_key"], from["secret_key"] = "acme", b.AccessKey, b.SecretKey
	delete(from, "create_keys")
	a, _, _ := d.program("")
	defer a.close()
	if s.change.Phase == credstore.Staged {
		p := credstore.Profile{Name: "acme", API: client.API10, Endpoint: client.Endpoint{BaseURL: d.sim.URL}}
		if s.current {
			p = d.record().Profile
		}
		keys := client.Legacy{ApplicationID: id, ApplicationKey: secret.New(key), AccessKey: secret.New(b.AccessKey), SecretKey: secret.New(b.SecretKey)}
		source := credstore.Pasted
		if s.created {
			source = credstore.Created
		}
		record, err := a.vault.Stage(t.Context(), storeKeyring, p, keys, source)
		if err != nil {
			t.Fatal(err)
		}
		if s.tried != nil {
			sum := *s.tried
			sum.Version = record.Pending.ID
			if err := a.vault.RecordCheck("acme", sum); err != nil {
				t.Fatal(err)
			}
		}
		_ = a.vault.End(t.Context(), "acme", credstore.Left)
	}
	if s.noPrevious {
		if _, err := a.vault.Retire(t.Context(), "acme", d.record().Previous.ID); err != nil {
			t.Fatal(err)
		}
	}
	change, r := s.change, d.record()
	switch {
	case change.Phase == credstore.Staged:
		change.Version = r.Pending.ID
	case now != "" && (change.Phase == credstore.Activated || change.Phase == credstore.Confirmed):
		change.Version = r.Current.ID
	}
	d.notes(t, change)
	return d, asJSON(t, from)
}

// notes writes the note of a change, as the journal has it.
func (d *desk) notes(t *testing.T, s credstore.UnfinishedChange) {
	t.Helper()
	text, err := json.Marshal(struct {
		Schema int `json:"schema"`
		credstore.UnfinishedChange
	}{1, s})
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(d.dir, "swaps")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, s.Name+".json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// types runs a command of an advice. asks tells that it was accepted, and only had nobody to ask.
func (d *desk) types(command, file string) (got called, asks bool) {
	d.t.Helper()
	got = d.run(file, strings.Fields(strings.ReplaceAll(strings.TrimPrefix(command, "mimecred "), "FILE", "-"))...)
	return got, strings.Contains(got.err, "the input ended at the question") || strings.Contains(got.err, "there is no terminal to ask")
}

// TestAdviceIsAccepted: wherever a change stands, each command that the advice names is accepted there, the one for scripts
// ends the change, and a change that cannot be given up is one whose --pending is refused.
func TestAdviceIsAccepted(t *testing.T) {
	t.Parallel()
	for _, s := range standings() {
		listed := credstore.Entry{PendingCheck: s.tried, PendingKeys: s.created, Previous: s.current && !s.noPrevious}
		s.change.Listed = &listed
		advice := lifecycle.Advise(s.change, s.current)
		name := string(s.change.Kind) + " " + string(s.change.Phase)
		if len(s.change.LostKeys) > 0 {
			name += " reminds"
		}
		if !s.current {
			name += " without a version"
		}
		if s.tried != nil {
			name += " tried " + lifecycle.TriedOf(s.tried, false).Brief
		}
		if s.created {
			name += " created"
		}
		if s.noPrevious {
			name += " without a previous one"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if advice.Progress == "" || advice.Progress == "not finished" || advice.Does == "" || advice.Command == "" {
				t.Fatalf("nothing is said: %+v", advice)
			}
			commands := []string{advice.Command, advice.Anew, advice.Discard}
			slices.Sort(commands)
			for _, command := range slices.Compact(commands) {
				if command == "" || command == advice.Script {
					continue
				}
				d, _ := s.left(t)
				if got, asks := d.types(command, ""); got.code != exitDone && !asks {
					t.Errorf("%s: exit %d: %s", command, got.code, got.err)
				}
			}
			d, file := s.left(t)
			s.refusals(t, d, advice)
			if got, _ := d.types(advice.Script, file); got.code != exitDone {
				t.Errorf("%s: exit %d: %s", advice.Script, got.code, got.err)
			}
			a, _, _ := d.program("")
			defer a.close()
			if after, still := a.vault.Noted("acme"); still && !after.Reminds() {
				t.Errorf("%s: it is still unfinished: %+v", advice.Script, after)
			}
		})
	}
}

// refusals wants what the change is in the way of to be refused with the commands of the advice. Nothing is changed.
func (s standing) refusals(t *testing.T, d *desk, advice lifecycle.Advice) {
	t.Helper()
	if s.current && s.change.Kind != credstore.Renaming {
		got := d.ends(exitStore, "", "rename", "acme", "beta")
		got.says(t, "acme has an unfinished change: "+advice.Progress)
		hintsAre(t, got, advice)
	}
	if advice.Discard == "" {
		hintsAre(t, d.ends(exitUsage, "", "delete", "acme", "--pending"), advice)
	}
}

// hintsAre wants every hint to be a command of the advice.
func hintsAre(t *testing.T, got called, advice lifecycle.Advice) {
	t.Helper()
	said := false
	for line := range strings.Lines(got.err) {
		hint, is := strings.CutPrefix(strings.TrimSpace(line), "hint: ")
		if !is {
			continue
		}
		known := false
		for _, command := range []string{advice.Command, advice.Script, advice.Discard} {
			known = known || command != "" && strings.HasPrefix(hint, command+" ")
		}
		if said = true; !known {
			t.Errorf("the hint %q is none of %+v", hint, advice)
		}
	}
	if !said {
		t.Errorf("nothing is advised: %s", got.err)
	}
}

// TestSetupContinuesWhereTheListSays: a version that Mimecast refused is named with when and why by the list, by show and by setup, which
// goes on with it and says what is saved.
func TestSetupContinuesWhereTheListSays(t *testing.T) {
	t.Parallel()
	for _, s := range standings() {
		if s.change.Phase != credstore.Staged || s.current || s.created || s.tried == nil {
			continue
		}
		d, _ := s.left(t)
		a, _, _ := d.program("")
		e, _, err := a.vault.Lookup("acme")
		a.close()
		if err != nil {
			t.Fatal(err)
		}
		s.change.Listed = &e
		words := lifecycle.ProgressOf(s.change).Words
		d.ends(exitDone, "", "list").says(t, "acme is not finished ("+words)
		if got := d.ends(exitDone, "", "show", "acme"); !strings.Contains(got.out, words) {
			t.Errorf("show does not say %q: %s", words, got.out)
		}
		got := d.run("1\n", "setup", "acme", "--plain")
		for _, want := range []string{"Continue acme (" + words + ")", "Checking what the store gave back"} {
			if !strings.Contains(got.out, want) {
				t.Errorf("%q is not said: %s", want, got.out)
			}
		}
		if help := d.run("?\n", "setup", "acme", "--plain"); !strings.Contains(help.out, "The credential is saved on trial: it is tested again, and you enter nothing.") {
			t.Errorf("what is saved is not said: %s", help.out)
		}
	}
}
