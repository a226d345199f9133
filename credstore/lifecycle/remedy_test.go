package lifecycle

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// TestFileRemedyNamesKeys: each place is named by the keys of a file that mean it, and a place without any adds nothing.
func TestFileRemedyNamesKeys(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		where client.Where
		api   client.API
		want  string
	}{
		{client.WhereRegion, client.API10, `Fix it. In the file: "region" or "base_url".`},
		{client.WhereRegion, client.API20, `Fix it. In the file: "base_url".`},
		{client.WhereConnection, client.API20, `Fix it. In the file: "proxy" or "ca_file".`},
		{client.WhereApplication, client.API10, `Fix it. In the file: "application_id" or "application_key".`},
		{client.WhereApplication, client.API20, `Fix it. In the file: "client_id" or "client_secret".`},
		{client.WhereKeys, client.API10, `Fix it. In the file: "access_key" or "secret_key".`},
		{client.WhereAPI, client.API10, `Fix it. In the file: "api" or "integration".`},
		{client.WhereIntegration, client.API10, `Fix it. In the file: "internal_domain" or "integration".`},
		{client.WhereSignIn, client.API10, `Fix it. In the file: "create_keys".`},
		{client.WhereCode, client.API10, `Fix it. In the file: "create_keys" or "otp".`},
		{client.WhereRegion | client.WhereKeys, client.API10, `Fix it. In the file: "region", "base_url", "access_key" or "secret_key".`},
		{client.WhereLater, client.API20, `Fix it. --wait 30m repeats the test until it passes.`},
		{client.WhereRenewal, client.API10, `Fix it. mimecred rotate NAME renews those of a saved profile, with "renew_keys" in --from.`},
		{client.WhereRotation, client.API20, `Fix it.`},
		{client.WhereNone, client.API20, `Fix it.`},
	} {
		if got := FileRemedy("Fix it.", tt.where, tt.api); got != tt.want {
			t.Errorf("%d, %s: %q", tt.where, tt.api, got)
		}
		if got := FileRemedy("", tt.where, tt.api); got != "" {
			t.Errorf("%d, %s: nothing helps, and it says %q", tt.where, tt.api, got)
		}
	}
}

// TestProfileRemedyNamesCommands: each place has one command, which is said once, and none where no command helps.
func TestProfileRemedyNamesCommands(t *testing.T) {
	t.Parallel()
	const edit = " mimecred edit acme changes product, region and connection."
	const rotate = " mimecred rotate acme replaces the credential."
	const renew = ` mimecred rotate acme renews them, in a script with "renew_keys" in --from.`
	const again = " mimecred check acme --wait 30m repeats the test until it passes."
	want := map[client.Where]string{
		client.WhereRegion: edit, client.WhereConnection: edit, client.WhereAPI: edit, client.WhereIntegration: edit, client.WhereApplication: rotate,
		client.WhereKeys: rotate, client.WhereRotation: rotate, client.WhereRenewal: renew, client.WhereLater: again, client.WhereNone: "",
		client.WhereSignIn: "", client.WhereCode: "",
		client.WhereRegion | client.WhereAPI | client.WhereKeys | client.WhereRotation: edit + rotate,
	}
	for where, words := range want {
		if got := ProfileRemedy("Fix it.", where, "acme"); got != "Fix it."+words {
			t.Errorf("%d: %q", where, got)
		}
		if got := ProfileRemedy("", where, "acme"); got != "" {
			t.Errorf("%d: nothing helps, and it says %q", where, got)
		}
	}
	for fix, words := range map[string]string{
		"Wait a while. Then ask.": "Wait a while. mimecred check acme --wait 30m repeats the test until it passes. Then ask.",
		"Wait a while.":           "Wait a while." + again,
		"Ask. Wait a while.":      "Ask. Wait a while." + again,
	} {
		if got := ProfileRemedy(fix, client.WhereLater, "acme"); got != words {
			t.Errorf("%q: %q", fix, got)
		}
	}
}

// TestHistoryOf: what passed counts, from the last check in which Mimecast accepted the credential.
func TestHistoryOf(t *testing.T) {
	t.Parallel()
	at := time.Unix(5, 0)
	good := &credstore.CheckSummary{At: at, Checks: []credstore.CheckState{
		{ID: client.CheckCredentials, State: client.Passed}, {ID: "x", State: client.Failed}, {ID: "y", State: client.Passed},
	}}
	bad := &credstore.CheckSummary{At: at.Add(time.Hour), Checks: []credstore.CheckState{{ID: client.CheckCredentials, State: client.Failed}}}
	for name, entry := range map[string]credstore.Entry{"the last": {LastCheck: good}, "one before": {LastCheck: bad, LastAccepted: good}} {
		if h := HistoryOf(entry); !h.PassedAt.Equal(at) || !slices.Equal(h.Passed, []string{client.CheckCredentials, "y"}) {
			t.Errorf("%s: %+v", name, h)
		}
	}
	if h := HistoryOf(credstore.Entry{LastCheck: bad}); !h.PassedAt.IsZero() || len(h.Passed) > 0 {
		t.Errorf("never accepted: %+v", h)
	}
}

// TestInWords: names are listed as a sentence lists them.
func TestInWords(t *testing.T) {
	t.Parallel()
	for want, names := range map[string][]string{"": nil, "A": {"A"}, "A or B": {"A", "B"}, "A, B or C": {"A", "B", "C"}} {
		if got := inWords(names, "or"); got != want {
			t.Errorf("%q: %q", names, got)
		}
	}
	if got := TitlesOf(client.Remedy{Checks: []client.Result{{Title: "A"}, {Title: "B"}}}); got != "A, B" {
		t.Errorf("titles: %q", got)
	}
}

// TestRegionCell: a host that is none of Mimecast's is said, whatever region was chosen.
func TestRegionCell(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{"https://api.services.mimecast.com": "eu", "https://example.com": "unlisted host", "": "eu"} {
		if got := RegionCell(credstore.Entry{BaseURL: base, Region: "eu"}); got != want {
			t.Errorf("%s: %q", base, got)
		}
	}
}

// TestKeyEndsInWords: keys that were logged out, refused and expired are each told apart.
func TestKeyEndsInWords(t *testing.T) {
	t.Parallel()
	for end, want := range map[KeyEnd]string{KeyLoggedOut: "is logged out", KeyRefused: "is no longer accepted", KeyExpired: "has expired"} {
		if got := end.Words(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", end, got)
		}
	}
}

// TestRemedyAfterwards: what was put right elsewhere is tested again, unless something here helps or waiting does.
func TestRemedyAfterwards(t *testing.T) {
	t.Parallel()
	ways := Ways{Edit: "e edits.", Rotate: "r rotates.", Later: "t tests again", After: "t tests it again."}
	for where, want := range map[client.Where]string{
		client.WhereNone:                          "Fix it. t tests it again.",
		client.WhereSignIn:                        "Fix it. t tests it again.",
		client.WhereRegion:                        "Fix it. e edits.",
		client.WhereRegion | client.WhereRotation: "Fix it. e edits. r rotates.",
	} {
		if got := ways.Remedy("Fix it.", where); got != want {
			t.Errorf("%d: %q, want %q", where, got, want)
		}
	}
	if got := ways.Remedy("Fix it.", client.WhereLater); strings.Contains(got, ways.After) {
		t.Errorf("waiting helps, and it says %q", got)
	}
	if got := (Ways{}).Remedy("Fix it.", client.WhereNone); got != "Fix it." {
		t.Errorf("without a way: %q", got)
	}
}
