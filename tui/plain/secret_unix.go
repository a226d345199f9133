//go:build unix

package plain

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// pasteGap is how long the next piece of a paste may take. A person needs longer between two keys.
const pasteGap = 60 * time.Millisecond

// readTerminal reads key by key. Line by line would leave the last line of a paste, which has no line break behind it, in
// the terminal, where it would be shown and answer the next question. ctrl+c keeps its meaning, and ctrl+z has the same one
// once the echo is back.
func readTerminal(fd uintptr, stopped *stops, in *input) (string, error) {
	restore, err := silence(fd)
	if err != nil {
		return "", err
	}
	defer restore()
	read := stopped.since(func(p []byte) (int, error) {
		if n := in.r.Buffered(); n > 0 {
			return in.r.Read(p[:min(n, len(p))])
		}
		if err := stopped.awaitKey(func(within time.Duration) bool { return ready(int(fd), within) }); err != nil {
			return 0, err
		}
		return readAgain(int(fd), p)
	})
	return readBurst(read, func() bool { return in.r.Buffered() > 0 || waits(fd) })
}

// silence switches the echo and the editing of lines off, and gives what puts the terminal back as it was. It is called
// before the prompt is written, too: whoever types at the first sight of it must not be shown.
func silence(fd uintptr) (restore func(), err error) {
	before, err := term.GetState(fd)
	if err != nil {
		return nil, fmt.Errorf("ask how the terminal is set: %w", err)
	}
	silent := *before
	silent.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.IEXTEN
	silent.Lflag |= unix.ISIG
	silent.Cc[unix.VMIN], silent.Cc[unix.VTIME] = 1, 0
	silent.Cc[unix.VSUSP] = noCharacter() // readBurst sees ctrl+z, and gives the terminal back before the program stops
	if silent == *before {
		// Whoever made it silent puts it back.
		return func() {}, nil
	}
	if err := term.SetState(fd, &silent); err != nil {
		return nil, fmt.Errorf("switch the echo off: %w", err)
	}
	return func() { setBack(fd, before) }, nil
}

// noCharacter is what a terminal takes for "no character at all" in its settings.
func noCharacter() uint8 {
	switch runtime.GOOS {
	case "linux", "solaris", "illumos", "aix":
		return 0
	default:
		return 0xff
	}
}

// readAgain reads, however often a signal interrupts it.
func readAgain(fd int, p []byte) (int, error) {
	for {
		n, err := unix.Read(fd, p)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		return n, err //nolint:wrapcheck // TerminalSecret says what was being done
	}
}

// waits tells whether a terminal has more to read, or will within a moment.
func waits(fd uintptr) bool { return ready(int(fd), pasteGap) }

// tail reads what a terminal has of a line that nobody has ended yet, as the last line of a paste is. The terminal has shown it.
func tail(fd uintptr) string {
	restore, err := silence(fd)
	if err != nil {
		return ""
	}
	defer restore()
	text := make([]byte, maxLine)
	if !ready(int(fd), 0) {
		return ""
	}
	n, err := readAgain(int(fd), text)
	if err != nil {
		return ""
	}
	return string(text[:n])
}

// ready tells whether fd has something to read within the given time. select works on the terminals of every system,
// poll does not.
func ready(fd int, within time.Duration) bool {
	var set unix.FdSet
	if fd < 0 || fd >= unix.FD_SETSIZE {
		return false
	}
	set.Set(fd)
	wait := unix.NsecToTimeval(within.Nanoseconds())
	n, err := unix.Select(fd+1, &set, nil, nil, &wait)
	return err == nil && n > 0
}
