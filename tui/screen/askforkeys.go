package screen

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/tui/flow"
)

// AskForKeys signs in once, and notes before and after it what may be left at Mimecast should this program end in between. left
// are the sign-ins of this change that may have created keys which nobody has. An *credstore.Error means that nothing was
// sent.
func AskForKeys(ctx context.Context, env Env, a flow.Answers, ask client.SignIn) (keys client.Keys, left []credstore.Orphan, err error) {
	mimecast, err := env.Dial(a.Endpoint())
	if err != nil {
		return client.Keys{}, leftBehind(env, a), err
	}
	defer mimecast.Close()
	announced := credstore.Swap{Name: a.Name, Store: a.Store, Keep: a.KeepFor(), User: ask.Email, Application: ask.ApplicationID}
	if err := env.Vault.Creating(ctx, announced); err != nil {
		return client.Keys{}, leftBehind(env, a), err
	}
	keys, err = mimecast.SignIn(ctx, ask)
	switch {
	case err == nil && !ask.Expired.IsZero() && keys.AccessKey.Equal(ask.Expired):
		env.Vault.NotCreated(a.Name)                                  // the keys that exist were renewed
		_ = env.Vault.Renewed(ctx, a.Name, keys.ExpiresAt(env.Now())) // the next sign-in notes it; the keys work
	case err == nil:
		env.Vault.KeysMade(a.Name)
		noted, _ := env.Vault.Noted(a.Name)
		return keys, noted.Orphans, nil // these keys are here, and are stored next
	case !client.MayHaveCreatedKeys(err):
		env.Vault.NotCreated(a.Name)
	}
	return keys, leftBehind(env, a), err
}

// leftBehind are the sign-ins that may have created keys which nobody has: those of this change, also from an earlier run.
func leftBehind(env Env, a flow.Answers) []credstore.Orphan {
	noted, _ := env.Vault.Noted(a.Name)
	return noted.Lost()
}
