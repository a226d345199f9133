package client

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// facts are what the account tells about which probes make sense.
type facts struct {
	account  Account
	identity *Identity
}

// identity reads whoami; nil when it did not answer. It is no check of its own: an application without Account Management
// may still do all that the integration needs.
func (r *checkRun) identity(one outcome) *Identity {
	if one.failure != nil {
		return nil
	}
	identity, failure := readIdentity(one.reply)
	if failure != nil {
		return nil
	}
	return &identity
}

// account reports the check "account".
func (r *checkRun) account(one outcome, identity *Identity) facts {
	row := r.row(CheckAccount)
	call := accountRequest()
	row.Method, row.Path, row.Duration = call.Method, call.Path, one.took
	row.Permission = "Account | Dashboard | Read"
	if r.api() == API20 {
		row.Products = []string{"accountmanagement"}
	}
	failure := one.failure
	var account Account
	if failure == nil {
		account, failure = readAccount(one.reply)
	}
	if identity != nil {
		account.CloudGateway = identity.CloudGateway != ""
		account.CloudIntegrated = identity.CloudIntegrated != ""
		if account.Code == "" {
			account.Code = identity.CloudGateway + identity.CloudIntegrated
			if identity.CloudGateway != "" {
				account.Code = identity.CloudGateway
			}
		}
	}
	if account.Name+account.Code != "" {
		row.Account = &account
	}
	switch {
	case failure == nil:
		row.State, row.HTTPStatus, row.RequestID = Passed, one.reply.HTTPStatus, one.reply.RequestID
		row.Detail = account.words()
	case absentOnCloudIntegrated(failure, identity):
		row.State, row.HTTPStatus, row.RequestID = Passed, failure.HTTPStatus, failure.RequestID
		row.Detail = account.words() + " · Cloud Integrated"
	default:
		row = r.fail(row, failure)
		if r.plan.AccountOptional && row.State == Failed {
			row = spared(row)
		}
	}
	r.known = facts{account: account, identity: identity}
	r.emit(row)
	return r.known
}

// spared is a failed account check of a plan that does without the account. That the application may not read it is as it
// should be for one that has only what its product needs, so that there is nothing to mend; anything else is a warning.
func spared(row Result) Result {
	if row.Kind != MissingProduct && row.Kind != MissingPermission {
		row.State = Warning
		return row
	}
	row = row.explained(Diagnosis{})
	return skip(row, "not needed: the product does not read the account")
}

// absentOnCloudIntegrated tells that a call does not exist because the tenant has Cloud Integrated alone: such tenants
// answer calls of the Cloud Gateway with 404 (billkindle/pwshMimecast), or as belonging to no product.
func absentOnCloudIntegrated(e *Error, identity *Identity) bool {
	return identity != nil && identity.CloudIntegratedOnly() && (e.HTTPStatus == http.StatusNotFound || e.Kind == MissingProduct)
}

// words are the account on one line, such as "Example Corp · CUSA00A000 · us".
func (a Account) words() string {
	var parts []string
	for _, part := range []string{a.Name, a.Code, a.Region} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

const (
	placeFrom   = "{{from}}"
	placeTo     = "{{to}}"
	placeDay    = "{{day}}"
	placeDomain = "{{domain}}"
)

func (r *checkRun) lacksDomain(p Probe) bool { return r.plan.Domain == "" && p.wantsDomain() }

// wantsDomain tells whether the internal domain is part of the call.
func (p Probe) wantsDomain() bool {
	return strings.Contains(p.Path, placeDomain) || bytes.Contains(p.Body, []byte(placeDomain))
}

// sentDomain tells whether the internal domain was part of the call of a check.
func (r *checkRun) sentDomain(id string) bool {
	for _, p := range r.plan.Probes {
		if p.ID == id {
			return r.plan.Domain != "" && p.wantsDomain()
		}
	}
	return false
}

// request fills the placeholders: the last hour in the form of Mimecast's API, today in UTC, and the domain.
func (p Probe) request(domain string, now time.Time) Request {
	const form = "2006-01-02T15:04:05-0700"
	now = now.UTC()
	values := []string{
		placeFrom, now.Add(-time.Hour).Format(form),
		placeTo, now.Format(form),
		placeDay, now.Format(time.DateOnly),
		placeDomain, domain,
	}
	inPath, inBody := make([]string, len(values)), make([]string, len(values))
	for i, value := range values {
		inPath[i], inBody[i] = value, value
		if i%2 == 1 {
			inPath[i], inBody[i] = url.QueryEscape(value), inJSON(value)
		}
	}
	request := Request{Method: p.Method, Path: strings.NewReplacer(inPath...).Replace(p.Path), ReadOnly: true}
	if p.Body != nil {
		request.Body = []byte(strings.NewReplacer(inBody...).Replace(string(p.Body)))
	}
	return request
}

// inJSON escapes text for the inside of a JSON string.
func inJSON(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		return ""
	}
	return string(quoted[1 : len(quoted)-1])
}

