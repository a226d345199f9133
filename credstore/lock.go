package credstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"mimecred/client/localfile"
)

// lockPoll is how often a lock of another process is tried again.
const lockPoll = 5 * time.Millisecond

// lockFile locks path, waiting for it until ctx ends. The operating system frees it when the process dies.
// The file is removed when the lock is released, and has the number of the process meanwhile.
func lockFile(ctx context.Context, path string) (release func(), err error) {
	if err := ours("lock "+path, path); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the directory of %s: %w", path, err)
	}
	if err := localfile.CheckUsable(path); err != nil { // locking a pipe would wait for its other end
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	for {
		f := flock.New(path, flock.SetPermissions(0o600))
		ok, err := f.TryLockContext(ctx, lockPoll)
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			return nil, lockedBy(path)
		case err != nil:
			return nil, fmt.Errorf("lock %s: %w", path, err)
		case ok && current(f):
			_ = os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())), 0o600)
			return func() {
				_ = os.Remove(path)
				_ = f.Close()
			}, nil
		}
		_ = f.Close() // the one who had it removed the file meanwhile
	}
}

// current tells whether the file that f locked is still the one at its path.
func current(f *flock.Flock) bool {
	locked, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(f.Path())
	return err == nil && os.SameFile(locked, there)
}

// lockedBy is the error for a lock that somebody else has.
func lockedBy(path string) error {
	who := "another mimecred"
	if text, err := localfile.Read(path, largestNote); err == nil {
		if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
			who = fmt.Sprintf("another mimecred (process %d)", pid)
		}
	}
	return &Error{Kind: Conflict, Op: "wait for the lock", Err: errors.New(who + " is changing it")}
}

// profileWait is how long a change of a profile waits for that of another process before it fails: long enough for
// every change in which nobody is asked.
const profileWait = time.Second

// lockProfile keeps other processes from changing the profile until release is called.
func (x *Index) lockProfile(ctx context.Context, name string) (release func(), err error) {
	if x.dir == "" {
		x.mu.Lock()
		defer x.mu.Unlock()
		if x.lockedHere[name] {
			return nil, &Error{Kind: Conflict, Op: "wait for the lock", Err: errors.New("another part of this program is changing it")}
		}
		x.lockedHere[name] = true
		return func() {
			x.mu.Lock()
			defer x.mu.Unlock()
			delete(x.lockedHere, name)
		}, nil
	}
	wait, cancel := context.WithTimeout(ctx, profileWait)
	defer cancel()
	release, err = lockFile(wait, x.profileLock(name))
	if err != nil && ctx.Err() != nil {
		return nil, &Error{Kind: contextKind(ctx.Err()), Op: "wait for the lock", Err: ctx.Err()}
	}
	return release, err
}

// profileLock is the file whose lock is that of a profile.
func (x *Index) profileLock(name string) string {
	return filepath.Join(x.dir, "locks", "profile-"+name+".lock")
}

// isLocked tells whether somebody has the lock of path now. It waits for nobody and leaves nothing behind.
func isLocked(path string) bool {
	if localfile.Check(path) != nil {
		return false
	}
	f := flock.New(path, flock.SetFlag(os.O_RDONLY))
	defer f.Close() //nolint:errcheck // it was only looked at
	ok, err := f.TryRLock()
	return err == nil && !ok
}

// locked tells whether another process has the lock of the profile.
func (x *Index) locked(name string) bool {
	if x.dir == "" {
		x.mu.Lock()
		defer x.mu.Unlock()
		return x.lockedHere[name]
	}
	return isLocked(x.profileLock(name))
}
