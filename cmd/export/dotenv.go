package export

import (
	"fmt"
	"io"
	"strings"
)

// Dotenv writes NAME=value lines, quoted only where needed, that these readers read alike: docker compose (env_file: and
// .env, compose-go v2), godotenv 1.5 and a POSIX shell (set -a; . ./file).
//
// There is no standard, so a value is written only where all three agree, and refused otherwise:
//
//   - bare, when it has nothing but letters, digits and _ . / : @ % + , = -  (any key, ID, host or base URL of Mimecast).
//     docker run --env-file, which knows no quotes, python-dotenv, Node's --env-file and systemd's EnvironmentFile= read such
//     lines alike too.
//   - in single quotes, in which nothing is special, when it holds no single quote.
//   - in double quotes with \ " and $ escaped, when it holds a single quote. Compose does not unescape \`, so that a value
//     with a single quote and a backtick is refused; godotenv reads the quote as part of the ending when the value ends
//     with ", so that is refused as well.
//   - A backslash at the end (read as an escaped quote), a carriage return (changed to a line feed by some) and NUL are
//     refused.
//
// Considered as well, and known to differ for some quoted values: docker run --env-file keeps the quotes as part of the
// value; python-dotenv 1.2 replaces ${NAME} in all quotes, joins \\ in single ones and keeps the backslash of \$; Node 20's
// --env-file keeps the backslashes of all escapes in double quotes.
func Dotenv() Format {
	const name = "dotenv"
	return Format{
		Name:  name,
		About: "a .env file for docker compose, godotenv or a shell",
		Encode: func(w io.Writer, d Document) error {
			for _, f := range d.Fields {
				if err := checkVariable(name, f); err != nil {
					return err
				}
				quoted, reason := quoteDotenv(f.Text)
				if reason != "" {
					return refused(name, f, reason+", and its readers do not agree on that", "use -f env or -f json instead")
				}
				fmt.Fprintf(w, "%s=%s\n", f.Env, quoted)
			}
			return nil
		},
	}
}

// quoteDotenv gives the text as it is in the file, or the reason why there is no such text.
func quoteDotenv(text string) (quoted, reason string) {
	switch {
	case isBare(text):
		return text, ""
	case strings.HasSuffix(text, `\`):
		return "", "the value ends with a backslash"
	case strings.Contains(text, "\r"):
		return "", "the value holds a carriage return"
	case !strings.Contains(text, "'"):
		return "'" + text + "'", ""
	case strings.Contains(text, "`"):
		return "", "the value holds a single quote and a backtick"
	case strings.HasSuffix(text, `"`):
		return "", "the value holds a single quote and ends with a double quote"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`).Replace(text) + `"`, ""
}

// isBare tells whether a value needs no quotes anywhere. Zsh expands = and ~ at the beginning and after a colon; ~ is not
// in the list.
func isBare(text string) bool {
	for i := range len(text) {
		c := text[i]
		switch {
		case isLetter(c), isDigit(c), strings.IndexByte("_./:@%+,-", c) >= 0:
		case c == '=' && i > 0 && text[i-1] != ':':
		default:
			return false
		}
	}
	return true
}
