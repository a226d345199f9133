//go:build unix

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
)

// meter is the program on a terminal of 80×24 that counts what it gets.
type meter struct {
	t       *testing.T
	tty     *os.File
	mu      sync.Mutex
	shown   vt10x.Terminal
	got     int
	changed chan struct{}
}

func onMeter(t *testing.T, cmd *exec.Cmd) *meter {
	t.Helper()
	cmd.Env = append(cmd.Env, "TERM=xterm-256color", "COLORTERM=truecolor")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	c := &meter{t: t, tty: tty, shown: vt10x.New(vt10x.WithSize(80, 24)), changed: make(chan struct{}, 1)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		buffer := make([]byte, 64<<10)
		for {
			n, err := tty.Read(buffer)
			c.mu.Lock()
			c.got += n
			_, _ = c.shown.Write(buffer[:n])
			c.mu.Unlock()
			select {
			case c.changed <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = tty.Close()
		<-ended
		_ = cmd.Wait()
	})
	return c
}

// quiet waits until nothing came for a while, and gives how many bytes have come in all.
func (c *meter) quiet(while time.Duration) int {
	for {
		select {
		case <-c.changed:
		case <-time.After(while):
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.got
		}
	}
}

// see waits for words on the screen.
func (c *meter) see(words string) *meter {
	c.t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		c.mu.Lock()
		text := c.shown.String()
		c.mu.Unlock()
		if strings.Contains(text, words) {
			return c
		}
		select {
		case <-c.changed:
		case <-deadline:
			c.t.Fatalf("%q never came:\n%s", words, text)
		}
	}
}

func (c *meter) send(keys string) *meter {
	c.t.Helper()
	if _, err := io.WriteString(c.tty, keys); err != nil {
		c.t.Fatal(err)
	}
	return c
}

// settled is how long nothing comes once a key was followed: several frames.
const settled = 100 * time.Millisecond

// press sends a key and gives how many bytes it made the program write.
func (c *meter) press(key string) int {
	c.t.Helper()
	before := c.quiet(settled)
	c.send(key)
	return c.quiet(settled) - before
}

// most is how many bytes a keystroke in an input, and a turn of the spinner, may make the program write.
const most = 64

// TestBytesOfTheDemo goes from the start to a saved credential with the real program on a real terminal: what a keystroke costs over a
// slow line, and that nothing is written while nobody does anything.
func TestBytesOfTheDemo(t *testing.T) {
	t.Parallel()
	c := onMeter(t, newProgram(t).command(t, "demo"))
	enters := 0
	enter := func() { enters++; c.quiet(settled); c.send("\r") }
	c.see("Welcome")
	enter()
	c.see("Which product?")
	total, typed := 0, "axonius"
	for _, key := range typed {
		n := c.press(string(key))
		t.Logf("%q in a search, which draws another list: %d bytes", key, n)
		total += n
	}
	t.Logf("%d bytes for %d letters of a search", total, len(typed))
	c.send("\x15\x1b[5~").see("● Not listed")
	enter()
	c.see("Which API")
	enter()
	c.see("Integrations Hub")
	enter()
	c.see("Client ID")
	first := map[string]string{"\t": "another field has the focus", "s": "the length takes the place of what an empty field shows"}
	for _, key := range []string{"a", "b", "Z", "9", "\x7f", "\x1b[D", "c", "\x1b[C", "\t", "s", "e", "\x7f"} {
		n := c.press(key)
		t.Logf("%q in an input: %d bytes", key, n)
		if n > most && first[key] == "" {
			t.Errorf("%q costs %d bytes, want at most %d", key, n, most)
		}
	}
	before := c.quiet(settled)
	time.AfterFunc(2*time.Second, func() { c.changed <- struct{}{} })
	<-c.changed
	if after := c.quiet(settled); after != before {
		t.Errorf("%d bytes in 2 s in which nobody did anything", after-before)
	}
	c.send("\x06").see("fills it in")
	enter()
	c.see("Is this your tenant?")
	c.quiet(400*time.Millisecond + settled) // what came by itself swallows keys for so long
	enter()
	c.see("ready")
	c.mu.Lock()
	defer c.mu.Unlock()
	t.Logf("%d bytes from the start to saved, %d presses of enter", c.got, enters)
	if enters > 6 {
		t.Errorf("%d presses of enter", enters)
	}
}

// TestBytesOfASpinner: while Mimecast does not answer, each turn costs a few bytes.
func TestBytesOfASpinner(t *testing.T) {
	t.Parallel()
	silent := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-silent }))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(silent) })
	c := onMeter(t, newProgram(t).command(t, "setup", "acme", "--store", "memory"))
	c.see("enter")
	c.quiet(settled)
	c.send("\r").see("Which product?").quiet(settled)
	c.send("\r").see("Which API").quiet(settled)
	c.send("\r").see("Integrations Hub").quiet(settled)
	c.send("\r").see("Client ID").quiet(settled)
	c.send("\x07").see("Change an answer")
	c.send("\x1b[B\x1b[B\x1b[B").see("› Region")
	c.send("\r").see("Paste the address").quiet(settled)
	c.send(server.URL).see("An address on this machine").quiet(settled)
	c.send("\r").see("Client ID").quiet(settled)
	c.send("\x1b[200~" + strings.Repeat("a1", 24) + "\n" + strings.Repeat("b2", 32) + "\x1b[201~").quiet(settled)
	c.send("\r").see("Reach")
	// The first second has the rest of the page in it. From then on only the spinner turns, and the seconds are counted.
	after := func(d time.Duration) int {
		until := time.After(d)
		for {
			select {
			case <-c.changed:
			case <-until:
				c.mu.Lock()
				defer c.mu.Unlock()
				return c.got
			}
		}
	}
	from := after(time.Second)
	const turns = 10 // a second, see field.Spinner
	n := (after(time.Second) - from) / turns
	t.Logf("%d bytes a turn of the spinner", n)
	if n == 0 || n > most {
		t.Errorf("a turn of the spinner costs %d bytes, want some and at most %d:\n%s", n, most, c.shown.String())
	}
}
