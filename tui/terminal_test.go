//go:build unix

package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"github.com/hinshun/vt10x"

	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// terminal is a program on a pseudo-terminal, with a virtual terminal that draws what it writes.
type terminal struct {
	t      testing.TB
	master *os.File
	tty    *os.File
	cmd    *exec.Cmd
	stderr bytes.Buffer
	before *term.State

	mu      sync.Mutex
	screen  vt10x.Terminal
	raw     []byte
	blind   bool // do not draw: what is measured is the program, not the virtual terminal
	changed chan struct{}
	closed  chan struct{}
	exited  chan error
}

// on starts the test binary as a child program on a pseudo-terminal of a size.
func on(t testing.TB, what string, width, height int, environment ...string) *terminal {
	t.Helper()
	_, measured := t.(*testing.B)
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	p := &terminal{t: t, blind: measured, master: master, tty: tty, changed: make(chan struct{}, 1), closed: make(chan struct{}), exited: make(chan error, 1)}
	p.size(width, height)
	if p.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	p.screen = vt10x.New(vt10x.WithSize(min(max(width, 80), 500), min(max(height, 24), 200)))
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd = exec.Command(self)
	// A process that is killed leaves its temporary folder: it gets one that is removed with the test.
	p.cmd.Env = append(os.Environ(), append([]string{childVariable + "=" + what, "TERM=xterm-256color", "TMPDIR=" + t.TempDir()}, environment...)...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = tty, tty, &p.stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.read()
	go func() { p.exited <- p.cmd.Wait() }()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = tty.Close()
		_ = master.Close()
		<-p.closed
	})
	return p
}

func (p *terminal) size(width, height int) {
	p.t.Helper()
	if err := pty.Setsize(p.master, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		p.t.Fatal(err)
	}
}

// resize changes the window and what the virtual terminal draws on.
func (p *terminal) resize(width, height int) {
	p.mu.Lock()
	p.screen.Resize(width, height)
	p.mu.Unlock()
	p.size(width, height)
}

func (p *terminal) read() {
	defer close(p.closed)
	buffer := make([]byte, 64<<10)
	for {
		n, err := p.master.Read(buffer)
		if n > 0 {
			p.mu.Lock()
			p.raw = append(p.raw, buffer[:n]...)
			if !p.blind {
				_, _ = p.screen.Write(buffer[:n])
			}
			p.mu.Unlock()
			select {
			case p.changed <- struct{}{}:
			default:
			}
		}
		if err != nil {
			return
		}
	}
}

func (p *terminal) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

func (p *terminal) send(s string) {
	p.t.Helper()
	if _, err := io.WriteString(p.master, s); err != nil {
		p.t.Fatal(err)
	}
}

// see waits for words on screen.
func (p *terminal) see(words string) {
	p.t.Helper()
	p.until(words, func() bool { return strings.Contains(p.text(), words) })
}

func (p *terminal) until(what string, is func() bool) {
	p.t.Helper()
	deadline := time.NewTimer(60 * time.Second)
	defer deadline.Stop()
	for !is() {
		select {
		case <-p.changed:
		case <-deadline.C:
			p.t.Fatalf("%q never came:\n%s\n%s", what, p.text(), p.stderr.String())
		}
	}
}

// reading takes as long as a page that came by itself has to be shown before a key is meant for it.
func (p *terminal) reading() {
	p.t.Helper()
	<-time.NewTimer(screen.ReadTime + screen.ReadTime/4).C
}

// insist presses keys again and again, as a person does, until the program ends.
func (p *terminal) insist(keys string) {
	p.t.Helper()
	again := time.NewTicker(screen.ReadTime)
	defer again.Stop()
	for range 50 {
		p.send(keys)
		select {
		case err := <-p.exited:
			p.exited <- err
			return
		case <-again.C:
		}
	}
	p.t.Fatalf("%q does not end the program:\n%s", keys, p.text())
}

// ends waits for the program's end, gives its exit code, and asserts that the terminal is as it was.
func (p *terminal) ends() int {
	p.t.Helper()
	deadline := time.NewTimer(60 * time.Second)
	defer deadline.Stop()
	select {
	case err := <-p.exited:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			p.t.Fatal(err)
		}
	case <-deadline.C:
		p.t.Fatalf("the program does not end:\n%s", p.text())
	}
	after, err := term.GetState(p.tty.Fd())
	if err != nil {
		p.t.Fatal(err)
	}
	if diff := cmp.Diff(p.before, after, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		p.t.Errorf("the terminal's settings changed:\n%s", diff)
	}
	// What was written before the end may still be on its way: a mark of our own comes after it.
	if _, err := p.tty.WriteString("\r\nend of test\r\n"); err != nil {
		p.t.Fatal(err)
	}
	p.see("end of test")
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.screen.CursorVisible() {
		p.t.Error("the cursor is hidden")
	}
	if in, out := bytes.LastIndex(p.raw, []byte("\x1b[?1049h")), bytes.LastIndex(p.raw, []byte("\x1b[?1049l")); out < in {
		p.t.Error("the alternate screen is still open")
	}
	for _, mode := range []string{"1000", "1002", "1003", "1006", "2004"} {
		if on, off := bytes.LastIndex(p.raw, []byte("\x1b[?"+mode+"h")), bytes.LastIndex(p.raw, []byte("\x1b[?"+mode+"l")); off < on {
			p.t.Errorf("mode %s is still on", mode)
		}
	}
	return p.cmd.ProcessState.ExitCode()
}

