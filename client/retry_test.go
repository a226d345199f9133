package client

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatIsRepeated(t *testing.T) {
	t.Parallel()
	get, write := Request{Method: "GET", Path: "/x"}, Request{Path: "/api/x", Body: []byte(`{}`)}
	read := write
	read.ReadOnly = true
	tests := []struct {
		name    string
		request Request
		status  int
		tries   int64
		kind    Kind
	}{
		{"GET on 500", get, 500, 3, Server},
		{"GET on 502", get, 502, 3, Server},
		{"GET on a broken connection", get, 0, 3, Network},
		{"reading POST on 503", read, 503, 3, Server},
		{"reading POST on 504", read, 504, 3, Server},
		{"writing POST on 503", write, 503, 1, Server},
		{"writing POST on a broken connection", write, 0, 1, Network},
		{"GET on 400", get, 400, 1, Validation},
		{"GET on 403", get, 403, 1, MissingPermission},
		{"GET on 404", get, 404, 1, Unknown},
		{"GET on 501", get, 501, 1, Server},
		{"GET on a long rate limit", get, 429, 1, RateLimited},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var tries atomic.Int64
				c := inMemory(t, func(r *http.Request) (int, string) {
					if r.URL.Path == tokenPath {
						return 200, tokenBody
					}
					tries.Add(1)
					return tt.status, `{"fail":[{"code":"made_up"}]}`
				})
				start := time.Now()
				_, err := c.Call(t.Context(), pair(), tt.request)
				if e := asError(err); e.Kind != tt.kind || tries.Load() != tt.tries {
					t.Errorf("%d tries, %v", tries.Load(), e)
				}
				if waited := time.Since(start); (waited > 0) != (tt.tries > 1) || waited > 5*time.Second {
					t.Errorf("waited %v", waited)
				}
			})
		})
	}
}

func TestAShortRateLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var tries atomic.Int64
		c := inMemory(t, nil)
		c.http.Transport = roundTrip(func(*http.Request) (*http.Response, error) {
			res := &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(okBody)), ProtoMajor: 1}
			if tries.Add(1) == 1 {
				res.StatusCode = 429
				res.Header.Set("X-RateLimit-Reset", "4200")
			}
			return res, nil
		})
		start := time.Now()
		// The function was not executed, so that even a call that writes is safe.
		if _, err := c.Call(t.Context(), vectorKeys(), Request{Path: "/api/x"}); err != nil {
			t.Error(err)
		}
		if waited := time.Since(start); tries.Load() != 2 || waited != 4200*time.Millisecond {
			t.Errorf("%d tries after %v", tries.Load(), waited)
		}
	})
}

func TestNoWaitBeyondTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var tries atomic.Int64
		c := inMemory(t, func(*http.Request) (int, string) {
			tries.Add(1)
			return 503, "{}"
		})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err := c.Call(ctx, vectorKeys(), Request{Path: "/api/x", ReadOnly: true})
		if e := asError(err); e.Kind != Server || tries.Load() != 1 || ctx.Err() != nil {
			t.Errorf("%d tries, %v, %v", tries.Load(), e, ctx.Err())
		}
	})
}

func TestCancelDuringTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := inMemory(t, func(*http.Request) (int, string) {
			time.AfterFunc(10*time.Millisecond, cancel)
			return 503, "{}"
		})
		_, err := c.Call(ctx, vectorKeys(), Request{Path: "/api/x", ReadOnly: true})
		if e := asError(err); e.Kind != Canceled {
			t.Errorf("got %v", e)
		}
	})
}

func TestTheWholeCallIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := inMemory(t, func(r *http.Request) (int, string) {
			<-r.Context().Done()
			return 200, ""
		}, WithTimeouts(Timeouts{Call: 7 * time.Second}))
		start := time.Now()
		_, err := c.Token(t.Context(), pair())
		if e := asError(err); e.Kind != Timeout || time.Since(start) != 7*time.Second {
			t.Errorf("after %v: %v", time.Since(start), e)
		}
	})
}

func TestDeveloperKeyIsRepeatedOnce(t *testing.T) {
	t.Parallel()
	for name, passes := range map[string]bool{"false alarm": true, "really unknown": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var ids []string
				c := inMemory(t, func(r *http.Request) (int, string) {
					ids = append(ids, r.Header.Get("X-Mc-Req-Id"))
					if passes && len(ids) == 2 {
						return 200, okBody
					}
					return 200, developerKey
				})
				_, err := c.Call(t.Context(), vectorKeys(), Request{Path: "/api/x", Body: []byte(`{}`)})
				if passes != (err == nil) || !passes && asError(err).Kind != UnknownApplication {
					t.Errorf("got %v", err)
				}
				if len(ids) != 2 || ids[0] == ids[1] {
					t.Errorf("the request ids are %v", ids)
				}
			})
		})
	}
}
