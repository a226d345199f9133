package client

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// watched runs a plan whose account call is answered with a refusal, and whose last probe only once everything that can be known
// without it was shown.
func watched(t *testing.T, credential Credential, status int, refusal string, answers map[string]string, shown ...string) []Result {
	t.Helper()
	ctx, cancel := context.WithCancel(within(t))
	defer cancel()
	enough := make(chan struct{})
	plan := Plan{Probes: probes(3)}
	c := inMemory(t, func(r *http.Request) (int, string) {
		wroteRequest(r)
		switch {
		case r.URL.Path == tokenPath:
			return 200, tokenBody
		case r.URL.Path == accountPath:
			return status, refusal
		case r.URL.Path == whoamiPath:
			return 403, noPermission
		case strings.HasSuffix(r.URL.Path, "c"):
			select {
			case <-enough:
			case <-r.Context().Done():
			}
		}
		if answer, is := answers[r.URL.Path[len(r.URL.Path)-1:]]; is {
			return status, answer
		}
		return 200, okBody
	})
	early := map[string]Result{}
	var results []Result
	for r := range c.CheckWatched(ctx, credential, plan, func(r Result) {
		if _, twice := early[r.ID]; twice {
			t.Errorf("%s is shown twice", r.ID)
		}
		early[r.ID] = r
		if slices.IndexFunc(shown, func(id string) bool { _, is := early[id]; return !is }) < 0 {
			select {
			case <-enough:
			default:
				close(enough)
			}
		}
	}) {
		results = append(results, r)
		if before, is := early[r.ID]; is && (before.State != r.State || before.Kind != r.Kind) {
			t.Errorf("%s was shown as %s (%s) and ends as %s (%s)", r.ID, before.State, before.Kind, r.State, r.Kind)
		}
	}
	if ctx.Err() != nil {
		t.Fatalf("%v was not shown before the end: %v", shown, early)
	}
	return results
}

// TestRefusedAccountIsShownAtOnce, and what follows it, although they come from the loop at its end; but not a refusal that may
// still turn out to be one of the credential.
func TestRefusedAccountIsShownAtOnce(t *testing.T) {
	t.Parallel()
	const forbidden = `{"meta":{"status":403},"fail":[{"errors":[{"code":"err_xdk_forbidden","message":"Forbidden to perform the requested operation"}]}]}`
	first := "reach=passed clock=skipped credentials=passed "
	for name, tt := range map[string]struct {
		credential Credential
		status     int
		refusal    string
		answers    map[string]string
		shown      []string
		want       string
	}{
		"API 1.0": {
			vectorKeys(), 403, forbidden, nil,
			[]string{CheckAccount, "area.call-a", "area.call-b"},
			"account=failed(missing_permission) area.call-a=passed area.call-b=passed area.call-c=passed",
		},
		"API 2.0": {
			pair(), 403, noPermission, nil,
			[]string{CheckAccount, "area.call-a", "area.call-b"},
			"account=failed(missing_permission) area.call-a=passed area.call-b=passed area.call-c=passed",
		},
		"another one fails": {
			pair(), 403, noProduct,
			map[string]string{"a": noProduct},
			[]string{CheckAccount, "area.call-b"},
			"account=failed(missing_product) area.call-a=failed(missing_product) area.call-b=passed area.call-c=passed",
		},
		"the credential is accepted": {
			pair(), 401, refusedBody,
			map[string]string{"a": refusedBody},
			[]string{CheckAccount, "area.call-b"},
			"account=failed(unknown) area.call-a=failed(unknown) area.call-b=passed area.call-c=passed",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := states(watched(t, tt.credential, tt.status, tt.refusal, tt.answers, tt.shown...)); got != first+tt.want {
				t.Error(got)
			}
		})
	}
}

// TestRefusedCredentialIsNotShownAsOneCall: when every call is refused, none is shown before that is known.
func TestRefusedCredentialIsNotShownAsOneCall(t *testing.T) {
	t.Parallel()
	c := inMemory(t, func(r *http.Request) (int, string) {
		wroteRequest(r)
		if r.URL.Path == tokenPath {
			return 200, tokenBody
		}
		return 401, refusedBody
	})
	var early []string
	results := slices.Collect(c.CheckWatched(within(t), pair(), Plan{Probes: probes(3)}, func(r Result) { early = append(early, r.ID) }))
	if len(early) > 0 || !strings.Contains(states(results), "account=failed(invalid_credentials)") {
		t.Errorf("%v is shown, and the end is %s", early, states(results))
	}
}
