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

const (
	forTurn   = "an earlier request to the keyring to be answered"
	forUnlock = "the keyring to be unlocked"
)

// do runs work when its turn has come and waits for it: silently at first, then telling what it waits for, until its patience
// or ctx ends. Work that nobody waits for any more goes on in the background and keeps its turn, so that nothing that is asked later can
// happen before it.
func (s *Store) do(ctx context.Context, op string, work func() ([]byte, error)) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, s.gaveUp(op, err)
	}
	silent, patience := time.NewTimer(s.options.Silent), time.NewTimer(s.options.Patience)
	defer silent.Stop()
	defer patience.Stop()
	turn, what := s.turn, forTurn
	until := s.until(ctx)
	done, looked := make(chan answer, 1), make(chan error, 1)
	var hangs error // who does not answer, as far as the last look tells
	told := ""
	for {
		select {
		case turn <- struct{}{}:
			turn, what = nil, forUnlock
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
			go func() { looked <- s.responds(ctx) }()
		case look := <-looked:
			hangs = better(hangs, look)
			silent.Reset(s.options.Silent)
			told = tell(ctx, told, credstore.Waiting{What: what, Until: until}, hangs)
		case <-patience.C:
			err := fmt.Errorf("no answer after %v, waiting for %s", s.options.Patience, what)
			return nil, &credstore.Error{Kind: credstore.TimedOut, Store: Kind, Op: op, Err: instead(hangs, err)}
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				hangs = nil
			}
			return nil, s.gaveUp(op, instead(hangs, ctx.Err()))
		}
	}
}

// until is when an operation that begins now is no longer waited for.
func (s *Store) until(ctx context.Context) time.Time {
	until := s.options.Now().Add(s.options.Patience)
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(until) {
		return deadline
	}
	return until
}

// responds is an error when the keyring answers nothing at all: then it is not the person who is waited for.
func (s *Store) responds(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, min(s.options.Silent, time.Second))
	defer cancel()
	return s.system.Responds(ctx)
}

// theBus is who does not answer when a look ended before it found the service.
const theBus = "the session bus"

// better is the newer of two looks, unless it ended before it found the service that the older one knows: on a busy machine the
// name of what is waited for would go back and forth.
func better(older, newer error) error {
	var was, is *credstore.NoAnswerError
	if errors.As(newer, &is) && is.Who == theBus && errors.As(older, &was) {
		return older
	}
	return newer
}

// tell says what is waited for, unless that is what was told last. It gives what was told.
func tell(ctx context.Context, told string, w credstore.Waiting, hangs error) string {
	var silent *credstore.NoAnswerError
	if errors.As(hangs, &silent) {
		w.What = silent.Who + " to answer"
	}
	if w.What != told {
		credstore.NotifyWaiting(ctx, w)
	}
	return w.What
}

// instead is what hangs, or err when nothing does.
func instead(hangs, err error) error {
	if hangs != nil {
		return hangs
	}
	return err
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
	if !errors.Is(err, context.Canceled) {
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
