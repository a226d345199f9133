package credstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// replaceFile writes text to path in one step: whoever reads meanwhile gets the old text or the new. Go renames with
// MOVEFILE_REPLACE_EXISTING here, which renameio does not do.
func replaceFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".index-*")
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
