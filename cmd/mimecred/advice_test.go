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
}

// standings are the states that a change of a profile can be left in.
func standings() []standing {
	var list []standing
	phases := []credstore.Phase{
		credstore.Begun, credstore.Creating, credstore.KeysCreated, credstore.Staged, credstore.Activated, credstore.Confirmed, credstore.LoggingOut,
	}
	lost := []credstore.LostKeys{{At: time.Now(), User: withCode}}
	for _, phase := range phases[:4] {
		list = append(list, standing{credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: phase}, false})
	}
	list = append(list, standing{credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Begun, LostKeys: lost}, false})
	for _, kind := range []credstore.ChangeKind{credstore.SetUp, credstore.Rotation, credstore.Renewal, credstore.Change, credstore.RollBack} {
		for _, phase := range phases {
			list = append(list, standing{credstore.UnfinishedChange{Kind: kind, Phase: phase}, true})
		}
		list = append(list, standing{credstore.UnfinishedChange{Kind: kind, Phase: credstore.Begun, LostKeys: lost}, true})
	}
	list = append(list, standing{credstore.UnfinishedChange{Kind: credstore.Renaming, Phase: credstore.Begun, To: "beta"}, true})
	for i := range list {
		s := &list[i].change
		s.Name, s.Store, s.Keep, s.Began, s.At = "acme", storeKeyring, credstore.DefaultKeep, time.Now(), time.Now()
	}
	return list
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
		if _, err := a.vault.Stage(t.Context(), storeKeyring, p, keys, credstore.Pasted); err != nil {
			t.Fatal(err)
		}
		_ = a.vault.End(t.Context(), "acme", credstore.Left)
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
		advice := lifecycle.Advise(s.change, s.current)
		name := string(s.change.Kind) + " " + string(s.change.Phase)
		if len(s.change.LostKeys) > 0 {
			name += " reminds"
		}
		if !s.current {
			name += " without a version"
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
