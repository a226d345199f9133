package main

import (
	"mimecred/client"
	"mimecred/client/secret"
)

// warnShapes says on standard error what looks odd about credentials before Mimecast is asked. It never stops anything.
func (a *app) warnShapes(g given) {
	a.noteHost(g)
	values := map[string]secret.Value{}
	switch c := g.credential.(type) {
	case client.OAuth:
		values[client.FieldClientID], values[client.FieldClientSecret] = secret.New(c.ClientID), c.ClientSecret
	case client.Legacy:
		values[client.FieldApplicationID], values[client.FieldApplicationKey] = secret.New(c.ApplicationID), c.ApplicationKey
		values[client.FieldAccessKey], values[client.FieldSecretKey] = c.AccessKey, c.SecretKey
	default:
		values[client.FieldApplicationID], values[client.FieldApplicationKey] = secret.New(g.signIn.ApplicationID), g.appKey
	}
	for _, field := range credentialFields(g.profile.API) {
		for _, hint := range client.ShapeHints(field, values[field], values) {
			a.note("warning: %s: %s: %s", g.profile.Name, field, oneLine(hint))
		}
	}
}
