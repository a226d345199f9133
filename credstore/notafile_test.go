//go:build !windows

package credstore_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"mimecred/credstore"
)

// notFiles put something at a path that is no file, each with the words that tell what it is.
func notFiles() map[string]func(t *testing.T, path string) error {
	return map[string]func(t *testing.T, path string) error{
		"a named pipe":   func(_ *testing.T, path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder":       func(_ *testing.T, path string) error { return os.MkdirAll(path, 0o700) },
		"a device":       func(_ *testing.T, path string) error { return os.Symlink("/dev/zero", path) },
		"symbolic links": func(_ *testing.T, path string) error { return os.Symlink(filepath.Base(path), path) },
		"a socket": func(t *testing.T, path string) error {
			var listen net.ListenConfig
			l, err := listen.Listen(t.Context(), "unix", path)
			if err == nil {
				t.Cleanup(func() { _ = l.Close() })
			}
			return err
		},
	}
}

// TestWhatIsNoFileIsNotOpened has, for every file beside the stores, something else in its place: nothing hangs, and what it
// is is said.
func TestWhatIsNoFileIsNotOpened(t *testing.T) {
	for _, file := range []string{"index.json", "index.lock", "swaps/acme.json", "unfinished.json", "locks/unfinished.lock", "locks/profile-acme.lock"} {
		for what, put := range notFiles() {
			dir, err := os.MkdirTemp("", "mc") // the name of a socket must be short
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.RemoveAll(dir) })
			path := filepath.Join(dir, filepath.FromSlash(file))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := put(t, path); err != nil {
				t.Fatal(err)
			}
			index := credstore.NewIndex(dir)
			vault := credstore.NewVault(index, clock, credstore.NewMemory())
			var said []string
			say := func(err error) {
				if err != nil {
					said = append(said, err.Error())
				}
			}
			_, err = index.All()
			say(err)
			say(index.Update("acme", func(e *credstore.Entry) { e.Store = "memory" }))
			_, err = vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.SetUp, Store: "memory"})
			say(err)
			_, _ = vault.Unfinished()
			vault.Busy("acme")
			drafts := credstore.NewDrafts(dir)
			_, err = drafts.All()
			say(err)
			say(drafts.Keep("acme", "note"))
			vault.Close()
			if !strings.Contains(strings.Join(said, "\n"), what) {
				t.Errorf("%s as %s: %q", what, file, said)
			}
		}
	}
}
