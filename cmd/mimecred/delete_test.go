package main

import (
	"slices"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
)

// TestDeleteTellsTheProductsSteps: what the product still has is taken out in the product, as far as its guide says how.
func TestDeleteTellsTheProductsSteps(t *testing.T) {
	t.Parallel()
	got := inTheProduct(credstore.Entry{Name: "acme", API: client.API10, Integration: "jupiterone"})
	want := []string{
		"What uses the credentials keeps them until they are taken out there:",
		"hint: JupiterOne: Integrations > Mimecast", "hint: JupiterOne: Choose the integration", "hint: JupiterOne: The trash can", "hint: JupiterOne: Remove",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, e := range []credstore.Entry{
		{Name: "acme", API: client.API20},
		{Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2"},
		{Name: "acme", API: client.API20, Integration: "made-by-a-later-version"},
	} {
		if lines := inTheProduct(e); lines != nil {
			t.Errorf("%s: %q", e.Integration, lines)
		}
	}
}
