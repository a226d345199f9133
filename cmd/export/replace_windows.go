package export

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// replace writes a new file beside path and renames it over path. Go renames with MOVEFILE_REPLACE_EXISTING here, which
// renameio does not offer on Windows.
func replace(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return couldNot("make a file beside", path, err)
	}
	if err = write(f); err == nil {
		err = finish(path, f)
	}
	if err == nil {
		if err = os.Rename(f.Name(), path); err != nil {
			err = couldNot("replace", path, err)
		}
	}
	if err != nil {
		_ = f.Close() // it may be closed already, and err says more
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
