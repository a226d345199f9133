package simulator

import (
	"bytes"
	"net/http"
	"strconv"
)

// response keeps what a handler writes until all of it is there, so that a reply is sent whole or not at all.
type response struct {
	to     http.ResponseWriter
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (r *response) Header() http.Header { return r.to.Header() }

// WriteHeader implements http.ResponseWriter.
func (r *response) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

// Write implements http.ResponseWriter.
func (r *response) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

// send writes the reply. noted is told its status before any of it leaves.
func (r *response) send(noted func(status int)) {
	r.WriteHeader(http.StatusOK)
	r.Header().Set("Content-Length", strconv.Itoa(r.body.Len()))
	noted(r.status)
	r.to.WriteHeader(r.status)
	_, _ = r.to.Write(r.body.Bytes()) // a caller that has gone misses it
}
