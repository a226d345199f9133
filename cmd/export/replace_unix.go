//go:build !windows

package export

import (
	"errors"
	"io"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// replace writes a new file beside path and renames it over path. The folder of path is named for it, since renameio
// would otherwise try the system's folder for temporary files, which others can list.
func replace(path string, write func(io.Writer) error) error {
	f, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(ownerOnly))
	if err != nil {
		return couldNot("make a file beside", path, err)
	}
	if err := write(f); err != nil {
		return errors.Join(err, f.Cleanup())
	}
	if err := f.CloseAtomicallyReplace(); err != nil {
		return errors.Join(couldNot("replace", path, err), f.Cleanup())
	}
	return nil
}
