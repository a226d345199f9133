package home

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// planKey is what the titles of a profile's checks depend on, as far as the list knows the profile.
type planKey struct {
	integration string
	api         client.API
}

// titlesOfPlan are the titles of an integration's checks; those that every profile has when it is not known what to check.
func titlesOfPlan(plan func(catalog.Selection) (client.Plan, error), k planKey) map[string]string {
	s := catalog.Selection{API: k.api}
	if k.integration != "" {
		s.Integrations = []string{k.integration}
	}
	titles := map[string]string{}
	p, err := plan(s)
	if err != nil {
		p = client.Plan{}
	}
	for _, step := range p.Steps() {
		titles[step.ID] = step.Title
	}
	return titles
}

// showDetails fills the screen with what is known of a profile.
func (h *Home) showDetails(row *row) (tea.Cmd, screen.Intent) {
	name := row.name
	h.open(time.Time{}, func(width int) []string {
		r := h.list.find(name)
		if r == nil {
			return nil
		}
		now := h.env.Now()
		var lines []string
		add := func(list []strip) {
			for _, s := range list {
				lines = append(lines, s.cut(width, h.ink.more).text)
			}
		}
		add(h.titleOf(r, width))
		add(h.facts(r, width, now, h.env.Vault.Location(r.entry.Store, r.name)))
		add([]strip{{}})
		add(h.results(r, width, now))
		return lines
	})
	return nil, screen.Intent{}
}

// drawPane draws the details of the selected profile beside the list, or below it.
func (h *Home) drawPane(lines []string, l layout, now time.Time) {
	row := h.list.current()
	p := l.pane
	if row == nil || p.height <= 0 {
		return
	}
	if p.x > 0 { // beside
		side := h.ink.rule.Of(h.ink.vertical)
		list := h.titleOf(row, p.width)
		list = append(list, h.facts(row, p.width, now, row.entry.Store)...)
		list = append(append(list, strip{}), h.results(row, p.width, now)...)
		list = h.shortened(list, p.height, p.width)
		size := 0
		for i := range lines {
			size += len(lines[i]) + len(side) + p.width + 2
			if i < len(list) {
				size += len(list[i].text)
			}
		}
		var all strings.Builder // a line is a part of it: that takes less time than a text for each
		all.Grow(size)
		for i := range lines {
			var s strip
			if i < len(list) {
				s = list[i].cut(p.width, h.ink.more)
			}
			begun := all.Len()
			for _, part := range [...]string{lines[i], " ", side, " ", s.text, blank(p.width - s.width)} {
				all.WriteString(part)
			}
			lines[i] = all.String()[begun:]
		}
		return
	}
	name := " " + row.name + " "
	lines[p.y] = strip{}.add(strings.Repeat(h.ink.horizontal, 2), h.ink.rule).add(name, h.ink.label).
		add(strings.Repeat(h.ink.horizontal, max(0, p.width-cells(name)-2)), h.ink.rule).cut(p.width, "").to(p.width).text
	half := (p.width - paneGap) / 2
	left := h.shortened(h.facts(row, half, now, row.entry.Store), p.height-1, half)
	right := h.shortened(h.results(row, half, now), p.height-1, half)
	for i := range p.height - 1 {
		var s strip
		if i < len(left) {
			s = left[i].cut(half, h.ink.more)
		}
		s = s.to(half + paneGap)
		if i < len(right) {
			r := right[i].cut(p.width-s.width, h.ink.more)
			s = strip{s.text + r.text, s.width + r.width}
		}
		lines[p.y+1+i] = s.to(p.width).text
	}
}

// shortened is a list of at most height lines; the last one says when there are more.
func (h *Home) shortened(list []strip, height, width int) []strip {
	if len(list) <= height || height < 1 {
		return list[:min(len(list), max(height, 0))]
	}
	list = list[:height]
	list[height-1] = strip{}.add("more with enter, Show details", h.ink.muted).cut(width, h.ink.more)
	return list
}

