package export

import (
	"fmt"
	"io"
	"strings"
)

// YAML writes one flat mapping, name to text. Every value is in double quotes, so that YAML 1.1 and 1.2 agree and nothing
// turns into a number, a date or a truth value.
func YAML() Format {
	return Format{
		Name:  "yaml",
		About: "one YAML mapping",
		Encode: func(w io.Writer, d Document) error {
			for _, f := range d.Fields {
				fmt.Fprintf(w, "%s: %s\n", yamlKey(f.Name), quoteYAML(f.Text))
			}
			return nil
		},
	}
}

// yamlKey leaves a key bare where no version of YAML can read it as anything but text.
func yamlKey(key string) string {
	switch strings.ToLower(key) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return quoteYAML(key)
	}
	if isVariable(key) {
		return key
	}
	return quoteYAML(key)
}

// quoteYAML writes a double-quoted scalar on one line. What YAML does not call printable is escaped, and so are all line
// breaks, the byte order mark and the no-break space, which nobody can see.
func quoteYAML(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
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
		case ' ' <= r && r <= '~':
			b.WriteRune(r)
		case r <= 0xa0:
			fmt.Fprintf(&b, `\x%02X`, r)
		case r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
