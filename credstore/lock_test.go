package credstore

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

func TestLockOfAFileThatWasRemovedIsNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	f := flock.New(path)
	if ok, err := f.TryLock(); err != nil || !ok || !current(f) {
		t.Fatalf("the lock of a file that is there: %v, %v, current %v", ok, err, current(f))
	}
	defer f.Close()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if current(f) {
		t.Error("a removed file counts as the lock")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if current(f) {
		t.Error("another file of the same name counts as the lock")
	}
	release, err := lockFile(t.Context(), path)
	if err != nil {
		t.Fatalf("the new file cannot be locked: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = lockFile(ctx, path)
	if KindOf(err) != Conflict || !strings.Contains(err.Error(), "another mimecred (process ") {
		t.Errorf("the second lock: %v", err)
	}
	release()
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file is left behind: %v", err)
	}
}
