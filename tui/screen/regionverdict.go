package screen

import (
	"strings"

	"mimecred/client"
	"mimecred/tui/field"
	"mimecred/tui/step"
)

// What is said of an address that was pasted. For a host that Mimecast does not list: what was meant, and the second yes that it takes to use it all the same.

// verdict says what the pasted text was recognised as, or what could be meant.
func (s *regionScreen) verdict(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	switch {
	case s.unlisted != nil:
		return s.verdictOnHost(width)
	case s.wrong != nil:
		lines := []string{}
		if offer := s.wrong.Offer; !offer.NeedsDiscovery {
			lines = field.Wrap("enter: use "+offer.Name+", "+host(offer.BaseURL), width, 2, st.Text)
		} else {
			lines = append(lines, field.Wrap("Choose the account's region below.", width, 2, st.Text)...)
		}
		return append(lines, field.Wrap(s.env.Keys.Other.Help().Key+": switch to API "+string(s.wrong.Got), width, 2, st.Text)...)
	case s.place != nil && !s.place.NeedsDiscovery:
		sign, style := g.Passed, st.Good
		if s.place.Unlisted {
			sign, style = g.Warning, st.Warn
		}
		lines := field.Wrap(sign+" "+named(*s.place, g.Dot), width, 2, style)
		note := s.place.Note
		for _, p := range s.places() {
			if p.BaseURL == s.place.BaseURL { // the list below says that part
				note = strings.TrimSpace(strings.TrimPrefix(note, p.Note))
			}
		}
		if s.place.Cut != "" {
			note = strings.TrimSpace("Cut off: " + s.place.Cut + ". " + note)
		}
		lines = append(lines, field.Wrap(note, width, 2, st.Muted)...)
		return append(lines, field.Wrap(s.moved(), width, 2, st.Warn)...)
	case s.place != nil:
		return field.Wrap(g.Warning+" "+s.place.Note, width, 2, st.Warn)
	}
	return nil
}

// limits say where the chosen products work, when that is not everywhere.
func (s *regionScreen) limits(width int) []string {
	var lines []string
	for _, text := range step.RegionLimits(s.answers) {
		lines = append(lines, field.Wrap(s.env.Theme.Glyphs.Warning+" "+text, width, 2, s.env.Theme.Styles.Warn)...)
	}
	return lines
}

// named is a place with its address; a host that has no name is not said twice.
func named(p client.Place, dot string) string {
	if p.Name == host(p.BaseURL) {
		return p.BaseURL
	}
	return p.Name + " " + dot + " " + p.BaseURL
}

// verdictOnHost says which host was meant, and what it takes to use the one that was typed.
func (s *regionScreen) verdictOnHost(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	meant := s.unlisted.Meant
	var lines []string
	switch {
	case meant.NeedsDiscovery:
		lines = field.Wrap("Choose the account's region below.", width, 2, st.Text)
	case s.unlisted.Near:
		lines = field.Wrap("enter: use "+named(meant, g.Dot), width, 2, st.Text)
	default:
		lines = field.Wrap(s.unlisted.Instead()+".", width, 2, st.Text)
	}
	if allow := s.unlisted.Allow(); allow != "" && s.env.Demo == nil {
		lines = append(lines, field.Wrap(
			s.env.Keys.Other.Help().Key+": yes, send the credential to "+allow, width, 2, st.Warn)...)
	}
	return lines
}

// moved tells that the profile goes to another host with this.
func (s *regionScreen) moved() string {
	a := s.answers
	if s.place != nil {
		a.BaseURL = s.place.BaseURL
	}
	return a.Moved()
}

// allow uses the host as it was typed, because the person said yes to it.
func (s *regionScreen) allow() {
	if s.unlisted.Allow() == "" || s.env.Demo != nil {
		return
	}
	s.answers = s.answers.Allow(s.unlisted.AsIs.BaseURL)
	s.pasted.SetValue(strings.TrimSpace(s.unlisted.AsIs.BaseURL))
	s.recognise()
	s.layout()
}

// host is a base URL without its scheme.
func host(base string) string {
	_, after, ok := strings.Cut(base, "://")
	if !ok {
		return base
	}
	return after
}
