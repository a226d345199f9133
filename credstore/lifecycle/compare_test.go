package lifecycle_test

import (
	"testing"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// elsewhere is a pair of another tenant.
func (s *story) elsewhere() lifecycle.Change {
	s.t.Helper()
	for _, ready := range s.sim.Credentials(s.url) {
		if ready.Name == "oauth-cloud-integrated" {
			c := s.pair()
			c.ClientID, _ = ready.From["client_id"].(string)
			value, _ := ready.From["client_secret"].(string)
			c.ClientSecret = secret.New(value)
			return c
		}
	}
	s.t.Fatal("there is no other tenant")
	return lifecycle.Change{}
}

// unchecked makes the pair current without a check, so that nothing is known of it.
func (s *story) unchecked() {
	s.t.Helper()
	c := s.pair()
	if _, err := s.vault.Stage(s.t.Context(), c.Store, c.Profile(), c.Credential(), credstore.Pasted); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.vault.Activate(s.t.Context(), "acme", credstore.CheckSummary{}); err != nil {
		s.t.Fatal(err)
	}
	if err := s.Finish("acme", s.tell); err != nil {
		s.t.Fatal(err)
	}
}

// TestComparedByIdentity: a current version that may not read the account is still known to be of another one.
func TestComparedByIdentity(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	if out, err := s.run(t.Context(), s.another("Account | Dashboard | Read"), lifecycle.Policy{Anyway: true}); err != nil || out.End != lifecycle.Finished {
		t.Fatalf("%d, %v: %s", out.End, err, out.Judgement.Sentence())
	}
	out, err := s.run(t.Context(), rotation(s.elsewhere()), lifecycle.Policy{})
	if err != nil || out.End != lifecycle.KeptPending || out.Judgement.Finding != lifecycle.OtherAccount || len(out.Judgement.Gained) != 1 {
		t.Errorf("%d, %v: %s, gained %+v", out.End, err, out.Judgement.Sentence(), out.Judgement.Gained)
	}
}

// TestComparedWithTheCurrentOne: what a new pair is compared with is a test of now, or what was known before the current one
// stopped, or nothing.
func TestComparedWithTheCurrentOne(t *testing.T) {
	t.Parallel()
	less := func(s *story) lifecycle.Change { return s.another("Account | Dashboard | Read") }
	for name, tt := range map[string]struct {
		fresh            func(*story) lifecycle.Change
		stopped, unknown bool
		finding          lifecycle.Finding
		last             bool
	}{
		"another tenant":                    {fresh: (*story).elsewhere, finding: lifecycle.OtherAccount},
		"another tenant, known by its test": {fresh: (*story).elsewhere, unknown: true, finding: lifecycle.OtherAccount},
		"another tenant, known from before": {fresh: (*story).elsewhere, stopped: true, finding: lifecycle.OtherAccount, last: true},
		"another tenant, and nothing known": {fresh: (*story).elsewhere, stopped: true, unknown: true, finding: lifecycle.Right},
		"less":                              {fresh: less, finding: lifecycle.Worse},
		"less, known by its test":           {fresh: less, unknown: true, finding: lifecycle.Worse},
		"less, known from before":           {fresh: less, stopped: true, finding: lifecycle.Worse, last: true},
		"less, and nothing known":           {fresh: less, stopped: true, unknown: true, finding: lifecycle.Fails},
		"everything, and the old one stopped": {
			fresh: func(s *story) lifecycle.Change { return s.another() }, stopped: true, finding: lifecycle.Right, last: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t)
			if tt.unknown {
				s.unchecked()
			} else {
				s.saved(s.pair())
			}
			c := rotation(tt.fresh(s))
			if tt.stopped {
				s.sim.DeleteApplication(s.demo.ClientID)
			}
			out, err := s.run(t.Context(), c, lifecycle.Policy{Anyway: true})
			if err != nil || out.End != lifecycle.Finished || out.Judgement.Finding != tt.finding || out.Change.Anyway == (tt.finding == lifecycle.Right) {
				t.Errorf("ended at %d, %v, anyway %v: %s", out.End, err, out.Change.Anyway, out.Judgement.Sentence())
			}
			compared, judged := 0, 0
			for _, e := range s.told {
				switch e := e.(type) {
				case lifecycle.Compared:
					compared++
					if e.Last.IsZero() == tt.last || len(e.Results) == 0 {
						t.Errorf("compared with %d results, and its check of %v", len(e.Results), e.Last)
					}
				case lifecycle.Judged:
					judged++
					if !e.GoesOn {
						t.Error("it is said not to go on")
					}
				case lifecycle.Planned:
					if !e.Pending || e.Profile.Name != "acme" {
						t.Errorf("planned: %+v", e)
					}
				}
			}
			if compared != 1 || judged != 1 {
				t.Errorf("told: compared %d times, judged %d times", compared, judged)
			}
		})
	}
}
