package main

import (
	"bytes"
	"errors"
	"fmt"
	"syscall"
	"testing"

	"mimecred/client"
)

// failing is a standard output that cannot be written to.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestOnlyOutputHasReaders: a socket that broke is no reader that left, and is told.
func TestOnlyOutputHasReaders(t *testing.T) {
	t.Parallel()
	var errs bytes.Buffer
	a := newApp(streams{in: nil, out: failing{syscall.EPIPE}, err: &errs}, func(string) string { return "" })
	defer a.close()
	broken := fmt.Errorf("log out: %w", &client.Error{Kind: client.Network, Op: "POST /x", Err: fmt.Errorf("write tcp: %w", syscall.EPIPE)})
	if code := a.report(t.Context(), broken); code != exitUnjudged || errs.Len() == 0 {
		t.Errorf("exit %d, said %q", code, errs.String())
	}
	if err := a.print("x"); !readerLeft(err) {
		t.Errorf("%v", err)
	}
	if code := a.report(t.Context(), a.print("x")); code != exitNoReader {
		t.Errorf("exit %d", code)
	}
}

// TestChangesFinishBeforeOutputIsTold: a full disk stops no change half-way, and is told in the end.
func TestChangesFinishBeforeOutputIsTold(t *testing.T) {
	t.Parallel()
	var errs bytes.Buffer
	a := newApp(streams{in: nil, out: failing{syscall.ENOSPC}, err: &errs}, func(string) string { return "" })
	defer a.close()
	a.changing = true
	if err := a.print("x"); err != nil {
		t.Errorf("%v", err)
	}
	if code := a.report(t.Context(), nil); code == exitDone || !bytes.Contains(errs.Bytes(), []byte("standard output")) {
		t.Errorf("exit %d, said %q", code, errs.String())
	}
	errs.Reset()
	if code := a.report(t.Context(), &failure{code: exitRefused, err: errors.New("refused")}); code != exitRefused || !bytes.Contains(errs.Bytes(), []byte("standard output")) {
		t.Errorf("exit %d, said %q", code, errs.String())
	}
}
