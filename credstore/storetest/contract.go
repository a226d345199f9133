package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"mimecred/credstore"
)

// Subject is a kind of store under test.
type Subject struct {
	// Open opens the store that the tests use, anew each time.
	Open func(t *testing.T) credstore.Store
	// Persistent stores keep their items when they are opened again.
	Persistent bool
	// Prefix begins every item's name, for stores that are shared with other tests.
	Prefix string
}

// Contract runs what every store must do. Each test cleans up after itself.
func Contract(t *testing.T, s Subject) {
	t.Helper()
	for _, test := range []struct {
		name string
		run  func(*testing.T, Subject)
	}{
		{"says what it is", says},
		{"gives back what it was given", roundTrip},
		{"replaces an item whole", replaces},
		{"keeps items apart", apart},
		{"deletes", deletes},
		{"says when there is nothing", nothing},
		{"keeps any text", anyText},
		{"keeps the largest item and refuses a larger one", largest},
		{"owns no memory of its caller", owns},
		{"writes only over what was read, if it can", overWhatWasRead},
		{"is safe to use at once", atOnce},
		{"stops for a context that has ended", ended},
		{"survives being opened again", reopened},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, s) })
	}
}

func says(t *testing.T, s Subject) {
	store := s.Open(t)
	if store.Kind() == "" || strings.ContainsAny(store.Kind(), " \t:/") {
		t.Errorf("Kind() = %q, want one plain word", store.Kind())
	}
	if store.MaxItem() < 2000 {
		t.Errorf("MaxItem() = %d, too small for any record", store.MaxItem())
	}
	if where := store.Location("acme"); !strings.Contains(where, "acme") {
		t.Errorf("Location(acme) = %q, want the name in it", where)
	}
	if err := store.Available(t.Context()); err != nil {
		t.Errorf("Available() = %v", err)
	}
}

func overWhatWasRead(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	swapper, ok := store.(credstore.Swapper)
	if !ok {
		return // a store without check-and-set relies on the locks of profiles
	}
	put := func(old, item string, want credstore.Kind) {
		t.Helper()
		var before []byte
		if old != "" {
			before = []byte(old)
		}
		if err := swapper.CompareAndSet(t.Context(), name, before, []byte(item)); credstore.KindOf(err) != want {
			t.Errorf("%q over %q: %v, want kind %q", item, old, err, want)
		}
	}
	put("something", "one", credstore.Conflict)
	put("", "one", "")
	t.Cleanup(func() { _ = store.Delete(context.Background(), name) })
	put("", "two", credstore.Conflict)
	put("two", "three", credstore.Conflict)
	expect(t, store, name, []byte("one"))
	put("one", "two", "")
	expect(t, store, name, []byte("two"))
	if err := swapper.CompareAndSet(t.Context(), name, []byte("two"), bytes.Repeat([]byte("x"), store.MaxItem()+1)); credstore.KindOf(err) != credstore.TooBig {
		t.Errorf("too large: %v", err)
	}
}

func roundTrip(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	write(t, store, name, []byte(`{"a":"b"}`))
	expect(t, store, name, []byte(`{"a":"b"}`))
	expect(t, store, name, []byte(`{"a":"b"}`))
}

func replaces(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	write(t, store, name, bytes.Repeat([]byte("long "), 200))
	write(t, store, name, []byte("short"))
	expect(t, store, name, []byte("short"))
	write(t, store, name, []byte("short"))
	expect(t, store, name, []byte("short"))
}

func apart(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	names := []string{name, name + ".2", name + "-2", name + "_2", "." + name, name[:len(name)-1]}
	for _, n := range names {
		write(t, store, n, []byte("item of "+n))
	}
	for _, n := range names {
		expect(t, store, n, []byte("item of "+n))
	}
	if err := store.Delete(t.Context(), name); err != nil {
		t.Fatalf("Delete(%s) = %v", name, err)
	}
	for _, n := range names[1:] {
		expect(t, store, n, []byte("item of "+n))
	}
}

func deletes(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	write(t, store, name, []byte("item"))
	if err := store.Delete(t.Context(), name); err != nil {
		t.Fatalf("Delete() = %v", err)
	}
	absent(t, store, name)
	write(t, store, name, []byte("again"))
	expect(t, store, name, []byte("again"))
}

func nothing(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	absent(t, store, name)
	wantKind(t, "Delete of nothing", store.Delete(t.Context(), name), credstore.NotFound)
	absent(t, store, name)
}

func anyText(t *testing.T, s Subject) {
	for _, item := range []string{
		"Grüße 日本語 🔑 \u202e", `"quotes" 'and' \back\slashes`, "  spaces around  ", "tabs\tand\r\nline breaks", "$(true) `true` ${HOME} %s",
		"go-keyring-base64:AAAA", "-w --help", strings.Repeat("é", 500),
	} {
		store, name := s.Open(t), s.name(t)
		write(t, store, name, []byte(item))
		expect(t, store, name, []byte(item))
	}
}

