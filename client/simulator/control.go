package simulator

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The control room: what a person or a script does to a simulator that runs, over HTTP. It is beside the simulated Mimecast.
// No scenario reaches it, not even one that drops every connection, and its requests are not in Requests.

// controlPath is where it is; no path of Mimecast begins so.
const controlPath = "/simulator/"

// refusal is why a command is not carried out.
type refusal struct {
	status int
	text   string
}

// Error implements error.
func (r *refusal) Error() string { return r.text }

func refuse(status int, format string, args ...any) error {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

// control answers a request to the control room.
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.patience)) // as for every other request
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	said, err := s.run(h, r)
	if err != nil {
		status := http.StatusBadRequest
		if known, ok := errors.AsType[*refusal](err); ok {
			status = known.status
		}
		w.WriteHeader(status)
		said = err.Error()
	}
	text, ok := said.(string)
	if !ok {
		h.Set("Content-Type", "application/json")
		text = encode(said)
	}
	_, _ = w.Write([]byte(text + "\n"))
}

// run carries a command out. What it gives is text, or an object with what was made up.
func (s *Server) run(h http.Header, r *http.Request) (any, error) {
	if why := foreign(r); why != "" {
		return nil, refuse(http.StatusForbidden, "refused: %s; only the person at this machine may change the simulator", why)
	}
	name := strings.TrimPrefix(r.URL.Path, controlPath)
	if name == "" {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			return nil, refuse(http.StatusMethodNotAllowed, "%s only tells what there is: GET it", controlPath)
		}
		return s.overview("http://" + r.Host), nil
	}
	all := commands()
	at := slices.IndexFunc(all, func(o command) bool { return o.name == name })
	if at < 0 {
		var names []string
		for _, o := range all {
			names = append(names, o.name)
		}
		return nil, refuse(http.StatusNotFound, "there is no %s%s; there are: %s", controlPath, name, strings.Join(names, ", "))
	}
	if r.Method != http.MethodPost {
		h.Set("Allow", "POST")
		return nil, refuse(http.StatusMethodNotAllowed, "%s%s changes something: POST it", controlPath, name)
	}
	if err := r.ParseForm(); err != nil {
		return nil, refuse(http.StatusBadRequest, "the parameters cannot be read: %v", err)
	}
	if err := all[at].check(r.Form); err != nil {
		return nil, err
	}
	return all[at].run(s, r.Form)
}

// foreign tells why a request may be the work of some web page in a browser of this machine, which can reach its loopback
// addresses too; "" when it is not.
func foreign(r *http.Request) string {
	if !loopbackHost(r.Host) {
		return fmt.Sprintf("the host %q is not a loopback address", r.Host)
	}
	switch site := r.Header.Get("Sec-Fetch-Site"); site {
	case "", "none", "same-origin":
	default:
		return "the browser says that it comes from another site"
	}
	for _, name := range []string{"Origin", "Referer"} {
		for _, from := range r.Header.Values(name) {
			if u, err := url.Parse(from); err != nil || !strings.EqualFold(u.Host, r.Host) {
				return fmt.Sprintf("its %s is another site", name)
			}
		}
	}
	return ""
}

// loopbackHost tells whether a Host header names this machine: a page that makes its own name lead here does not.
func loopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}
