package lifecycle

import (
	"errors"
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
		c.Old.Credential = tt.old
		if keys, is := c.OldKeys(); is != tt.want || is && !keys.AccessKey.Equal(secret.New("one")) {
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
