package field_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client/secret"
	"mimecred/tui/field"
)

func newSecret(c *clock, opts ...field.Option) *field.Secret {
	f := field.NewSecret(append([]field.Option{field.WithTheme(plain()), field.WithClock(c.now)}, opts...)...)
	f.Focus()
	return f
}

func TestSecretEditing(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*field.Secret)
		want string
	}{
		{"paste", func(f *field.Secret) { paste(f, "abcDEF123") }, "abcDEF123"},
		{"wrapped paste", func(f *field.Secret) { paste(f, "abc\r\nDEF\n123\n") }, "abcDEF123"},
		{"quotes, spaces and a BOM", func(f *field.Secret) { paste(f, "\ufeff \"abc\u200bDEF\u00a0123\" ") }, "abcDEF123"},
		{"a paste replaces what was pasted", func(f *field.Secret) { paste(f, "abc"); paste(f, "DEF") }, "DEF"},
		{"a paste replaces what was typed", func(f *field.Secret) { typeIn(f, "aF"); send(f, "left"); paste(f, "bcDE\n") }, "bcDE"},
		{"a paste of nothing replaces nothing", func(f *field.Secret) { paste(f, "abc"); paste(f, " \n") }, "abc"},
		{"quotes typed one by one", func(f *field.Secret) { typeIn(f, `"abc"`) }, "abc"},
		{"typing on after a paste", func(f *field.Secret) {
			typeIn(f, "xy")
			paste(f, " abd ")
			send(f, "left")
			typeIn(f, "c")
		}, "abcd"},
		{"backspace", func(f *field.Secret) { paste(f, "abcd"); send(f, "backspace") }, "abc"},
		{"home, delete, end", func(f *field.Secret) { paste(f, "xabc"); send(f, "home", "delete", "end", "d") }, "abcd"},
		{"clear", func(f *field.Secret) { paste(f, "abc"); send(f, "ctrl+u") }, ""},
		{"a typed space", func(f *field.Secret) { typeIn(f, "ab c") }, "abc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newSecret(newClock())
			c.do(f)
			if got := f.Value().Reveal(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPasswordKeepsWhatPasswordsMayHave(t *testing.T) {
	f := newSecret(newClock(), field.WithPassword())
	paste(f, "\"my pass word\"\n")
	typeIn(f, " x")
	if got, want := f.Value().Reveal(), `"my pass word" x`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSecretLengthLine(t *testing.T) {
	for _, c := range []struct{ name, paste, want string }{
		{"plain", strings.Repeat("a", 64), "64 characters"},
		{"one", "a", "1 character"},
		{"line break", strings.Repeat("a", 64) + "\n", "64 characters · 1 line break removed"},
		{"wide characters count once", "ü東", "2 characters"},
		{"nothing left", " \n", "0 characters · 1 line break and 1 space removed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newSecret(newClock())
			paste(f, c.paste)
			if got := f.Length(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if !strings.Contains(text(f.View(80)), c.want) {
				t.Errorf("the line is not drawn: %q", text(f.View(80)))
			}
		})
	}
}

func TestSecretRefusesWhatIsTooLong(t *testing.T) {
	f := newSecret(newClock())
	paste(f, "abc")
	paste(f, strings.Repeat("x", field.MaxPaste))
	if got := f.Value().Reveal(); got != "abc" {
		t.Errorf("the value became %d bytes long", len(got))
	}
	if !strings.Contains(text(f.View(80)), "Nothing was pasted") {
		t.Error("the field does not say that it refused")
	}
	g := newSecret(newClock())
	paste(g, strings.Repeat("x", field.MaxPaste))
	if g.Value().Len() != field.MaxPaste {
		t.Errorf("a paste of the greatest length became %d bytes", g.Value().Len())
	}
	fits(t, g.View(80), 80)
}

// TestSecretIsMasked looks for the secret in everything that is drawn or printed.
func TestSecretIsMasked(t *testing.T) {
	const value = "s3cr3tV4lue"
	f := newSecret(newClock(), field.WithLabel("Client Secret"))
	paste(f, value)
	drawn := text(f.View(60))
	if strings.Contains(drawn, value) {
		t.Error("the secret is drawn")
	}
	if !strings.Contains(drawn, strings.Repeat("•", len(value))) {
		t.Errorf("no mask of %d signs: %q", len(value), drawn)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if s := fmt.Sprintf(verb, *f); strings.Contains(s, value) || strings.Contains(s, fmt.Sprintf("%x", value)) {
			t.Errorf("%s prints the secret", verb)
		}
	}
}

// TestSecretReveal follows one reveal to the next key, and another to the end of its time.
func TestSecretReveal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := field.NewSecret(field.WithTheme(plain()))
		f.Focus()
		if cmd := f.Update(press("ctrl+r")); cmd != nil || f.Revealed() {
			t.Error("an empty secret was revealed")
		}
		paste(f, "s3cr3t")
		first := f.Update(press("ctrl+r"))
		if !f.Revealed() || !strings.Contains(text(f.View(40)), "s3cr3t") {
			t.Fatal("ctrl+r does not reveal")
		}
		send(f, "left")
		if f.Revealed() {
			t.Error("the next key did not hide it")
		}
		second := f.Update(press("ctrl+r"))
		f.Update(first())
		if !f.Revealed() {
			t.Error("the end of an earlier reveal ended this one")
		}
		began := time.Now()
		f.Update(second())
		if f.Revealed() || time.Since(began) > field.RevealTime {
			t.Error("it is still readable after its time")
		}
		f.Update(press("ctrl+r"))
		send(f, "ctrl+r")
		if f.Revealed() {
			t.Error("a second ctrl+r did not hide it")
		}
		f.Update(press("ctrl+r"))
		f.Blur()
		if f.Revealed() {
			t.Error("it stays readable without focus")
		}
	})
}

// TestUnbracketedPaste feeds a paste as a terminal without bracketed paste does: as keys, line breaks as enter.
func TestUnbracketedPaste(t *testing.T) {
	for _, c := range []struct {
		name   string
		keys   string
		gap    time.Duration
		before time.Duration // before the enter
		absorb bool
	}{
		{"a burst with a line break in it", "abcdefghijkl\nmnop", time.Millisecond, time.Millisecond, true},
		{"a burst with one at its end", "abcdefghijkl\n", 0, 2 * time.Millisecond, true},
		{"typing fast", "abcdefghijkl\n", 35 * time.Millisecond, 35 * time.Millisecond, false},
		{"a burst, then enter by hand", "abcdefghijkl\n", time.Millisecond, 80 * time.Millisecond, false},
		{"a short burst", "abc\n", time.Millisecond, time.Millisecond, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			clk := newClock()
			f := newSecret(clk)
			form := field.NewForm(plain(), f)
			left := false
			for _, r := range c.keys {
				if r == '\n' {
					clk.advance(c.before)
					_, submitted := form.Update(press("enter"))
					left = left || submitted
					continue
				}
				clk.advance(c.gap)
				form.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			if got, want := f.Value().Reveal(), strings.ReplaceAll(c.keys, "\n", ""); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if left == c.absorb {
				t.Errorf("enter went on: %v, want %v", left, !c.absorb)
			}
			if said := strings.Contains(f.Length(), "1 line break removed"); said != c.absorb {
				t.Errorf("the length line is %q", f.Length())
			}
			clk.advance(200 * time.Millisecond)
			if _, submitted := form.Update(press("enter")); !submitted {
				t.Error("an enter later on does not go on")
			}
		})
	}
}

// TestUnbracketedCRLF sees that a terminal's line feed after the enter is not typed.
func TestUnbracketedCRLF(t *testing.T) {
	clk := newClock()
	f := newSecret(clk)
	for _, r := range "abcdefghijkl" {
		f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	for _, key := range []string{"enter", "ctrl+j"} {
		if !f.Takes(press(key)) {
			t.Errorf("%s is not taken as part of the paste", key)
		}
		f.Update(press(key))
	}
	typeIn(f, "mn")
	if got := f.Value().Reveal(); got != "abcdefghijklmn" {
		t.Errorf("got %q", got)
	}
}

func TestSecretNeverOverflows(t *testing.T) {
	for width := 8; width <= 60; width += 4 {
		f := newSecret(newClock(), field.WithLabel("Client Secret"), field.WithHint("It is shown once."))
		paste(f, strings.Repeat("ab東", 30))
		f.SetWarning("First warning of some length.\nSecond.")
		for range 100 {
			fits(t, f.View(width), width)
			send(f, "left")
		}
		f.Update(press("ctrl+r"))
		fits(t, f.View(width), width)
	}
}

// FuzzSecretPaste pastes any bytes: no panic, nothing drawn too wide, and the value is what the cleaner makes of them.
func FuzzSecretPaste(f *testing.F) {
	for _, s := range []string{"", "abc", "a\nb", "\ufeff\"x\"", "\x00\xff\xfe", "e\u0301\u200d🙂", "' '", "\"\"\"", "\x1b[31m", "ab\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, password := range []bool{false, true} {
			clean, opts := secret.Clean, []field.Option{}
			if password {
				clean, opts = secret.CleanLine, []field.Option{field.WithPassword()}
			}
			box := newSecret(newClock(), opts...)
			paste(box, s)
			want, _ := clean(s)
			if len(s) > field.MaxPaste {
				want = ""
			}
			if got := box.Value().Reveal(); got != want {
				t.Errorf("password %v: %q became %q, want %q", password, s, got, want)
			}
			fits(t, box.View(24), 24)
			box.Update(press("ctrl+r"))
			fits(t, box.View(24), 24)
		}
	})
}
