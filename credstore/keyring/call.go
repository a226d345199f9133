package keyring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mimecred/credstore"
)

type answer struct {
	item []byte
	err  error
}

// do runs work when its turn has come and waits for it: silently at first, then telling that it waits, until its patience
// or ctx ends. Work that is given up goes on in the background and keeps its turn, so that nothing that is asked later can
// happen before it.
func (s *Store) do(ctx context.Context, op string, work func() ([]byte, error)) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, s.gaveUp(op, err)
	}
	silent, patience := time.NewTimer(s.options.Silent), time.NewTimer(s.options.Patience)
	defer silent.Stop()
	defer patience.Stop()
	until := s.options.Now().Add(s.options.Patience)
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(until) {
		until = deadline
	}
	turn := s.turn
	done := make(chan answer, 1)
	what := "an earlier request to the keyring to be answered"
	for {
		select {
		case turn <- struct{}{}:
			turn, what = nil, "the keyring to be unlocked"
			go func() {
				defer func() { <-s.turn }()
				done <- s.attempt(ctx, work)
			}()
		case a := <-done:
			if a.err != nil {
				return nil, s.failed(ctx, op, a.err)
			}
			return a.item, nil
		case <-silent.C:
			credstore.NotifyWaiting(ctx, credstore.Waiting{What: what, Until: until})
		case <-patience.C:
			return nil, &credstore.Error{
				Kind: credstore.TimedOut, Store: Kind, Op: op,
				Err: fmt.Errorf("no answer after %v, waiting for %s", s.options.Patience, what),
			}
		case <-ctx.Done():
			return nil, s.gaveUp(op, ctx.Err())
		}
	}
}

// attempt looks before it touches, and turns a panic of a library that was surprised by an odd answer into an error.
func (s *Store) attempt(ctx context.Context, work func() ([]byte, error)) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{err: fmt.Errorf("the keyring gave an answer that nobody understands: %v", r)}
		}
	}()
	if err := s.system.Look(ctx); err != nil {
		return answer{err: err}
	}
	if err := ctx.Err(); err != nil {
		return answer{err: err}
	}
	item, err := work()
	return answer{item: item, err: err}
}

// gaveUp is the error of an operation whose context ended.
func (s *Store) gaveUp(op string, err error) error {
	kind := credstore.Canceled
	if errors.Is(err, context.DeadlineExceeded) {
		kind = credstore.TimedOut
	}
	return &credstore.Error{Kind: kind, Store: Kind, Op: op, Err: err}
}

// failed gives an error its kind and its operation. What is an *Error already keeps its own.
func (s *Store) failed(ctx context.Context, op string, err error) error {
	return &credstore.Error{Kind: s.judge(ctx, err), Store: Kind, Op: op, Err: err}
}

// judge is the kind of an error.
func (s *Store) judge(ctx context.Context, err error) credstore.Kind {
	switch {
	case err == nil:
		return ""
	case credstore.KindOf(err) != "":
		return credstore.KindOf(err)
	case errors.Is(err, context.Canceled):
		return credstore.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return credstore.TimedOut
	}
	return s.system.Judge(ctx, err)
}
