package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

type retireOptions struct {
	name string
	yes  bool
	// here forgets the version on this machine and leaves its key at Mimecast alone.
	here bool
}

func newRetireCmd(a *app) *cobra.Command {
	var o retireOptions
	cmd := &cobra.Command{
		Use:   "retire NAME",
		Short: "Retire the previous version now",
		Long: `Retire the previous version. It is kept for a while so that "mimecred rollback" can make it current again.

With API 1.0, its access key is logged out at Mimecast after a question. That ends it wherever it is used. The version is then forgotten here.

With API 2.0, the version is forgotten here. At Mimecast it ends when a new client secret is generated or the application is deleted.`,
		Example: `  mimecred retire acme
  mimecred retire acme --yes`,
		ValidArgsFunction: a.completeName,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name = given[0]
			return runRetire(cmd.Context(), a, o)
		},
	}
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "retire it without asking")
	cmd.Flags().BoolVar(&o.here, "here", false, "forget it here without logging its access key out at Mimecast")
	return cmd
}

func runRetire(ctx context.Context, a *app, o retireOptions) error {
	if _, err := a.format("retire"); err != nil {
		return err
	}
	if _, err := a.find(ctx, o.name); err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	if err := vault.LockedElsewhere(o.name); err != nil {
		return err
	}
	record, noted, unfinished, err := vault.Resume(a.waiting(ctx), o.name)
	if err == nil && unfinished {
		err = lifecycle.BeingRenamed(noted)
	}
	if err != nil {
		return err
	}
	if record.Previous == nil {
		a.note("%s has no previous version: there is nothing to retire", o.name)
		return nil
	}
	r := retirement{a: a, vault: vault, record: record, here: o.here}
	if keys, is := r.keys(); is && !o.here {
		sure, err := r.ask(ctx, keys, o.yes)
		if err != nil {
			return err
		}
		if !sure {
			a.note("nothing was changed")
			return nil
		}
	}
	return r.end(ctx)
}

// retirement retires the previous version.
type retirement struct {
	a      *app
	vault  *credstore.Vault
	record credstore.Record
	here   bool
}

// keys are those of the previous version, when they can be logged out.
func (r retirement) keys() (client.Legacy, bool) { return r.record.PreviousKeys() }

// ask asks whether the key may be logged out, and says who else may be using it.
func (r retirement) ask(ctx context.Context, keys client.Legacy, yes bool) (bool, error) {
	name := r.record.Profile.Name
	r.a.noteStops(lifecycle.LoggingOut{Application: keys.ApplicationID, Shares: r.a.service(r.vault, name, true).Sharing(r.record)})
	if yes {
		return true, nil
	}
	return r.a.confirm(ctx, fmt.Sprintf("Log the previous access key of %s out at Mimecast? Whatever still uses it stops.", name),
		"log the previous access key out")
}

// noteStops names who may stop when the previous keys are logged out.
func (a *app) noteStops(e lifecycle.LoggingOut) {
	for _, share := range e.Shares {
		a.note("%s uses the application %s, too: if it has the previous access key, it stops", share.Words(), e.Application)
	}
}

// end logs the previous key out where that is to be done, and forgets the version. It is the version that was asked about: when
// another one has replaced it meanwhile, nothing is done.
func (r retirement) end(ctx context.Context) error {
	name := r.record.Profile.Name
	how := lifecycle.Forgotten
	_, keys := r.keys()
	if keys && !r.here {
		how = lifecycle.LoggedOut
	}
	done, end, err := r.a.service(r.vault, name, true).Retire(ctx, name, r.record.Previous.ID, how, r.a.tell)
	if err != nil {
		return r.a.unretired(name, how == lifecycle.LoggedOut, err)
	}
	r.a.noteRetired(name, done, end, keys)
	return nil
}

// noteRetired says what became of a version that was retired; keys tells that it had keys of its own.
func (a *app) noteRetired(name string, done lifecycle.Retired, end lifecycle.KeyEnd, keys bool) {
	switch {
	case done != lifecycle.Forgotten:
		a.note("%s: the previous access key %s; it is forgotten here", name, end.Words())
	case keys:
		a.note("%s: the previous version is forgotten here; its access key stays valid at Mimecast", name)
	default:
		a.note("%s: the previous version is forgotten here", name)
	}
}

// unretired is the failure of a version that could not be retired; loggingOut tells that its keys were to be logged out.
func (a *app) unretired(name string, loggingOut bool, err error) error {
	var stored *credstore.Error
	var failed *failure
	switch {
	case errors.As(err, &failed):
		return err
	case errors.As(err, &stored):
		f := storeFailure(err)
		if loggingOut {
			f.hints = append(f.hints, "mimecred retire "+name+" logs the previous key out later")
		}
		return f
	}
	d := client.Diagnose(err, client.API10)
	return &failure{
		code: exitForKind(d.Kind), err: sentence(lifecycle.NotEnded(err)+" "+d.Meaning, err),
		hints: append(hints(lifecycle.ProfileRemedy(d.Fix, d.Where, name)), "mimecred retire "+name+" tries again; with --here it only forgets the key on this machine"),
	}
}
