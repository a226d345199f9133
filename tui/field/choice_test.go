package field_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mimecred/tui/field"
)

func rows() []field.Row {
	return []field.Row{
		{ID: "keyring", Title: "Keyring", About: "Of the operating system", Disabled: "It is locked.", Fix: "Unlock it."},
		{ID: "file", Title: "Encrypted file", About: "With a passphrase"},
		{ID: "memory", Title: "This session only", Words: "ram temporary", Aside: "lost at the end"},
	}
}

func TestChoice(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*field.Choice)
		want string
		at   string
	}{
		{"the first usable row", func(*field.Choice) {}, "file", "file"},
		{"down", func(f *field.Choice) { send(f, "down") }, "memory", "memory"},
		{"down stops", func(f *field.Choice) { send(f, "down", "down", "down") }, "memory", "memory"},
		{"a row that cannot be chosen can be read", func(f *field.Choice) { send(f, "up") }, "", "keyring"},
		{"a digit", func(f *field.Choice) { send(f, "3") }, "memory", "memory"},
		{"a digit without a row", func(f *field.Choice) { send(f, "7") }, "file", "file"},
		{"home and end", func(f *field.Choice) { send(f, "home", "end") }, "memory", "memory"},
		{"page up", func(f *field.Choice) { send(f, "pgdown", "pgup") }, "", "keyring"},
		{"select", func(f *field.Choice) { f.Select("memory") }, "memory", "memory"},
		{"select something unknown", func(f *field.Choice) { f.Select("x") }, "file", "file"},
		{"unset", func(f *field.Choice) { f.Unset(true) }, "", "file"},
		{"unset, then moved", func(f *field.Choice) { f.Unset(true); send(f, "down") }, "memory", "memory"},
		{"unset and back", func(f *field.Choice) { f.Unset(true); f.Unset(false) }, "file", "file"},
		{"unset, then selected", func(f *field.Choice) { f.Unset(true); f.Select("file") }, "file", "file"},
		{"letters are nothing", func(f *field.Choice) { typeIn(f, "me") }, "file", "file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := field.NewChoice(rows(), field.WithTheme(plain()))
			f.Focus()
			c.do(f)
			if row, ok := f.Current(); f.Value() != c.want || !ok || row.ID != c.at {
				t.Errorf("chosen %q at %q, want %q at %q", f.Value(), row.ID, c.want, c.at)
			}
		})
	}
}

func TestChoiceFilter(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		keys        []string
		value       string
		ids         []string
	}{
		{"nothing typed", "", nil, "file", []string{"keyring", "file", "memory"}},
		{"one word", "sess", nil, "memory", []string{"memory"}},
		{"hidden words", "RAM", nil, "memory", []string{"memory"}},
		{"two words in any order", "phrase enc", nil, "file", []string{"file"}},
		{"the first match is chosen", "e", nil, "", []string{"keyring", "file", "memory"}},
		{"no match", "zzz", nil, "", nil},
		{"clear", "zzz", []string{"ctrl+u"}, "", []string{"keyring", "file", "memory"}},
		{"backspace", "sessx", []string{"backspace"}, "memory", []string{"memory"}},
		{"a digit belongs to the text", "e1", nil, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := field.NewChoice(rows(), field.WithTheme(plain()), field.WithFilter())
			f.Focus()
			typeIn(f, c.typed)
			send(f, c.keys...)
			var seen []string
			drawn := text(f.View(80))
			for _, r := range rows() {
				if strings.Contains(drawn, r.Title) {
					seen = append(seen, r.ID)
				}
			}
			if !slices.Equal(seen, c.ids) || f.Value() != c.value {
				t.Errorf("rows %v with %q chosen, want %v and %q", seen, f.Value(), c.ids, c.value)
			}
		})
	}
}

