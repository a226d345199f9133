package storetest

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"mimecred/credstore"
)

// Disk is a store of plain files, for tests whose store must outlive a process. No product has one: nothing is ever kept in
// plain text.
type Disk struct{ dir, kind string }

// NewDisk makes a Disk in dir that calls itself a store of that kind.
func NewDisk(dir, kind string) *Disk { return &Disk{dir, kind} }

const diskMaxItem = 2400

func (d *Disk) path(name string) string {
	return filepath.Join(d.dir, "item-"+hex.EncodeToString([]byte(name)))
}

// Kind implements credstore.Store.
func (d *Disk) Kind() string { return d.kind }

// Available implements credstore.Store.
func (d *Disk) Available(ctx context.Context) error { return d.alive(ctx, Call{Op: Available}) }

// MaxItem implements credstore.Store.
func (*Disk) MaxItem() int { return diskMaxItem }

// Location implements credstore.Store.
func (d *Disk) Location(name string) string { return "in the test's folder, as " + name }

// Get implements credstore.Store.
func (d *Disk) Get(ctx context.Context, name string) ([]byte, error) {
	call := Call{Get, name}
	if err := d.alive(ctx, call); err != nil {
		return nil, err
	}
	item, err := os.ReadFile(d.path(name))
	if err != nil {
		return nil, d.failed(call, err)
	}
	return item, nil
}

// Set implements credstore.Store.
func (d *Disk) Set(ctx context.Context, name string, item []byte) error {
	call := Call{Set, name}
	if err := d.alive(ctx, call); err != nil {
		return err
	}
	if len(item) > diskMaxItem {
		return &credstore.Error{Kind: credstore.TooBig, Store: d.kind, Op: fmt.Sprintf("%s %s", call.Op, name), Err: errors.New("the item is too large")}
	}
	f, err := os.CreateTemp(d.dir, "new-*")
	if err != nil {
		return d.failed(call, err)
	}
	_, err = f.Write(bytes.Clone(item))
	if err := errors.Join(err, f.Close()); err != nil {
		return d.failed(call, err)
	}
	if err := os.Rename(f.Name(), d.path(name)); err != nil {
		return d.failed(call, err)
	}
	return nil
}

// Delete implements credstore.Store.
func (d *Disk) Delete(ctx context.Context, name string) error {
	call := Call{Delete, name}
	if err := d.alive(ctx, call); err != nil {
		return err
	}
	if err := os.Remove(d.path(name)); err != nil {
		return d.failed(call, err)
	}
	return nil
}

func (d *Disk) alive(ctx context.Context, call Call) error {
	if err := ctx.Err(); err != nil {
		kind := credstore.Canceled
		if errors.Is(err, context.DeadlineExceeded) {
			kind = credstore.TimedOut
		}
		return fail(kind, d.kind, call, err)
	}
	return nil
}

func (d *Disk) failed(call Call, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fail(credstore.NotFound, d.kind, call, errors.New("there is no such item"))
	}
	return fail(credstore.Broken, d.kind, call, err)
}
