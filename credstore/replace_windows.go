package credstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
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
		err = rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// rename replaces path, and tries again for a while when somebody is just reading it: Windows refuses then.
func rename(from, path string) error {
	var err error
	for range 100 {
		if err = os.Rename(from, path); err == nil || !errors.Is(err, os.ErrPermission) && !errors.Is(err, sharingViolation) {
			return err //nolint:wrapcheck // the caller says what it was doing
		}
		<-time.After(10 * time.Millisecond)
	}
	return err //nolint:wrapcheck // the caller says what it was doing
}

// sharingViolation is Windows' word for a file that somebody else has open.
const sharingViolation = syscall.Errno(32)
