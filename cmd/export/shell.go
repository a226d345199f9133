package export

import (
	"fmt"
	"io"
	"strings"
)

const reasonNUL = "the value holds a NUL byte, which no variable can hold"

// Env writes export NAME='value' lines for a POSIX shell, to be sourced or evaluated. Everything but NUL survives.
func Env() Format { return posix("env") }

// Sh is Env by a name that means the same on every system.
func Sh() Format { return posix("sh") }

// envOn is the format called env on a system: lines for the shell that people have there.
func envOn(goos string) Format {
	if goos == "windows" {
		return powerShell("env")
	}
	return Env()
}

func posix(name string) Format {
	return Format{
		Name:  name,
		About: "export lines for a POSIX shell",
		Encode: func(w io.Writer, d Document) error {
			for _, f := range d.Fields {
				if err := checkVariable(name, f); err != nil {
					return err
				}
				fmt.Fprintf(w, "export %s=%s\n", f.Env, quoteShell(f.Text))
			}
			return nil
		},
	}
}

// checkVariable looks at the name as well: Renamed brings names that the set's own check has not seen.
func checkVariable(format string, f Field) error {
	if !isVariable(f.Env) {
		return refused(format, f, fmt.Sprintf("%q is no name of a variable", f.Env), "")
	}
	if strings.Contains(f.Text, "\x00") {
		return refused(format, f, reasonNUL, "paste the value again; no key of Mimecast holds one")
	}
	return nil
}

// quoteShell uses single quotes, in which a POSIX shell changes nothing at all; a quote itself is written outside of them.
func quoteShell(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
