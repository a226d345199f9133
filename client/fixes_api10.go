package client

import (
	"fmt"
	"net/http"
)

// fix10 is what to do about a failure of API 1.0, for the kinds that are not the same for both generations.
func fix10(e *Error, c circumstances) remedy {
	switch e.Kind {
	case InvalidCredentials:
		return fixOfRefusal10(e)
	case UnknownApplication:
		return doAt(WhereApplication|WhereLater, "Check the application ID, which may be swapped with the key, and that its status is Enabled: "+applications+
			". A new application works from 30 minutes after it was created.")
	case DisabledOrTooNew:
		return doAt(WhereLater, "Wait until 30 minutes after the application was created, and check that its status is Enabled: "+applications+".")
	case ExpiredKeys:
		return fixOfExpired10()
	case MissingPermission, MissingProduct:
		// Applications of API 1.0 have no products; an unfamiliar refusal may be a missing licence.
		return fixOfPermission10(e, c)
	case NotLicensed:
		return do("Ask Mimecast or your partner for the package, or leave this out of the integration.")
	case WrongRegion:
		return doAt(WhereRegion, "Choose the account's region. The console's address or the account code (CUSA…, CUK…) tells it.")
	default:
		if e.afterAccepted {
			return do("The keys are right. Wait a few minutes and try again. If it stays:").then(fixOfPermission10(e, c))
		}
		return fixOfOther(e, c, "Some calls do not exist for Cloud Integrated tenants.")
	}
}

// fixOfExpired10 names renewing first: it keeps both keys, so that nothing has to be pasted anywhere (Mimecast KB
// 49448509755795 and its API documentation of login).
func fixOfExpired10() remedy {
	return doAt(WhereRenewal|WhereSignIn, "Renew the keys first: both stay the same, so that nothing has to be pasted anywhere. "+
		"Before that, set "+authenticTTL+" to Never Expires in the service user's profile, or they expire again. "+
		"If renewing is refused, create new keys, by signing in here as the service user or in the console: "+createKeys+".")
}

// fixOfOther is for what has no kind of its own; platform is the sentence on calls that a platform lacks.
func fixOfOther(e *Error, c circumstances, platform string) remedy {
	var fix remedy
	if e.HTTPStatus == http.StatusNotFound {
		if !c.found.othersPassed() {
			fix = doAt(WhereRegion, "Check the host.")
		}
		if c.found == nil || !c.found.gateway {
			return fix.then(do(platform))
		}
	}
	if c.found.othersPassed() {
		fix = fix.then(do("Other calls passed with the same credential, so that it is right."))
	}
	return fix.then(do("Try again in a few minutes.")).then(e.noted())
}

func fixOfRefusal10(e *Error) remedy {
	switch {
	case e.isSignIn():
		return doAt(WhereSignIn, "Check the password and the type: Cloud is the password that Mimecast holds, Domain that of your directory. "+
			"A user with a second step or single sign-on may be refused here whatever the password. Then create the keys in the console: "+
			createKeys+". Failed sign-ins can lock the user.")
	case e.Field == "secret_key":
		return doAt(WhereKeys, "Copy the secret key again, whole: 88 characters ending in ==. If it is lost, create new keys: "+createKeys+".")
	case e.AccessKeyUnknown:
		return doAt(WhereKeys|WhereRegion, "Copy the access key again, whole (about 150 characters), and check the region. "+
			"Keys end when the service user's password changes; then create new ones: "+createKeys+".")
	default:
		return doAt(WhereApplication|WhereKeys|WhereRegion, "Copy the application key, the access key and the secret key again, each whole. Check the region too. "+
			"The application key is under "+applications+". Lost or revoked keys are replaced there with Create Keys. "+
			"Restricted addresses also refuse calls: "+adminIPRanges+", and "+loginIPRanges+".")
	}
}

func fixOfPermission10(e *Error, c circumstances) remedy {
	fix := fixOfPermissions10(c.allPermissions(), familiarPermission(e) || c.found.hasPermission(c.permission))
	if c.found != nil && c.found.passed == 0 {
		fix = do("No call passed, so that the user may have no administrator role at all.").then(fix)
	}
	return fix
}

// fixOfPermissions10 names the permissions that a role needs; sure tells that it is not a missing licence.
func fixOfPermissions10(permissions []string, sure bool) remedy {
	fix := fmt.Sprintf("%s > the service user's role: tick %s, save, try again after a few minutes.", roles, ticked(permissions))
	if !sure {
		fix += " If that changes nothing, the account may not be licensed for it."
	}
	return do(fix)
}