func TestChoiceTakesArrowsUntilItsEnd(t *testing.T) {
	f := field.NewChoice(rows())
	f.Focus()
	f.Select("memory")
	if f.Takes(press("down")) || !f.Takes(press("up")) || f.Takes(press("enter")) {
		t.Error("the last row takes down or enter, or does not take up")
	}
}

func TestChoiceClick(t *testing.T) {
	for _, filter := range []bool{false, true} {
		opts := []field.Option{field.WithTheme(plain()), field.WithLabel("Where")}
		if filter {
			opts = append(opts, field.WithFilter())
		}
		f := field.NewChoice(rows(), opts...)
		f.Focus()
		for y, line := range f.View(60).Lines {
			for _, r := range rows() {
				if !strings.Contains(line, r.Title) {
					continue
				}
				f.Click(60, 10, y)
				if row, _ := f.Current(); row.ID != r.ID {
					t.Errorf("a click on line %d (%q) went to %q", y, line, row.ID)
				}
			}
		}
	}
}

func TestChoiceUnsetMarksNoRow(t *testing.T) {
	f := field.NewChoice(rows(), field.WithTheme(plain()))
	f.Focus()
	f.Unset(true)
	if drawn := text(f.View(60)); strings.Contains(drawn, "●") {
		t.Errorf("a row is marked:\n%s", drawn)
	}
}

func TestChoiceSaysWhyNot(t *testing.T) {
	f := field.NewChoice(rows(), field.WithTheme(plain()))
	drawn := text(f.View(60))
	for _, want := range []string{"It is locked.", "Unlock it.", "lost at the end", "With a passphrase"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not shown:\n%s", want, drawn)
		}
	}
}

func TestChoiceNeverOverflows(t *testing.T) {
	many := rows()
	for i := range 20 {
		many = append(many, field.Row{ID: fmt.Sprint(i), Title: strings.Repeat("東京 wide ", i), About: "about", Aside: "aside of some length"})
	}
	for width := 10; width <= 60; width += 5 {
		f := field.NewChoice(many, field.WithTheme(plain()), field.WithFilter(), field.WithPlaceholder("type to narrow the list"))
		f.Focus()
		for range many {
			fits(t, f.View(width), width)
			send(f, "down")
		}
		typeIn(f, "東")
		fits(t, f.View(width), width)
	}
}

func TestChecklist(t *testing.T) {
	entries := []field.Entry{{ID: "a", Text: "First"}, {ID: "b", Text: "Second", Path: "Account > Roles", Why: "Because."}, {ID: "c", Text: "Third"}}
	before := map[string]bool{"a": true, "elsewhere": true}
	f := field.NewChecklist(entries, before, field.WithTheme(plain()))
	f.Focus()
	if done, of := f.Done(); done != 1 || of != 3 {
		t.Errorf("%d of %d", done, of)
	}
	send(f, "space") // b, the first that is not ticked; goes on to c
	send(f, "space")
	send(f, "home", "space")
	got := f.Ticked()
	if got["a"] || !got["b"] || !got["c"] || !got["elsewhere"] {
		t.Errorf("ticked %v", got)
	}
	if !before["a"] || before["b"] {
		t.Error("the map that was passed in was changed")
	}
	got["b"] = false
	if !f.Ticked()["b"] {
		t.Error("the map that was given out changes the list")
	}
	for y, line := range f.View(60).Lines {
		if strings.Contains(line, "Account > Roles") {
			f.Click(60, 3, y)
		}
	}
	if f.Ticked()["b"] {
		t.Error("a click on an entry does not change its tick")
	}
	for width := 8; width < 40; width++ {
		fits(t, f.View(width), width)
	}
}

func TestChecklistEmpty(t *testing.T) {
	f := field.NewChecklist(nil, nil, field.WithTheme(plain()))
	f.Focus()
	send(f, "space", "down", "end")
	if done, of := f.Done(); done != 0 || of != 0 || len(f.View(20).Lines) != 0 {
		t.Errorf("%d of %d, %v", done, of, f.View(20).Lines)
	}
}
