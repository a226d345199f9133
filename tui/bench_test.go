package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// benchApp is the wizard on its first step at 120×40.
func benchApp(b *testing.B) *app {
	b.Helper()
	store := credstore.NewMemory()
	env := screen.Env{
		Context: b.Context(), Theme: theme.New(true), Keys: theme.DefaultKeyMap(), Now: time.Now,
		Vault:  credstore.NewVault(credstore.NewIndex(b.TempDir()), time.Now, store),
		Stores: []screen.StoreChoice{{Kind: store.Kind(), Title: "This session only"}},
	}
	a := newApp(env, flow.Answers{}, nil, newScreen)
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return a
}

// BenchmarkFirstView makes the app and draws its first frame.
func BenchmarkFirstView(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if len(benchApp(b).View().Content) == 0 {
			b.Fatal("nothing was drawn")
		}
	}
}

// BenchmarkKeyToView takes one key and draws the frame that follows.
func BenchmarkKeyToView(b *testing.B) {
	a := benchApp(b)
	keys := []tea.KeyPressMsg{{Code: 'a', Text: "a"}, {Code: tea.KeyBackspace}}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		a.Update(keys[i%2])
		if len(a.View().Content) == 0 {
			b.Fatal("nothing was drawn")
		}
		i++
	}
}
