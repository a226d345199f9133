package lifecycle_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// twoVersions is what is found of a profile with a current and a previous version.
func twoVersions(api client.API) lifecycle.Found {
	at := time.Unix(5, 0)
	credential := func(value string) client.Credential {
		if api == client.API20 {
			return client.OAuth{ClientID: "id", ClientSecret: secret.New(value)}
		}
		return client.Legacy{ApplicationID: "app", ApplicationKey: secret.New("k"), AccessKey: secret.New(value), SecretKey: secret.New("s")}
	}
	return lifecycle.Found{
		Name: "acme",
		Record: credstore.Record{
			Profile:  credstore.Profile{Name: "acme", API: api},
			Current:  &credstore.Version{ID: "2", Credential: credential("two"), CreatedAt: at},
			Previous: &credstore.Version{ID: "1", Credential: credential("one"), CreatedAt: at.Add(-time.Hour)},
		},
		Entry: credstore.Entry{
			Name: "acme", Account: &credstore.AccountName{Code: "C1"},
			LastCheck: &credstore.CheckSummary{At: at.Add(time.Hour), Checks: []credstore.CheckState{{ID: "x", State: client.Passed}}},
		},
		Change: credstore.UnfinishedChange{LostKeys: []credstore.LostKeys{{User: "svc"}}},
		Shares: []lifecycle.Share{{Profile: "other"}},
	}
}

// TestRotateWhatWasFound: the rotation knows the version that is current, its account and its last check, and has no credential.
func TestRotateWhatWasFound(t *testing.T) {
	t.Parallel()
	for _, api := range []client.API{client.API10, client.API20} {
		f := twoVersions(api)
		c := f.Rotate()
		if c.Purpose != lifecycle.Rotating || c.Activated || !c.Replaces || len(c.Shares) != 1 || len(c.LostKeys) != 1 || c.Credential() != nil {
			t.Errorf("%s: %+v", api, c)
		}
		if c.Replaced.ID != "2" || c.Replaced.Account != "C1" || !c.Replaced.Since.Equal(f.Record.Current.CreatedAt) || !client.Same(c.Replaced.Credential, f.Record.Current.Credential) {
			t.Errorf("%s: the current one is %+v", api, c.Replaced)
		}
		if len(c.Replaced.Results) != 1 || c.Replaced.Results[0].ID != "x" || !c.Replaced.CheckedAt.Equal(f.Entry.LastCheck.At) {
			t.Errorf("%s: its last check is %+v", api, c.Replaced)
		}
		f.Entry = credstore.Entry{}
		if c = f.Rotate(); c.Replaced.Account != "" || c.Replaced.Results != nil || !c.Replaced.CheckedAt.IsZero() {
			t.Errorf("%s: nothing is known, and the current one is %+v", api, c.Replaced)
		}
	}
}

// TestRotatedIsAsFarAsItsPhase: it is confirmed from the phase on that says so, and knows what it replaced where that is kept.
func TestRotatedIsAsFarAsItsPhase(t *testing.T) {
	t.Parallel()
	for api, way := range map[client.API]lifecycle.Way{client.API10: lifecycle.NewKeys, client.API20: lifecycle.Regenerate} {
		for phase, confirmed := range map[credstore.Phase]bool{
			credstore.Activated: false, credstore.Staged: false, credstore.Confirmed: true, credstore.LoggingOut: true,
		} {
			f := twoVersions(api)
			f.Change.Phase = phase
			c := f.Rotated()
			if c.Purpose != lifecycle.Rotating || !c.Replaces || !c.Activated || c.Confirmed != confirmed || c.Way != way || len(c.Shares) != 1 || len(c.LostKeys) != 1 {
				t.Errorf("%s, %s: %+v", api, phase, c)
			}
			if !c.PreviousKept || c.Replaced.ID != "1" || !client.Same(c.Replaced.Credential, f.Record.Previous.Credential) || !c.Replaced.Since.Equal(f.Record.Previous.CreatedAt) {
				t.Errorf("%s, %s: it replaced %+v", api, phase, c.Replaced)
			}
			f.Record.Previous = nil
			if c = f.Rotated(); c.PreviousKept || c.Replaced.ID != "" || c.Replaced.Credential != nil {
				t.Errorf("%s, %s: it replaced nothing that is kept: %+v", api, phase, c.Replaced)
			}
		}
	}
}

// TestFindKnowsTheRest: the plan of the profile and who shares its application are found, also where there is no list.
func TestFindKnowsTheRest(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	c := s.pair()
	c.Integration = "axonius-mimecast-v2"
	s.saved(c)
	other := c
	other.Name = "other"
	s.saved(other)
	want := []lifecycle.Share{{Profile: "other", Integration: "axonius-mimecast-v2"}}
	f := s.found()
	if !slices.Equal(f.Shares, want) || len(f.Plan.Probes) == 0 || f.Entry.Name != "acme" || f.Unfinished {
		t.Errorf("found: %+v, shares %+v, %d steps", f.Entry, f.Shares, len(f.Plan.Steps()))
	}
	if got := s.Sharing(f.Record); !slices.Equal(got, want) {
		t.Errorf("shared with %+v", got)
	}
	s.Profiles = nil
	if f = s.found(); len(f.Shares) != 0 || len(f.Plan.Steps()) == 0 {
		t.Errorf("without a list: shares %+v", f.Shares)
	}
	s.Vault = unlooked{s.Vault}
	if got := s.Sharing(f.Record); got != nil {
		t.Errorf("the list cannot be read, and it is shared with %+v", got)
	}
	if _, err := s.Find(t.Context(), "acme", s.tell); !errors.Is(err, errUnlooked) {
		t.Errorf("the list cannot be read: %v", err)
	}
}

