package plain

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/charmbracelet/x/term"

	"mimecred/client/secret"
)

// maxLine is the longest answer in bytes; no key of Mimecast comes near it.
const maxLine = 64 << 10

var (
	// errEnded means that there is no more input.
	errEnded = errors.New("the input ended")
	// errTooLong means that a line was longer than maxLine. It was read to its end and dropped.
	errTooLong = errors.New("the line is too long")
)

// input reads one line at a time and no more than it must: whoever reads a secret from the same terminal afterwards finds
// everything that came behind the line.
type input struct{ r *bufio.Reader }

func newInput(r io.Reader) *input { return &input{bufio.NewReaderSize(r, maxLine)} }

// line reads up to a line break, or to the end of the input when there is something before it. The line break is taken off.
func (in *input) line() (string, error) {
	var line []byte
	tooLong := false
	for {
		part, err := in.r.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			tooLong = true
			line = line[:0]
		}
		if !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return "", err //nolint:wrapcheck // awaited says what was being done
		case err != nil && len(line) == 0 && !tooLong:
			return "", errEnded
		case tooLong:
			return "", errTooLong
		}
		return chomp(string(line)), nil
	}
}

// there tells whether a whole line has been read already that nobody asked for.
func (in *input) there() bool {
	there, _ := in.r.Peek(in.r.Buffered())
	return bytes.IndexByte(there, '\n') >= 0
}

// back gives lines back: they answer the next questions.
func (in *input) back(lines []string) {
	if len(lines) == 0 {
		return
	}
	in.begin(strings.Join(lines, "\n") + "\n")
}

// begin puts text before everything else that is there.
func (in *input) begin(text string) {
	if text == "" {
		return
	}
	there := len(text) + in.r.Buffered()
	in.r = bufio.NewReaderSize(io.MultiReader(strings.NewReader(text), in.r), there+maxLine)
	_, _ = in.r.Peek(there) // so that they are there, as they were
}

// wrapped reads the lines that are there already behind first when they make up, together with it, a key of exactly want
// characters: a key that was pasted with line breaks in it. Otherwise it takes none, and gives first.
func (in *input) wrapped(first string, want int) string {
	there, _ := in.r.Peek(in.r.Buffered())
	joined, taken := first, 0
	for {
		cleaned, _ := secret.Clean(joined)
		switch n := len(cleaned); {
		case n == want && taken > 0:
			_, _ = in.r.Discard(taken)
			return joined
		case n == 0 || n >= want:
			return first
		}
		end := bytes.IndexByte(there[taken:], '\n') + 1
		next := chomp(string(there[taken : taken+end]))
		if next == "" {
			return first
		}
		joined += "\n" + next
		taken += end
	}
}

func chomp(line string) string {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// awaited gives what read returns, or ctx's error when that ends first. read then goes on until its reader gives up. again
// is called when the program was stopped meanwhile.
func (s *session) awaited(read func() (string, error), again func()) (string, error) {
	ctx := s.ctx
	if err := ctx.Err(); err != nil {
		return "", err //nolint:wrapcheck // a context's error says it all
	}
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := read()
		done <- result{text, err}
	}()
	for {
		select {
		case <-ctx.Done():
			return "", ctx.Err() //nolint:wrapcheck // a context's error says it all
		case r := <-done:
			return r.text, r.err
		case <-s.stopped.again:
			s.out.end()
			again()
		}
	}
}

// terminal gives the descriptor of a stream that is a terminal.
func terminal(stream any) (fd uintptr, ok bool) {
	f, ok := stream.(interface{ Fd() uintptr })
	if !ok || !term.IsTerminal(f.Fd()) {
		return 0, false
	}
	return f.Fd(), true
}

// keepTerminal remembers how the terminal behind in is set; the function puts it back. A run that is cancelled while a
// secret is being typed would otherwise leave it without echo.
func keepTerminal(in io.Reader) func() {
	fd, ok := terminal(in)
	if !ok {
		return func() {}
	}
	state, err := term.GetState(fd)
	if err != nil {
		return func() {}
	}
	return func() { setBack(fd, state) }
}
