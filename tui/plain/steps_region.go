package plain

import (
	"errors"
	"strings"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// rowDiscover is the row that asks Mimecast for the region.
const rowDiscover = "find"

// rowDemo is the only row of the demo.
const rowDemo = "demo"

// region asks where Mimecast is: a row of the list, or anything pasted.
func (s *session) region() error {
	finding := false
	return s.walk(false, []item{
		{id: "place", ask: func() error {
			finding = false
			find, err := s.place()
			finding = find && err == nil
			return err
		}},
		{id: "application", ask: s.applicationID, when: func() bool { return finding }},
		{id: "email", ask: s.discover, when: func() bool { return finding }},
	})
}

// place asks for it. find is true when Mimecast has to be asked.
func (s *session) place() (find bool, err error) {
	rows, places := s.places()
	q := question{
		text: "Where does the account live? A number, or paste the console's address, a base URL or an account code",
		help: []string{
			"Paste whatever you have: the console's address bar, https://us-api.mimecast.com, or an account code such as CUSA00A000.",
		},
	}
	if s.env.Demo != nil {
		q.demo = s.env.Demo.BaseURL
	}
	suggested, address := s.suggestedPlace(places)
	q.suggested = address
	for {
		text, found, err := s.choose(q, rows, suggested, true)
		switch {
		case err != nil:
			return false, err
		case found && text == rowDiscover:
			return true, nil
		case found:
			s.take(places[text])
			return false, nil
		}
		place, err := client.Recognise(text, s.a.API, s.a.AllowedHosts...)
		var wrong *client.WrongAPIError
		var unlisted *client.HostError
		switch demo := s.env.Demo; {
		case demo != nil && (place.BaseURL != demo.BaseURL && !place.NeedsDiscovery):
			s.out.indented("The demo talks to its own Mimecast only, at " + demo.BaseURL + ".")
		case errors.As(err, &wrong):
			done, err := s.otherAPI(wrong)
			if done || err != nil {
				return false, err
			}
		case errors.As(err, &unlisted):
			done, err := s.unlistedHost(unlisted)
			if done || err != nil {
				return false, err
			}
		case err != nil:
			s.out.indented(lifecycle.Sentence(err))
		case place.NeedsDiscovery:
			s.out.indented(place.Note)
			return true, nil
		default:
			s.take(place)
			return false, nil
		}
		q.listed = true
	}
}

// places are the rows of the list, and what they mean.
func (s *session) places() ([]row, map[string]client.Place) {
	places := map[string]client.Place{}
	var rows []row
	add := func(p client.Place) {
		places[p.RegionCode] = p
		rows = append(rows, row{id: p.RegionCode, title: p.Name + ", " + p.BaseURL, about: p.Note, words: []string{p.Name, p.BaseURL}})
	}
	if demo := s.env.Demo; demo != nil {
		// The demo never speaks to the real Mimecast.
		p := client.Place{API: s.a.API, Name: "The demo's Mimecast", BaseURL: demo.BaseURL}
		places[rowDemo] = p
		rows = append(rows, row{id: rowDemo, title: p.Name + ", " + p.BaseURL, words: []string{p.BaseURL, p.BaseURL + "/"}})
	} else if s.a.API != client.API10 {
		for _, p := range client.Endpoints20() {
			add(p)
		}
	} else {
		for _, r := range client.Regions() {
			add(r.Place())
		}
	}
	if s.a.API != client.API10 {
		return rows, places
	}
	return append(rows, row{
		id: rowDiscover, title: "Find it from the service user's address",
		about: "Mimecast tells the region of an address. Needs the Application ID.",
	}), places
}

// suggestedPlace is the row, or else the address, that an empty answer takes.
func (s *session) suggestedPlace(places map[string]client.Place) (id, address string) {
	if s.env.Demo != nil {
		return rowDemo, ""
	}
	place, err := s.a.Place()
	var wrong *client.WrongAPIError
	if errors.As(err, &wrong) {
		place, err = wrong.Offer, nil // the API was changed after the region
	}
	if err == nil && !place.NeedsDiscovery {
		if known, ok := places[place.RegionCode]; ok && known.BaseURL == place.BaseURL {
			return place.RegionCode, ""
		}
		return "", place.BaseURL
	}
	switch {
	case s.a.API != client.API10:
		return client.Endpoints20()[0].RegionCode, ""
	default:
		return "", ""
	}
}

func (s *session) take(place client.Place) {
	s.a.Region, s.a.BaseURL = place.RegionCode, place.BaseURL
	if place.Cut != "" {
		s.out.indented("Cut off: " + place.Cut + ".")
	}
	s.out.indented(strings.TrimSpace(place.Name + ", " + place.BaseURL + ". " + place.Note))
	if moved := s.a.Moved(); moved != "" {
		s.out.indented(moved)
	}
}

// unlistedHost asks about a host that Mimecast does not list. done means that the answer settled the place.
func (s *session) unlistedHost(host *client.HostError) (done bool, err error) {
	const meant, use, retype = "take", "use", "retype"
	s.out.indented(lifecycle.Sentence(host))
	s.out.indented(host.Instead() + ".")
	var rows []row
	if host.Near && !host.Meant.NeedsDiscovery {
		rows = append(rows, row{id: meant, title: "Take " + host.Meant.Name + ", " + host.Meant.BaseURL})
	}
	rows = append(rows, row{id: retype, title: "Type another address"})
	if allow := host.Allow(); allow != "" {
		rows = append(rows, row{id: use, title: "Yes, send the credential to " + allow})
	}
	if len(rows) == 1 {
		return false, nil
	}
	id, _, err := s.choose(question{text: "Which host?"}, rows, rows[0].id, false)
	switch {
	case errors.Is(err, errBack) || err == nil && id == retype:
		return false, nil
	case err != nil:
		return false, err
	case id == meant:
		s.take(host.Meant)
	default:
		s.a = s.a.Allow(host.AsIs.BaseURL)
		s.take(host.AsIs)
	}
	return true, nil
}

// otherAPI asks about a host of the other generation. done means that the answer settled the place.
func (s *session) otherAPI(wrong *client.WrongAPIError) (done bool, err error) {
	const offer, change, retype = "take", "switch", "retype"
	s.out.indented(lifecycle.Sentence(wrong))
	var rows []row
	if !wrong.Offer.NeedsDiscovery {
		rows = append(rows, row{id: offer, title: "Take " + wrong.Offer.Name + ", " + wrong.Offer.BaseURL})
	}
	rows = append(rows, row{id: change, title: "Switch to API " + string(wrong.Got)}, row{id: retype, title: "Type another address"})
	id, _, err := s.choose(question{text: "What was meant?"}, rows, rows[0].id, false)
	switch {
	case errors.Is(err, errBack) || err == nil && id == retype:
		return false, nil
	case err != nil:
		return false, err
	case id == offer:
		s.take(wrong.Offer)
		return true, nil
	}
	s.a.API = wrong.Got
	if place, err := client.Recognise(wrong.Host, wrong.Got); err == nil && !place.NeedsDiscovery {
		s.a.Region, s.a.BaseURL = place.RegionCode, place.BaseURL
	}
	return true, &jump{flow.API}
}

// discover asks for the service user's address and then Mimecast for the region.
func (s *session) discover() error {
	if err := s.email(); err != nil {
		return err
	}
	s.out.indented("Asking Mimecast.")
	place, err := s.askRegion()
	if err != nil {
		if s.ctx.Err() != nil {
			return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
		}
		s.explainCall(err)
		s.out.indented("If this machine needs a proxy, choose any region, set the proxy in the next step and come back.")
		return &again{"place"}
	}
	s.take(place)
	return nil
}

func (s *session) askRegion() (client.Place, error) {
	return s.env.Discover(s.ctx, s.a.Change, s.env.DiscoveryURL())
}

// explainCall says what a failed call means, what helps, and what Mimecast said.
func (s *session) explainCall(err error) {
	d := client.Diagnose(err, s.a.API)
	s.out.indented(d.Meaning)
	s.out.indented(flow.Remedy(d.Fix, d.Where))
	var e *client.Error
	if !errors.As(err, &e) {
		s.out.indented(lifecycle.Sentence(err))
		return
	}
	if said := lifecycle.Verbatim(e.HTTPStatus, e.Code, e.Message); said != "" {
		s.out.indented("Mimecast says: " + said)
	}
}
