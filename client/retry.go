package client

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	maxTries = 3
	// longestWait is how long a call waits by itself when Mimecast limits the rate; longer waits are the caller's decision.
	longestWait = 5 * time.Second
)

// repeat runs try until it succeeds, its failure is not worth repeating, three tries were made, or the next wait would end
// after the context's deadline. It gives the last failure, never the context's own error in its place.
//
// The tries of one call together are sent no more than maxTries times, whatever net/http repeats by itself.
func repeat[T any](ctx context.Context, again func(*Error) bool, try func(context.Context) (T, *Error)) (T, *Error) {
	var last *Error
	allowed := &allowance{}
	ctx = context.WithValue(ctx, allowanceKey{}, allowed)
	policy := backoff.NewExponentialBackOff()
	policy.InitialInterval = 200 * time.Millisecond
	policy.MaxInterval = 2 * time.Second
	options := []backoff.RetryOption{backoff.WithBackOff(policy), backoff.WithMaxTries(maxTries)}
	if deadline, ok := ctx.Deadline(); ok {
		options = append(options, backoff.WithMaxElapsedTime(max(time.Until(deadline), time.Nanosecond)))
	}
	var result T
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		result, last = try(ctx)
		switch {
		case last == nil:
			return struct{}{}, nil
		case ctx.Err() != nil, allowed.exhausted():
			return struct{}{}, backoff.Permanent(last)
		case last.Kind == RateLimited && last.RetryAfter > 0 && last.RetryAfter <= longestWait:
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

// maxResends is how often net/http may send the request of one try. It sends it once more where it believes that to be safe: the
// connection was an old one, or HTTP/2 says that the request was not looked at. Left alone it goes on for as long as the other
// side says so, without a pause (GOAWAY with a last stream of 0 on every connection).
const maxResends = 2

// errNotAccepted ends what net/http would send again and again.
var errNotAccepted = errors.New("the host ends each connection without taking the call")

// allowance counts how often one call was sent, over all of its tries.
type allowance struct{ sends atomic.Int32 }

func (a *allowance) exhausted() bool { return a != nil && a.sends.Load() >= maxTries }

type allowanceKey struct{}

// passing tells whether a failure of a call that only reads may pass by itself.
func passing(e *Error) bool {
	return e.Kind != BadResponse && e.HTTPStatus == http.StatusInternalServerError || passingToken(e)
}

// passingToken is the same for a token request: a 500 there is reported at once. What answers in a broken form does so
// again.
func passingToken(e *Error) bool {
	if e.Kind == BadResponse {
		return false
	}
	switch e.HTTPStatus {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return lostConnection(e)
	}
}
