//go:build !windows

package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// patience is how long a shell has for one answer on a busy machine.
const patience = time.Minute

// interactive is how a shell is started with a person's set-up and nothing of this machine: the completion script where its
// documentation says, a prompt that tells when it is ready, and ctrl+x ctrl+d, which writes the line as it is into $LINE.
type interactive struct {
	name string
	args []string
	// files are written below the home before it starts; $SCRIPT stands for what "mimecred completion" prints.
	files map[string]string
	// needs is a file that completion in this shell needs beside the shell; empty for none.
	needs string
}

const readyPrompt = "ready-for-keys> "

func interactives() []interactive {
	return []interactive{
		{name: "bash", args: []string{"--noprofile", "--rcfile", "rc", "-i"}, needs: "/usr/share/bash-completion/bash_completion", files: map[string]string{
			"script": "$SCRIPT",
			"rc": `source /usr/share/bash-completion/bash_completion
source ~/script
bind 'set enable-bracketed-paste off'
bind -x '"\C-x\C-d": printf "%s\n" "$READLINE_LINE" >"$LINE"'
PS1='` + readyPrompt + `'
`,
		}},
		{name: "zsh", args: []string{"-d", "-i"}, files: map[string]string{
			"functions/_mimecred": "$SCRIPT",
			".zshrc": `fpath=(~/functions $fpath)
autoload -U compinit; compinit -u -D
dump() { print -r -- "$BUFFER" >"$LINE" }
zle -N dump
bindkey -e
bindkey '^X^D' dump
unsetopt list_beep
PS1='` + readyPrompt + `'
`,
		}},
		{name: "fish", args: []string{"-i"}, files: map[string]string{
			"config/fish/completions/mimecred.fish": "$SCRIPT",
			"config/fish/config.fish": `set -g fish_greeting
set -g fish_autosuggestion_enabled 0
function fish_prompt; printf '` + readyPrompt + `'; end
function dump; commandline >$LINE; end
bind \cx\cd dump
`,
		}},
	}
}

// seat is a shell that somebody types into.
type seat struct {
	t      *testing.T
	keys   *os.File
	lines  *bufio.Reader
	shown  *screenText
	answer *os.File
}

// screenText is what a shell has printed so far.
type screenText struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (s *screenText) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.text.Write(p)
	select {
	case s.more <- struct{}{}:
	default:
	}
	return n, err
}

// sees waits until all the words have been printed.
func (s *seat) sees(words ...string) {
	s.t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		s.shown.mu.Lock()
		text := s.shown.text.String()
		s.shown.mu.Unlock()
		missing := ""
		for _, word := range words {
			if !strings.Contains(text, word) {
				missing = word
			}
		}
		if missing == "" {
			return
		}
		select {
		case <-s.shown.more:
		case <-late.C:
			s.t.Fatalf("%q is not shown in %q", missing, text)
		}
	}
}

func (s *seat) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		s.t.Fatal(err)
	}
}

// completed is what one tab makes of a line.
func (s *seat) completed(line string) string {
	s.t.Helper()
	s.press("\x15" + line + "\t\x18\x04")
	if err := s.answer.SetReadDeadline(time.Now().Add(patience)); err != nil {
		s.t.Fatal(err)
	}
	got, err := s.lines.ReadString('\n')
	if err != nil {
		s.shown.mu.Lock()
		defer s.shown.mu.Unlock()
		s.t.Fatalf("after %q and tab: %v; shown is %q", line, err, s.shown.text.String())
	}
	return strings.TrimRight(got, " \n")
}

// sit starts a shell for a program; where the shell is missing the test is skipped, which is a failure under CI=true.
func sit(t *testing.T, shell interactive, p program) *seat {
	t.Helper()
	path, err := exec.LookPath(shell.name)
	if err != nil {
		t.Skipf("there is no %s on this machine; .ci/packages.txt names it", shell.name)
	}
	if _, err := os.Stat(shell.needs); shell.needs != "" && err != nil {
		t.Skipf("there is no %s on this machine; .ci/packages.txt names its package", shell.needs)
	}
	script := p.run(t, "", "completion", shell.name)
	if script.code != exitDone || script.err != "" {
		t.Fatalf("completion %s: exit %d\n%s", shell.name, script.code, script.err)
	}
	for name, text := range shell.files {
		file := filepath.Join(p.home, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "$SCRIPT", script.out)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	line := filepath.Join(p.home, "line")
	if err := syscall.Mkfifo(line, 0o600); err != nil {
		t.Fatal(err)
	}
	answer, err := os.OpenFile(line, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, shell.args...)
	cmd.Dir, cmd.Env = p.home, append(p.env, "LINE="+line, "ZDOTDIR="+p.home, "SHELL="+path)
	keys, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 160})
	if err != nil {
		t.Fatal(err)
	}
	s := &seat{t: t, keys: keys, answer: answer, lines: bufio.NewReader(answer), shown: &screenText{more: make(chan struct{}, 1)}}
	read := make(chan struct{})
	go func() {
		defer close(read)
		_, _ = io.Copy(s.shown, keys) // Linux ends the reading of a terminal with an error
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = keys.Close()
		_ = answer.Close()
		<-read
	})
	s.sees(readyPrompt)
	return s
}

// TestShellsComplete types into real shells: commands, flags and their values, profiles, fields, formats, integrations, paths of the
// API, and files only where files are meant.
func TestShellsComplete(t *testing.T) {
	t.Parallel()
	for _, shell := range interactives() {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			p := newProgram(t, "MIMECRED_CONFIG="+listOf(t, `{"name":"acme","api":"2.0","integration":"axonius-mimecast-v2","base_url":"https://api.services.mimecast.com","store":"keyring"}`))
			for _, file := range []string{"credentials.json", "acme-not-a-profile"} {
				if err := os.WriteFile(filepath.Join(p.home, file), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s := sit(t, shell, p)
			for typed, want := range map[string]string{
				"mimecred sho":                        "mimecred show",
				"mimecred get ac":                     "mimecred get acme",
				"mimecred get acme client_s":          "mimecred get acme client_secret",
				"mimecred get acme https_proxy_p":     "mimecred get acme https_proxy_password",
				"mimecred export acme -f dot":         "mimecred export acme -f dotenv",
				"mimecred export acme --format pow":   "mimecred export acme --format powershell",
				"mimecred check --conc":               "mimecred check --concurrency",
				"mimecred check --plan jup":           "mimecred check --plan jupiterone",
				"mimecred --store mem":                "mimecred --store memory",
				"mimecred list -o js":                 "mimecred list -o json",
				"mimecred list --no-c":                "mimecred list --no-color",
				"mimecred integrations sh":            "mimecred integrations show",
				"mimecred integrations show jup":      "mimecred integrations show jupiterone",
				"mimecred simulate --scenario drop-c": "mimecred simulate --scenario drop-connection",
				"mimecred api acme GET /identity/w":   "mimecred api acme GET /identity/whoami",
				"mimecred completion fi":              "mimecred completion fish",
				"mimecred help rollb":                 "mimecred help rollback",
				"mimecred setup --from cred":          "mimecred setup --from credentials.json",
				"mimecred show acme cred":             "mimecred show acme cred",
				"mimecred list cred":                  "mimecred list cred",
				"mimecred nothing-like-it ac":         "mimecred nothing-like-it ac",
			} {
				if got := s.completed(typed); got != want {
					t.Errorf("%q and tab: %q, want %q", typed, got, want)
				}
			}
			s.press("\x15mimecred export acme -f \t\t")
			s.sees("dotenv", "powershell", "k8s-secret", "azure-keyvault")
		})
	}
}
