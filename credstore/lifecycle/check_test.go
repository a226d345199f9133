package lifecycle

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// stopped is a clock that does not go on.
func stopped() time.Time { return time.Unix(5, 0) }

// answers is a Mimecast that gives the same results to every check.
type answers struct {
	Mimecast
	rows []client.Result
	// last is done when all are given.
	last func()
}

func (m answers) Check(context.Context, client.Credential, client.Plan) iter.Seq[client.Result] {
	return func(yield func(client.Result) bool) {
		for _, r := range m.rows {
			if !yield(r) {
				return
			}
		}
		if m.last != nil {
			m.last()
		}
	}
}

func (answers) Close() {}

// foreseeing tells the last of its results before the others.
type foreseeing struct{ answers }

func (m foreseeing) CheckWatched(ctx context.Context, credential client.Credential, plan client.Plan, watch func(client.Result)) iter.Seq[client.Result] {
	watch(m.rows[len(m.rows)-1])
	return m.Check(ctx, credential, plan)
}

// TestForeseenIsToldAheadOfItsPlace: a result that is certain early is told twice, at first as what it is.
func TestForeseenIsToldAheadOfItsPlace(t *testing.T) {
	t.Parallel()
	rows := []client.Result{{ID: "one"}, {ID: "two"}}
	for name, tt := range map[string]struct {
		m    Mimecast
		want []string
	}{
		"told":     {foreseeing{answers{rows: rows}}, []string{"foreseen two", "checked one", "checked two"}},
		"not told": {answers{rows: rows}, []string{"checked one", "checked two"}},
	} {
		var told []string
		got := Service{}.Checks(t.Context(), tt.m, legacyKeys("one"), client.Plan{}, Patience{}, func(e Event) {
			switch e := e.(type) {
			case Foreseen:
				told = append(told, "foreseen "+e.ID)
			case Checked:
				told = append(told, "checked "+e.ID)
			}
		})
		if len(got) != len(rows) || !slices.Equal(told, tt.want) {
			t.Errorf("%s: %d results, told %q", name, len(got), told)
		}
	}
}

// TestTestOfTheCurrentOneHasToEnd: a test that was cut off, or ended with its caller, says nothing about the current version.
func TestTestOfTheCurrentOneHasToEnd(t *testing.T) {
	t.Parallel()
	accepted := client.Result{ID: client.CheckCredentials, State: client.Passed}
	for name, tt := range map[string]struct {
		rows   []client.Result
		caller bool
		tested bool
	}{
		"to its end":                  {[]client.Result{accepted}, false, true},
		"cut off":                     {[]client.Result{accepted, {ID: "x", State: client.Failed, Kind: client.Canceled}}, false, false},
		"to its end, without anybody": {[]client.Result{accepted}, true, false},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		m := answers{rows: tt.rows}
		if tt.caller {
			m.last = cancel
		}
		s := Service{Dial: func(client.Endpoint) (Mimecast, error) { return m, nil }, Now: stopped}
		f := Found{Record: credstore.Record{Current: &credstore.Version{ID: "1", Credential: legacyKeys("one")}}}
		c, results := s.TestCurrent(ctx, f, Change{}, func(Event) {})
		if (c.Replaced.Tested != nil) != tt.tested || (c.Replaced.Results != nil) != tt.tested || c.Replaced.CheckedAt.IsZero() == tt.tested || len(results) != len(tt.rows) {
			t.Errorf("%s: %d results, the current one is %+v", name, len(results), c.Replaced)
		}
	}
}

// TestAnUnknownEndpointIsNoResult: why no check could begin is told in words, with where that is mended.
func TestAnUnknownEndpointIsNoResult(t *testing.T) {
	t.Parallel()
	s := Service{Dial: func(client.Endpoint) (Mimecast, error) { return nil, errors.New("no line") }, Plan: PlanOf}
	_, err := s.Check(t.Context(), Change{API: client.API20, StagedCredential: client.OAuth{ClientID: "id"}}, func(Event) {})
	var cannot *CannotCheckError
	if !errors.As(err, &cannot) || cannot.Where != client.WhereConnection || cannot.Problem == "" || cannot.Error() != "no line" {
		t.Errorf("%v", err)
	}
}
