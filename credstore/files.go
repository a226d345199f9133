package credstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"mimecred/client/localfile"
)

// Files is how the files beside the stores are written. A test that must see, or spoil, each of those writes has its own.
type Files interface {
	// Replace writes text to path in one step, for its owner alone: whoever reads meanwhile gets the old text or the new.
	Replace(path string, text []byte) error
	// Remove removes the file; one that is not there is no error.
	Remove(path string) error
}

// OSFiles are the files of the operating system.
type OSFiles struct{}

// Replace implements Files. The directory is made when it is missing.
func (OSFiles) Replace(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the directory of %s: %w", path, err)
	}
	return replaceFile(linked(path), text)
}

// linked is what a symbolic link names in the end, so that the link stays: whoever keeps settings elsewhere has made one.
func linked(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	to, err := os.Readlink(path)
	switch {
	case err != nil:
		return path
	case filepath.IsAbs(to):
		return to
	}
	return filepath.Join(filepath.Dir(path), to) // it names a file that does not exist yet
}

// Remove implements Files.
func (OSFiles) Remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", path, err)
	}
	return nil
}

// FileOption changes how an Index or Drafts write.
type FileOption func(*folder)

// WithFiles writes through f.
func WithFiles(f Files) FileOption { return func(d *folder) { d.files = f } }

// folder is a directory of files; "" keeps everything in this process.
type folder struct {
	dir   string
	files Files
}

// ours is an error of the kind Denied when a file, or its folder, is one that others could have put there or can change. op is
// what it is wanted for.
func ours(op, path string) error {
	err := safeFolder(filepath.Dir(path))
	if err == nil {
		err = foreignFile(path)
	}
	if err != nil {
		return &Error{Kind: Denied, Store: IndexStore, Op: op, Err: err}
	}
	return nil
}

// load reads one of our files of at most limit bytes; every file of ours is read through it.
func (f folder) load(op, path string, limit int64) ([]byte, error) {
	if err := ours(op, path); err != nil {
		return nil, err
	}
	mendFile(path)
	return localfile.Read(path, limit)
}

// save replaces one of our files; every file of ours is written through it.
func (f folder) save(op, path string, text []byte) error {
	if err := ours(op, path); err != nil {
		return err
	}
	return f.files.Replace(path, text)
}

func newFolder(dir string, opts []FileOption) folder {
	f := folder{dir: dir, files: OSFiles{}}
	for _, opt := range opts {
		opt(&f)
	}
	return f
}
