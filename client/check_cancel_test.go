package client

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// The number of round trips is counted in time that the test owns: every call takes one second.
func TestCheckRoundTrips(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		credential Credential
		want       time.Duration
	}{
		"API 2.0": {pair(), 2 * time.Second},
		"API 1.0": {vectorKeys(), time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := inMemory(t, func(r *http.Request) (int, string) {
					wroteRequest(r)
					<-time.After(time.Second)
					switch r.URL.Path {
					case tokenPath:
						return 200, tokenBody
					case whoamiPath:
						return 200, whoamiBody
					case accountPath:
						return 200, accountBody
					default:
						return 200, okBody
					}
				})
				start := time.Now()
				results := run(t.Context(), c, tt.credential, Plan{Probes: probes(20)})
				if took := time.Since(start); took != tt.want || len(results) != 24 {
					t.Errorf("%d results after %v, want %v", len(results), took, tt.want)
				}
			})
		})
	}
}

func TestLeavingTheLoopCancelsWhatRuns(t *testing.T) {
	t.Parallel()
	for _, credential := range []Credential{pair(), vectorKeys()} {
		synctest.Test(t, func(t *testing.T) {
			var ended atomic.Int64
			c := inMemory(t, func(r *http.Request) (int, string) {
				wroteRequest(r)
				switch r.URL.Path {
				case tokenPath:
					return 200, tokenBody
				case accountPath:
					return 200, accountBody
				}
				<-r.Context().Done() // a call that hangs
				ended.Add(1)
				return 200, ""
			})
			n := 0
			for range c.Check(t.Context(), credential, Plan{Probes: probes(5)}) {
				if n++; n == 3 {
					break
				}
			}
			// The bubble would not end with a goroutine left behind.
			if credential.API() == API10 && ended.Load() != 5 {
				t.Errorf("%d calls ended", ended.Load())
			}
		})
	}
}

func TestCheckIsCalledOff(t *testing.T) {
	t.Parallel()
	for _, at := range []string{tokenPath, accountPath, "/api/area/call-a"} {
		for _, credential := range []Credential{pair(), vectorKeys()} {
			if at == tokenPath && credential.API() == API10 {
				continue
			}
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				c := inMemory(t, func(r *http.Request) (int, string) {
					wroteRequest(r)
					if r.URL.Path == at {
						time.AfterFunc(time.Second, cancel)
						<-r.Context().Done()
					}
					switch r.URL.Path {
					case tokenPath:
						return 200, tokenBody
					case whoamiPath:
						return 200, whoamiBody
					default:
						return 200, accountBody
					}
				})
				results := run(ctx, c, credential, Plan{Probes: probes(2)})
				if len(results) != 6 {
					t.Fatalf("%s: %s", at, states(results))
				}
				canceled := 0
				for _, r := range results {
					switch {
					case r.State == Skipped && r.Kind == Canceled:
						canceled++
					case r.State != Passed && (r.ID != CheckClock || r.State != Skipped):
						t.Errorf("%s: %+v", at, r)
					}
				}
				if canceled == 0 {
					t.Errorf("%s: %s", at, states(results))
				}
			})
		}
	}
}
