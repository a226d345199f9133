package simulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// maxRequest is the longest body that is read.
const maxRequest = 1 << 20

// Server is a simulated Mimecast. It is an http.Handler, safe for concurrent use.
type Server struct {
	mint         mint
	clock        func() time.Time
	latency      time.Duration
	slow         time.Duration
	patience     time.Duration
	secondFactor SecondFactor
	onCode       func(email, code string)
	closing      chan struct{}
	closeOnce    sync.Once
	faults       struct {
		mu  sync.Mutex
		ask func(n int, r *http.Request) Fault
	}
	replies struct {
		mu   sync.Mutex
		tell func(Request)
	}

	mu       sync.Mutex
	state    *state
	scenario *scenario
	once     map[string]bool // what a scenario does only once and has done
	windows  map[string]*window
	requests []*Request
	served   int
	seeded   seeded
	answers  map[string]answer
}

// Option changes a new Server.
type Option func(*Server)

// WithClock sets the clock; the default is time.Now.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.clock = now } }

// WithLatency adds d to each reply.
func WithLatency(d time.Duration) Option { return func(s *Server) { s.latency = d } }

// WithSlow sets how long the scenario "slow" takes for each reply; the default is 3 s.
func WithSlow(d time.Duration) Option { return func(s *Server) { s.slow = d } }

// WithPatience sets how long the body of a request may take to arrive, by the machine's clock; the default is 30 s. After
// that the reply is HTTP 408.
func WithPatience(d time.Duration) Option { return func(s *Server) { s.patience = d } }

// WithScenario starts with a scenario (see Scenarios). An unknown name is the same as "none"; SetScenario tells.
func WithScenario(name string) Option {
	return func(s *Server) {
		if found := findScenario(name); found != nil {
			s.scenario = found
		}
	}
}

// WithSecondFactor sets what a user with a second factor is answered at sign-in; the default is Assumed.
func WithSecondFactor(shape SecondFactor) Option {
	return func(s *Server) { s.secondFactor = shape }
}

// WithSeed changes all made-up values. The same seed gives the same values.
func WithSeed(seed string) Option { return func(s *Server) { s.mint = mint{seed} } }

// WithCodeSent is called with each one-time code that is "sent".
func WithCodeSent(f func(email, code string)) Option { return func(s *Server) { s.onCode = f } }

// New makes a simulated Mimecast with two tenants, and applications and users for every value of Credentials.
func New(opts ...Option) *Server {
	s := &Server{
		mint: mint{"mimecred"}, clock: time.Now, slow: 3 * time.Second, patience: 30 * time.Second, secondFactor: Assumed,
		closing: make(chan struct{}), state: newState(), scenario: findScenario("none"),
		once: map[string]bool{}, windows: map[string]*window{}, answers: answers(),
	}
	for _, opt := range opts {
		opt(s)
	}
	s.seed()
	return s
}

// stop lets every reply that hangs end.
func (s *Server) stop() { s.closeOnce.Do(func() { close(s.closing) }) }

// now is Mimecast's time: the clock and what the scenario adds to it. The lock is held.
func (s *Server) now() time.Time { return s.clock().Add(s.scenario.skew) }

// call is one request while it is being answered.
type call struct {
	w        *response
	r        *http.Request
	body     []byte
	scenario *scenario
	// entry is the request's line in the log; see note.
	entry *Request
	// now is Mimecast's time when the request arrived.
	now time.Time
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, controlPath) {
		s.control(w, r)
		return
	}
	c := s.begin(w, r)
	if !s.serve(c) {
		panic(http.ErrAbortHandler)
	}
	c.w.send(func(status int) {
		s.note(c, func(r *Request) { r.Status = status })
	})
	s.sent(c)
}

// serve lets the request have its effect. It tells whether there is a reply.
func (s *Server) serve(c *call) (replied bool) {
	body, err := s.readBody(c)
	if err != nil {
		if errors.Is(err, os.ErrDeadlineExceeded) {
			c.w.Header().Set("Connection", "close")
			c.w.WriteHeader(http.StatusRequestTimeout)
			return true
		}
		if _, tooBig := errors.AsType[*http.MaxBytesError](err); tooBig {
			c.w.WriteHeader(http.StatusRequestEntityTooLarge)
			return true
		}
		return false // the caller broke off
	}
	c.body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	fault := s.faultOf(c)
	if fault == Refuse {
		return false
	}
	s.wait(c.r.Context(), s.latency)
	if c.scenario.transport == nil || !c.scenario.transport(s, c) {
		s.route(c)
	}
	return fault != LoseReply
}

// readBody reads what was sent. A caller that sends it too slowly does not keep the connection for ever.
func (s *Server) readBody(c *call) ([]byte, error) {
	connection := http.NewResponseController(c.w.to)
	_ = connection.SetReadDeadline(time.Now().Add(s.patience))     // a writer without a connection has no deadline
	defer func() { _ = connection.SetReadDeadline(time.Time{}) }() // replies may take as long as they like
	body, err := io.ReadAll(http.MaxBytesReader(c.w.to, c.r.Body, maxRequest))
	if err != nil {
		return nil, fmt.Errorf("reading the request's body: %w", err)
	}
	return body, nil
}

// begin notes the request and sets the headers that every reply has.
func (s *Server) begin(w http.ResponseWriter, r *http.Request) *call {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served++
	c := &call{r: r, w: &response{to: w}, scenario: s.scenario, now: s.now()}
	id := s.mint.uuid(s.state.number("request"))
	c.entry = &Request{
		Number: s.served, Method: r.Method, Host: r.Host, Path: r.URL.Path, ID: id,
		API: generation(r), Authorized: r.Header.Get("Authorization") != "",
	}
	s.requests = append(s.requests, c.entry)
	h := w.Header()
	h.Set("X-Request-Id", id)
	h.Set("Date", c.now.UTC().Format(http.TimeFormat))
	return c
}

// wait stands still for d. When the caller has gone or the server closes before that, there is no reply.
func (s *Server) wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return
	case <-ctx.Done():
	case <-s.closing:
	}
	panic(http.ErrAbortHandler)
}

// generation tells the two APIs apart: by the path where that is enough, by the kind of authorisation otherwise.
func generation(r *http.Request) string {
	scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.HasPrefix(r.URL.Path, "/api/login/") || strings.EqualFold(scheme, "MC") ||
		(scheme == "" && r.Header.Get("X-Mc-App-Id") != "") {
		return "1.0"
	}
	return "2.0"
}

// route answers by the rules of the generation that was addressed.
func (s *Server) route(c *call) {
	api := generation(c.r)
	switch {
	case strings.HasPrefix(c.r.URL.Path, filesPath):
		s.siemFile(c)
	case c.scenario.only != "" && c.scenario.only != api:
		c.otherHost(api)
	case strings.HasPrefix(c.r.URL.Path, "//"):
		// A base URL with a slash at its end (one vendor's changelog).
		c.flat(http.StatusNotFound, "endpoint_evaluation_failed_1", "Endpoint cannot be found")
	case strings.TrimSuffix(c.r.URL.Path, "/") == "/oauth/token":
		s.token(c)
	case c.r.URL.Path == "/api/login/discover-authentication":
		s.discover(c)
	case c.r.URL.Path == "/api/login/login":
		s.login(c)
	case api == "1.0":
		s.signed(c)
	default:
		s.bearer(c)
	}
}

// first tells whether something that a scenario does only once is still to be done, and notes that it was.
func (s *Server) first(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	done := s.once[what]
	s.once[what] = true
	return !done
}
