package credstore_test

import (
	"context"
	"fmt"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// A new credential is staged, tested from the store, and only then made the current one.
func ExampleVault() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	clock := func() time.Time { return time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC) }
	vault := credstore.NewVault(credstore.NewMemoryIndex(), clock, credstore.NewMemory())
	defer vault.Close()

	profile := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
	pair := client.OAuth{ClientID: "made-up-id", ClientSecret: secret.New("made-up-secret")}
	staged, err := vault.Stage(ctx, "memory", profile, pair, credstore.Pasted)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("pending:", staged.Pending != nil, "current:", staged.Current != nil)
	// Here the pending version is read back and tested with live calls.
	current, err := vault.Activate(ctx, "acme", credstore.CheckSummary{At: clock(), OK: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("pending:", current.Pending != nil, "current:", current.Current != nil)
	// Output:
	// pending: true current: false
	// pending: false current: true
}

// Lengths of time are written as people write them.
func ExampleParseSpan() {
	for _, text := range []string{"90d", "2w", "never"} {
		span, err := credstore.ParseSpan(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(text, "=", span.Words())
	}
	// Output:
	// 90d = 90 days
	// 2w = 14 days
	// never = never
}
