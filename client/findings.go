package client

import (
	"slices"
	"strings"
)

// findings are what the calls of one run tell about each other. They decide what a single refusal leaves open, so that no
// advice speaks of something that the run has excluded.
type findings struct {
	// accepted counts the calls whose answer shows that Mimecast accepted the credential: those that passed, and those for which it
	// named a product, a permission or a licence.
	accepted int
	// probesAccepted is accepted without the account and whoami, which the integration itself need not call.
	probesAccepted int
	// passed counts the calls that passed.
	passed int
	// products and permissions are those that calls which passed have shown to be there.
	products, permissions map[string]bool
	// gateway tells that the tenant is known to have the Cloud Gateway.
	gateway bool
}

// hasProduct tells whether the application has one of the products.
func (f *findings) hasProduct(products []string) bool {
	if f == nil {
		return false
	}
	for _, id := range products {
		if f.products[id] {
			return true
		}
	}
	return false
}

// hasPermission tells whether the role has the permission.
func (f *findings) hasPermission(permission string) bool {
	return f != nil && permission != "" && f.permissions[permission]
}

// othersPassed tells whether another call passed at the same host with the same credential.
func (f *findings) othersPassed() bool { return f != nil && f.passed > 0 }

// cause is why a check failed, for advice that is given once the run has ended, or for several checks together.
type cause struct {
	failure Error
	at      circumstances
}

// postpone keeps the row of a data call that failed until the run has ended, because its advice depends on the others. The account
// comes before all other data calls, so that they wait for it. It tells whether the row was kept.
func (r *checkRun) postpone(row Result) bool {
	switch row.ID {
	case CheckReach, CheckClock, CheckCredentials:
		return false
	}
	r.rows = append(r.rows, row)
	failed := row.cause != nil && (row.State == Failed || row.State == Warning)
	if !failed && (len(r.postponed) == 0 || r.postponed[0].ID != CheckAccount) {
		return false
	}
	r.postponed = append(r.postponed, row)
	r.show()
	return true
}

// show tells the watcher of a run about results that are postponed, and that cannot become others any more.
func (r *checkRun) show() {
	if r.postponed[0].ID != CheckAccount || r.left {
		return
	}
	found := r.findings()
	for i, row := range r.postponed {
		failed := row.State == Failed || row.State == Warning
		switch {
		case i == 0 && failed && r.refusesAll(row, found):
			return // one call that passes is enough to show that the credential is accepted
		case i > 0 && failed, r.watched[row.ID]:
		default:
			r.watched[row.ID] = true
			r.watch(row)
		}
	}
}

// release gives the rows that were kept, in the order of the plan, with the advice that the whole run allows.
func (r *checkRun) release() {
	found := r.findings()
	late := r.postponed
	r.postponed = nil
	order := map[string]int{}
	for i, step := range r.plan.Steps() {
		order[step.ID] = i
	}
	slices.SortStableFunc(late, func(a, b Result) int { return order[a.ID] - order[b.ID] })
	for _, row := range late {
		if row.cause != nil && (row.State == Failed || row.State == Warning) {
			row = r.explainAgain(row, found)
		}
		r.give(row)
	}
}

func (r *checkRun) findings() *findings {
	f := &findings{products: map[string]bool{}, permissions: map[string]bool{}}
	if r.known.identity != nil {
		f.accepted++
		f.gateway = r.known.identity.CloudGateway != ""
	}
	for _, row := range r.rows {
		accepted := f.accepted
		switch {
		case row.State == Passed:
			f.accepted++
			f.passed++
			if len(row.Products) == 1 {
				f.products[row.Products[0]] = true
			}
			if row.Permission != "" {
				f.permissions[row.Permission] = true
			}
		case row.Kind == MissingPermission, row.Kind == MissingProduct, row.Kind == NotLicensed:
			if row.cause == nil || row.cause.failure.enveloped {
				f.accepted++
			}
		}
		if row.ID != CheckAccount {
			f.probesAccepted += f.accepted - accepted
		}
	}
	return f
}

// speaksOfToken tells whether a refusal is about the token, as token_expired is, rather than about whose it is.
func speaksOfToken(e *Error) bool { return slices.Contains(plainWords(e.Code+" "+e.Message), "token") }

// namesClient tells whether Mimecast's code says that it is the client whom it does not know.
func namesClient(e *Error) bool {
	return kindOfWords(e.Code, "") == InvalidCredentials && strings.Contains(strings.ToLower(e.Code), "client")
}

// refusesAll tells whether a refusal is one of the credential rather than of one call, as far as the run has come.
func (r *checkRun) refusesAll(row Result, found *findings) bool {
	e := &row.cause.failure
	all, allProbes := found.accepted == 0, found.probesAccepted == 0 && row.ID != CheckAccount && namesClient(e)
	return e.afterAccepted && r.api() == API20 && (all || allProbes) && !speaksOfToken(e)
}

// explainAgain explains a failed row once more, with what the whole run has shown. A token alone proves little: when every data call
// was refused with it, Mimecast does not accept the credential (SEKOIA-IO/automation-library issue 1263:
// InvalidClientIdentifier on each call after a token was given). The account call may still pass: where Mimecast says that it does
// not know the client on every call of the integration, the credential is of no use to it.
func (r *checkRun) explainAgain(row Result, found *findings) Result {
	why := *row.cause
	why.at.found = found
	e := &why.failure
	if r.refusesAll(row, found) {
		e.Kind, e.afterAccepted, e.everyCall, e.everyProbe = InvalidCredentials, false, found.accepted == 0, true
		row.State, row.Kind = Failed, e.Kind
	}
	row.cause = &why
	return row.explained(diagnose(&why.failure, why.at))
}
