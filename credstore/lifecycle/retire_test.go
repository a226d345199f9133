package lifecycle

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// TestSigningTakesTheNewApplicationKey: only that of the same application replaces the one before.
func TestSigningTakesTheNewApplicationKey(t *testing.T) {
	t.Parallel()
	anew := legacyKeys("two")
	anew.ApplicationKey = secret.New("anew")
	foreign := anew
	foreign.ApplicationID = "another"
	for name, tt := range map[string]struct {
		current *credstore.Version
		want    string
	}{
		"none current":        {nil, "app-key"},
		"the same":            {&credstore.Version{Credential: anew}, "anew"},
		"another application": {&credstore.Version{Credential: foreign}, "app-key"},
		"moved to API 2.0":    {&credstore.Version{Credential: client.OAuth{}}, "app-key"},
	} {
		got := signing(legacyKeys("one"), tt.current)
		if !got.ApplicationKey.Equal(secret.New(tt.want)) || !got.AccessKey.Equal(secret.New("one")) {
			t.Errorf("%s: signs with %+v", name, got)
		}
	}
}

// TestOldKeysOfAChange: keys that are current are not old, and a pair of API 2.0 has none.
func TestOldKeysOfAChange(t *testing.T) {
	t.Parallel()
	pair := client.OAuth{ClientID: "id", ClientSecret: secret.New("s")}
	for name, tt := range map[string]struct {
		old, now client.Credential
		want     bool
	}{
		"other keys":       {legacyKeys("one"), legacyKeys("two"), true},
		"the same keys":    {legacyKeys("one"), legacyKeys("one"), false},
		"moved to API 2.0": {legacyKeys("one"), pair, true},
		"no new ones yet":  {legacyKeys("one"), nil, true},
		"a pair before":    {pair, legacyKeys("two"), false},
		"nothing before":   {nil, legacyKeys("two"), false},
	} {
		c := Of(credstore.Profile{API: client.API10}, tt.now)
		if _, is := tt.now.(client.OAuth); is {
			c.API = client.API20
		}
		c.Replaced.Credential = tt.old
		if keys, is := c.PreviousKeys(); is != tt.want || is && !keys.AccessKey.Equal(secret.New("one")) {
			t.Errorf("%s: %v", name, is)
		}
	}
}

// TestExplainRetire: what the store said and what Mimecast said is told differently, and no error is nothing.
func TestExplainRetire(t *testing.T) {
	t.Parallel()
	if problem, fix := ExplainRetire("acme", nil); problem+fix != "" {
		t.Errorf("nothing: %q, %q", problem, fix)
	}
	stored := &credstore.Error{Kind: credstore.Locked, Op: "write acme", Err: errors.New("locked")}
	problem, fix := ExplainRetire("acme", stored)
	if p, f := credstore.Explain(stored); problem != p || fix != f {
		t.Errorf("the store: %q, %q", problem, fix)
	}
	problem, fix = ExplainRetire("acme", &client.Error{Kind: client.Network})
	if !strings.HasPrefix(problem, "The previous access key could not be logged out") || !strings.Contains(fix, "mimecred retire acme logs it out later") {
		t.Errorf("Mimecast: %q, %q", problem, fix)
	}
	if problem, _ = ExplainRetire("acme", client.ErrNotConfirmed); !strings.HasPrefix(problem, "Mimecast did not confirm") {
		t.Errorf("not confirmed: %q", problem)
	}
}

// shelved is a vault with one record, that keeps what it is asked.
type shelved struct {
	Vault
	record credstore.Record
	noted  credstore.UnfinishedChange
	is     bool
	fails  map[string]error
	asked  []string
}

func (v *shelved) Load(context.Context, string) (credstore.Record, error) {
	return v.record, v.fails["load"]
}
func (v *shelved) Noted(string) (credstore.UnfinishedChange, bool) { return v.noted, v.is }

func (v *shelved) Note(ctx context.Context, s credstore.UnfinishedChange) error {
	v.asked = append(v.asked, "note "+string(s.Phase)+" "+s.Name+" "+s.Version)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return v.fails["note"]
}

func (v *shelved) Retire(ctx context.Context, name, version string) (credstore.Record, error) {
	v.asked = append(v.asked, "retire "+name+" "+version)
	if ctx.Err() != nil {
		return v.record, ctx.Err()
	}
	return v.record, v.fails["retire"]
}

