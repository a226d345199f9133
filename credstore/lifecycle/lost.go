package lifecycle

import (
	"mimecred/client"
	"mimecred/credstore"
)

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

// AfterSignIn is what a sign-in that failed with err means for the keys, and for trying again.
func AfterSignIn(err error) string {
	if client.MayHaveCreatedKeys(err) {
		return "mimecred could not tell whether keys were created. Look in the console before you try again: " +
			"Services > Applications > Registered Applications."
	}
	return "No keys were created. Failed sign-ins can lock the account."
}
