package tui

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// TestEscGoesBackOnePage goes on page by page, and sees each again on the way back: with what was typed to find the product.
func TestEscGoesBackOnePage(t *testing.T) {
	for _, search := range []string{"axon", "sumo", "jup", "not listed"} {
		t.Run(search, func(t *testing.T) {
			w := start(t, setting{answers: flow.Answers{Change: lifecycle.Change{API: client.API20}}}).At(flow.Integration).Type(search)
			var pages []string
			for w.app.step < flow.Console {
				if pages = append(pages, w.Body()); len(pages) > 12 {
					t.Fatalf("no console after %d pages:\n%s", len(pages), w.Frame())
				}
				w.Press("enter").until("the next page", func() bool { return w.Body() != pages[len(pages)-1] })
			}
			for i := len(pages) - 1; i >= 0; i-- {
				if w.Press("esc"); w.Body() != pages[i] {
					t.Fatalf("page %d was\n%s\nand is\n%s", i, pages[i], w.Body())
				}
			}
		})
	}
}
