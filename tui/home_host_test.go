package tui

import "testing"

// TestHomeTellsOfUnlistedHosts in the table and among the facts of a profile, and of no other.
func TestHomeTellsOfUnlistedHosts(t *testing.T) {
	t.Parallel()
	w := atHome(t, setting{width: 140}, func(w *wizard) {
		listed, c := w.of20("acme", "")
		listed.Endpoint.BaseURL = "https://us-api.services.mimecast.com"
		w.put(listed, c)
		other, c := w.of20("beta", "")
		other.Endpoint.BaseURL = "https://gateway.example.org:8443"
		w.put(other, c)
	})
	w.Row("beta", "unlisted host").On("acme").Press("enter").clickOn("Show details").See("https://us-api.services.mimecast.com").Not("listed hosts")
	w.Press("esc").On("beta").Press("enter").clickOn("Show details").See("https://gateway.example.org:8443 (not one of Mimecast's listed hosts)")
}
