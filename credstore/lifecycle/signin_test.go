package lifecycle

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
)

// TestSignInOfAChange: only a renewal of keys names the expired ones, and takes them for the same when they come back.
func TestSignInOfAChange(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	s := Service{Now: func() time.Time { return now }}
	for name, tt := range map[string]struct {
		purpose Purpose
		way     Way
		old     client.Credential
		renews  bool
	}{
		"a renewal":           {Rotating, Renew, legacyKeys("one"), true},
		"a rotation":          {Rotating, NewKeys, legacyKeys("one"), false},
		"a set-up":            {SettingUp, Renew, legacyKeys("one"), false},
		"an edit":             {Changing, Renew, legacyKeys("one"), false},
		"a pair before":       {Rotating, Renew, client.OAuth{}, false},
		"nothing was current": {Rotating, Renew, nil, false},
	} {
		c := Change{
			API: client.API10, Purpose: tt.purpose, Way: tt.way, ApplicationID: "app", Email: "svc@example.com", SignIn: client.SignInDomain,
			Password: secret.New("pw"), Old: Old{Credential: tt.old},
		}
		if got := c.Renewing(); got != tt.renews {
			t.Errorf("%s: renews %v", name, got)
		}
		ask := c.Ask(secret.New("123456"))
		if ask.ApplicationID != "app" || ask.Email != c.Email || ask.Type != client.SignInDomain || !ask.Password.Equal(c.Password) ||
			!ask.Code.Equal(secret.New("123456")) || ask.Expired.IsZero() == tt.renews {
			t.Errorf("%s: asks %+v", name, ask)
		}
		for _, access := range []string{"one", "two"} {
			keys := client.Keys{AccessKey: secret.New(access), SecretKey: secret.New("fresh"), Duration: time.Hour}
			made, renewed := s.WithKeys(c, keys)
			same := tt.renews && access == "one"
			want, created := "fresh", now
			if same {
				want, created = "one-secret", time.Time{}
			}
			if renewed != same || !made.Password.IsZero() || !made.KeysExpireAt.Equal(now.Add(time.Hour)) || !made.AccessKey.Equal(keys.AccessKey) ||
				!made.SecretKey.Equal(secret.New(want)) || !made.KeysCreatedAt.Equal(created) {
				t.Errorf("%s, %s: renewed %v, %+v", name, access, renewed, made)
			}
		}
	}
}
