package flow

import (
	"slices"

	"mimecred/client"
	"mimecred/client/secret"
)

// Refused is a with what Mimecast said of the application: both values of API 1.0 are UUIDs, so that an ID that Mimecast does not
// know may be the key.
func (a Answers) Refused(kind client.Kind) Answers {
	if kind == client.UnknownApplication && a.API == client.API10 {
		a.RefusedID = secret.New(a.ApplicationID)
	}
	return a
}

// LikelyKeys are values that are not shown where the application ID of API 1.0 is asked for: the key, and an ID that Mimecast does
// not know.
func (a Answers) LikelyKeys() []secret.Value {
	keys := []secret.Value{a.ApplicationKey, a.RefusedID}
	if staged, is := a.StagedCredential.(client.Legacy); is && slices.ContainsFunc(a.Results, func(r client.Result) bool { return r.Kind == client.UnknownApplication }) {
		keys = append(keys, secret.New(staged.ApplicationID))
	}
	return slices.DeleteFunc(keys, secret.Value.IsZero)
}

// MaySwap tells whether Mimecast does not know the application ID as it is now, which may be the key then.
func (a Answers) MaySwap() bool {
	id := secret.New(a.ApplicationID)
	return !a.ApplicationKey.IsZero() && !a.ApplicationKey.Equal(id) && slices.ContainsFunc(a.LikelyKeys(), id.Equal)
}
