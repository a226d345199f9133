package client

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"fmt"
	"net"
	"testing"
	"time"

	"golang.org/x/net/http2"
)

func untrusted() expectation { return expectation{kinds: []Kind{TLS}} }

// overTLS makes a fault of a server that is reached by TLS.
func overTLS(t *testing.T, ca *authority, name string, expect expectation, handle func(*wire, net.Conn)) fault {
	t.Helper()
	w := listen(t, handle)
	return fault{
		name: name, endpoint: Endpoint{BaseURL: "https://" + w.address, CAFile: ca.file}, server: w,
		budget: Timeouts{}.orDefault().Call, expect: expect,
	}
}

// handshakeFaults come before anything was sent.
func handshakeFaults(t *testing.T, ca *authority) []fault {
	t.Helper()
	stranger := newAuthority(t)
	never := speaking2(func(*stream) bool { return false })
	day := 24 * time.Hour
	var faults []fault
	for name, cert := range map[string]tls.Certificate{
		"an unknown issuer":         stranger.issue(t, nil),
		"a self-signed certificate": selfSigned(t),
		"an expired certificate":    ca.issue(t, func(c *x509.Certificate) { c.NotBefore, c.NotAfter = time.Now().Add(-9*day), time.Now().Add(-day) }),
		"a certificate of tomorrow": ca.issue(t, func(c *x509.Certificate) { c.NotBefore, c.NotAfter = time.Now().Add(day), time.Now().Add(9*day) }),
		"another host's certificate": ca.issue(t, func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames = nil, []string{"evil.example", "b\x1b[2J.example"}
		}),
		"a certificate for no host": ca.issue(t, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, nil }),
		"a client's certificate":    ca.issue(t, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }),
		"an expired issuer":         ca.through(t, func(c *x509.Certificate) { c.NotBefore, c.NotAfter = time.Now().Add(-9*day), time.Now().Add(-day) }),
		"an issuer that is none":    ca.through(t, func(c *x509.Certificate) { c.IsCA = false }),
		"an issuer with a title":    ca.through(t, func(c *x509.Certificate) { c.Subject.CommonName = "Corp\x1b]0;x\x07\u202e"; c.IsCA = false }),
	} {
		faults = append(faults, overTLS(t, ca, name, untrusted(), secured(cert, never, "h2")))
	}
	says := func(text string) func(*wire, net.Conn) {
		return func(_ *wire, conn net.Conn) {
			_, _ = conn.Read(make([]byte, 1))
			_, _ = conn.Write([]byte(text))
			silently(conn)
		}
	}
	old := &tls.Config{Certificates: []tls.Certificate{ca.issue(t, nil)}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	wants := &tls.Config{Certificates: []tls.Certificate{ca.issue(t, nil)}, ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12, MinVersion: tls.VersionTLS12}
	with := func(config *tls.Config) func(*wire, net.Conn) {
		return func(_ *wire, conn net.Conn) { _ = tls.Server(conn, config).Handshake(); silently(conn) }
	}
	stalled := overTLS(t, ca, "no handshake", slow(), func(_ *wire, conn net.Conn) { silently(conn) })
	return append(
		faults,
		stalled.bounded(Timeouts{TLS: 300 * time.Millisecond}),
		overTLS(t, ca, "TLS 1.1", untrusted(), with(old)),
		overTLS(t, ca, "a client's certificate is wanted", untrusted(), with(wants)),
		overTLS(t, ca, "HTTP without TLS", untrusted(), says("HTTP/1.1 400 Bad Request\r\n\r\n")),
		overTLS(t, ca, "a banner without TLS", untrusted(), says("SSH-2.0-OpenSSH_9.9\r\n")),
		overTLS(t, ca, "an alert", untrusted(), says("\x15\x03\x03\x00\x02\x02\x28")),
		overTLS(t, ca, "a record that is too long", untrusted(), says("\x16\x03\x03\xff\xff"+string(make([]byte, 0xffff)))),
		overTLS(t, ca, "an end in the handshake", cut(), func(_ *wire, conn net.Conn) { _, _ = conn.Read(make([]byte, 1)) }),
	)
}

// frame is a frame of HTTP/2 by hand.
func frame(kind, flags byte, id uint32, payload []byte) []byte {
	size := uint32(len(payload))
	header := []byte{byte(size >> 16), byte(size >> 8), byte(size), kind, flags}
	return append(binary.BigEndian.AppendUint32(header, id), payload...)
}

