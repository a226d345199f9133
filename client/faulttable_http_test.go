package client

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// overHTTP makes a fault of a server on this machine that answers so.
func overHTTP(t *testing.T, name string, expect expectation, answer func(net.Conn, *http.Request) bool) fault {
	t.Helper()
	w := listen(t, speaking(tokenFirst(answer)))
	return fault{name: name, endpoint: Endpoint{BaseURL: "http://" + w.address}, server: w, budget: Timeouts{}.orDefault().Call, expect: expect}
}

// bounded replaces the time that a fault's calls have.
func (f fault) bounded(limits Timeouts) fault {
	f.options = append(f.options, WithTimeouts(limits))
	f.budget = limits.orDefault().Call
	return f
}

// rawReply is a whole reply that ends with its body; headers are lines without their end.
func rawReply(status int, body string, headers ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d Status\r\nContent-Length: %d\r\n", status, len(body))
	for _, line := range headers {
		b.WriteString(line + "\r\n")
	}
	return b.String() + "\r\n" + body
}

const (
	isJSON    = "Content-Type: application/json"
	isHTML    = "Content-Type: text/html"
	isText    = "Content-Type: text/plain"
	isProblem = "Content-Type: application/problem+json"
)

// then says something and closes the connection.
func then(text string) func(net.Conn, *http.Request) bool {
	return func(conn net.Conn, _ *http.Request) bool {
		_, _ = io.WriteString(conn, text)
		return false
	}
}

// statusFaults are every status with every shape of a body that something between may give, and with Mimecast's own.
func statusFaults(t *testing.T) []fault {
	t.Helper()
	bodies := []struct{ name, kind, body string }{
		{"no body", isJSON, ""},
		{"a page", isHTML, "<html><head><title>Blocked by policy</title></head></html>"},
		{"text", isText, "Access to this address is not allowed."},
		{"a message", isJSON, `{"message":"Forbidden"}`},
		{"a problem", isProblem, `{"type":"about:blank","title":"Forbidden","status":403,"detail":"policy"}`},
		{"a gateway's fault", isJSON, `{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}`},
		{"an empty list", isJSON, `[]`},
		{"null", isJSON, `null`},
		{"half an envelope", isJSON, `{"meta":{"status":200},"data":[{"acc`},
	}
	var faults []fault
	for _, status := range []int{200, 202, 400, 401, 403, 404, 405, 418, 429, 500, 502, 503} {
		for _, body := range bodies {
			name := fmt.Sprintf("%d with %s", status, body.name)
			faults = append(faults, overHTTP(t, name, between(), saying(rawReply(status, body.body, body.kind))))
		}
		faults = append(faults, overHTTP(t, fmt.Sprintf("%d of Mimecast", status), spoken(), saying(rawReply(status, noPermission, isJSON))))
	}
	return faults
}

