package client

// Verdict is what a run of Check comes to as a whole.
type Verdict struct {
	// OK tells that the credential was accepted, that nothing failed or was cut off, and that not everything that may fail did.
	// Other warnings and skipped checks do not count (exit code 0 of the command line).
	OK bool
	// AllRight is OK without a warning.
	AllRight bool
	// Accepted tells that Mimecast accepted the credential.
	Accepted bool
	// Refused tells that Mimecast turned the credential down (exit code 3).
	Refused bool
	// Unjudged tells that a check could not be judged, as without a network (exit code 4).
	Unjudged bool
	// NothingWorks tells that every call of the plan's that was made failed, whether or not it may fail by itself. Whoever would
	// use the credential could do nothing with it.
	NothingWorks bool
	// Canceled tells that the run was called off before its end.
	Canceled bool
	// Passed, Warnings, Failed and Skipped count the checks by their state.
	Passed, Warnings, Failed, Skipped int
	// Account is the tenant that answered; nil when none told.
	Account *Account
}

// MayContinue tells whether using the credential although something is wrong makes sense: something was checked, and
// Mimecast did not refuse it.
func (v Verdict) MayContinue() bool {
	return !v.AllRight && !v.Refused && v.Passed+v.Warnings+v.Failed+v.Skipped > 0
}

// Judge sums up results of Check, also those of a run that was cut off. No results are no success.
func Judge(results []Result) Verdict {
	var v Verdict
	for _, r := range results {
		switch r.State {
		case Passed:
			v.Passed++
			v.Accepted = v.Accepted || r.ID == CheckCredentials
		case Warning:
			v.Warnings++
		case Failed:
			v.Failed++
			v.Refused = v.Refused || r.Kind.Refused()
			v.Unjudged = v.Unjudged || r.Kind.Unjudged()
		case Skipped:
			v.Skipped++
		}
		v.Canceled = v.Canceled || r.Kind == Canceled
		if v.Account == nil {
			v.Account = r.Account
		}
	}
	if failed := allFailed(results); len(failed) > 0 {
		v.NothingWorks = true
		for _, r := range failed {
			v.Refused = v.Refused || r.Kind.Refused()
			v.Unjudged = v.Unjudged || r.Kind.Unjudged()
		}
	}
	v.OK = v.Accepted && v.Failed == 0 && !v.NothingWorks && !v.Canceled
	v.AllRight = v.OK && v.Warnings == 0
	return v
}

// allFailed gives the product's calls that were made when every one of them failed; nothing otherwise. A warning with a Kind is
// a failure of a call that may fail by itself: all of them together may not.
func allFailed(results []Result) []Result {
	var failed []Result
	for _, r := range results {
		switch {
		case r.ID == CheckReach, r.ID == CheckClock, r.ID == CheckCredentials, r.ID == CheckAccount, r.State == Skipped:
		case r.State == Passed, r.Kind == "":
			return nil
		default:
			failed = append(failed, r)
		}
	}
	return failed
}

// Confirmed tells whether results show that Mimecast accepts the credential where it counts: for a call that reads data. A token
// of API 2.0 alone shows nothing of the kind, since it is given before anything is read with it. What counts is the account,
// or one of the product's calls; a call that Mimecast refuses for want of a permission, a product or a licence, or for a value,
// counts as well, because the credential comes before these. Where the account may not be read and nothing else was called,
// that refusal has to do.
func Confirmed(results []Result) bool {
	if !Judge(results).Accepted {
		return false
	}
	called, account := false, false
	for _, r := range results {
		switch r.ID {
		case CheckReach, CheckClock, CheckCredentials:
		case CheckAccount:
			if r.State == Passed {
				return true
			}
			account = r.beyondCredential()
		default:
			if r.State == Passed || r.beyondCredential() {
				return true
			}
			called = called || r.State != Skipped
		}
	}
	return account && !called
}

// beyondCredential tells whether Mimecast refused a call for something that it looks at only once it has accepted the credential.
func (r Result) beyondCredential() bool {
	switch r.Kind {
	case MissingPermission, MissingProduct, NotLicensed, Validation:
		return r.HTTPStatus != 0
	default:
		return false
	}
}

// Confirming is the plan of a live call that shows whether a credential is accepted: the account, and the plan's first call that
// can be made for where the account may not be read.
func (p Plan) Confirming() Plan {
	confirming := Plan{AccountOptional: true, Domain: p.Domain}
	for _, probe := range p.Probes {
		if p.Domain != "" || !probe.wantsDomain() {
			confirming.Probes = []Probe{probe}
			break
		}
	}
	return confirming
}
