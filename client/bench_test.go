package client_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/client/simulator"
)

// secure puts a handler behind TLS and HTTP/2 and gives the endpoint.
func secure(t testing.TB, h http.Handler) client.Endpoint {
	t.Helper()
	server := httptest.NewUnstartedServer(h)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return client.Endpoint{BaseURL: server.URL, CAFile: file}
}

// BenchmarkCheck20 runs a check of an API 2.0 profile with 20 probes against a Mimecast that takes 100 ms for each reply,
// and two bare round trips against the same, one after the other, in turns. The ratio is what the check costs beyond them.
func BenchmarkCheck20(b *testing.B) {
	const latency = 100 * time.Millisecond
	s := simulator.New(simulator.WithLatency(latency))
	endpoint := secure(b, s)
	demo := s.Demo()
	credential := client.OAuth{ClientID: demo.ClientID, ClientSecret: secret.New(demo.ClientSecret)}
	p := client.Plan{Domain: demo.InternalDomain}
	for i := range 20 {
		p.Probes = append(p.Probes, client.Probe{
			ID: "domain.get-" + string(rune('a'+i)), Method: "POST", Path: "/api/domain/get-internal-domain", Body: []byte(`{"data":[]}`),
		})
	}
	c, err := client.New(endpoint)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	bare := bareClient(b, endpoint)
	roundTrip := func() {
		res, err := bare.Get(endpoint.BaseURL + "/bare")
		if err != nil {
			b.Fatal(err)
		}
		_ = res.Body.Close()
	}
	check := func() {
		for r := range c.Check(b.Context(), credential, p) {
			if r.State != client.Passed {
				b.Fatalf("%+v", r)
			}
		}
	}
	// Both connections are up before the clock starts.
	roundTrip()
	check()
	var checks, bares time.Duration
	for b.Loop() {
		start := time.Now()
		check()
		checks += time.Since(start)
		start = time.Now()
		roundTrip()
		roundTrip()
		bares += time.Since(start)
	}
	b.ReportMetric(float64(checks)/float64(bares), "x-two-round-trips-max-1.2")
	b.ReportMetric(float64(checks.Milliseconds())/float64(b.N), "ms/check")
}

func bareClient(b *testing.B, e client.Endpoint) *http.Client {
	b.Helper()
	pemBytes, err := os.ReadFile(e.CAFile)
	if err != nil {
		b.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pemBytes)
	transport := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots}}
	b.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}
