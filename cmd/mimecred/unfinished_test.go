package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestAnotherProcessHasTheProfile: whoever comes second is told who is at it, and changes nothing.
func TestAnotherProcessHasTheProfile(t *testing.T) {
	t.Parallel()
	d, now, before := rotatedPair(t)
	fresh := asJSON(t, d.pair(everything()))
	other, _, _ := d.program("")
	defer other.close()
	if _, err := other.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: storeKeyring}); err != nil {
		t.Fatal(err)
	}
	asked := len(d.sim.Server.Requests())
	got := d.ends(exitStore, fresh, "rotate", "acme", "--from", "-")
	got.says(t, fmt.Sprintf("Could not begin to change acme: another mimecred (process %d) is changing it", os.Getpid()), "hint: Finish or close the other mimecred")
	for _, line := range []string{"rotate acme --resume", "rollback acme", "retire acme", "delete acme --pending"} {
		d.ends(exitStore, "", strings.Fields(line)...).says(t, "another mimecred (process ")
	}
	d.ends(exitStore, "", "edit", "acme", "--rotate-after", "5d").says(t, fmt.Sprintf("(process %d) is changing it", os.Getpid()))
	if n := len(d.sim.Server.Requests()); n != asked {
		t.Errorf("Mimecast was called %d times", n-asked)
	}
	d.ends(exitDone, "", "list").says(t, "acme is not finished (rotation begun, and nothing was stored, just now): another mimecred is changing it now")
	d.wantVersions(now, "", before)
	_ = other.vault.End(t.Context(), "acme", credstore.Left)
	d.ends(exitDone, fresh, "rotate", "acme", "--from", "-").says(t, "an earlier change is not finished (rotation begun, and nothing was stored")
}

// TestUnconfirmed: what was activated and could not be seen to work there stays current, keeps the one before whatever was
// asked for, and is confirmed by the next check, or by --resume.
func TestUnconfirmed(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"check acme", "rotate acme --resume"} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			var tokens atomic.Int64
			var works atomic.Bool
			url := d.between(func(_ http.ResponseWriter, r *http.Request) {
				// The set-up asks for two tokens; the rotation for one of the current version, one of what is new, and one to confirm.
				if r.URL.Path == "/oauth/token" && tokens.Add(1) > 4 && !works.Load() {
					panic(http.ErrAbortHandler)
				}
			})
			d.setUp("oauth-ok", map[string]any{"base_url": url})
			old := d.versions()[0]
			fresh := d.pair(everything())
			id, _ := fresh["client_id"].(string)
			got := d.ends(exitUnjudged, asJSON(t, fresh), "rotate", "acme", "--from", "-", "--keep-previous", "0", "-o", "json")
			if o := got.checked(t); !o.OK || !o.Rotation.Activated || o.Rotation.Confirmed || o.Rotation.Retired != "kept" {
				t.Errorf("JSON: %s", got.out)
			}
			got.says(t, "The credential is current, but the call that confirms it failed", "hint: mimecred check acme tries again", "hint: mimecred rollback acme")
			d.wantVersions(id, "", old)
			d.wantPhase(credstore.Rotation, credstore.Activated)
			d.ends(exitDone, "", "list").says(t, "acme is not finished (the new version is current, and not confirmed, just now): mimecred rotate acme --resume goes on")
			works.Store(true)
			got = d.ends(exitDone, "", strings.Fields(line)...)
			if strings.HasPrefix(line, "check") {
				got.says(t, "acme: the current version is confirmed")
				d.wantVersions(id, "", "") // its time was over
			} else {
				got.says(t, "a live call confirmed it", "the previous version is forgotten here")
				d.wantVersions(id, "", "")
			}
			d.wantFinished()
		})
	}
}

