package lifecycle

import (
	"strings"
	"testing"

	"mimecred/client"
)

func TestMayContinue(t *testing.T) {
	t.Parallel()
	token := client.Result{ID: client.CheckCredentials, State: client.Passed}
	account := client.Result{ID: client.CheckAccount, State: client.Passed}
	warning := client.Result{ID: "x", State: client.Warning}
	failed := client.Result{ID: "x", State: client.Failed, Kind: client.MissingPermission}
	refused := client.Result{ID: client.CheckCredentials, State: client.Failed, Kind: client.InvalidCredentials}
	foreign := client.Result{ID: client.CheckAccount, State: client.Failed, Kind: client.ProxyFailed}
	offline := client.Result{ID: client.CheckReach, State: client.Failed, Kind: client.Network}
	for name, tt := range map[string]struct {
		results  []client.Result
		replaces bool
		want     bool
		words    string
	}{
		"warning":                {[]client.Result{token, account, warning}, true, true, "1 warning. \"Continue anyway\""},
		"failed":                 {[]client.Result{token, account, failed, failed}, true, true, "2 checks failed. \"Continue anyway\""},
		"refused":                {[]client.Result{refused}, false, false, "refused"},
		"offline, the first":     {[]client.Result{offline}, false, true, "activates it untested"},
		"offline, another is in": {[]client.Result{offline}, true, false, "does not replace the current one"},
		"cut off":                {[]client.Result{token, account, {ID: "x", State: client.Skipped, Kind: client.Canceled}}, true, true, "Not every check"},
		"nothing was checked":    {nil, false, false, "could not be tested"},
		"a token alone":          {[]client.Result{token, foreign}, true, false, "could not be tested"},
	} {
		a := Change{Results: tt.results, Replaces: tt.replaces}
		if got := a.Judgement().MayContinue(); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
		if got := a.Judgement().Outcome(); !strings.Contains(got, tt.words) {
			t.Errorf("%s: %q lacks %q", name, got, tt.words)
		}
	}
}

// TestRollBackNamesTheWayOn: a person may roll back whatever was found, as the command does with --anyway.
func TestRollBackNamesTheWayOn(t *testing.T) {
	t.Parallel()
	for name, results := range map[string][]client.Result{
		"refused":  {{ID: client.CheckCredentials, State: client.Failed, Kind: client.InvalidCredentials}},
		"untested": {{ID: client.CheckReach, State: client.Failed, Kind: client.Network}},
		"nothing":  nil,
	} {
		j := Change{Purpose: RollingBack, Name: "acme", Replaces: true, Results: results}.Judgement()
		want := `"Continue anyway" makes it current all the same, and records that.`
		if results == nil {
			want = "Nothing was changed."
		}
		if got := j.Outcome(); !strings.HasSuffix(got, want) || j.MayContinue() == (results == nil) || j.Passes() {
			t.Errorf("%s: %q, may continue %v", name, got, j.MayContinue())
		}
	}
}

func TestAfterSignIn(t *testing.T) {
	t.Parallel()
	for kind, want := range map[client.Kind]string{
		client.Timeout: "could not tell", client.BadResponse: "could not tell", client.Canceled: "could not tell", client.Server: "could not tell",
		client.InvalidCredentials: "No keys were created", client.DNS: "No keys were created", client.Unknown: "No keys were created",
	} {
		if got := AfterSignIn(&client.Error{Kind: kind}); !strings.Contains(got, want) {
			t.Errorf("%s: %q", kind, got)
		}
	}
}

