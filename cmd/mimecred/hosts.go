package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// hostFlag is --allow-host: hosts that are used although Mimecast does not list them.
type hostFlag struct{ hosts []string }

func (h *hostFlag) add(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&h.hosts, "allow-host", nil,
		"use this `HOST` or HOST:PORT although Mimecast does not list it; may be given more than once")
	completesWith(cmd, "allow-host", completeNothing)
}

// keys are the hosts as client.HostKey gives them.
func (h *hostFlag) keys() ([]string, error) {
	var keys []string
	for _, host := range h.hosts {
		key := client.HostKey(host)
		if key == "" {
			return nil, usage(fmt.Errorf("--allow-host: %q is no host", plainly(host)), "give it as HOST or HOST:PORT")
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// plainly is text in printable ASCII.
func plainly(text string) string {
	quoted := fmt.Sprintf("%+q", text)
	return quoted[1 : len(quoted)-1]
}

// agreeOnHost makes "region" and "base_url" agree, by the rule of all fronts. What a profile has already is not judged again.
func (g *given) agreeOnHost(how reading, o *object) error {
	p := &g.profile
	if p.Endpoint.BaseURL == "" && p.Region == "" {
		return errors.New(`key "base_url" (or "region") is missing`)
	}
	if how.before.is() && !o.has("region") && !o.has("base_url") {
		return nil
	}
	allowed := how.allowed
	if how.before.is() {
		allowed = append(allowed[:len(allowed):len(allowed)], client.HostKey(how.before.profile.Endpoint.BaseURL))
	}
	if entry, is := how.onList(p.Name); is {
		allowed = append(allowed[:len(allowed):len(allowed)], client.HostKey(entry.BaseURL))
	}
	given := p.Endpoint.BaseURL
	place, err := client.PlaceFor(given, p.Region, p.API, allowed...)
	switch {
	case err != nil:
		return placeFailure(err)
	case place.NeedsDiscovery:
		return sameForAll()
	}
	p.Region, p.Endpoint.BaseURL = place.RegionCode, place.BaseURL
	if place.Cut != "" {
		g.notes = append(g.notes, fmt.Sprintf(`key "base_url": %s is used; cut off: %s`, place.BaseURL, place.Cut))
	}
	if place.Unlisted {
		g.notes = append(g.notes, `key "base_url": `+place.Note)
	}
	return nil
}

// placeFailure says what is wrong with a base URL or a region, and what to give instead.
func placeFailure(err error) error {
	var (
		other       *client.WrongAPIError
		host        *client.HostError
		contradicts *client.RegionError
		unknown     *client.UnknownRegionError
	)
	switch {
	case errors.As(err, &other):
		return usage(fmt.Errorf(`key "base_url" is a host of API %s, and "api" says %s`, other.Got, other.Want), other.Instead())
	case errors.As(err, &contradicts):
		return usage(fmt.Errorf(`key "base_url" is the host of region %q, and "region" says %q`, contradicts.OfHost, contradicts.Region),
			`give only one of the two keys`)
	case errors.As(err, &unknown):
		return usage(fmt.Errorf(`key "region": %w`, err), "it is one of "+strings.Join(unknown.Codes(), ", "))
	case !errors.As(err, &host):
		return usage(fmt.Errorf(`key "base_url": %w`, err))
	case host.Console && host.Meant.NeedsDiscovery:
		return sameForAll()
	case host.Console:
		return usage(errors.New(`key "base_url" is an address of the console and not of the API`), "the API is at "+host.Meant.BaseURL)
	}
	hints := []string{host.Instead()}
	if allow := host.Allow(); allow != "" {
		hints = append(hints, "--allow-host "+allow+" uses that host nevertheless: the credential is sent to it")
	}
	return usage(fmt.Errorf(`key "base_url": %w`, err), hints...)
}

func sameForAll() error {
	return usage(errors.New(`key "base_url" is a host that is the same for every region`), `give "region" instead, or the region's own host`)
}

// noteHost says what of the base URL is used.
func (a *app) noteHost(g given) {
	for _, note := range g.notes {
		a.note("%s: %s", g.profile.Name, note)
	}
}

// noteMoved says that a change moves a profile to another host.
func (a *app) noteMoved(name, before, after string) {
	if moved := lifecycle.Moved(before, after); moved != "" {
		a.note("%s: the %s", name, moved)
	}
}

// remarked is a base URL, with a remark where Mimecast does not list its host.
func remarked(base string) string {
	if remark := client.HostRemark(base); remark != "" {
		return base + " (" + remark + ")"
	}
	return base
}

// noteHosts tells which profiles of the list are at a host that Mimecast does not list.
func (a *app) noteHosts(entries []credstore.Entry) {
	for _, e := range entries {
		if client.HostRemark(e.BaseURL) != "" {
			a.note("%s: the base URL is %s", e.Name, remarked(e.BaseURL))
		}
	}
}
