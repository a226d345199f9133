package home

import (
	"slices"
	"strings"
	"time"

	"mimecred/credstore"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// row is one line of the list: a profile, or something unfinished.
type row struct {
	name string
	// entry is the profile of that name; known tells whether there is one.
	entry credstore.Entry
	known bool
	// unfinished marks the lines above the table. change and state are what is unfinished; a profile has its change too.
	unfinished bool
	change     *credstore.UnfinishedChange
	state      *flow.State
	// busy tells that another program changes the profile.
	busy bool
	// find is everything that the filter looks through, in small letters.
	find string
}

// list is the rows, what the filter leaves of them, and where in them the person is. It knows no screen.
type list struct {
	// rows are what is unfinished, left of them, and then the profiles by name.
	rows []row
	left int
	// shown are the rows that the filter leaves, leftShown of them unfinished; at is the selected one of them.
	shown     []int
	leftShown int
	at        int
	// top is the first profile in sight, counted from the first that the filter leaves.
	top   int
	words []string
	// names are the integrations' names, as far as they were looked up.
	names  map[string]productName
	widths columnWidths
	// differs is how many characters a profile's or an integration's name begins with like another one.
	differs map[string]int
}

// listedMsg is the list as it was read.
type listedMsg struct {
	entries []credstore.Entry
	changes []credstore.UnfinishedChange
	busy    map[string]bool
	err     error
}

// set replaces the rows. The selection stays on its row when that is still there.
func (l *list) set(got listedMsg, states []flow.State, now time.Time) {
	selected := l.current()
	unfinished := map[string]*credstore.UnfinishedChange{}
	for i, s := range got.changes {
		unfinished[s.Name] = &got.changes[i]
	}
	entries := map[string]credstore.Entry{}
	for _, s := range got.changes {
		if i, ok := slices.BinarySearchFunc(got.entries, s.Name, entryByName); ok {
			entries[s.Name] = got.entries[i]
		}
	}
	rows := make([]row, 0, len(got.changes)+len(states)+len(got.entries))
	for i, s := range got.changes {
		row := row{name: s.Name, unfinished: true, change: &got.changes[i], busy: got.busy[s.Name]}
		row.entry, row.known = entries[s.Name], entries[s.Name].Name != ""
		rows = append(rows, row)
	}
	for i, s := range states {
		if at := slices.IndexFunc(rows, func(r row) bool { return r.name == s.Name }); at >= 0 {
			if rows[at].change.Kind == credstore.SetUp {
				rows[at].state = &states[i]
			}
			continue
		}
		rows = append(rows, row{name: s.Name, unfinished: true, state: &states[i]})
	}
	l.left = len(rows)
	for _, e := range got.entries {
		rows = append(rows, row{name: e.Name, entry: e, known: true, change: unfinished[e.Name]})
	}
	l.rows = rows
	for i := range l.rows {
		l.rows[i].find = l.findable(&l.rows[i], now)
	}
	l.narrow(l.words)
	if selected != nil {
		l.selectRow(selected.name, selected.unfinished)
	}
	l.measure(now)
}

func entryByName(e credstore.Entry, name string) int { return strings.Compare(e.Name, name) }

// findable is what the filter looks through.
func (l *list) findable(r *row, now time.Time) string {
	e := r.entry
	words := []string{r.name}
	if r.known {
		words = append(words, e.Integration, l.names[e.Integration].full, string(e.API), e.Region, e.Store, e.Identifier, e.BaseURL)
		if late := step.DueWords(e, now); late != "" {
			words = append(words, "due", late)
		}
		if e.Account != nil {
			words = append(words, e.Account.Name, e.Account.Code)
		}
		switch c := e.LastCheck; {
		case c == nil:
			words = append(words, "never")
		case !c.OK:
			words = append(words, "failed")
		case c.Warnings > 0:
			words = append(words, "warning")
		default:
			words = append(words, "passed")
		}
	}
	if r.change != nil {
		words = append(words, "unfinished", step.ProgressWords(*r.change, now))
	}
	if r.state != nil {
		words = append(words, "unfinished", stateWords(*r.state, now))
	}
	return strings.ToLower(strings.Join(words, " "))
}

// narrow leaves the rows that have every word, and the selection on its row when that is one of them.
func (l *list) narrow(words []string) {
	selected := l.current()
	l.words = words
	l.shown, l.leftShown = l.shown[:0], 0
	for i := range l.rows {
		if !hasAll(l.rows[i].find, words) {
			continue
		}
		l.shown = append(l.shown, i)
		if i < l.left {
			l.leftShown++
		}
	}
	l.at = min(l.at, max(len(l.shown)-1, 0))
	switch {
	case selected != nil:
		l.selectRow(selected.name, selected.unfinished)
	case l.profiles() > 0:
		l.at = l.leftShown // what is unfinished is above, and waits
	}
}

// stateWords says where a set-up was left.
func stateWords(s flow.State, now time.Time) string {
	return s.Name + ": set-up, " + step.WhereLeft(s, now)
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// current is the selected row; nil when there is none.
func (l *list) current() *row {
	if l.at >= len(l.shown) || l.shown[l.at] >= len(l.rows) {
		return nil
	}
	return &l.rows[l.shown[l.at]]
}

// profiles is how many profiles the filter leaves.
func (l *list) profiles() int { return len(l.shown) - l.leftShown }

// selectRow selects the row of a profile, or of what is unfinished about it.
func (l *list) selectRow(name string, unfinished bool) bool {
	for i, at := range l.shown {
		if r := &l.rows[at]; r.name == name && r.unfinished == unfinished {
			l.at = i
			return true
		}
	}
	return false
}

// move goes to another row, as far as there are any.
func (l *list) move(to int) { l.at = max(0, min(to, len(l.shown)-1)) }

// find gives the profile of a name; nil when there is none.
func (l *list) find(name string) *row {
	rows := l.rows[l.left:]
	i, ok := slices.BinarySearchFunc(rows, name, func(r row, name string) int { return strings.Compare(r.name, name) })
	if !ok {
		return nil
	}
	return &rows[i]
}

// put replaces what is known of a profile.
func (l *list) put(e credstore.Entry, now time.Time) {
	for i := range l.rows {
		if r := &l.rows[i]; r.name == e.Name && r.known {
			r.entry = e
			r.find = l.findable(r, now)
		}
	}
}

// named sets the names of integrations.
func (l *list) named(names map[string]productName, now time.Time) {
	l.names = names
	for i := range l.rows {
		l.rows[i].find = l.findable(&l.rows[i], now)
	}
	if len(l.words) > 0 {
		l.narrow(l.words)
	}
	l.measure(now)
}

// sharing are the other profiles that use the application of e.
func (l *list) sharing(e credstore.Entry) []string {
	var names []string
	for _, r := range l.rows[l.left:] {
		if e.SharesWith(r.entry) {
			names = append(names, r.name)
		}
	}
	return names
}
