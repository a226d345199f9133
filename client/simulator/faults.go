package simulator

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Faults of what lies between a client and Mimecast.

func html502(_ *Server, c *call) bool {
	return c.html(http.StatusBadGateway, "<html><head><title>502 Bad Gateway</title></head>"+
		"<body><h1>Bad Gateway</h1><p>The proxy could not reach the server.</p></body></html>")
}

func captivePortal(_ *Server, c *call) bool {
	return c.html(http.StatusOK, "<!DOCTYPE html><html><head><title>Sign in to the network</title></head>"+
		"<body><p>Please sign in to use the network.</p></body></html>")
}

func (c *call) html(status int, page string) bool {
	c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.w.WriteHeader(status)
	_, _ = c.w.Write([]byte(page))
	return true
}

// redirectOtherHost leads to this very server under another name, so that a client that follows shows up in Requests.
func redirectOtherHost(_ *Server, c *call) bool {
	host, port, err := net.SplitHostPort(c.r.Host)
	if err != nil {
		host, port = c.r.Host, ""
	}
	other := "localhost"
	if host == "localhost" {
		other = "127.0.0.1"
	}
	if strings.Contains(c.r.URL.Path, "redirected") || host == "" {
		return false
	}
	if port != "" {
		other = net.JoinHostPort(other, port)
	}
	scheme := "http://"
	if c.r.TLS != nil {
		scheme = "https://"
	}
	c.w.Header().Set("Location", scheme+other+"/redirected"+c.r.URL.Path)
	c.w.WriteHeader(http.StatusFound)
	return true
}

func slow(s *Server, c *call) bool {
	s.wait(c.r.Context(), s.slow)
	return false
}

func hang(s *Server, c *call) bool {
	select {
	case <-c.r.Context().Done():
	case <-s.closing:
	}
	panic(http.ErrAbortHandler)
}

func dropConnection(*Server, *call) bool { panic(http.ErrAbortHandler) }

// otherHost answers a call of the generation that this host does not serve: both replies are assumed.
func (c *call) otherHost(api string) {
	if api == "2.0" {
		c.html(http.StatusNotFound, "<html><body><h1>404 Not Found</h1></body></html>")
		return
	}
	c.flat(http.StatusUnauthorized, "invalid_access_token", "Access token is invalid")
}

// Faults of the token endpoint.

func nested401(_ *Server, c *call) bool {
	c.json(http.StatusUnauthorized, `{"fail":[{"errors":[{"code":"invalid_client_identifier",`+
		`"message":"Client credentials are invalid","retryable":false}]}]}`)
	return true
}

func oauthError(_ *Server, c *call) bool {
	c.json(http.StatusUnauthorized, `{"error":"invalid_client","error_description":"Client authentication failed"}`)
	return true
}

func failInToken(_ *Server, c *call) bool {
	c.flat(http.StatusOK, "InvalidClientIdentifier", "Client credentials are invalid")
	return true
}

// Faults of data calls, in the shapes of the generation that was asked. Those that speak of tokens leave API 1.0 alone,
// those that speak of signatures API 2.0.

func tokenExpired(s *Server, c *call) bool {
	if generation(c.r) == "1.0" || !s.first("token expired") {
		return false
	}
	_, text, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	s.mu.Lock()
	if t := s.state.tokens[text]; t != nil {
		t.expires = c.now
	}
	s.mu.Unlock()
	return tokenExpiredAlways(s, c)
}

func tokenExpiredAlways(_ *Server, c *call) bool {
	if generation(c.r) == "1.0" {
		return false
	}
	c.flat(http.StatusUnauthorized, "token_expired", "Access token has expired")
	return true
}

func tokenVerificationOnce(s *Server, c *call) bool {
	if generation(c.r) == "1.0" || !s.first("token verification") {
		return false
	}
	c.flat(http.StatusUnauthorized, "token_verification_failed", "Token verification failed")
	return true
}