// headerFaults break the rules of HTTP before the body.
func headerFaults(t *testing.T) []fault {
	t.Helper()
	const good = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	long := strings.Repeat("a", 2<<20)
	var faults []fault
	for name, text := range map[string]string{
		"a header without a colon":    good + "broken header line\r\n\r\n",
		"a header without a name":     good + ": nothing\r\n\r\n",
		"a fold before any header":    "HTTP/1.1 200 OK\r\n folded: line\r\n\r\n",
		"a control byte in a name":    good + "X\x01A: b\r\n\r\n",
		"an escape in a name":         good + "X\x1b[31m A: b\r\n\r\n",
		"two lengths":                 good + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
		"a length in words":           good + "Content-Length: two\r\n\r\n{}",
		"a length below zero":         good + "Content-Length: -1\r\n\r\n{}",
		"a length beyond all":         good + "Content-Length: 99999999999999999999\r\n\r\n{}",
		"a header of 2 MiB":           good + "X-Long: " + long + "\r\n\r\n{}",
		"a hundred thousand headers":  good + strings.Repeat("X-Many: header\r\n", 100_000) + "\r\n{}",
		"a status line of 2 MiB":      "HTTP/1.1 200 " + long + "\r\n\r\n{}",
		"a packing that is not known": good + "Transfer-Encoding: zq\r\n\r\n{}",
		"a status in words":           "HTTP/1.1 fine OK\r\n\r\n{}",
		"a status of two digits":      "HTTP/1.1 20 OK\r\n\r\n{}",
		"a status of four digits":     "HTTP/1.1 2000 OK\r\n\r\n{}",
		"a status below zero":         "HTTP/1.1 -20 OK\r\n\r\n{}",
		"status 000":                  "HTTP/1.1 000 Nothing\r\nContent-Length: 2\r\n\r\n{}",
		"status 099":                  "HTTP/1.1 099 Early\r\nContent-Length: 2\r\n\r\n{}",
		"status 101":                  "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
		"status 101 without upgrade":  "HTTP/1.1 101 Switching\r\n\r\n",
		"six times 103":               strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 6) + rawReply(200, okBody, isJSON),
		"six times 199":               strings.Repeat("HTTP/1.1 199 Soon\r\n\r\n", 6) + rawReply(200, okBody, isJSON),
		"a version in words":          "HTTP/one 200 OK\r\n\r\n{}",
		"no version":                  "HTTP 200 OK\r\n\r\n{}",
		"another protocol":            "ICY 200 OK\r\n\r\n{}",
		"a banner of SSH":             "SSH-2.0-OpenSSH_9.9\r\n\r\n",
		"a banner of mail":            "220 mail.example ESMTP ready\r\n\r\n",
		"a page without a header":     "<html><body>welcome</body></html>\r\n\r\n",
		"an alert of TLS":             "\x15\x03\x03\x00\x02\x02\x28\r\n\r\n",
		"random bytes":                "\x8b\x01\xff\xfe\x00\x1b]0;x\x07\r\n\r\n",
		"zero bytes":                  strings.Repeat("\x00", 64) + "\r\n\r\n",
		"an empty line":               "\r\n\r\n",
	} {
		faults = append(faults, overHTTP(t, name, malformed(), then(text)))
	}
	return faults
}

// bodyFaults break the rules of HTTP in the body.
func bodyFaults(t *testing.T) []fault {
	t.Helper()
	const chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
	zipped := packed(okBody)
	broken := bytes.Clone(zipped)
	broken[len(broken)-6] ^= 0xff
	scrambled := bytes.Clone(zipped)
	scrambled[15] ^= 0xff
	var faults []fault
	for name, text := range map[string]string{
		"a chunk without a length":    chunked + "zz\r\n{}\r\n0\r\n\r\n",
		"a chunk below zero":          chunked + "-5\r\n{}\r\n0\r\n\r\n",
		"a chunk beyond all":          chunked + "FFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
		"a chunk longer than it says": chunked + "2\r\n{}{}{}\r\n0\r\n\r\n",
		"an endless chunk header":     chunked + "2;" + strings.Repeat("a", 1<<20) + "\r\n{}\r\n0\r\n\r\n",
		"a broken trailer":            chunked + "2\r\n{}\r\n0\r\nbroken trailer\r\n\r\n",
		"gzip that is none":           rawReply(200, okBody, isJSON, "Content-Encoding: gzip"),
		"half of gzip":                rawReply(200, string(zipped[:len(zipped)/2]), isJSON, "Content-Encoding: gzip"),
		"gzip with a wrong sum":       rawReply(200, string(broken), isJSON, "Content-Encoding: gzip"),
		"gzip with a flipped byte":    rawReply(200, string(scrambled), isJSON, "Content-Encoding: gzip"),
		"gzip with more behind":       rawReply(200, string(zipped)+"more", isJSON, "Content-Encoding: gzip"),
		"a bomb of gzip":              rawReply(200, string(packed(strings.Repeat(" ", maxBody+1))), isJSON, "Content-Encoding: gzip"),
		"damaged gzip of 503":         rawReply(503, string(broken), isJSON, "Content-Encoding: gzip"),
		"brotli":                      rawReply(200, okBody, isJSON, "Content-Encoding: br"),
		"gzip twice":                  rawReply(200, string(zipped), isJSON, "Content-Encoding: gzip, gzip"),
		"a broken chunk of 502":       strings.Replace(chunked, "200", "502", 1) + "zz\r\n{}\r\n0\r\n\r\n",
		"a body larger than 10 MiB":   rawReply(200, strings.Repeat(" ", maxBody+1), isJSON),
	} {
		faults = append(faults, overHTTP(t, name, malformed(), then(text)))
	}
	return faults
}

