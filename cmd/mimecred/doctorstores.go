package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// storeTime is how long the test of one store may last. A keyring answers within milliseconds, a passphrase takes a second or two.
const storeTime = 20 * time.Second

// stores tests each store with an item of its own, where that asks nobody anything.
func (d *doctor) stores(ctx context.Context) {
	if d.a.flags.store == storeMemory {
		d.tell(finding{ID: "store.memory", Title: "Store memory", State: client.Passed, Detail: "nothing is kept after the program ends"})
		return
	}
	vault, err := d.a.openVault()
	if err != nil {
		d.tell(finding{ID: "store", Title: "Stores", State: client.Failed, Detail: oneLine(err.Error())})
		return
	}
	for _, kind := range storeKinds() {
		ctx, cancel := context.WithTimeout(ctx, storeTime)
		f, begun := finding{ID: "store." + kind, Title: "Store " + kind, State: client.Passed}, time.Now()
		untried, err := d.untried(ctx, kind)
		switch {
		case err == nil && untried != "":
			f.State, f.Detail = client.Skipped, untried
		case err == nil:
			err = vault.TryOut(d.a.waiting(ctx), kind)
			f.Detail = "an item was written, read, compared and deleted, " + took(begun)
		}
		cancel()
		if err != nil {
			f = d.storeFailed(f, kind, err)
		}
		d.tell(f)
	}
}

// untried says why a store that can be used is not tested; "" when it is. The error is why it cannot be used.
func (d *doctor) untried(ctx context.Context, kind string) (why string, err error) {
	if kind == storeKeyring {
		return "", d.a.keyring().Silent(ctx)
	}
	sealed, err := d.a.encrypted()
	if err != nil {
		return "", err
	}
	switch {
	case !sealed.Made():
		return "not in use: the first profile with --store file makes it", nil
	case d.a.flags.passphraseFD < 0 && d.a.env(passphraseFile) == "" && d.a.flags.identity == "" && !d.a.storeAsked:
		return "not opened: that needs the passphrase. --store file, " + passphraseFile + " or --identity-file opens it", nil
	}
	return "", sealed.Available(ctx)
}

// storeFailed says what is wrong with a store. It is a failure where profiles are in it, or new ones go there.
func (d *doctor) storeFailed(f finding, kind string, err error) finding {
	f.State, f.Kind = client.Warning, string(credstore.KindOf(err))
	if errors.Is(err, context.DeadlineExceeded) {
		f.Kind = string(credstore.TimedOut)
	}
	f.Detail, f.Fix = credstore.Explain(err)
	if kind == d.a.storeKind() || slices.ContainsFunc(d.peek(), func(e credstore.Entry) bool { return e.Store == kind }) {
		f.State = client.Failed
	}
	return f
}

// peek lists the profiles, and leaves what there is to tell of the list to somebody else.
func (d *doctor) peek() []credstore.Entry {
	index, err := d.a.openIndex()
	if err != nil {
		return nil
	}
	list, _ := index.Peek()
	return list
}
