package client

import (
	"errors"
	"slices"
	"strings"
	"unicode"
)

// refusal is why Mimecast does not let a service user in, as far as its own words are clear; "" when they are not.
type refusal string

const (
	refusedLocked     refusal = "locked"
	refusedDisabled   refusal = "disabled"
	refusedExpired    refusal = "password expired"
	refusedSSO        refusal = "single sign-on"
	refusedType       refusal = "type"
	refusedAddress    refusal = "address range"
	refusedPermission refusal = "permission"
	refusedApp        refusal = "application"
)

// refusalWords are the words by which a refusal is known: each entry is a set of words that all have to be there, in any order
// and form. The first refusal that fits counts.
type refusalWords struct {
	is     refusal
	any    []string
	source string
}

// refusals lists the words of refusals. Of Mimecast's own texts only "Authentication type not supported for the user" is
// documented; the codes of the others are not public, so that words are looked for, not codes.
func refusals() []refusalWords {
	return []refusalWords{
		{
			refusedLocked,
			[]string{"locked", "lock out", "lockout", "too many failed", "too many attempts", "too many login", "temporarily blocked", "user blocked", "account blocked", "blocked user", "blocked account", "gesperrt"},
			"Mimecast KB 34000328220691: failed sign-ins lock a user",
		},
		{
			refusedExpired,
			[]string{"password expired", "password has expired", "expired password", "must change password", "password must change", "password must be changed", "change password", "password change", "reset password", "password reset"},
			"Mimecast KB 34000328220691: the service user's password must not expire",
		},
		{
			refusedSSO,
			[]string{"single sign", "sso", "saml", "identity provider", "idp", "adfs", "federated", "federation"},
			"Mimecast KB 34000328220691: keys cannot be created with single sign-on on",
		},
		{
			refusedAddress,
			[]string{"ip address", "ip range", "ip ranges", "from this ip", "from ip", "from this address", "from your address", "address range", "ip restricted", "ip restriction", "ip not", "ip blocked", "source ip", "login ip", "logon ip", "permitted range", "permitted ranges", "allowed range", "allowed ranges", "permitted address", "allowed address"},
			"Mimecast DOC-1180: Admin IP Ranges and Permitted Application Login IP Ranges",
		},
		{
			refusedType,
			[]string{
				"authentication type", "auth type", "authentication method", "not supported user", "type not supported", "cloud password not", "domain password not",
				"authentication not supported", "only directory", "only domain", "only cloud", "directory only", "domain only", "cloud only", "must use directory",
				"must use domain", "must use cloud",
			},
			"Mimecast's API documentation of login, sub-code 0001",
		},
		{
			refusedDisabled,
			[]string{"user disabled", "account disabled", "user suspended", "account suspended", "user inactive", "account inactive", "user deactivated", "account deactivated", "user not enabled"},
			"Mimecast KB 34000328220691: the service user has to be enabled",
		},
		{
			refusedApp,
			[]string{"app id", "application id", "unknown application", "unknown app", "application not found", "invalid application", "application invalid", "developer key"},
			"recordings of JupiterOne's graph-mimecast: App ID is invalid",
		},
		{
			refusedPermission,
			[]string{"no permission", "not permitted", "permission denied", "insufficient permission", "insufficient privileges", "insufficient rights", "not authorized", "not authorised", "not allowed", "lacks permission", "no role", "administrator role", "permission application", "access application"},
			"Mimecast KB 34000328220691: the service user needs an administrator role",
		},
	}
}

// refusalOf finds the refusal that Mimecast's words speak of. Words of an application are left to the kind where the kind says
// so already.
func refusalOf(e *Error) refusal {
	switch e.Kind {
	case InvalidCredentials, MissingPermission, Unknown:
	default:
		return ""
	}
	text := e.Code + " " + e.Message
	said := plainWords(text)
	bound := boundTo(allWords(text))
	for _, one := range refusals() {
		if bound != "" && one.is == refusedLocked {
			continue // the way to sign in is, not the user
		}
		for _, words := range one.any {
			if hasInOrder(said, plainWords(words)) {
				return one.is
			}
		}
	}
	return bound
}

// boundTo finds words that bind a user to one way to sign in, or keep it from another, such as "locked to directory passwords" and
// "blocked for single sign-on": refusedSSO or refusedType; "" when there are none. They have the words of a locked user and say
// nothing of the kind.
func boundTo(words []string) refusal {
	const between = 2 // words between "to" and the way
	if slices.ContainsFunc(words, isFailedTry) {
		return "" // these lock a user, whatever else is said
	}
	for i, word := range words {
		switch word {
		case "locked", "lock", "blocked", "restricted", "limited", "bound", "tied", "pinned", "confined":
		default:
			continue
		}
		if i+1 == len(words) || !binds(word, words[i+1]) {
			continue
		}
		for _, next := range words[i+2 : min(i+3+between, len(words))] {
			switch next {
			case "sso", "single", "saml", "idp", "identity", "adfs", "federated", "federation":
				return refusedSSO
			case "directory", "domain", "cloud", "ad", "ldap", "kerberos", "windows", "basic":
				return refusedType
			case "protect", "prevent", "avoid", "stop", "secure", "keep", "until":
				return "" // why the user is locked, or how long
			}
		}
	}
	return ""
}

