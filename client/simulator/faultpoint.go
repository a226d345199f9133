package simulator

import (
	"bytes"
	"io"
	"net/http"
)

// Fault is how one request fails in the network.
type Fault int

// The faults.
const (
	// NoFault lets the request be answered.
	NoFault Fault = iota
	// Refuse closes the connection before the request has any effect.
	Refuse
	// LoseReply lets the request have its effect, and closes the connection in place of the reply.
	LoseReply
)

// WithFault asks f about each request that was read whole, before it has any effect. n is the request's Number; the body of r
// may be read. One call is made at a time, and f may use the Server. Mind that net/http sends a GET again by itself when the
// connection that was kept alive for it turns out to be closed: that is another request.
func WithFault(f func(n int, r *http.Request) Fault) Option {
	return func(s *Server) { s.faults.ask = f }
}

// WithReplied is called after each reply was written and flushed, and before the next request of that connection is read;
// never for a request that got no reply. One call is made at a time, and f may use the Server.
func WithReplied(f func(Request)) Option {
	return func(s *Server) { s.replies.tell = f }
}

// faultOf asks what is to happen to a call.
func (s *Server) faultOf(c *call) Fault {
	if s.faults.ask == nil {
		return NoFault
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	c.r.Body = io.NopCloser(bytes.NewReader(c.body))
	return s.faults.ask(c.entry.Number, c.r)
}

// sent tells that a reply is on its way.
func (s *Server) sent(c *call) {
	if s.replies.tell == nil {
		return
	}
	_ = http.NewResponseController(c.w.to).Flush() // a writer that cannot do it has nothing to be flushed
	s.mu.Lock()
	answered := *c.entry
	s.mu.Unlock()
	s.replies.mu.Lock()
	defer s.replies.mu.Unlock()
	s.replies.tell(answered)
}
