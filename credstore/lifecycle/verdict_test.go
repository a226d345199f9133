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
			a.Replaces, a.Old = true, Old{ID: "1", Account: "C1", Results: results(client.Passed, "C1")}
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
