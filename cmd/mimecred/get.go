package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// get.go is the one place of the command line where a secret leaves the program, because it was asked for by name.

func newGetCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:        "get NAME [FIELD]",
		SuggestFor: []string{"read", "print", "field"},
		Short:      "Print one value of a profile, or list its fields",
		Long: `Print one value of a profile, also a secret one. Without a FIELD, list the names of its fields and which are secret. A value ends without a line break when standard output is not a terminal.

Fields have the names of the keys of "setup --from":
  API 2.0: client_id, client_secret
  API 1.0: application_id, application_key, access_key, secret_key
  both:    profile, api, base_url, region, integration, internal_domain, ca_file,
           proxy.url, proxy.username, proxy.password
A profile with an integration also has the fields of its form, by their keys. They are spelt as the product wants them.`,
		Example: `  mimecred get acme client_secret
  mimecred get acme
  curl --data-urlencode "client_secret@-" ... < <(mimecred get acme client_secret)`,
		ValidArgsFunction: a.completeFields,
		RunE: func(cmd *cobra.Command, given []string) error {
			if len(given) == 1 {
				return runGetFields(cmd.Context(), a, given[0])
			}
			return runGet(cmd.Context(), a, given[0], given[1])
		},
	}
}

func runGet(ctx context.Context, a *app, name, field string) error {
	if _, err := a.format("get NAME FIELD"); err != nil {
		return err
	}
	entry, err := a.find(ctx, name)
	if err != nil {
		return err
	}
	if err := checkField(entry, field); err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	record, err := vault.Load(a.waiting(ctx), name)
	if err != nil {
		return err
	}
	value, err := fieldOf(record, entry, field)
	if err != nil {
		return err
	}
	if isTerminal(a.std.out) {
		value += "\n"
	}
	return a.print(value)
}

func profileFields() []string {
	return []string{
		"profile", "api", "base_url", "region", "integration", "internal_domain", "ca_file",
		"proxy.url", "proxy.username", "proxy.password",
	}
}

func credentialFields(api client.API) []string {
	if api == client.API20 {
		return []string{"client_id", "client_secret"}
	}
	return []string{"application_id", "application_key", "access_key", "secret_key"}
}

func allFields() []string {
	return slices.Concat(credentialFields(client.API20), credentialFields(client.API10), profileFields())
}

// fieldOf finds a field of a record; those of a credential and of a form come from the current version.
func fieldOf(r credstore.Record, e credstore.Entry, field string) (string, error) {
	p := r.Profile
	plain := map[string]string{
		"profile": p.Name, "api": string(p.API), "base_url": p.Endpoint.BaseURL, "region": p.Region,
		"integration": p.Integration, "internal_domain": p.InternalDomain, "ca_file": p.Endpoint.CAFile,
		"proxy.url": p.Endpoint.Proxy.URL, "proxy.username": p.Endpoint.Proxy.Username,
	}
	if value, ok := plain[field]; ok {
		return value, nil
	}
	switch {
	case field == "proxy.password":
		return p.Endpoint.Proxy.Password.Reveal(), nil
	case r.Current == nil:
		return "", noCurrent(e)
	case slices.Contains(credentialFields(p.API), field):
		return credentialField(r.Current.Credential, field), nil
	default:
		return formField(r, e, field)
	}
}

func credentialField(c client.Credential, field string) string {
	var value secret.Value
	switch c := c.(type) {
	case client.OAuth:
		if field == "client_id" {
			return c.ClientID
		}
		value = c.ClientSecret
	case client.Legacy:
		switch field {
		case "application_id":
			return c.ApplicationID
		case "application_key":
			value = c.ApplicationKey
		case "access_key":
			value = c.AccessKey
		case "secret_key":
			value = c.SecretKey
		}
	}
	return value.Reveal()
}

func (a *app) completeFields(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	switch len(given) {
	case 0:
		return a.completeNames(cmd, given, word)
	case 1:
		if e, err := a.entry(given[0]); err == nil {
			return knownFields(e), noFiles
		}
	}
	return nil, noFiles
}
