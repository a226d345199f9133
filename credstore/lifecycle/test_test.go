package lifecycle

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// TestExplainTest: a test that was called off says so, and one that could not be made says where that is mended.
func TestExplainTest(t *testing.T) {
	t.Parallel()
	cannot := &CannotCheckError{Problem: "It has no CA file.", Fix: "Choose another.", At: client.WhereConnection, Err: errors.New("no file")}
	problem, fix := ExplainTest(Trial{Name: "acme", Current: true}, cannot)
	if problem != "It has no CA file." || !strings.HasPrefix(fix, "Choose another. mimecred edit acme") {
		t.Errorf("cannot: %q, %q", problem, fix)
	}
	for _, err := range []error{context.Canceled, context.DeadlineExceeded} {
		if problem, fix = ExplainTest(Trial{Name: "acme", Current: true}, err); !strings.Contains(problem, "stopped") || fix != "Try again." {
			t.Errorf("%v: %q, %q", err, problem, fix)
		}
	}
	stored := &credstore.Error{Kind: credstore.Locked, Op: "read acme"}
	problem, fix = ExplainTest(Trial{Name: "acme", Current: true}, stored)
	if p, f := credstore.Explain(stored); problem != p || fix != f {
		t.Errorf("the store: %q, %q", problem, fix)
	}
}

// book is a list that notes tests and forgets what is overdue; before and after are the phases around that.
type book struct {
	Profiles
	before, after credstore.Phase
	unnoted       error
	swept         *credstore.Version
	unswept       error
	noted, sweeps int
}

func (b *book) RecordCheck(string, credstore.CheckSummary) error {
	b.noted++
	return b.unnoted
}

func (b *book) Sweep(context.Context, string) (*credstore.Version, error) {
	b.sweeps++
	return b.swept, b.unswept
}

// phases is the vault of a book.
type phases struct {
	Vault
	book *book
}

func (p phases) Noted(string) (credstore.UnfinishedChange, bool) {
	phase := p.book.before
	if p.book.noted > 0 {
		phase = p.book.after
	}
	return credstore.UnfinishedChange{Phase: phase}, phase != ""
}

// TestNoteOfATest: a test that passed confirms what was not confirmed and forgets what is overdue; one that failed forgets nothing.
func TestNoteOfATest(t *testing.T) {
	t.Parallel()
	failed := errors.New("made to fail")
	old := &credstore.Version{ID: "1"}
	for name, tt := range map[string]struct {
		book      book
		failed    bool
		confirmed bool
		forgotten bool
		words     string
	}{
		"nothing to do":        {book{}, false, false, false, ""},
		"confirms":             {book{before: credstore.Activated, after: credstore.Confirmed}, false, true, false, "The current version is confirmed."},
		"finishes":             {book{before: credstore.Activated}, false, true, false, "The current version is confirmed."},
		"does not confirm":     {book{before: credstore.Activated, after: credstore.Activated}, false, false, false, ""},
		"was confirmed":        {book{before: credstore.Confirmed, after: credstore.Confirmed}, false, false, false, ""},
		"forgets":              {book{swept: old}, false, false, true, "The time of the previous version is over, and it is forgotten here."},
		"failed":               {book{before: credstore.Activated, swept: old}, true, false, false, ""},
		"is not noted":         {book{unnoted: failed}, false, false, false, "mimecred could not note the outcome"},
		"is not noted, sweeps": {book{unnoted: failed, swept: old}, false, false, true, "The time of the previous version is over, and it is forgotten here. mimecred could not note the outcome"},
		"failed, is not noted": {book{unnoted: failed}, true, false, false, "mimecred could not note the outcome"},
		"cannot forget":        {book{unswept: failed}, false, false, false, "The time of the previous version is over, and it could not be forgotten"},
	} {
		b := tt.book
		s := Service{Vault: phases{book: &b}, Profiles: &b}
		n := s.Note(t.Context(), "acme", credstore.CheckSummary{OK: !tt.failed}, nil)
		if n.Confirmed != tt.confirmed || (n.Forgotten != nil) != tt.forgotten || !errors.Is(n.Unforgotten, b.unswept) || b.noted != 1 || b.sweeps == 1 == tt.failed {
			t.Errorf("%s: %+v, noted %d times, swept %d times", name, n, b.noted, b.sweeps)
		}
		b = tt.book
		told := 0
		result := client.Result{ID: client.CheckCredentials, State: client.Passed}
		if tt.failed {
			result.State = client.Failed
		}
		tested := s.Conclude(t.Context(), Trial{Name: "acme", Version: old, Current: true}, []client.Result{result}, time.Now(), func(Event) { told++ })
		words := strings.Join(tested.Told(time.Now()).Lines(), " ")
		if !strings.HasPrefix(words, tt.words) || (words == "") != (tt.words == "") || told == 1 != (b.unnoted != nil) || tested.OK() == tt.failed {
			t.Errorf("%s: %q, told %d times", name, words, told)
		}
	}
}

