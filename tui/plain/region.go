package plain

import (
	"errors"
	"strings"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

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
		{id: "application", ask: s.one(step.RegionForm, client.FieldApplicationID), when: func() bool { return finding }},
		{id: "email", ask: s.discover, when: func() bool { return finding }},
	})
}

// place asks for it. find is true when Mimecast has to be asked.
func (s *session) place() (find bool, err error) {
	for _, text := range step.RegionLimits(s.a) {
		s.out.indented("! " + text)
	}
	for {
		asked, _ := step.RegionForm(s.env, s.a).Find("region")
		rows := optionRows(asked.Options)
		q := question{text: asked.Label + " A number, or paste " + lifecycle.Clause(asked.Hint), help: asked.Help}
		if asked.Demo != nil {
			q.demo = asked.Demo()
		}
		suggested := s.suggestedPlace(asked)
		if _, known := asked.Option(suggested); !known {
			q.suggested = suggested
		}
		text, found, err := s.choose(q, rows, suggested, true)
		if err != nil {
			return false, err
		}
		if found && text == step.Discover {
			s.a.Region, s.a.BaseURL = "", client.DiscoveryURL
			return true, nil
		}
		done, find, err := s.recognised(text)
		if done || err != nil {
			return find, err
		}
	}
}

// recognised chooses the place that a text means, or asks what was meant. done is false when another text is to be typed.
func (s *session) recognised(text string) (done, find bool, err error) {
	place, err := step.Recognise(s.env, s.a, text)
	var wrong *client.WrongAPIError
	var unlisted *client.HostError
	switch {
	case errors.As(err, &wrong):
		done, err = s.otherAPI(wrong)
		return done, false, err
	case errors.As(err, &unlisted):
		done, err = s.unlistedHost(unlisted)
		return done, false, err
	case err != nil:
		s.out.indented(lifecycle.Sentence(err))
		return false, false, nil
	case place.NeedsDiscovery:
		s.out.indented(place.Note)
		s.a.Region, s.a.BaseURL = "", client.DiscoveryURL
		return true, true, nil
	}
	s.usePlace(place)
	return true, false, nil
}

// suggestedPlace is the option, or else the address, that an empty answer takes.
func (s *session) suggestedPlace(q step.Question) string {
	if s.env.Demo != nil {
		return s.env.Demo.BaseURL
	}
	place, err := s.a.Place()
	var wrong *client.WrongAPIError
	if errors.As(err, &wrong) {
		place, err = wrong.Offer, nil // the API was changed after the region
	}
	switch {
	case err == nil && !place.NeedsDiscovery:
		return place.BaseURL
	case step.HasUsualRegion(s.env, s.a.API):
		return q.Options[0].ID
	}
	return ""
}

func (s *session) usePlace(place client.Place) {
	s.a.Region, s.a.BaseURL = place.RegionCode, place.BaseURL
	if place.Cut != "" {
		s.out.indented("Cut off: " + place.Cut + ".")
	}
	s.out.indented(strings.TrimSpace(place.Name + ", " + place.BaseURL + ". " + place.Note))
	if moved := s.a.Moved(); moved != "" {
		s.out.indented(moved)
	}
}

// unlistedHost asks about a host that Mimecast does not list. done means that the answer decided the place.
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
		s.usePlace(host.Meant)
	default:
		s.a = s.a.Allow(host.AsIs.BaseURL)
		s.usePlace(host.AsIs)
	}
	return true, nil
}

// otherAPI asks about a host of the other generation. done means that the answer decided the place.
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
		s.usePlace(wrong.Offer)
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
	if err := s.one(step.RegionForm, "email")(); err != nil {
		return err
	}
	s.out.indented("Asking Mimecast.")
	stop := s.underWay()
	place, err := s.askRegion()
	stop()
	if err != nil {
		if s.ctx.Err() != nil {
			return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
		}
		s.explainCall(err)
		s.out.indented("If this machine needs a proxy, choose any region, set the proxy in the next step and come back.")
		return &again{"place"}
	}
	s.usePlace(place)
	return nil
}

func (s *session) askRegion() (client.Place, error) {
	return s.env.Discover(s.ctx, s.a.Change, s.env.DiscoveryURL())
}

// explainCall says what a failed call means, what helps, and what Mimecast said.
func (s *session) explainCall(err error) {
	for _, line := range step.FailureOf(err, s.a.API, 0).Lines() {
		s.out.indented(line)
	}
}
