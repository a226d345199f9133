// Package keyringtest gives tests a real keyring of their own: a private D-Bus session with gnome-keyring on it, in a
// directory of its own, which knows nothing of the person's keyring and leaves nothing behind.
//
// godbus keeps one session bus for a process, so a test binary that calls the keyring itself starts its session before
// any test runs:
//
//	var session *keyringtest.Session
//
//	func TestMain(m *testing.M) {
//		os.Exit(keyringtest.Main(m, func(s *keyringtest.Session) { session = s }))
//	}
//
//	func TestSomething(t *testing.T) {
//		keyringtest.Need(t)
//		…
//	}
//
// A test that only starts other programs may instead make any number of sessions with New and hand them Session.Env.
package keyringtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// ErrNoItem is what Session.Lookup and Session.Search return when there is no such item.
var ErrNoItem = errors.New("no such item")

// parts are the programs that a session needs. On Debian: dbus, gnome-keyring, libsecret-tools.
func parts() []string { return []string{"dbus-daemon", "gnome-keyring-daemon", "secret-tool"} }

// Missing says what keeps sessions from working on this machine; nil when nothing does.
func Missing() error {
	if !supported {
		return errors.New("a private gnome-keyring session works on Linux only")
	}
	var missing []string
	for _, part := range parts() {
		if _, err := exec.LookPath(part); err != nil {
			missing = append(missing, part)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("not installed: %s (Debian: apt-get install dbus gnome-keyring libsecret-tools)", strings.Join(missing, ", "))
	}
	return nil
}

// Need skips the test, with the reason, where sessions do not work. With CI=true it fails instead.
func Need(tb testing.TB) {
	tb.Helper()
	err := Missing()
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		tb.Fatalf("the real keyring is needed: %v", err)
	default:
		tb.Skipf("SKIP: %v", err)
	}
}

// Main runs the tests with a session whose bus is that of the process. use gets the session, or nil where sessions do not
// work; Need then skips the tests that want one. The result is for os.Exit.
func Main(m *testing.M, use func(*Session), options ...Option) int {
	if Missing() != nil {
		use(nil)
		return m.Run()
	}
	s, err := Start(options...)
	if err != nil {
		fmt.Fprintln(os.Stderr, "keyringtest:", err)
		return 1
	}
	defer s.Close()
	for _, pair := range s.busEnv() {
		name, value, _ := strings.Cut(pair, "=")
		if err := os.Setenv(name, value); err != nil {
			fmt.Fprintln(os.Stderr, "keyringtest:", err)
			return 1
		}
	}
	use(s)
	return m.Run()
}

// New makes a session for one test. It skips like Need, fails the test when the session does not start, and closes the
// session at the test's end.
func New(tb testing.TB, options ...Option) *Session {
	tb.Helper()
	Need(tb)
	s, err := Start(options...)
	if err != nil {
		tb.Fatalf("start a session: %v", err)
	}
	tb.Cleanup(s.Close)
	return s
}

// Option changes how a session starts.
type Option func(*config)

type config struct {
	provider, login bool
}

// WithoutProvider makes a session with a bus on which nobody provides a keyring.
func WithoutProvider() Option { return func(c *config) { c.provider = false } }

// WithoutLogin makes a session whose keyring has no login collection and no default one, as on a machine where nobody ever
// logged in with a password.
func WithoutLogin() Option { return func(c *config) { c.login = false } }
