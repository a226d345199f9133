package client

// Kind is what went wrong, in one word that scripts may rely on. The empty Kind means that nothing did.
type Kind string

// The kinds. The text of each is part of the command line's contract.
const (
	InvalidCredentials Kind = "invalid_credentials"
	UnknownApplication Kind = "unknown_application"
	ExpiredKeys        Kind = "expired_keys"
	DisabledOrTooNew   Kind = "disabled_or_too_new"
	MissingProduct     Kind = "missing_product"
	MissingPermission  Kind = "missing_permission"
	NotLicensed        Kind = "not_licensed"
	WrongRegion        Kind = "wrong_region"
	WrongAPI           Kind = "wrong_api"
	ClockSkew          Kind = "clock_skew"
	RateLimited        Kind = "rate_limited"
	Validation         Kind = "validation"
	Server             Kind = "server"
	BadResponse        Kind = "bad_response"
	Timeout            Kind = "timeout"
	Network            Kind = "network"
	DNS                Kind = "dns"
	TLS                Kind = "tls"
	ProxyFailed        Kind = "proxy"
	Canceled           Kind = "canceled"
	Unknown            Kind = "unknown"
)

// Kinds are all kinds, each once.
func Kinds() []Kind {
	return []Kind{
		InvalidCredentials, UnknownApplication, ExpiredKeys, DisabledOrTooNew, MissingProduct, MissingPermission, NotLicensed, WrongRegion,
		WrongAPI, ClockSkew, RateLimited, Validation, Server, BadResponse, Timeout, Network, DNS, TLS, ProxyFailed, Canceled, Unknown,
	}
}

// NeedsOtherValues tells whether the same values fail again however often they are tried: what was entered has to change first. Of
// the other kinds the cause is in the console, at Mimecast, on the way there or on this machine, so that another try may pass.
func (k Kind) NeedsOtherValues() bool {
	switch k {
	case InvalidCredentials, ExpiredKeys, WrongRegion, WrongAPI, Validation:
		return true
	default:
		return false
	}
}

// Refused tells whether Mimecast judged the credentials and turned them down (exit code 3 of the command line).
func (k Kind) Refused() bool {
	switch k {
	case InvalidCredentials, UnknownApplication, ExpiredKeys, DisabledOrTooNew, ClockSkew, WrongAPI, WrongRegion:
		return true
	default:
		return false
	}
}

// Unjudged tells whether the credentials could not be judged at all (exit code 4 of the command line).
func (k Kind) Unjudged() bool {
	switch k {
	case Network, DNS, TLS, ProxyFailed, Timeout, Server, BadResponse, RateLimited:
		return true
	default:
		return false
	}
}