// TestRotateFromNamesTheKeyThatIsWrong: everything that a rotation's file cannot mean, before anything is changed or asked.
func TestRotateFromNamesTheKeyThatIsWrong(t *testing.T) {
	t.Parallel()
	d20, d10 := newDesk(t), newDesk(t)
	from20 := d20.setUp("oauth-ok", nil)
	from10 := d10.setUp("legacy-ok", nil)
	for name, test := range map[string]struct {
		d          *desk
		text, want string
	}{
		"no JSON":               {d20, "{", "is no valid JSON"},
		"an array":              {d20, "[{}]", "not an array"},
		"unknown key":           {d20, `{"client_id":"a","client_secret":"b","clientid":"x"}`, `unknown key "clientid"`},
		"nothing new":           {d20, `{}`, `key "client_id" is missing`},
		"half of a pair":        {d20, `{"client_id":"a"}`, `key "client_secret" is missing`},
		"another profile":       {d20, `{"profile":"beta","client_id":"a","client_secret":"b"}`, `key "profile" says "beta"`},
		"another API":           {d20, `{"api":"1.0","access_key":"a","secret_key":"b"}`, `key "api" says "1.0", and acme is of API 2.0`},
		"keys of the other API": {d20, `{"client_id":"a","client_secret":"b","renew_keys":{}}`, `unknown key "renew_keys"`},
		"a reminder":            {d20, `{"client_id":"a","client_secret":"b","rotate_after":"soon"}`, `key "rotate_after": "soon" is no length of time`},
		"no reminder":           {d20, `{"client_id":"a","client_secret":"b","rotate_after":"0"}`, `key "rotate_after": it must be longer than that`},
		"a reminder's type":     {d20, `{"client_id":"a","client_secret":"b","rotate_after":60}`, `key "rotate_after" must be a text in quotes`},
		"a plain host":          {d20, `{"client_id":"a","client_secret":"b","base_url":"http://example.com"}`, `key "base_url"`},
		"the current version":   {d20, asJSON(t, from20), "acme: This is the current credential."},
		"keys current":          {d10, asJSON(t, from10), "acme: These are the current keys."},
		"no keys":               {d10, `{}`, `key "access_key" is missing`},
		"half an application":   {d10, `{"application_id":"x","access_key":"a","secret_key":"b"}`, `key "application_key" is missing`},
		"another half":          {d10, `{"application_key":"x","access_key":"a","secret_key":"b"}`, `key "application_id" is missing`},
		"two ways":              {d10, `{"access_key":"a","create_keys":{}}`, `give either "create_keys" or`},
		"two other ways":        {d10, `{"renew_keys":{},"create_keys":{}}`, `give "renew_keys", or what new keys need`},
		"renewing and pasting":  {d10, `{"renew_keys":{},"secret_key":"a"}`, `give "renew_keys", or`},
		"renewing for another":  {d10, `{"application_id":"x","renew_keys":{}}`, `changes nothing else: leave "application_id" out`},
		"renewing and moving":   {d10, `{"region":"eu","renew_keys":{}}`, `changes nothing else: leave "region" out`},
		"nobody signs in":       {d10, `{"create_keys":{"password":"p"}}`, `key "create_keys.email" is missing`},
		"unknown below":         {d10, `{"renew_keys":{"email":"svc@example.com","type":"cloud","password":"p","code":"1"}}`, `unknown key "renew_keys.code"`},
	} {
		asked := len(test.d.sim.Server.Requests())
		test.d.ends(exitUsage, test.text, "rotate", "acme", "--from", "-").says(t, test.want)
		if n := len(test.d.sim.Server.Requests()); n != asked {
			t.Errorf("%s: Mimecast was called %d times", name, n-asked)
		}
	}
	for _, d := range []*desk{d20, d10} {
		d.wantFinished()
	}
	d20.ends(exitUsage, `{"api":"2.0"}`, "setup", "acme", "--from", "-")
	d20.ends(exitUsage, "", "rotate", "acme", "--from", "-", "--resume").says(t, "only one of them")
	d20.ends(exitUsage, "", "rotate", "acme", "--anyway").says(t, "--anyway and --retire are for --from and --resume")
	d20.ends(exitUsage, "", "rotate", "acme", "--from", "-", "--retire", "--keep-previous", "1d").says(t, "only one of them")
	d20.ends(exitUsage, "{}", "rotate", "nobody", "--from", "-").says(t, `there is no profile "nobody"`)
	d20.ends(exitUsage, "", "rotate", "nobody", "--resume").says(t, `there is no profile "nobody"`)
	d20.ends(exitUsage, "", "rotate").says(t, "mimecred rotate needs a NAME: mimecred rotate acme")
}

// TestRotateMovesAProfile: what the file gives beside the credential changes with it, and what it leaves out stays.
func TestRotateMovesAProfile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("legacy-ok", map[string]any{"internal_domain": "example.com", "integration": "jupiterone"})
	moved := d.between(func(http.ResponseWriter, *http.Request) {})
	keys := otherKeys(t, d.sim)
	from := map[string]any{
		"base_url": moved, "rotate_after": "never", "access_key": keys.AccessKey.Reveal(), "secret_key": keys.SecretKey.Reveal(),
	}
	d.ends(exitDone, asJSON(t, from), "rotate", "acme", "--from", "-", "-q")
	r := d.record()
	if p := r.Profile; p.Endpoint.BaseURL != moved || p.RotateAfter != credstore.Never || p.InternalDomain != "example.com" || p.Integration != "jupiterone" {
		t.Errorf("the profile has become %+v", p)
	}
	if !client.Same(r.Current.Credential, keys) {
		t.Error("the new keys are not current with the application of before")
	}
	if p := r.ProfileOf(r.Previous); p.Endpoint.BaseURL != d.sim.URL || p.RotateAfter != 0 {
		t.Errorf("the previous version goes with %+v", p)
	}
}

// TestWaysOnExist: wherever a change stands, the command that is said to go on with it is one, with flags that it has.
func TestWaysOnExist(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	a, _, _ := d.program("")
	defer a.close()
	kinds := []credstore.ChangeKind{credstore.SetUp, credstore.Rotation, credstore.Renewal, credstore.Change, credstore.Renaming}
	phases := []credstore.Phase{
		credstore.Begun, credstore.Creating, credstore.KeysCreated, credstore.Staged, credstore.Activated, credstore.Confirmed, credstore.LoggingOut,
	}
	for _, kind := range kinds {
		for _, phase := range phases {
			for _, current := range []bool{false, true} {
				s := credstore.UnfinishedChange{Name: "acme", Kind: kind, Phase: phase, To: "beta", At: d.now().Add(-2 * time.Hour)}
				words, line := a.progress(s), lifecycle.Advise(s, current).Command
				cmd, given, err := newRootCmd(a).Find(strings.Fields(line)[1:])
				if err == nil {
					err = cmd.ParseFlags(given)
				}
				if err == nil {
					err = cmd.ValidateArgs(cmd.Flags().Args())
				}
				if err != nil || !cmd.HasParent() || !strings.HasSuffix(words, ", 2 h ago") {
					t.Errorf("%s %s: %q: %q, %v", kind, phase, words, line, err)
				}
			}
		}
	}
}
