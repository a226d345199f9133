package lifecycle_test

import (
	"context"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// later is a vault whose record is read otherwise than it was written: record tells how.
type later struct {
	lifecycle.Vault
	record func(credstore.Record) (credstore.Record, error)
	asked  *[]string
}

func (v later) Load(ctx context.Context, name string) (credstore.Record, error) {
	r, err := v.Vault.Load(ctx, name)
	if err != nil {
		return r, err
	}
	return v.record(r)
}

func (v later) Retire(ctx context.Context, name, version string) (credstore.Record, error) {
	*v.asked = append(*v.asked, version)
	return v.Vault.Retire(ctx, name, version)
}

// TestPreviousIsWhatTheStoreHasLast: what activating gave counts while the record cannot be read, and what is read then counts more.
func TestPreviousIsWhatTheStoreHasLast(t *testing.T) {
	t.Parallel()
	locked := &credstore.Error{Kind: credstore.Locked, Op: "read acme"}
	for name, tt := range map[string]struct {
		record   func(credstore.Record) (credstore.Record, error)
		end      lifecycle.End
		previous bool
		retired  int
	}{
		"it cannot be read": {func(credstore.Record) (credstore.Record, error) { return credstore.Record{}, locked }, lifecycle.Unconfirmed, true, 0},
		"it is as written":  {func(r credstore.Record) (credstore.Record, error) { return r, nil }, lifecycle.Finished, false, 1},
		"it was retired":    {func(r credstore.Record) (credstore.Record, error) { r.Previous = nil; return r, nil }, lifecycle.Finished, false, 0},
	} {
		s := newStory(t)
		old := s.saved(s.pair()).ClientID
		var asked []string
		s.Vault = later{s.vault, tt.record, &asked}
		c := rotation(s.another())
		c.RetirePrevious = true
		out, err := s.run(t.Context(), c, lifecycle.Policy{})
		if err != nil || out.End != tt.end || (out.Previous != nil) != tt.previous || out.Unretired != nil || len(asked) != tt.retired || !out.Change.PreviousKept {
			t.Errorf("%s: ended at %d, %v, previous %+v, retired %q, %v", name, out.End, err, out.Previous, asked, out.Unretired)
		}
		if out.Previous != nil && out.Previous.Credential.Identifier() != old {
			t.Errorf("%s: the previous one is %s", name, out.Previous.Credential.Identifier())
		}
	}
}

// endless is a vault in which nothing can be finished.
type endless struct{ lifecycle.Vault }

func (v endless) End(ctx context.Context, name string, how credstore.Ending) error {
	if how == credstore.Finished {
		return errUnlooked
	}
	return v.Vault.End(ctx, name, how)
}

// TestOnlyARotationIsFinishedApart: a set-up of a profile that exists is finished once it is confirmed, so that nothing else can fail then.
func TestOnlyARotationIsFinishedApart(t *testing.T) {
	t.Parallel()
	for purpose, fails := range map[lifecycle.Purpose]bool{lifecycle.SettingUp: false, lifecycle.Changing: false, lifecycle.Rotating: true} {
		s := newStory(t)
		old := s.saved(s.pair()).ClientID
		s.Vault = endless{s.vault}
		c := s.another()
		c.Purpose = purpose
		out, err := s.run(t.Context(), c, lifecycle.Policy{})
		if err != nil || out.End != lifecycle.Finished || (out.Unretired != nil) != fails || out.Retired != lifecycle.Kept || s.ids() != [3]string{c.ClientID, "", old} {
			t.Errorf("%v: ended at %d, %v, %v, %q", purpose, out.End, err, out.Unretired, out.Retired)
		}
		if _, noted := s.vault.Noted("acme"); noted != fails {
			t.Errorf("%v: noted %v", purpose, noted)
		}
	}
}

// TestComparingTellsAllButChecks: a list that cannot be written is told of while the current version is tested; its checks are not.
func TestComparingTellsAllButChecks(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	s.Profiles = &noting{Profiles: s.vault, err: errUnlooked}
	out, err := s.run(t.Context(), rotation(s.another()), lifecycle.Policy{})
	if err != nil || out.End != lifecycle.Finished || count[lifecycle.NotListed](s) != 1 || count[lifecycle.Checked](s) != len(out.Results()) {
		t.Errorf("ended at %d, %v: %d told, %d checks", out.End, err, count[lifecycle.NotListed](s), count[lifecycle.Checked](s))
	}
	for _, e := range s.told {
		if n, is := e.(lifecycle.NotListed); is && n.Name != "acme" {
			t.Errorf("told of %q", n.Name)
		}
	}
}
