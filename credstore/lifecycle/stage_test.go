package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// staging is a vault that keeps what it is asked, and gives a record for what is staged.
type staging struct {
	*shelved
	staged credstore.Record
	began  credstore.UnfinishedChange
}

func (v staging) Stage(_ context.Context, store string, p credstore.Profile, _ client.Credential, source credstore.Source) (credstore.Record, error) {
	v.asked = append(v.asked, "stage "+store+" "+p.Name+" "+string(source))
	return v.staged, v.fails["stage"]
}

func (v staging) End(_ context.Context, name string, how credstore.Ending) error {
	v.asked = append(v.asked, fmt.Sprintf("end %s %d", name, how))
	return v.fails["end"]
}

func (v staging) Begin(_ context.Context, s credstore.UnfinishedChange) (credstore.UnfinishedChange, error) {
	v.asked = append(v.asked, fmt.Sprintf("begin %s %s %s %d %v", s.Name, s.Kind, s.Store, s.Keep, s.Retire))
	return v.began, v.fails["begin"]
}

func (staging) Location(store, name string) string { return store + " of " + name }

// TestStageGivesWhatTheStoreHas: the change that comes back is staged as the store has it, and notes what was left elsewhere.
func TestStageGivesWhatTheStoreHas(t *testing.T) {
	t.Parallel()
	failed := errors.New("made to fail")
	credential := client.OAuth{ClientID: "id", ClientSecret: secret.New("s")}
	pending := &credstore.Version{ID: "1", Credential: credential, Profile: &credstore.Profile{Endpoint: client.Endpoint{CAFile: "/whole/ca.pem"}}}
	lost := []credstore.LostKeys{{User: "first"}, {User: "last", Certain: true}}
	const stage = "stage keyring acme pasted"
	clears := fmt.Sprintf("end beta %d", credstore.Discarded)
	for name, tt := range map[string]struct {
		change  Change
		pending *credstore.Version
		fails   string
		left    []credstore.LostKeys
		noted   bool
		kind    credstore.Kind
		wants   []string
		note    []string
		lost    int
	}{
		"the first":           {Change{}, pending, "", nil, false, "", []string{stage}, nil, 1},
		"again":               {Change{Staged: true, StagedName: "acme"}, pending, "", nil, false, "", []string{stage}, nil, 1},
		"from another name":   {Change{Staged: true, StagedName: "beta"}, pending, "", nil, false, "", []string{stage, clears}, nil, 1},
		"no name before":      {Change{Staged: true}, pending, "", nil, false, "", []string{stage}, nil, 1},
		"not staged any more": {Change{StagedName: "beta"}, pending, "", nil, false, "", []string{stage}, nil, 1},
		"the first stays":     {Change{Staged: true, StagedName: "beta"}, pending, "end", nil, false, "", []string{stage, clears}, []string{"the name beta"}, 1},
		"left as many":        {Change{}, pending, "", lost[:1], true, "", []string{stage}, nil, 1},
		"left one more":       {Change{}, pending, "", lost, true, "", []string{stage}, []string{"as last", "were never stored"}, 2},
		"left none":           {Change{}, pending, "", nil, true, "", []string{stage}, nil, 0},
		"fails":               {Change{}, pending, "stage", nil, false, "", []string{stage}, nil, 1},
		"is not there":        {Change{}, nil, "", nil, false, credstore.Mismatch, []string{stage}, nil, 1},
		"is empty":            {Change{}, &credstore.Version{}, "", nil, false, credstore.Mismatch, []string{stage}, nil, 1},
	} {
		v := staging{shelved: &shelved{noted: credstore.UnfinishedChange{LostKeys: tt.left}, is: tt.noted, fails: map[string]error{tt.fails: failed}}, staged: credstore.Record{Pending: tt.pending}}
		c := tt.change
		c.Name, c.Store, c.API, c.ClientID, c.ClientSecret, c.CAFile, c.LostKeys = "acme", "keyring", client.API20, "id", credential.ClientSecret, "ca.pem", lost[:1]
		got, note, err := Service{Vault: v}.Stage(t.Context(), c, nil)
		bad := tt.fails == "stage" || tt.kind != ""
		if (err != nil) != bad || bad && tt.kind != "" && credstore.KindOf(err) != tt.kind || !slices.Equal(v.asked, tt.wants) || len(got.LostKeys) != tt.lost {
			t.Errorf("%s: %v, asked %q, lost %v", name, err, v.asked, got.LostKeys)
		}
		for _, want := range tt.note {
			if !strings.Contains(note, want) {
				t.Errorf("%s: notes %q", name, note)
			}
		}
		if (note == "") != (len(tt.note) == 0) || strings.Contains(note, "as first") {
			t.Errorf("%s: notes %q", name, note)
		}
		if !bad && (!got.Staged || got.StagedName != "acme" || got.StagedStore != "keyring" || got.StagedVersion != "1" || got.Location != "keyring of acme" || got.CAFile != "/whole/ca.pem") {
			t.Errorf("%s: staged %+v", name, got)
		}
		if bad && (got.Staged != tt.change.Staged || got.CAFile != "ca.pem") {
			t.Errorf("%s: it failed, and is staged: %+v", name, got)
		}
	}
}

