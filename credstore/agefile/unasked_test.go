package agefile_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
)

// TestNobodyTypesAPassphrase: a set-up whose passphrase did not come in time, or that was cancelled meanwhile, has written nothing for
// certain: the list does not name the profile, and the name can be used at once.
func TestNobodyTypesAPassphrase(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(context.Context) (context.Context, context.CancelFunc){
		"too late": func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Minute)
		},
		"cancelled": func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(time.Minute, cancel)
			return ctx, cancel
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				silent := agefile.New(dir, agefile.Options{Ask: func(ctx context.Context, _ agefile.Question) (secret.Value, error) {
					<-ctx.Done()
					return secret.Value{}, ctx.Err()
				}})
				vault := credstore.NewVault(credstore.NewMemoryIndex(), time.Now, silent)
				defer vault.Close()
				p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
				ctx, cancel := end(t.Context())
				defer cancel()
				_, err := vault.Stage(ctx, agefile.Kind, p, client.OAuth{ClientID: "id", ClientSecret: secret.New("SECRET")}, credstore.Pasted)
				if k := credstore.KindOf(err); k != credstore.TimedOut && k != credstore.Canceled {
					t.Fatal(err)
				}
				if e, known, err := vault.Lookup("acme"); known || err != nil {
					t.Errorf("the list says %+v, %v", e, err)
				}
			})
		})
	}
}
