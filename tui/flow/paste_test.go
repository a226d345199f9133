package flow_test

import (
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

func TestPasteApplication(t *testing.T) {
	t.Parallel()
	const id, key = "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "0e1cb8b4-92cf-4a5b-a9a4-a31c7d3f7a11"
	access, secretKey := strings.Repeat("aB3d5", 30), strings.Repeat("Zz9x", 21)+"Zg=="
	application := "application_id=" + id + "\napplication_key=" + key
	all := application + "\naccess_key=" + access + "\nsecret_key=" + secretKey
	created := time.Unix(1800000000, 0)
	for name, tt := range map[string]struct {
		before flow.Answers
		text   string
		ok     bool
		keys   bool
	}{
		"application alone": {flow.Answers{}, application, true, false},
		"all four":          {flow.Answers{KeysWay: flow.CreateHere}, all, true, true},
		"bare":              {flow.Answers{}, id + "\n" + key + "\n" + access + "\n" + secretKey, true, true},
		"created here":      {flow.Answers{Change: lifecycle.Change{KeysCreatedAt: created, AccessKey: secret.New("x"), SecretKey: secret.New("y")}}, all, true, false},
		"renewed":           {flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Rotating, Way: lifecycle.Renew}}, all, true, false},
		"rotated":           {flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Rotating, Way: lifecycle.NewKeys}}, all, true, true},
		"keys alone":        {flow.Answers{}, "access_key=" + access + "\nsecret_key=" + secretKey, false, false},
		"one value":         {flow.Answers{}, id, false, false},
	} {
		tt.before.API = client.API10
		a, ok := tt.before.PasteApplication(tt.text)
		if ok != tt.ok || a.KeysPasted != tt.keys || (a.PastedKeysWords() != "") != tt.keys {
			t.Errorf("%s: %v, keys %v", name, ok, a.KeysPasted)
		}
		if ok && (a.ApplicationID != id || a.ApplicationKey.Reveal() != key) {
			t.Errorf("%s: ID %q, key of %d characters", name, a.ApplicationID, a.ApplicationKey.Len())
		}
		if tt.keys && (a.AccessKey.Reveal() != access || a.SecretKey.Reveal() != secretKey || a.KeysWay != flow.FromConsole) {
			t.Errorf("%s: keys of %d and %d characters", name, a.AccessKey.Len(), a.SecretKey.Len())
		}
		if !tt.keys && !a.AccessKey.Equal(tt.before.AccessKey) {
			t.Errorf("%s: the keys were replaced", name)
		}
	}
	a, ok := flow.Answers{KeysPasted: true, Change: lifecycle.Change{API: client.API10, KeysCreatedAt: created}}.PasteKeys("Access Key " + access + " Secret Key " + secretKey)
	if !ok || a.AccessKey.Reveal() != access || !a.KeysCreatedAt.IsZero() || a.PastedKeysWords() != "" {
		t.Error("the keys are not those of the paste")
	}
}
