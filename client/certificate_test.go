package client

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strings"
	"testing"
	"time"
)

func TestEveryBadCertificateHasItsOwnAdvice(t *testing.T) {
	t.Parallel()
	ca, stranger := newAuthority(t), newAuthority(t)
	const pem = "name it as the CA file"
	tests := map[string]struct {
		cert          tls.Certificate
		meaning, fix  string
		clock, pemToo bool
	}{
		"unknown issuer": {stranger.issue(t, nil), "is not trusted. It was issued by CN=Test Authority", pem, false, true},
		"self-signed":    {selfSigned(t), "is self-signed", pem, false, true},
		"expired": {ca.issue(t, func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(-90*24*time.Hour), time.Now().Add(-30*24*time.Hour)
		}), "expired on " + day(time.Now().Add(-30*24*time.Hour)), "renew it", true, false},
		"not yet valid": {ca.issue(t, func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(3*24*time.Hour), time.Now().Add(60*24*time.Hour)
		}), "begins only on " + day(time.Now().Add(3*24*time.Hour)), "Set this machine's clock", true, false},
		"wrong host": {ca.issue(t, func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames = nil, []string{"portal.example", "b.example", "c.example", "d.example"}
		}), "is for portal.example, b.example, c.example, others and not for 127.0.0.1", "Check the spelling of the host", false, false},
		"no name": {ca.issue(t, func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames = nil, nil
			c.Subject.CommonName = "127.0.0.1"
		}), "names no host", "subject alternative name", false, false},
		"wrong usage": {ca.issue(t, func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}), "not made for a server", "server authentication", false, false},
		"expired in between": {ca.through(t, func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(-90*24*time.Hour), time.Now().Add(-24*time.Hour)
		}), "expired on " + day(time.Now().Add(-24*time.Hour)), "renew it", true, false},
		"not an authority": {ca.through(t, func(c *x509.Certificate) { c.IsCA = false }), "The certificate of the host", "", false, false},
	}
	seen := map[string]string{}
	for name, tt := range tests {
		w := listen(t, secured(tt.cert, speaking2(func(*stream) bool { return false }), "h2"))
		_, failure := get(t, newClient(t, Endpoint{BaseURL: "https://" + w.address, CAFile: ca.file}))
		if failure == nil || failure.Kind != TLS || w.total() != 0 {
			t.Errorf("%s gives %v", name, failure)
			continue
		}
		d := Diagnose(failure, API20)
		if !strings.Contains(d.Meaning, tt.meaning) || !strings.Contains(d.Fix, tt.fix) {
			t.Errorf("%s is explained as %q, %q", name, d.Meaning, d.Fix)
		}
		if strings.Contains(d.Fix, "clock") != tt.clock || name != "not an authority" && strings.Contains(d.Fix, "PEM") != tt.pemToo {
			t.Errorf("%s has the advice %q", name, d.Fix)
		}
		if tt.fix != pem && seen[d.Fix] != "" && !strings.HasPrefix(name, "expired") && tt.fix != "" {
			t.Errorf("%s and %s have the same advice", name, seen[d.Fix])
		}
		if tt.fix != "" {
			seen[d.Fix] = name
		}
		if said := failure.Error() + d.Meaning + d.Fix; said != plainText(said) {
			t.Errorf("%s: %q cannot be printed", name, said)
		}
	}
}

// selfSigned is a server's certificate that nobody issued.
func selfSigned(t testing.TB) tls.Certificate {
	t.Helper()
	key := newKey(t)
	template := serverTemplate()
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// through is a server's certificate that an authority in between issued, changed as change says.
func (a *authority) through(t testing.TB, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	between := &authority{key: newKey(t)}
	template := authorityTemplate("Between")
	change(template)
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &between.key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	if between.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	cert := between.issue(t, nil)
	cert.Certificate = append(cert.Certificate, der)
	return cert
}

func TestWhatIsNoTLS(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		handle  func(*wire, net.Conn)
		meaning string
	}{
		"HTTP": {func(_ *wire, conn net.Conn) {
			_, _ = conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
			silently(conn)
		}, "does not speak TLS"},
		"banner": {func(_ *wire, conn net.Conn) { _, _ = conn.Write([]byte("SSH-2.0-OpenSSH_9.9\r\n")); silently(conn) }, "does not speak TLS"},
		"alert":  {func(_ *wire, conn net.Conn) { _, _ = conn.Write([]byte{21, 3, 3, 0, 2, 2, 40}); silently(conn) }, "could not be set up"},
	} {
		_, failure := get(t, newClient(t, Endpoint{BaseURL: "https://" + listen(t, tt.handle).address}))
		if d := Diagnose(failure, API10); failure == nil || failure.Kind != TLS || !strings.Contains(d.Meaning, tt.meaning) {
			t.Errorf("%s gives %v, %q", name, failure, d.Meaning)
		}
	}
}