// TestWorseIsNotAllRight: what the credential in use passes and the new one does not pass has to be decided, also where no
// check failed; and so has another account.
func TestWorseIsNotAllRight(t *testing.T) {
	t.Parallel()
	results := func(last client.State, code string) []client.Result {
		return []client.Result{
			{ID: client.CheckReach, State: client.Passed},
			{ID: client.CheckCredentials, State: client.Passed},
			{ID: "probe", State: client.Passed},
			{ID: client.CheckAccount, State: last, Account: &client.Account{Code: code}},
		}
	}
	for name, tt := range map[string]struct {
		a              Change
		right, allowed bool
		words          string
	}{
		"the same":        {Change{Results: results(client.Passed, "C1")}, true, false, ""},
		"now skipped":     {Change{Results: results(client.Skipped, "C1")}, false, true, "lacks what the current one passes"},
		"another account": {Change{Results: results(client.Passed, "C2")}, false, true, "to the account C2, the current one to C1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := tt.a
			a.Replaces, a.Replaced = true, Replaced{ID: "1", Account: "C1", Results: results(client.Passed, "C1")}
			for _, purpose := range []Purpose{Rotating, Changing, SettingUp} {
				a.Purpose = purpose
				if j := a.Judgement(); j.AllRight() != tt.right || j.MayContinue() != tt.allowed || j.Passes() != tt.right {
					t.Errorf("%d: all right %v, passes %v, may continue %v", purpose, j.AllRight(), j.Passes(), j.MayContinue())
				}
			}
			if words := a.Judgement().Outcome(); tt.words != "" && !strings.Contains(words, tt.words) {
				t.Errorf("it says %q", words)
			}
		})
	}
}

// TestFindings: each finding with its sentence, and with what a script and a person may do then.
func TestFindings(t *testing.T) {
	t.Parallel()
	result := func(id string, state client.State, kind client.Kind) client.Result {
		return client.Result{ID: id, Title: strings.ToUpper(id), State: state, Kind: kind}
	}
	token, account := result(client.CheckCredentials, client.Passed, ""), result(client.CheckAccount, client.Passed, "")
	mine := account
	mine.Account = &client.Account{Code: "C2"}
	passed, failed := result("x", client.Passed, ""), result("x", client.Failed, client.MissingPermission)
	failed2 := result("y", client.Failed, client.MissingPermission)
	ran := func(list ...client.Result) []client.Result {
		return append([]client.Result{token, account, result("p", client.Passed, "")}, list...)
	}
	anyway := ` "Continue anyway" activates it and records that.`
	for name, tt := range map[string]struct {
		results, old                      []client.Result
		finding                           Finding
		passes, person, script, replacing bool
		words                             string
	}{
		"right":            {ran(passed), ran(passed), Right, true, false, false, false, "Every check passed."},
		"one warning":      {ran(result("x", client.Warning, "")), nil, Warns, true, true, true, true, "1 warning." + anyway},
		"two warnings":     {ran(result("x", client.Warning, ""), result("y", client.Warning, "")), nil, Warns, true, true, true, true, "2 warnings." + anyway},
		"one fails":        {ran(failed), nil, Fails, false, true, true, true, "1 check failed." + anyway},
		"fails alike":      {ran(failed), ran(failed), FailsAlike, true, true, true, true, "1 check failed, as with the current credential: the new one lacks nothing that it has." + anyway},
		"one more fails":   {ran(failed, failed2), ran(failed), Fails, false, true, true, true, "2 checks failed." + anyway},
		"lacks one":        {ran(failed), ran(passed), Worse, false, true, true, true, "The new credential lacks what the current one passes: X." + anyway},
		"lacks two":        {ran(failed, failed2), ran(passed, result("y", client.Passed, "")), Worse, false, true, true, true, "The new credential lacks what the current one passes: X and Y." + anyway},
		"nothing works":    {[]client.Result{token, account, result("x", client.Warning, client.MissingPermission)}, nil, NothingWorks, false, true, true, true, "Every call that the product makes failed." + anyway},
		"all fail":         {[]client.Result{token, account, failed}, nil, Fails, false, true, true, true, "1 check failed." + anyway},
		"cut off":          {ran(result("x", client.Skipped, client.Canceled)), nil, CutOff, false, true, true, true, "Not every check finished." + anyway},
		"cut off, and one": {ran(failed, result("y", client.Skipped, client.Canceled)), nil, Fails, false, true, true, true, "1 check failed." + anyway},
		"another account": {
			[]client.Result{token, mine},
			[]client.Result{token, account},
			OtherAccount, false, true, true, true,
			"The new credential belongs to the account C2, the current one to C1." + anyway,
		},
		"refused":        {[]client.Result{result(client.CheckCredentials, client.Failed, client.InvalidCredentials)}, nil, Refused, false, false, false, false, "Mimecast refused the credential. It cannot be activated."},
		"untested":       {[]client.Result{result(client.CheckReach, client.Failed, client.Network)}, nil, Untested, false, true, false, false, `The credential could not be tested. "Continue anyway" activates it untested, and records that.`},
		"nothing was":    {nil, nil, Untested, false, false, false, false, `The credential could not be tested. "Continue anyway" activates it untested, and records that.`},
		"a token alone":  {[]client.Result{token, result(client.CheckAccount, client.Failed, client.ProxyFailed)}, nil, Untested, false, true, false, false, `The credential could not be tested. "Continue anyway" activates it untested, and records that.`},
		"only the token": {[]client.Result{token}, nil, Right, true, false, false, false, "Every check passed."},
	} {
		c := Change{Results: tt.results, Replaced: Replaced{Account: "C1", Results: tt.old}}
		j := c.Judgement()
		if j.Finding != tt.finding || j.Passes() != tt.passes || j.MayContinue() != tt.person || j.MayAnyway() != tt.script || j.AllRight() != (tt.finding == Right) {
			t.Errorf("%s: %d, passes %v, a person %v, a script %v", name, j.Finding, j.Passes(), j.MayContinue(), j.MayAnyway())
		}
		if got := j.Outcome(); got != tt.words {
			t.Errorf("%s: %q", name, got)
		}
		c.Replaces = true
		if got := c.Judgement().MayContinue(); got != tt.replacing {
			t.Errorf("%s, replacing: %v", name, got)
		}
		c.Purpose = RollingBack
		j = c.Judgement()
		if got, want := j.MayContinue(), j.Finding != Right && tt.results != nil; got != want {
			t.Errorf("%s, rolling back: %v", name, got)
		}
		if got := j.MayAnyway(); got != (j.MayContinue() && j.Finding != Refused && j.Finding != Untested) {
			t.Errorf("%s, rolling back in a script: %v", name, got)
		}
		if back := j.Outcome(); strings.Contains(back, "current credential") && tt.finding != FailsAlike || strings.Contains(back, "current one") {
			t.Errorf("%s, rolling back: %q", name, back)
		}
	}
}

