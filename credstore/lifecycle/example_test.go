package lifecycle_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// A set-up: the pair is stored beside what is current, checked live from the store, and activated when it is good enough.
func ExampleService() {
	sim := simulator.New()
	server := httptest.NewServer(sim)
	defer server.Close()
	vault := credstore.NewVault(credstore.NewMemoryIndex(), time.Now, credstore.NewMemory())
	defer vault.Close()
	service := lifecycle.Service{
		Vault: vault, Profiles: vault, Plan: lifecycle.PlanOf, Now: time.Now,
		Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) { return client.New(e) },
	}
	ctx, tell := context.Background(), func(lifecycle.Event) {}

	demo := sim.Demo()
	change := lifecycle.Change{
		Name: "acme", Store: credstore.MemoryKind, API: client.API20, BaseURL: server.URL,
		ClientID: demo.ClientID, ClientSecret: secret.New(demo.ClientSecret),
	}
	change, _, err := service.Stage(ctx, change, tell)
	if err != nil {
		fmt.Println(err)
		return
	}
	change.Results, err = service.Check(ctx, change, tell)
	if err != nil {
		fmt.Println(err)
		return
	}
	judgement := change.Judgement()
	fmt.Println(judgement.Outcome())
	if !judgement.Passes() {
		return
	}
	if change, err = service.Activate(ctx, change, tell); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("confirmed:", service.Confirm(ctx, change, tell).OK)
	// Output:
	// Every check passed.
	// confirmed: true
}

// A rotation without a question: what is current stays so until the new pair has everything that the old one has.
func ExampleService_Run() {
	sim := simulator.New()
	server := httptest.NewServer(sim)
	defer server.Close()
	vault := credstore.NewVault(credstore.NewMemoryIndex(), time.Now, credstore.NewMemory())
	defer vault.Close()
	service := lifecycle.Service{
		Vault: vault, Profiles: vault, Plan: lifecycle.PlanOf, Now: time.Now,
		Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) { return client.New(e) },
	}
	demo := sim.Demo()
	change := lifecycle.Change{
		Name: "acme", Store: credstore.MemoryKind, API: client.API20, BaseURL: server.URL,
		ClientID: demo.ClientID, ClientSecret: secret.New(demo.ClientSecret),
	}
	out, err := service.Run(context.Background(), change, lifecycle.Policy{}, nil)
	fmt.Println("set up:", out.End == lifecycle.Finished, err)

	change.Purpose = lifecycle.Rotating
	change.ClientSecret = secret.New("mistyped")
	out, err = service.Run(context.Background(), change, lifecycle.Policy{}, nil)
	fmt.Println("pending:", out.End == lifecycle.KeptPending, err)
	fmt.Println(out.Judgement.Sentence())

	id, value := sim.DemoRegenerate()
	change.ClientID, change.ClientSecret = id, secret.New(value)
	out, err = service.Run(context.Background(), change, lifecycle.Policy{}, nil)
	fmt.Println("rotated:", out.End == lifecycle.Finished, out.Retired, err)
	// Output:
	// set up: true <nil>
	// pending: true <nil>
	// Mimecast refused the credential.
	// rotated: true kept <nil>
}
