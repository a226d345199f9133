package client

import (
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestReach: any reply will do, the issuer of the certificate is told, no credential is sent, and the clocks are compared.
func TestReach(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 302, 401, 404, 503} {
		server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "" || r.Method != http.MethodGet || r.URL.Path != "/" {
				t.Errorf("%s %s", r.Method, r.URL)
			}
			w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
			w.WriteHeader(status)
		}))
		t.Cleanup(server.Close)
		ca := filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, off := range []time.Duration{0, time.Hour, -time.Hour} {
			c, err := New(Endpoint{BaseURL: server.URL, CAFile: ca}, WithClock(func() time.Time { return time.Now().Add(off) }))
			if err != nil {
				t.Fatal(err)
			}
			r, err := c.Reach(t.Context())
			c.Close()
			if err != nil || !strings.Contains(r.Issuer, "Acme Co") || !strings.Contains(r.Detail, "TLS 1.3") || !r.Dated || r.ClockWrong() != (off != 0) || r.Clock() == "" {
				t.Errorf("%d, %v: %+v, %v", status, off, r, err)
			}
		}
		c, err := New(Endpoint{BaseURL: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		var failure *Error
		if _, err := c.Reach(t.Context()); !errors.As(err, &failure) || failure.Kind != TLS {
			t.Errorf("a certificate that is not trusted: %v", err)
		}
		c.Close()
	}
}
