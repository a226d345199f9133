package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"mimecred/client"
)

// pastedValues are what a person may put into one value of --from by mistake: a whole paste.
func pastedValues(id, key string) map[string]string {
	return map[string]string{
		"one line": "Client ID " + id + " Client Secret " + key,
		"lines":    "Client ID\n" + id + "\nClient Secret\n" + key,
		"bare":     id + "," + key,
		"rows":     id + "\n" + key,
		"export":   "export MIMECAST_CLIENT_ID=" + id + "\nexport MIMECAST_CLIENT_SECRET=" + key,
		"JSON":     `{"client_id":"` + id + `","client_secret":"` + key + `"}`,
		"query":    "client_id=" + id + "&client_secret=" + key,
		"Markdown": "| Client ID | Client Secret |\n|---|---|\n| " + id + " | " + key + " |",
		"1.0":      "application_id=8578fcfc-a305-4d9a-99cb-f4d5ecefe297&application_key=0e1cb8b4-92cf-4a5b-a9a4-a31c7d3f7a11",
	}
}

func fromWith(t *testing.T, values map[string]string) string {
	t.Helper()
	text, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestWholePasteInOneValue: a paste of both values is refused with its key, for each key of both APIs, and never shown.
func TestWholePasteInOneValue(t *testing.T) {
	t.Parallel()
	id, key := strings.Repeat("aB3d", 12), strings.Repeat("Zx9k", 16)
	for name, text := range pastedValues(id, key) {
		for _, at := range []string{"client_id", "client_secret", "application_id", "application_key", "access_key", "secret_key"} {
			values := map[string]string{"profile": "acme", "api": "2.0", "region": "global", "client_id": "id", "client_secret": "secret"}
			if !strings.HasPrefix(at, "client") {
				values = map[string]string{"profile": "acme", "api": "1.0", "region": "us", "application_id": "id", "application_key": "key", "access_key": "ak", "secret_key": "sk"}
			}
			values[at] = text
			_, err := decodeFrom(strings.NewReader(fromWith(t, values)), "", false)
			var foreign *client.ForeignValueError
			if !errors.As(err, &foreign) || !strings.Contains(err.Error(), `key "`+at+`": this holds more than the `) {
				t.Errorf("%s in %s: %v", name, at, err)
			}
			if err != nil && (strings.Contains(err.Error(), key[:20]) || strings.Contains(err.Error(), id)) {
				t.Errorf("%s in %s: the error shows a value", name, at)
			}
		}
	}
}

func TestNameBeforeAValue(t *testing.T) {
	t.Parallel()
	id, key := strings.Repeat("aB3d", 12), strings.Repeat("Zx9k", 16)
	for _, secret := range []string{"Client Secret: " + key, "Client Secret\n" + key, "client_secret=" + key[:30] + "\n" + key[30:], "export MIMECAST_CLIENT_SECRET='" + key + "'"} {
		list, err := decodeFrom(strings.NewReader(fromWith(t, map[string]string{
			"profile": "acme", "api": "2.0", "region": "global", "client_id": "Client ID: " + id, "client_secret": secret,
		})), "", false)
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := list[0].credential.(client.OAuth); !ok || c.ClientID != id || c.ClientSecret.Reveal() != key {
			t.Errorf("%q: the name is a part of the value", secret)
		}
	}
	_, err := decodeFrom(strings.NewReader(fromWith(t, map[string]string{
		"profile": "acme", "api": "2.0", "region": "global", "client_id": "Client Secret: " + key, "client_secret": key,
	})), "", false)
	if err == nil || !strings.Contains(err.Error(), `key "client_id": by its name this is the Client Secret, not the Client ID`) {
		t.Error(err)
	}
}

// TestWholePasteIsNeverSent runs check and setup on such a file: exit 2, and not one call.
func TestWholePasteIsNeverSent(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	t.Cleanup(server.Close)
	id, key := strings.Repeat("aB3d", 12), strings.Repeat("Zx9k", 16)
	text := fromWith(t, map[string]string{
		"profile": "acme", "api": "2.0", "base_url": server.URL, "client_id": "Client ID " + id + " Client Secret " + key, "client_secret": key,
	})
	p := newProgram(t)
	for _, command := range []string{"check", "setup"} {
		got := p.run(t, text, command, "--from", "-")
		if got.code != exitUsage || !strings.Contains(got.err, `key "client_id"`) || strings.Contains(got.out+got.err, key) {
			t.Errorf("%s: exit %d\n%s", command, got.code, got.err)
		}
	}
	if n := calls.Load(); n != 0 {
		t.Errorf("%d calls", n)
	}
}
