package export_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mimecred/cmd/export"
)

// shells are the POSIX shells of this machine; sh must be there on anything but Windows.
func shells(t testing.TB) [][]string {
	t.Helper()
	var found [][]string
	for _, shell := range [][]string{{"sh"}, {"bash"}, {"dash"}, {"ksh"}, {"zsh"}, {"mksh"}, {"busybox", "sh"}} {
		path, err := exec.LookPath(shell[0])
		if err == nil {
			found = append(found, append([]string{path}, shell[1:]...))
		}
	}
	if len(found) == 0 {
		t.Skip("no POSIX shell on this machine: what a shell reads cannot be shown")
	}
	return found
}

// sourced is what a program started by the shell finds in its environment after the script has read the file, given as $1.
// The environment of the shell itself is left out.
func sourced(t *testing.T, shell []string, script, text string) map[string]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "variables")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	args := append(slices.Clone(shell[1:]), "-c", script+"; exec env -0", "sh", file)
	cmd := exec.CommandContext(t.Context(), shell[0], args...)
	cmd.Env = []string{"HOME=/home/of/the/person", "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v %s", shell, err, complaints.String())
	}
	got := map[string]string{}
	for pair := range strings.SplitSeq(string(out), "\x00") {
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "V") {
			got[name] = value
		}
	}
	return got
}

func TestEnvSurvivesTheShell(t *testing.T) {
	t.Parallel()
	texts := carried(t, export.Env(), append(nasty(), random(300)...))
	if refused := len(nasty()) + 300 - len(texts); refused != 2 {
		t.Errorf("%d values were refused, want the 2 with a NUL byte only", refused)
	}
	file := write(t, export.Env(), many(texts), export.Options{})
	for _, shell := range shells(t) {
		t.Run(filepath.Base(shell[0]), func(t *testing.T) {
			t.Parallel()
			wantTexts(t, "sourced", sourced(t, shell, `. "$1"`, file), "V", texts)
			wantTexts(t, "evaluated", sourced(t, shell, `eval "$(cat "$1")"`, file), "V", texts)
		})
	}
}

func FuzzEnv(f *testing.F) {
	for _, text := range nasty() {
		if len(text) < 20 {
			f.Add(text)
		}
	}
	shell := shells(f)[0]
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		err := export.Write(&b, export.Env(), one(text), export.Options{})
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			wantRefusal(t, err)
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := sourced(t, shell, `. "$1"`, b.String()); got["V"] != text || len(got) != 1 {
			t.Errorf("the shell read %q as %q", text, got)
		}
	})
}

func TestEnvLines(t *testing.T) {
	t.Parallel()
	want := `export MIMECAST_BASE_URL='https://api.services.mimecast.com'
export MIMECAST_CLIENT_ID='pK3vQ7'
export MIMECAST_CLIENT_SECRET='s3cr3t+/value=='
export AX_DOMAIN='example.com'
`
	if got := write(t, export.Env(), acme(), export.Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := write(t, export.Env(), acme(), export.Options{Prefix: "MC_"}); !strings.Contains(got, "export MC_CLIENT_ID='pK3vQ7'\n") {
		t.Errorf("the prefix was not used:\n%s", got)
	}
}

func TestEnviron(t *testing.T) {
	t.Parallel()
	got, err := export.Environ(acme(), export.Options{})
	want := []string{
		"MIMECAST_BASE_URL=https://api.services.mimecast.com", "MIMECAST_CLIENT_ID=pK3vQ7",
		"MIMECAST_CLIENT_SECRET=s3cr3t+/value==", "AX_DOMAIN=example.com",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	_, err = export.Environ(one("a\x00b"), export.Options{})
	wantRefusal(t, err)
	_, err = export.Environ(export.Set{}, export.Options{})
	wantRefusal(t, err)
}
