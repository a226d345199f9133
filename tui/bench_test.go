package tui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// benchApp is the wizard on its first step at 120×40.
func benchApp(b *testing.B) *app {
	b.Helper()
	store := credstore.NewMemory()
	env := screen.Env{
		Env: step.Env{
			Service: lifecycle.Service{
				Now:   time.Now,
				Vault: credstore.NewVault(credstore.NewIndex(b.TempDir()), time.Now, store),
			},
			Stores: []step.StoreChoice{{Kind: store.Kind(), Title: "This session only"}},
		},
		Context: b.Context(), Theme: theme.New(true), Keys: theme.DefaultKeyMap(),
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

// homeApp is the list of n profiles at 120×40.
func homeApp(b *testing.B, n int) *app {
	b.Helper()
	store := credstore.NewMemory()
	env := screen.Env{
		Env: step.Env{
			Service: lifecycle.Service{
				Now: time.Now, Plan: lifecycle.PlanOf,
				Vault: credstore.NewVault(credstore.NewMemoryIndex(), time.Now, store), Profiles: many{n: n},
			},
		},
		Context: b.Context(), Theme: theme.New(true), Keys: theme.DefaultKeyMap(), Tick: func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil },
	}
	a := newApp(env, flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome}}, nil, newScreen)
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	settle(a, a.screen.Init())
	return a
}

// settle runs commands and what follows from them.
func settle(a *app, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, one := range msg {
			settle(a, one)
		}
	default:
		_, next := a.Update(msg)
		settle(a, next)
	}
}

// many is a list of profiles as a service provider has them.
type many struct {
	lifecycle.Profiles
	n int
}

func (m many) Entries() ([]credstore.Entry, error) {
	now := time.Now()
	entries := make([]credstore.Entry, m.n)
	for i := range entries {
		entries[i] = credstore.Entry{
			Name: fmt.Sprintf("customer-%04d", i), Integration: "axonius-mimecast-v2", API: client.API20, Region: "us", Store: "keyring",
			BaseURL: "https://us-api.services.mimecast.com", Identifier: fmt.Sprintf("9d1c2f54-%04d-4b7e-9c57-5f7c1f0f2a11", i),
			Account:      &credstore.AccountName{Name: "Example Corp", Code: fmt.Sprintf("CUSA%04dA", i), Region: "us"},
			CurrentSince: now.Add(-time.Duration(i%100) * 24 * time.Hour), SecretSince: now.Add(-time.Duration(i%100) * 24 * time.Hour),
			LastCheck: &credstore.CheckSummary{At: now.Add(-time.Duration(i) * time.Hour), OK: i%7 != 0, Passed: 8, Failed: boolInt(i%7 == 0), Checks: states()},
		}
	}
	return entries, nil
}

func boolInt(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (many) Unfinished() ([]credstore.UnfinishedChange, error) { return nil, nil }
func (many) Busy(string) bool                                  { return false }

// BenchmarkHomeKey takes a key at the list of profiles and draws the frame that follows, with no profile and with 1,000. Of
// the second it tells the ratio to the first, measured in turns, so that whatever else the machine does hits both.
func BenchmarkHomeKey(b *testing.B) {
	b.Run("empty", func(b *testing.B) {
		b.ReportAllocs()
		a := homeApp(b, 0)
		for b.Loop() {
			pressed(b, a, tea.KeyPressMsg{Code: tea.KeyDown})
		}
	})
	b.Run("1000", func(b *testing.B) {
		b.ReportAllocs()
		empty, full := homeApp(b, 0), homeApp(b, 1000)
		var least, took []time.Duration
		keys := []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyPgDown}, {Code: tea.KeyDown}, {Code: tea.KeyUp}, {Code: tea.KeyDown}}
		for i := 0; b.Loop(); i++ {
			least = append(least, pressed(b, empty, keys[i%len(keys)]))
			took = append(took, pressed(b, full, keys[i%len(keys)]))
			if i%200 == 199 {
				full.Update(tea.KeyPressMsg{Code: tea.KeyHome})
			}
		}
		b.ReportMetric(float64(median(took)), "ns/op")
		b.ReportMetric(float64(median(took))/float64(median(least)), "x-empty-home-max-1.3")
	})
}

// BenchmarkHomeFilter types into the filter of 1,000 profiles, a letter a time, and draws the frame that follows.
func BenchmarkHomeFilter(b *testing.B) {
	b.ReportAllocs()
	a := homeApp(b, 1000)
	a.Update(tea.KeyPressMsg{Code: '/', Text: "/"})
	keys := []tea.KeyPressMsg{
		{Code: 'c', Text: "c"},
		{Code: 'u', Text: "u"},
		{Code: 's', Text: "s"},
		{Code: ' ', Text: " "},
		{Code: '9', Text: "9"},
		{Code: '7', Text: "7"},
		{Code: tea.KeyBackspace},
		{Code: tea.KeyBackspace},
		{Code: tea.KeyBackspace},
		{Code: tea.KeyBackspace},
		{Code: tea.KeyBackspace},
		{Code: tea.KeyBackspace},
	}
	for i := 0; b.Loop(); i++ {
		pressed(b, a, keys[i%len(keys)])
	}
}

// pressed presses a key, draws, and tells how long that took.
func pressed(b *testing.B, a *app, press tea.KeyPressMsg) time.Duration {
	b.Helper()
	begun := time.Now()
	a.Update(press)
	if len(a.View().Content) == 0 {
		b.Fatal("nothing was drawn")
	}
	return time.Since(begun)
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
