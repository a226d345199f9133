package catalog

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"mimecred/client"
)

// catalogue is everything that was embedded, checked and ready to be looked up.
type catalogue struct {
	Probes       []probe       `json:"probes"`
	Integrations []Integration `json:"integrations"`

	probes map[string]probe
	byID   map[string]int
}

//go:embed data/*.json
var embedded embed.FS

// load parses the catalogue once, for its first user. The text is embedded and tested: an error is a broken build.
var load = sync.OnceValue(func() *catalogue {
	c, err := parseAll()
	if err != nil {
		panic("catalog: " + err.Error())
	}
	return c
})

func parseAll() (*catalogue, error) {
	entries, err := embedded.ReadDir("data")
	if err != nil {
		return nil, fmt.Errorf("listing the catalogue: %w", err)
	}
	texts := make([][]byte, 0, len(entries))
	for _, entry := range entries {
		text, err := embedded.ReadFile("data/" + entry.Name())
		if err != nil {
			return nil, fmt.Errorf("opening the catalogue: %w", err)
		}
		texts = append(texts, text)
	}
	return parse(texts...)
}

// parse reads a catalogue and refuses what it does not know, what is there twice and what leads nowhere.
func parse(texts ...[]byte) (*catalogue, error) {
	c := &catalogue{probes: map[string]probe{}, byID: map[string]int{}}
	for _, text := range texts {
		var part catalogue
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&part); err != nil {
			return nil, fmt.Errorf("reading the catalogue: %w", err)
		}
		c.Probes = append(c.Probes, part.Probes...)
		c.Integrations = append(c.Integrations, part.Integrations...)
	}
	for _, p := range c.Probes {
		if _, twice := c.probes[p.ID]; twice {
			return nil, fmt.Errorf("probe %q is there twice", p.ID)
		}
		if len(p.Body) > 0 {
			var compact bytes.Buffer
			if err := json.Compact(&compact, p.Body); err != nil {
				return nil, fmt.Errorf("body of probe %q: %w", p.ID, err)
			}
			p.Body = compact.Bytes()
		}
		c.probes[p.ID] = p
	}
	c.sort()
	for n := range c.Integrations {
		c.Integrations[n].Short = cmp.Or(c.Integrations[n].Short, c.Integrations[n].Name)
		if err := c.take(n); err != nil {
			return nil, err
		}
	}
	for _, i := range c.Integrations {
		if err := c.checkSuccessor(i); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// checkSuccessor wants the successor of an entry to be there, and to be of API 2.0.
func (c *catalogue) checkSuccessor(i Integration) error {
	if i.Successor == "" {
		return nil
	}
	n, known := c.byID[i.Successor]
	if !known || c.Integrations[n].API != client.API20 {
		return fmt.Errorf("integration %q: its successor %q is no entry of API 2.0", i.ID, i.Successor)
	}
	return nil
}

// sort puts the integrations into the order that people see. It sorts pointers: the structs are large.
func (c *catalogue) sort() {
	order := make([]*Integration, len(c.Integrations))
	for n := range c.Integrations {
		order[n] = &c.Integrations[n]
	}
	slices.SortStableFunc(order, func(a, b *Integration) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.sortName(), b.sortName()))
	})
	sorted := make([]Integration, len(order))
	for n, i := range order {
		sorted[n] = *i
	}
	c.Integrations = sorted
}

// rank puts the integrations whose guides were followed step by step first, and "No particular product" last.
func (i *Integration) rank() int {
	switch {
	case i.Guide:
		return 0
	case i.Generic:
		return 2
	default:
		return 1
	}
}

// sortName orders integrations of one rank; the first and the last ones stay as they are written down.
func (i *Integration) sortName() string {
	if i.rank() != 1 {
		return ""
	}
	return strings.ToLower(i.Name)
}

// take checks one integration against the rest and makes it ready.
func (c *catalogue) take(n int) error {
	i := &c.Integrations[n]
	if _, twice := c.byID[i.ID]; twice {
		return fmt.Errorf("integration %q is there twice", i.ID)
	}
	c.byID[i.ID] = n
	for _, call := range i.Calls {
		for _, id := range []string{call.Probe, call.StandIn} {
			if _, known := c.probes[id]; id != "" && !known {
				return fmt.Errorf("integration %q: unknown probe %q", i.ID, id)
			}
		}
		if _, known := i.Feature(call.Feature); call.Feature != "" && !known {
			return fmt.Errorf("integration %q: unknown feature %q", i.ID, call.Feature)
		}
	}
	for _, f := range i.Features {
		if f.Field != "" && !slices.ContainsFunc(i.Fields, func(field Field) bool { return field.Key == f.Field }) {
			return fmt.Errorf("integration %q: feature %q has the unknown field %q", i.ID, f.ID, f.Field)
		}
	}
	if len(i.Notes) == 0 {
		i.Notes = i.shortNotes()
	}
	return nil
}

// shortNotes picks what to know before the product is chosen: the limits that rule a set-up out, and what its guide gets
// wrong; no more than fits beside a list.
func (i *Integration) shortNotes() []string {
	var notes []string
	for _, l := range i.Limits {
		if l.Kind == LimitRegion || l.Kind == LimitHost || l.Kind == LimitSecondFactor {
			notes = append(notes, l.Text)
		}
	}
	notes = append(notes, i.GuideNotes...)
	return notes[:min(len(notes), 3)]
}
