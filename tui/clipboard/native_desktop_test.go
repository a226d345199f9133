//go:build !darwin && !windows

package clipboard_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mimecred/tui/clipboard"
)

// desk puts programs of these names on PATH that keep the clipboard in a file, and gives that file.
func desk(t *testing.T, scripts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	board := filepath.Join(dir, "board")
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+"/usr/bin"+string(os.PathListSeparator)+"/bin")
	t.Setenv("BOARD", board)
	return board
}

func env(set map[string]string) func(string) string {
	return func(name string) string { return set[name] }
}

func content(t *testing.T, board string) string {
	t.Helper()
	text, err := os.ReadFile(board)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const xclip = `case "$*" in *-out*) cat "$BOARD";; *) cat > "$BOARD";; esac`

func TestWriteReadEmpty(t *testing.T) {
	for name, tt := range map[string]struct {
		scripts map[string]string
		env     map[string]string
	}{
		"wayland": {
			map[string]string{"wl-copy": `if [ "$1" = --clear ]; then : > "$BOARD"; else cat > "$BOARD"; fi`, "wl-paste": `cat "$BOARD"`, "xclip": "exit 1"},
			map[string]string{"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
		},
		"xclip": {map[string]string{"xclip": xclip}, map[string]string{"WAYLAND_DISPLAY": "", "DISPLAY": ":0"}},
		"windows beside linux": {
			map[string]string{"clip.exe": `cat > "$BOARD"`, "powershell.exe": `cat "$BOARD"; printf '\r\n'`},
			map[string]string{"WSL_DISTRO_NAME": "Debian"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			board := desk(t, tt.scripts)
			n := clipboard.NewNative(env(tt.env))
			const text = "key+/== with 'quotes' and $PATH"
			if err := n.Write(t.Context(), text); err != nil {
				t.Fatal(err)
			}
			if got := content(t, board); got != text {
				t.Errorf("the tool got %q", got)
			}
			if got, err := n.Read(t.Context()); err != nil || got != text {
				t.Errorf("read %q, %v", got, err)
			}
			if err := n.Write(t.Context(), ""); err != nil {
				t.Fatal(err)
			}
			if got := content(t, board); got != "" {
				t.Errorf("emptied, and it holds %q", got)
			}
		})
	}
}

func TestNoClipboard(t *testing.T) {
	desk(t, map[string]string{"xclip": xclip})
	for name, set := range map[string]map[string]string{"no session": {}, "no tool": {"WAYLAND_DISPLAY": "wayland-0"}} {
		n := clipboard.NewNative(env(set))
		if err := n.Write(t.Context(), "x"); !errors.Is(err, clipboard.ErrNone) {
			t.Errorf("%s: write: %v", name, err)
		}
		if _, err := n.Read(t.Context()); !errors.Is(err, clipboard.ErrNone) {
			t.Errorf("%s: read: %v", name, err)
		}
	}
}

// TestHangingTool gives up on a tool that never answers.
func TestHangingTool(t *testing.T) {
	desk(t, map[string]string{"xclip": "exec sleep 600"})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := clipboard.NewNative(env(map[string]string{"DISPLAY": ":0"})).Read(ctx); err == nil {
		t.Error("a tool that hangs is waited for")
	}
}

// TestFailingToolIsNotQuoted keeps what a tool writes out of the error.
func TestFailingToolIsNotQuoted(t *testing.T) {
	desk(t, map[string]string{"xclip": `cat >&2; exit 3`})
	err := clipboard.NewNative(env(map[string]string{"DISPLAY": ":0"})).Write(t.Context(), "the-secret")
	if err == nil || err.Error() != "write to the clipboard: xclip: exit status 3" {
		t.Errorf("%v", err)
	}
}
