package client

import (
	"strconv"
	"strings"
	"time"
)

// State is how one check ended.
type State string

// The states. Their text is part of the command line's contract.
const (
	Passed  State = "passed"
	Warning State = "warning"
	Failed  State = "failed"
	Skipped State = "skipped"
)

// The ids of the checks that come first in every plan.
const (
	CheckReach       = "reach"
	CheckClock       = "clock"
	CheckCredentials = "credentials"
	CheckAccount     = "account"
)

// Result is one finished check.
type Result struct {
	ID    string
	Title string
	State State
	// Kind is empty when the check passed.
	Kind Kind
	// Method and Path name the call; empty for checks that are no call (clock).
	Method, Path string
	HTTPStatus   int
	// Code, Message and RequestID are Mimecast's own words.
	Code, Message, RequestID string
	Duration                 time.Duration
	// Detail is a short fact for the row, such as "within 1 s of Mimecast" or "Example Corp · CUSA00A000 · us".
	Detail string
	// Products and Permission are what the call needs, from the plan.
	Products   []string
	Permission string
	// Meaning is one plain sentence on what a failure means; Fix is what to do, with the console's menu path.
	Meaning, Fix string
	// Where is which part of the set-up Fix is carried out in, so that each front can say how one gets there.
	Where Where
	// Rows is how many rows the answer of a check that reads some held; nil when it reads none, or when that cannot be told.
	// A test asks for few rows, so that there may be more.
	Rows *int
	// Empty is what it may mean that Rows is 0.
	Empty string
	// cause is why it failed, as far as Check knows.
	cause *cause
	// Account is set by the check "account" when Mimecast told which account it is.
	Account *Account
}

// explained is r with what a diagnosis says; the kind stays.
func (r Result) explained(d Diagnosis) Result {
	r.Meaning, r.Fix, r.Where = d.Meaning, d.Fix, d.Where
	return r
}

// notRun begins the detail of a check that was left out because of what another one found.
const notRun = "not run: "

// NotRun tells whether the check was left out because of what another one found, rather than because it does not apply.
func (r Result) NotRun() bool { return r.State == Skipped && strings.HasPrefix(r.Detail, notRun) }

// Took is the duration in words, "" when nothing was timed.
func (r Result) Took() string {
	switch {
	case r.Duration <= 0:
		return ""
	case r.Duration < time.Millisecond:
		return "<1 ms"
	default:
		return strconv.FormatInt(r.Duration.Milliseconds(), 10) + " ms"
	}
}

// Account tells which tenant the credential belongs to, for the question "is this your tenant?".
type Account struct {
	Name   string
	Code   string
	Region string
	// Packages are the licensed packages as Mimecast lists them, such as "Awareness Training [1078]".
	Packages []string
	// CloudGateway and CloudIntegrated tell which platforms the tenant has, as far as whoami says (API 2.0 only).
	CloudGateway, CloudIntegrated bool
}

// Probe is one live call of a plan. Probes only read.
type Probe struct {
	// ID is <area>.<operation>, such as "message-finder.search".
	ID    string
	Title string
	// Method, Path and Body are the call; Body is nil for GET. {{from}}, {{to}}, {{domain}} and {{day}} in Path or Body
	// are replaced when the call is made (see Plan.Domain).
	Method, Path string
	Body         []byte
	// Products are alternatives: any one of them lets the call through (API 2.0).
	Products []string
	// Permission is the role's permission in the console's words.
	Permission string
	// Package is the licensed package that the call needs, such as "Awareness Training [1078]"; may be empty.
	Package string
	// Rows is where the rows are in a JSON answer, such as "data[0].clickLogs"; "" when the answer is no list, or a file.
	Rows string
	// Empty is what it may mean that there are none. A probe with neither reads no rows.
	Empty string
	// Optional makes a failure a warning.
	Optional bool
}

// Plan is what to check beyond the first four.
type Plan struct {
	// AccountOptional tells that the integration itself does not need the account: where the application may not read it,
	// the check is skipped, with the Kind kept; another failure of it is a warning.
	AccountOptional bool
	// Domain is an internal domain for probes that need one; without it they are skipped with that reason.
	Domain string
	// ApplicationCreatedAt, when known, lets a refusal within 30 minutes be told as "too new" (API 1.0).
	ApplicationCreatedAt time.Time
	// History is what is known of the credential from before; zero for one that was never used.
	History History
	// Successor is the product of API 2.0 that replaces the plan's product of API 1.0; "" when there is none.
	Successor string
	Probes    []Probe
}

// Step is one line of a plan, known before it ran.
type Step struct{ ID, Title string }

// Steps lists what Check will report, in order.
func (p Plan) Steps() []Step {
	steps := []Step{
		{CheckReach, "Reach Mimecast"},
		{CheckClock, "Clock"},
		{CheckCredentials, "Credentials"},
		{CheckAccount, "Account"},
	}
	for _, probe := range p.Probes {
		steps = append(steps, Step{probe.ID, probe.Title})
	}
	return steps
}
