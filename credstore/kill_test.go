package credstore_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"filippo.io/age"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/storetest"
)

// sequence is one thing a person does, from a known state to another.
type sequence struct {
	name   string
	before func(bench)
	do     func(context.Context, *credstore.Vault) error
	// states are all that may be found afterwards, the old one first and the new one last; "" is no item.
	states []string
	// current is what has to be the current version whatever happens; several when the sequence changes it.
	current []string
}

// kinds are the stores whose operations are counted and killed one by one; the keyring's are those of memory.
func kinds() map[string]func(t *testing.T) credstore.Store {
	return map[string]func(t *testing.T) credstore.Store{
		credstore.MemoryKind: func(*testing.T) credstore.Store { return credstore.NewMemory() },
		agefile.Kind:         encrypted,
	}
}

// encrypted is a store of encrypted files whose key is an identity, which needs no work factor.
func encrypted(t *testing.T) credstore.Store {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return agefile.New(t.TempDir(), agefile.Options{Identity: func(context.Context) (secret.Value, error) { return secret.New(key.String()), nil }})
}

// sequences are those that a profile in a store of that kind goes through.
func sequences(kind string) []sequence {
	stage := func(ctx context.Context, v *credstore.Vault) error {
		_, err := v.Stage(ctx, kind, profile("acme"), oauth("new"), credstore.Pasted)
		return err
	}
	activate := func(ctx context.Context, v *credstore.Vault) error {
		sum := passed()
		if r, err := v.Load(ctx, "acme"); err != nil {
			return err
		} else if r.Pending != nil {
			sum.Version = r.Pending.ID
		} else if r.Current != nil {
			sum.Version = r.Current.ID
		}
		_, err := v.Activate(ctx, "acme", sum)
		return err
	}
	both := func(ctx context.Context, v *credstore.Vault) error {
		if err := stage(ctx, v); err != nil {
			return err
		}
		return activate(ctx, v)
	}
	nothing := func(bench) {}
	active := func(b bench) { b.setUp("acme", "old") }
	waiting := func(b bench) {
		b.setUp("acme", "old")
		b.stage("acme", "new")
		_ = b.vault.End(context.Background(), "acme", credstore.Left)
	}
	rotated := func(b bench) { b.setUp("acme", "older"); b.setUp("acme", "old") }
	return []sequence{
		{"stage the first", nothing, stage, []string{"", "pending=new"}, nil},
		{"set up", nothing, both, []string{"", "pending=new", "active=new"}, nil},
		{"stage over an active one", active, stage, []string{"active=old", "active=old pending=new"}, []string{"old"}},
		{"rotate", active, both, []string{"active=old", "active=old pending=new", "active=new previous=old"}, []string{"old", "new"}},
		{"rotate again", rotated, both, []string{
			"active=old previous=older", "active=old pending=new previous=older", "active=new previous=old",
		}, []string{"old", "new"}},
		{"activate", waiting, activate, []string{"active=old pending=new", "active=new previous=old"}, []string{"old", "new"}},
		{
			"discard", waiting, func(ctx context.Context, v *credstore.Vault) error { return v.End(ctx, "acme", credstore.Discarded) },
			[]string{"active=old pending=new", "active=old"},
			[]string{"old"},
		},
		{
			"discard the first", func(b bench) { b.stage("acme", "new"); _ = b.vault.End(context.Background(), "acme", credstore.Left) },
			func(ctx context.Context, v *credstore.Vault) error { return v.End(ctx, "acme", credstore.Discarded) },
			[]string{"pending=new", ""},
			nil,
		},
		{
			"go back", rotated, func(ctx context.Context, v *credstore.Vault) error {
				_, err := v.Rollback(ctx, "acme", credstore.CheckSummary{})
				return err
			},
			[]string{"active=old previous=older", "active=older previous=old"},
			[]string{"old", "older"},
		},
		{
			"retire", rotated, func(ctx context.Context, v *credstore.Vault) error {
				r, err := v.Load(ctx, "acme")
				if err != nil || r.Previous == nil {
					return err
				}
				_, err = v.Retire(ctx, "acme", r.Previous.ID)
				return err
			},
			[]string{"active=old previous=older", "active=old"},
			[]string{"old"},
		},
		{"check before", active, func(ctx context.Context, v *credstore.Vault) error {
			return v.Preflight(ctx, kind, profile("acme"))
		}, []string{"active=old"}, []string{"old"}},
		{
			"delete", rotated, func(ctx context.Context, v *credstore.Vault) error { return v.Delete(ctx, "acme") },
			[]string{"active=old previous=older", ""},
			nil,
		},
	}
}

