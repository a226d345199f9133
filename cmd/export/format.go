package export

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"

	"mimecred/client/secret"
)

// Format is one way to write a set.
type Format struct {
	// Name is what is typed after -f: lower-case letters, digits and '-'.
	Name string
	// About is half a line for help.
	About string
	// Encode writes d to w, or an error before or while it does. It is called twice for one export, first with a writer that
	// keeps nothing; it must write the same both times. Errors of w may be ignored, they come back on their own. Its own
	// errors must not hold a value.
	Encode func(w io.Writer, d Document) error
}

// Document is a set with its secrets opened and its names filled in.
type Document struct {
	Profile, Integration string
	Options              Options
	// Fields are in the order of the form; there is at least one, no Name and no Env comes twice.
	Fields []Field
}

// Field is one opened value. It prints without its text, in every format that Go prints, when it is a secret.
type Field struct {
	Name, Label, Env string
	// Text is the value; valid UTF-8 without exception, a secret when Secret says so.
	Text   string
	Secret bool
}

// Write writes s to w in the given format. Nothing is written when the format cannot carry all of it; then the error is
// an *Error that says which value is in the way.
func Write(w io.Writer, format Format, s Set, o Options) error {
	d, err := open(s, o)
	if err != nil {
		return err
	}
	if err := format.Encode(io.Discard, d); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := format.Encode(out, d); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the values as %s: %w", format.Name, err)
	}
	return nil
}

// Format implements fmt.Formatter and redacts.
func (f Field) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, f.redacted()) }

// MarshalText implements encoding.TextMarshaler and redacts.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.redacted()), nil }

// LogValue implements slog.LogValuer and redacts.
func (f Field) LogValue() slog.Value { return slog.StringValue(f.redacted()) }

func (f Field) redacted() string {
	if f.Secret {
		return f.Name + "=" + secret.Redacted
	}
	return f.Name + "=" + f.Text
}
