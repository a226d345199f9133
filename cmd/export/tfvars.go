package export

import (
	"fmt"
	"io"
	"strings"
)

// TFVars writes name = "value" lines for Terraform and OpenTofu, aligned as their fmt command does. Both normalise every
// string that they read to Unicode NFC; ASCII is not touched by that.
func TFVars() Format {
	const name = "tfvars"
	return Format{
		Name:  name,
		About: "Terraform variables",
		Encode: func(w io.Writer, d Document) error {
			width := 0
			for _, f := range d.Fields {
				if !isIdentifier(f.Name) {
					return refused(name, f, fmt.Sprintf("%q is no name of a Terraform variable", f.Name), "")
				}
				width = max(width, len(f.Name))
			}
			for _, f := range d.Fields {
				fmt.Fprintf(w, "%-*s = %s\n", width, f.Name, quoteHCL(f.Text))
			}
			return nil
		},
	}
}

func isIdentifier(name string) bool {
	return name != "" && isVariable(strings.ReplaceAll(name, "-", "_")) && name[0] != '-'
}

// quoteHCL writes a quoted template in which nothing is a template: the first character of ${ and %{ is doubled. One that
// is alone is not, since it would be read as two.
func quoteHCL(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case (r == '$' || r == '%') && strings.HasPrefix(text[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case r < ' ' || 0x7f <= r && r <= 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
