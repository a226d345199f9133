//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"golang.org/x/sys/unix"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// kindVariable tells the program mimecred-at which kind of screen it begins with.
const kindVariable = "MIMECRED_TEST_SCREEN"

// onTerminals are the programs of the tests that need a terminal of Unix.
func onTerminals() map[string]func() {
	return map[string]func(){"mimecred-at": at, "mimecred-shell": shell}
}

// at is the program mimecred-at: mimecred on one kind of screen, with a Mimecast that never answers.
func at() {
	ctx, stop := catchSignals()
	a := newApp(streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.Getenv)
	code := a.report(ctx, a.screenOf(ctx, os.Getenv(kindVariable)))
	stop()
	os.Exit(code)
}

// screenOf shows a kind of screen.
func (a *app) screenOf(ctx context.Context, kind string) error {
	mute, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer func() { _ = mute.Close() }() // also so that it is not collected as garbage, which would close it
	url := "http://" + mute.Addr().String()
	store := credstore.NewMemory()
	vault := credstore.NewVault(credstore.NewMemoryIndex(), time.Now, store)
	env := step.Env{Service: lifecycle.Service{Vault: vault, Profiles: vault}, Stores: []step.StoreChoice{sessionOnly()}}
	answers := flow.Answers{Change: lifecycle.Change{Store: storeMemory}}
	switch kind {
	case "list", "check":
		answers.Purpose = flow.AtHome
		p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: url}}
		if _, err := vault.Stage(ctx, storeMemory, p, client.OAuth{ClientID: "an-id", ClientSecret: secret.New("a-secret")}, credstore.Pasted); err != nil {
			return fmt.Errorf("stage: %w", err)
		}
		if _, err := vault.Activate(ctx, "acme", credstore.CheckSummary{At: time.Now(), OK: true}); err != nil {
			return fmt.Errorf("activate: %w", err)
		}
		if err := vault.End(ctx, "acme", credstore.Finished); err != nil {
			return fmt.Errorf("finish: %w", err)
		}
	case "sign-in", "dialog":
		answers = flow.Answers{
			Change: lifecycle.Change{
				Name: "acme", Store: storeMemory, API: client.API10, BaseURL: url, ApplicationID: "an-application",
				ApplicationKey: secret.New("a-key"), Email: "svc@example.com",
				SignIn: client.SignInCloud, Password: secret.New("a-password"),
			},
			KeysWay: flow.CreateHere, Given: map[flow.Step]bool{},
		}
		for step := flow.Integration; step <= flow.Application; step++ {
			answers.Given[step] = true
		}
	}
	return a.wizard(ctx, env, answers)
}

// shell is the program mimecred-shell: it runs a command as a shell with job control does. When the command is stopped it
// takes the terminal, says how it finds that, reads a line, and lets the command go on.
func shell() {
	before, err := term.GetState(0)
	if err != nil {
		panic(err)
	}
	cmd := exec.CommandContext(context.Background(), os.Args[1], os.Args[2:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Foreground: true, Ctty: 0}
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	signal.Ignore(syscall.SIGTTOU) // not before: the command would inherit it
	lines := bufio.NewReader(os.Stdin)
	for {
		var status syscall.WaitStatus
		if _, err := syscall.Wait4(cmd.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil {
			panic(err)
		}
		own := unix.Getpgrp()
		_ = unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, own)
		found, _ := term.GetState(0)
		_ = term.SetState(0, before)
		if !status.Stopped() {
			fmt.Printf("\r\nended: %d\r\n", status.ExitStatus())
			return
		}
		fmt.Printf("\r\nstopped by %d, as it was: %t\r\n", status.StopSignal(), *found == *before)
		if _, err := lines.ReadString('\n'); err != nil {
			panic(err)
		}
		fmt.Print("\x1b[2J\x1b[Hgoes on\r\n")
		_ = unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, cmd.Process.Pid)
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGCONT)
	}
}

// job is a program on a pseudo-terminal of its own, with a virtual terminal that draws what it writes.
type job struct {
	t           testing.TB
	cmd         *exec.Cmd
	master, tty *os.File
	before      *term.State
	// ended is closed at gone, when the program has ended.
	ended chan struct{}
	gone  time.Time

	mu     sync.Mutex
	screen vt10x.Terminal
	raw    bytes.Buffer
	grew   chan struct{}
}

// onPty starts a program on a terminal of 80×24.
func onPty(t testing.TB, cmd *exec.Cmd) *job {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	j := &job{
		t: t, cmd: cmd, master: master, tty: tty, ended: make(chan struct{}),
		screen: vt10x.New(vt10x.WithSize(80, 24)), grew: make(chan struct{}, 1),
	}
	if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	if j.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		j.read()
	}()
	go func() {
		_ = cmd.Wait() // its exit code is asked for where it matters
		j.gone = time.Now()
		close(j.ended)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = tty.Close()
		_ = master.Close()
		<-read
		<-j.ended
	})
	return j
}

func (j *job) read() {
	buffer := make([]byte, 32<<10)
	for {
		n, err := j.master.Read(buffer)
		j.mu.Lock()
		j.raw.Write(buffer[:n])
		_, _ = j.screen.Write(buffer[:n])
		j.mu.Unlock()
		select {
		case j.grew <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (j *job) text() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.screen.String()
}

// see waits for words on the screen.
func (j *job) see(words string) *job {
	j.t.Helper()
	late := time.NewTimer(30 * time.Second)
	defer late.Stop()
	for !strings.Contains(j.text(), words) {
		select {
		case <-j.grew:
		case <-late.C:
			j.t.Fatalf("%q never came:\n%s", words, j.text())
		}
	}
	return j
}

func (j *job) send(keys string) *job {
	j.t.Helper()
	if _, err := io.WriteString(j.master, keys); err != nil {
		j.t.Fatal(err)
	}
	return j
}

// loud tells whether the terminal shows what is typed.
func (j *job) loud() bool {
	j.t.Helper()
	now, err := term.GetState(j.tty.Fd())
	if err != nil {
		j.t.Fatal(err)
	}
	return now.Lflag&unix.ECHO != 0
}

// said is all that the program has written so far.
func (j *job) said() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.raw.String()
}

// wasPutBack wants the terminal as it was before the program.
func (j *job) wasPutBack() string {
	now, err := term.GetState(j.tty.Fd())
	if err != nil {
		return err.Error()
	}
	// What was written before the end may still be on its way: a mark of our own comes after it.
	if _, err := j.tty.WriteString("\r\nend of test\r\n"); err != nil {
		return err.Error()
	}
	j.see("end of test")
	j.mu.Lock()
	defer j.mu.Unlock()
	raw := j.raw.Bytes()
	switch {
	case *now != *j.before:
		return "the terminal's settings changed"
	case !j.screen.CursorVisible():
		return "the cursor is hidden"
	case bytes.LastIndex(raw, []byte("\x1b[?1049l")) < bytes.LastIndex(raw, []byte("\x1b[?1049h")):
		return "the alternate screen is still open"
	case bytes.LastIndex(raw, []byte("\x1b[?2004l")) < bytes.LastIndex(raw, []byte("\x1b[?2004h")):
		return "pastes are still bracketed"
	}
	return ""
}
