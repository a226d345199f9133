package simulator

import "net/http"

// SecondFactor is what a user with a second factor is answered when signing in. The exchange of API 1.0 is published
// nowhere: all of these are assumed.
type SecondFactor string

// The shapes.
const (
	// Assumed sends a code, says so with bindingType "two_step" and no keys, and accepts the code as "verificationCode" of
	// the same call. A wrong code is refused and may be tried again; a code works once; asking again sends another.
	Assumed SecondFactor = "assumed"
	// UnknownCode answers HTTP 401 and an error that nobody knows.
	UnknownCode SecondFactor = "unknown-code"
	// FailIn200 answers HTTP 200 and an error that speaks of two-step authentication, whatever is sent.
	FailIn200 SecondFactor = "200-fail"
	// WithoutExchange answers HTTP 200 with bindingType "two_step" and no keys, whatever is sent.
	WithoutExchange SecondFactor = "two-step-without-exchange"
	// KeysThatFail answers HTTP 200 with keys that are refused on first use.
	KeysThatFail SecondFactor = "keys-that-fail"
)

// second answers a sign-in whose password was right and whose user has a second factor. It tells whether the sign-in
// may go on to its keys.
func (s *Server) second(c *call, email, code string) bool {
	shape := s.secondFactor
	if c.scenario.secondFactor != "" {
		shape = c.scenario.secondFactor
	}
	switch shape {
	case UnknownCode:
		c.refusedSignIn(email, fault{Code: "err_login_0f27", Message: "The request could not be completed"})
	case FailIn200:
		s.sendCode(email)
		c.failedFor(http.StatusOK, http.StatusOK, map[string]string{"username": email}, fault{
			Code: "err_login_two_step", Message: "Two-step authentication is required for this user",
		})
	case WithoutExchange:
		s.sendCode(email)
		c.twoStep(email)
	case KeysThatFail:
		// The keys have the right shape and belong to nobody.
		label := s.label("unbound")
		c.keys(Binding{AccessKey: s.mint.accessKey(label), SecretKey: s.mint.secretKey(label), Email: email},
			0, s.mint.userToken(label))
	default:
		return s.exchange(c, email, code)
	}
	return false
}

// exchange is the assumed shape.
func (s *Server) exchange(c *call, email, code string) bool {
	if code == "" {
		s.sendCode(email)
		c.twoStep(email)
		return false
	}
	if !s.spendCode(email, code) {
		c.refusedSignIn(email, fault{
			Code: "err_login_verification_code", Message: "The verification code is not valid", Retryable: true,
		})
		return false
	}
	return true
}

// twoStep says that a code was sent.
func (c *call) twoStep(email string) {
	c.data(`[{"bindingType":"two_step","username":` + encode(email) + `}]`)
}

// sendCode makes up a code; an older one is no longer valid.
func (s *Server) sendCode(email string) {
	s.mu.Lock()
	u := s.state.user(email)
	code := s.mint.code(s.state.number("code " + u.Email))
	s.state.codes[u.Email], s.state.last[u.Email] = code, code
	tell := s.onCode
	s.mu.Unlock()
	if tell != nil {
		tell(u.Email, code)
	}
}

// spendCode uses a code up; a wrong one leaves the right one valid.
func (s *Server) spendCode(email, code string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.state.user(email)
	want, sent := s.state.codes[u.Email]
	if !sent || want != code {
		return false
	}
	delete(s.state.codes, u.Email)
	return true
}

// Code gives the one-time code that was "sent" last to a user's phone, used or not; empty when none was.
func (s *Server) Code(email string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.state.user(email)
	if u == nil {
		return ""
	}
	return s.state.last[u.Email]
}
