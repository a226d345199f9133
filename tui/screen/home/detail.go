package home

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// showDetails fills the screen with what is known of a profile.
func (h *Home) showDetails(row *row) (tea.Cmd, screen.Intent) {
	name := row.name
	h.open(func(width int) []string {
		r := h.list.find(name)
		if r == nil {
			return nil
		}
		now := h.env.Now()
		var lines []string
		add := func(list []segment) {
			for _, s := range list {
				lines = append(lines, s.cut(width, h.styles.more).text)
			}
		}
		add(h.titleOf(r, width))
		add(h.facts(r, width, now, h.env.Vault.Location(r.entry.Store, r.name)))
		add([]segment{{}})
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
		side := h.styles.rule.Of(h.styles.vertical)
		list := h.titleOf(row, p.width)
		list = append(list, h.facts(row, p.width, now, row.entry.Store)...)
		list = append(append(list, segment{}), h.results(row, p.width, now)...)
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
			var s segment
			if i < len(list) {
				s = list[i].cut(p.width, h.styles.more)
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
	lines[p.y] = segment{}.add(strings.Repeat(h.styles.horizontal, 2), h.styles.rule).add(name, h.styles.label).
		add(strings.Repeat(h.styles.horizontal, max(0, p.width-cells(name)-2)), h.styles.rule).cut(p.width, "").to(p.width).text
	half := (p.width - paneGap) / 2
	left := h.shortened(h.facts(row, half, now, row.entry.Store), p.height-1, half)
	right := h.shortened(h.results(row, half, now), p.height-1, half)
	for i := range p.height - 1 {
		var s segment
		if i < len(left) {
			s = left[i].cut(half, h.styles.more)
		}
		s = s.to(half + paneGap)
		if i < len(right) {
			r := right[i].cut(p.width-s.width, h.styles.more)
			s = segment{s.text + r.text, s.width + r.width}
		}
		lines[p.y+1+i] = s.to(p.width).text
	}
}

// shortened is a list of at most height lines; the last one says when there are more.
func (h *Home) shortened(list []segment, height, width int) []segment {
	if len(list) <= height || height < 1 {
		return list[:min(len(list), max(height, 0))]
	}
	list = list[:height]
	list[height-1] = segment{}.add("more with enter, Show details", h.styles.muted).cut(width, h.styles.more)
	return list
}

// subject is what a profile is for, in one line.
func (h *Home) subject(r *row) string {
	var parts []string
	for _, part := range []string{h.list.names[r.entry.Integration].full, "API " + string(r.entry.API), r.entry.Region} {
		if part != "" && part != "API " {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " "+h.styles.dot+" ")
}

// titleOf is the name of a profile and what it is for.
func (h *Home) titleOf(r *row, width int) []segment {
	list := []segment{segment{}.add(r.name, h.styles.label)}
	if r.known {
		list = append(list, wrapped(h.subject(r), width, h.styles.muted)...)
	}
	return append(list, segment{})
}

// wrapped breaks text into segment of at most width cells.
func wrapped(text string, width int, style theme.Style) []segment {
	if cells(text) <= width {
		return []segment{segment{}.add(text, style)}
	}
	var list []segment
	for _, part := range field.Break(text, width) {
		list = append(list, segment{}.add(part, style))
	}
	return list
}

// labelCells is where the values of the facts begin.
const labelCells = 12

// facts are what the list knows of a profile, a label and a value each; place is where it is kept.
func (h *Home) facts(r *row, width int, now time.Time, place string) []segment {
	list := make([]segment, 0, 16)
	add := func(label, value string, style theme.Style) {
		if value == "" {
			return
		}
		for _, part := range wrapped(value, width-labelCells, style) {
			var b strings.Builder
			b.Grow(2*labelCells + len(part.text))
			h.styles.muted.Write(&b, label)
			b.WriteString(blank(labelCells - cells(label)))
			b.WriteString(part.text)
			list = append(list, segment{b.String(), labelCells + part.width})
			label = ""
		}
	}
	if r.unfinished || r.change != nil {
		add("Unfinished", sentenceOf(h.phraseOf(r, now)), h.styles.warn)
	}
	if !r.known {
		return list
	}
	e := r.entry
	id := "Client ID"
	if e.API == client.API10 {
		id = "Application"
	}
	add(id, e.Identifier, h.styles.value)
	add("Account", accountOf(e, h.styles.dot), h.styles.text)
	if remark := client.HostRemark(e.BaseURL); remark != "" {
		add("Base URL", e.BaseURL+" ("+remark+")", h.styles.warn)
	} else {
		add("Base URL", e.BaseURL, h.styles.value)
	}
	add("Store", place, h.styles.text)
	if !e.CurrentSince.IsZero() {
		add("Current", "since "+step.Day(e.CurrentSince), h.styles.text)
		add("Secret", step.AgeSentence(e.SecretGiven(), now), h.styles.text)
	}
	style := h.styles.text
	if step.DueWords(e, now) != "" {
		style = h.styles.warn
	}
	add("Rotation", rotationWords(e, now), style)
	if expires, warning := lifecycle.Expiry(e.ExpiresAt, now); warning != "" {
		add("Access key", expires+". "+warning, h.styles.warn)
	} else {
		add("Access key", expires, h.styles.text)
	}
	add("Previous", previousWords(e), h.styles.text)
	return list
}

// phraseOf is what is unfinished about a row, without its name.
func (h *Home) phraseOf(r *row, now time.Time) string {
	switch {
	case r.change != nil:
		return step.ProgressSince(*r.change, now)
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
	case e.CurrentSince.IsZero():
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
	if !e.Previous {
		return ""
	}
	words := "kept until it is replaced"
	if !e.PreviousUntil.IsZero() {
		words = "kept until " + step.Day(e.PreviousUntil)
	}
	if refused := lifecycle.PreviousRefused(e); refused != "" {
		words += "; " + refused
	}
	return words
}