func developerKeyOnce(s *Server, c *call) bool {
	if generation(c.r) == "2.0" || !s.first("developer key") {
		return false
	}
	c.unknownApplication(c.r.Header.Get("X-Mc-App-Id"))
	return true
}

func server500(_ *Server, c *call) bool {
	c.json(http.StatusInternalServerError, `{"fail":[{"errors":[{"code":"internal_server_error_1",`+
		`"message":"Failed to handle request with requestId: `+c.entry.ID+`","retryable":true}]}]}`)
	return true
}

func server500Once(s *Server, c *call) bool { return s.first("server 500") && server500(s, c) }

func gatewayTimeout(_ *Server, c *call) bool {
	c.flat(http.StatusGatewayTimeout, "GatewayTimeout", "Connection to service has timed out")
	return true
}

func empty400(_ *Server, c *call) bool {
	c.w.WriteHeader(http.StatusBadRequest)
	return true
}

func truncatedJSON(_ *Server, c *call) bool {
	c.json(http.StatusOK, `{"meta":{"status":200},"data":[{"region":"us","accountCo`)
	return true
}

func wrongContentType(_ *Server, c *call) bool {
	c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.json(http.StatusOK, "OK\n")
	return true
}

func problemJSON(_ *Server, c *call) bool {
	c.w.Header().Set("Content-Type", "application/problem+json")
	c.json(http.StatusForbidden, `{"type":"about:blank","title":"Forbidden","status":403,`+
		`"detail":"Forbidden to perform the requested operation"}`)
	return true
}

func errorObject(_ *Server, c *call) bool {
	if generation(c.r) == "1.0" {
		c.object(http.StatusForbidden, "err_xdk_forbidden", "Forbidden To Perform Operation")
		return true
	}
	c.object(http.StatusForbidden, "app_forbidden", "Forbidden to perform the requested operation")
	return true
}

func metaStatus403(_ *Server, c *call) bool {
	c.json(http.StatusOK, `{"meta":{"status":403},"data":[],"fail":[]}`)
	return true
}

func endpoint404(_ *Server, c *call) bool {
	if generation(c.r) == "1.0" {
		c.json(http.StatusNotFound, `{"meta":{"status":404},"data":[],"fail":[]}`)
		return true
	}
	c.flat(http.StatusNotFound, "endpoint_evaluation_failed_1", "Endpoint cannot be found")
	return true
}

func unknown403(_ *Server, c *call) bool {
	if generation(c.r) == "1.0" {
		c.failed(http.StatusForbidden, http.StatusForbidden, fault{Code: "err_made_up", Message: "This is not allowed"})
		return true
	}
	c.flat(http.StatusForbidden, "app_forbidden", "This is not allowed")
	return true
}

func incorrectRegion(_ *Server, c *call) bool {
	c.failed(http.StatusOK, http.StatusOK, fault{Code: "err_audit_log_incorrect_region", Message: "Incorrect region"})
	return true
}

// bodyTooBig sends valid JSON of 11 MiB.
func bodyTooBig(_ *Server, c *call) bool {
	const chunk, chunks = 1 << 20, 11
	head, tail := `{"meta":{"status":200},"data":[{"padding":"`, `"}],"fail":[]}`
	c.w.Header().Set("Content-Type", "application/json")
	c.w.Header().Set("Content-Length", strconv.Itoa(len(head)+chunk*chunks+len(tail)))
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write([]byte(head))
	padding := []byte(strings.Repeat("x", chunk))
	for range chunks {
		if _, err := c.w.Write(padding); err != nil {
			return true
		}
	}
	_, _ = c.w.Write([]byte(tail))
	return true
}

func rateLimited(reset time.Duration) func(*Server, *call) bool {
	return func(_ *Server, c *call) bool {
		limit := 800
		if generation(c.r) == "2.0" {
			limit = oauthQuota().calls
		}
		c.limited(rate{limit: limit, reset: reset, exceeded: true})
		return true
	}
}

func rateLimitedOnce(s *Server, c *call) bool {
	return s.first("rate limit") && rateLimited(200*time.Millisecond)(s, c)
}
