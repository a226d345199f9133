package simulator

import "slices"

// Application gives an application of API 2.0 by its client ID; the zero value when there is none.
func (s *Server) Application(clientID string) OAuthApplication {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := s.world.oauth[clientID]
	if app == nil {
		return OAuthApplication{}
	}
	found := *app
	found.Products, found.Permissions = slices.Clone(app.Products), slices.Clone(app.Permissions)
	return found
}

// HasKey tells whether an access key of API 1.0 is bound.
func (s *Server) HasKey(accessKey string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.bindings[accessKey] != nil
}
