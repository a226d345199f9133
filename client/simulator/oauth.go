package simulator

import (
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// tokenLifetime is 30 minutes less a second (agreed).
const tokenLifetime = 1799 * time.Second

// activation is how long a new API 2.0 application is refused: "a few minutes" (one vendor's help); assumed: three.
const activation = 3 * time.Minute

// token is an access token of API 2.0.
type token struct {
	text string
	// clientID is that of the pair that it was issued for.
	clientID string
	expires  time.Time
}

// token answers POST /oauth/token. A form only: no source says that JSON or HTTP Basic work.
func (s *Server) token(c *call) {
	if c.r.Method != http.MethodPost {
		c.w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if c.scenario.token != nil && c.scenario.token(s, c) {
		return
	}
	media, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	form, err := url.ParseQuery(string(c.body))
	if err != nil || media != "application/x-www-form-urlencoded" || form.Get("grant_type") != "client_credentials" {
		c.refusedClient()
		return
	}
	t := s.issue(c, form.Get("client_id"), form.Get("client_secret"))
	if t == nil {
		c.refusedClient()
		return
	}
	// Agreed by four sources; the empty scope is part of it.
	c.json(http.StatusOK, `{"access_token":"`+t.text+`","token_type":"Bearer","expires_in":1799,"scope":""}`)
}

// refusedClient answers a refused pair. Nothing tells a wrong ID from a wrong secret; a disabled or too new application is
// assumed to look the same.
func (c *call) refusedClient() {
	c.flat(http.StatusUnauthorized, "InvalidClientIdentifier", "Client credentials are invalid")
}

// issue makes a token for a pair that is right, nil otherwise.
func (s *Server) issue(c *call, id, secret string) *token {
	s.mu.Lock()
	defer s.mu.Unlock()
	app, right := s.state.pair(id, c.now)
	if app == nil || right != secret || app.Disabled || c.scenario.disabled || c.scenario.tooNew {
		return nil
	}
	if !app.Created.IsZero() && c.now.Sub(app.Created) < activation {
		return nil
	}
	for text, old := range s.state.tokens {
		if c.now.Sub(old.expires) > tokenLifetime {
			delete(s.state.tokens, text)
		}
	}
	t := &token{text: s.mint.token(s.state.number("token")), clientID: id, expires: c.now.Add(tokenLifetime)}
	s.state.tokens[t.text] = t
	return t
}

// bearer answers a data call of API 2.0.
func (s *Server) bearer(c *call) {
	app, expires := s.authorize(c)
	switch {
	case app.ClientID == "":
		c.flat(http.StatusUnauthorized, "invalid_access_token", "Access token is invalid")
		return
	case !c.now.Before(expires):
		c.flat(http.StatusUnauthorized, "token_expired", "Access token has expired")
		return
	}
	if c.scenario.call != nil && c.scenario.call(s, c) {
		return
	}
	s.operate20(c, app)
}

// authorize finds the application that a call's token was issued to, and when the token expires; the zero application
// when the token is unknown. That a token dies with its pair is assumed.
func (s *Server) authorize(c *call) (app OAuthApplication, expires time.Time) {
	scheme, text, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return OAuthApplication{}, time.Time{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.state.tokens[strings.TrimSpace(text)]
	if t == nil {
		return OAuthApplication{}, time.Time{}
	}
	found, _ := s.state.pair(t.clientID, c.now)
	if found == nil || found.Disabled {
		return OAuthApplication{}, time.Time{}
	}
	return *found, t.expires
}

// ExpireTokens makes every access token that was issued expire now.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.state.tokens {
		t.expires = s.now().Add(-time.Second)
	}
}
