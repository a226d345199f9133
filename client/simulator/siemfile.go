package simulator

import (
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The files that a batch lists. At Mimecast they lie in a cloud store, behind addresses that are signed and need no token
// (agreed by four clients); here the simulator serves them itself, below a path that Mimecast does not have.

const (
	filesPath = "/made-up-bucket/siem/"
	// linkLifetime is how long such an address works; assumed.
	linkLifetime = time.Hour
	amzDate      = "20060102T150405Z"
)

// siemWriter writes the events of one account.
type siemWriter struct {
	s                *Server
	base             string
	now              time.Time
	platform         string
	account, address string
	gz               *gzip.Writer
}

func (s *Server) siemWriter(c *call, a asked, platform string) *siemWriter {
	return &siemWriter{
		s: s, base: c.base(), now: c.now, platform: platform,
		account: a.tenant.Code, address: first(a.tenant.Addresses, "user1@example.com"),
	}
}

// base is the address that the caller reached this server by. HTTP/1.0 need not name a host.
func (c *call) base() string {
	host := c.r.Host
	if host == "" {
		if addr, ok := c.r.Context().Value(http.LocalAddrContextKey).(interface{ String() string }); ok {
			host = addr.String()
		}
	}
	if c.r.TLS != nil {
		return "https://" + host
	}
	return "http://" + host
}

// link is one item of a batch: the address, the time until when it works, and the size of the file.
func (w *siemWriter) link(kind string, at time.Time) string {
	path := filesPath + w.platform + "/" + w.account + "/" + strings.ReplaceAll(kind, " ", "_") + "/" +
		strconv.FormatInt(at.Unix(), 10) + ".json.gz"
	date := w.now.UTC().Format(amzDate)
	query := url.Values{
		"X-Amz-Algorithm": {"AWS4-HMAC-SHA256"}, "X-Amz-Date": {date},
		"X-Amz-Expires":   {strconv.Itoa(int(linkLifetime.Seconds()))},
		"X-Amz-Signature": {w.s.fileSignature(path, date)},
	}
	expiry := w.now.Add(linkLifetime).UTC().Format(isoMillis)
	return `{"url":` + encodeAddress(w.base+path+"?"+query.Encode()) + `,"expiry":"` + expiry +
		`","size":` + strconv.Itoa(len(w.file(kind, at))) + `}`
}

// encodeAddress is encode without the escapes for markup: an address is copied out of the text by hand and by sed.
func encodeAddress(address string) string { return `"` + address + `"` }

func (s *Server) fileSignature(path, date string) string {
	return s.mint.text("file "+path+" "+date, "", hexes, 64)
}

// file is the events of one quarter of an hour: a line of JSON each, in gzip.
func (w *siemWriter) file(kind string, at time.Time) []byte {
	var b bytes.Buffer
	if w.gz == nil {
		w.gz = gzip.NewWriter(&b)
	} else {
		w.gz.Reset(&b)
	}
	for n := range perFile {
		_, _ = w.gz.Write([]byte(w.event(kind, at, n) + "\n")) // a buffer accepts everything
	}
	_ = w.gz.Close()
	return b.Bytes()
}

// event is one event. Its ids depend on nothing but its type, time and number.
func (w *siemWriter) event(kind string, at time.Time, n int) string {
	label := w.platform + " " + kind + " " + strconv.FormatInt(at.Unix(), 10) + " " + strconv.Itoa(n)
	body := gatewayEvent
	if w.platform == "ci" {
		body = integratedEvent
	}
	return fill(body,
		"aggregate", w.s.mint.text("aggregate "+label, "", alnum, 22), "processing", w.s.mint.text("processing "+label, "", alnum, 43),
		"seconds", strconv.FormatInt(at.Unix(), 10), "millis", strconv.FormatInt(at.UnixMilli(), 10),
		"type", kind, "account", w.account, "address", w.address, "n", strconv.Itoa(n+1),
		"offset", strconv.FormatInt(at.Unix()/int64(quarter.Seconds())*perFile+int64(n), 10))
}

// siemFile serves a file. The refusals are those of the cloud store: XML, HTTP 403 for an address that was changed or has
// expired (agreed by two clients in its status).
func (s *Server) siemFile(c *call) {
	path, query := c.r.URL.Path, c.r.URL.Query()
	if c.r.Method != http.MethodGet && c.r.Method != http.MethodHead {
		c.xml(http.StatusMethodNotAllowed, "MethodNotAllowed", "The specified method is not allowed against this resource.")
		return
	}
	signed, err := time.Parse(amzDate, query.Get("X-Amz-Date"))
	if err != nil || !hmac.Equal([]byte(query.Get("X-Amz-Signature")), []byte(s.fileSignature(path, query.Get("X-Amz-Date")))) {
		c.xml(http.StatusForbidden, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")
		return
	}
	if !c.now.Before(signed.Add(linkLifetime)) {
		c.xml(http.StatusForbidden, "AccessDenied", "Request has expired")
		return
	}
	part := strings.Split(strings.TrimPrefix(path, filesPath), "/")
	seconds, _ := strconv.ParseInt(strings.TrimSuffix(part[3], ".json.gz"), 10, 64) // ours: the signature is right
	s.mu.Lock()
	tenant := *s.state.tenant(part[1])
	s.mu.Unlock()
	file := s.siemWriter(c, asked{tenant: tenant}, part[0]).file(strings.ReplaceAll(part[2], "_", " "), time.Unix(seconds, 0).UTC())
	c.w.Header().Set("Content-Type", "binary/octet-stream") // the cloud store's default
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(file)
}

func (c *call) xml(status int, code, message string) {
	c.w.Header().Set("Content-Type", "application/xml")
	c.w.WriteHeader(status)
	_, _ = c.w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>"))
}
