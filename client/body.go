package client

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody is the largest reply that is read, in bytes, packed or not.
const maxBody = 10 << 20

// What is wrong with a reply whose body is not read, or not to its end.
var (
	errTooLarge   = errors.New("the reply is larger than 10 MiB")
	errEarly      = errors.New("the reply is no answer: its status announces something else to come")
	errDamaged    = errors.New("the reply is packed (gzip) and damaged")
	errNotUnpacks = errors.New("the reply is packed in a way that was not asked for")
)

// readBody reads a reply to its end, or until ctx ends, whatever the connection does. The body of a status below 200 is
// never read: after 101 it is the connection itself, which ends when the other side likes.
func readBody(ctx context.Context, res *http.Response) ([]byte, error) {
	if res.StatusCode < http.StatusOK {
		go discard(res)
		return nil, errEarly
	}
	stop := context.AfterFunc(ctx, func() { discard(res) }) // ends the reading
	defer stop()
	body, err := await(ctx, func() ([]byte, error) {
		defer discard(res)
		return readUpTo(res.Body)
	}, nil)
	if err != nil {
		return nil, err
	}
	return unpack(res.Header, body)
}

func discard(res *http.Response) { _ = res.Body.Close() }

// readUpTo reads no more than maxBody; more of it is errTooLarge.
func readUpTo(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the reply: %w", err)
	case len(body) > maxBody:
		return nil, errTooLarge
	default:
		return body, nil
	}
}

// unpack removes the packing that exchange asks for. net/http would do it while it reads, where a damaged reply cannot be
// told from a connection that broke.
func unpack(header http.Header, body []byte) ([]byte, error) {
	switch encoding := strings.ToLower(strings.TrimSpace(header.Get("Content-Encoding"))); encoding {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
	default:
		return nil, errNotUnpacks
	}
	header.Del("Content-Encoding")
	header.Del("Content-Length")
	if len(body) == 0 {
		return body, nil
	}
	packed, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, errDamaged
	}
	body, err = readUpTo(packed)
	if err != nil && !errors.Is(err, errTooLarge) {
		return nil, errDamaged
	}
	return body, err
}

// endsWithin is how long something may take to end once its context did.
const endsWithin = 250 * time.Millisecond

// await gives what f gives. When ctx ends, f has a moment to end as well, as all of net/http does at once; if it does not, it
// goes on without anybody, drop, which may be nil, gets what it still brings, and the cause of ctx's end is given.
func await[T any](ctx context.Context, f func() (T, error), drop func(T)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := f()
		done <- outcome{value, err}
	}()
	select {
	case got := <-done:
		return got.value, got.err
	case <-ctx.Done():
	}
	select {
	case got := <-done: // an answer that came at the last moment is an answer
		return got.value, got.err
	case <-time.After(endsWithin):
	}
	if drop != nil {
		go func() {
			if got := <-done; got.err == nil {
				drop(got.value)
			}
		}()
	}
	var none T
	return none, fmt.Errorf("waiting: %w", context.Cause(ctx))
}