// count is how many operations of the store a sequence takes when all goes well.
func (s sequence) count(t *testing.T, inner credstore.Store) int {
	t.Helper()
	faulty := storetest.NewFaulty(inner)
	b := quickBench(t, inner)
	s.before(b)
	b.vault.Close()
	b = b.again(faulty)
	if err := s.do(t.Context(), b.vault); err != nil {
		t.Fatalf("without any fault: %v", err)
	}
	b.vault.Close()
	if got, want := wantState(t, b.again(inner), s), s.states[len(s.states)-1]; got != want {
		t.Fatalf("without any fault the store has %q, want %q", got, want)
	}
	return faulty.Count(storetest.Any)
}

// wantState loads acme and compares it with the states that are allowed, and the index with what was loaded.
func wantState(t *testing.T, b bench, s sequence) string {
	t.Helper()
	r, err := b.vault.Load(t.Context(), "acme")
	state := tags(r)
	if err != nil && credstore.KindOf(err) != credstore.NotFound {
		t.Fatalf("Load afterwards: %v", err)
	}
	if !slices.Contains(s.states, state) {
		t.Fatalf("afterwards the store has %q, want one of %q", state, s.states)
	}
	e, known, err := b.vault.Lookup("acme")
	if s.name == "delete" && state == "" {
		// The list still has it until somebody deletes it again: better a line too many than an item that nobody lists.
		if err := b.vault.Delete(t.Context(), "acme"); known && err != nil {
			t.Fatalf("Delete afterwards: %v", err)
		}
		e, known, err = b.vault.Lookup("acme")
	}
	if err != nil || known != (state != "") {
		t.Fatalf("the index knows acme: %v, %v; the store has %q", known, err, state)
	}
	if known && (e.Pending != (r.Pending != nil) || e.Previous != (r.Previous != nil) || e.CurrentSince.IsZero() != (r.Current == nil)) {
		t.Fatalf("the index says %+v of %q", e, state)
	}
	return state
}

// TestKilledAtEveryStoreOperation ends the process before and after the effect of every store operation of every
// sequence. Whoever comes next finds the old state or the new one, never nothing and never a mixture.
func TestKilledAtEveryStoreOperation(t *testing.T) {
	for kind, open := range kinds() {
		t.Run(kind, func(t *testing.T) {
			points := 0
			for _, s := range sequences(kind) {
				t.Run(s.name, func(t *testing.T) {
					total := s.count(t, open(t))
					for n := 1; n <= total; n++ {
						for _, after := range []bool{false, true} {
							points++
							s.killedAt(t, open(t), n, after)
						}
					}
				})
			}
			t.Logf("counted: killed at %d points", points)
		})
	}
}

// killedAt ends the process at the n-th store operation, and lets another one go on.
func (s sequence) killedAt(t *testing.T, inner credstore.Store, n int, after bool) {
	t.Helper()
	faulty := storetest.NewFaulty(inner)
	b := newBench(t, inner)
	s.before(b)
	b.vault.Close()
	doomed := b.again(faulty)
	fault := faulty.Kill()
	if after {
		fault = faulty.KillAfter()
	}
	faulty.On(storetest.Any, n, fault)
	if err := s.do(t.Context(), doomed.vault); err == nil {
		t.Fatalf("killed at operation %d, after it %v: no error", n, after)
	}
	doomed.vault.Close() // the system frees the locks of a dead process
	next := b.again(inner)
	if _, err := inner.Get(t.Context(), "acme"); err == nil {
		next.entry("acme") // what is stored is listed, even before anybody looked for it by name
	}
	state := wantState(t, next, s)
	current(t, state, s.current)
	// And whoever comes next can do it again, to the end.
	if done := s.states[len(s.states)-1]; state == done && (s.name == "activate" || s.name == "go back" || s.name == "delete") {
		return // a second time is another thing, or nothing to do
	}
	if err := s.do(t.Context(), next.vault); err != nil {
		t.Fatalf("killed at operation %d, after it %v, then again from %q: %v", n, after, state, err)
	}
}

func current(t *testing.T, state string, want []string) {
	t.Helper()
	if len(want) == 0 {
		return
	}
	for _, tag := range want {
		if bytes.Contains([]byte(state+" "), []byte("active="+tag+" ")) {
			return
		}
	}
	t.Fatalf("the current version was lost: the store has %q", state)
}

