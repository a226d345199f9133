//go:build unix

package main

import (
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// inShell starts a command below a shell with job control.
func inShell(t *testing.T, p program, args ...string) *job {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "mimecred-shell", append([]string{"mimecred"}, args...)...)
	cmd.Dir, cmd.Env = p.home, p.env
	return onPty(t, cmd)
}

// child is the process that the shell runs.
func (j *job) child() int {
	j.t.Helper()
	out, err := exec.CommandContext(j.t.Context(), "ps", "-o", "pid=", "--ppid", strconv.Itoa(j.cmd.Process.Pid)).Output()
	if err != nil {
		j.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		j.t.Fatal(err)
	}
	return pid
}

// quiet waits until the terminal shows nothing that is typed.
func (j *job) quiet() *job {
	j.t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	late := time.NewTimer(30 * time.Second)
	defer late.Stop()
	for j.loud() {
		select {
		case <-look.C:
		case <-late.C:
			j.t.Fatalf("the echo stays on:\n%s", j.text())
		}
	}
	return j
}

// TestStoppedAtASecret stops the line mode at secret prompts, by ctrl+z and from outside: meanwhile the terminal is as it
// was, afterwards the echo is off and the question asked again, and what was typed before counts for nothing.
func TestStoppedAtASecret(t *testing.T) {
	t.Parallel()
	for prompt, answers := range secretPrompts() {
		t.Run(prompt, func(t *testing.T) {
			t.Parallel()
			j := inShell(t, newProgram(t), "--plain", "--store", "memory", "setup")
			for _, answer := range answers {
				j.see(": ").send(answer + "\r")
			}
			j.see(prompt).quiet().send("first-part").send("\x1a")
			j.see("stopped by " + strconv.Itoa(int(syscall.SIGTSTP)) + ", as it was: true").send("fg\r")
			j.see("goes on").see(prompt).quiet()
			if err := syscall.Kill(j.child(), syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			j.see("stopped by " + strconv.Itoa(int(syscall.SIGSTOP))).send("fg\r")
			j.see("goes on").see(prompt).quiet().send("SECOND-PART\r")
			j.see(map[string]string{"Client Secret (hidden)": ": Check", "Application Key (hidden)": ": Keys"}[prompt])
			if !strings.Contains(j.said(), "11 characters") {
				t.Errorf("what was typed before the stop counts:\n%s", j.text())
			}
			if strings.Contains(j.said(), "first-part") || strings.Contains(j.said(), "SECOND-PART") {
				t.Errorf("the secret was shown:\n%s", j.text())
			}
			j.send("\x03").see("ended: 130")
		})
	}
}

// TestStoppedOnAScreen stops the screens in the same ways: what the shell is told lands in no field, and the screen is drawn
// anew.
func TestStoppedOnAScreen(t *testing.T) {
	t.Parallel()
	j := inShell(t, newProgram(t), "demo")
	j.see("Welcome").send("\r").see("Which product?").send("my-name").see("my-name").send("\x1a")
	j.see("stopped by " + strconv.Itoa(int(syscall.SIGTSTP)) + ", as it was: true").send("fg\r")
	j.see("goes on").see("my-name").quiet()
	if err := syscall.Kill(j.child(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	j.see("stopped by " + strconv.Itoa(int(syscall.SIGSTOP))).send("foreground\r")
	j.see("goes on").see("my-name").quiet().send("2").see("my-name2")
	if strings.Contains(j.text(), "fg") || strings.Contains(j.text(), "foreground") {
		t.Errorf("what the shell was told is on the screen:\n%s", j.text())
	}
	j.send("\x1a").see("as it was: true")
	pid := j.child()
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGCONT); err != nil { // as a shell's kill does
		t.Fatal(err)
	}
	j.see("as it was: true")
}

// secretPrompts are ways to a secret prompt of the line mode.
func secretPrompts() map[string][]string {
	return map[string][]string{
		"Client Secret (hidden)":   {"", "2.0", "!", "region", "http://127.0.0.1:1", "", "an-id"},
		"Application Key (hidden)": {"", "1.0", "yes", "http://127.0.0.1:1", "", "an-id"},
	}
}

// TestSignalsAtASecret sends each signal while the line mode waits for a secret.
func TestSignalsAtASecret(t *testing.T) {
	t.Parallel()
	for prompt, answers := range secretPrompts() {
		for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(prompt+" "+unix.SignalName(s), func(t *testing.T) {
				t.Parallel()
				j := onPty(t, newProgram(t).command(t, "--plain", "--store", "memory", "setup"))
				for _, answer := range answers {
					j.see(": ").send(answer + "\r")
				}
				j.see(prompt).quiet()
				at := time.Now()
				if err := j.cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				<-j.ended
				if took := j.gone.Sub(at); took > goneWithin {
					t.Errorf("it took %v", took)
				}
				if code := j.cmd.ProcessState.ExitCode(); code != exitInterrupted || !j.loud() {
					t.Errorf("exit %d, echo %t:\n%s", code, j.loud(), j.text())
				}
			})
		}
	}
}

// TestSecondSignal ends the program at once on a terminal that does not read, also while something is waited for.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(unix.SignalName(s), func(t *testing.T) {
			t.Parallel()
			master, tty, err := pty.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _, _ = tty.Close(), master.Close() }()
			before, err := term.GetState(tty.Fd())
			if err != nil {
				t.Fatal(err)
			}
			fill(t, tty)
			cmd := newProgram(t).command(t, "demo")
			cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			j := &job{t: t, tty: tty}
			j.quiet() // raw mode: the first picture is on its way
			begun := time.Now()
			for range 2 {
				if err := cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				<-time.After(20 * time.Millisecond) // two equal signals at once are one
			}
			_ = cmd.Wait() // its exit code is looked at below
			if took := time.Since(begun); took > time.Second || cmd.ProcessState.ExitCode() != exitInterrupted {
				t.Errorf("%v after %v", cmd.ProcessState, took)
			}
			if after, err := term.GetState(tty.Fd()); err != nil || *after != *before {
				t.Errorf("the terminal is not as it was (%v)", err)
			}
		})
	}
}

// fill writes to a terminal that nobody reads until it takes nothing more.
func fill(t *testing.T, tty *os.File) {
	t.Helper()
	fd := int(tty.Fd())
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := unix.Write(fd, make([]byte, 512)); err != nil {
			break
		}
	}
	if err := unix.SetNonblock(fd, false); err != nil {
		t.Fatal(err)
	}
}

// TestClosedTerminalUnderNohup: where SIGHUP is ignored, the end of the terminal is the end of the program.
func TestClosedTerminalUnderNohup(t *testing.T) {
	t.Parallel()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	cmd := newProgram(t).command(t, "demo")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, io.Discard
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	cmd.Args = []string{"sh", "-c", `trap "" HUP; exec mimecred demo`}
	if cmd.Path, err = exec.LookPath("sh"); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	j := &job{t: t, tty: tty}
	j.quiet()
	_ = tty.Close()
	if err := master.Close(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // its exit code is looked at below
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		_ = cmd.Process.Kill()
		t.Fatal("it goes on without a terminal")
	}
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit %d", code)
	}
}
