package main

import (
	"context"
	"encoding/json"
	"slices"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// unsaved.go discards a set-up that never became a profile: the answers that were noted for later, and the change that was
// announced and stored nothing.

// discardUnsaved discards what there is of a set-up that was never saved. missing is why there is no such profile; it comes back
// when there is no such set-up either.
func (a *app) discardUnsaved(ctx context.Context, vault *credstore.Vault, o deleteOptions, missing error) error {
	noted, is := vault.Noted(o.name)
	words, left := a.leftOf(o.name)
	if is && !lifecycle.StoredNothing(noted) || !is && !left {
		return missing
	}
	if err := vault.LockedElsewhere(o.name); err != nil {
		return err
	}
	if is && (!left || len(noted.MayBeLost()) > 0) {
		words = a.progress(noted)
	}
	if !o.yes {
		sure, err := a.confirm(ctx, "Discard the set-up of "+o.name+", which is not finished ("+words+") and never was saved?", "delete")
		if err != nil {
			return err
		}
		if !sure {
			a.note("nothing was deleted")
			return nil
		}
	}
	a.sayLost(o.name, noted.MayBeLost())
	if err := a.forgetSetUp(vault, o.name, is); err != nil {
		return err
	}
	a.setUpDiscarded(o.name, words)
	return nil
}

// setUpDiscarded says that a set-up is discarded of which nothing was stored.
func (a *app) setUpDiscarded(name, words string) {
	a.note("the set-up of %s is discarded (%s): its answers are forgotten, and nothing of it was stored", name, words)
}

// forgetSetUp removes the answers of a set-up and, where a change was announced, its note.
func (a *app) forgetSetUp(vault *credstore.Vault, name string, announced bool) error {
	if u, ok := a.openUnfinished(); ok {
		if err := u.Forget(name); err != nil {
			return err
		}
	}
	if !announced {
		return nil
	}
	return a.service(vault, name, true).Forget(name)
}

// leftOf tells whether answers of a set-up are noted, also old ones that are not offered any more, and where it was left.
func (a *app) leftOf(name string) (words string, is bool) {
	u, ok := a.openUnfinished()
	if !ok {
		return "", false
	}
	drafts, err := u.drafts.All()
	if err != nil {
		return "", false
	}
	at := slices.IndexFunc(drafts, func(d credstore.Draft) bool { return d.Name == name })
	if at < 0 {
		return "", false
	}
	var s flow.State
	if json.Unmarshal(drafts[at].Text, &s) != nil || s.At() == flow.None {
		return "its note cannot be read", true
	}
	return step.WhereLeft(s, a.now()), true
}
