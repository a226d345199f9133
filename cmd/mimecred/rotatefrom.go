package main

import (
	"context"
	"errors"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// runRotateFrom is rotate without a question.
func runRotateFrom(ctx context.Context, a *app, entry credstore.Entry, o rotateOptions) error {
	format, err := a.format("rotate --from")
	if err != nil {
		return err
	}
	raw, err := a.readRaw(ctx, o.from)
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	c := a.change(rotating, vault, entry.Name, format)
	what := lifecycle.Change{Purpose: lifecycle.Rotating, Name: entry.Name, Store: entry.Store, Keep: &o.keep, RetirePrevious: o.retire}
	complete := func(announced lifecycle.Change, found lifecycle.Found) (lifecycle.Change, error) {
		current := found.Record.Current
		if current == nil {
			return announced, noCurrent(entry)
		}
		how := reading{name: entry.Name, before: before{found.Record.ProfileOf(current), current.Credential}, allowed: o.allowed}
		list, err := how.decode(raw)
		if err != nil {
			return announced, inFile(o.from, err)
		}
		g := list[0]
		if again := lifecycle.CurrentAgain(current.Credential, g.credential); again != "" {
			return announced, usage(errors.New(entry.Name+": "+again),
				"mimecred setup "+entry.Name+" --from FILE changes the profile around a credential")
		}
		if _, err := planFor(g.profile, ""); err != nil {
			return announced, err
		}
		a.warnShapes(g)
		a.noteMoved(entry.Name, how.before.profile.Endpoint.BaseURL, g.profile.Endpoint.BaseURL)
		whole := c.of(g)
		whole.Purpose, whole.Store, whole.Keep, whole.RetirePrevious = what.Purpose, what.Store, what.Keep, what.RetirePrevious
		return whole, nil
	}
	return c.run(ctx, what, lifecycle.Policy{Complete: complete, Anyway: o.anyway})
}

// runResume goes on with whatever change of a profile is not finished, from its phase on.
func runResume(ctx context.Context, a *app, o rotateOptions) error {
	format, err := a.format("rotate --resume")
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	// What was announced and never stored may not be on the list.
	noted, is := vault.Noted(o.name)
	if !is {
		if _, err := a.find(ctx, o.name); err != nil {
			return err
		}
	}
	if err := vault.LockedElsewhere(o.name); err != nil {
		return err
	}
	if is && noted.Kind == credstore.Renaming {
		return finishRenaming(ctx, a, vault, noted)
	}
	what := lifecycle.Change{Name: o.name, RetirePrevious: o.retire}
	if o.keepText != "" {
		what.Keep = &o.keep
	}
	return a.change(resuming, vault, o.name, format).run(ctx, what, lifecycle.Policy{Resume: true, Anyway: o.anyway})
}