func largest(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	most := bytes.Repeat([]byte("x"), store.MaxItem())
	write(t, store, name, most)
	expect(t, store, name, most)
	wantKind(t, "Set of an item that is too big", store.Set(t.Context(), name, append(most, 'x')), credstore.TooBig)
	expect(t, store, name, most)
}

func owns(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	item := []byte("item")
	write(t, store, name, item)
	item[0] = 'X'
	expect(t, store, name, []byte("item"))
	got, err := store.Get(t.Context(), name)
	if err != nil {
		t.Fatalf("Get() = %v", err)
	}
	got[0] = 'X'
	expect(t, store, name, []byte("item"))
}

func atOnce(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	shared := name + "-shared"
	forget(t, store, shared)
	whole := map[string]bool{}
	for i := range 8 {
		whole[strings.Repeat(fmt.Sprint(i), 50+i)] = true
		forget(t, store, fmt.Sprintf("%s-%d", name, i))
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			own := fmt.Sprintf("%s-%d", name, i)
			item := []byte(strings.Repeat(fmt.Sprint(i), 50+i))
			for _, n := range []string{own, shared} {
				if err := store.Set(t.Context(), n, item); err != nil {
					t.Errorf("Set(%s) = %v", n, err)
				}
			}
			if got, err := store.Get(t.Context(), own); err != nil || !bytes.Equal(got, item) {
				t.Errorf("Get(%s) = %d bytes, %v", own, len(got), err)
			}
			if got, err := store.Get(t.Context(), shared); err != nil || !whole[string(got)] {
				t.Errorf("Get(shared) = %q, %v: want one whole item", got, err)
			}
		})
	}
	group.Wait()
}

func ended(t *testing.T, s Subject) {
	store, name := s.Open(t), s.name(t)
	write(t, store, name, []byte("item"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := store.Get(ctx, name)
	wantKind(t, "Get", err, credstore.Canceled)
	wantKind(t, "Set", store.Set(ctx, name, []byte("other")), credstore.Canceled)
	wantKind(t, "Delete", store.Delete(ctx, name), credstore.Canceled)
	wantKind(t, "Available", store.Available(ctx), credstore.Canceled)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not wrap context.Canceled", err)
	}
	expect(t, store, name, []byte("item"))
}

func reopened(t *testing.T, s Subject) {
	if !s.Persistent {
		store, name := s.Open(t), s.name(t)
		write(t, store, name, []byte("item"))
		absent(t, s.Open(t), name)
		return
	}
	name := s.name(t)
	write(t, s.Open(t), name, []byte("item"))
	expect(t, s.Open(t), name, []byte("item"))
	if err := s.Open(t).Delete(t.Context(), name); err != nil {
		t.Fatalf("Delete() = %v", err)
	}
	absent(t, s.Open(t), name)
}

// name is an item's name that only this test uses.
func (s Subject) name(t *testing.T) string {
	last := t.Name()[strings.LastIndexByte(t.Name(), '/')+1:]
	return s.Prefix + strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r
		}
		return '-'
	}, last)
}

func write(t *testing.T, store credstore.Store, name string, item []byte) {
	t.Helper()
	forget(t, store, name)
	if err := store.Set(t.Context(), name, item); err != nil {
		t.Fatalf("Set(%s) = %v", name, err)
	}
}

// forget removes the item when the test ends.
func forget(t *testing.T, store credstore.Store, name string) {
	t.Cleanup(func() { _ = store.Delete(context.WithoutCancel(t.Context()), name) })
}

func expect(t *testing.T, store credstore.Store, name string, want []byte) {
	t.Helper()
	got, err := store.Get(t.Context(), name)
	if err != nil {
		t.Fatalf("Get(%s) = %v", name, err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("Get(%s) = %d bytes, want the %d that were written", name, len(got), len(want))
	}
}

func absent(t *testing.T, store credstore.Store, name string) {
	t.Helper()
	item, err := store.Get(t.Context(), name)
	wantKind(t, "Get of nothing", err, credstore.NotFound)
	if item != nil {
		t.Errorf("Get of nothing gave %d bytes", len(item))
	}
}

func wantKind(t *testing.T, what string, err error, want credstore.Kind) {
	t.Helper()
	var e *credstore.Error
	if !errors.As(err, &e) || e.Kind != want {
		t.Fatalf("%s: %v, want an *Error of kind %s", what, err, want)
	}
	if e.Op == "" {
		t.Errorf("%s: %v does not say what was being done", what, err)
	}
}