// TestOtherAccountNeedsBoth: only two codes that are known are two accounts.
func TestOtherAccountNeedsBoth(t *testing.T) {
	t.Parallel()
	found := func(code string) []client.Result {
		return []client.Result{{ID: client.CheckAccount, State: client.Passed, Account: &client.Account{Code: code}}}
	}
	for name, tt := range map[string]struct {
		old     string
		results []client.Result
		purpose Purpose
		other   bool
		before  string
		now     string
	}{
		"another":       {"C1", found("C2"), Rotating, true, "C1", "C2"},
		"the same":      {"C1", found("C1"), Rotating, false, "C1", "C1"},
		"a roll back":   {"C1", found("C2"), RollingBack, false, "", ""},
		"none before":   {"", found("C2"), Rotating, false, "", ""},
		"none now":      {"C1", nil, Rotating, false, "", ""},
		"no code":       {"C1", found(""), Rotating, false, "", ""},
		"neither known": {"", nil, Rotating, false, "", ""},
	} {
		before, now, other := Change{Purpose: tt.purpose, Replaced: Replaced{Account: tt.old}, Results: tt.results}.OtherAccount()
		if before != tt.before || now != tt.now || other != tt.other {
			t.Errorf("%s: %q, %q, %v", name, before, now, other)
		}
	}
}

// TestWorks: a call that confirmed it and checks that failed do not go together, nor do good checks without that call.
func TestWorks(t *testing.T) {
	t.Parallel()
	good := []client.Result{{ID: client.CheckCredentials, State: client.Passed}}
	bad := append([]client.Result{{ID: "x", State: client.Failed}}, good...)
	for _, tt := range []struct {
		results         []client.Result
		confirmed, want bool
	}{{good, true, true}, {good, false, false}, {bad, true, false}, {bad, false, false}} {
		if got := (Change{Results: tt.results, Confirmed: tt.confirmed}).Works(); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
