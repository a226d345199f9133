//go:build !windows

package localfile_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"mimecred/client/localfile"
)

// others are paths that are no regular file, each with the word that its refusal says.
func others(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		syscall.Mkfifo(at("fifo"), 0o600), os.Mkdir(at("folder"), 0o700), os.Symlink("loop", at("loop")),
		os.Symlink("/dev/zero", at("zero")), os.Symlink("fifo", at("to-fifo")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var listen net.ListenConfig
	l, err := listen.Listen(t.Context(), "unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return map[string]string{
		at("fifo"): "a named pipe", at("to-fifo"): "a named pipe", at("folder"): "a folder", at("socket"): "a socket",
		at("zero"): "a device", "/dev/zero": "a device", at("loop"): "symbolic links",
	}
}

func TestReadOpensRegularFilesOnly(t *testing.T) {
	t.Parallel()
	for path, word := range others(t) {
		text, err := localfile.Read(path, 1<<10)
		if err == nil || text != nil || !strings.Contains(err.Error(), word) {
			t.Errorf("Read(%s) = %q, %v; want an error that says %q", path, text, err, word)
		}
		if err := localfile.CheckUsable(path); err == nil {
			t.Errorf("CheckUsable(%s) has no objection", path)
		}
	}
}

func TestReadIsBounded(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(strings.Repeat("x", 1<<10)), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := localfile.Read(path, 1<<10); err != nil || len(text) != 1<<10 {
		t.Errorf("a file of the largest size: %d bytes, %v", len(text), err)
	}
	var large *localfile.TooLargeError
	if _, err := localfile.Read(path, 1<<10-1); !errors.As(err, &large) {
		t.Errorf("a file that is too large: %v", err)
	}
	if _, err := localfile.ReadNamed(t.Context(), "/dev/zero", 1<<20, nil); !errors.As(err, &large) {
		t.Errorf("an endless device: %v", err)
	}
	if _, err := localfile.Read(path+"-none", 1); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	if err := localfile.CheckUsable(path + "-none"); err != nil {
		t.Errorf("a file that may still be made: %v", err)
	}
}

func TestReadNamedTakesPipes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	wrote := make(chan error, 1)
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, err = f.WriteString("given")
			err = errors.Join(err, f.Close())
		}
		wrote <- err
	}()
	text, err := localfile.ReadNamed(t.Context(), path, 1<<10, nil)
	if string(text) != "given" || err != nil {
		t.Errorf("a pipe gives %q, %v", text, err)
	}
	if err := <-wrote; err != nil {
		t.Fatal(err)
	}
}

func TestReadNamedEndsWithItsContext(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := localfile.ReadNamed(ctx, path, 1<<10, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a pipe that nobody writes to: %v", err)
	}
	for _, name := range []string{"folder", "socket"} {
		for other, word := range others(t) {
			if filepath.Base(other) != name {
				continue
			}
			if _, err := localfile.ReadNamed(t.Context(), other, 1<<10, nil); err == nil || !strings.Contains(err.Error(), word) {
				t.Errorf("%s as input: %v", name, err)
			}
		}
	}
}

func TestAppendDoesNotWaitForAReader(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := localfile.Append(path); err == nil {
		_ = f.Close()
		t.Error("a pipe that nobody reads was opened")
	}
	file := filepath.Join(t.TempDir(), "log")
	for range 2 {
		f, err := localfile.Append(file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteString("line\n")
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := localfile.Read(file, 1<<10); string(text) != "line\nline\n" || err != nil {
		t.Errorf("the file holds %q, %v", text, err)
	}
}