// TestBeginAsksForWhatTheChangeIs: the journal gets the kind and what was decided about the previous version.
func TestBeginAsksForWhatTheChangeIs(t *testing.T) {
	t.Parallel()
	week := 7 * credstore.Day
	before := []credstore.LostKeys{{User: "before"}}
	for _, err := range []error{nil, errors.New("made to fail")} {
		v := staging{shelved: &shelved{fails: map[string]error{"begin": err}}, began: credstore.UnfinishedChange{LostKeys: []credstore.LostKeys{{User: "noted"}}}}
		c := Change{Name: "acme", Store: "keyring", Purpose: Rotating, Way: Renew, Keep: &week, RetirePrevious: true, LostKeys: before}
		got, failure := Service{Vault: v}.Begin(t.Context(), c, nil)
		want := "noted"
		if err != nil {
			want = "before"
		}
		if !errors.Is(failure, err) || len(got.LostKeys) != 1 || got.LostKeys[0].User != want {
			t.Errorf("%v: lost %+v", failure, got.LostKeys)
		}
		if ask := fmt.Sprintf("begin acme %s keyring %d true", credstore.Renewal, week); !slices.Equal(v.asked, []string{ask}) {
			t.Errorf("asked %q, want %q", v.asked, ask)
		}
	}
}

// TestEndingsOfAChange: each way to leave a change ends it in the vault as what it is, under the name that has it.
func TestEndingsOfAChange(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		do   func(Service) error
		name string
		how  credstore.Ending
	}{
		"discard":         {func(s Service) error { return s.Discard(t.Context(), Change{Name: "acme"}, nil) }, "acme", credstore.Discarded},
		"discard, staged": {func(s Service) error { return s.Discard(t.Context(), Change{Name: "acme", StagedName: "beta"}, nil) }, "beta", credstore.Discarded},
		"abandon":         {func(s Service) error { s.Abandon("acme"); return nil }, "acme", credstore.Abandoned},
		"leave":           {func(s Service) error { s.Leave("acme"); return nil }, "acme", credstore.Left},
		"finish":          {func(s Service) error { return s.Finish("acme", nil) }, "acme", credstore.Finished},
		"forget":          {func(s Service) error { return s.Forget("acme") }, "acme", credstore.Forgotten},
		"discard what is pending": {func(s Service) error {
			return s.DiscardFound(t.Context(), Found{Name: "acme", Record: credstore.Record{Pending: &credstore.Version{}}}, nil)
		}, "acme", credstore.Discarded},
		"discard what is only": {func(s Service) error { return s.DiscardFound(t.Context(), Found{Name: "acme"}, nil) }, "acme", credstore.Forgotten},
	} {
		v := staging{shelved: &shelved{}}
		if err := tt.do(Service{Vault: v}); err != nil || !slices.Equal(v.asked, []string{fmt.Sprintf("end %s %d", tt.name, tt.how)}) {
			t.Errorf("%s: %v, asked %q", name, err, v.asked)
		}
		if name == "abandon" || name == "leave" {
			continue
		}
		failed := errors.New("made to fail")
		v.fails = map[string]error{"end": failed}
		if err := tt.do(Service{Vault: v}); !errors.Is(err, failed) {
			t.Errorf("%s: the vault failed, and it says %v", name, err)
		}
	}
}
