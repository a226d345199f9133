package lifecycle

import (
	"slices"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// TestKindsArePurposes: what the journal notes of a change gives the same purpose and way again.
func TestKindsArePurposes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		change Change
		kind   credstore.ChangeKind
		way    Way
	}{
		{Change{}, credstore.SetUp, WayUndecided},
		{Change{Purpose: Rotating}, credstore.Rotation, WayUndecided},
		{Change{Purpose: Rotating, Way: NewKeys}, credstore.Rotation, WayUndecided},
		{Change{Purpose: Rotating, Way: Renew}, credstore.Renewal, Renew},
		{Change{Purpose: Changing}, credstore.Change, WayUndecided},
		{Change{Purpose: RollingBack}, credstore.RollBack, WayUndecided},
	} {
		if got := tt.change.Kind(); got != tt.kind {
			t.Errorf("%+v is a %q", tt.change.Purpose, got)
		}
		if got := PurposeOf(tt.kind); got != tt.change.Purpose {
			t.Errorf("%s: purpose %d", tt.kind, got)
		}
		if got := WayOf(tt.kind); got != tt.way {
			t.Errorf("%s: way %q", tt.kind, got)
		}
	}
	if got := PurposeOf("of a later version"); got != SettingUp {
		t.Errorf("an unknown kind is %d", got)
	}
}

// TestWaysBeginWithTheUsualOne: renewing comes first where the keys have expired, and only there.
func TestWaysBeginWithTheUsualOne(t *testing.T) {
	t.Parallel()
	expired := client.Result{ID: client.CheckCredentials, State: client.Failed, Kind: client.ExpiredKeys}
	warned := client.Result{ID: client.CheckCredentials, State: client.Warning, Kind: client.ExpiredKeys}
	other := client.Result{ID: client.CheckCredentials, State: client.Failed, Kind: client.InvalidCredentials}
	for name, tt := range map[string]struct {
		api    client.API
		tested []client.Result
		want   []Way
	}{
		"not tested":        {client.API10, nil, []Way{NewKeys, Renew}},
		"expired":           {client.API10, []client.Result{expired}, []Way{Renew, NewKeys}},
		"expired, the last": {client.API10, []client.Result{other, expired}, []Way{Renew, NewKeys}},
		"a warning":         {client.API10, []client.Result{warned}, []Way{NewKeys, Renew}},
		"refused":           {client.API10, []client.Result{other}, []Way{NewKeys, Renew}},
		"API 2.0":           {client.API20, []client.Result{expired}, []Way{Regenerate, Another}},
	} {
		if got := (Change{API: tt.api, Replaced: Replaced{Tested: tt.tested}}).Ways(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestEveryChangeIsCompared: with what was current, a roll back too.
func TestEveryChangeIsCompared(t *testing.T) {
	t.Parallel()
	for purpose, lost := range map[Purpose]int{SettingUp: 1, Rotating: 1, Changing: 1, RollingBack: 1} {
		c := Change{
			Purpose: purpose, Results: []client.Result{{ID: "x", State: client.Failed}},
			Replaced: Replaced{Results: []client.Result{{ID: "x", State: client.Passed}}},
		}
		if got := len(c.Difference().Lost); got != lost {
			t.Errorf("%d: %d lost", purpose, got)
		}
	}
}

// TestDiscardedHasNothing: neither a value in hand nor a mark of the store is left, and what stays is what the profile is.
func TestDiscardedHasNothing(t *testing.T) {
	t.Parallel()
	s := secret.New("value")
	for _, api := range []client.API{client.API10, client.API20} {
		c := Change{
			Name: "acme", API: api, ClientID: "id", ClientSecret: s, ApplicationID: "app", ApplicationKey: s, AccessKey: s, SecretKey: s,
			KeysCreatedAt: time.Unix(1, 0), Staged: true, StagedName: "acme", StagedStore: "keyring", StagedVersion: "1",
			StagedCredential: client.OAuth{}, Results: []client.Result{{}},
		}
		got := c.Discarded()
		if got.Staged || got.StagedName+got.StagedStore+got.StagedVersion != "" || got.StagedCredential != nil || got.Results != nil || !got.WasDiscarded || got.Name != "acme" {
			t.Errorf("%s: %+v", api, got)
		}
		legacy := api == client.API10
		if got.Credential() != nil || (got.ClientID == "id") != legacy || got.ClientSecret.IsZero() == legacy || got.AccessKey.IsZero() != legacy ||
			got.SecretKey.IsZero() != legacy || got.KeysCreatedAt.IsZero() != legacy || got.ApplicationID != "app" || got.ApplicationKey.IsZero() {
			t.Errorf("%s: %+v", api, got)
		}
	}
}
