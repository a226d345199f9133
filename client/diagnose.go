package client

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// Diagnosis is what a failure means and what to do about it.
type Diagnosis struct {
	Kind Kind
	// Meaning is one plain sentence.
	Meaning string
	// Fix is what to do, with the console's menu path where the console is the place.
	Fix string
	// Where is which part of the set-up Fix is carried out in, so that each front can say how one gets there.
	Where Where
}

// circumstances are what is known of a call beside its failure.
type circumstances struct {
	api        API
	products   []string
	permission string
	// domainSent tells that the internal domain was part of the call.
	domainSent bool
	// found is what the whole run has shown; nil before its end, and for a call that belongs to none.
	found *findings
	// history is what is known from before, passedBefore that the very same check passed then.
	history      History
	passedBefore bool
	// successor is the product of API 2.0 that replaces one of API 1.0.
	successor string
	// needs are what several calls need whose failures have one cause; nil for one call.
	needs *needs
	// hostSuspected tells that the advice begins with the host, so that nothing else need speak of it.
	hostSuspected bool
}

// Diagnose explains any error of this package, and any other as far as it can. A nil error gives the zero Diagnosis.
func Diagnose(err error, api API) Diagnosis {
	return diagnose(err, circumstances{api: api})
}

// FixFor says what to do about a kind of failure, naming the products and the permission that the call needs as far as they
// are known; any one of the products lets the call through.
func FixFor(kind Kind, api API, products []string, permission string) string {
	return fixFor(&Error{Kind: kind}, circumstances{api: api, products: products, permission: permission}).text
}

func diagnose(err error, c circumstances) Diagnosis {
	if err == nil {
		return Diagnosis{}
	}
	var second *SecondFactorError
	if errors.As(err, &second) {
		return diagnoseSecondFactor(second)
	}
	var wrong *WrongAPIError
	if errors.As(err, &wrong) {
		return Diagnosis{
			Kind:    WrongAPI,
			Meaning: fmt.Sprintf("%s is a host of API %s, and this set-up is for API %s.", wrong.Host, wrong.Got, wrong.Want),
			Fix:     "Use " + wrong.Offer.BaseURL + ", or choose API " + string(wrong.Got) + ".",
			Where:   WhereRegion | WhereAPI,
		}
	}
	e := asError(err)
	c.hostSuspected = suspectsHost(e, c)
	fix := fixFor(e, c)
	if c.hostSuspected {
		fix = suspectHost(e, c, fix)
	}
	if e.isSignIn() {
		fix.where &^= WhereLater // a sign-in is never repeated
	}
	return Diagnosis{Kind: e.Kind, Meaning: meaningOf(e, c), Fix: fix.text, Where: fix.where}
}

func diagnoseSecondFactor(e *SecondFactorError) Diagnosis {
	d := Diagnosis{
		Kind:    InvalidCredentials,
		Meaning: "Mimecast wants a one-time code before it gives keys.",
		Fix:     "Enter the code that was sent to the service user. If none arrives, create the keys in the console instead: " + createKeys + ".",
		Where:   WhereCode,
	}
	if e.Wrong {
		d.Meaning = "Mimecast refused the one-time code."
		d.Fix = "Enter the newest code, or have another one sent. If codes keep being refused, create the keys in the console instead: " + createKeys + "."
	}
	return d
}

// refusal is why Mimecast refused, where its own words are clear. Only a call of API 1.0 is made as a service user; a restricted
// address is one for both.
func (c circumstances) refusal(e *Error) refusal {
	why := refusalOf(e)
	if e.afterAccepted || c.api != API10 && !e.isSignIn() && why != refusedAddress {
		return ""
	}
	return why
}

// clockAgrees tells whether this machine's clock is known to be right although a call was refused for its date.
func (e *Error) clockAgrees() bool { return e.dated && e.Skew.Abs() <= noticeableSkew }

// isSignIn tells whether a failure is that of a sign-in with a password.
func (e *Error) isSignIn() bool { return strings.HasSuffix(e.Op, loginPath) }

// isToken tells whether a failure is that of the request for a token.
func (e *Error) isToken() bool { return strings.HasSuffix(e.Op, tokenPath) }