func packed(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.Bytes()
}

// timeFaults stop, break or go on for ever.
func timeFaults(t *testing.T) []fault {
	t.Helper()
	const header = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	header300 := Timeouts{Header: 300 * time.Millisecond}
	call := Timeouts{Call: 1500 * time.Millisecond}
	faults := []fault{
		overHTTP(t, "no answer", slow(), saying("")).bounded(header300),
		overHTTP(t, "half a status line that stays", slow(), saying("HTTP/1.1 2")).bounded(header300),
		overHTTP(t, "half a header that stays", slow(), saying(header+"X-A")).bounded(header300),
		overHTTP(t, "103 and nothing more", slow(), saying("HTTP/1.1 103 Early Hints\r\n\r\n")).bounded(header300),
		overHTTP(t, "a header that trickles", slow(), trickling(header, "X-A: b\r\n")).bounded(header300),
		overHTTP(t, "a body that trickles", slow(), trickling(header+"Content-Length: 100000\r\n\r\n", " ")).bounded(call),
		overHTTP(t, "a chunk that trickles", slow(), trickling(header+"Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")).bounded(call),
		overHTTP(t, "a body that stalls", slow(), saying(header+"Content-Length: 100\r\n\r\n{")).bounded(call),
		overHTTP(t, "a body without end", malformed(), trickling(header+"\r\n", strings.Repeat(" ", 4<<20))),
		overHTTP(t, "103 without end", malformed(), trickling("", "HTTP/1.1 103 Early Hints\r\n\r\n")),
		overHTTP(t, "an end at once", cut(), then("")),
		overHTTP(t, "an end in the status line", cutShort(), then("HTTP/1.1 2")),
		overHTTP(t, "an end in a header", cutShort(), then(header+"X-A")),
		overHTTP(t, "an end after 100", cut(), then("HTTP/1.1 100 Continue\r\n\r\n")),
		overHTTP(t, "an end in a body", cut(), then(header+"Content-Length: 100\r\n\r\n{")),
		overHTTP(t, "an end in a chunk", cut(), then(header+"Transfer-Encoding: chunked\r\n\r\n10\r\n{")),
		overHTTP(t, "an end in a packed body", cut(), then(header+"Content-Encoding: gzip\r\nContent-Length: 500\r\n\r\n"+string(packed(okBody)))),
		overHTTP(t, "a reset", cut(), resetting("")),
		overHTTP(t, "a reset in a body", cut(), resetting(header+"Content-Length: 100\r\n\r\n{")),
	}
	return faults
}

// trickling says begin, and again until the other side has had enough of it.
func trickling(begin, again string) func(net.Conn, *http.Request) bool {
	return func(conn net.Conn, _ *http.Request) bool {
		_, err := io.WriteString(conn, begin)
		ticker := time.NewTicker(20 * time.Millisecond)
		defer ticker.Stop()
		for ; err == nil; <-ticker.C {
			_, err = io.WriteString(conn, again)
		}
		return false
	}
}

// resetting says something and resets the connection.
func resetting(text string) func(net.Conn, *http.Request) bool {
	return func(conn net.Conn, _ *http.Request) bool {
		_, _ = io.WriteString(conn, text)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		return false
	}
}

func TestEveryCallMeetsEveryFaultOfHTTP(t *testing.T) {
	t.Parallel()
	var faults []fault
	for _, some := range []func(*testing.T) []fault{statusFaults, headerFaults, bodyFaults, timeFaults, wordFaults, shapeFaults} {
		faults = append(faults, some(t)...)
	}
	const least = 120
	cells := runTable(t, faults)
	checkRuns(t, faults)
	if len(faults) < least {
		t.Errorf("%d faults", len(faults))
	}
	t.Logf("counted: %d faults of HTTP, %d calls met them", len(faults), cells)
}
