package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ownerOnly is the mode of every exported file. On Windows the folder's access list decides instead.
const ownerOnly fs.FileMode = 0o600

// File makes the file path, readable and writable by its owner alone, with what write writes. The folder must exist. An
// existing file is left alone unless force is set; then it is replaced in one step, whoever reads meanwhile gets the old
// text or the new, and the mode becomes 0600. What is not a regular file (a symbolic link above all) is never written to
// or through, and never replaced. When write fails, what was there before is there after. Errors are *Error, or write's own.
func File(path string, force bool, write func(io.Writer) error) error {
	if err := checkTarget(path, force); err != nil {
		return err
	}
	if force {
		return replace(path, write)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, ownerOnly)
	if err != nil {
		return couldNot("make", path, err)
	}
	if err = write(f); err == nil {
		err = finish(path, f)
	}
	if err != nil {
		_ = f.Close() // it may be closed already, and err says more
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// finish makes sure that the text has arrived before anybody is told so.
func finish(path string, f *os.File) error {
	if err := f.Sync(); err != nil {
		return couldNot("write", path, err)
	}
	if err := f.Close(); err != nil {
		return couldNot("write", path, err)
	}
	return nil
}

// checkTarget turns what is in the way into a sentence. It decides nothing: between this look and the writing another
// process may change the folder, so that O_EXCL and the rename keep the promises.
func checkTarget(path string, force bool) error {
	if path == "" {
		return &Error{Text: "the file to export to has no name"}
	}
	folder := filepath.Dir(path)
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{
			Text: "there is no folder " + folder, Err: err,
			Fix: "make it first; it is not made for you, so that you choose who may read it",
		}
	case err != nil:
		return couldNot("reach the folder of", path, err)
	case !info.IsDir():
		return &Error{Text: folder + " is no folder"}
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return couldNot("look at", path, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return &Error{Text: path + " is a symbolic link, and secrets are not written through links", Fix: "name the file itself"}
	case info.IsDir():
		return &Error{Text: path + " is a folder", Fix: "name a file in it"}
	case !info.Mode().IsRegular():
		return &Error{Text: path + " is no regular file", Fix: "leave out the file name to write to standard output"}
	case !force:
		return &Error{Text: path + " exists already", Fix: "--force replaces it", Err: fs.ErrExist}
	}
	return nil
}

// couldNot keeps the cause without repeating the path that the sentence already has.
func couldNot(what, path string, err error) error {
	cause := err
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		cause = pathError.Err
	}
	return &Error{Text: fmt.Sprintf("could not %s %s: %v", what, path, cause), Err: err}
}
