package simulator

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// raw sends text over a connection of its own and gives the reply's status and body.
func (l *lab) raw(text string) (int, string) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 20*time.Second)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", strings.TrimPrefix(l.url, "http://"))
	if err != nil {
		l.t.Fatal(err)
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline)
	if _, err := io.WriteString(conn, text); err != nil {
		l.t.Fatal(err)
	}
	reader := bufio.NewReader(conn)
	res, err := http.ReadResponse(reader, nil)
	for err == nil && res.StatusCode == http.StatusContinue {
		res, err = http.ReadResponse(reader, nil)
	}
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(body)
}

// Old and careful clients are served as well.
func TestOldProtocols(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	for name, text := range map[string]string{
		"HTTP/1.0":              "POST %s HTTP/1.0\r\nAuthorization: Bearer %s\r\nContent-Length: 11\r\n\r\n{\"data\":[]}",
		"HTTP/1.0 without body": "POST %s HTTP/1.0\r\nAuthorization: Bearer %s\r\n\r\n",
		"shouted headers":       "POST %s HTTP/1.1\r\nHOST: x\r\nAUTHORIZATION: BEARER %s\r\nCONTENT-LENGTH: 0\r\n\r\n",
		"chunks":                "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"data\":[]}\r\n0\r\n\r\n",
		"100-continue":          "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n{\"data\":[]}",
	} {
		t.Run(name, func(t *testing.T) {
			if status, body := l.raw(fmt.Sprintf(text, accountPath, token)); status != 200 || !strings.Contains(body, "accountCode") {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	// Without a Host header the address of a file is that of the connection.
	status, body := l.raw("GET /siem/v1/batch/events/cg?type=av HTTP/1.0\r\nAuthorization: Bearer " + token + "\r\n\r\n")
	if status != 200 || !strings.Contains(body, `{"url":"`+l.url+"/") {
		t.Errorf("%d %.200s", status, body)
	}
}

// A body that never comes does not keep the connection, and neither does one of a command.
func TestSlowBody(t *testing.T) {
	l := newLab(t, WithPatience(50*time.Millisecond))
	for _, path := range []string{"/oauth/token", accountPath, controlPath + "scenario"} {
		head := "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ngrant"
		if status, _ := l.raw(head); status != http.StatusRequestTimeout && status != http.StatusBadRequest {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// The patience is for the request alone: a reply may take longer.
func TestSlowReply(t *testing.T) {
	l := newLab(t, WithPatience(10*time.Millisecond), WithScenario("slow"), WithSlow(60*time.Millisecond))
	if token := l.bearerOf(l.seeded.all); token == "" {
		t.Error("no token")
	}
}

// A writer without a connection is served all the same, and files over TLS have addresses of TLS.
func TestWithoutConnectionAndWithTLS(t *testing.T) {
	s := New()
	to := httptest.NewRecorder()
	s.ServeHTTP(to, httptest.NewRequestWithContext(t.Context(), "GET", "/identity/whoami", nil))
	if to.Code != http.StatusUnauthorized {
		t.Error(to.Code)
	}
	r := httptest.NewRequestWithContext(t.Context(), "GET", "https://example.com/", nil)
	if got := (&call{r: r}).base(); got != "https://example.com" {
		t.Error(got)
	}
}
