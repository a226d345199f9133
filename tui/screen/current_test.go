package screen_test

import (
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// TestRotationRefusesWhatIsCurrent: neither API goes on with the current credential.
func TestRotationRefusesWhatIsCurrent(t *testing.T) {
	pair := client.OAuth{ClientID: anID, ClientSecret: secret.New(aSecret)}
	a := flow.Answers{Change: lifecycle.Change{API: client.API20, Purpose: lifecycle.Rotating, Replaced: lifecycle.Replaced{ID: "1", Credential: pair}}}
	b := start(t, screen.NewApplication(formEnv(), a))
	b.paste(anID).tap("enter").paste(aSecret)
	if b.tap("enter").shows("This is the current credential.").wants() != screen.Stay {
		t.Error("API 2.0 goes on")
	}

	old := client.Legacy{ApplicationID: anAppID, ApplicationKey: secret.New("key"), AccessKey: secret.New("access"), SecretKey: secret.New("secret")}
	a = flow.Answers{
		Change: lifecycle.Change{
			API: client.API10, Purpose: lifecycle.Rotating, Way: lifecycle.NewKeys,
			ApplicationID: old.ApplicationID, ApplicationKey: old.ApplicationKey, Replaced: lifecycle.Replaced{ID: "1", Credential: old},
		},
		KeysWay: flow.FromConsole,
	}
	b = start(t, screen.NewKeys(formEnv(), a))
	b.paste("access").tap("enter").paste("secret")
	if b.tap("enter").shows("These are the current keys.").wants() != screen.Stay {
		t.Error("API 1.0 goes on")
	}
	b.tap("tab", "ctrl+u").paste("other")
	if b.tap("enter").wants() != screen.Next {
		t.Errorf("other keys are refused:\n%s", b.body())
	}
}
