package field_test

import (
	"strings"
	"testing"

	"mimecred/client/secret"
	"mimecred/tui/field"
)

func TestOTP(t *testing.T) {
	for _, c := range []struct {
		name     string
		do       func(*field.OTP)
		want     string
		complete bool
		says     string
	}{
		{"typed", func(f *field.OTP) { typeIn(f, "123456") }, "123456", true, ""},
		{"typed with a space", func(f *field.OTP) { typeIn(f, "123 456") }, "123456", true, ""},
		{"pasted with a space", func(f *field.OTP) { paste(f, "123 456") }, "123456", true, ""},
		{"pasted with a dash and a line break", func(f *field.OTP) { paste(f, "123-456\n") }, "123456", true, ""},
		{"full-width digits", func(f *field.OTP) { paste(f, "１２３４５６") }, "123456", true, ""},
		{"a letter", func(f *field.OTP) { typeIn(f, "12a3") }, "123", false, ""},
		{"a letter at the end", func(f *field.OTP) { typeIn(f, "12a") }, "12", false, `"a" was left out`},
		{"a pasted sentence", func(f *field.OTP) { paste(f, "Code: 123456") }, "123456", true, "digits only"},
		{"too many", func(f *field.OTP) { typeIn(f, "1234567") }, "123456", true, "that would be 7"},
		{"a paste over an old code", func(f *field.OTP) { typeIn(f, "111111"); paste(f, "222 222") }, "222222", true, ""},
		{"backspace", func(f *field.OTP) { typeIn(f, "123"); send(f, "backspace") }, "12", false, ""},
		{"clear", func(f *field.OTP) { typeIn(f, "123"); send(f, "ctrl+u") }, "", false, ""},
		{"insert in the middle", func(f *field.OTP) { typeIn(f, "13"); send(f, "left", "2") }, "123", false, ""},
		{"a huge paste", func(f *field.OTP) { paste(f, strings.Repeat("1", field.MaxPaste+1)) }, "", false, "Nothing was pasted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := field.NewOTP(field.WithTheme(plain()))
			f.Focus()
			c.do(f)
			if got := f.Value().Reveal(); got != c.want || f.Complete() != c.complete {
				t.Errorf("got %q (complete: %v), want %q", got, f.Complete(), c.want)
			}
			lines := f.View(60).Lines
			if said := strings.Join(lines[1:], " "); c.says == "" && said != "" || !strings.Contains(said, c.says) {
				t.Errorf("it says %q, want %q", said, c.says)
			}
			fits(t, f.View(20), 20)
		})
	}
}

func TestOTPDrawing(t *testing.T) {
	for _, c := range []struct {
		digits, want string
		cursor       int
	}{
		{"", "  ___ ___", 2},
		{"12", "  12_ ___", 4},
		{"123", "  123 ___", 6},
		{"123456", "  123 456", 9},
	} {
		f := field.NewOTP(field.WithTheme(plain()))
		f.Focus()
		f.SetValue(secret.New(c.digits))
		d := f.View(40)
		if d.Lines[0] != c.want || d.Cursor.X != c.cursor {
			t.Errorf("%q is drawn %q with the cursor at %d, want %q and %d", c.digits, d.Lines[0], d.Cursor.X, c.want, c.cursor)
		}
	}
}

func TestOTPMissing(t *testing.T) {
	f := field.NewOTP()
	f.Focus()
	for _, want := range []string{"Type the six digits.", "5 digits are missing.", "4 digits are missing.", "3 digits are missing.", "2 digits are missing.", "One digit is missing.", ""} {
		if got := f.Missing(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		typeIn(f, "1")
	}
}
