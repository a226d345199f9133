package simulator

// HasKey tells whether an access key of API 1.0 is bound.
func (s *Server) HasKey(accessKey string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.bindings[accessKey] != nil
}