// frameFaults break the rules of HTTP/2, or stop in the middle of it.
func frameFaults(t *testing.T, ca *authority) []fault {
	t.Helper()
	cert := ca.issue(t, nil)
	http2Fault := func(name string, expect expectation, answer func(*stream) bool) fault {
		return overTLS(t, ca, name, expect, secured(cert, speaking2(answer), "h2"))
	}
	raw := func(bytes ...byte) func(*stream) bool {
		return func(s *stream) bool { _, err := s.conn.Write(bytes); return err == nil }
	}
	fields := func(end bool, fields ...string) func(*stream) bool {
		return func(s *stream) bool { s.headers(end, fields...); return true }
	}
	faults := []fault{
		http2Fault("GOAWAY before the stream", malformed(), func(s *stream) bool { _ = s.WriteGoAway(0, http2.ErrCodeNo, nil); return false }),
		http2Fault("GOAWAY that stays", malformed(), func(s *stream) bool { return s.WriteGoAway(0, http2.ErrCodeNo, nil) == nil }),
		http2Fault("GOAWAY with a fault", malformed(), func(s *stream) bool {
			_ = s.WriteGoAway(s.id, http2.ErrCodeEnhanceYourCalm, []byte("calm\x1b[2J\u202edown"))
			return false
		}),
		http2Fault("a frame that is too long", malformed(), raw(frame(0, 0, 1, make([]byte, 20_000))...)),
		http2Fault("headers that cannot be unpacked", malformed(), func(s *stream) bool {
			return s.WriteRawFrame(http2.FrameHeaders, http2.FlagHeadersEndHeaders, s.id, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}) == nil
		}),
		http2Fault("data before headers", malformed(), func(s *stream) bool { return s.WriteData(s.id, true, []byte("{}")) == nil }),
		http2Fault("a stream that is not there", slow(), func(s *stream) bool { s.id += 100; s.headers(true, ":status", "200"); return true }).
			bounded(Timeouts{Header: 300 * time.Millisecond}),
		http2Fault("a window beyond all", malformed(), func(s *stream) bool {
			for range 2 {
				_ = s.WriteWindowUpdate(0, 1<<31-1)
			}
			return true
		}),
		http2Fault("settings that are wrong", malformed(), func(s *stream) bool {
			return s.WriteSettings(http2.Setting{ID: http2.SettingMaxFrameSize, Val: 1}) == nil
		}),
		http2Fault("HTTP/1.1 after all", malformed(), raw([]byte(rawReply(200, okBody, isJSON))...)),
		http2Fault("no status", malformed(), fields(true, "content-type", "application/json")),
		http2Fault("a status in words", malformed(), fields(true, ":status", "fine")),
		http2Fault("a header in capitals", malformed(), fields(true, ":status", "200", "X-Capital", "a")),
		http2Fault("a status after the headers", malformed(), fields(true, "content-type", "application/json", ":status", "200")),
		http2Fault("103 without end", malformed(), informing),
		http2Fault("headers of 2 MiB", malformed(), func(s *stream) bool {
			for i := range 40 {
				s.headers(false, fmt.Sprintf("x-long-%d", i), string(make([]byte, 1<<14)))
			}
			return true
		}),
		http2Fault("no answer", slow(), func(*stream) bool { return true }).bounded(Timeouts{Header: 300 * time.Millisecond}),
		http2Fault("a body that stalls", slow(), beginning).bounded(Timeouts{Call: 1500 * time.Millisecond}),
		http2Fault("an end after the request", cut(), func(*stream) bool { return false }),
		http2Fault("an end in a body", cut(), func(s *stream) bool { beginning(s); return false }),
		http2Fault("a body that is too short", expectation{kinds: []Kind{BadResponse, Network}}, func(s *stream) bool {
			s.headers(false, ":status", "200", "content-type", "application/json", "content-length", "100")
			return s.WriteData(s.id, true, []byte("{}")) == nil
		}),
		http2Fault("a stream that is reset in a body", malformed(), func(s *stream) bool {
			beginning(s)
			return s.WriteRSTStream(s.id, http2.ErrCodeInternal) == nil
		}),
	}
	for _, code := range []http2.ErrCode{
		http2.ErrCodeNo, http2.ErrCodeProtocol, http2.ErrCodeInternal, http2.ErrCodeFlowControl, http2.ErrCodeStreamClosed,
		http2.ErrCodeRefusedStream, http2.ErrCodeCancel, http2.ErrCodeEnhanceYourCalm, http2.ErrCodeHTTP11Required,
	} {
		faults = append(faults, http2Fault("a stream reset with "+code.String(), malformed(), func(s *stream) bool {
			return s.WriteRSTStream(s.id, code) == nil
		}))
	}
	return faults
}

func TestEveryCallMeetsEveryFaultOfTLS(t *testing.T) {
	t.Parallel()
	ca := newAuthority(t)
	faults := append(handshakeFaults(t, ca), frameFaults(t, ca)...)
	const least = 30
	cells := runTable(t, faults)
	checkRuns(t, faults)
	if len(faults) < least {
		t.Errorf("%d faults", len(faults))
	}
	t.Logf("counted: %d faults of TLS and HTTP/2, %d calls met them", len(faults), cells)
}
