package main

import (
	"bufio"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func TestEnvironment(t *testing.T) {
	t.Parallel()
	base := []string{
		"PATH=/bin", "HOME=/home/me", "LC_ALL=C", "TERM=xterm", "TZ=UTC", "CLIENT_ID=old", "CLIENT_ID_2=kept", "AWS_SECRET=other",
		"EMPTY=", "MIMECRED_PASSPHRASE_FILE=/x",
	}
	added := []string{"CLIENT_ID=new", "CLIENT_SECRET=a=b\nc"}
	got := environment(base, added, false)
	want := append(slices.DeleteFunc(slices.Clone(base), func(s string) bool { return s == "CLIENT_ID=old" }), added...)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	got = environment(base, added, true)
	want = append([]string{"PATH=/bin", "HOME=/home/me", "LC_ALL=C", "TERM=xterm", "TZ=UTC"}, added...)
	if !slices.Equal(got, want) {
		t.Errorf("pristine: got %q, want %q", got, want)
	}
	if got := environment([]string{"=C:=C:\\", "", "="}, nil, runtime.GOOS != "windows"); runtime.GOOS != "windows" && len(got) != 0 {
		t.Errorf("odd names give %q", got)
	}
}

// TestExecUsage: everything but NAME -- COMMAND is refused, and a program that is not there is told before the store is
// opened. None of these may reach the point where this process would be replaced.
func TestExecUsage(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"exec", "exec acme", "exec acme --", "exec -- env", "exec acme env", "exec acme other -- env"} {
		got := call(t, map[string]string{"MIMECRED_STORE": storeMemory}, "", strings.Fields(line)...)
		if got.code != exitUsage || !strings.Contains(got.err, "hint: usage: mimecred exec NAME [flags] -- COMMAND") {
			t.Errorf("%s: exit %d, %s", line, got.code, got.err)
		}
	}
	s := withProfile(t, axonius())
	folder := t.TempDir()
	locked := filepath.Join(folder, "locked")
	if err := os.WriteFile(locked, []byte("#!/bin/sh\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		o    execOptions
		exit int
		says string
	}{
		"nobody":         {execOptions{name: "nobody", command: []string{"true"}}, exitUsage, "no profile"},
		"not found":      {execOptions{name: "acme", command: []string{"no-such-program-of-mine"}}, exitNotFound, "no program"},
		"no such path":   {execOptions{name: "acme", command: []string{folder + "/none"}}, exitNotFound, "no program"},
		"not executable": {execOptions{name: "acme", command: []string{locked}}, exitNotExecutable, "permission denied"},
		"a folder":       {execOptions{name: "acme", command: []string{folder}}, exitNotExecutable, "run "},
		"prefix":         {execOptions{name: "acme", command: []string{os.Args[0]}, prefix: "a b"}, exitUsage, "no name of a variable"},
	} {
		if runtime.GOOS == "windows" && strings.HasPrefix(name, "not exec") {
			continue // Windows tells programs by the ending of their name
		}
		_, err := s.prepare(t.Context(), c.o)
		if err == nil {
			t.Errorf("%s: would run", name)
			continue
		}
		wantExit(t, err, c.exit, c.says)
	}
}

// TestExecNamesTheVariables: the integration's own names where it has any, the prefix and the value's name otherwise.
func TestExecNamesTheVariables(t *testing.T) {
	t.Parallel()
	s := withProfile(t, axonius())
	c, err := s.prepare(t.Context(), execOptions{name: "acme", command: []string{os.Args[0], "a b", ""}, pristine: true, prefix: "MC_"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.args, []string{os.Args[0], "a b", ""}) || !filepath.IsAbs(c.path) {
		t.Errorf("runs %q with %q", c.path, c.args)
	}
	got := map[string]string{}
	for _, pair := range c.env {
		if name, value, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "MC_") {
			got[name] = value
		} else if !needed(name) {
			t.Errorf("a pristine environment has %s", name)
		}
	}
	want := map[string]string{
		"MC_BASE_URL": "https://api.services.mimecast.com", "MC_CLIENT_ID": "made-up-id", "MC_CLIENT_SECRET": "made-up-secret",
		"MC_INTERNAL_DOMAIN": "example.com", "MC_PROXY_URL": "http://proxy.example:3128", "MC_PROXY_USERNAME": "me",
		"MC_PROXY_PASSWORD": "made up 'password' $HOME",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v", slices.Sorted(maps.Keys(got)))
	}
}

// TestExecTakesTheIntegrationsNames: JupiterOne reads the keys of API 1.0 from names that sound like API 2.0.
func TestExecTakesTheIntegrationsNames(t *testing.T) {
	t.Parallel()
	s := withProfile(t, jupiterone())
	c, err := s.prepare(t.Context(), execOptions{name: "acme", command: []string{os.Args[0]}})
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range []string{
		"APP_ID=made-up-app", "APP_KEY=made-up-app-key", "CLIENT_ID=made-up-access", "CLIENT_SECRET=bWFkZS11cA==",
		"MIMECAST_BASE_URL=https://us-api.mimecast.com",
	} {
		if !slices.Contains(c.env, pair) {
			name, _, _ := strings.Cut(pair, "=")
			t.Errorf("%s is not what it should be", name)
		}
	}
}

// TestExecIsTheProgram: a signal that is sent to mimecred is the program's, which handles it and chooses the exit code;
// and what dies of a signal has died of it for the caller too.
func TestExecIsTheProgram(t *testing.T) {
	t.Parallel()
	p := savedProfile(t)
	cmd := p.command(t, "exec", "oauth-ok", "--", "sh", "-c", `trap "echo got it; exit 7" TERM; echo ready; while :; do read line; done`)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the program said %q, %v", line, err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(lines)
	if err != nil || string(rest) != "got it\n" {
		t.Errorf("after the signal it said %q, %v", rest, err)
	}
	if code := exitOf(t, cmd.Wait()); code != 7 {
		t.Errorf("exit %d, want 7", code)
	}

	cmd = p.command(t, "exec", "oauth-ok", "--", "sh", "-c", `kill -KILL $$`)
	_ = cmd.Run() // how it ended is in ProcessState
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGKILL {
		t.Errorf("it ended as %v", cmd.ProcessState)
	}
}

// TestExecStreams: a line goes in and comes out while the program goes on.
func TestExecStreams(t *testing.T) {
	t.Parallel()
	cmd := savedProfile(t).command(t, "exec", "oauth-ok", "--", "sh", "-c", `while read line; do echo "$line back"; done`)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for _, word := range []string{"one", "two"} {
		if _, err := io.WriteString(in, word+"\n"); err != nil {
			t.Fatal(err)
		}
		if line, err := lines.ReadString('\n'); err != nil || line != word+" back\n" {
			t.Fatalf("%q came back, %v", line, err)
		}
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if code := exitOf(t, cmd.Wait()); code != exitDone {
		t.Errorf("exit %d", code)
	}
}
