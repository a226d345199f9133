package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
)

// patience is how long a screen may take to come to rest, and quiet how long nothing must change for that.
const (
	patience = 30 * time.Second
	quiet    = 250 * time.Millisecond
)

// errEnded means that the program has ended.
var errEnded = errors.New("the program has ended")

// session is the program on a pseudo-terminal, and the terminal that draws what it writes.
type session struct {
	master *os.File
	cmd    *exec.Cmd

	mu      sync.Mutex
	screen  vt10x.Terminal
	changed chan struct{}
	ended   chan struct{}
}

// open starts the program with an environment of its own: nothing of this machine shows.
func open(program string, l look, width, height int, home string, args ...string) (*session, error) {
	cmd := exec.Command(program, args...) //nolint:gosec,noctx // it is ended by close
	cmd.Env = append([]string{"HOME=" + home, "TMPDIR=" + home, "LANG=C.UTF-8", "PATH=" + os.Getenv("PATH")}, l.environment...)
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}) //nolint:gosec // a size of a window
	if err != nil {
		return nil, fmt.Errorf("start the program on a terminal: %w", err)
	}
	s := &session{
		master: master, cmd: cmd, screen: vt10x.New(vt10x.WithSize(width, height)),
		changed: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	go s.read(l)
	return s, nil
}

// read draws what the program writes, and answers its question for the background as a terminal does.
func (s *session) read(l look) {
	defer close(s.ended)
	buffer := make([]byte, 64<<10)
	for {
		n, err := s.master.Read(buffer)
		if n > 0 {
			s.mu.Lock()
			_, _ = s.screen.Write(buffer[:n])
			s.mu.Unlock()
			if bytes.Contains(buffer[:n], []byte("\x1b]11;?")) {
				_ = s.send("\x1b]11;" + l.answer + "\x1b\\")
			}
			select {
			case s.changed <- struct{}{}:
			default:
			}
		}
		if err != nil {
			return
		}
	}
}

func (s *session) send(keys string) error {
	if _, err := io.WriteString(s.master, keys); err != nil {
		return fmt.Errorf("press %q: %w", keys, err)
	}
	return nil
}

// settle waits until the screen has come to rest and shows something. The error is errEnded when the program has ended.
func (s *session) settle() error {
	late := time.NewTimer(patience)
	defer late.Stop()
	still := time.NewTimer(quiet)
	defer still.Stop()
	for {
		select {
		case <-s.changed:
			still.Reset(quiet)
		case <-still.C:
			if strings.TrimSpace(s.text()) != "" {
				return nil
			}
			still.Reset(quiet)
		case <-s.ended:
			return errEnded
		case <-late.C:
			return fmt.Errorf("the screen does not come to rest:\n%s", s.text())
		}
	}
}

func (s *session) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.String()
}

// frame is what the terminal shows now.
func (s *session) frame() frame {
	s.mu.Lock()
	defer s.mu.Unlock()
	width, height := s.screen.Size()
	f := frame{rows: make([][]vt10x.Glyph, height)}
	for y := range f.rows {
		for x := range width {
			f.rows[y] = append(f.rows[y], s.screen.Cell(x, y))
		}
	}
	if s.screen.CursorVisible() {
		c := s.screen.Cursor()
		f.cursor, f.x, f.y = true, c.X, c.Y
	}
	return f
}

// close ends the program, if it still runs.
func (s *session) close() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
	_ = s.master.Close()
	<-s.ended
}
