package main

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"mimecred/client"
)

const (
	// lookupTime is how long one look-up of a name may last, reachTime how long one call.
	lookupTime = 5 * time.Second
	reachTime  = 20 * time.Second
)

// doctorHost is a host that is called, and the API that it is called for.
type doctorHost struct {
	base string
	api  client.API
}

// network calls each host of the profiles once, or that of API 2.0 where there is no profile.
func (d *doctor) network(ctx context.Context) {
	var hosts []doctorHost
	for _, e := range d.peek() {
		if e.BaseURL != "" && !slices.ContainsFunc(hosts, func(h doctorHost) bool { return h.base == e.BaseURL }) {
			hosts = append(hosts, doctorHost{e.BaseURL, e.API})
		}
	}
	if len(hosts) == 0 {
		global := client.Endpoints20()[0]
		hosts = []doctorHost{{global.BaseURL, global.API}}
	}
	for _, h := range hosts {
		if ctx.Err() != nil {
			return
		}
		d.host(ctx, h)
	}
}

// host follows the way to one host: its name, the proxy, the connection, the clock.
func (d *doctor) host(ctx context.Context, h doctorHost) {
	u, err := url.Parse(h.base)
	if err != nil {
		return
	}
	f := finding{Host: u.Host, State: client.Passed}
	if remark := client.HostRemark(h.base); remark != "" {
		f.ID, f.Title, f.State, f.Detail = "network.reach", "Reach Mimecast", client.Skipped, u.Host+" is not called: "+remark
		d.tell(f)
		return
	}
	proxy := f
	proxy.ID, proxy.Title, proxy.Detail = "network.proxy", "Proxy", "none for "+u.Host
	through := client.EnvironmentProxy(h.base)
	if through != "" {
		proxy.Detail = through + " for " + u.Host + ", from the environment"
	}
	d.tell(proxy)
	if !d.name(ctx, f, u.Hostname(), through != "") {
		f.ID, f.Title, f.State, f.Detail = "network.reach", "Reach Mimecast", client.Skipped, "not tried: the name is not known"
		d.tell(f)
		return
	}
	d.reach(ctx, f, h)
}

// name looks the name of a host up, and tells whether to go on. Behind a proxy that is the proxy's part, and a failure means nothing.
func (d *doctor) name(ctx context.Context, f finding, host string, proxied bool) (goOn bool) {
	f.ID, f.Title = "network.dns", "Name"
	if _, err := netip.ParseAddr(host); err == nil {
		f.Detail = host + " is an address"
		d.tell(f)
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	begun := time.Now()
	addresses, err := net.DefaultResolver.LookupHost(ctx, host)
	switch {
	case err == nil:
		f.Detail = fmt.Sprintf("%s is %s, %s", host, strings.Join(addresses[:min(3, len(addresses))], ", "), took(begun))
	case proxied:
		f.State, f.Detail = client.Skipped, host+" is not known here: the proxy looks it up"
	default:
		said := client.Diagnose(&client.Error{Kind: client.DNS, Err: err}, "")
		f.State, f.Kind, f.Detail, f.Fix = client.Failed, string(client.DNS), host+": "+said.Meaning, said.Fix
	}
	d.tell(f)
	return f.State != client.Failed
}

// reach makes one call without a credential, and compares the clocks.
func (d *doctor) reach(ctx context.Context, f finding, h doctorHost) {
	f.ID, f.Title = "network.reach", "Reach Mimecast"
	ctx, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	c, err := d.a.client(client.Endpoint{BaseURL: h.base})
	if err == nil {
		defer c.Close()
		var reached client.Reached
		if reached, err = c.Reach(ctx); err == nil {
			d.reached(f, h, reached)
			return
		}
	}
	said := client.Diagnose(err, h.api)
	f.State, f.Kind, f.Detail, f.Fix = client.Failed, string(said.Kind), f.Host+": "+said.Meaning, said.Fix
	d.tell(f)
}

// reached tells of a call that was answered.
func (d *doctor) reached(f finding, h doctorHost, r client.Reached) {
	f.Detail = strings.Join(strings.Fields(f.Host+" "+strings.ReplaceAll(r.Detail, " · ", ", ")), " ") + fmt.Sprintf(", %d ms", r.Took.Milliseconds())
	if r.Issuer != "" {
		f.Detail += "; certificate issued by " + r.Issuer
	}
	d.tell(f)
	f.ID, f.Title = "network.clock", "Clock"
	switch f.Detail = r.Clock(); {
	case !r.Dated:
		f.State, f.Detail = client.Skipped, "the reply does not tell Mimecast's time"
	case r.ClockWrong():
		f.State, f.Kind = client.Warning, string(client.ClockSkew)
		f.Detail, f.Fix = "This machine's clock is "+f.Detail+".", client.FixFor(client.ClockSkew, h.api, nil, "")
	}
	d.tell(f)
}
