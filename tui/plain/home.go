package plain

import (
	"errors"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// What can be done at the list of profiles, beyond choosing one.
const (
	homeNew     = "new"
	homeAll     = "all"
	homeDiscard = "discard"
	homeQuit    = "quit"
)

// home is the list of profiles as a numbered question: what is unfinished first, then every profile, then what else can be
// done. Every path begins here and comes back here.
func (s *session) home() error {
	s.nested = true
	drafts := &drafts{left: s.a.Unfinished, kept: s.env.Unfinished}
	s.env.Unfinished = drafts
	for {
		s.a.Unfinished = drafts.left
		entries, err := s.env.Profiles.Entries()
		if err != nil && entries == nil {
			return &credstore.Error{Kind: credstore.KindOf(err), Store: credstore.IndexStore, Op: "read the list of profiles", Err: err}
		}
		unfinished, err := s.env.Profiles.Unfinished()
		if err != nil {
			s.out.indented("The unfinished changes cannot be read: " + err.Error() + ".")
		}
		s.label = ""
		s.out.end()
		id, _, err := s.choose(question{
			text: "Which profile, or which command",
			help: []string{"The number or the name of a profile leads to everything that can be done with it."},
		}, s.homeRows(entries, unfinished), homeQuit, false)
		switch {
		case errors.Is(err, errBack):
			continue // there is nothing before the list
		case errors.Is(err, errEnded), id == homeQuit:
			return nil
		case err != nil:
			return err
		}
		if err := s.atHome(id, entries, unfinished); err != nil {
			return err
		}
	}
}

// homeRows are what can be chosen at the list.
func (s *session) homeRows(entries []credstore.Entry, unfinished []credstore.UnfinishedChange) []row {
	var rows []row
	now := s.env.Now()
	for _, change := range unfinished {
		rows = append(rows, row{id: "go-on:" + change.Name, title: "Continue: " + step.ProgressWords(change, now)})
	}
	for _, left := range s.a.Unfinished {
		rows = append(rows, row{id: "draft:" + left.Name, title: "Continue: " + left.Name + ", set-up, " + step.WhereLeft(left, now)})
	}
	for _, e := range entries {
		rows = append(rows, row{id: "profile:" + e.Name, title: e.Name, about: s.aboutEntry(e)})
	}
	if len(entries) == 0 {
		s.out.indented(step.ProfileIs)
	}
	rows = append(rows, row{id: homeNew, title: "Set up a new profile", words: []string{"setup"}}, row{id: homeAll, title: "Test all profiles", words: []string{"test"}})
	if len(unfinished)+len(s.a.Unfinished) > 0 {
		rows = append(rows, row{id: homeDiscard, title: "Discard what is unfinished"})
	}
	return append(rows, row{id: homeQuit, title: "Quit"})
}

// aboutEntry is what the list knows of a profile, in one line.
func (s *session) aboutEntry(e credstore.Entry) string {
	now := s.env.Now()
	parts := []string{"API " + string(e.API)}
	if i, ok := catalog.Lookup(e.Integration); ok && !i.Generic {
		parts = append([]string{i.Name}, parts...)
	}
	if c := e.LastCheck; c != nil {
		state, words, _ := step.CheckedWords(c, now)
		if state == client.Passed {
			words = "passed, " + words
		}
		parts = append(parts, "last test: "+words)
		if at, known := lifecycle.WorkedAt(e); known {
			parts = append(parts, "worked until "+step.Ago(at, now))
		}
	} else {
		parts = append(parts, "never tested")
	}
	if given := e.SecretGiven(); !given.IsZero() {
		parts = append(parts, "secret "+step.AgeSentence(given, now))
	}
	if due := step.DueWords(e, now); due != "" {
		parts = append(parts, "rotation due "+due)
	}
	if expires, _ := lifecycle.Expiry(e.ExpiresAt, now); expires != "" {
		parts = append(parts, "its access key "+expires)
	}
	return strings.Join(parts, ", ")
}

// atHome does what was chosen at the list.
func (s *session) atHome(id string, entries []credstore.Entry, unfinished []credstore.UnfinishedChange) error {
	if name, ok := strings.CutPrefix(id, "go-on:"); ok {
		for _, change := range unfinished {
			if change.Name == name {
				return s.continueWith(change, entries)
			}
		}
	}
	if name, ok := strings.CutPrefix(id, "draft:"); ok {
		for _, left := range s.a.Unfinished {
			if left.Name == name {
				a, at := left.Resume(flow.Answers{})
				return s.path(a, at)
			}
		}
	}
	switch id {
	case homeNew:
		return s.path(flow.Answers{Change: lifecycle.Change{Store: s.a.Store}, Taken: flow.Names(s.a.Unfinished)}, flow.None)
	case homeDiscard:
		return s.discardUnsaved(entries, unfinished)
	case homeAll:
		for _, e := range entries {
			if err := s.testProfile(e); err != nil {
				return err
			}
		}
		return nil
	}
	for _, e := range entries {
		if id == "profile:"+e.Name {
			return s.withProfile(e)
		}
	}
	return nil
}

// path goes one path from the list and comes back: at its end, when it is left, and from before its first question.
func (s *session) path(a flow.Answers, at flow.Step) error {
	outer := s.a
	s.a, s.returning, s.opened, s.fromEnd, s.draft = step.Settle(s.env, a), flow.None, flow.None, false, ""
	if at == flow.None {
		at = flow.Next(flow.None, s.a)
	}
	err := s.stepsFrom(at)
	for _, name := range []string{a.Name, s.a.Name, s.a.StagedName} {
		if name != "" {
			s.env.Leave(name)
		}
	}
	if err != nil && !errors.Is(err, errLeave) {
		return err // with the answers as they are: keys that were created may have to be stored
	}
	s.a = outer
	return nil
}

// drafts are the set-ups that were left, as the list shows them and as they are kept for the next run.
type drafts struct {
	left []flow.State
	kept step.Unfinished // nil where nothing is kept
}

// Keep implements step.Unfinished.
func (d *drafts) Keep(s flow.State) error {
	d.drop(s.Name)
	d.left = append(d.left, s)
	if d.kept == nil {
		return nil
	}
	return d.kept.Keep(s)
}

// Forget implements step.Unfinished.
func (d *drafts) Forget(name string) error {
	d.drop(name)
	if d.kept == nil {
		return nil
	}
	return d.kept.Forget(name)
}

func (d *drafts) drop(name string) {
	d.left = slices.DeleteFunc(slices.Clone(d.left), func(s flow.State) bool { return s.Name == name })
}

// continueWith continues an unfinished change.
func (s *session) continueWith(change credstore.UnfinishedChange, entries []credstore.Entry) error {
	if s.env.Profiles.Busy(change.Name) {
		s.out.indented(flow.Busy(change.Name))
		return nil
	}
	var entry credstore.Entry
	if i := slices.IndexFunc(entries, func(e credstore.Entry) bool { return e.Name == change.Name }); i >= 0 {
		entry = entries[i]
	}
	var left *flow.State
	if i := slices.IndexFunc(s.a.Unfinished, func(l flow.State) bool { return l.Name == change.Name }); i >= 0 {
		left = &s.a.Unfinished[i]
	}
	switch c := flow.ToContinue(&change, entry, left); c.First {
	case flow.Rename:
		return s.rename(change.Name, change.To)
	case flow.TestCurrent:
		return s.testProfile(entry)
	case flow.ReadPending:
		record, err := s.load(change.Name)
		if err != nil {
			return s.stays(err)
		}
		a, ok := c.WithPending(record, s.env.Vault.Location(c.Answers.Store, change.Name))
		if !ok {
			s.out.indented(flow.NothingPending)
			return nil
		}
		return s.path(a, c.At)
	default:
		return s.path(c.Answers, c.At)
	}
}

// stays makes leaving a question about one profile lead back to the list.
func (*session) stays(err error) error {
	if errors.Is(err, errLeave) || errors.Is(err, errBack) {
		return nil
	}
	return err
}
