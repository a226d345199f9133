package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"mimecred/client"
)

func newTokenCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "token NAME",
		Short: "Print an access token (API 2.0)",
		Long: `Print a fresh access token of API 2.0. It ends without a line break when standard output is not a terminal. Whoever has it can do what the application may do, until it expires about 30 minutes later. mimecred keeps no copy.

-o json prints {"schema", "profile", "token_type", "access_token", "expires_at"}.`,
		// Not $(mimecred token acme): arguments can be seen by every process of the machine.
		Example: `  mimecred token acme
  mimecred token acme | sed 's/^/Authorization: Bearer /' |
    curl -H @- https://api.services.mimecast.com/identity/whoami`,
		ValidArgsFunction: a.completeName,
		RunE:              func(cmd *cobra.Command, names []string) error { return runToken(cmd.Context(), a, names[0]) },
	}
}

// tokenJSON is the JSON of token.
type tokenJSON struct {
	Schema      int       `json:"schema"`
	Profile     string    `json:"profile"`
	TokenType   string    `json:"token_type"`
	AccessToken string    `json:"access_token"`
	ExpiresAt   time.Time `json:"expires_at"`
}

func runToken(ctx context.Context, a *app, name string) error {
	format, err := a.format("token")
	if err != nil {
		return err
	}
	entry, err := a.find(ctx, name)
	if err != nil {
		return err
	}
	if entry.API != client.API20 {
		return usage(fmt.Errorf("%s is of API %s, which has no access tokens: every call is signed by itself", name, entry.API),
			"mimecred api "+name+" METHOD PATH makes a signed call")
	}
	token, err := a.freshToken(ctx, name)
	if err != nil {
		return err
	}
	text := tokenText(token)
	switch {
	case format == "json":
		return a.printJSON(tokenJSON{
			Schema: 1, Profile: name, TokenType: token.Type, AccessToken: text, ExpiresAt: token.ExpiresAt.UTC().Truncate(time.Second),
		})
	case isTerminal(a.std.out):
		text += "\n"
	}
	return a.print(text)
}

// freshToken asks Mimecast for a token.
func (a *app) freshToken(ctx context.Context, name string) (client.Token, error) {
	record, err := a.current(ctx, name)
	if err != nil {
		return client.Token{}, err
	}
	pair, ok := record.Current.Credential.(client.OAuth)
	if !ok {
		return client.Token{}, usagef("%s has no client ID and client secret", name)
	}
	c, err := a.dialSaved(record.ProfileOf(record.Current))
	if err != nil {
		return client.Token{}, err
	}
	defer c.Close()
	token, err := c.Token(ctx, pair)
	if err != nil {
		return token, callFailure(err, name, client.API20, client.Request{Method: "POST", Path: "/oauth/token"})
	}
	return token, nil
}