// row is the probe's row before it ran.
func (p Probe) row() Result {
	path, _, _ := strings.Cut(p.Path, "?")
	method := p.Method
	if method == "" {
		method = http.MethodPost
	}
	return Result{
		ID: p.ID, Title: p.Title, Method: method, Path: path,
		Products: p.Products, Permission: p.Permission,
	}
}

// probe reports one of the plan's calls.
func (r *checkRun) probe(one outcome, known facts) {
	p := r.plan.Probes[one.probe]
	row := p.row()
	row.Duration = one.took
	if r.lacksDomain(p) {
		r.emit(skip(row, "needs an internal domain, and none was given"))
		return
	}
	if !known.account.licensed(p.Package) {
		row.Kind = NotLicensed
		row = row.explained(diagnose(&Error{Kind: NotLicensed}, circumstances{api: r.api()}))
		r.emit(skip(row, "the account is not licensed for "+p.Package))
		return
	}
	if one.failure == nil {
		row.State, row.HTTPStatus, row.RequestID = Passed, one.reply.HTTPStatus, one.reply.RequestID
		r.emit(p.withRows(row, one.reply))
		return
	}
	if emptyAnswer(p.Path, one.failure) {
		row.State, row.HTTPStatus, row.RequestID = Passed, one.failure.HTTPStatus, one.failure.RequestID
		row.Message = one.failure.Message
		r.emit(p.withCount(row, 0))
		return
	}
	if why := wrongPlatform(p.Path, one.failure, known.identity); why != "" {
		row.Kind, row.HTTPStatus, row.RequestID = NotLicensed, one.failure.HTTPStatus, one.failure.RequestID
		r.emit(skip(row, why))
		return
	}
	// Probes are reported only once the credential was accepted.
	failure := *one.failure
	failure.oneCallOnly()
	row = r.fail(row, &failure)
	if p.Optional && row.State == Failed {
		row.State = Warning
	}
	r.emit(row)
}

// wrongPlatform says why a call that failed does not apply to the tenant; "" when it does.
func wrongPlatform(path string, e *Error, identity *Identity) string {
	// What could not be judged says nothing about the platform.
	if identity == nil || e.Kind.Unjudged() && e.HTTPStatus != http.StatusNotFound {
		return ""
	}
	path, _, _ = strings.Cut(path, "?")
	gateway := strings.Contains(path, "/cloud-gateway/") || strings.HasSuffix(path, "/cg")
	integrated := strings.Contains(path, "/cloud-integrated/") || strings.HasSuffix(path, "/ci")
	switch {
	case identity.CloudIntegratedOnly() && (gateway || absentOnCloudIntegrated(e, identity) && !integrated):
		return "the tenant has Cloud Integrated alone, and this is a call of the Cloud Gateway"
	case integrated && identity.CloudIntegrated == "" && identity.CloudGateway != "":
		return "the tenant has no Cloud Integrated"
	default:
		return ""
	}
}
