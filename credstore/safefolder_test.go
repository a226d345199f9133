//go:build !windows

package credstore_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mimecred/credstore"
)

func TestFolderThatOthersMayChange(t *testing.T) {
	for mode, refused := range map[os.FileMode]bool{0o700: false, 0o755: false, 0o770: false, 0o777: true, 0o777 | os.ModeSticky: false} {
		dir := t.TempDir()
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		index := credstore.NewIndex(dir)
		err := index.Update("acme", func(e *credstore.Entry) { e.Store = "memory" })
		_, readErr := index.All()
		if (err != nil) != refused || (readErr != nil) != refused {
			t.Errorf("%o: %v, %v", mode, err, readErr)
		}
		if shared := index.Shared() != ""; shared != (mode&0o020 != 0) {
			t.Errorf("%o: shared with the group: %t", mode, shared)
		}
	}
}

func TestFileThatOthersMayReadIsMended(t *testing.T) {
	dir := t.TempDir()
	index := credstore.NewIndex(dir)
	file := filepath.Join(dir, "index.json")
	if err := index.Update("acme", func(e *credstore.Entry) { e.Store = "memory" }); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := index.All(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("after reading: %v, %v", info.Mode(), err)
	}
}

func TestFolderThatOthersMayReadIsMended(t *testing.T) {
	for _, test := range []struct{ mode, want os.FileMode }{{0o755, 0o700}, {0o750, 0o700}, {0o700, 0o700}, {0o770, 0o770}} {
		dir := t.TempDir()
		index := credstore.NewIndex(dir)
		if err := index.Update("acme", func(e *credstore.Entry) { e.Store = "memory" }); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, test.mode); err != nil {
			t.Fatal(err)
		}
		if _, err := index.All(); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != test.want {
			t.Errorf("%o: after reading %v, %v", test.mode, info.Mode(), err)
		}
	}
	empty := t.TempDir()
	if err := os.Chmod(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := credstore.NewIndex(empty).All(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(empty); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("a folder without a list was changed: %v, %v", info.Mode(), err)
	}
}

// TestFilesOfAnotherUser has each of our files, in a folder that everybody may write to, belong to another user, or be a link that
// another user has made. None is read, none is written, and whose it is is told.
func TestFilesOfAnotherUser(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can make a file of another user")
	}
	const content = `{"schema":1,"name":"acme","kind":"setup","phase":"created","profiles":{"acme":{"name":"acme"}}}`
	for _, file := range []string{"index.json", "index.lock", "swaps/acme.json", "unfinished.json", "locks/unfinished.lock", "locks/profile-acme.lock"} {
		for _, link := range []bool{false, true} {
			dir := t.TempDir()
			path := filepath.Join(dir, filepath.FromSlash(file))
			mine := filepath.Join(t.TempDir(), "mine")
			for _, folder := range []string{filepath.Dir(path), dir} {
				if err := errors.Join(os.MkdirAll(folder, 0o700), os.Chmod(folder, 0o777|os.ModeSticky)); err != nil {
					t.Fatal(err)
				}
			}
			err := os.WriteFile(mine, []byte(content), 0o600)
			if link {
				err = errors.Join(err, os.Symlink(mine, path))
			} else {
				err = errors.Join(err, os.WriteFile(path, []byte(content), 0o600))
			}
			if err = errors.Join(err, os.Lchown(path, 4711, 4711)); err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, err := range useAll(t, dir) {
				if err != nil {
					said = append(said, err.Error())
				}
			}
			if !strings.Contains(strings.Join(said, "\n"), filepath.Base(path)+" belongs to another user") {
				t.Errorf("%s, a link %t: %q", file, link, said)
			}
			if text, err := os.ReadFile(path); err != nil || string(text) != content {
				t.Errorf("%s, a link %t: it is %q now, %v", file, link, text, err)
			}
		}
	}
}

// useAll does what reads and writes each of the files in a folder.
func useAll(t *testing.T, dir string) []error {
	t.Helper()
	index := credstore.NewIndex(dir)
	vault := credstore.NewVault(index, clock, credstore.NewMemory())
	defer vault.Close()
	drafts := credstore.NewDrafts(dir)
	_, all := index.All()
	update := index.Update("acme", func(e *credstore.Entry) { e.Store = "memory" })
	_, begin := vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.SetUp, Store: "memory"})
	_ = vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.KeysCreated})
	_ = vault.End(t.Context(), "acme", credstore.Abandoned)
	_, read := drafts.All()
	return append(vault.Unread(), all, update, begin, read, drafts.Keep("acme", "note"), drafts.Forget("acme"))
}

func TestFolderOfAnotherUser(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can make a folder of another user")
	}
	home := t.TempDir()
	if err := os.Chown(home, 4711, 4711); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{home, filepath.Join(home, ".config", "mimecred")} {
		index := credstore.NewIndex(dir)
		err := index.Update("acme", func(e *credstore.Entry) { e.Store = "memory" })
		wantKind(t, err, credstore.Denied)
		if sentence, _ := credstore.Explain(err); !strings.Contains(sentence, "another user") {
			t.Errorf("%s: %q", dir, sentence)
		}
	}
	if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
		t.Errorf("left in the other's home: %v, %v", left, err)
	}
}

func TestLinkStays(t *testing.T) {
	for _, there := range []bool{true, false} {
		dir, elsewhere := t.TempDir(), t.TempDir()
		file, target := filepath.Join(dir, "index.json"), filepath.Join(elsewhere, "list.json")
		if there {
			if err := os.WriteFile(target, []byte(`{"schema":1,"profiles":[]}`), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Symlink(target, file); err != nil {
			t.Fatal(err)
		}
		index := credstore.NewIndex(dir)
		if err := index.Update("acme", func(e *credstore.Entry) { e.Store = "memory" }); err != nil {
			t.Fatal(err)
		}
		if to, err := os.Readlink(file); err != nil || to != target {
			t.Errorf("the link became %q, %v", to, err)
		}
		if text, err := os.ReadFile(target); err != nil || !strings.Contains(string(text), "acme") {
			t.Errorf("behind the link: %q, %v", text, err)
		}
	}
}

// TestUnreadableNoteStopsCreation: a note that cannot be read may tell of keys at Mimecast that nobody has.
func TestUnreadableNoteStopsCreation(t *testing.T) {
	for _, text := range []string{"", "garbage", `{"schema":99,"name":"acme"}`, `{"schema":1,"name":"other"}`} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "swaps"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "swaps", "acme.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		v := credstore.NewVault(credstore.NewIndex(dir), clock, credstore.NewMemory())
		t.Cleanup(v.Close)
		wantKind(t, v.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "memory"}), credstore.Damaged)
		if len(v.Unread()) != 1 {
			t.Errorf("%q: unread notes: %v", text, v.Unread())
		}
		if kept, err := os.ReadFile(filepath.Join(dir, "swaps", "acme.json")); err != nil || string(kept) != text {
			t.Errorf("the note became %q, %v", kept, err)
		}
	}
}