// TestNoteOfATestTellsTheRest: the words of a test have the first thing that the list lacks, and everything else is told.
func TestNoteOfATestTellsTheRest(t *testing.T) {
	t.Parallel()
	passed := []client.Result{{ID: client.CheckCredentials, State: client.Passed}}
	for _, unnoted := range []error{errors.New("made to fail"), nil} {
		slow := slowBook{&book{unnoted: unnoted}}
		waited, unlisted := 0, 0
		tested := Service{Vault: phases{book: slow.book}, Profiles: slow}.Conclude(
			t.Context(), Trial{Name: "acme", Version: &credstore.Version{ID: "1"}, Current: true}, passed, time.Now(), func(e Event) {
				switch e.(type) {
				case Waiting:
					waited++
				case NotListed:
					unlisted++
				default:
					t.Errorf("told %+v", e)
				}
			})
		words := strings.Join(tested.Told(time.Now()).Lines(), " ")
		if strings.HasPrefix(words, "mimecred could not note the outcome") != (unnoted != nil) || (words == "") != (unnoted == nil) || waited != 1 || unlisted == 1 != (unnoted != nil) {
			t.Errorf("%v: %q, waited %d times, unlisted %d times", unnoted, words, waited, unlisted)
		}
	}
}

// slowBook is a book whose store says that it waits for somebody.
type slowBook struct{ *book }

func (b slowBook) Sweep(ctx context.Context, name string) (*credstore.Version, error) {
	credstore.NotifyWaiting(ctx, credstore.Waiting{})
	return b.book.Sweep(ctx, name)
}

// TestNothingToTest: a record without a version that has a credential is not tested.
func TestNothingToTest(t *testing.T) {
	t.Parallel()
	empty := &credstore.Version{ID: "1"}
	for name, record := range map[string]credstore.Record{"no version": {}, "an empty one": {Current: empty}, "an empty pending one": {Pending: empty}} {
		s := Service{Vault: &shelved{record: record}}
		if _, err := s.Test(t.Context(), "acme", false, func(Event) {}); credstore.KindOf(err) != credstore.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// known is a vault of one record whose list tells something of it.
type known struct {
	*shelved
	entry credstore.Entry
	is    bool
	err   error
}

func (k known) Lookup(string) (credstore.Entry, bool, error) { return k.entry, k.is, k.err }

// planned is a Mimecast that answers a check with one result, and keeps the plan.
type planned struct {
	Mimecast
	plan *client.Plan
}

func (p planned) Check(_ context.Context, _ client.Credential, plan client.Plan) iter.Seq[client.Result] {
	*p.plan = plan
	return func(yield func(client.Result) bool) {
		yield(client.Result{ID: client.CheckCredentials, State: client.Passed})
	}
}
func (planned) Close() {}

// TestOfAProfileKnowsItsHistory: what passed before goes along with the checks of the current version, as far as the list tells.
func TestOfAProfileKnowsItsHistory(t *testing.T) {
	t.Parallel()
	at := time.Unix(5, 0)
	version := &credstore.Version{ID: "1", Credential: legacyKeys("one")}
	entry := credstore.Entry{LastCheck: &credstore.CheckSummary{At: at, OK: true}}
	for name, tt := range map[string]struct {
		record credstore.Record
		is     bool
		err    error
		want   bool
	}{
		"current":             {credstore.Record{Current: version}, true, nil, true},
		"not known":           {credstore.Record{Current: version}, false, nil, false},
		"not read":            {credstore.Record{Current: version}, true, errors.New("made to fail"), false},
		"not known, not read": {credstore.Record{Current: version}, false, errors.New("made to fail"), false},
	} {
		list := &book{}
		var plan client.Plan
		s := Service{
			Vault: known{&shelved{record: tt.record}, entry, tt.is, tt.err}, Profiles: list, Plan: PlanOf, Now: func() time.Time { return at },
			Dial: func(client.Endpoint) (Mimecast, error) { return planned{plan: &plan}, nil },
		}
		var told []Planned
		got, err := s.Test(t.Context(), "acme", false, func(e Event) {
			if p, is := e.(Planned); is {
				told = append(told, p)
			}
		})
		if err != nil || got.Pending || got.Summary.Version != "1" || !got.Summary.OK || list.noted != 1 || len(told) != 1 || told[0].Pending {
			t.Errorf("%s: %v, %+v, noted %d times", name, err, got, list.noted)
		}
		if plan.History.PassedAt.Equal(at) != tt.want {
			t.Errorf("%s: history %+v", name, plan.History)
		}
	}
}
