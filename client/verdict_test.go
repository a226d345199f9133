package client

import "testing"

func TestJudge(t *testing.T) {
	t.Parallel()
	example := &Account{Name: "Example Corp"}
	accepted := Result{ID: CheckCredentials, State: Passed}
	account := Result{ID: CheckAccount, State: Passed, Account: example}
	one := func(state State, kind Kind) Result { return Result{ID: "area.call", State: state, Kind: kind} }
	for name, tt := range map[string]struct {
		results     []Result
		want        Verdict
		mayContinue bool
	}{
		"nothing":                {nil, Verdict{}, false},
		"all passed":             {[]Result{accepted, account}, Verdict{OK: true, AllRight: true, Accepted: true, Passed: 2, Account: example}, false},
		"a check does not apply": {[]Result{accepted, one(Skipped, NotLicensed)}, Verdict{OK: true, AllRight: true, Accepted: true, Passed: 1, Skipped: 1}, false},
		"a warning":              {[]Result{accepted, one(Warning, MissingPermission)}, Verdict{OK: true, Accepted: true, Passed: 1, Warnings: 1}, true},
		"a warning about what would be a refusal": {
			[]Result{accepted, one(Warning, ClockSkew)}, Verdict{OK: true, Accepted: true, Passed: 1, Warnings: 1}, true,
		},
		"a call failed":    {[]Result{accepted, one(Failed, MissingPermission)}, Verdict{Accepted: true, Passed: 1, Failed: 1}, true},
		"a call unjudged":  {[]Result{accepted, one(Failed, Server)}, Verdict{Accepted: true, Unjudged: true, Passed: 1, Failed: 1}, true},
		"not reached":      {[]Result{{ID: CheckReach, State: Failed, Kind: DNS}, {ID: CheckCredentials, State: Skipped}}, Verdict{Unjudged: true, Failed: 1, Skipped: 1}, true},
		"refused":          {[]Result{{ID: CheckCredentials, State: Failed, Kind: InvalidCredentials}}, Verdict{Refused: true, Failed: 1}, false},
		"refused and down": {[]Result{{ID: CheckCredentials, State: Failed, Kind: ExpiredKeys}, one(Failed, Timeout)}, Verdict{Refused: true, Unjudged: true, Failed: 2}, false},
		"cut off":          {[]Result{accepted, one(Skipped, Canceled)}, Verdict{Accepted: true, Canceled: true, Passed: 1, Skipped: 1}, true},
		"never judged":     {[]Result{{ID: CheckReach, State: Passed}, {ID: CheckCredentials, State: Skipped}}, Verdict{Passed: 1, Skipped: 1}, true},
	} {
		got := Judge(tt.results)
		if got != tt.want || got.MayContinue() != tt.mayContinue {
			t.Errorf("%s: %+v, may continue %v", name, got, got.MayContinue())
		}
	}
}
