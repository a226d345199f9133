package lifecycle

import (
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// LostWords says which sign-in may have left lost keys at Mimecast, and where to look for them.
func LostWords(o credstore.LostKeys) (sentence, fix string) {
	whose, application := "", ""
	if o.User != "" {
		whose = " as " + o.User
	}
	if o.Application != "" {
		application = " for the application " + o.Application
	}
	created := " may have created keys that nobody has"
	if o.Certain {
		created = " created keys that were never stored"
	}
	return "A sign-in" + whose + application + " at " + o.At.Local().Format(time.DateTime) + created + ".",
		"Look in the console at Services > Applications > Registered Applications, which lists the keys; " +
			"a new password for the user revokes all of them, the current ones included."
}

// LostLines tell of sign-ins that may have created lost keys, a sentence each, and where to look for them; none
// when there are none.
func LostLines(lost []credstore.LostKeys) []string {
	var lines []string
	where := ""
	for _, o := range lost {
		sentence, fix := LostWords(o)
		lines, where = append(lines, sentence), fix
	}
	if where != "" {
		lines = append(lines, where)
	}
	return lines
}

// AskMore is the question before more keys are created although some may be lost, NotSignedIn what is known while it is asked.
const (
	AskMore     = "Sign in and create keys again?"
	NotSignedIn = "mimecred did not sign in this time."
)

// LostBefore are sign-ins that may have created lost keys, when the change does not know of all of them. Before it signs in,
// somebody has to say that more keys are to be created; none means that nothing has to be asked.
func (s Service) LostBefore(c Change) []credstore.LostKeys {
	if left := s.Left(c.Name); len(left) > len(c.LostKeys) {
		return left
	}
	return nil
}

// LostKeysError says that Run did not sign in, because keys of earlier sign-ins may be lost; see Policy.MoreKeys.
type LostKeysError struct {
	Name string
	Lost []credstore.LostKeys
}

// Error gives one line.
func (e *LostKeysError) Error() string {
	return e.Name + ": an earlier sign-in may have left lost keys, so " + NotSignedIn
}

// AfterSignIn is what a sign-in that failed with err means for the keys, and for trying again.
func AfterSignIn(err error) string {
	if client.MayHaveCreatedKeys(err) {
		return "mimecred could not tell whether keys were created. Look in the console before you try again: " +
			"Services > Applications > Registered Applications."
	}
	return "No keys were created. Failed sign-ins can lock the account."
}
