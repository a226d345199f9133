package simulator

import (
	"strings"
	"time"
)

// Binding is a pair of keys that ties a user to an application.
type Binding struct {
	AccessKey, SecretKey string
	ApplicationID        string
	Email                string
	// Expires is when the keys stop; the zero time means never.
	Expires time.Time
}

// Bind makes keys for a user and an application, as the console's "Create Keys" does.
func (s *Server) Bind(applicationID, email string, expires time.Time) Binding {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.bind(applicationID, email, expires)
}

func (s *Server) bind(applicationID, email string, expires time.Time) *Binding {
	label := s.state.number("binding")
	b := &Binding{
		AccessKey: s.mint.accessKey(label), SecretKey: s.mint.secretKey(label),
		ApplicationID: applicationID, Email: email, Expires: expires,
	}
	s.state.bindings[b.AccessKey] = b
	return b
}

// keysOf lists the keys of a user. The lock is held.
func (w *state) keysOf(email string) []*Binding {
	var list []*Binding
	for _, b := range w.bindings {
		if strings.EqualFold(b.Email, email) {
			list = append(list, b)
		}
	}
	return list
}

// Keys counts the keys of a user, expired ones too, to see that none was lost.
func (s *Server) Keys(email string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.state.keysOf(email))
}

// ExpireKeys makes every key of a user expire now. It gives their number.
func (s *Server) ExpireKeys(email string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.state.keysOf(email)
	for _, b := range list {
		b.Expires = s.now().Add(-time.Second)
	}
	return len(list)
}

// RevokeKeys removes a pair of keys for good, as the console's list of registered applications does; false when nobody
// has that access key. That a revoked key is answered like an unknown one is assumed.
func (s *Server) RevokeKeys(accessKey string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, known := s.state.bindings[accessKey]
	delete(s.state.bindings, accessKey)
	return known
}

// RevokeUser removes every key of a user, as disabling the user does (documented). It gives their number.
func (s *Server) RevokeUser(email string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.revoke(email)
}

// revoke removes every key of a user. The lock is held.
func (w *state) revoke(email string) int {
	list := w.keysOf(email)
	for _, b := range list {
		delete(w.bindings, b.AccessKey)
	}
	return len(list)
}

// SetPassword gives a user another password, which revokes every key of the user (documented). That it unlocks the user too
// is assumed. It gives false when there is no such user.
func (s *Server) SetPassword(email, password string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.state.user(email)
	if u == nil {
		return false
	}
	u.Password, u.locked, u.wrongPasswords = password, false, 0
	s.state.revoke(email)
	return true
}
