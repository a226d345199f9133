package flow

import (
	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// Risk is what would be lost by leaving now.
type Risk struct {
	// Created is set while Mimecast has made keys that lie in no store: nobody could ever use or find them again.
	Created bool
	// Staged is set while the credential is in the store as the pending version: it stays there, unused.
	Staged bool
	// Edited is set while what was changed of a profile is not saved.
	Edited bool
	// Typed names the secrets that were typed and are stored nowhere, in the console's words.
	Typed []string
}

// AtRisk tells what would be lost by leaving now.
func AtRisk(a Answers) Risk {
	var r Risk
	if a.Activated {
		return r
	}
	r.Staged, r.Edited = a.Staged, a.Purpose == lifecycle.Changing && a.Edited && !a.Staged
	if a.Staged && (a.StagedCredential == nil || client.Same(a.StagedCredential, a.Credential())) {
		return r
	}
	r.Created = !a.KeysCreatedAt.IsZero() && !a.AccessKey.IsZero() && !stagedKeys(a)
	add := func(is bool, name string) {
		if is {
			r.Typed = append(r.Typed, name)
		}
	}
	if a.Purpose == lifecycle.Changing || a.Purpose == lifecycle.RollingBack || a.Purpose == AtHome {
		return r // what there is came from the store
	}
	old, _ := a.Replaced.Credential.(client.Legacy)
	if a.API == client.API20 {
		add(!a.ClientSecret.IsZero(), "the client secret")
	} else {
		add(!a.ApplicationKey.IsZero() && !a.ApplicationKey.Equal(old.ApplicationKey), "the application key")
		add(!r.Created && !a.AccessKey.IsZero(), "the access key")
		add(!r.Created && !a.SecretKey.IsZero(), "the secret key")
	}
	add(!a.Proxy.Password.IsZero() && a.Purpose == lifecycle.SettingUp, "the proxy password")
	return r
}

// stagedKeys tells whether the keys that were created lie in the store, whatever else was changed since.
func stagedKeys(a Answers) bool {
	staged, ok := a.StagedCredential.(client.Legacy)
	return a.Staged && ok && staged.AccessKey.Equal(a.AccessKey) && staged.SecretKey.Equal(a.SecretKey)
}

// Any tells whether leaving needs a question first.
func (r Risk) Any() bool { return r.Created || r.Staged || r.Edited || len(r.Typed) > 0 }

// Lines say it in words, one sentence a line; none when nothing would be lost. passing is set where what is saved on trial is gone when
// the program ends.
func (r Risk) Lines(passing bool) []string {
	var lines []string
	if r.Created {
		lines = append(lines, "Mimecast created access keys, and only this program has them.",
			"Without them the keys stay valid at Mimecast and nobody can use them.")
	}
	switch {
	case r.Staged && passing:
		lines = append(lines, "The credential is kept in this session only: it is gone when mimecred ends.")
	case r.Staged:
		lines = append(lines, "The credential is saved on trial. It is not current yet.")
	}
	if r.Edited {
		lines = append(lines, "What was changed is not saved yet.")
	}
	switch {
	case len(r.Typed) > 0 && r.Staged:
		lines = append(lines, "What you entered after that is not saved: "+list(r.Typed)+".")
	case len(r.Typed) > 0:
		lines = append(lines, "Not saved anywhere yet: "+list(r.Typed)+".")
	}
	return lines
}

// list joins words as a sentence does: "a", "a and b", "a, b and c".
func list(words []string) string {
	out := ""
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			out += " and "
		default:
			out += ", "
		}
		out += w
	}
	return out
}

// UnstoredLines say what is left at Mimecast when keys were created and no store has them: for whom they were made, and how
// to remove them there. None when no key is lost.
func UnstoredLines(a Answers) []string {
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
