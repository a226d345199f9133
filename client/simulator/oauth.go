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
	text    string
	app     *OAuthApplication
	expires time.Time
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
	app := s.world.oauth[id]
	if app == nil || app.ClientSecret != secret || app.Disabled || c.scenario.disabled || c.scenario.tooNew {
		return nil
	}
	if !app.Created.IsZero() && c.now.Sub(app.Created) < activation {
		return nil
	}
	for text, old := range s.world.tokens {
		if c.now.Sub(old.expires) > tokenLifetime {
			delete(s.world.tokens, text)
		}
	}
	t := &token{text: s.mint.token(s.world.number("token")), app: app, expires: c.now.Add(tokenLifetime)}
	s.world.tokens[t.text] = t
	return t
}

// bearer answers a data call of API 2.0.
func (s *Server) bearer(c *call) {
	t, expired := s.authorize(c)
	switch {
	case t == nil:
		c.flat(http.StatusUnauthorized, "invalid_access_token", "Access token is invalid")
		return
	case expired:
		c.flat(http.StatusUnauthorized, "token_expired", "Access token has expired")
		return
	}
	if c.scenario.call != nil && c.scenario.call(s, c) {
		return
	}
	s.operate20(c, t.app)
}

// authorize finds the token of a call and whether it is past its time.
func (s *Server) authorize(c *call) (t *token, expired bool) {
	scheme, text, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t = s.world.tokens[strings.TrimSpace(text)]
	if t == nil || t.app.Disabled || s.world.oauth[t.app.ClientID] == nil {
		return nil, false
	}
	return t, !c.now.Before(t.expires)
}
