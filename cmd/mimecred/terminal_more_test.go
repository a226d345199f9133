package main

import (
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestOnATerminal: what asks for a secret by name gets it there too, ended by a line break; export says that it shows; and
// a pipe gets nothing but what was asked for.
func TestOnATerminal(t *testing.T) {
	t.Parallel()
	p := savedProfile(t)
	for line, want := range map[string]struct{ out, warns string }{
		"token oauth-ok":                     {"", ""},
		"get oauth-ok api":                   {"2.0", ""},
		"api oauth-ok GET /identity/whoami":  {`"home-account":{"cg":"CUSA00A000"}}`, ""},
		"export oauth-ok -f env":             {"MIMECAST_CLIENT_ID=", "shown on this terminal"},
		"export oauth-ok -f env -q":          {"MIMECAST_CLIENT_ID=", ""},
		"exec oauth-ok -- sh -c 'test -t 0'": {"", ""},
	} {
		args := strings.Fields(line)
		if name, script, quoted := strings.Cut(line, " '"); quoted {
			args = append(strings.Fields(name), strings.TrimSuffix(script, "'"))
		}
		out, errs, code := splitTerminal(t, p.command(t, args...))
		if code != exitDone || !strings.Contains(out, want.out) || out != "" && !strings.HasSuffix(out, "\r\n") || strings.HasSuffix(out, "\r\n\r\n") {
			t.Errorf("%s: exit %d, printed %d characters", line, code, len(out))
		}
		if want.warns == "" && errs != "" || !strings.Contains(errs, want.warns) {
			t.Errorf("%s: standard error %q", line, errs)
		}
	}
}

// splitTerminal runs a command whose standard input and output are a terminal and whose standard error is a pipe.
func splitTerminal(t *testing.T, cmd *exec.Cmd) (out, errs string, code int) {
	t.Helper()
	var said strings.Builder
	cmd.Stderr = &said
	tty, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	// Linux ends the reading of a terminal that nobody has open with an error instead of an end.
	text, _ := io.ReadAll(tty)
	code = exitOf(t, cmd.Wait())
	return string(text), said.String(), code
}
