package credstore

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Folder is a folder of this program's own files, for stores that keep their items in files. Its rules are those of the list of
// profiles: nothing is read or written that others could have put there, a pipe or a device is refused before it is opened, a
// file is replaced in one step, and the folder and its files are closed to everybody else.
type Folder struct{ folder }

// NewFolder makes a Folder. Nothing is read or made before it is needed.
func NewFolder(dir string, opts ...FileOption) Folder { return Folder{newFolder(dir, opts)} }

// Path is where the file of that name lies.
func (f Folder) Path(name string) string { return filepath.Join(f.dir, name) }

// Safe is an *Error of kind Denied when others could change what lies in the folder. It may not exist yet.
func (f Folder) Safe(op string) error { return ours(op, f.Path("any")) }

// Load gives the content of a file of at most most bytes; one that is missing is an fs.ErrNotExist.
func (f Folder) Load(op, name string, most int64) ([]byte, error) {
	text, err := f.load(op, f.Path(name), most)
	if err == nil {
		closeFolder(f.dir)
	}
	return text, err
}

// Save replaces a file in one step, and removes what a write that was killed left beside it. The caller has the lock.
func (f Folder) Save(op, name string, text []byte) error {
	if err := f.save(op, f.Path(name), text); err != nil {
		return err
	}
	f.sweep(name)
	closeFolder(f.dir)
	return nil
}

// sweep removes the new files of writes that were killed before they replaced the old one.
func (f Folder) sweep(name string) {
	left, _ := filepath.Glob(f.Path("." + name + "[0-9]*")) // renameio calls them so
	for _, one := range left {
		_ = os.Remove(one)
	}
}

// Remove removes a file, with what a write that was killed left beside it; one that is missing is an fs.ErrNotExist. The caller has
// the lock.
func (f Folder) Remove(op, name string) error {
	path := f.Path(name)
	if err := ours(op, path); err != nil {
		return err
	}
	f.sweep(name)
	if _, err := os.Lstat(path); err != nil {
		return err //nolint:wrapcheck // it names the operation and the path
	}
	return f.files.Remove(path)
}

// Lock locks the folder for a change among processes, and waits for others at most as long as a change of the list does. The
// operating system frees it when the process dies.
func (f Folder) Lock(ctx context.Context) (release func(), err error) {
	wait, cancel := context.WithTimeout(ctx, indexWait)
	defer cancel()
	release, err = lockFile(wait, f.Path("store.lock"))
	if err != nil && ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
		return nil, &Error{Kind: contextKind(ctx.Err()), Op: "wait for the lock", Err: ctx.Err()}
	}
	return release, err
}
