package keyring

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gokeyring "github.com/zalando/go-keyring"

	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// fake is a system whose answers wait as long as hold is not closed.
type fake struct {
	mu    sync.Mutex
	items map[string]string
	log   []string
	hold  map[string]chan struct{}
	// lies are the calls that say yes and do nothing; errs those that fail; boom those that panic.
	lies     map[string]bool
	errs     map[string]error
	boom     bool
	look     error
	responds []error
}

func newFake() *fake {
	return &fake{items: map[string]string{}, hold: map[string]chan struct{}{}, lies: map[string]bool{}, errs: map[string]error{}}
}

func (f *fake) enter(op, name string) error {
	f.mu.Lock()
	f.log = append(f.log, op+" "+name)
	wait, err, boom := f.hold[op+" "+name], f.errs[op], f.boom
	f.mu.Unlock()
	if wait != nil {
		<-wait
	}
	if boom {
		panic("interface conversion")
	}
	return err
}

func (f *fake) Look(context.Context) error    { return f.look }
func (f *fake) Present(context.Context) error { return f.errs["present"] }

// Responds tells the script, one line a look; the last one stays.
func (f *fake) Responds(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.responds) == 0 {
		return nil
	}
	err := f.responds[0]
	if len(f.responds) > 1 {
		f.responds = f.responds[1:]
	}
	return err
}

func (f *fake) Get(name string) (string, error) {
	if err := f.enter("get", name); err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	item, ok := f.items[name]
	if !ok {
		return "", gokeyring.ErrNotFound
	}
	return item, nil
}

func (f *fake) Set(name, item string) error {
	if err := f.enter("set", name); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.lies["set"] {
		f.items[name] = item
	}
	return nil
}

func (f *fake) Delete(name string) error {
	if err := f.enter("delete", name); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.items[name]; !ok {
		return gokeyring.ErrNotFound
	}
	if !f.lies["delete"] {
		delete(f.items, name)
	}
	return nil
}

func (*fake) Judge(ctx context.Context, err error) credstore.Kind { return native{}.Judge(ctx, err) }

// blocked makes the operation wait until the returned function is called.
func (f *fake) blocked(call string) (release func()) {
	wait := make(chan struct{})
	f.mu.Lock()
	f.hold[call] = wait
	f.mu.Unlock()
	return func() {
		f.mu.Lock()
		delete(f.hold, call)
		f.mu.Unlock()
		close(wait)
	}
}

func (f *fake) calls() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.log, ", ")
}

func wantKind(t *testing.T, err error, want credstore.Kind) {
	t.Helper()
	var e *credstore.Error
	if !errors.As(err, &e) || e.Kind != want || e.Store != Kind || e.Op == "" {
		t.Fatalf("error %v, want one of kind %s", err, want)
	}
}

func TestFakeContract(t *testing.T) {
	f := newFake()
	storetest.Contract(t, storetest.Subject{
		Open: func(*testing.T) credstore.Store { return newStore(Options{}, f) }, Persistent: true,
	})
}

func TestSilentThenToldThenGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		release := f.blocked("get acme")
		s := newStore(Options{}, f)
		began := time.Now()
		var told []credstore.Waiting
		var after time.Duration
		ctx := credstore.OnWaiting(t.Context(), func(w credstore.Waiting) {
			told, after = append(told, w), time.Since(began)
		})
		_, err := s.Get(ctx, "acme")
		wantKind(t, err, credstore.TimedOut)
		if took := time.Since(began); took != 2*time.Minute {
			t.Errorf("gave up after %v, want 2 minutes", took)
		}
		if len(told) != 1 || after != 3*time.Second || !told[0].Until.Equal(began.Add(2*time.Minute)) ||
			told[0].What != "the keyring to be unlocked" {
			t.Errorf("told %+v after %v, want once after 3 s", told, after)
		}
		release()
	})
}

// TestServiceThatStopsAnswering is told apart from one that waits for the person, and again when that changes.
func TestServiceThatStopsAnswering(t *testing.T) {
	silent := &credstore.NoAnswerError{Who: "the keyring service"}
	for _, test := range []struct {
		responds []error
		want     string
		says     string
	}{
		{[]error{nil}, "the keyring to be unlocked", "did not answer in time"},
		{[]error{silent}, "the keyring service to answer", "the keyring service does not answer"},
		{[]error{silent, silent, nil}, "the keyring service to answer, the keyring to be unlocked", "did not answer in time"},
		{[]error{nil, silent}, "the keyring to be unlocked, the keyring service to answer", "the keyring service does not answer"},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			f.responds = test.responds
			release := f.blocked("get acme")
			s := newStore(Options{Patience: time.Minute}, f)
			began := time.Now()
			var told []string
			_, err := s.Get(credstore.OnWaiting(t.Context(), func(w credstore.Waiting) { told = append(told, w.What) }), "acme")
			wantKind(t, err, credstore.TimedOut)
			if sentence, _ := credstore.Explain(err); !strings.Contains(sentence, test.says) || time.Since(began) != time.Minute {
				t.Errorf("after %v: %q", time.Since(began), sentence)
			}
			if got := strings.Join(told, ", "); got != test.want {
				t.Errorf("told %q, want %q", got, test.want)
			}
			release()
		})
	}
}

