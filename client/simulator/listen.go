package simulator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// grace is how long Close waits for replies that are under way.
const grace = 2 * time.Second

// Running is a simulator that listens.
type Running struct {
	// URL is scheme, host and port, without a trailing slash.
	URL    string
	Server *Server

	http   *http.Server
	done   chan struct{}
	closed func() error
}

// Start listens on addr, such as "127.0.0.1:8080"; the empty address is a free port of 127.0.0.1. Only loopback
// addresses are taken: the simulator speaks plain HTTP and knows no secret worth having, but it is nobody else's
// business. It runs until Close or the end of ctx.
func Start(ctx context.Context, addr string, opts ...Option) (*Running, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	if err := loopback(addr); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listening for the simulator: %w", err)
	}
	s := New(opts...)
	r := &Running{
		URL: "http://" + listener.Addr().String(), Server: s, done: make(chan struct{}),
		http: &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second},
	}
	r.closed = sync.OnceValue(r.shutDown)
	go func() {
		defer close(r.done)
		_ = r.http.Serve(listener) // ends with ErrServerClosed
	}()
	stop := context.AfterFunc(ctx, func() { _ = r.Close() })
	go func() { <-r.done; stop() }()
	return r, nil
}

// Close ends the simulator: replies under way get 2 s, those that hang on purpose end at once. It may be called often.
func (r *Running) Close() error { return r.closed() }

// Done is closed when the simulator has stopped.
func (r *Running) Done() <-chan struct{} { return r.done }

func (r *Running) shutDown() error {
	r.Server.stop()
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := r.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = r.http.Close()
	}
	<-r.done
	if err != nil {
		return fmt.Errorf("closing the simulator: %w", err)
	}
	return nil
}

// loopback refuses addresses that others can reach.
func loopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("address of the simulator: %w", err)
	}
	if ip, err := netip.ParseAddr(host); host == "localhost" || (err == nil && ip.IsLoopback()) {
		return nil
	}
	return fmt.Errorf("address of the simulator: %q is not a loopback address such as 127.0.0.1", host)
}
