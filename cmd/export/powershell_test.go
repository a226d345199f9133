package export_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"mimecred/cmd/export"
)

// powerShellRead reads lines of $env:NAME = EXPRESSION as the documentation says that PowerShell does: an expression joins, with
// +, strings in single quotes and [char]NUMBER. Between quotes only a quote is special, of which two mean the second one; the quotes
// are ' and the four typographic ones (about_Quoting_Rules; language specification 2.3.5.2).
func powerShellRead(script string) (map[string]string, error) {
	got := map[string]string{}
	in := []rune(script)
	for len(in) > 0 {
		name, rest, found := cutRunes(in, " = ")
		if !found || !strings.HasPrefix(name, "$env:") {
			return nil, fmt.Errorf("no assignment at %q", string(in))
		}
		text, after, err := powerShellExpression(rest)
		if err != nil {
			return nil, err
		}
		if len(after) == 0 || after[0] != '\n' {
			return nil, fmt.Errorf("the line of %s goes on with %q", name, string(after))
		}
		got[strings.TrimPrefix(name, "$env:")], in = text, after[1:]
	}
	return got, nil
}

func cutRunes(in []rune, sep string) (before string, after []rune, found bool) {
	first, _, found := strings.Cut(string(in), sep)
	if !found {
		return "", in, false
	}
	return first, in[utf8.RuneCountInString(first)+len(sep):], true
}

func powerShellExpression(in []rune) (string, []rune, error) {
	var b strings.Builder
	for first := true; ; first = false {
		switch {
		case len(in) > 0 && strings.ContainsRune("'\u2018\u2019\u201a\u201b", in[0]):
			text, after, err := powerShellString(in[1:])
			if err != nil {
				return "", nil, err
			}
			b.WriteString(text)
			in = after
		case !first && strings.HasPrefix(string(in), "[char]"):
			in = in[len("[char]"):]
			n := 0
			for n < len(in) && '0' <= in[n] && in[n] <= '9' {
				n++
			}
			code, err := strconv.Atoi(string(in[:n]))
			if err != nil || code > 0xffff {
				return "", nil, fmt.Errorf("no character: %q", string(in[:n]))
			}
			b.WriteRune(rune(code))
			in = in[n:]
		default:
			return "", nil, fmt.Errorf("no operand at %q", string(in))
		}
		if !strings.HasPrefix(string(in), " + ") {
			return b.String(), in, nil
		}
		in = in[len(" + "):]
	}
}

// powerShellString reads what follows an opening quote up to the closing one.
func powerShellString(in []rune) (string, []rune, error) {
	quote := func(i int) bool { return i < len(in) && strings.ContainsRune("'\u2018\u2019\u201a\u201b", in[i]) }
	var b strings.Builder
	for i := 0; i < len(in); i++ {
		if quote(i) {
			if !quote(i + 1) {
				return b.String(), in[i+1:], nil
			}
			i++
		}
		b.WriteRune(in[i])
	}
	return "", nil, fmt.Errorf("a string without an end: %q", string(in))
}

// typographic are values with what PowerShell takes for quotes, alone and beside each other.
func typographic() []string {
	quotes := []string{"'", "\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u201d", `"`, "`", "x"}
	var texts []string
	for _, a := range quotes {
		for _, b := range quotes {
			texts = append(texts, a+b, a+"x"+b, "x"+a+b+"\ny", a+b+a)
		}
	}
	return texts
}

func TestPowerShellIsReadBack(t *testing.T) {
	t.Parallel()
	texts := carried(t, export.PowerShell(), append(append(nasty(), typographic()...), random(600)...))
	if refused := len(nasty()) + len(typographic()) + 600 - len(texts); refused != 2 {
		t.Errorf("%d values were refused, want the 2 with a NUL byte only", refused)
	}
	file := write(t, export.PowerShell(), many(texts), export.Options{})
	got, err := powerShellRead(file)
	if err != nil {
		t.Fatal(err)
	}
	wantTexts(t, "PowerShell", got, "V", texts)
	if lines := strings.Count(file, "\n"); lines != len(texts) || strings.Contains(file, "\r") {
		t.Errorf("%d lines for %d values: a value broke out of its line", lines, len(texts))
	}
}