// meaningOf is one plain sentence on a failure.
func meaningOf(e *Error, c circumstances) string {
	api := c.api
	if why := c.refusal(e); why != "" {
		return meaningOfWords(why, e)
	}
	if e.between() {
		return meaningOfBetween(e)
	}
	switch e.Kind {
	case InvalidCredentials:
		return meaningOfRefusal(e, api)
	case MissingProduct:
		if e.isToken() {
			return "Mimecast gave no token: it knows no product of this application."
		}
		return meaningOfKind(e.Kind, api)
	case ClockSkew:
		return meaningOfSkew(e)
	case Timeout:
		return meaningOfTimeout(e)
	case Network:
		return meaningOfNetwork(e)
	case DNS:
		return nameOfHost(e) + " could not be looked up."
	case TLS:
		return meaningOfTLS(e)
	case ProxyFailed:
		return meaningOfProxy(e)
	case BadResponse:
		return meaningOfBadResponse(e)
	case WrongAPI:
		if e.ended {
			return "Mimecast refused the call: API 1.0 may have ended for this account."
		}
		return meaningOfKind(e.Kind, api)
	case Server:
		return meaningOfServer(e, api)
	case RateLimited:
		if e.HTTPStatus != 0 && !e.mimecast {
			return "Mimecast, or something between this machine and Mimecast, limits how often this may be called. The limit is reached."
		}
		return "Mimecast limits how often this may be called, and the limit is reached."
	case Validation:
		return meaningOfValidation(e)
	case Unknown:
		return meaningOfUnknown(e, api)
	default:
		return meaningOfKind(e.Kind, api)
	}
}

// meaningOfKind is for the kinds that say it all by themselves.
func meaningOfKind(kind Kind, api API) string {
	switch kind {
	case UnknownApplication:
		return "Mimecast does not know this application ID."
	case ExpiredKeys:
		return "The access key has expired."
	case DisabledOrTooNew:
		return "The application is disabled, or it was created less than 30 minutes ago."
	case MissingProduct:
		return "The application has none of the products that this call needs."
	case MissingPermission:
		if api == API10 {
			return "The service user's role lacks a permission."
		}
		return "The application's role lacks a permission."
	case NotLicensed:
		return "The account has no licence for this."
	case WrongRegion:
		return "The account lives in another region."
	case WrongAPI:
		return "The credentials and the host belong to different generations of the API."
	case Server:
		return "Mimecast had a fault of its own, so that nothing could be judged."
	case Canceled:
		return "It was called off before it finished."
	default:
		return "The call failed in a way that is not known here."
	}
}

// nameOfHost names the host that has no address here: a misspelt one is seen at once.
func nameOfHost(e *Error) string {
	if e.host == "" {
		return "The name of the host"
	}
	return "The name of the host, " + e.host + ","
}

func meaningOfServer(e *Error, api API) string {
	if e.passing {
		return "Mimecast could not verify the token of this call, which it gave a moment ago. Nothing could be judged."
	}
	if errors.Is(e.Err, errHTML) {
		return fmt.Sprintf("A web page answered with HTTP %d: Mimecast has a fault, or a proxy in between does, so that nothing could be judged.", e.HTTPStatus)
	}
	if e.HTTPStatus >= http.StatusInternalServerError && !e.mimecast {
		return fmt.Sprintf("Mimecast, or something between this machine and Mimecast, has a fault (HTTP %d). Nothing could be judged.", e.HTTPStatus)
	}
	return meaningOfKind(Server, api)
}

func meaningOfUnknown(e *Error, api API) string {
	if e.afterAccepted {
		return meaningOfOneRefusal(api)
	}
	if e.HTTPStatus == http.StatusNotFound {
		return "Mimecast has no such call for this account."
	}
	if e.HTTPStatus == http.StatusMethodNotAllowed {
		return "The host does not accept a call of this kind at this address."
	}
	return "The call failed in a way that is not known here."
}

