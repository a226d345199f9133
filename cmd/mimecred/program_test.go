package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// program is mimecred as a process of its own, with a home of its own.
type program struct {
	home string
	env  []string
}

func newProgram(t testing.TB, env ...string) program {
	t.Helper()
	home := t.TempDir()
	return program{home: home, env: append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, "config"),
		"XDG_RUNTIME_DIR=" + home, "TMPDIR=" + home, "LC_ALL=C.UTF-8", "TERM=xterm-256color", "GORACE=" + withoutPause,
	}, env...)}
}

func (p program) command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "mimecred", args...)
	cmd.Env, cmd.Dir = p.env, p.home
	return cmd
}

func (p program) run(t testing.TB, in string, args ...string) called {
	t.Helper()
	cmd := p.command(t, args...)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &errs
	return called{code: exitOf(t, cmd.Run()), out: out.String(), err: errs.String()}
}

func exitOf(t testing.TB, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case asExit(err, &exit):
		return exit.ExitCode()
	default:
		t.Fatal(err)
		return -1
	}
}

// TestQuickCommandsTouchNothing: on a terminal that never answers, with a session bus and a proxy that count who comes,
// these commands end by themselves, ask nobody, and print nothing a terminal would answer.
func TestQuickCommandsTouchNothing(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	socket := filepath.Join(home, "bus")
	var visits atomic.Int64
	count(t, "unix", socket, &visits)
	proxy := count(t, "tcp", "127.0.0.1:0", &visits)
	settings := filepath.Join(home, "settings")
	if err := os.Mkdir(settings, 0o700); err != nil {
		t.Fatal(err)
	}
	index := `{"schema":1,"profiles":[{"name":"acme","api":"2.0","base_url":"https://api.services.mimecast.com","store":"keyring"}]}`
	if err := os.WriteFile(filepath.Join(settings, "index.json"), []byte(index), 0o600); err != nil {
		t.Fatal(err)
	}
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS=unix:path="+socket, "HTTPS_PROXY=http://"+proxy, "HTTP_PROXY=http://"+proxy,
		"MIMECRED_CONFIG="+settings)
	for _, line := range []string{
		"--version", "version", "--help", "check --help", "help setup", "list", "list -o json", "show acme", "man",
		"completion bash", "__complete check ''", "-q", "nonsense", "get acme nonsense",
	} {
		out := onTerminal(t, p.command(t, strings.Fields(line)...))
		if out == "" {
			t.Errorf("mimecred %s printed nothing", line)
		}
		if asks := questions(out); asks != "" {
			t.Errorf("mimecred %s sends the terminal %q", line, asks)
		}
		if n := visits.Load(); n != 0 {
			t.Fatalf("mimecred %s made %d connections", line, n)
		}
	}
}

// count accepts connections and counts them. It gives the address.
func count(t *testing.T, network, address string, visits *atomic.Int64) string {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			visits.Add(1)
			_ = conn.Close()
		}
	}()
	return listener.Addr().String()
}

// onTerminal runs a command on a terminal that answers no question, and gives what it printed.
func onTerminal(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	tty, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	// Linux ends the reading of a terminal that nobody has open with an error instead of an end.
	out, _ := io.ReadAll(tty)
	_ = cmd.Wait() // its exit code is not the point
	return string(out)
}

// questions finds escape sequences other than colours, "" when there are none.
func questions(out string) string {
	for {
		_, after, found := strings.Cut(out, "\x1b")
		if !found {
			return ""
		}
		end := strings.IndexFunc(after, func(r rune) bool { return r >= '@' && r <= '~' && r != '[' })
		if !strings.HasPrefix(after, "[") || end < 0 || after[end] != 'm' {
			return "\x1b" + after[:min(len(after), 20)]
		}
		out = after
	}
}

// TestInterrupt: ctrl+c in the middle of a call ends with 130, at once and in order.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 8)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		// Only after the body was read does the server notice that the caller is gone.
		_, _ = io.Copy(io.Discard, r.Body)
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	cmd := newProgram(t).command(t, "check", "--from", "-")
	cmd.Stdin = strings.NewReader(`{"profile":"acme","api":"2.0","base_url":"` + server.URL + `","client_id":"a","client_secret":"b"}`)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code := exitOf(t, cmd.Wait()); code != exitInterrupted {
		t.Errorf("exit %d, want %d\n%s%s", code, exitInterrupted, out.String(), errs.String())
	}
	if !strings.HasSuffix(errs.String(), "interrupted\n") {
		t.Errorf("standard error is %q", errs.String())
	}
}

// TestSimulateServesUntilInterrupted: standard output ends after the credentials, the simulator goes on, the whole list
// is what check takes, and ctrl+c is the ordinary end.
func TestSimulateServesUntilInterrupted(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	cmd := p.command(t, "simulate", "--listen", "127.0.0.1:0", "--print-credentials", "json")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	printed, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	got := p.run(t, string(printed), "check", "--from", "-", "-o", "json")
	if got.code != exitRefused || strings.Count(got.out, `"schema": 1`) < 8 {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.err)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code := exitOf(t, cmd.Wait()); code != exitDone {
		t.Errorf("simulate ended with %d", code)
	}
	// The check signed in as a user with a second factor: the code that was "sent" can be read here only.
	if !regexp.MustCompile(`(?m)^one-time code for svc-otp@example\.com: [0-9]{6}$`).MatchString(errs.String()) {
		t.Errorf("no one-time code on standard error: %q", errs.String())
	}
}