func FuzzPowerShell(f *testing.F) {
	for _, text := range append(nasty(), typographic()...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		err := export.Write(&b, export.PowerShell(), one(text), export.Options{})
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			wantRefusal(t, err)
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, err := powerShellRead(b.String()); err != nil || len(got) != 1 || got["V"] != text {
			t.Errorf("%q is read as %q, %v from %s", text, got, err, b.String())
		}
	})
}

func TestPowerShellLines(t *testing.T) {
	t.Parallel()
	want := `$env:MIMECAST_BASE_URL = 'https://api.services.mimecast.com'
$env:MIMECAST_CLIENT_ID = 'pK3vQ7'
$env:MIMECAST_CLIENT_SECRET = 's3cr3t+/value=='
$env:AX_DOMAIN = 'example.com'
`
	if got := write(t, export.PowerShell(), acme(), export.Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for text, want := range map[string]string{
		"":                 `''`,
		"it's":             `'it''s'`,
		"it\u2019s":        "'it\u2019\u2019s'",
		"\u201aa\u2018 $x": "'\u201a\u201aa\u2018\u2018 $x'",
		"$(id) `n \"x\"":   "'$(id) `n \"x\"'",
		"two\nlines":       `'two' + [char]10 + 'lines'`,
		"\r\n":             `'' + [char]13 + '' + [char]10 + ''`,
	} {
		if got := write(t, export.PowerShell(), one(text), export.Options{}); got != "$env:V = "+want+"\n" {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

// TestEnvIsForTheSystemsShell: -f env is for PowerShell on Windows and for a POSIX shell elsewhere; the names of the shells mean
// the same everywhere.
func TestEnvIsForTheSystemsShell(t *testing.T) {
	t.Parallel()
	posix, powerShell := write(t, export.Env(), acme(), export.Options{}), write(t, export.PowerShell(), acme(), export.Options{})
	for goos, env := range map[string]string{"windows": powerShell, "linux": posix, "darwin": posix, "freebsd": posix} {
		for name, want := range map[string]string{"env": env, "sh": posix, "powershell": powerShell} {
			format, err := export.StandardOn(goos).Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			if got := write(t, format, acme(), export.Options{}); got != want {
				t.Errorf("%s on %s:\n%s", name, goos, got)
			}
			err = export.Write(&bytes.Buffer{}, format, one("\x00"), export.Options{})
			if refusal := wantRefusal(t, err); !strings.HasPrefix(refusal.Text, name+" cannot carry v") {
				t.Errorf("%s on %s: %v", name, goos, err)
			}
		}
	}
}

// TestPowerShellItself reads the lines with PowerShell where there is one. Everywhere else the documented rules, above, hold.
func TestPowerShellItself(t *testing.T) {
	t.Parallel()
	pwsh, err := exec.LookPath("pwsh")
	if err != nil {
		t.Log("counted: 0 values were read by pwsh, which this machine does not have; TestPowerShellIsReadBack has the documented rules")
		return
	}
	texts := carried(t, export.PowerShell(), append(nasty(), typographic()...))
	script := filepath.Join(t.TempDir(), "variables.ps1")
	lines := write(t, export.PowerShell(), many(texts), export.Options{})
	lines += "foreach ($v in Get-ChildItem env:V*) { [Console]::Out.Write($v.Name + '=' + $v.Value + [char]0) }\n"
	if err := os.WriteFile(script, []byte("\ufeff"+lines), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), pwsh, "-NoProfile", "-NonInteractive", "-File", script).Output()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for i, text := range texts {
		if text == "" {
			got[fmt.Sprintf("V%d", i)] = "" // an empty value removes the variable
		}
	}
	for pair := range strings.SplitSeq(string(out), "\x00") {
		if name, value, found := strings.Cut(pair, "="); found {
			got[name] = value
		}
	}
	wantTexts(t, "pwsh", got, "V", texts)
}
