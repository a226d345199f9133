package client

import (
	"strings"
	"unicode"

	"mimecred/client/secret"
)

// ASSUMPTION. How a one-time code travels in Mimecast's API 1.0 is not public. This file is the only one that knows what
// this project assumes, so that it can be corrected in one place once somebody sees the real exchange:
//
//   - A sign-in asks for a code when its reply brings no keys and has a bindingType other than one_step, or when the code or
//     message of its failure speaks of a second step.
//   - The code is handed in by repeating the very same sign-in with "verificationCode" in data[0].
//   - Another code is sent by repeating the sign-in without it.
//
// Nothing here happens by itself: each request is one that the person asked for, and no code is sent twice. Whatever
// Mimecast answers instead is shown verbatim, and the keys can be created in the console.

// addCode puts the one-time code into the sign-in's data[0].
func addCode(item map[string]string, code secret.Value) {
	if !code.IsZero() {
		item["verificationCode"] = code.Reveal()
	}
}

// wantsCode tells whether a sign-in that brought no keys asks for a one-time code, or refused the one it got.
func wantsCode(failure *Error, got login) bool {
	if !failure.mimecast {
		return false
	}
	switch failure.Kind {
	case InvalidCredentials, Unknown, Validation, MissingPermission:
		return speaksOfSecondStep(failure.Code) || speaksOfSecondStep(failure.Message) || isOtherStep(got.BindingType)
	case BadResponse:
		// A success without keys; a reply that is no JSON has no bindingType.
		return isOtherStep(got.BindingType)
	default:
		return false
	}
}

func isOtherStep(bindingType string) bool {
	return bindingType != "" && !strings.EqualFold(bindingType, "one_step")
}

// speaksOfSecondStep looks for whole words, so that "otp" is not found inside another word. TwoStepRequired,
// err_two_step_required and "two-step required" are the same to it.
func speaksOfSecondStep(text string) bool {
	said := wholeWords(text)
	for _, sign := range [...]string{
		"two step", "2 step", "two factor", "2 factor", "2fa", "tfa", "second step", "second factor", "multi factor",
		"mfa", "verification code", "authentication code", "security code", "one time", "otp", "totp",
	} {
		if strings.Contains(said, " "+sign+" ") {
			return true
		}
	}
	return false
}

// wholeWords is text in lower case, its words parted by single blanks, with a blank at either end. A change of letter case and
// whatever is neither letter nor digit parts words.
func wholeWords(text string) string {
	var b strings.Builder
	lowerBefore := false
	for _, r := range text {
		if unicode.IsUpper(r) && lowerBefore {
			b.WriteByte(' ')
		}
		lowerBefore = unicode.IsLower(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return " " + strings.Join(strings.Fields(b.String()), " ") + " "
}
