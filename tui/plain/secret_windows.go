package plain

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/windows"
)

// peeked is how many waiting events are looked at; a paste puts two for each character.
const peeked uint32 = 256

// readTerminal reads line by line. The console keeps what is pasted as key events until somebody reads them and shows
// nothing of it meanwhile, so the next line of a paste, with a line break behind it or not, is simply read as well.
func readTerminal(fd uintptr, stopped *stops, in *input) (string, error) {
	var lines []string
	size := 0
	for in.there() {
		line, err := in.line()
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
		size += len(line)
	}
	if len(lines) > 0 && !waits(fd) {
		return strings.TrimRight(strings.Join(lines, "\n"), "\n"), nil
	}
	for {
		if err := stopped.awaitKey(func(time.Duration) bool { return waits(fd) }); err != nil {
			return "", err
		}
		line, err := term.ReadPassword(fd)
		if err != nil {
			return "", err //nolint:wrapcheck // TerminalSecret says what was being done
		}
		lines = append(lines, string(line))
		if size += len(line); size > maxLine {
			return "", errTooLong
		}
		if !waits(fd) {
			return strings.TrimRight(strings.Join(lines, "\n"), "\n"), nil
		}
	}
}

// silence has nothing to do: the console shows a key only once somebody reads it.
func silence(uintptr) (restore func(), err error) { return func() {}, nil }

// waits tells whether a terminal has more to read.
func waits(fd uintptr) bool { return keysWait(windows.Handle(fd)) }

// tail is empty: the console gives whole lines only.
func tail(uintptr) string { return "" }

// keysWait tells whether a key was pressed that nobody has read yet. The release of the return key does not count.
func keysWait(console windows.Handle) bool {
	var waiting uint32
	if err := windows.GetNumberOfConsoleInputEvents(console, &waiting); err != nil || waiting == 0 {
		return false
	}
	room := min(waiting, peeked)
	events := make([]windows.InputRecord, room)
	if err := windows.PeekConsoleInput(console, &events[0], room, &waiting); err != nil {
		return false
	}
	for _, event := range events[:min(waiting, room)] {
		if event.EventType != windows.KEY_EVENT {
			continue
		}
		if key := event.KeyEvent(); key.KeyDown && key.Char != 0 {
			return true
		}
	}
	return false
}
