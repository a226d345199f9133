package main

import (
	"slices"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
)

// listedIntegration is one product in the JSON of integrations list.
type listedIntegration struct {
	Schema     int           `json:"schema"`
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	Vendor     string        `json:"vendor,omitempty"`
	API        client.API    `json:"api"`
	Status     string        `json:"status,omitempty"`
	Confidence string        `json:"confidence"`
	Doubt      string        `json:"doubt,omitempty"`
	Basis      catalog.Basis `json:"basis"`
	Generic    bool          `json:"generic,omitempty"`
	Features   []string      `json:"features"`
}

func integrationsJSON(list []catalog.Integration) []listedIntegration {
	out := make([]listedIntegration, len(list))
	for n, i := range list {
		out[n] = listedIntegration{
			Schema: 1, ID: i.ID, Name: i.Name, Vendor: i.Vendor, API: i.API, Status: i.Status, Confidence: i.Confidence,
			Doubt: i.Doubt, Basis: i.Basis, Generic: i.Generic, Features: []string{},
		}
		for _, f := range i.Features {
			out[n].Features = append(out[n].Features, f.ID)
		}
	}
	return out
}

// needsSheet is everything that integrations show says. Its JSON is extended only.
type needsSheet struct {
	Schema int `json:"schema"`
	catalog.Requirements
	Features []featureRow `json:"features"`
	Calls    []callRow    `json:"calls"`
	Forms    []formRows   `json:"forms"`
	Menu     string       `json:"menu"`
	// WalkThrough is what to click in the console, Removal what to do when the credentials are no longer needed.
	WalkThrough []console.Item `json:"walk_through"`
	Removal     []console.Item `json:"removal"`
}

type featureRow struct {
	Integration string `json:"integration"`
	ID          string `json:"id"`
	Title       string `json:"title"`
	About       string `json:"about,omitempty"`
	Default     bool   `json:"default"`
	On          bool   `json:"on"`
}

type callRow struct {
	Integration string `json:"integration"`
	Method      string `json:"method"`
	Path        string `json:"path"`
	For         string `json:"for"`
	Feature     string `json:"feature,omitempty"`
	// Check is the id of the check that tries it, or that is tried in its place; Why says why it is not tried itself.
	Check string `json:"check,omitempty"`
	Why   string `json:"why,omitempty"`
	// Empty is what an empty answer means.
	Empty      string `json:"empty,omitempty"`
	Optional   bool   `json:"optional,omitempty"`
	Assumed    bool   `json:"assumed,omitempty"`
	LegacyOnly bool   `json:"legacy_only,omitempty"`
}

type formRows struct {
	Integration string    `json:"integration"`
	Form        string    `json:"form,omitempty"`
	Save        string    `json:"save,omitempty"`
	Fields      []formRow `json:"fields"`
}

type formRow struct {
	Key      string            `json:"key"`
	Label    string            `json:"label"`
	From     string            `json:"from"`
	Secret   bool              `json:"secret"`
	Required bool              `json:"required"`
	Default  string            `json:"default,omitempty"`
	Rule     string            `json:"rule,omitempty"`
	Spelling catalog.Spelling  `json:"spelling,omitempty"`
	Choices  []string          `json:"choices,omitempty"`
	Values   map[string]string `json:"values,omitempty"`
	Example  string            `json:"example,omitempty"`
	Note     string            `json:"note,omitempty"`
	Env      string            `json:"env,omitempty"`
	EnvAlso  []string          `json:"env_also,omitempty"`
	Names    map[string]string `json:"names,omitempty"`
}

// newSheet collects everything. It is pure.
func newSheet(r catalog.Requirements, menu console.Choice) needsSheet {
	s := needsSheet{
		Schema: 1, Requirements: r, Features: []featureRow{}, Calls: []callRow{}, Menu: string(menu.Variant),
		WalkThrough: console.Checklist(r.API, menu.Variant, r, console.Facts{}), Removal: console.Removal(r.API, r, console.Facts{}),
	}
	for _, chosen := range r.Integrations {
		i, _ := catalog.Lookup(chosen.ID)
		s.add(i, chosen.Features)
	}
	return s
}

func (s *needsSheet) add(i catalog.Integration, features []string) {
	for _, f := range i.Features {
		s.Features = append(s.Features, featureRow{i.ID, f.ID, f.Title, f.About, f.Default, slices.Contains(features, f.ID)})
	}
	for _, c := range i.Calls {
		if c.Feature != "" && !slices.Contains(features, c.Feature) {
			continue
		}
		row := callRow{
			Integration: i.ID, Method: c.Method, Path: c.Path, For: c.For, Feature: c.Feature, Check: c.Probe, Why: c.Untested,
			Optional: c.Optional, Assumed: c.Assumed, LegacyOnly: c.LegacyOnly(),
		}
		if row.Check == "" {
			row.Check = c.StandIn
		}
		if c.Method == "POST" && c.Path == "/api/account/get-account" {
			row.Check = client.CheckAccount
		}
		if reading, ok := catalog.ReadingOf(c.Probe); ok {
			row.Empty = reading.Empty
		}
		s.Calls = append(s.Calls, row)
	}
	form := formRows{Integration: i.ID, Form: i.Form, Save: i.Save}
	for _, f := range i.Fields {
		form.Fields = append(form.Fields, formRow{
			Key: f.Key, Label: f.Label, From: f.From, Secret: f.Secret, Required: f.Required, Default: f.Default, Rule: f.Rule,
			Spelling: f.Spelling, Choices: f.Choices, Values: f.Values, Example: f.Example, Note: f.Note, Env: f.Env, EnvAlso: f.EnvAlso, Names: f.Names,
		})
	}
	s.Forms = append(s.Forms, form)
}
