package lifecycle

import (
	"context"
	"errors"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// ErrNoPrevious says that there is no version to roll back to.
var ErrNoPrevious = errors.New("no previous version is kept")

// Run carries a change out without a question: a set-up, rotation, renewal, edit or roll back, or what an earlier run of one
// left unfinished. It goes as far as the policy lets it, and the Outcome says where that was. An error is what kept it from
// going on; the Outcome is valid then as well. Where ctx ends, what exists at Mimecast reaches the store all the same.
func (s Service) Run(ctx context.Context, c Change, p Policy, tell Tell) (Outcome, error) {
	if tell == nil {
		tell = func(Event) {}
	}
	r := &run{Service: s, policy: p, tell: tell, out: Outcome{Change: c}}
	defer s.Leave(c.Name)
	var err error
	switch {
	case p.Resume:
		err = r.resume(ctx)
	case c.Purpose == RollingBack:
		err = r.rollBack(ctx)
	default:
		err = r.anew(ctx)
	}
	return r.out, err
}

// run is one Run on its way.
type run struct {
	Service
	policy Policy
	tell   Tell
	found  Found
	// record is the last that the store gave.
	record credstore.Record
	out    Outcome
}

// anew is a change from its beginning.
func (r *run) anew(ctx context.Context) error {
	c := &r.out.Change
	if err := r.look(ctx); err != nil {
		return err
	}
	if r.policy.Complete != nil {
		whole, err := r.policy.Complete(*c, r.found)
		if err != nil {
			return err
		}
		*c = whole
	}
	if current := r.record.Current; current != nil && c.Purpose == Rotating {
		c.Replaces, c.Replaced = true, Replaced{ID: current.ID, Credential: current.Credential}
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	goesOn, err := r.prepare(ctx)
	if err != nil || !goesOn {
		return err
	}
	if err := r.stage(ctx); err != nil {
		return err
	}
	if c.Purpose == Rotating {
		r.compare(ctx)
	}
	return r.prove(ctx)
}

// look finds out how far an earlier change of the profile has come, and tells it. What has to be finished first is an error.
func (r *run) look(ctx context.Context) error {
	c := &r.out.Change
	if r.Profiles != nil && r.Profiles.Busy(c.Name) {
		// What is noted is the work of another process that is changing the profile. Beginning waits for it a moment, and tells which.
		if err := r.begin(ctx); err != nil {
			return err
		}
	}
	if err := r.read(ctx); err != nil && credstore.KindOf(err) != credstore.NotFound {
		return err
	}
	noted := r.found.Change
	if !r.found.Unfinished {
		return nil
	}
	if err := BeingRenamed(noted); err != nil {
		return err
	}
	if p := r.record.Pending; p != nil && p.Source == credstore.Created && !client.Same(p.Credential, c.Credential()) {
		return &credstore.Error{
			Kind: credstore.PendingKeys, Store: c.Store, Op: "replace the pending version of " + c.Name, Err: errors.New(c.Name),
		}
	}
	if !noted.Reminds() { // beginning tells
		r.tell(Unfinished{noted})
	}
	return nil
}

// read reads the profile and its unfinished change.
func (r *run) read(ctx context.Context) error {
	ctx, cancel := storing(ctx, r.tell)
	defer cancel()
	name := r.out.Change.Name
	r.found = Found{Name: name}
	var err error
	r.record, r.found.Change, r.found.Unfinished, err = r.Vault.Resume(ctx, name)
	r.found.Record = r.record
	if err != nil {
		return err
	}
	r.found.Entry, _, err = r.Vault.Lookup(name)
	return err
}

// begin announces the change, which keeps other processes from the profile, and tells what earlier ones may have left.
func (r *run) begin(ctx context.Context) error {
	begun, err := r.Begin(ctx, r.out.Change, r.tell)
	if err != nil {
		return err
	}
	r.out.Change = begun
	if len(begun.LostKeys) > 0 {
		r.tell(KeysLost{begun.LostKeys})
	}
	return nil
}

// prepare makes sure that what is to be created can be kept, and creates it. goesOn is false when there is nothing to stage.
func (r *run) prepare(ctx context.Context) (goesOn bool, err error) {
	c := &r.out.Change
	if _, keys := r.record.PreviousKeys(); keys && r.record.Current != nil && c.Way != Renew {
		r.tell(PushesOut{})
	}
	signsIn := c.Credential() == nil && !c.Password.IsZero()
	if signsIn || c.Purpose == SettingUp {
		if err := r.Preflight(ctx, *c, r.tell); err != nil {
			r.Abandon(c.Name)
			return false, err
		}
	}
	if signsIn {
		if lost := r.LostBefore(Change{Name: c.Name}); len(lost) > 0 && r.policy.MoreKeys != nil && !r.policy.MoreKeys() {
			r.Abandon(c.Name)
			return false, &LostKeysError{c.Name, lost}
		}
		if goesOn, err = r.create(ctx); err != nil || !goesOn {
			r.Abandon(c.Name)
			return false, err
		}
	}
	if c.Purpose == Rotating && c.API == client.API20 {
		r.tell(Replacing{r.Sharing(r.record)})
	}
	return true, nil
}

// create signs in for new keys, or for the current ones to be valid again. goesOn is false when there is nothing to go on with.
func (r *run) create(ctx context.Context) (goesOn bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err //nolint:wrapcheck // a context's error says it all
	}
	c := &r.out.Change
	var code secret.Value
	if r.policy.Code != nil {
		code = r.policy.Code()
	}
	keys, left, sent, err := r.Service.create(ctx, *c, code, r.tell)
	c.LostKeys = left
	switch {
	case err != nil && sent:
		r.out.SignIn, r.out.End = err, NothingStored
		return false, nil
	case err != nil:
		return false, err
	}
	made, renewed := r.WithKeys(*c, keys)
	*c = made
	r.tell(KeysCame{c.KeysExpireAt})
	if !renewed && c.Replaced.Credential != nil && client.Same(c.Credential(), c.Replaced.Credential) {
		r.noteKeys(ctx, c.Name, credstore.Begun) // the profile has these keys, so that none can be lost
		renewed = true
	}
	if renewed {
		return false, r.renewed(ctx)
	}
	if c.Way == Renew {
		c.Way = NewKeys
		r.tell(OtherKeys{})
	}
	return true, nil
}

// renewed tests keys that stayed the same where they are.
func (r *run) renewed(ctx context.Context) error {
	c, current := &r.out.Change, r.record.Current
	r.out.SameKeys, r.out.End = true, NothingStored
	began := r.Now()
	err := r.test(ctx, current)
	r.out.Judgement = c.Judgement()
	accepted := err == nil && client.Judge(c.Results).Accepted
	r.tell(Judged{r.out.Judgement, accepted})
	if err != nil {
		return err
	}
	sum := Summary(c.Results, began)
	sum.Version = current.ID
	r.out.Noted = r.Note(ctx, c.Name, sum, r.tell)
	if !accepted {
		return nil
	}
	r.out.End = Finished
	return r.Finish(c.Name, r.tell)
}

// stage stores the new version. Keys that exist at Mimecast reach the store even when ctx ended meanwhile; when they cannot, they
// are logged out again.
func (r *run) stage(ctx context.Context) error {
	c := &r.out.Change
	staging, created := ctx, c.Source() == credstore.Created
	if created {
		staging = context.WithoutCancel(ctx)
	}
	staged, note, err := r.Stage(staging, *c, r.tell)
	if err != nil {
		if created {
			r.tell(UnstoredLoggedOut{r.LogOutUnstored(ctx, *c)})
		}
		r.Abandon(c.Name)
		return err
	}
	if note != "" {
		r.tell(Remark{note})
	}
	*c, r.out.End = staged, KeptPending
	return nil
}
