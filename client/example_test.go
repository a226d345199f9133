package client_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/client/simulator"
)

// A check streams its results: first whether Mimecast is reached and accepts the credential, then one for each call that the
// integration makes.
func ExampleClient_Check() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	mimecast, err := simulator.Start(ctx, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = mimecast.Close() }()
	demo := mimecast.Server.Demo()

	c, err := client.New(client.Endpoint{BaseURL: mimecast.URL})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	plan, _, err := catalog.PlanFor(catalog.Selection{API: client.API20})
	if err != nil {
		fmt.Println(err)
		return
	}
	pair := client.OAuth{ClientID: demo.ClientID, ClientSecret: secret.New(demo.ClientSecret)}
	var results []client.Result
	for result := range c.Check(ctx, pair, plan) {
		if result.ID == client.CheckCredentials || result.ID == client.CheckAccount {
			fmt.Println(result.State, result.Title)
		}
		results = append(results, result)
	}
	fmt.Println("all right:", client.Judge(results).AllRight)
	// Output:
	// passed Credentials
	// passed Account
	// all right: true
}

// Whatever was copied from a console or an old configuration is understood; login-uk is the console of the EU region.
func ExampleRecognise() {
	for _, pasted := range []string{"https://login-uk.mimecast.com/administration/app/", "CUSA00A000", "api.services.mimecast.com/oauth/token"} {
		for _, api := range []client.API{client.API10, client.API20} {
			place, err := client.Recognise(pasted, api)
			if err == nil {
				fmt.Println(api, place.BaseURL)
			}
		}
	}
	// Output:
	// 1.0 https://eu-api.mimecast.com
	// 2.0 https://api.services.mimecast.com
	// 1.0 https://us-api.mimecast.com
	// 2.0 https://api.services.mimecast.com
	// 2.0 https://api.services.mimecast.com
}

// Any error of this package is explained in a sentence, with what to do about it.
func ExampleDiagnose() {
	refused := &client.Error{
		Kind: client.ExpiredKeys, Op: "POST /api/account/get-account",
		HTTPStatus: 418, Code: "err_xdk_binding_expired", Message: "AccessKey Has Expired",
	}
	why := client.Diagnose(fmt.Errorf("check the keys: %w", refused), client.API10)
	fmt.Println(why.Kind, why.Kind.Refused())
	fmt.Println(why.Meaning)
	// Output:
	// expired_keys true
	// The access key has expired.
}

// Compare shows what a new credential can no longer do.
func ExampleCompare() {
	before := []client.Result{{ID: "audit.events", Title: "Audit events", State: client.Passed}}
	after := []client.Result{{ID: "audit.events", Title: "Audit events", State: client.Failed, Kind: client.MissingPermission}}
	difference := client.Compare(before, after)
	for _, lost := range difference.Lost {
		fmt.Println(lost.After.Title, lost.After.Kind)
	}
	fmt.Println("worse:", difference.Worse())
	// Output:
	// Audit events missing_permission
	// worse: true
}

// An Error carries Mimecast's own words beside their meaning.
func ExampleError() {
	var err error = &client.Error{Kind: client.RateLimited, Op: "GET /siem/v1/events/cg", HTTPStatus: 429, RetryAfter: 14 * time.Minute}
	var e *client.Error
	if errors.As(err, &e) {
		fmt.Println(e.Kind, e.Kind.Unjudged(), e.RetryAfter)
	}
	// Output: rate_limited true 14m0s
}
