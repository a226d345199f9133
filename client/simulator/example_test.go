package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"

	"mimecred/client/simulator"
)

// The simulator is an http.Handler: an integrator's own client can be pointed at it.
func ExampleNew() {
	mimecast := simulator.New()
	server := httptest.NewServer(mimecast)
	defer server.Close()
	application := mimecast.AddOAuth(simulator.OAuthApplication{Name: "example", Products: []string{"accountmanagement"}})

	reply, err := http.PostForm(server.URL+"/oauth/token", url.Values{
		"grant_type":    {"client_credentials"},
		"client_id":     {application.ClientID},
		"client_secret": {application.ClientSecret},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = reply.Body.Close() }()
	var token struct {
		Type string `json:"token_type"`
	}
	if err := json.NewDecoder(reply.Body).Decode(&token); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reply.StatusCode, token.Type)
	// Output: 200 Bearer
}
