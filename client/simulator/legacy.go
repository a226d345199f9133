package simulator

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // API 1.0 signs with HMAC-SHA1
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// tolerance is how far the date of a signed call may be off. That skewed dates are refused is known from one vendor's
// code; how much is too much is assumed.
const tolerance = 15 * time.Minute

// legacyActivation is how long a new API 1.0 application cannot be used (documented: 30 minutes).
const legacyActivation = 30 * time.Minute

// signed answers a signed call of API 1.0. The order of the tests up to the signature and the application ID follows
// recordings; where quota, skew and expiry come in between is assumed.
func (s *Server) signed(c *call) {
	if c.r.Method != http.MethodPost {
		c.json(http.StatusMethodNotAllowed, `{"meta":{"status":405},"data":[],"fail":[]}`)
		return
	}
	b, signature := s.binding(c)
	if signature == "" {
		c.invalidSignature()
		return
	}
	bucket, q := "1.0 unknown", unknownQuota()
	if b.AccessKey != "" {
		bucket, q = "1.0 "+b.AccessKey, legacyQuota()
	}
	r := s.take(bucket, q, c.now)
	r.header(c.w.Header())
	switch {
	case r.exceeded:
		c.limited(r)
	case b.AccessKey == "":
		c.invalidSignature()
	case skewed(c):
		c.failed(401, 401, fault{Code: "err_xdk_date_skewed", Message: "Date Header Too Skewed"}) // the code is assumed
	case !s.verify(c, b, signature):
		c.invalidSignature()
	case !b.Expires.IsZero() && !c.now.Before(b.Expires):
		// Code and words agreed by three clients; the rest of the body is assumed.
		c.failed(http.StatusTeapot, http.StatusTeapot, fault{
			Code: "err_xdk_binding_expired", Message: "0018 AccessKey Has Expired",
		})
	case !s.usable(c, b.ApplicationID, c.r.Header.Get("X-Mc-App-Id")):
		c.unknownApplication(c.r.Header.Get("X-Mc-App-Id"))
	case c.scenario.call != nil && c.scenario.call(s, c):
	case c.r.URL.Path == "/api/login/logout":
		s.logout(c, b)
	default:
		s.operate10(c, b)
	}
}

// binding finds the keys of a call by its access key, the zero Binding when they are unknown. The signature is empty
// when the header is missing or not of the form "MC key:signature" (a space after the colon is refused here, although
// one client sends it).
func (s *Server) binding(c *call) (b Binding, signature string) {
	scheme, value, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	key, signature, ok := strings.Cut(value, ":")
	if scheme != "MC" || !ok || strings.ContainsAny(value, " \t") {
		return Binding{}, ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.state.bindings[key]; found != nil {
		b = *found
	}
	return b, signature
}

// skewed tells whether the call's date is missing, malformed or too far away. The zone is written "UTC" (documented);
// "GMT" is in one old sample and is accepted too.
func skewed(c *call) bool {
	text := c.r.Header.Get("X-Mc-Date")
	zone := strings.TrimSuffix(strings.TrimSuffix(text, " UTC"), " GMT")
	if zone == text {
		return true
	}
	at, err := time.Parse("Mon, 02 Jan 2006 15:04:05", zone)
	return err != nil || at.Sub(c.now).Abs() > tolerance
}

// verify computes the signature again: HMAC-SHA1 under the decoded secret key over date, request id, path and
// application key, with colons between (documented).
func (s *Server) verify(c *call, b Binding, signature string) bool {
	s.mu.Lock()
	app := s.state.legacy[b.ApplicationID]
	s.mu.Unlock()
	key, err := base64.StdEncoding.DecodeString(b.SecretKey)
	if err != nil || app == nil || c.r.Header.Get("X-Mc-Req-Id") == "" {
		return false
	}
	mac := hmac.New(sha1.New, key)
	_, _ = mac.Write([]byte(strings.Join([]string{
		c.r.Header.Get("X-Mc-Date"), c.r.Header.Get("X-Mc-Req-Id"), c.r.URL.Path, app.ApplicationKey,
	}, ":")))
	got, err := base64.StdEncoding.DecodeString(signature)
	return err == nil && hmac.Equal(got, mac.Sum(nil))
}

// usable tells whether the application that a call names is the one of its keys, enabled and old enough.
func (s *Server) usable(c *call, want, named string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := s.state.legacy[named]
	if app == nil || app.Disabled || c.scenario.disabled || c.scenario.tooNew || (want != "" && want != named) {
		return false
	}
	return app.Created.IsZero() || c.now.Sub(app.Created) >= legacyActivation
}

// invalidSignature is the reply to a wrong application key, access key or secret key alike (recorded).
func (c *call) invalidSignature() {
	c.failed(http.StatusUnauthorized, http.StatusUnauthorized, fault{
		Code: "err_xdk_invalid_signature", Message: "0004 Invalid Signature",
	})
}

// unknownApplication is the reply to a wrong application ID: HTTP 200 (recorded). That a disabled or too new
// application looks the same is assumed.
func (c *call) unknownApplication(id string) {
	c.failed(http.StatusOK, http.StatusOK, fault{Code: "err_developer_key", Message: "App ID is invalid: " + id})
}
