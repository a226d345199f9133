//go:build linux

package keyring_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mimecred/credstore/keyring/keyringtest"
)

// results runs the child and gives what it printed, such as "available: ok, set: ok, get: ok, delete: ok".
func results(t *testing.T, env []string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(env, child+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the child: %v: %s", err, out)
	}
	return strings.ReplaceAll(strings.TrimSpace(string(out)), "\n", ", ")
}

func TestOnOtherSessions(t *testing.T) {
	for _, test := range []struct {
		name    string
		options []keyringtest.Option
		prepare func(*keyringtest.Session) error
		want    string
	}{
		{"all fine", nil, nil, "available: ok, set: ok, get: ok, delete: ok"},
		{"locked", nil, (*keyringtest.Session).Lock, "available: ok, set: locked, get: locked, delete: locked"},
		{
			"no login keyring",
			[]keyringtest.Option{keyringtest.WithoutLogin()},
			nil,
			"available: ok, set: no_collection, get: no_collection, delete: no_collection",
		},
		{
			"nobody provides a keyring",
			[]keyringtest.Option{keyringtest.WithoutProvider()},
			nil,
			"available: unavailable, set: unavailable, get: unavailable, delete: unavailable",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := keyringtest.New(t, test.options...)
			if test.prepare != nil {
				if err := test.prepare(s); err != nil {
					t.Fatal(err)
				}
			}
			if got := results(t, s.Env()); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

const allUnavailable = "available: unavailable, set: unavailable, get: unavailable, delete: unavailable"

// TestNoBusLeavesNoStrays is about go-keyring's habit of starting a bus, and a keyring on it, that nobody ever stops.
func TestNoBusLeavesNoStrays(t *testing.T) {
	keyringtest.Need(t)
	if _, err := exec.LookPath("dbus-launch"); err != nil {
		t.Log("dbus-launch is not installed: nothing could be left behind in any case")
	}
	mark := "KEYRING_TEST_MARK=" + t.TempDir()
	env := append(without("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY"), mark)
	empty := t.TempDir()
	for name, more := range map[string][]string{
		"nothing set":              nil,
		"an empty runtime dir":     {"XDG_RUNTIME_DIR=" + empty},
		"autolaunch":               {"DBUS_SESSION_BUS_ADDRESS=autolaunch:"},
		"a socket that is gone":    {"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(empty, "gone")},
		"an abstract one, gone":    {"DBUS_SESSION_BUS_ADDRESS=unix:abstract=" + filepath.Join(empty, "gone")},
		"a socket nobody reads at": {"DBUS_SESSION_BUS_ADDRESS=unix:path=" + deadSocket(t)},
	} {
		if got := results(t, append(slices.Clone(env), more...)); got != allUnavailable {
			t.Errorf("%s: %s", name, got)
		}
	}
	if left := marked(t, mark); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}

	// The count can see daemons: those of a session that inherits the mark.
	name, value, _ := strings.Cut(mark, "=")
	t.Setenv(name, value)
	s := keyringtest.New(t)
	if got, want := marked(t, mark), []string{"dbus-daemon", "gnome-keyring-d"}; !slices.Equal(got, want) {
		t.Errorf("with a session of our own there are %v, want %v", got, want)
	}
	s.Close()
	if left := marked(t, mark); len(left) != 0 {
		t.Errorf("a session left behind: %v", left)
	}
}

// deadSocket is a socket file that nobody listens at any more.
func deadSocket(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bus")
	cmd := exec.CommandContext(t.Context(), "dbus-daemon", "--session", "--address=unix:path="+path, "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if info, err := os.Stat(path); err != nil || info.Mode()&os.ModeSocket == 0 {
		t.Fatalf("no socket was left: %v", err)
	}
	return path
}

// without is the environment of this process without some variables.
func without(names ...string) []string {
	return slices.DeleteFunc(os.Environ(), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.Contains(names, name)
	})
}

// marked are the names of the processes whose environment has the mark, this one left out, in order.
func marked(t *testing.T, mark string) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil || len(files) == 0 {
		t.Fatalf("cannot look at processes: %v", err)
	}
	var names []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil || !slices.ContainsFunc(bytes.Split(text, []byte{0}), func(b []byte) bool { return string(b) == mark }) {
			continue
		}
		if name, err := os.ReadFile(filepath.Join(filepath.Dir(file), "comm")); err == nil {
			names = append(names, strings.TrimSpace(string(name)))
		}
	}
	slices.Sort(names)
	return names
}
