package export

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Form writes "Label: value" lines in the order of the integration's form, for a person who fills it in. Labels and values
// are one line each: a value with a line break or another control character is refused, it would not be read as it is.
func Form() Format {
	const name = "form"
	return Format{
		Name:  name,
		About: "the integration's form, a line a field",
		Encode: func(w io.Writer, d Document) error {
			for _, f := range d.Fields {
				if hasControl(f.Text) {
					return refused(name, f, "the value holds a line break or another control character", "use -f json instead")
				}
				fmt.Fprintf(w, "%s: %s\n", f.Label, f.Text)
			}
			return nil
		},
	}
}

func hasControl(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' })
}
