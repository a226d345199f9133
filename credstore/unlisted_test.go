package credstore_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mimecred/credstore"
)

var errFull = errors.New("no space left on device")

// fullDisk fails every write from the n-th on, counted from 1; 0 fails none.
type fullDisk struct {
	credstore.OSFiles
	n, from int
}

func (f *fullDisk) full() bool {
	f.n++
	return f.from > 0 && f.n >= f.from
}

func (f *fullDisk) Replace(path string, text []byte) error {
	if f.full() {
		return errFull
	}
	return f.OSFiles.Replace(path, text)
}

func (f *fullDisk) Remove(path string) error {
	if f.full() {
		return errFull
	}
	return f.OSFiles.Remove(path)
}

// changes are the operations of a vault that write the store, each of a profile "acme" of two versions. pending stages a
// third one first.
func changes() map[string]struct {
	pending bool
	do      func(ctx context.Context, v *credstore.Vault, r credstore.Record) error
} {
	type change = struct {
		pending bool
		do      func(ctx context.Context, v *credstore.Vault, r credstore.Record) error
	}
	return map[string]change{
		"delete": {do: func(ctx context.Context, v *credstore.Vault, _ credstore.Record) error { return v.Delete(ctx, "acme") }},
		"rename": {do: func(ctx context.Context, v *credstore.Vault, _ credstore.Record) error {
			_, err := v.Rename(ctx, "acme", "other")
			return err
		}},
		"retire": {do: func(ctx context.Context, v *credstore.Vault, r credstore.Record) error {
			_, err := v.Retire(ctx, "acme", r.Previous.ID)
			return err
		}},
		"roll back": {do: func(ctx context.Context, v *credstore.Vault, _ credstore.Record) error {
			_, err := v.Rollback(ctx, "acme", passed())
			return err
		}},
		"update": {do: func(ctx context.Context, v *credstore.Vault, _ credstore.Record) error {
			_, err := v.Update(ctx, "acme", func(p *credstore.Profile) { p.RotateAfter = 30 * 24 * credstore.Span(3600e9) })
			return err
		}},
		"discard": {pending: true, do: func(ctx context.Context, v *credstore.Vault, _ credstore.Record) error {
			return v.End(ctx, "acme", credstore.Discarded)
		}},
		"activate": {pending: true, do: func(ctx context.Context, v *credstore.Vault, r credstore.Record) error {
			sum := passed()
			sum.Version = r.Pending.ID
			_, err := v.Activate(ctx, "acme", sum)
			return err
		}},
		"stage": {do: func(ctx context.Context, v *credstore.Vault, r credstore.Record) error {
			_, err := v.Stage(ctx, "memory", r.Profile, oauth("three"), credstore.Pasted)
			return err
		}},
	}
}

// TestWhatIsDoneIsNotCalledUndone lets the disk be full from every write on, for every change. An error that is not marked
// means that the store is as it was; one that is marked, that it is changed.
func TestWhatIsDoneIsNotCalledUndone(t *testing.T) {
	unlisted := 0
	for name, change := range changes() {
		for from := 1; ; from++ {
			files := &fullDisk{}
			store := credstore.NewMemory()
			index := credstore.NewIndex(t.TempDir(), credstore.WithFiles(files))
			v := credstore.NewVault(index, clock, store)
			b := bench{T: t, vault: v, index: index, store: store}
			b.setUp("acme", "one")
			r := b.setUp("acme", "two")
			if change.pending {
				r = b.stage("acme", "three")
			}
			before := items(t, store)
			files.n, files.from = 0, from
			err := change.do(t.Context(), v, r)
			changed := items(t, store) != before
			writes := files.n
			v.Close()
			switch sentence, fix := credstore.Explain(err); {
			case err == nil && !changed:
				t.Errorf("%s: no error, and nothing was done", name)
			case err != nil && credstore.Unlisted(err) != changed:
				t.Errorf("%s, full from write %d on: %v; the store was changed: %t", name, from, err, changed)
			case credstore.Unlisted(err):
				unlisted++
				if !strings.HasPrefix(sentence, "It is done, but") || strings.Contains(sentence+fix, "unharmed") || !strings.Contains(fix, "mimecred ") {
					t.Errorf("%s: %q, %q", name, sentence, fix)
				}
			}
			if writes < from {
				break
			}
		}
	}
	if unlisted < 7 {
		t.Errorf("only %d changes met a full disk after the store was written", unlisted)
	}
}

// items is everything that the store has of the test's names.
func items(t *testing.T, store credstore.Store) string {
	t.Helper()
	var all strings.Builder
	for _, name := range []string{"acme", "other"} {
		item, err := store.Get(t.Context(), name)
		if err != nil && credstore.KindOf(err) != credstore.NotFound {
			t.Fatal(err)
		}
		all.WriteString(name + string(item) + "\n")
	}
	return all.String()
}
