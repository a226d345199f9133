//go:build !windows

package export_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"mimecred/cmd/export"
)

func TestFileIsNoPipeAndNoDevice(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, os.DevNull} {
		err := export.File(path, true, says("secret"))
		if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "is no regular file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestFileWithANameThatIsTooLong(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, strings.Repeat("n", 250)) // fits, its temporary neighbour does not
	err := export.File(path, true, says("secret"))
	if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "could not make a file beside "+path) {
		t.Error(err)
	}
	wantAlone(t, folder, 0)
}
