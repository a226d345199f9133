package simulator

// Demo has the made-up values that the demo shows and fills in: one working credential of each generation, and a user
// who needs a one-time code (Code tells it).
type Demo struct {
	ClientID, ClientSecret        string
	ApplicationID, ApplicationKey string
	Email, Password               string
	AccessKey, SecretKey          string
	InternalDomain                string
}

// Demo gives the values of the demo, as they are now.
func (s *Server) Demo() Demo {
	d, all := s.seeded, s.current(s.seeded.all)
	return Demo{
		ClientID: all.ClientID, ClientSecret: all.ClientSecret,
		ApplicationID: d.legacy.ApplicationID, ApplicationKey: d.legacy.ApplicationKey,
		Email: userWithCode, Password: s.passwordOf(userWithCode),
		AccessKey: d.keys.AccessKey, SecretKey: d.keys.SecretKey,
		InternalDomain: gatewayTenant().Domains[0],
	}
}

// DemoRegenerate does for the demo's application what its user would do in the console before typing the new values: it
// generates a new pair, and the one before stops. It may be called again and again; Demo tells the same pair until then.
func (s *Server) DemoRegenerate() (clientID, clientSecret string) {
	if app, ok := s.Regenerate(s.Demo().ClientID, 0); ok {
		return app.ClientID, app.ClientSecret
	}
	made := s.Demo() // the application was deleted, or somebody else was faster
	return made.ClientID, made.ClientSecret
}

// current gives an application as it is now, whatever its client ID has become, or as it was last known when it was deleted.
func (s *Server) current(a OAuthApplication) OAuthApplication {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, now := range s.state.oauth {
		if now.first == a.first {
			return *now
		}
	}
	return a
}

// passwordOf gives a made-up user's password.
func (s *Server) passwordOf(email string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.state.user(email); u != nil {
		return u.Password
	}
	return password
}