// TestFaultAtEveryStoreOperation makes every store operation go wrong in every way. The process lives on: the same
// vault, once the store works again, tells the truth, and the current version still is.
func TestFaultAtEveryStoreOperation(t *testing.T) {
	cut := func(item []byte) []byte { return item[:len(item)/2] }
	always := func(fault storetest.Fault) func(*storetest.Faulty) storetest.Fault {
		return func(*storetest.Faulty) storetest.Fault { return fault }
	}
	all := []storetest.Op{storetest.Get, storetest.Set, storetest.Delete}
	writes := []storetest.Op{storetest.Set, storetest.Delete}
	for _, fault := range []struct {
		name  string
		ops   []storetest.Op
		fault func(*storetest.Faulty) storetest.Fault
	}{
		{"fails", all, always(storetest.Fail(credstore.Broken))},
		{"is locked", all, always(storetest.Fail(credstore.Locked))},
		{"fails although done", writes, always(storetest.FailAfter(credstore.Broken))},
		{"times out", all, always(storetest.Fail(credstore.TimedOut))},
		{"times out although done", writes, always(storetest.FailAfter(credstore.TimedOut))},
		{"does it late", writes, (*storetest.Faulty).Late},
		{"says yes and does nothing", writes, always(storetest.Lie())},
		{"gives damaged bytes", []storetest.Op{storetest.Get}, always(storetest.Damage(cut))},
		{"keeps something else", []storetest.Op{storetest.Set}, func(f *storetest.Faulty) storetest.Fault {
			return f.WriteInstead([]byte("garbage"))
		}},
	} {
		for kind, open := range kinds() {
			for _, s := range sequences(kind) {
				t.Run(s.name+", the store "+kind+" "+fault.name, func(t *testing.T) {
					for _, op := range fault.ops {
						for n := 1; faultOnce(t, s, open(t), op, n, fault.fault); n++ {
						}
					}
				})
			}
		}
	}
}

// faultOnce makes the n-th operation of that kind go wrong; false when there was none.
func faultOnce(t *testing.T, s sequence, inner credstore.Store, op storetest.Op, n int, fault func(*storetest.Faulty) storetest.Fault) bool {
	t.Helper()
	faulty := storetest.NewFaulty(inner)
	b := quickBench(t, inner)
	s.before(b)
	b.vault.Close()
	live := b.again(faulty)
	faulty.On(op, n, fault(faulty))
	err := s.do(t.Context(), live.vault)
	if faulty.Count(op) < n {
		return false
	}
	faulty.Clear()
	// A write that comes late does so with the next operation at the latest.
	_, _ = faulty.Get(t.Context(), "somebody else's")
	state := wantState(t, live, s)
	current(t, state, s.current)
	if last := s.states[len(s.states)-1]; err == nil && state != last {
		t.Fatalf("%s %d: no error, and the store has %q instead of %q", op, n, state, last)
	}
	if err != nil {
		if sentence, fix := credstore.Explain(err); sentence == "" || fix == "" {
			t.Fatalf("%v explains itself as %q, %q", err, sentence, fix)
		}
	}
	return true
}

// TestStoreThatHangs cancels in the middle of every operation: the answer comes at once, and a later read decides.
func TestStoreThatHangs(t *testing.T) {
	for _, after := range []bool{false, true} {
		for _, s := range sequences(credstore.MemoryKind) {
			total := s.count(t, credstore.NewMemory())
			t.Run(fmt.Sprintf("%s, done %v", s.name, after), func(t *testing.T) {
				for n := 1; n <= total; n++ {
					hangOnce(t, s, n, after)
				}
			})
		}
	}
}

func hangOnce(t *testing.T, s sequence, n int, after bool) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		inner := credstore.NewMemory()
		b := quickBench(t, inner)
		s.before(b)
		b.vault.Close()
		faulty := storetest.NewFaulty(inner)
		live := b.again(faulty)
		fault := storetest.Hang()
		if after {
			fault = storetest.HangAfter()
		}
		faulty.On(storetest.Any, n, fault)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.do(ctx, live.vault) }()
		synctest.Wait()
		cancel()
		wantKind(t, <-done, credstore.Canceled)
		state := wantState(t, live, s)
		current(t, state, s.current)
		live.vault.Close()
	})
}