// isFailedTry knows the words for tries that failed.
func isFailedTry(word string) bool {
	switch word {
	case "fail", "failed", "failure", "failures", "failing", "attempt", "attempts", "tries":
		return true
	default:
		return false
	}
}

// binds tells whether a word after "locked" and its like begins what the user is bound to or kept from. "Locked for" tells why, and
// "locked from" by whom.
func binds(word, after string) bool {
	switch after {
	case "to", "into":
		return true
	case "for", "from":
		return word != "locked" && word != "lock"
	default:
		return false
	}
}

// hasInOrder tells whether the words are in the text in their order, with at most two words between one and the next.
func hasInOrder(text, words []string) bool {
	const between = 2
	for i, word := range text {
		if word != words[0] {
			continue
		}
		at, found := i, true
		for _, next := range words[1:] {
			hit := -1
			for j := at + 1; j < len(text) && j <= at+1+between; j++ {
				if text[j] == next {
					hit = j
					break
				}
			}
			if hit < 0 {
				found = false
				break
			}
			at = hit
		}
		if found {
			return true
		}
	}
	return false
}

// plainWords splits a code or a message: err_login_locked, UserLocked and "user is locked" are the same to it. Words that
// say nothing are left out.
func plainWords(text string) []string {
	return slices.DeleteFunc(allWords(text), func(word string) bool {
		switch word {
		case "the", "a", "an", "is", "was", "been", "for", "this", "to", "your", "of":
			return true
		default:
			return false
		}
	})
}

// allWords is plainWords with the words that say nothing.
func allWords(text string) []string {
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
	return strings.Fields(b.String())
}

// UserLocked tells whether Mimecast says that the service user is locked, so that nothing more may be sent with its password:
// further tries keep it locked.
func UserLocked(err error) bool {
	var e *Error
	return errors.As(err, &e) && refusalOf(e) == refusedLocked
}

// meaningOfWords is one sentence on a refusal whose words are clear.
func meaningOfWords(why refusal, e *Error) string {
	what := "Mimecast refused the call: "
	if e.isSignIn() {
		what = "Mimecast refused the sign-in: "
	}
	switch why {
	case refusedLocked:
		return what + "the service user is locked."
	case refusedDisabled:
		return what + "the service user is disabled."
	case refusedExpired:
		return what + "the service user's password has expired."
	case refusedSSO:
		return what + "the service user signs in by single sign-on."
	case refusedType:
		return what + "the service user cannot sign in with this type of password."
	case refusedAddress:
		return what + "it came from an address that is not permitted."
	case refusedPermission:
		return what + "the service user has no permission for it."
	case refusedApp:
		return what + "Mimecast does not know this application ID."
	default:
		return ""
	}
}

// The console's paths for a service user.
const (
	internalUsers = "Directories > Internal Directories > the domain > the user"
	authProfiles  = "Services > Applications > Authentication Profiles"
)

// fixOfWords is what to do about a refusal whose words are clear.
func fixOfWords(why refusal, e *Error, c circumstances) remedy {
	switch why {
	case refusedLocked:
		return do("Do not try again before the user is unlocked: each try keeps it locked. Unlock it in the console: " + internalUsers +
			". Then sign in once with the right password.")
	case refusedDisabled:
		return do("Enable the service user in the console: " + internalUsers + ".")
	case refusedExpired:
		return doAt(WhereSignIn, "Give the service user a new password that does not expire: "+internalUsers+
			". A new password ends the keys that the user has.")
	case refusedSSO:
		return do("Switch single sign-on off in the user's profile, or use a user without it: " + authProfiles +
			". That goes for the console as well: keys cannot be created there either while single sign-on is on.")
	case refusedType:
		return doAt(WhereSignIn, "Choose the other type: Cloud is the password that Mimecast holds, Domain that of your directory. "+
			"The user's profile says which types it allows: "+authProfiles+". A user with a second step may be refused like this whatever the type. "+
			"Then create the keys in the console: "+createKeys+".")
	case refusedAddress:
		return do("Permit this machine's public address in both places. One is for administrators: " + adminIPRanges +
			". The other is for applications: " + loginIPRanges + ".")
	case refusedApp:
		return doAt(WhereApplication, "Check the application ID, and that the application's status is Enabled: "+applications+".")
	case refusedPermission:
		if !e.isSignIn() {
			return fixOfPermission10(e, c)
		}
		return do("Give the service user an administrator role that may use applications: " + roles + ". Then try again after a few minutes.")
	default:
		return remedy{}
	}
}
