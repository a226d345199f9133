package simulator

import (
	"slices"
)

// What an administrator does in Mimecast's console while a client is at work. All of it counts from the next call;
// how fast a change of a role counts at Mimecast is not known.

// Application gives an application of API 2.0 as it is now; false when none has that client ID.
func (s *Server) Application(clientID string) (OAuthApplication, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := s.state.oauth[clientID]
	if app == nil {
		return OAuthApplication{}, false
	}
	return *app, true
}

// SetProducts replaces the products of an application of API 2.0; false when there is no such application. The console's new
// path does not allow it (documented); whether the classic one does is not known.
func (s *Server) SetProducts(clientID string, products ...string) bool {
	return s.changeApplication(clientID, func(a *OAuthApplication) { a.Products = slices.Clone(products) })
}

// RemoveProduct removes one product; false when the application does not have it.
func (s *Server) RemoveProduct(clientID, product string) bool {
	had := false
	s.changeApplication(clientID, func(a *OAuthApplication) { a.Products, had = removed(a.Products, product) })
	return had
}

// SetPermissions replaces the permissions of the application's role; false when there is no such application.
func (s *Server) SetPermissions(clientID string, permissions ...string) bool {
	return s.changeApplication(clientID, func(a *OAuthApplication) { a.Permissions = slices.Clone(permissions) })
}

// RemovePermission removes one permission; false when the application's role does not have it.
func (s *Server) RemovePermission(clientID, permission string) bool {
	had := false
	s.changeApplication(clientID, func(a *OAuthApplication) { a.Permissions, had = removed(a.Permissions, permission) })
	return had
}

// SetUserPermissions replaces the permissions of a service user's role; false when there is no such user.
func (s *Server) SetUserPermissions(email string, permissions ...string) bool {
	return s.changeUser(email, func(u *User) { u.Permissions = slices.Clone(permissions) })
}

// RemoveUserPermission removes one permission; false when the user's role does not have it.
func (s *Server) RemoveUserPermission(email, permission string) bool {
	had := false
	s.changeUser(email, func(u *User) { u.Permissions, had = removed(u.Permissions, permission) })
	return had
}

// removed gives a list without one, and whether it was there. The list itself, which calls under way may read, stays.
func removed(list []string, one string) (rest []string, had bool) {
	return without(list, one), slices.Contains(list, one)
}

// Disable switches an application of either generation off, by its client ID or its application ID; false when there is
// none. What a disabled application's credentials are answered is assumed; see refusedClient and unknownApplication.
func (s *Server) Disable(id string) bool { return s.switchTo(id, true) }

// Enable switches an application on again. Its tokens that have not expired work again (assumed).
func (s *Server) Enable(id string) bool { return s.switchTo(id, false) }

func (s *Server) switchTo(id string, disabled bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if app := s.state.oauth[id]; app != nil {
		app.Disabled = disabled
		return true
	}
	app := s.state.legacy[id]
	if app == nil {
		return false
	}
	app.Disabled = disabled
	return true
}

// DeleteApplication deletes an application of either generation, by its client ID or its application ID; false when there
// is none. That the tokens, the keys, and a pair in its time of grace are gone with it is assumed.
func (s *Server) DeleteApplication(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.oauth[id] != nil {
		delete(s.state.oauth, id)
		return true
	}
	if s.state.legacy[id] == nil {
		return false
	}
	delete(s.state.legacy, id)
	for key, b := range s.state.bindings {
		if b.ApplicationID == id {
			delete(s.state.bindings, key)
		}
	}
	return true
}

// changeApplication changes an application of API 2.0 between two calls.
func (s *Server) changeApplication(clientID string, change func(*OAuthApplication)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := s.state.oauth[clientID]
	if app != nil {
		change(app)
	}
	return app != nil
}

// changeUser changes a service user between two calls.
func (s *Server) changeUser(email string, change func(*User)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.state.user(email)
	if u != nil {
		change(u)
	}
	return u != nil
}
