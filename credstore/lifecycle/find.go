package lifecycle

import (
	"context"
	"errors"

	"mimecred/client"
	"mimecred/credstore"
)

// Found is what is known of a profile that is to be rotated.
type Found struct {
	Name   string
	Record credstore.Record
	Entry  credstore.Entry
	// Change is what is unfinished of it, when Unfinished is set.
	Change     credstore.UnfinishedChange
	Unfinished bool
	// Shares are the other uses of its application, Plan the checks of the current version.
	Shares []Share
	Plan   client.Plan
}

// KeysPending tells whether the pending version has keys that were created at Mimecast, and that nobody else has.
func (f Found) KeysPending() bool { return f.Record.LosesKeys() }

// Find reads everything about a profile that a rotation needs.
func (s Service) Find(ctx context.Context, name string, tell Tell) (Found, error) {
	f := Found{Name: name}
	if s.Profiles != nil && s.Profiles.Busy(name) {
		return f, &credstore.Error{Kind: credstore.Conflict, Op: "rotate " + name, Err: errors.New("another mimecred is changing it")}
	}
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	var err error
	if f.Record, f.Change, f.Unfinished, err = s.Vault.Resume(ctx, name); err != nil {
		return f, err
	}
	if f.Entry, _, err = s.Vault.Lookup(name); err != nil {
		return f, err
	}
	if f.Unfinished && f.Change.Kind == credstore.Renaming {
		return f, &credstore.Error{
			Kind: credstore.Conflict, Op: "rotate " + name,
			Err: errors.New(f.Change.Name + " is being renamed to " + f.Change.To + ", and " + Advise(f.Change, true).Command + " has to finish that first"),
		}
	}
	p := f.Record.ProfileOf(f.Record.Current)
	f.Shares = s.shares(p, f.Entry)
	f.Plan, _ = s.Plan(Selection(p)) // the check says what is wrong with the plan
	return f, nil
}

// Sharing are the other uses of the application of a record's profile, as far as the list can be read.
func (s Service) Sharing(r credstore.Record) []Share {
	entry, _, err := s.Vault.Lookup(r.Profile.Name)
	if err != nil {
		return nil // who cannot be named is not named
	}
	return s.shares(r.Profile, entry)
}

// shares are the other uses of a profile's application, as far as the list can be read.
func (s Service) shares(p credstore.Profile, own credstore.Entry) []Share {
	var entries []credstore.Entry
	if s.Profiles != nil {
		entries, _ = s.Profiles.Entries() // who cannot be named is not named
	}
	return Shares(p, own, entries)
}

// Rotate is the change that gives what was found another credential.
func (f Found) Rotate() Change {
	current := f.Record.Current
	c := Current(f.Record, f.Entry)
	c.Purpose, c.Activated, c.Replaces, c.Shares, c.LostKeys = Rotating, false, true, f.Shares, f.Change.MayBeLost()
	c.Replaced = Replaced{
		ID: current.ID, Credential: current.Credential, Since: current.CreatedAt, Region: c.Region, BaseURL: c.BaseURL, Proxy: c.Proxy,
	}
	if f.Entry.Account != nil {
		c.Replaced.Account = f.Entry.Account.Code
	}
	if last := f.Entry.Baseline(); last != nil {
		c.Replaced.Results, c.Replaced.CheckedAt = Results(last, f.Plan), last.At
	}
	return c.WithoutNew()
}

// Rotated is a rotation whose new version is current already.
func (f Found) Rotated() Change {
	c := Current(f.Record, f.Entry)
	c.Purpose, c.Replaces, c.Shares, c.LostKeys = Rotating, true, f.Shares, f.Change.LostKeys
	c.PreviousKept = f.Record.Previous != nil
	if old := f.Record.Previous; old != nil {
		c.Replaced = Replaced{ID: old.ID, Credential: old.Credential, Since: old.CreatedAt}
	}
	c.Way = Regenerate
	if c.API == client.API10 {
		c.Way = NewKeys
	}
	c.Confirmed = f.Change.Phase == credstore.Confirmed || f.Change.Phase == credstore.LoggingOut
	return c
}

// TestCurrent tests what is current ahead of a rotation, since a new secret of API 2.0 may stop it at once, and notes what it found:
// it is what a later try has to compare with, should this version stop meanwhile. What comes back is the change with what is
// known now, and what was found; where Mimecast did not judge the credential, or the test was called off, what was known before is worth more.
func (s Service) TestCurrent(ctx context.Context, f Found, c Change, tell Tell) (Change, []client.Result) {
	results, err := s.check(ctx, f.Record.ProfileOf(f.Record.Current).Endpoint, f.Record.Current.Credential, f.Plan, Patience{}, tell)
	v := client.Judge(results)
	if err != nil || v.Canceled || !v.Accepted && !v.Refused {
		return c, results // the check of the new credential says what is wrong with the connection
	}
	c.Replaced.Tested = results
	if v.Accepted {
		c.Replaced.Results, c.Replaced.CheckedAt = results, s.Now()
	}
	if s.Profiles != nil {
		sum := Summary(results, s.Now())
		sum.Version = f.Record.Current.ID
		if err := s.Profiles.RecordCheck(f.Name, sum); err != nil && tell != nil {
			tell(NotListed{f.Name, err})
		}
	}
	return c, results
}