func TestTerminalFirstFrameWithoutASize(t *testing.T) {
	t.Parallel()
	p := on(t, "wizard", 0, 0)
	p.until("a frame of 80×24", func() bool {
		lines := strings.Split(p.text(), "\n")
		return strings.Contains(lines[23], "╯") && strings.Contains(lines[0], "╭ mimecred")
	})
	p.send("\x03")
	if code := p.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(p.text(), "Nothing was saved.") {
		t.Errorf("no summary:\n%s", p.text())
	}
}

func TestTerminalResizeStorm(t *testing.T) {
	t.Parallel()
	p := on(t, "wizard", 80, 24)
	p.see("Profile name")
	for i := range 200 {
		p.size(1+i*7%150, 1+i*3%50)
	}
	p.resize(60, 20)
	p.until("a frame of 60×20", func() bool {
		lines := strings.Split(p.text(), "\n")
		return len(lines) >= 20 && strings.HasPrefix(lines[0], "╭ mimecred") && strings.HasSuffix(strings.TrimRight(lines[0], " "), "╮") &&
			len([]rune(strings.TrimRight(lines[0], " "))) == 60 && strings.Contains(lines[19], "╰")
	})
	p.send("\x03")
	p.ends()
}

func TestTerminalPaste(t *testing.T) {
	t.Parallel()
	p := on(t, "wizard", 80, 24, "MIMECRED_TEST_SIMULATOR=1")
	p.see("Profile name")
	p.send("\x06\r") // fill, enter
	p.see("● In the console")
	p.reading()
	p.send("\r")
	p.see("● Application")
	p.send("\x1b[200~an-id\n\x1b[201~\t")
	p.send("\x1b[200~top-secret-pasted\r\n\x1b[201~")
	p.see("17 characters · 1 line break removed")
	p.mu.Lock()
	if bytes.Contains(p.raw, []byte("top-secret-pasted")) {
		t.Error("the secret was written to the terminal")
	}
	p.mu.Unlock()
	p.send("\x03")
	p.see("Leave now?")
	p.insist("\x1b[B\r") // "Leave"; swallowed until the question has been there for a moment
	if code := p.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestTerminalSignals(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]syscall.Signal{"SIGTERM": syscall.SIGTERM, "SIGINT": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := on(t, "wizard", 80, 24)
			p.see("Profile name")
			if err := p.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			p.ends()
		})
	}
}

func TestTerminalPanic(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"panic-update", "panic-command"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			p := on(t, where, 80, 24)
			p.see("press x")
			p.send("x")
			if code := p.ends(); code != 70 {
				t.Errorf("exit code %d, want that of a panic; %s", code, p.stderr.String())
			}
			if !strings.Contains(p.stderr.String(), "made by the test") {
				t.Errorf("the panic is not told:\n%s", p.stderr.String())
			}
		})
	}
}

func TestTerminalTracesStayOff(t *testing.T) {
	t.Parallel()
	trace := filepath.Join(t.TempDir(), "trace")
	p := on(t, "wizard", 80, 24, "TEA_TRACE="+trace, "TEA_DEBUG=1")
	p.see("Profile name")
	p.send("abc")
	p.see("abc")
	p.send("\x03")
	p.ends()
	if _, err := os.Stat(trace); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("keystrokes were traced: %v", err)
	}
}

func TestRunNeedsATerminal(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = r.Close(), w.Close() }()
	out, err := Run(context.Background(), Options{Input: r, Output: w, Env: step.Env{}})
	if !errors.Is(err, ErrNoTerminal) || !out.Quit || !strings.Contains(err.Error(), "setup --from") {
		t.Errorf("outcome %+v, error %v", out, err)
	}
}

// TestTerminalOfAbsurdSize: a window of more cells than anybody has costs no more than a large one: nothing is kept or
// written for cells that nobody sees.
func TestTerminalOfAbsurdSize(t *testing.T) {
	t.Parallel()
	cost := func(width, height int) (written int, memory int64) {
		p := on(t, "wizard", width, height)
		p.see("Profile name")
		p.send("\x03")
		p.insist("")
		usage, ok := p.cmd.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			t.Fatal("nothing is known about the program's memory")
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.raw), int64(usage.Maxrss)
	}
	written, memory := cost(500, 200)
	for _, size := range [][2]int{{10000, 10000}, {65535, 1}, {1, 65535}} {
		w, m := cost(size[0], size[1])
		if float64(w) > 1.2*float64(written) || float64(m) > 1.2*float64(memory) {
			t.Errorf("%v: %d bytes written and %d kept at most, %d and %d at 500×200", size, w, m, written, memory)
		}
	}
}
