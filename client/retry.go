package client

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	maxTries = 3
	// longestWait is how long a call waits by itself when Mimecast limits the rate; longer waits are the caller's decision.
	longestWait = 5 * time.Second
)

// repeat runs try until it succeeds, its failure is not worth repeating, three tries are over, or the next wait would end
// after the context's deadline. It gives the last failure, never the context's own error in its place.
func repeat[T any](ctx context.Context, again func(*Error) bool, try func() (T, *Error)) (T, *Error) {
	var last *Error
	policy := backoff.NewExponentialBackOff()
	policy.InitialInterval = 200 * time.Millisecond
	policy.MaxInterval = 2 * time.Second
	options := []backoff.RetryOption{backoff.WithBackOff(policy), backoff.WithMaxTries(maxTries)}
	if deadline, ok := ctx.Deadline(); ok {
		options = append(options, backoff.WithMaxElapsedTime(max(time.Until(deadline), time.Nanosecond)))
	}
	var result T
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		result, last = try()
		switch {
		case last == nil:
			return struct{}{}, nil
		case ctx.Err() != nil:
			return struct{}{}, backoff.Permanent(last)
		case last.Kind == RateLimited && last.RetryAfter <= longestWait:
			return struct{}{}, &backoff.RetryAfterError{Duration: last.RetryAfter}
		case last.Kind != RateLimited && again(last):
			return struct{}{}, last
		default:
			return struct{}{}, backoff.Permanent(last)
		}
	}, options...)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) && last.Kind != Canceled {
		// The wait between two tries was cut short; the failure before it is no longer what matters.
		last = &Error{Kind: Canceled, Op: last.Op, Err: context.Canceled}
	}
	return result, last
}

// passing tells whether a failure of a call that only reads may pass by itself.
func passing(e *Error) bool {
	switch e.HTTPStatus {
	case http.StatusInternalServerError:
		return true
	default:
		return passingToken(e)
	}
}

// passingToken is the same for a token request: a 500 there is reported at once.
func passingToken(e *Error) bool {
	switch e.HTTPStatus {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return lostConnection(e)
	}
}
