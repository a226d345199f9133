package client

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// wire is a server of bytes: what it says is really on the wire, whatever HTTP has against it. It counts requests by path.
type wire struct {
	address string
	mu      sync.Mutex
	counted map[string]int
	// agents counts by user agent and path.
	agents map[string]int
}

func (w *wire) count(path string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.counted[path]
}

func (w *wire) total() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, times := range w.counted {
		n += times
	}
	return n
}

func (w *wire) add(agent, path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counted[path]++
	w.agents[agent+" "+path]++
}

func (w *wire) by(agent, path string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.agents[agent+" "+path]
}

// listen has each connection handled by itself. All of them are closed when the test ends.
func listen(t testing.TB, handle func(w *wire, conn net.Conn)) *wire {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{address: l.Addr().String(), counted: map[string]int{}, agents: map[string]int{}}
	var running sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, conn)
			mu.Unlock()
			running.Go(func() {
				defer conn.Close()
				handle(w, conn)
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, conn := range open {
			_ = conn.Close()
		}
		mu.Unlock()
		running.Wait()
	})
	return w
}

// speaking answers every HTTP/1.1 request on a connection with answer, until that is false.
func speaking(answer func(conn net.Conn, r *http.Request) bool) func(*wire, net.Conn) {
	return func(w *wire, conn net.Conn) {
		reader := bufio.NewReader(conn)
		for {
			r, err := http.ReadRequest(reader)
			if err != nil {
				return
			}
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(body))
			w.add(r.UserAgent(), r.URL.Path)
			if !answer(conn, r) {
				return
			}
		}
	}
}

// saying answers with the same bytes and keeps the connection open.
func saying(text string) func(net.Conn, *http.Request) bool {
	return func(conn net.Conn, _ *http.Request) bool {
		_, err := io.WriteString(conn, text)
		return err == nil
	}
}

// silently reads what comes and says nothing, until the other side goes.
func silently(conn io.Reader) { _, _ = io.Copy(io.Discard, conn) }

// authority makes certificates, and the file that has them trusted.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	a := &authority{key: newKey(t)}
	template := authorityTemplate("Test Authority")
	der, err := x509.CreateCertificate(rand.Reader, template, template, &a.key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.file = filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(a.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

func authorityTemplate(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-100 * 24 * time.Hour), NotAfter: time.Now().Add(100 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
}

func serverTemplate() *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "mimecast.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost", "mimecast.test"},
	}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// issue makes a server's certificate for 127.0.0.1 and localhost, changed as change says.
func (a *authority) issue(t testing.TB, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key := newKey(t)
	template := serverTemplate()
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// secured speaks TLS before it handles a connection; protocols are offered by ALPN.
func secured(cert tls.Certificate, handle func(*wire, net.Conn), protocols ...string) func(*wire, net.Conn) {
	config := &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: protocols, MinVersion: tls.VersionTLS12}
	return func(w *wire, conn net.Conn) {
		secure := tls.Server(conn, config)
		if secure.Handshake() == nil {
			handle(w, secure)
		}
		_ = secure.Close()
	}
}

// stream is one request of HTTP/2, with what answers it by hand.
type stream struct {
	*http2.Framer
	conn net.Conn
	id   uint32
	path string
}

// headers sends a header block; end closes the stream.
func (s *stream) headers(end bool, fields ...string) {
	var block writer
	encoder := hpack.NewEncoder(&block)
	for i := 0; i+1 < len(fields); i += 2 {
		_ = encoder.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]})
	}
	_ = s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.id, BlockFragment: block.bytes, EndStream: end, EndHeaders: true})
}

func field(frame *http2.MetaHeadersFrame, name string) string {
	for _, f := range frame.RegularFields() {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

type writer struct{ bytes []byte }

func (w *writer) Write(p []byte) (int, error) {
	w.bytes = append(w.bytes, p...)
	return len(p), nil
}

// speaking2 answers every HTTP/2 request once it is there with its body, until answer is false.
func speaking2(answer func(s *stream) bool) func(*wire, net.Conn) {
	return func(w *wire, conn net.Conn) {
		if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
			return
		}
		framer := http2.NewFramer(conn, conn)
		framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
		_ = framer.WriteSettings()
		paths := map[uint32]string{}
		for {
			frame, err := framer.ReadFrame()
			if err != nil {
				return
			}
			ended := false
			switch frame := frame.(type) {
			case *http2.SettingsFrame:
				if !frame.IsAck() {
					_ = framer.WriteSettingsAck()
				}
			case *http2.MetaHeadersFrame:
				paths[frame.StreamID] = frame.PseudoValue("path")
				w.add(field(frame, "user-agent"), frame.PseudoValue("path"))
				ended = frame.StreamEnded()
			case *http2.DataFrame:
				ended = frame.StreamEnded()
			}
			id := frame.Header().StreamID
			if ended && !answer(&stream{Framer: framer, conn: conn, id: id, path: paths[id]}) {
				return
			}
		}
	}
}