func TestQuickAnswersAreNotAnnounced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(Options{}, newFake())
		ctx := credstore.OnWaiting(t.Context(), func(credstore.Waiting) { t.Error("told of a wait") })
		if err := s.Set(ctx, "acme", []byte("item")); err != nil {
			t.Error(err)
		}
		<-time.After(time.Minute) // whatever would still fire does so now
	})
}

func TestUnlockedWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		release := f.blocked("set acme")
		s := newStore(Options{}, f)
		ctx := credstore.OnWaiting(t.Context(), func(credstore.Waiting) { release() })
		if err := s.Set(ctx, "acme", []byte("item")); err != nil {
			t.Fatal(err)
		}
	})
}

func TestCancelledAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		release := f.blocked("set acme")
		s := newStore(Options{}, f)
		began := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			synctest.Wait()
			cancel()
		}()
		wantKind(t, s.Set(ctx, "acme", []byte("item")), credstore.Canceled)
		short, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		var until time.Time
		_, err := s.Get(credstore.OnWaiting(short, func(w credstore.Waiting) { until = w.Until }), "acme")
		wantKind(t, err, credstore.TimedOut)
		if took := time.Since(began); took != time.Second || !until.IsZero() {
			t.Errorf("took %v, told %v", took, until)
		}
		release()
	})
}

func TestLateWriteDoesNotOvertake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		release := f.blocked("set acme")
		s := newStore(Options{Silent: time.Second, Patience: 10 * time.Second}, f)
		wantKind(t, s.Set(t.Context(), "acme", []byte("late")), credstore.TimedOut)

		// While that is unanswered everything else waits, and says for what.
		var told credstore.Waiting
		ctx := credstore.OnWaiting(t.Context(), func(w credstore.Waiting) { told = w })
		wantKind(t, s.Set(ctx, "acme", []byte("never")), credstore.TimedOut)
		if told.What != "an earlier request to the keyring to be answered" {
			t.Errorf("told %+v", told)
		}

		done := make(chan error, 1)
		go func() { done <- s.Set(t.Context(), "acme", []byte("newest")) }()
		synctest.Wait()
		release()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if item, err := s.Get(t.Context(), "acme"); err != nil || string(item) != "newest" {
			t.Errorf("the keyring has %q, %v", item, err)
		}
		if got, want := f.calls(), "set acme, get acme, set acme, get acme, get acme"; got != want {
			t.Errorf("calls %s, want %s: what was given up while it waited for its turn must not run", got, want)
		}
	})
}

func TestDismissedQuestionsLookLikeSuccess(t *testing.T) {
	f := newFake()
	s := newStore(Options{}, f)
	f.lies["set"], f.lies["delete"] = true, true
	wantKind(t, s.Set(t.Context(), "acme", []byte("item")), credstore.Mismatch)
	f.items["acme"] = "old"
	wantKind(t, s.Set(t.Context(), "acme", []byte("item")), credstore.Mismatch)
	wantKind(t, s.Delete(t.Context(), "acme"), credstore.Mismatch)
	if sentence, fix := credstore.Explain(s.Delete(t.Context(), "acme")); !strings.Contains(sentence, "dismissed") || !strings.Contains(fix, "question") {
		t.Errorf("Explain: %q, %q", sentence, fix)
	}
}

func TestFailuresWhileReadingBack(t *testing.T) {
	f := newFake()
	f.items["acme"] = "old"
	f.errs["get"] = errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'")
	s := newStore(Options{}, f)
	wantKind(t, s.Set(t.Context(), "acme", []byte("item")), credstore.Locked)
	wantKind(t, s.Delete(t.Context(), "acme"), credstore.Locked)
	f.errs["set"] = gokeyring.ErrSetDataTooBig
	wantKind(t, s.Set(t.Context(), "acme", []byte("item")), credstore.TooBig)
}

func TestLooksBeforeItTouches(t *testing.T) {
	f := newFake()
	f.look = &credstore.Error{Kind: credstore.Unavailable, Op: "find the session bus"}
	s := newStore(Options{}, f)
	_, err := s.Get(t.Context(), "acme")
	wantKind(t, err, credstore.Unavailable)
	wantKind(t, s.Set(t.Context(), "acme", []byte("item")), credstore.Unavailable)
	wantKind(t, s.Delete(t.Context(), "acme"), credstore.Unavailable)
	wantKind(t, s.Available(t.Context()), credstore.Unavailable)
	if f.calls() != "" {
		t.Errorf("the keyring was called: %s", f.calls())
	}
	f.look, f.errs["present"] = nil, context.DeadlineExceeded
	wantKind(t, s.Available(t.Context()), credstore.TimedOut)
}

func TestSurprisedLibrary(t *testing.T) {
	f := newFake()
	f.boom = true
	_, err := newStore(Options{}, f).Get(t.Context(), "acme")
	wantKind(t, err, credstore.Broken)
}

func TestWhatNoKeyringTakes(t *testing.T) {
	f := newFake()
	s := newStore(Options{}, f)
	for _, test := range []struct{ name, item string }{{"", "x"}, {"a\x00b", "x"}, {"a\xff", "x"}, {"a", "x\x00"}, {"a", "\xff"}} {
		wantKind(t, s.Set(t.Context(), test.name, []byte(test.item)), credstore.Broken)
	}
	_, err := s.Get(t.Context(), "")
	wantKind(t, err, credstore.Broken)
	wantKind(t, s.Delete(t.Context(), ""), credstore.Broken)
	if f.calls() != "" {
		t.Errorf("the keyring was called: %s", f.calls())
	}
}
