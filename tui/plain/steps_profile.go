package plain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// profile asks for the name, and for the store when there is something to decide.
func (s *session) profile() error {
	usable := s.usable()
	if len(usable) == 0 {
		return s.noStore()
	}
	decide := len(usable) > 1 || s.env.Stores[0].Problem != ""
	if !decide {
		s.a.Store = usable[0].Kind
		s.out.indented("The credential will be kept in: " + usable[0].Title + ".")
	}
	return s.walk(s.fromEnd, []item{
		{id: "name", ask: s.name, when: func() bool { return s.a.Purpose == lifecycle.SettingUp }},
		{id: "store", ask: s.store, when: func() bool { return decide }},
	})
}

func (s *session) usable() []step.StoreChoice {
	var usable []step.StoreChoice
	for _, c := range s.env.Stores {
		if c.Problem == "" {
			usable = append(usable, c)
		}
	}
	return usable
}

// noStore ends the run: there is nowhere to put a secret, and plain text is no place.
func (s *session) noStore() error {
	for _, c := range s.env.Stores {
		s.out.indented(strings.TrimSpace(c.Title + ": " + c.Problem + " " + c.Fix))
	}
	s.out.indented("mimecred never falls back to plain text. Put one of them right, then start again.")
	return &credstore.Error{
		Kind: credstore.Unavailable, Op: "choose a store",
		Err: errors.New("nothing on this machine can keep the credential now"),
	}
}

func (s *session) name() error {
	q := question{
		text: "Profile name", suggested: s.a.Name,
		help: []string{
			"The profile is how you will call this credential later: mimecred check " + lifecycle.SuggestedName + ".",
			"Letters, digits, '.', '_' and '-'; it begins with a letter or a digit.",
		},
	}
	if q.suggested == "" {
		q.suggested = s.freeName()
	}
	for {
		name, err := s.answer(q)
		if err != nil {
			return err
		}
		if err := credstore.NewName(name); err != nil {
			s.out.indented(lifecycle.Sentence(err))
			continue
		}
		s.a.Name = name
		return s.lookUp(name)
	}
}

// freeName is the suggestion, with a number behind it when profiles of that name exist.
func (s *session) freeName() string {
	name := lifecycle.SuggestedName
	if s.env.Demo != nil {
		name = "demo"
	}
	first := name
	for i := 2; i < 100; i++ {
		if _, exists, err := s.env.Vault.Lookup(name); err != nil || !exists {
			break
		}
		name = first + "-" + strconv.Itoa(i)
	}
	return name
}

// lookUp says what it means that a profile of that name exists.
func (s *session) lookUp(name string) error {
	entry, exists, err := s.env.Vault.Lookup(name)
	s.a.Replaces = err == nil && exists && !entry.ActiveSince.IsZero()
	if err != nil {
		s.out.indented("The list of profiles cannot be read: " + err.Error() + ".")
		return nil
	}
	if !exists {
		return nil
	}
	if s.a.Store == "" {
		s.a.Store = entry.Store
	}
	if s.a.Replaces {
		s.out.indented(fmt.Sprintf("%s exists (API %s, since %s). Its credential stays in force until the new one has been checked.",
			name, entry.API, entry.ActiveSince.Format("2 January 2006")))
	}
	if step.PendingWaits(entry, s.a) {
		return s.pending(entry)
	}
	return nil
}

func (s *session) store() error {
	rows := make([]row, 0, len(s.env.Stores))
	suggested := s.env.Preselected()
	for _, c := range s.env.Stores {
		r := row{id: c.Kind, title: c.Title, problem: c.Problem, fix: c.Fix}
		if s.env.Passing(c.Kind) {
			r.about = step.PassingWords
		}
		rows = append(rows, r)
		if c.Problem == "" && c.Kind == s.a.Store {
			suggested = c.Kind
		}
	}
	id, _, err := s.choose(question{
		text: "Where should the credential be kept?",
		help: []string{"Nothing is ever written as plain text. The first one is recommended."},
	}, rows, suggested, false)
	if err == nil {
		s.a.Store = id
	}
	return err
}

// integration asks for the product that will use the credential.
func (s *session) integration() error {
	var rows []row
	for _, i := range catalog.Integrations() {
		if !i.Generic && (s.a.Purpose == lifecycle.SettingUp || i.API == s.a.API) {
			rows = append(rows, row{id: i.ID, title: i.Name, about: "API " + string(i.API)})
		}
	}
	const none = "none"
	rows = append(rows, row{id: none, title: "No particular product"})
	suggested := none
	if _, ok := catalog.Lookup(s.a.Integration); ok {
		suggested = s.a.Integration
	}
	s.label = number(s.label, nil, 0)
	id, _, err := s.choose(question{
		text: "Which product will use the credential?",
		help: []string{"The checks try what this product calls, and the walk-through names what it needs."},
	}, rows, suggested, false)
	switch {
	case err != nil:
		return err
	case id == none:
		s.a.Integration = ""
	case id != s.a.Integration:
		s.a.Integration = id
		if i, ok := catalog.Lookup(id); ok {
			s.a.API = i.API
		}
	}
	return nil
}

// api asks for the generation.
func (s *session) api() error {
	return s.walk(s.fromEnd, []item{
		{id: "api", ask: s.generation},
		{id: "exists", ask: s.applicationExists, when: func() bool { return s.a.API == client.API10 }},
	})
}

func (s *session) generation() error {
	suggested := client.API20
	if s.a.API != "" {
		suggested = s.a.API
	}
	id, _, err := s.choose(question{
		text: "Which API does the product ask for?",
		help: []string{"The two share neither addresses nor credentials. The product's own form shows which values it wants."},
	}, []row{
		{id: string(client.API20), title: "API 2.0", about: "Client ID and Client Secret. What Mimecast supports today."},
		{
			id: string(client.API10), title: "API 1.0",
			about: "Application ID and Key, Access Key, Secret Key. No new 1.0 applications on Cloud Gateway since mid-2025; existing ones go on.",
		},
	}, string(suggested), false)
	if err != nil {
		return err
	}
	s.a.API = client.API(id)
	if i, ok := catalog.Lookup(s.a.Integration); ok && i.API != s.a.API {
		s.out.indented(i.Name + " uses API " + string(i.API) + ". Going on without a particular product.")
		s.a.Integration = ""
	}
	return nil
}

func (s *session) applicationExists() error {
	const exists, use20, create = "exists", "use-2.0", "create-1.0"
	suggested := exists
	if s.a.NewApplication {
		suggested = create
	}
	id, _, err := s.choose(question{
		text: "Does the API 1.0 application exist already?",
		help: []string{"Most tenants can no longer create one: on Cloud Gateway the tile was taken away in mid-2025."},
	}, []row{
		{id: exists, title: "Yes", about: "Its Application ID and Application Key are at hand, or can be looked up in the console."},
		{id: use20, title: "No: use API 2.0", about: "The way for everything that is set up now.", words: []string{"no"}},
		{id: create, title: "No, and the product takes 1.0 only", about: "Works only while the console still shows the tile Mimecast API 1.0."},
	}, suggested, false)
	if err != nil {
		return err
	}
	s.a.HasApplication, s.a.NewApplication = id == exists, id == create
	if id == use20 {
		s.a.API = client.API20
	}
	return nil
}
