package client

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"mimecred/client/secret"
)

const (
	// noticeableSkew is from where the clock is worth a warning.
	noticeableSkew = 2 * time.Minute
	// settling is how long a new application of API 1.0 may be refused (Mimecast KB 34000328220691).
	settling = 30 * time.Minute
)

func errMissing(what string) *Error {
	return &Error{Kind: Validation, Err: errors.New("missing: " + what)}
}

// step is what the first call of a plan is, for the row of the credentials.
type step struct{ method, path string }

func tokenStep() step   { return step{http.MethodPost, tokenPath} }
func accountStep() step { return step{http.MethodPost, accountPath} }

// title gives a step's title as Plan.Steps has it.
func (r *checkRun) title(id string) string {
	for _, s := range (Plan{}).Steps() {
		if s.ID == id {
			return s.Title
		}
	}
	return ""
}

func (r *checkRun) row(id string) Result { return Result{ID: id, Title: r.title(id)} }

// fail fills a row from a failure. What was called off is skipped, not failed.
func (r *checkRun) fail(row Result, e *Error) Result {
	row.State, row.Kind = Failed, e.Kind
	row.HTTPStatus, row.Code, row.Message, row.RequestID = e.HTTPStatus, e.Code, e.Message, e.RequestID
	at := r.at(row)
	row.cause = &cause{failure: *e, at: at}
	row = row.explained(diagnose(e, at))
	switch {
	case e.Kind == Canceled:
		row.State, row.Detail = Skipped, "called off"
	case e.Err != nil && row.Message == "":
		row.Detail = plainText(e.Err.Error())
	}
	return row
}

// at are the circumstances of a check.
func (r *checkRun) at(row Result) circumstances {
	return circumstances{
		api: r.api(), products: row.Products, permission: row.Permission, domainSent: r.sentDomain(row.ID),
		history: r.plan.History, passedBefore: r.plan.History.passed(row.ID), successor: r.plan.Successor,
	}
}

func skip(row Result, why string) Result {
	row.State, row.Detail = Skipped, why
	return row
}

// stopAt reports a failure at one check and skips all others.
func (r *checkRun) stopAt(id string, failure *Error) {
	why := notRun + "nothing was sent"
	for _, s := range r.plan.Steps() {
		if s.ID == id {
			r.emit(r.fail(r.row(id), failure))
		} else {
			r.emit(r.skipped(s, why, failure))
		}
	}
}

// skipped is the row of a check that did not run.
func (r *checkRun) skipped(s Step, why string, failure *Error) Result {
	row := Result{ID: s.ID, Title: s.Title}
	for _, p := range r.plan.Probes {
		if p.ID == s.ID {
			row = p.row()
		}
	}
	row = skip(row, why)
	if failure.Kind == Canceled {
		row.Kind, row.Detail = Canceled, "called off"
	}
	return row
}

// skipFrom skips every check from the n-th on.
func (r *checkRun) skipFrom(n int, why string, failure *Error) {
	r.cancel()
	for _, s := range r.plan.Steps()[n:] {
		r.emit(r.skipped(s, why, failure))
	}
}

// opening reports reach, clock and credentials from the first call. proven says that this call or another one showed the
// credentials to be accepted. It tells whether to go on; if not, it has skipped the rest.
func (r *checkRun) opening(first outcome, call step, proven bool) bool {
	reach := r.row(CheckReach)
	reach.Method, reach.Path = call.method, call.path
	reach.Duration = first.took
	if !proven && !reached(first) {
		reach = r.fail(reach, first.failure)
		r.emit(reach)
		r.skipFrom(1, notRun+"Mimecast was not reached", first.failure)
		return false
	}
	reach.State, reach.HTTPStatus, reach.RequestID = Passed, first.reply.HTTPStatus, first.reply.RequestID
	reach.Duration, _ = first.reply.timing.times()
	reach.Detail = r.client.host()
	if detail := first.reply.timing.detail(); detail != "" {
		reach.Detail += " · " + detail
	}
	r.emit(reach)
	r.emit(r.clock(first))

	row := r.row(CheckCredentials)
	row.Method, row.Path, row.Duration = call.method, call.path, first.took
	if proven {
		row.State, row.HTTPStatus, row.RequestID = Passed, first.reply.HTTPStatus, first.reply.RequestID
		row.Detail = "accepted"
		r.emit(row)
		return true
	}
	failure := first.failure
	if r.api() == API10 {
		failure = first.unjudged()
	}
	r.emit(r.refused(row, failure))
	r.skipFrom(3, notRun+whyNotGoOn(failure), failure)
	return false
}