var errUnlooked = errors.New("made to fail")

// unlooked is a vault whose list cannot be read.
type unlooked struct{ lifecycle.Vault }

func (unlooked) Lookup(string) (credstore.Entry, bool, error) {
	return credstore.Entry{Name: "acme", Identifier: "id"}, false, errUnlooked
}

// occupied is a list whose profiles another process changes.
type occupied struct{ lifecycle.Profiles }

func (occupied) Busy(string) bool { return true }

// TestFindRefusesWhatIsAtWork: a profile that another process changes, or that is being renamed, is not rotated.
func TestFindRefusesWhatIsAtWork(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	s.Profiles = occupied{s.Profiles}
	if _, err := s.Find(t.Context(), "acme", s.tell); credstore.KindOf(err) != credstore.Conflict || !strings.Contains(err.Error(), "another mimecred") {
		t.Errorf("at work: %v", err)
	}
	s.Profiles = s.vault
	s.Vault = renaming{s.Vault}
	if _, err := s.Find(t.Context(), "acme", s.tell); credstore.KindOf(err) != credstore.Conflict || !strings.Contains(err.Error(), "mimecred rename acme beta") {
		t.Errorf("being renamed: %v", err)
	}
}

// renaming is a vault whose profile is being renamed.
type renaming struct{ lifecycle.Vault }

func (v renaming) Resume(ctx context.Context, name string) (credstore.Record, credstore.UnfinishedChange, bool, error) {
	r, _, _, err := v.Vault.Resume(ctx, name)
	return r, credstore.UnfinishedChange{Name: name, To: "beta", Kind: credstore.Renaming, Phase: credstore.Begun}, true, err
}

// TestOldIsJudgedOrLeft: a test that Mimecast did not decide leaves what was known of the current version, and the list as it is.
func TestOldIsJudgedOrLeft(t *testing.T) {
	t.Parallel()
	at := time.Unix(3, 0)
	known := lifecycle.Replaced{Results: []client.Result{{ID: "known"}}, CheckedAt: at}
	for name, tt := range map[string]struct {
		spoil            func(*story, context.CancelFunc)
		tested, replaced bool
	}{
		"accepted":                      {func(*story, context.CancelFunc) {}, true, true},
		"refused":                       {func(s *story, _ context.CancelFunc) { s.sim.DemoRegenerate() }, true, false},
		"no answer":                     {func(s *story, _ context.CancelFunc) { s.broken() }, false, false},
		"canceled":                      {atFirst, false, false},
		"canceled once it was accepted": {atAccepted, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			s.saved(s.pair())
			f := s.found()
			before, _, _ := s.vault.Lookup("acme")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			tt.spoil(s, cancel)
			later := time.Now().Add(time.Hour)
			s.Now = func() time.Time { return later }
			c, results := s.TestCurrent(ctx, f, lifecycle.Change{Replaced: known}, s.tell)
			if (c.Replaced.Tested != nil) != tt.tested || (c.Replaced.Results[0].ID != "known") != tt.replaced || c.Replaced.CheckedAt.Equal(at) == tt.replaced || len(results) == 0 {
				t.Errorf("%d tested, results %+v, at %v", len(c.Replaced.Tested), c.Replaced.Results, c.Replaced.CheckedAt)
			}
			after, _, _ := s.vault.Lookup("acme")
			if noted := !after.LastCheck.At.Equal(before.LastCheck.At); noted != tt.tested {
				t.Errorf("the list has it: %v", noted)
			}
		})
	}
}

// atFirst ends the test at the first check that is finished, atAccepted at the one that Mimecast accepts the credential in.
func atFirst(s *story, cancel context.CancelFunc) { at(s, func(lifecycle.Checked) { cancel() }) }

func atAccepted(s *story, cancel context.CancelFunc) {
	at(s, func(e lifecycle.Checked) {
		if e.ID == client.CheckCredentials {
			cancel()
		}
	})
}

// TestOldWithoutAList: where no list is kept, the current version is tested all the same.
func TestOldWithoutAList(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	f := s.found()
	s.Profiles = nil
	if c, _ := s.TestCurrent(t.Context(), f, f.Rotate(), nil); len(c.Replaced.Tested) == 0 {
		t.Error("it was not tested")
	}
}

// noting is a list that keeps what is noted of a test, and may fail then.
type noting struct {
	lifecycle.Profiles
	sum credstore.CheckSummary
	err error
}

func (n *noting) RecordCheck(_ string, sum credstore.CheckSummary) error {
	n.sum = sum
	return n.err
}

// TestOldIsNotedOfItsVersion: the list gets the test with the version that was tested, and a list that fails is told of.
func TestOldIsNotedOfItsVersion(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	f := s.found()
	for _, err := range []error{nil, errUnlooked} {
		list := &noting{Profiles: s.vault, err: err}
		s.Profiles, s.told = list, nil
		s.TestCurrent(t.Context(), f, f.Rotate(), s.tell)
		told := slices.ContainsFunc(s.told, func(e lifecycle.Event) bool {
			n, is := e.(lifecycle.NotListed)
			return is && n.Name == "acme" && errors.Is(n.Err, err)
		})
		if list.sum.Version != f.Record.Current.ID || !list.sum.OK || told != (err != nil) {
			t.Errorf("noted %+v, told %v", list.sum, told)
		}
		s.TestCurrent(t.Context(), f, f.Rotate(), nil) // nobody is told
	}
}
