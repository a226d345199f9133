package client

import (
	"strings"
	"testing"
)

// TestExplain: every kind is told by name, and by the words in which logs have it. The codes and messages are those of kindOfWords; the
// rest is what Go, Python, Node.js, Java, curl and .NET say.
func TestExplain(t *testing.T) {
	t.Parallel()
	texts := map[Kind][]string{
		InvalidCredentials: {
			"err_xdk_invalid_signature", `{"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"Invalid Signature","retryable":false}]}]}`,
			"InvalidClientIdentifier: Client credentials are invalid", "HTTP 401", "401 Client Error: Unauthorized for url: https://api.services.mimecast.com/x",
			`{"error":"invalid_client","error_description":"Client credentials are invalid"}`, "Response [401]", "token_verification_failed",
		},
		UnknownApplication: {"err_developer_key: App Id is invalid", `ERROR collector: {"fail": [{"errors": [{"code": "err_developer_key", "message": "x"}]}]} for tenant 7`, "App ID is invalid"},
		ExpiredKeys:        {"err_xdk_binding_expired", "AccessKey Has Expired", "HTTP/1.1 418 I'm a teapot", "status code 418"},
		DisabledOrTooNew:   {"the application is disabled", `{"message":"App is disabled"}`},
		MissingProduct:     {"The requested operation does not exist in any product"},
		MissingPermission: {
			"app_forbidden", "err_xdk_forbidden", "403 Forbidden", "Forbidden to perform the requested operation", `"status": 403`,
		},
		NotLicensed: {"The account is not licensed for this", "package is not enabled"},
		WrongRegion: {"err_audit_log_incorrect_region"},
		ClockSkew:   {"err_xdk_invalid_signature: Date Header Too Skewed", "Request date header too skewed"},
		RateLimited: {"429", "HTTP 429 Too Many Requests", "Rate limit exceeded", "429 Client Error: Too Many Requests for url: https://x"},
		Validation:  {"err_validation_blank", "err_validation_null_field in data[0]", "HTTP 400 Bad Request", `{"error":"invalid_grant"}`, "err_audit_siem_invalid_token"},
		Server:      {"HTTP 503 Service Unavailable", "internal_server_error", "502 Bad Gateway", "error 504 Gateway Timeout"},
		BadResponse: {"Unexpected token < in JSON at position 0", "invalid character '<' looking for beginning of value", "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", "HTTP 404 Not Found"},
		Timeout: {
			"Client.Timeout exceeded while awaiting headers", "ReadTimeout: HTTPSConnectionPool(host='us-api.mimecast.com', port=443): Read timed out.", "java.net.SocketTimeoutException: connect timed out",
			"curl: (28) Operation timed out after 30001 milliseconds", "connect ETIMEDOUT 1.2.3.4:443",
		},
		Network: {"dial tcp 1.2.3.4:443: connect: connection refused", "connect ECONNREFUSED 127.0.0.1:443", "curl: (7) Failed to connect to us-api.mimecast.com port 443 after 3 ms", "socket hang up"},
		DNS: {
			"dial tcp: lookup us-api.mimecast.con: no such host", "getaddrinfo ENOTFOUND api.services.mimecast.com", "curl: (6) Could not resolve host: x",
			"java.net.UnknownHostException: us-api.mimecast.com", "socket.gaierror: [Errno -2] Name or service not known",
		},
		TLS: {
			"x509: certificate signed by unknown authority", "[SSL: CERTIFICATE_VERIFY_FAILED] unable to get local issuer certificate", "remote error: tls: handshake failure",
			"PKIX path building failed", "self-signed certificate in certificate chain",
		},
		ProxyFailed: {
			"proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused", "HTTP 407", "curl: (56) CONNECT tunnel failed, response 403",
			"ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))",
		},
		Canceled: {"context canceled"},
		WrongAPI: {"wrong_api"},
		Unknown:  {"unknown"},
	}
	for _, kind := range Kinds() {
		if len(texts[kind]) == 0 {
			t.Errorf("no text is tried for %s", kind)
		}
		for _, text := range append(texts[kind], string(kind), strings.ToUpper(string(kind))) {
			d, ok := Explain(text)
			if !ok || d.Kind != kind || d.Meaning == "" || d.Fix == "" {
				t.Errorf("%q: got %+v, want %s", text, d, kind)
			}
		}
	}
	for _, text := range []string{"", "  ", "hello", "port 443", "took 500 ms", "line 404 of the file", "the server is fine", "{", `{"a":{"b":1}}`, strings.Repeat("{", 2000)} {
		if d, ok := Explain(text); ok {
			t.Errorf("%.40q: got %+v, want nothing", text, d)
		}
	}
}

// FuzzExplain: nothing that is pasted breaks it, and whatever it knows has a meaning.
func FuzzExplain(f *testing.F) {
	f.Add(`{"fail":[{"errors":[{"code":"err_xdk_invalid_signature"}]}]}`)
	f.Add(strings.Repeat(`{"a":`, 500))
	f.Add("HTTP 401")
	f.Add("\xff{\x00:401")
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := Explain(text); ok != (d.Kind != "") || ok && d.Meaning == "" {
			t.Errorf("%q: %+v", text, d)
		}
	})
}
