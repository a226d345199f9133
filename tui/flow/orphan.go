package flow

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
		"They stay valid at Mimecast, and nobody can use them. To remove them, look in the console: " +
			"Services > Applications > Registered Applications lists them; a new password for the user revokes all of its keys.",
		"You can create new keys at any time.",
	}
}
