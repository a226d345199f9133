package simulator

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxWrongPasswords is how many wrong passwords lock a user. That failed sign-ins lock is documented; the number is a
// setting of each tenant and assumed here.
const maxWrongPasswords = 5

// label makes up a name for the next value of a kind.
func (s *Server) label(kind string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.number(kind)
}

// discover answers where a user's account lives: unsigned, on every host (agreed). The region it names is the
// simulator's own address.
func (s *Server) discover(c *call) {
	in, ok := s.unsigned(c)
	if !ok {
		return
	}
	email := in.text("emailAddress")
	s.mu.Lock()
	u := s.state.user(email)
	var token string
	if u != nil {
		token = s.mint.userToken("discover " + u.Email)
	}
	s.mu.Unlock()
	if u == nil || c.scenario.noRegion {
		// HTTP 200 and an item without "region" (agreed by three clients).
		c.data(`[{"emailAddress":` + encode(email) + `}]`)
		return
	}
	scheme := "http://"
	if c.r.TLS != nil {
		scheme = "https://"
	}
	// The keys are agreed; the values of "authenticate" are assumed.
	c.data(`[{"authenticate":["Basic-Cloud","Basic-Ad"],"emailAddress":` + encode(email) +
		`,"emailToken":"` + token + `","region":{"api":` + encode(scheme+c.r.Host) + `}}]`)
}

// unsigned tests what discover and login have in common: method, body, application ID, quota. It has answered when it
// gives false.
func (s *Server) unsigned(c *call) (item, bool) {
	if c.r.Method != http.MethodPost {
		c.json(http.StatusMethodNotAllowed, `{"meta":{"status":405},"data":[],"fail":[]}`)
		return item{}, false
	}
	r := s.take("1.0 unknown", unknownQuota(), c.now)
	r.header(c.w.Header())
	if r.exceeded {
		c.limited(r)
		return item{}, false
	}
	in, ok := parse(c.body)
	if !ok {
		c.w.WriteHeader(http.StatusBadRequest) // an empty body (agreed)
		return item{}, false
	}
	if id := c.r.Header.Get("X-Mc-App-Id"); !s.usable(c, "", id) {
		c.unknownApplication(id)
		return item{}, false
	}
	return in, true
}

// login answers a sign-in that creates keys, or renews those that the request names.
func (s *Server) login(c *call) {
	signInType, email, password, ok := credentials(c.r.Header.Get("Authorization"))
	if !ok {
		c.failed(http.StatusBadRequest, http.StatusBadRequest, fault{
			Code: "0001", Message: "Credentials are missing from the request.", // documented words
		})
		return
	}
	in, ok := s.unsigned(c)
	if !ok {
		return
	}
	if f := s.signIn(email, password); f != nil {
		c.refusedSignIn(email, *f)
		return
	}
	s.mu.Lock()
	u := *s.state.user(email)
	s.mu.Unlock()
	if c.scenario.noSignIn || !slices.Contains(u.Types, signInType) {
		c.refusedSignIn(email, fault{
			Code: "0001", Message: "Authentication type not supported for the user", // documented words
		})
		return
	}
	if u.TwoStep && !s.second(c, u.Email, strings.TrimSpace(in.text("verificationCode"))) {
		return
	}
	s.giveKeys(c, u, in.text("accessKey"))
}

// credentials reads "Basic-Cloud base64(email:password)" or the same with Basic-AD; the scheme's letter case does not
// matter (agreed).
func credentials(header string) (signInType, email, password string, ok bool) {
	scheme, value, _ := strings.Cut(header, " ")
	switch strings.ToLower(scheme) {
	case "basic-cloud":
		signInType = "cloud"
	case "basic-ad":
		signInType = "domain"
	default:
		return "", "", "", false
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
	if err != nil {
		return "", "", "", false
	}
	email, password, ok = strings.Cut(string(raw), ":")
	return signInType, email, password, ok && email != "" && password != ""
}

// signIn compares the password and counts wrong ones. The codes are assumed.
func (s *Server) signIn(email, password string) *fault {
	wrong := &fault{Code: "err_login_invalid_credentials", Message: "Invalid user name or password"}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.state.user(email)
	switch {
	case u == nil:
		return wrong
	case u.locked:
		return &fault{Code: "err_login_user_locked", Message: "The user account is locked"}
	case u.Password != password:
		u.wrongPasswords++
		u.locked = u.wrongPasswords >= maxWrongPasswords
		return wrong
	}
	u.wrongPasswords = 0
	return nil
}

// refusedSignIn is the shape of every refused sign-in: HTTP 401 with the user's name as key (from one client's code).
func (c *call) refusedSignIn(email string, f fault) {
	c.failedFor(http.StatusUnauthorized, http.StatusUnauthorized, map[string]string{"username": email}, f)
}

// giveKeys makes new keys, or renews those that are named: both stay the same and live longer (documented). Keys that have
// not expired are renewed as well (one client does so half an hour early). That keys of another user or application are
// refused, and how, is assumed.
func (s *Server) giveKeys(c *call, u User, expired string) {
	application := c.r.Header.Get("X-Mc-App-Id")
	var expires time.Time
	if u.TTL > 0 {
		expires = c.now.Add(u.TTL)
	}
	s.mu.Lock()
	b := s.state.bindings[expired]
	if expired != "" && (b == nil || !strings.EqualFold(b.Email, u.Email) || b.ApplicationID != application) {
		s.mu.Unlock()
		c.invalidSignature()
		return
	}
	if b == nil {
		b = s.bind(application, u.Email, expires)
	}
	b.Expires = expires
	keys, token := *b, s.mint.userToken(s.state.number("login"))
	s.mu.Unlock()
	c.keys(keys, u.TTL, token)
}

// keys is the reply of a sign-in that worked (recorded field by field). That "duration" is 0 when keys never expire is
// assumed.
func (c *call) keys(b Binding, ttl time.Duration, token string) {
	c.data(`[{"accessKey":"` + b.AccessKey + `","secretKey":"` + b.SecretKey +
		`","duration":` + strconv.FormatInt(ttl.Milliseconds(), 10) +
		`,"bindingType":"one_step","extendOnValidate":false,"lastUserToken":"` + token +
		`","username":` + encode(b.Email) + `}]`)
}

// logout unbinds the access key that the body names; calls with it are answered like those with an unknown key from then
// on. What the reply holds is assumed: nothing. So is whose keys may be named: the user's own, whichever of them signs; that
// naming one that is gone already is no failure; and that the key of somebody else is refused like a wrong signature.
func (s *Server) logout(c *call, signer Binding) {
	in, ok := parse(c.body)
	key := in.text("accessKey")
	if !ok || key == "" {
		c.failed(http.StatusOK, http.StatusOK, fault{Field: "accessKey", Code: "err_validation_null", Message: "Field is required"})
		return
	}
	s.mu.Lock()
	b := s.state.bindings[key]
	foreign := b != nil && !strings.EqualFold(b.Email, signer.Email)
	if !foreign {
		delete(s.state.bindings, key)
	}
	s.mu.Unlock()
	if foreign {
		c.invalidSignature()
		return
	}
	c.data(`[]`)
}
