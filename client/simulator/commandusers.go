package simulator

import (
	"fmt"
	"net/http"
	"net/url"
)

func orderExpire(s *Server, form url.Values) (any, error) {
	return s.toKeys(form.Get("user"), s.ExpireKeys, "expired")
}

func orderRevoke(s *Server, form url.Values) (any, error) {
	return s.toKeys(form.Get("user"), s.RevokeUser, "revoked")
}

// toKeys does something to every key of a user and says to how many.
func (s *Server) toKeys(email string, do func(email string) int, done string) (any, error) {
	if !s.hasUser(email) {
		return nil, s.noUser(email)
	}
	n := do(email)
	if n == 0 {
		return email + " has no keys", nil
	}
	return fmt.Sprintf("%s: %s %s", email, count(n, "key"), done), nil
}

// passwordJSON is a password that was made up.
type passwordJSON struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

func orderPassword(s *Server, form url.Values) (any, error) {
	email, given := form.Get("user"), form.Get("password")
	set := given
	if set == "" {
		set = s.mint.text(s.label("password"), "Made-up-password-", alnum, 24)
	}
	if !s.SetPassword(email, set) {
		return nil, s.noUser(email)
	}
	if given == "" {
		return passwordJSON{email, set}, nil
	}
	return email + ": the password is set, the keys are revoked", nil
}

func (s *Server) hasUser(email string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.user(email) != nil
}

// noUser names the users that there are.
func (s *Server) noUser(email string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return refuse(http.StatusNotFound, "there is no user %q; there are: %s", email, orNone(s.state.userNames()))
}

// count gives a number of things, such as "2 keys".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
