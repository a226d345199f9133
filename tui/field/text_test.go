package field_test

import (
	"strings"
	"testing"

	"mimecred/tui/field"
)

func TestTextEditing(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*field.Text)
		want string
	}{
		{"typing", func(f *field.Text) { typeIn(f, "acme corp") }, "acme corp"},
		{"backspace", func(f *field.Text) { typeIn(f, "acmee"); send(f, "backspace") }, "acme"},
		{"insert in the middle", func(f *field.Text) { typeIn(f, "ame"); send(f, "left", "left", "c") }, "acme"},
		{"home and delete", func(f *field.Text) { typeIn(f, "xacme"); send(f, "home", "delete") }, "acme"},
		{"delete at the end", func(f *field.Text) { typeIn(f, "acme"); send(f, "delete") }, "acme"},
		{"backspace at the start", func(f *field.Text) { typeIn(f, "acme"); send(f, "home", "backspace") }, "acme"},
		{"delete a word", func(f *field.Text) { typeIn(f, "acme corp "); send(f, "ctrl+w") }, "acme "},
		{"delete the rest", func(f *field.Text) { typeIn(f, "acme"); send(f, "home", "right", "ctrl+k") }, "a"},
		{"clear", func(f *field.Text) { typeIn(f, "acme"); send(f, "ctrl+u", "b") }, "b"},
		{"left stops", func(f *field.Text) { typeIn(f, "a"); send(f, "left", "left", "left", "b") }, "ba"},
		{"an accent stays with its letter", func(f *field.Text) { typeIn(f, "caf"); paste(f, "e\u0301"); send(f, "backspace") }, "caf"},
		{"paste with a line break at its end", func(f *field.Text) { paste(f, "svc@example.com\n") }, "svc@example.com"},
		{"paste of two lines", func(f *field.Text) { paste(f, "https://a\r\n  b") }, "https://a b"},
		{"paste in the middle", func(f *field.Text) { typeIn(f, "ae"); send(f, "left"); paste(f, "cm") }, "acme"},
		{"control characters", func(f *field.Text) { paste(f, "a\x1b[31mb\a") }, "a[31mb"},
		{"a command is no text", func(f *field.Text) { typeIn(f, "a"); send(f, "ctrl+r", "ctrl+x") }, "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := field.NewText(field.WithTheme(plain()))
			f.Focus()
			c.do(f)
			if got := f.Value(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTextSaysWhatAPasteLost(t *testing.T) {
	for _, c := range []struct{ name, paste, want string }{
		{"one line break", "acme\n", "1 line break removed"},
		{"several lines", "a\nb", "several lines were joined"},
		{"too long", strings.Repeat("a", field.MaxPaste+1), "Nothing was pasted"},
		{"nothing", "acme", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := field.NewText(field.WithTheme(plain()))
			f.Focus()
			paste(f, c.paste)
			lines := f.View(80).Lines
			if said := strings.Join(lines[1:], "\n"); c.want == "" && said != "" || !strings.Contains(said, c.want) {
				t.Errorf("it says %q, want %q", said, c.want)
			}
		})
	}
}

func TestTextIgnoresWhatIsNotForIt(t *testing.T) {
	f := field.NewText()
	typeIn(f, "acme")
	paste(f, "acme")
	if f.Value() != "" {
		t.Errorf("a field without focus took %q", f.Value())
	}
}

func TestIdentifierHasNoSpaces(t *testing.T) {
	f := field.NewText(field.WithIdentifier(), field.WithTheme(plain()))
	f.Focus()
	paste(f, " \"8578fcfc-a305-4d9a\n-99cb-f4d5ecefe297\"\n")
	typeIn(f, " ")
	if got, want := f.Value(), "8578fcfc-a305-4d9a-99cb-f4d5ecefe297"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if said := text(f.View(80)); !strings.Contains(said, "2 line breaks") {
		t.Errorf("it does not say what was removed: %q", said)
	}
}

func TestTextErrorGoesWhenEdited(t *testing.T) {
	f := field.NewText(field.WithTheme(plain()))
	f.Focus()
	f.SetError("Wrong.")
	if !strings.Contains(text(f.View(40)), "Wrong.") {
		t.Fatal("the error is not shown")
	}
	send(f, "left")
	if !strings.Contains(text(f.View(40)), "Wrong.") {
		t.Error("moving the cursor removed the error")
	}
	typeIn(f, "a")
	if strings.Contains(text(f.View(40)), "Wrong.") {
		t.Error("editing left the error")
	}
}

// TestTextCursorCells holds the cursor to cells, not characters: wide characters take two.
func TestTextCursorCells(t *testing.T) {
	for _, c := range []struct {
		value string
		left  int
		want  int
	}{
		{"", 0, 2},
		{"acme", 0, 6},
		{"acme", 2, 4},
		{"東京", 0, 6},
		{"東京", 1, 4},
		{"e\u0301a", 1, 3},
	} {
		f := field.NewText(field.WithTheme(plain()))
		f.Focus()
		f.SetValue(c.value)
		for range c.left {
			send(f, "left")
		}
		if got := f.View(40).Cursor.X; got != c.want {
			t.Errorf("%q, %d to the left: cursor at cell %d, want %d", c.value, c.left, got, c.want)
		}
	}
}

// TestTextNeverOverflows moves the cursor through a long text with wide characters at every width down to 1.
func TestTextNeverOverflows(t *testing.T) {
	for width := 1; width <= 40; width++ {
		f := field.NewText(field.WithTheme(plain()), field.WithLabel("Profile name 名前"), field.WithHint("A hint of several words."))
		f.Focus()
		f.SetValue("abc東京def大阪🙂ghijklmnopqrstuvwxyz")
		f.SetError("Something is wrong.")
		for range 40 {
			fits(t, f.View(width), max(width, 3))
			send(f, "left")
		}
	}
}

func TestTextClickMovesTheCursor(t *testing.T) {
	f := field.NewText(field.WithTheme(plain()))
	f.Focus()
	f.SetValue("東京acme")
	f.Click(40, 5, 0)
	typeIn(f, "x")
	if got, want := f.Value(), "東x京acme"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	f.Click(40, 39, 0)
	typeIn(f, "y")
	if !strings.HasSuffix(f.Value(), "y") {
		t.Errorf("a click behind the text did not go to its end: %q", f.Value())
	}
}