// line is a connection that logs keys out, and keeps which.
type line struct {
	oneReply
	out  *[]string
	fail error
}

func (l line) SignOut(_ context.Context, keys client.Legacy, _ secret.Value) error {
	*l.out = append(*l.out, "out "+keys.AccessKey.Reveal()+" by "+keys.ApplicationKey.Reveal())
	return l.fail
}
func (l line) Close() { *l.out = append(*l.out, "close") }

// TestLogOutPrevious: what is about to happen is noted first, and a key is forgotten only when it has ended.
func TestLogOutPrevious(t *testing.T) {
	t.Parallel()
	failed := errors.New("made to fail")
	previous := &credstore.Version{ID: "1", Credential: legacyKeys("one"), Profile: &credstore.Profile{Endpoint: client.Endpoint{BaseURL: "https://there"}}}
	anew := legacyKeys("two")
	anew.ApplicationKey = secret.New("anew")
	current := &credstore.Version{ID: "2", Credential: anew}
	const note, out, end, forget = "note logging-out acme 1", "out one by anew", "close", "retire acme 1"
	for name, tt := range map[string]struct {
		phase    credstore.Phase
		previous *credstore.Version
		fails    string
		refuses  bool
		end      KeyEnd
		wants    []string
		err      bool
	}{
		"logs out":                {"", previous, "", false, KeyLoggedOut, []string{note, out, forget, end}, false},
		"was at it":               {credstore.LoggingOut, previous, "", false, KeyLoggedOut, []string{note, out, forget, end}, false},
		"was through":             {credstore.LoggingOut, nil, "", false, KeyLoggedOut, []string{forget}, false},
		"was through, and fails":  {credstore.LoggingOut, nil, "retire", false, KeyLoggedOut, []string{forget}, true},
		"is confirmed, and alone": {credstore.Confirmed, nil, "dial", false, "", nil, true},
		"is not noted, and alone": {"", nil, "dial", false, "", nil, true},
		"cannot be read":          {"", previous, "load", false, "", nil, true},
		"cannot be reached":       {"", previous, "dial", false, "", nil, true},
		"cannot be noted":         {"", previous, "note", false, "", []string{note, end}, true},
		"is not logged out":       {"", previous, "", true, "", []string{note, out, end}, true},
		"is not forgotten":        {"", previous, "retire", false, KeyLoggedOut, []string{note, out, forget, end}, true},
	} {
		v := &shelved{record: credstore.Record{Current: current, Previous: tt.previous}, noted: credstore.UnfinishedChange{Phase: tt.phase}, is: tt.phase != "", fails: map[string]error{tt.fails: failed}}
		at := ""
		dial := func(p credstore.Profile) (ender, error) {
			at = p.Endpoint.BaseURL
			if tt.fails == "dial" {
				return nil, failed
			}
			l := line{out: &v.asked}
			if tt.refuses {
				l.fail = failed
			}
			return l, nil
		}
		ended, err := logOutPrevious(t.Context(), v, dial, "acme", "1")
		if ended != tt.end || (err != nil) != tt.err || !slices.Equal(v.asked, tt.wants) {
			t.Errorf("%s: %q, %v, asked %q", name, ended, err, v.asked)
		}
		if at != "" != (tt.previous != nil && tt.fails != "load") {
			t.Errorf("%s: called %q", name, at)
		}
	}
}

// TestRetireTellsOfAStoreThatWaits: each decision reaches the vault as what it is, and a silent store is told of to who listens.
func TestRetireTellsOfAStoreThatWaits(t *testing.T) {
	t.Parallel()
	v := &shelved{record: credstore.Record{Previous: &credstore.Version{ID: "1", Credential: legacyKeys("one")}}}
	s := Service{Vault: v, Dial: func(client.Endpoint) (Mimecast, error) { return nil, errors.New("no line") }}
	done, end, err := s.Retire(t.Context(), "acme", "1", Forgotten, nil)
	if err != nil || done != Forgotten || end != "" || !slices.Equal(v.asked, []string{"retire acme 1"}) {
		t.Errorf("forgotten: %q, %q, %v, %q", done, end, err, v.asked)
	}
	if done, end, err = s.Retire(t.Context(), "acme", "1", LoggedOut, nil); err == nil || done != RetireUndecided || end != "" {
		t.Errorf("no line: %q, %q, %v", done, end, err)
	}
}