// subject is what a profile is for, in one line.
func (h *Home) subject(r *row) string {
	var parts []string
	for _, part := range []string{h.list.names[r.entry.Integration], "API " + string(r.entry.API), r.entry.Region} {
		if part != "" && part != "API " {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " "+h.ink.dot+" ")
}

// titleOf is the name of a profile and what it is for.
func (h *Home) titleOf(r *row, width int) []strip {
	list := []strip{strip{}.add(r.name, h.ink.label)}
	if r.known {
		list = append(list, wrapped(h.subject(r), width, h.ink.muted)...)
	}
	return append(list, strip{})
}

// wrapped breaks text into strips of at most width cells.
func wrapped(text string, width int, style theme.Ink) []strip {
	if cells(text) <= width {
		return []strip{strip{}.add(text, style)}
	}
	var list []strip
	for part := range strings.SplitSeq(ansi.Wrap(text, max(width, 1), ""), "\n") {
		list = append(list, strip{}.add(strings.TrimRight(part, " "), style))
	}
	return list
}

// labelCells is where the values of the facts begin.
const labelCells = 12

// facts are what the list knows of a profile, a label and a value each; place is where it is kept.
func (h *Home) facts(r *row, width int, now time.Time, place string) []strip {
	list := make([]strip, 0, 16)
	add := func(label, value string, style theme.Ink) {
		if value == "" {
			return
		}
		for _, part := range wrapped(value, width-labelCells, style) {
			var b strings.Builder
			b.Grow(2*labelCells + len(part.text))
			h.ink.muted.Write(&b, label)
			b.WriteString(blank(labelCells - cells(label)))
			b.WriteString(part.text)
			list = append(list, strip{b.String(), labelCells + part.width})
			label = ""
		}
	}
	if r.unfinished || r.swap != nil {
		add("Unfinished", sentenceOf(h.phraseOf(r, now)), h.ink.warn)
	}
	if !r.known {
		return list
	}
	e := r.entry
	id := "Client ID"
	if e.API == client.API10 {
		id = "Application"
	}
	add(id, e.Identifier, h.ink.value)
	add("Account", accountOf(e, h.ink.dot), h.ink.text)
	if remark := client.HostRemark(e.BaseURL); remark != "" {
		add("Base URL", e.BaseURL+" ("+remark+")", h.ink.warn)
	} else {
		add("Base URL", e.BaseURL, h.ink.value)
	}
	add("Store", place, h.ink.text)
	if !e.ActiveSince.IsZero() {
		add("Current", "since "+step.Day(e.ActiveSince), h.ink.text)
		add("Secret", step.OldWords(e.SecretGiven(), now), h.ink.text)
	}
	style := h.ink.text
	if step.DueWords(e, now) != "" {
		style = h.ink.warn
	}
	add("Rotation", rotationWords(e, now), style)
	if expires, warning := lifecycle.Expiry(e.ExpiresAt, now); warning != "" {
		add("Access key", expires+". "+warning, h.ink.warn)
	} else {
		add("Access key", expires, h.ink.text)
	}
	add("Previous", previousWords(e), h.ink.text)
	return list
}

// phraseOf is what is unfinished about a row, without its name.
func (h *Home) phraseOf(r *row, now time.Time) string {
	switch {
	case r.swap != nil:
		return step.StandsSince(*r.swap, now)
	case r.state != nil:
		return strings.TrimPrefix(stateWords(*r.state, now), r.name+": ")
	default:
		return ""
	}
}

// sentenceOf makes words a sentence.
func sentenceOf(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:] + "."
}

func accountOf(e credstore.Entry, dot string) string {
	if e.Account == nil {
		return ""
	}
	return lifecycle.AccountWords(&client.Account{Name: e.Account.Name, Code: e.Account.Code, Region: e.Account.Region}, " "+dot+" ")
}

func rotationWords(e credstore.Entry, now time.Time) string {
	due, ok := e.RotationDue()
	switch {
	case e.ActiveSince.IsZero():
		return ""
	case !ok:
		return "no reminder"
	case step.DueWords(e, now) != "":
		return "due " + step.Day(due) + ", " + step.DueWords(e, now)
	default:
		return "due " + step.Day(due)
	}
}

func previousWords(e credstore.Entry) string {
	switch {
	case !e.Previous:
		return ""
	case e.PreviousUntil.IsZero():
		return "kept until it is replaced"
	default:
		return "kept until " + step.Day(e.PreviousUntil)
	}
}
