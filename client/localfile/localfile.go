// Package localfile reads files of this machine that may not be what they seem.
//
// Rules: a file of this program's own, or a setting, is read only when it is a regular file; anything else is refused
// before it is opened, so that a pipe cannot hang and a device cannot fill the memory. What a person names as input may be
// a pipe, as shells make one of <(...). Every read has a largest size.
package localfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"mimecred/client/within"
)

// OtherKindError says that a path names something that is no regular file.
type OtherKindError struct {
	Path string
	// What it is, in words: "a named pipe".
	What string
}

// Error implements error.
func (e *OtherKindError) Error() string { return e.Path + " is " + e.What + ", not a file" }

// TooLargeError says that a file is larger than what is read of it.
type TooLargeError struct {
	Path string
	// Most is the largest size in bytes.
	Most int64
}

// Error implements error.
func (e *TooLargeError) Error() string { return e.Path + " is larger than " + Size(e.Most) }

// Size is a number of bytes in words. Whole units only, since limits are whole.
func Size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

// Read gives the content of a regular file of up to most bytes. A symbolic link is followed. The error is an
// *OtherKindError, a *TooLargeError, or what the operating system says.
func Read(path string, most int64) ([]byte, error) {
	if err := Check(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the operation and the path
	}
	defer f.Close() //nolint:errcheck // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the operation and the path
	}
	if err := regular(path, info.Mode()); err != nil { // it was replaced meanwhile
		return nil, err
	}
	return limited(f, path, info.Size(), most)
}

// Check is an error when path names something that is no regular file, or that cannot be looked at. A path that does not
// exist is an fs.ErrNotExist. Nothing is opened.
func Check(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err //nolint:wrapcheck // it names the operation and the path
	}
	return regular(path, info.Mode())
}

// CheckUsable is Check for a file that need not exist yet.
func CheckUsable(path string) error {
	if err := Check(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func regular(path string, mode fs.FileMode) error {
	if mode.IsRegular() {
		return nil
	}
	return &OtherKindError{Path: path, What: kind(mode)}
}

func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	default:
		return "something else"
	}
}

// PipeWait is how long ReadNamed waits for somebody to open a named pipe for writing.
const PipeWait = 10 * time.Second

// ErrNoWriter says that nobody has opened a named pipe for writing.
var ErrNoWriter = errors.New("nobody writes to this pipe")

// ReadNamed gives the content of what a person named as input, up to most bytes: a regular file, a pipe or a device. Reading
// goes on until the other side closes it, or ctx ends. judge, when it is not nil, may refuse the open file.
func ReadNamed(ctx context.Context, path string, most int64, judge func(*os.File) error) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the operation and the path
	}
	if mode := info.Mode(); mode.IsDir() || mode&fs.ModeSocket != 0 {
		return nil, &OtherKindError{Path: path, What: kind(mode)}
	}
	f, err := opened(ctx, path)
	if err != nil {
		return nil, err
	}
	if judge != nil {
		if err := judge(f); err != nil {
			_ = f.Close()
			return nil, err
		}
	}
	return within.Context(ctx, func() ([]byte, error) {
		defer f.Close() //nolint:errcheck // it was only read
		return limited(f, path, 0, most)
	})
}

// ReadOpen gives what an open file, pipe or device has, up to most bytes, as ReadNamed does. name is what errors call it.
func ReadOpen(ctx context.Context, f *os.File, name string, most int64) ([]byte, error) {
	return within.Context(ctx, func() ([]byte, error) { return limited(f, name, 0, most) })
}

// opened opens path, which blocks for a named pipe that nobody writes to.
func opened(ctx context.Context, path string) (*os.File, error) {
	wait, cancel := context.WithTimeout(ctx, PipeWait)
	defer cancel()
	f, err := within.Context(wait, func() (*os.File, error) { return os.Open(path) })
	if err != nil && wait.Err() != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("open %s: %w", path, ErrNoWriter)
	}
	return f, err
}

func limited(r io.Reader, path string, size, most int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(size, most)) + bytes.MinRead) // in one piece, if it is as large as it was said to be
	_, err := b.ReadFrom(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, err //nolint:wrapcheck // it names the operation and the path
	case int64(b.Len()) > most:
		return nil, &TooLargeError{Path: path, Most: most}
	}
	return b.Bytes(), nil
}

// Append opens a file for lines at its end, and makes it for its owner alone when it does not exist. It may be a pipe that
// somebody reads, or a device such as a terminal.
func Append(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY|nonblock, 0o600) //nolint:wrapcheck // it names the operation and the path
}
