// Package step is every step of the wizard without a screen: what it asks and offers, and the words for it. The screens draw it,
// line mode asks it; nothing here knows how it is shown.
package step

import (
	"context"
	"slices"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Env is what every step is given. It is shared, and never changed by a step.
type Env struct {
	// Service does everything that is done to a profile. Its Profiles are nil where there is no list to go home to.
	lifecycle.Service
	// Stores are the stores to choose from, the recommended one first.
	Stores []StoreChoice
	// Look looks at the stores again; nil where they stay as they were.
	Look func(ctx context.Context) []StoreChoice
	// Passphrases leads a store's question for a passphrase to the screens; nil where no store asks.
	Passphrases *Passphrases
	// Demo has the made-up values of the demo; nil outside of it.
	Demo *Demo
	// Unfinished keeps a set-up that is left for another run; nil keeps nothing.
	Unfinished Unfinished
	// EnvironmentProxy is the proxy that the environment sets for a base URL, without credentials, "" for none; when nil,
	// what net/http finds is used.
	EnvironmentProxy func(baseURL string) string
}

// lookTime is how long looking at the stores again may last.
const lookTime = 2 * time.Second

// Again is e with the stores as they are now: one may have failed, or come back, since the wizard began.
func (e Env) Again(ctx context.Context) Env {
	if e.Look != nil {
		ctx, cancel := context.WithTimeout(ctx, lookTime)
		defer cancel()
		e.Stores = e.Look(ctx)
	}
	return e
}

// StoreChoice is one row of "where to keep it".
type StoreChoice struct {
	// Kind is the store's word, such as "keyring".
	Kind  string
	Title string
	// About says what keeping it there means; "" where everybody knows.
	About string
	// Problem says why it cannot be used now; "" when it can.
	Problem string
	// Brief says the same in a few words, such as "there is no session bus"; may be empty.
	Brief string
	// Fix says what would make it usable.
	Fix string
	// Passing is set when what is kept there is gone when the program ends.
	Passing bool
}

// Demo has the made-up values that the demo tells and fills in.
type Demo struct {
	// API20 and API10 are one working credential each; Email, Password and Code create keys.
	BaseURL        string
	ClientID       string
	ClientSecret   string
	ApplicationID  string
	ApplicationKey string
	Email          string
	Password       string
	// Code gives the one-time code that was "sent" to the phone.
	Code      func() string
	AccessKey string
	SecretKey string
	// Regenerate makes a new credential for the application of API 2.0, as the console does, in place of the previous
	// one; nil where there is no such thing.
	Regenerate func()
}

// NewCredential gives the client ID and client secret to type: in a rotation those that are not current yet.
func (d *Demo) NewCredential(a flow.Answers) (clientID, clientSecret string) {
	if old := a.Replaced.Credential; a.Purpose == lifecycle.Rotating && old != nil && old.Identifier() == d.ClientID && d.Regenerate != nil {
		d.Regenerate()
	}
	return d.ClientID, d.ClientSecret
}

// FileWords say what keeping a credential in an encrypted file means.
const FileWords = "For servers, containers and SSH sessions. A passphrase of yours opens it."

// PassingWords say what keeping a credential in this session only means.
const PassingWords = "It is gone when mimecred ends, and no other mimecred command can use it. Long enough to test it and to hand it off."

// Passing tells whether what is kept in a store is gone when the program ends.
func (e Env) Passing(store string) bool {
	return e.Demo == nil && slices.ContainsFunc(e.Stores, func(c StoreChoice) bool { return c.Kind == store && c.Passing })
}

// Preselected is the store to propose: the first that works, and none when that keeps nothing.
func (e Env) Preselected() string {
	for _, c := range e.Stores {
		if c.Problem != "" || c.Passing && len(e.Stores) > 1 {
			continue
		}
		return c.Kind
	}
	return ""
}

// DiscoveryURL is where Mimecast is asked for the region of an account: the demo asks its own.
func (e Env) DiscoveryURL() string {
	if e.Demo != nil {
		return e.Demo.BaseURL
	}
	return client.DiscoveryURL
}

// Unfinished keeps set-ups that were left, without a secret, for another run of the program.
type Unfinished interface {
	// Keep replaces what is kept under the state's name.
	Keep(s flow.State) error
	// Forget removes it; a name that is not there is no error.
	Forget(name string) error
}

// WaitingWords say what a store is waiting for, and until when it does.
func WaitingWords(w credstore.Waiting) string {
	return "Waiting for " + w.What + " until " + w.Until.Format("15:04:05") + "."
}
