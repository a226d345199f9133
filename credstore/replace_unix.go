//go:build !windows

package credstore

import (
	"fmt"

	"github.com/google/renameio/v2"
)

// replaceFile writes text to path in one step, for its owner alone: whoever reads meanwhile gets the old text or the new.
func replaceFile(path string, text []byte) error {
	if err := renameio.WriteFile(path, text, 0o600); err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	return nil
}