// whyNotGoOn says why the checks after the credentials are left out.
func whyNotGoOn(failure *Error) string {
	if failure.Kind.Refused() && failure.Kind != ClockSkew {
		return "the credentials were not accepted"
	}
	return "the credentials could not be judged"
}

// unjudged is why a first call does not prove the credentials. What neither proves nor refutes them leaves them unjudged,
// whatever it would mean on its own.
func (o outcome) unjudged() *Error {
	e := Error{}
	switch {
	case o.failure != nil:
		e = *o.failure
	default:
		e.HTTPStatus, e.RequestID, e.Skew = o.reply.HTTPStatus, o.reply.RequestID, o.reply.Skew
	}
	if o.failure == nil || !o.refused() && !e.Kind.Unjudged() && !e.byAddress {
		e.Kind, e.Err = BadResponse, errUnjudged
	}
	return &e
}

// errUnjudged is shown where Mimecast's own words are missing.
var errUnjudged = errors.New("the answer does not come from a Mimecast that has judged the credentials")

// reached tells whether what answered can have been Mimecast.
func reached(first outcome) bool {
	if first.reply == nil {
		return false
	}
	e := first.failure
	return e == nil || e.Kind == Server || e.Kind != ProxyFailed && !errors.Is(e.Err, errHTML) && (e.HTTPStatus < 300 || e.HTTPStatus > 399)
}

func (r *checkRun) clock(first outcome) Result {
	row := r.row(CheckClock)
	skew := first.reply.Skew
	row.HTTPStatus = first.reply.HTTPStatus
	switch {
	case first.failure != nil && first.failure.Kind == ClockSkew:
		return r.fail(row, first.failure)
	case first.reply.Date.IsZero():
		return skip(row, "the reply does not tell Mimecast's time")
	case skew.Abs() > noticeableSkew:
		row.State, row.Kind = Warning, ClockSkew
		row.Detail = skewWords(skew) + " Mimecast"
		row.Meaning = "This machine's clock is " + row.Detail + "."
		row.Fix = FixFor(ClockSkew, r.api(), nil, "")
	default:
		row.State = Passed
		row.Detail = "within " + roughly(max(skew.Abs(), time.Second)) + " of Mimecast"
	}
	return row
}

// refused is the row of credentials that were not accepted, or could not be judged.
func (r *checkRun) refused(row Result, failure *Error) Result {
	e := *failure
	if e.Kind == ClockSkew {
		return skip(row, "not judged: the clock comes first")
	}
	if e.Kind == InvalidCredentials {
		if pair, ok := r.credential.(OAuth); ok && isLegacyPair(pair) {
			e.Kind = WrongAPI
		}
	}
	left := settling - r.client.now().Sub(r.plan.ApplicationCreatedAt)
	tooNew := e.Kind == UnknownApplication && !r.plan.ApplicationCreatedAt.IsZero() && left > 0
	if tooNew {
		e.Kind = DisabledOrTooNew
	}
	row = r.fail(row, &e)
	switch {
	case tooNew:
		row.Meaning = "The application was created less than 30 minutes ago and is not known everywhere yet."
		row.Fix = fmt.Sprintf("Wait another %s and try again. If it is still refused then, check the application ID and that its status is Enabled: %s.",
			roughly(left), applications)
	case e.Kind == InvalidCredentials && r.plan.History.PassedAt.IsZero():
		if hints := r.hints(); hints != "" {
			row.Fix += " " + hints
		}
	}
	return row
}

// hints are what looks odd about the values that were refused.
func (r *checkRun) hints() string {
	values := map[string]secret.Value{}
	order := []string{}
	add := func(field string, v secret.Value) {
		values[field] = v
		order = append(order, field)
	}
	switch c := r.credential.(type) {
	case OAuth:
		add(FieldClientID, secret.New(c.ClientID))
		add(FieldClientSecret, c.ClientSecret)
	case Legacy:
		add(FieldApplicationID, secret.New(c.ApplicationID))
		add(FieldApplicationKey, c.ApplicationKey)
		add(FieldAccessKey, c.AccessKey)
		add(FieldSecretKey, c.SecretKey)
	}
	var said []string
	for _, field := range order {
		for _, hint := range ShapeHints(field, values[field], values) {
			said = append(said, "About the "+fieldName(field)+": "+strings.ToLower(hint[:1])+hint[1:])
		}
	}
	if length := lengthOfSecret(r.credential); length != "" {
		said = append(said, length)
	}
	return strings.Join(said, " ")
}
