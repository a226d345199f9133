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
		"a warning":              {[]Result{accepted, one(Passed, ""), one(Warning, MissingPermission)}, Verdict{OK: true, Accepted: true, Passed: 2, Warnings: 1}, true},
		"a warning about what would be a refusal": {
			[]Result{accepted, one(Passed, ""), one(Warning, ClockSkew)}, Verdict{OK: true, Accepted: true, Passed: 2, Warnings: 1}, true,
		},
		"a call failed":    {[]Result{accepted, one(Passed, ""), one(Failed, MissingPermission)}, Verdict{Accepted: true, Passed: 2, Failed: 1}, true},
		"a call unjudged":  {[]Result{accepted, one(Passed, ""), one(Failed, Server)}, Verdict{Accepted: true, Unjudged: true, Passed: 2, Failed: 1}, true},
		"not reached":      {[]Result{{ID: CheckReach, State: Failed, Kind: DNS}, {ID: CheckCredentials, State: Skipped}}, Verdict{Unjudged: true, Failed: 1, Skipped: 1}, true},
		"refused":          {[]Result{{ID: CheckCredentials, State: Failed, Kind: InvalidCredentials}}, Verdict{Refused: true, Failed: 1}, false},
		"refused and down": {[]Result{{ID: CheckCredentials, State: Failed, Kind: ExpiredKeys}, one(Failed, Timeout)}, Verdict{Refused: true, Unjudged: true, NothingWorks: true, Failed: 2}, false},
		"all that may fail failed": {
			[]Result{accepted, account, one(Warning, MissingPermission), one(Warning, MissingProduct), one(Skipped, NotLicensed)},
			Verdict{Accepted: true, NothingWorks: true, Passed: 2, Warnings: 2, Skipped: 1, Account: example},
			true,
		},
		"all that may fail failed, some of it unjudged": {
			[]Result{accepted, one(Warning, MissingPermission), one(Warning, RateLimited)},
			Verdict{Accepted: true, NothingWorks: true, Unjudged: true, Passed: 1, Warnings: 2},
			true,
		},
		"all that may fail was refused": {
			[]Result{accepted, one(Warning, InvalidCredentials)},
			Verdict{Accepted: true, NothingWorks: true, Refused: true, Passed: 1, Warnings: 1},
			false,
		},
		"a note on a call that passed": {[]Result{accepted, one(Warning, "")}, Verdict{OK: true, Accepted: true, Passed: 1, Warnings: 1}, true},
		"cut off":                      {[]Result{accepted, one(Skipped, Canceled)}, Verdict{Accepted: true, Canceled: true, Passed: 1, Skipped: 1}, true},
		"never judged":                 {[]Result{{ID: CheckReach, State: Passed}, {ID: CheckCredentials, State: Skipped}}, Verdict{Passed: 1, Skipped: 1}, true},
	} {
		got := Judge(tt.results)
		if got != tt.want || got.MayContinue() != tt.mayContinue {
			t.Errorf("%s: %+v, may continue %v", name, got, got.MayContinue())
		}
	}
}
