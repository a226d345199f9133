package main

import (
	"encoding/json"
	"strings"
	"testing"

	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
)

// Every product can be shown, with every menu, as text and as JSON, as it is and with everything that it can do.
func TestSheetsOfAll(t *testing.T) {
	t.Parallel()
	for _, i := range catalog.Integrations() {
		all := []string{}
		for _, f := range i.Features {
			all = append(all, f.ID)
		}
		for _, o := range []integrationsOptions{{ids: []string{i.ID}}, {ids: []string{i.ID}, chosen: true, features: all}} {
			s, err := selectionOf(o)
			if err != nil {
				t.Fatal(err)
			}
			needs, err := catalog.RequirementsFor(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, menu := range console.Variants(i.API) {
				checkSheet(t, i, newSheet(needs, menu))
			}
		}
	}
}

func checkSheet(t *testing.T, i catalog.Integration, s needsSheet) {
	t.Helper()
	text := s.text(look{signs: signs{warning: "!"}, ascii: true})
	for _, want := range []string{i.Name, "In the console (menu: " + s.Menu, "Calls", "Form", "Sources (confidence: " + i.Confidence + ")"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: no %q", i.ID, want)
		}
	}
	for _, f := range i.Fields {
		if !strings.Contains(text, "\n  "+f.Label) {
			t.Errorf("%s: the field %q is missing", i.ID, f.Label)
		}
	}
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") || strings.Contains(line, "%!") {
			t.Errorf("%s: line %q", i.ID, line)
		}
		for _, r := range line {
			if r > 126 {
				t.Errorf("%s: %q is not ASCII", i.ID, line)
				break
			}
		}
	}
	narrow := s.text(look{width: 40})
	for line := range strings.Lines(narrow) {
		words := strings.Fields(line)
		if len([]rune(strings.TrimSuffix(line, "\n"))) > 40 && len(words) > 1 && line[0] == ' ' {
			t.Errorf("%s: too wide: %q", i.ID, line)
		}
	}
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Schema   int              `json:"schema"`
		Products []map[string]any `json:"products"`
		Forms    []struct {
			Fields []map[string]any `json:"fields"`
		} `json:"forms"`
		Calls       []map[string]any `json:"calls"`
		WalkThrough []map[string]any `json:"walk_through"`
	}
	if err := json.Unmarshal(raw, &back); err != nil || back.Schema != 1 || len(back.Forms) != 1 ||
		len(back.Forms[0].Fields) != len(i.Fields) || len(back.WalkThrough) == 0 || len(back.Products) != len(s.Products) {
		t.Errorf("%s: %v %s", i.ID, err, raw)
	}
	for _, c := range back.Calls {
		if c["check"] == nil && c["why"] == nil {
			t.Errorf("%s: %v is neither tried nor explained", i.ID, c)
		}
	}
}

func TestFeaturesOfSeveral(t *testing.T) {
	t.Parallel()
	s, err := selectionOf(integrationsOptions{
		ids: []string{"netskope-cte-v1", "jupiterone"}, chosen: true, features: []string{"malsite", " jupiterone:users"},
	})
	if err != nil || strings.Join(s.Features["netskope-cte-v1"], " ") != "malsite" || strings.Join(s.Features["jupiterone"], " ") != "users" {
		t.Errorf("%v %v", err, s.Features)
	}
}
