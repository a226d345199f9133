package export

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// PowerShell writes $env:NAME = 'value' lines for PowerShell 7 and Windows PowerShell 5.1, to be run in the session that needs the
// variables: mimecred export acme -f powershell | Out-String | Invoke-Expression, or as a script.
//
// The rules are those of about_Quoting_Rules (learn.microsoft.com, "single-quoted strings"): nothing is special between single
// quotes but a single quote, which is written twice. The language specification (section 2.3.5.2) counts the typographic quotes
// U+2018, U+2019, U+201A and U+201B as single quotes too, and so does the tokenizer (CharTraits.IsSingleQuote): of two in a row the
// second is kept, so each is written twice as it is.
//
// A line break or another control character is written outside of the quotes, as [char]10: between programs PowerShell reads
// text line by line and joins it with the line breaks of the system. Everything but NUL survives. The text is UTF-8; Windows PowerShell
// 5.1 reads what is not ASCII right where [Console]::OutputEncoding is UTF-8. An empty value removes the variable, as there
// is no empty one before PowerShell 7.5.
func PowerShell() Format { return powerShell("powershell") }

func powerShell(name string) Format {
	return Format{
		Name:  name,
		About: "$env: lines for PowerShell",
		Encode: func(w io.Writer, d Document) error {
			for _, f := range d.Fields {
				if err := checkVariable(name, f); err != nil {
					return err
				}
				fmt.Fprintf(w, "$env:%s = %s\n", f.Env, quotePowerShell(f.Text))
			}
			return nil
		},
	}
}

// quotePowerShell is text as an expression: strings in single quotes, joined with control characters by their numbers.
func quotePowerShell(text string) string {
	var b strings.Builder
	b.WriteByte('\'') // the first operand is a string, so that + joins and does not add
	for _, r := range text {
		switch {
		case isPowerShellQuote(r):
			b.WriteRune(r)
			b.WriteRune(r)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, "' + [char]%d + '", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// isPowerShellQuote tells whether PowerShell takes a character for a single quote.
func isPowerShellQuote(r rune) bool {
	switch r {
	case '\'', '\u2018', '\u2019', '\u201a', '\u201b':
		return true
	default:
		return false
	}
}
