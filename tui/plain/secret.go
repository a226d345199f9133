package plain

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"mimecred/tui/tty"
)

// TerminalSecret makes a reader of secrets for the terminal behind fd: nothing is shown while it is typed or pasted. A paste
// of several lines is one secret, whose lines come back with line breaks between them; whatever the terminal had ready
// behind the first line break belongs to it and never answers the next question.
//
// It writes nothing: Run has written the prompt, and ends the line afterwards.
func TerminalSecret(fd uintptr) func(prompt string) (string, error) {
	return terminalSecret(fd, &stops{fd: fd, jobs: &tty.Jobs{}, again: make(chan struct{}, 1)}, newInput(strings.NewReader("")))
}

// terminalSecret is TerminalSecret for a program whose stops are watched. What in has read of the terminal comes first.
func terminalSecret(fd uintptr, stopped *stops, in *input) func(prompt string) (string, error) {
	return func(string) (string, error) {
		text, err := readTerminal(fd, stopped, in)
		switch {
		case err == nil, errors.Is(err, io.EOF), errors.Is(err, errTooLong):
			return text, err
		default:
			return "", fmt.Errorf("read from the terminal without echo: %w", err)
		}
	}
}

// The keys that edit a line which the terminal does not edit for us.
const (
	keyEOF       = 0x04
	keyBackspace = 0x08
	keyClear     = 0x15
	keyWord      = 0x17
	keySuspend   = 0x1a
	keyEscape    = 0x1b
	keyDelete    = 0x7f
)

// burst is one secret as it arrives key by key. A return key ends it, unless more is there already: then it was a line
// break in the middle of a paste.
type burst struct {
	text    []byte
	escape  escape
	tooLong bool
	// returned is set when the byte before was a carriage return: a line feed behind it belongs to it.
	returned bool
}

// escape is how far a sequence of an arrow or function key has been dropped.
type escape int

const (
	escapeNone escape = iota
	escapeBegun
	escapeBody
)

// readBurst reads a secret from read, which gives what is there and waits when nothing is. After errStopped the secret
// begins anew. more tells whether something is there already, or will be within a moment.
func readBurst(read func([]byte) (int, error), more func() bool) (string, error) {
	var b burst
	buffer := make([]byte, 1024)
	for {
		n, err := read(buffer)
		for i, c := range buffer[:max(n, 0)] {
			last := i == n-1
			switch {
			case c == '\r' || c == '\n':
				if last && !more() {
					return b.done()
				}
				if c == '\r' || !b.returned {
					b.put('\n')
				}
			case c == keyEOF && last && len(b.text) == 0:
				return "", io.EOF
			default:
				b.key(c)
			}
			b.returned = c == '\r'
		}
		switch {
		case errors.Is(err, errStopped):
			b = burst{}
		case err == nil && n > 0:
		case (err == nil || errors.Is(err, io.EOF)) && len(b.text) == 0:
			return "", io.EOF
		case err == nil || errors.Is(err, io.EOF):
			return b.done()
		default:
			return "", err
		}
	}
}

// done drops the line breaks that a paste ended with.
func (b *burst) done() (string, error) {
	if b.tooLong {
		return "", errTooLong
	}
	return strings.TrimRight(string(b.text), "\n"), nil
}

func (b *burst) put(c byte) {
	if len(b.text) >= maxLine {
		b.tooLong = true
		return
	}
	b.text = append(b.text, c)
}

func (b *burst) key(c byte) {
	switch {
	case b.escape != escapeNone:
		b.skip(c)
	case c == keyEscape:
		b.escape = escapeBegun
	case c == keyBackspace || c == keyDelete:
		_, size := utf8.DecodeLastRune(b.text)
		b.text = b.text[:len(b.text)-size]
	case c == keyClear:
		b.text, b.tooLong = b.text[:0], false
	case c == keyWord:
		kept := bytes.TrimRight(b.text, " ")
		b.text = kept[:bytes.LastIndexByte(kept, ' ')+1]
	case c == keyEOF:
	default:
		b.put(c)
	}
}

// skip drops one byte of an escape sequence: ESC [ … final, ESC O final, or ESC and one character.
func (b *burst) skip(c byte) {
	switch {
	case b.escape == escapeBegun && (c == '[' || c == 'O'):
		b.escape = escapeBody
	case b.escape == escapeBody && (c < '@' || c > '~'):
	default:
		b.escape = escapeNone
	}
}
