//go:build !windows

package credstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// safeFolder is an error when others could change what lies in dir: when it belongs to another user, or everybody may write to
// it. A folder that does not exist yet is judged by the nearest one above it: what root makes in the home of another user (sudo
// -E) that user could not change any more.
func safeFolder(dir string) error {
	me := os.Geteuid()
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		above := filepath.Dir(dir)
		for ; err != nil && above != filepath.Dir(above); above = filepath.Dir(above) {
			if info, err = os.Stat(above); err == nil {
				break
			}
		}
		if err == nil && me == 0 && owner(info) != 0 {
			return fmt.Errorf("%s belongs to another user (%d), and you are root: run mimecred as that user, or choose another folder", above, owner(info))
		}
		return nil
	}
	switch {
	case err != nil:
		return nil //nolint:nilerr // whoever opens the file says what is wrong
	case owner(info) != me:
		return fmt.Errorf("%s belongs to another user (%d), and you are user %d: run mimecred as that user, or choose another folder", dir, owner(info), me)
	case info.IsDir() && info.Mode().Perm()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0:
		return fmt.Errorf("everybody may write to the folder %s: chmod 700 %s ends that", dir, dir)
	}
	return nil
}

func owner(info fs.FileInfo) int {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(s.Uid)
	}
	return os.Geteuid()
}

// mendFile closes a file of ours to everybody else.
func mendFile(path string) {
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 && owner(info) == os.Geteuid() {
		_ = os.Chmod(path, 0o600)
	}
}

// mendFolder closes a folder of ours to everybody else, when it has the list and nobody else may write to it: one that
// others use as well is not ours to close.
func mendFolder(dir, list string) {
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 == 0 || info.Mode().Perm()&0o022 != 0 || owner(info) != os.Geteuid() {
		return
	}
	if _, err := os.Stat(list); err == nil {
		_ = os.Chmod(dir, 0o700) //nolint:gosec // a folder needs the right to be searched
	}
}

// closeFolder closes a folder that nobody but this program has a use for to everybody else.
func closeFolder(dir string) {
	if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o077 != 0 && owner(info) == os.Geteuid() {
		_ = os.Chmod(dir, 0o700) //nolint:gosec // a folder needs the right to be searched
	}
}

// foreignFile is an error when a file belongs to somebody else than this user and root, or is a link of somebody
// else's: in a folder such as /tmp anybody may
// have put it there.
func foreignFile(path string) error {
	for _, look := range []func(string) (fs.FileInfo, error){os.Lstat, os.Stat} { // a link leads to where its owner wants
		if info, err := look(path); err == nil && owner(info) != os.Geteuid() && owner(info) != 0 {
			return fmt.Errorf("%s belongs to another user (%d): look at it, and remove it or choose another folder", path, owner(info))
		}
	}
	return nil // whoever opens the file says what else is wrong
}

// sharedFolder tells whether the group of a folder may write to it.
func sharedFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.Mode().Perm()&0o020 != 0
}
