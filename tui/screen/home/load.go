package home

import (
	"context"
	"maps"

	tea "charm.land/bubbletea/v2"

	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/screen"
)

// productName is what an integration is called, in full and where there is little room.
type productName struct{ full, short string }

// namedMsg has what the catalogue says of the list: the names of the integrations by id, "" for no particular product, and
// the titles of the checks.
type namedMsg struct {
	names  map[string]productName
	titles map[string]string
}

// load reads the list, once more when it is being read already.
func (h *Home) load() tea.Cmd {
	if h.loading != nil {
		h.again = true
		return nil
	}
	profiles, known := h.env.Profiles, namedMsg{maps.Clone(h.list.names), maps.Clone(h.titles)}
	run, cmd := screen.Begin(h.env.Context, lifecycle.StoreTime, func(_ context.Context, emit func(any)) {
		got := read(profiles)
		emit(got)
		// The catalogue is opened here, where nobody waits for it.
		for _, e := range got.entries {
			if _, done := known.names[e.Integration]; !done {
				known.names[e.Integration] = integrationName(e.Integration)
			}
			if e.LastCheck == nil {
				continue
			}
			for _, c := range e.LastCheck.Checks {
				if _, done := known.titles[c.ID]; !done {
					known.titles[c.ID] = catalog.CheckTitle(c.ID)
				}
			}
		}
		emit(known)
	})
	h.loading = run
	return forHome(cmd)
}

// read reads what the list shows; no store is touched.
func read(profiles lifecycle.Profiles) listedMsg {
	var got listedMsg
	if profiles == nil {
		return got
	}
	if got.entries, got.err = profiles.Entries(); got.err != nil && got.entries == nil {
		return got
	}
	var err error
	if got.changes, err = profiles.Unfinished(); err != nil && got.err == nil {
		got.err = err
	}
	got.busy = map[string]bool{}
	for _, s := range got.changes {
		got.busy[s.Name] = profiles.Busy(s.Name)
	}
	return got
}

// integrationName is a product's name; the id of one that the catalogue does not know, and none for no particular one.
func integrationName(id string) productName {
	if id == "" {
		return productName{}
	}
	i, ok := catalog.Lookup(id)
	switch {
	case !ok:
		return productName{id, id}
	case i.Generic:
		return productName{}
	default:
		return productName{i.Name, i.Short}
	}
}

// take handles what reading the list says.
func (h *Home) apply(msg any) {
	now := h.env.Now()
	h.forgetDrawn()
	switch msg := msg.(type) {
	case listedMsg:
		h.problem, h.fix = "", ""
		if msg.err != nil && msg.entries == nil && len(msg.changes) == 0 {
			h.problem, h.fix = credstore.Explain(msg.err)
		} else if msg.err != nil {
			sentence, fix := credstore.Explain(msg.err)
			h.note = sentence + " " + fix
		}
		h.loaded = true
		h.list.set(msg, h.states, now)
		if h.want != "" {
			if !h.list.selectRow(h.want, false) {
				h.list.selectRow(h.want, true)
			}
			h.want = ""
		}
	case namedMsg:
		h.loading.Stop()
		h.loading, h.titles = nil, msg.titles
		h.list.named(msg.names, now)
	}
}
