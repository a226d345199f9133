package flow

import (
	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// LostLines tell of sign-ins that may have created keys which nobody has, a sentence each, and where to look for them; none
// when there are none.
func LostLines(orphans []credstore.Orphan) []string {
	var lines []string
	where := ""
	for _, o := range orphans {
		sentence, fix := lifecycle.Lost(o)
		lines, where = append(lines, sentence), fix
	}
	if where != "" {
		lines = append(lines, where)
	}
	return lines
}

// OrphanLines say what is left at Mimecast when keys were created and no store has them: for whom they were made, and how
// to take them away there. None when no key is lost.
func OrphanLines(a Answers) []string {
	if !AtRisk(a).Created {
		return nil
	}
	whose := "the service user"
	if a.Email != "" {
		whose = a.Email
	}
	return []string{
		"Mimecast created access keys of " + whose + " for the application " + a.ApplicationID + ", and they are stored nowhere.",
		"They stay valid at Mimecast, and nobody can use them. To take them away there: in the console, " +
			"Services > Applications > Registered Applications lists them; a new password for the user revokes all of its keys.",
		"New keys can be created at any time.",
	}
}

// AfterSignIn is what a sign-in that failed with err means for the keys, and for trying again.
func AfterSignIn(err error) string {
	if client.MayHaveCreatedKeys(err) {
		return "It is not known whether keys were created. Look in the console before trying again: " +
			"Services > Applications > Registered Applications."
	}
	return "No keys were created. Failed sign-ins can lock the account."
}
