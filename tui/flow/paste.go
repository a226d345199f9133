package flow

import (
	"time"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// PasteApplication fills in the application's ID and its secret when a paste holds both, and with them the access key and the
// secret key of API 1.0 when it holds those, too. Keys that were created here, or are being renewed, stay.
func (a Answers) PasteApplication(text string) (Answers, bool) {
	found, ok := client.SplitPaste(a.API, text)
	if !ok {
		return a, false
	}
	id, key, ok := found.Application(a.API)
	if !ok {
		return a, false
	}
	if a.API != client.API10 {
		a.ClientID, a.ClientSecret = id, key
		return a, true
	}
	a.ApplicationID, a.ApplicationKey, a.KeysPasted = id, key, false
	renewing := a.Purpose == lifecycle.Rotating && a.Way == lifecycle.Renew
	if _, _, all := found.Keys(); all && a.KeysCreatedAt.IsZero() && !renewing {
		a = a.withKeys(found)
		a.KeysPasted = true
	}
	return a, true
}

// PasteKeys fills in the access key and the secret key when a paste holds both. They replace those that were created here.
func (a Answers) PasteKeys(text string) (Answers, bool) {
	found, _ := client.SplitPaste(client.API10, text)
	if _, _, ok := found.Keys(); !ok {
		return a, false
	}
	return a.withKeys(found), true
}

func (a Answers) withKeys(found client.Pasted) Answers {
	a.AccessKey, a.SecretKey, _ = found.Keys()
	a.KeysWay, a.KeysCreatedAt, a.KeysExpireAt, a.KeysPasted = FromConsole, time.Time{}, time.Time{}, false
	return a
}

// PastedKeysWords tell at the step Keys that it was answered by the paste at Application; "" when it was not.
func (a Answers) PastedKeysWords() string {
	if !a.KeysPasted || a.AccessKey.IsZero() || a.SecretKey.IsZero() {
		return ""
	}
	return "The Access Key and the Secret Key were both in what was pasted at Application."
}
