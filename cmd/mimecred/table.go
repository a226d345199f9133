package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// column is one column of the list. Short cells replace the others where there is no room.
type column struct {
	title        string
	cells, short []string
}

func (c column) width() int {
	w := utf8.RuneCountInString(c.title)
	for _, cell := range c.cells {
		w = max(w, utf8.RuneCountInString(cell))
	}
	return w
}

// The columns that can be shorter, or done without.
const (
	columnStore       = "STORE"
	columnCheck       = "LAST CHECK"
	columnRegion      = "REGION"
	columnAPI         = "API"
	columnAge         = "AGE"
	columnIntegration = "INTEGRATION"
)

// table is the list of profiles for people, as wide as the terminal allows.
func (a *app) table(entries []credstore.Entry, unfinished map[string]credstore.UnfinishedChange) string {
	l := a.look(a.std.out)
	columns := []column{
		{title: "PROFILE"},
		{title: columnIntegration},
		{title: columnAPI},
		{title: columnRegion},
		{title: columnStore},
		{title: columnCheck},
		{title: columnAge},
		{title: "ROTATE"},
	}
	for _, e := range entries {
		check, short := a.lastCheck(e, l)
		age, _ := a.age(e)
		rotate := a.due(e)
		if s, is := unfinished[e.Name]; is && !s.Reminds() {
			rotate = "unfinished"
		}
		for i, cell := range []string{e.Name, e.Integration, string(e.API), lifecycle.RegionCell(e), e.Store, check, age, rotate} {
			columns[i].cells = append(columns[i].cells, orDash(cell))
		}
		columns[5].short = append(columns[5].short, short)
		columns[6].short = append(columns[6].short, strings.Replace(orDash(age), " days", " d", 1))
	}
	return draw(fit(columns, l.columns, l.signs.ellipsis))
}

// between is how far columns are apart.
const between = 2

// fit makes columns fit into a width, 0 for any: what matters least is left out.
func fit(columns []column, width int, ellipsis string) []column {
	over := func() int {
		total := -between
		for _, c := range columns {
			total += c.width() + between
		}
		return total - width
	}
	without := func(title string) {
		kept := columns[:0:0]
		for _, c := range columns {
			if !strings.HasPrefix(title, c.title) { // it may have been cut
				kept = append(kept, c)
			}
		}
		columns = kept
	}
	shorten := func(title string) {
		for i := range columns {
			switch c := &columns[i]; {
			case c.title != title:
			case c.short != nil:
				c.cells = c.short
			default:
				c.cut(max(c.width()-over(), len("axonius")), ellipsis)
			}
		}
	}
	for _, less := range []struct {
		do    func(string)
		title string
	}{
		{without, columnStore},
		{shorten, columnCheck},
		{without, columnRegion},
		{shorten, columnAge},
		{without, columnAPI},
		{shorten, columnIntegration},
		{without, columnCheck},
		{without, columnAge},
		{without, columnIntegration},
	} {
		if width > 0 && over() > 0 {
			less.do(less.title)
		}
	}
	return columns
}

// cut makes the cells no wider than width.
func (c *column) cut(width int, ellipsis string) {
	for i, cell := range c.cells {
		if text := []rune(cell); len(text) > width {
			c.cells[i] = string(text[:width-utf8.RuneCountInString(ellipsis)]) + ellipsis
		}
	}
	if len(c.title) > width {
		c.title = c.title[:width]
	}
}

func draw(columns []column) string {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = c.width()
	}
	var b strings.Builder
	line := func(cell func(column) string) {
		words := make([]string, len(columns))
		for i, c := range columns {
			words[i] = pad(cell(c), widths[i])
		}
		b.WriteString(strings.TrimRight(strings.Join(words, strings.Repeat(" ", between)), " ") + "\n")
	}
	line(func(c column) string { return c.title })
	for i := range columns[0].cells {
		line(func(c column) string { return c.cells[i] })
	}
	return b.String()
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// lastCheck is one cell: a sign, what failed, and how long ago. The short one leaves out how much failed.
func (a *app) lastCheck(e credstore.Entry, l look) (whole, short string) {
	c := e.LastCheck
	if c == nil || c.At.IsZero() {
		return "never", "never"
	}
	ago := a.ago(c.At)
	switch {
	case !c.OK:
		return fmt.Sprintf("%s %d failed, %s", l.signs.failed, c.Failed, ago), l.signs.failed + " " + ago
	case c.Warnings > 0:
		return fmt.Sprintf("%s %d with a warning, %s", l.signs.warning, c.Warnings, ago), l.signs.warning + " " + ago
	default:
		return l.signs.passed + " " + ago, l.signs.passed + " " + ago
	}
}