func meaningOfRefusal(e *Error, api API) string {
	switch {
	case e.isSignIn():
		return "Mimecast refused the sign-in."
	case e.Field == "secret_key":
		return "The secret key is not base64, so that no call can be signed with it."
	case e.everyCall:
		return "Mimecast gave a token and refused every call that was made with it."
	case e.everyProbe:
		return "Mimecast gave a token and refused every call that the integration makes."
	case api == API20:
		return "Mimecast refused the client ID and client secret. It does not say which of the two is wrong."
	case e.AccessKeyUnknown:
		return "Mimecast does not know this access key in this region."
	default:
		return "Mimecast refused the signature. Application key, access key and secret key cannot be told apart by its answer."
	}
}

// meaningOfOneRefusal is for a credential that was accepted otherwise.
func meaningOfOneRefusal(api API) string {
	if api == API10 {
		return "Mimecast accepted the same keys for another call and refused this one."
	}
	return "Mimecast accepted the client ID and client secret and refused this call."
}

func meaningOfSkew(e *Error) string {
	if e.clockAgrees() {
		return "Mimecast finds the date of the call too far off, although this machine's clock agrees with its own."
	}
	if e.Skew.Abs() < 2*time.Second {
		return "Mimecast finds the date of the call too far off."
	}
	return "This machine's clock is " + skewWords(e.Skew) + " Mimecast's, so that Mimecast refuses the call."
}

// skewWords says how far the clock is off, such as "17 minutes ahead of".
func skewWords(skew time.Duration) string {
	side := "ahead of"
	if skew < 0 {
		side = "behind"
	}
	return roughly(skew.Abs()) + " " + side
}

// Roughly is a duration in words, in its largest unit, such as "14 minutes".
func Roughly(d time.Duration) string { return roughly(d) }

// roughly is a duration in words, in its largest unit.
func roughly(d time.Duration) string {
	units := [...]struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}}
	for _, unit := range units {
		// From two units on the rounding is no longer misleading; one unit and a half is better said in the smaller one.
		if d >= 2*unit.size || unit.size == time.Second {
			n := int64(d.Round(unit.size) / unit.size)
			if n == 1 {
				return "1 " + unit.name
			}
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return ""
}

// during tells in which phase a call without reply failed; the texts are those of timing.
func (e *Error) during(phase string) bool {
	return e.Err != nil && strings.HasPrefix(e.Err.Error(), phase)
}

func meaningOfTimeout(e *Error) string {
	switch {
	case e.during("while looking up the name"):
		return nameOfHost(e) + " was not looked up in time."
	case e.during("while connecting"):
		return "No connection came about in time."
	case e.during("during the TLS handshake"):
		return "The host accepted the connection and did not finish the encrypted handshake in time."
	case e.during("while waiting for the reply"):
		return "The host accepted the call and did not answer in time."
	case e.during("while reading the reply"):
		return "The answer began and did not end in time."
	default:
		return "There was no answer in time."
	}
}

func meaningOfNetwork(e *Error) string {
	switch {
	case errors.Is(e.Err, syscall.ECONNREFUSED):
		return "The host refused the connection: nothing listens there."
	case errors.Is(e.Err, syscall.ENETUNREACH), errors.Is(e.Err, syscall.EHOSTUNREACH):
		return "There is no network route to the host."
	case e.during("while connecting"):
		return "No connection to the host came about."
	default:
		return "The connection was cut before an answer came."
	}
}

func meaningOfBadResponse(e *Error) string {
	var other tokenTypeError
	switch {
	case errors.As(e.Err, &other):
		return "The token is of the type " + string(other) + ", and Mimecast gives Bearer tokens only."
	case errors.Is(e.Err, errHTML):
		return "A web page answered in place of Mimecast's API: a proxy, a sign-on page, or the wrong host."
	case e.HTTPStatus >= 300 && e.HTTPStatus < 400:
		return "The host wants to send the call elsewhere, which is never followed with credentials."
	case e.isSignIn():
		return "Mimecast answered the sign-in without keys and without a reason."
	default:
		return "The answer is not one that Mimecast's API gives."
	}
}

func meaningOfValidation(e *Error) string {
	switch {
	case e.HTTPStatus == 0:
		return "A value is missing or cannot be right, so that nothing was sent."
	case strings.HasSuffix(e.Op, discoverPath):
		return "Mimecast named no region for this address."
	case e.Field != "":
		return "Mimecast did not accept a value of the call: " + e.Field + "."
	default:
		return "Mimecast did not accept a value of the call."
	}
}
