package client

import (
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"mimecred/client/secret"
)

func unproxied() expectation { return expectation{kinds: []Kind{ProxyFailed}} }

// throughProxy makes a fault of a proxy; scheme is how it is spoken to.
func throughProxy(t *testing.T, name, scheme string, handle func(*wire, net.Conn)) fault {
	t.Helper()
	return throughAddress(t, name, scheme, listen(t, handle))
}

func throughAddress(t *testing.T, name, scheme string, w *wire) fault {
	t.Helper()
	f := fault{name: name, endpoint: Endpoint{BaseURL: farHost}, server: w, budget: Timeouts{}.orDefault().Call, expect: unproxied()}
	if scheme == "http" || scheme == "https" {
		f.endpoint.Proxy = Proxy{URL: scheme + "://" + w.address, Username: "proxy-user", Password: secret.New(oddSecret)}
		return f
	}
	f.options = append(f.options, environment(map[string]string{"HTTPS_PROXY": scheme + "://proxy-user:proxy-password@" + w.address}))
	return f
}

// socksSays takes as much as a SOCKS5 client says before it waits, and answers each time; with the last it closes.
func socksSays(answers ...string) func(*wire, net.Conn) {
	return func(_ *wire, conn net.Conn) {
		for _, answer := range answers {
			if _, err := conn.Read(make([]byte, 512)); err != nil {
				return
			}
			_, _ = io.WriteString(conn, answer)
		}
	}
}

func connectFaults(t *testing.T) []fault {
	t.Helper()
	soon := Timeouts{Dial: 300 * time.Millisecond}
	still := func(_ *wire, conn net.Conn) { silently(conn) }
	shut := listen(t, still)
	shut.address = "127.0.0.1:1"
	ca := newAuthority(t)
	echo := func(conn net.Conn, r *http.Request) bool {
		_, _ = io.WriteString(conn, "HTTP/1.1 502 refused "+r.Header.Get("Proxy-Authorization")+" "+oddSecret+"\r\n\r\n")
		return false
	}
	return []fault{
		throughAddress(t, "a proxy that is not there", "http", shut),
		throughProxy(t, "a proxy that stalls", "http", still).bounded(soon),
		throughProxy(t, "a proxy with half an answer", "http", speaking(saying("HTTP/1.1 200"))).bounded(soon),
		throughProxy(t, "a proxy that goes", "http", speaking(then(""))),
		throughProxy(t, "a proxy that resets", "http", speaking(resetting(""))),
		throughProxy(t, "a proxy that speaks something else", "http", speaking(then("SSH-2.0-OpenSSH_9.9\r\n\r\n"))),
		throughProxy(t, "a proxy with a broken header", "http", speaking(then("HTTP/1.1 200 OK\r\nbroken\x1b[2J line\r\n\r\n"))),
		throughProxy(t, "a proxy with a long header", "http", speaking(then("HTTP/1.1 200 OK\r\nX: "+string(make([]byte, 2<<20))+"\r\n\r\n"))),
		throughProxy(t, "a proxy that says 100 for ever", "http", speaking(trickling("", "HTTP/1.1 100 Continue\r\n\r\n"))),
		throughProxy(t, "a proxy that speaks first", "http", speaking(then("HTTP/1.1 200 OK\r\n\r\nwelcome"))),
		throughProxy(t, "a proxy that wants a password", "http", speaking(then("HTTP/1.1 407 Who\x1b]0;x\x07 are you\r\n\r\n"))),
		throughProxy(t, "a proxy that refuses", "http", speaking(then("HTTP/1.1 403 Not \u202eallowed\r\n\r\n"))),
		throughProxy(t, "a proxy that fails", "http", speaking(then("HTTP/1.1 503 Later\r\n\r\n"))),
		throughProxy(t, "a proxy that switches", "http", speaking(saying("HTTP/1.1 101 Switching\r\n\r\n"))),
		throughProxy(t, "a proxy that repeats the password", "http", speaking(echo)),
		throughProxy(t, "a proxy without TLS", "https", speaking(then("HTTP/1.1 400 Bad\r\n\r\n"))),
		throughProxy(t, "a proxy that is not trusted", "https", secured(ca.issue(t, nil), still)),
		throughProxy(t, "a proxy without a handshake", "https", still).bounded(soon),
	}
}

func socksFaults(t *testing.T) []fault {
	t.Helper()
	soon := Timeouts{Dial: 300 * time.Millisecond}
	return []fault{
		throughProxy(t, "SOCKS that stalls", "socks5", func(_ *wire, conn net.Conn) { silently(conn) }).bounded(soon),
		throughProxy(t, "SOCKS that goes", "socks5", socksSays("")),
		throughProxy(t, "SOCKS 4", "socks5", socksSays("\x00\x5b\x00\x00\x00\x00\x00\x00")),
		throughProxy(t, "SOCKS that is HTTP", "socks5", socksSays("HTTP/1.1 400 Bad Request\r\n\r\n")),
		throughProxy(t, "SOCKS without a way to sign in", "socks5", socksSays("\x05\xff")),
		throughProxy(t, "SOCKS with a wrong password", "socks5h", socksSays("\x05\x02", "\x01\x01")),
		throughProxy(t, "SOCKS that refuses", "socks5", socksSays("\x05\x00", "\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00")),
		throughProxy(t, "SOCKS that cannot connect", "socks5h", socksSays("\x05\x00", "\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00")),
		throughProxy(t, "SOCKS with an odd address", "socks5", socksSays("\x05\x00", "\x05\x00\x00\x09\x00\x00")),
		throughProxy(t, "SOCKS that goes in between", "socks5", socksSays("\x05\x00", "\x05")),
	}
}

func TestEveryCallMeetsEveryFaultOfAProxy(t *testing.T) {
	t.Parallel()
	faults := append(connectFaults(t), socksFaults(t)...)
	const least = 12
	cells := runTable(t, faults)
	checkRuns(t, faults)
	if len(faults) < least {
		t.Errorf("%d faults", len(faults))
	}
	t.Logf("counted: %d faults of a proxy, %d calls met them", len(faults), cells)
}
