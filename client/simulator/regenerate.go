package simulator

import "time"

// replaced is a client ID and secret that were current before others replaced them.
type replaced struct {
	app    *OAuthApplication
	secret string
	// until is when they stop.
	until time.Time
}

// pair finds the application that a client ID opens now, and the secret that goes with it. The lock is held.
func (w *state) pair(clientID string, now time.Time) (app *OAuthApplication, secret string) {
	if app = w.oauth[clientID]; app != nil {
		return app, app.ClientSecret
	}
	old := w.replaced[clientID]
	if old == nil || !now.Before(old.until) || w.oauth[old.app.ClientID] != old.app {
		return nil, ""
	}
	return old.app, old.secret
}

// Regenerate gives an application of API 2.0 a new client ID and a new client secret, as the console's "Manage API 2.0
// credentials" does: both are new (agreed by two sources). It is false when no application has the client ID now.
//
// Whether the old pair goes on for a while is documented nowhere. Without grace, it and its tokens stop at once (assumed);
// with grace they work that much longer, so that both can be tested; another pair does not cut that short. Only the newest
// pair can be replaced. That the new pair works at once, and that a disabled application stays disabled, is assumed.
func (s *Server) Regenerate(clientID string, grace time.Duration) (OAuthApplication, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := s.state.oauth[clientID]
	if app == nil {
		return OAuthApplication{}, false
	}
	s.state.replaced[clientID] = &replaced{app: app, secret: app.ClientSecret, until: s.now().Add(grace)}
	delete(s.state.oauth, clientID)
	label := s.state.number("oauth")
	app.ClientID, app.ClientSecret = s.mint.clientID(label), s.mint.clientSecret(label)
	s.state.oauth[app.ClientID] = app
	return *app, true
}
