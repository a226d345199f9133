package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// TestProcessIsPrivate reads the facts of the running program: no core dumps, and not dumpable, so that its files in /proc belong to
// root although another user runs it. Those of a program that it does not protect belong to that user.
func TestProcessIsPrivate(t *testing.T) {
	t.Parallel()
	allowDumps(t)
	p := newProgram(t)
	cmd := p.command(t, "simulate", "--listen", "127.0.0.1:0")
	pid := running(t, cmd)
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^Max core file size +0 `).Match(limits) {
		t.Errorf("core dumps are not off:\n%s", limits)
	}
	if uid := ownerOf(t, pid); uid != 0 {
		t.Errorf("the files of the process belong to user %d: it is dumpable", uid)
	}
	other := exec.CommandContext(t.Context(), "sleep", "60")
	if os.Geteuid() == 0 {
		other.SysProcAttr = nobody()
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Process.Kill(); _ = other.Wait() })
	if uid := ownerOf(t, other.Process.Pid); uid == 0 {
		t.Error("the files of any process belong to root: this test proves nothing")
	}
}

// allowDumps lets what this test starts write core dumps, as far as this machine allows any.
func allowDumps(t *testing.T) {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &before); err != nil {
		t.Fatal(err)
	}
	raised := before
	if raised.Cur = raised.Max; raised.Max == 0 {
		t.Log("this machine allows no core dumps at all")
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_CORE, &raised); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &before) })
}

// nobody is a user without rights: root sees no difference.
func nobody() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
}

// running starts a program, as nobody where the test is root, and gives its number once it has said where it listens.
func running(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	if os.Geteuid() == 0 {
		path, err := exec.LookPath("mimecred")
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path) // nobody may not search the folders above it
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = file.Close() })
		cmd.Path, cmd.ExtraFiles, cmd.SysProcAttr, cmd.Dir = "/proc/self/fd/3", []*os.File{file}, nobody(), "/"
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("it says %q, then %v", line, err)
	}
	return cmd.Process.Pid
}

func ownerOf(t *testing.T, pid int) uint32 {
	t.Helper()
	info, err := os.Stat(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	stat, _ := info.Sys().(*syscall.Stat_t)
	return stat.Uid
}
