// Package tmuxtest starts a real tmux for tests, on a socket of its own and without the person's configuration.
package tmuxtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Server is a tmux with one session of one pane.
type Server struct {
	t      testing.TB
	socket string
}

// Start starts tmux with a pane of that size that runs a command with more variables, such as A=b. setClipboard is tmux's
// option of that name. It skips where there is no tmux, and fails there with CI=true. The server ends with the test.
func Start(t testing.TB, setClipboard string, width, height string, variables []string, command ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("tmux is not installed")
		}
		t.Skip("SKIP: tmux is not installed")
	}
	// The path of a socket is limited to about 100 bytes: a folder named after the test may be too long.
	dir, err := os.MkdirTemp("", "tmux")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, socket: filepath.Join(dir, "s")}
	t.Cleanup(func() {
		_ = s.command("kill-server").Run()
		_ = os.RemoveAll(dir)
	})
	line := []string{"-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height}
	for _, v := range variables {
		line = append(line, "-e", v)
	}
	// The pane waits until the options are set.
	s.Run(append(line, "sleep 600")...)
	s.Run("set-option", "-s", "set-clipboard", setClipboard)
	s.Run("set-option", "-g", "remain-on-exit", "on")
	s.Run("set-option", "-g", "status", "off")
	s.Run(append([]string{"respawn-pane", "-k"}, command...)...)
	return s
}

// Variable is what $TMUX is for a program in this tmux.
func (s *Server) Variable() string { return s.socket + ",1,0" }

// Run runs a command of tmux and gives its output.
func (s *Server) Run(args ...string) string {
	s.t.Helper()
	out, err := s.command(args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %s: %v: %s", args[0], err, out)
	}
	return string(out)
}

// Buffers are the buffers, each by its name.
func (s *Server) Buffers() map[string]string {
	s.t.Helper()
	held := map[string]string{}
	for _, name := range strings.Fields(s.Run("list-buffers", "-F", "#{buffer_name}")) {
		held[name] = s.Run("show-buffer", "-b", name)
	}
	return held
}

// Until waits for a condition for up to 20 seconds, and fails with what the pane shows.
func (s *Server) Until(what string, done func() bool) {
	s.t.Helper()
	limit, pause := time.After(20*time.Second), time.NewTicker(20*time.Millisecond)
	defer pause.Stop()
	for !done() {
		select {
		case <-limit:
			s.t.Fatalf("no %s:\n%s", what, s.Run("capture-pane", "-p"))
		case <-pause.C:
		}
	}
}

// See waits for a text in the pane.
func (s *Server) See(text string) {
	s.t.Helper()
	s.Until(text, func() bool { return strings.Contains(s.Run("capture-pane", "-p"), text) })
}

func (s *Server) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(s.t.Context(), "tmux", append([]string{"-S", s.socket}, args...)...) //nolint:gosec // a test's own words
	if args[0] == "kill-server" {
		cmd = exec.Command("tmux", "-S", s.socket, "kill-server") //nolint:gosec,noctx // the test's context has ended by then
	}
	cmd.Env = append(os.Environ(), "TMUX=", "TERM=xterm-256color")
	return cmd
}
