package main

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"mimecred/client"
)

// rerouted sends every call to the simulator, whatever its host, and notes the hosts.
type rerouted struct {
	to    *url.URL
	hosts map[string]bool
	next  http.RoundTripper
	mu    *sync.Mutex // the calls of a check run together
}

func (r rerouted) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.hosts[req.URL.Host] = true
	r.mu.Unlock()
	here := req.Clone(req.Context())
	here.URL.Scheme, here.URL.Host, here.Host = r.to.Scheme, r.to.Host, r.to.Host
	resp, err := r.next.RoundTrip(here)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	return resp, nil
}

// atHosts runs a command line whose calls all end at the simulator.
func (d *desk) atHosts(in string, args ...string) (called, map[string]bool) {
	d.t.Helper()
	to, err := url.Parse(d.sim.URL)
	if err != nil {
		d.t.Fatal(err)
	}
	hosts := map[string]bool{}
	a, out, errs := d.program(in)
	defer a.close()
	a.calling = append(a.calling, client.WithTransport(func(next http.RoundTripper) http.RoundTripper {
		return rerouted{to, hosts, next, new(sync.Mutex)}
	}))
	root := newRootCmd(a)
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	code := a.report(d.t.Context(), root.ExecuteContext(d.t.Context()))
	return called{code: code, out: out.String(), err: errs.String()}, hosts
}

func (d *desk) fromAt(base string) string {
	from := d.pair(everything())
	from["profile"], from["api"], from["base_url"] = "acme", "2.0", base
	return asJSON(d.t, from)
}

// TestHostThatIsNotListedIsRefused runs every command that takes --from: exit 2, what was meant, and nothing is called.
func TestHostThatIsNotListedIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.setUp("oauth-ok", nil)
	for base, want := range map[string][]string{
		"https://us.mimecast.com/api2":              {"https://api.services.mimecast.com", "--allow-host us.mimecast.com"},
		"developer.services.mimecast.com":           {"https://api.services.mimecast.com", "--allow-host developer.services.mimecast.com"},
		"https://api.service.mimecast.com":          {"https://api.services.mimecast.com"},
		"https://eu-api.services.mimecast.com":      {"https://api.services.mimecast.com"},
		"https://gateway.example.org:8443":          {"--allow-host gateway.example.org:8443"},
		"https://203.0.113.7":                       {"is an IP address"},
		"https://api.services.mime\u0441ast.com":    {"xn--mimeast-1jg.com", `mime\u0441ast`},
		"https://api.services\u202e.mimecast.com":   {`services\u202e.mimecast.com`},
		"https://us-api.mimecast.com":               {`is a host of API 1.0`, "https://api.services.mimecast.com"},
		"https://user:pw@api.services.mimecast.com": {"leave out everything up to the @"},
	} {
		asked := len(d.sim.Server.Requests())
		for _, args := range [][]string{{"check"}, {"setup"}, {"rotate", "acme"}} {
			got := d.ends(exitUsage, d.fromAt(base), append(args, "--from", "-")...)
			got.says(t, want...)
			if strings.ContainsFunc(got.err, func(r rune) bool { return r > '~' }) {
				t.Errorf("%q: not ASCII: %q", base, got.err)
			}
		}
		if n := len(d.sim.Server.Requests()); n != asked {
			t.Errorf("%s: Mimecast was called", base)
		}
	}
	d.ends(exitUsage, "", "setup", "--from", "-", "--allow-host", "a b").says(t, "--allow-host")
}

// TestHostThatIsAllowed is allowed once, and remembered by the profile.
func TestHostThatIsAllowed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const base, host = "https://gateway.example.org:8443", "gateway.example.org:8443"
	run := func(in string, args ...string) called {
		t.Helper()
		got, hosts := d.atHosts(in, args...)
		if got.code != exitDone || len(hosts) != 1 || !hosts[host] {
			t.Fatalf("mimecred %s: exit %d, called %v\n%s%s", strings.Join(args, " "), got.code, hosts, got.out, got.err)
		}
		return got
	}
	run(d.fromAt(base), "check", "--from", "-", "--allow-host", "other.example", "--allow-host", "Gateway.example.org:8443").
		says(t, "is not a host that Mimecast lists")
	run(d.fromAt(base), "setup", "--from", "-", "--allow-host", host)
	run("", "check", "acme")
	run("", "token", "acme")
	run("", "api", "acme", "POST", "/api/account/get-account", "-d", `{"data":[]}`)
	run(asJSON(t, d.pair(everything())), "rotate", "acme", "--from", "-")
	run(d.fromAt(base+"/api"), "rotate", "acme", "--from", "-").says(t, "cut off: the path")
	got, _ := d.atHosts(d.fromAt("https://api.services.mimecast.com"), "rotate", "acme", "--from", "-")
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	got.says(t, "the base URL changes from "+base+" to https://api.services.mimecast.com")
	if bytes.Contains([]byte(got.out), []byte(host)) {
		t.Error("the old host is still called")
	}
}

// TestHostThatWasAllowedIsRemembered: whoever sets the same profile up again from a file is not asked once more.
func TestHostThatWasAllowedIsRemembered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const base = "https://gw.example.net"
	if got, _ := d.atHosts(d.fromAt(base), "setup", "--from", "-", "--allow-host", "gw.example.net"); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	const remark = base + " (not one of Mimecast's listed hosts)"
	if got := d.ends(exitDone, "", "list"); !holdsLine(got.out, "acme", "unlisted host") || !strings.Contains(got.err, remark) {
		t.Errorf("the list says\n%s%s", got.out, got.err)
	}
	if got := d.ends(exitDone, "", "show", "acme"); !holdsLine(got.out, "Base URL", remark) {
		t.Errorf("show says\n%s", got.out)
	}
	for _, command := range []string{"list", "show acme"} {
		if got := d.ends(exitDone, "", append(strings.Fields(command), "-o", "json")...); !strings.Contains(got.out, `"unlisted_host": true`) {
			t.Errorf("%s says\n%s", command, got.out)
		}
	}
	for _, command := range []string{"setup", "check"} {
		if got, _ := d.atHosts(d.fromAt(base), command, "--from", "-"); got.code != exitDone {
			t.Errorf("%s: %+v", command, got)
		}
	}
}
