package simulator

// Request is one request that was answered. It holds no secret.
type Request struct {
	// Number counts from 1 in the order of arrival.
	Number             int
	Method, Host, Path string
	// API is "1.0" or "2.0".
	API string
	// Status is the HTTP status of the reply; 0 when none was sent (yet).
	Status int
	// ID is the reply's x-request-id.
	ID string
	// Authorized tells whether the request had an Authorization header.
	Authorized bool
	// Write is set when the call would have changed something at Mimecast; the simulator refuses those.
	Write bool
}

// Requests lists every request in the order of arrival. A request is on the list, with its status, before its reply
// reaches the caller.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Request, len(s.requests))
	for i, r := range s.requests {
		list[i] = *r
	}
	return list
}

// ForgetRequests empties the list of requests.
func (s *Server) ForgetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// note changes what the list says about a request.
func (s *Server) note(c *call, change func(*Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(c.entry)
}
