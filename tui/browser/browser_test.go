package browser_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"mimecred/tui/browser"
)

const page = "https://login.mimecast.com"

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	display := environment("DISPLAY", ":0")
	for name, tt := range map[string]struct {
		goos, page string
		env        func(string) string
		want       []string
	}{
		"macOS":              {"darwin", page, environment(), []string{"open", page}},
		"Windows":            {"windows", page, environment(), []string{"rundll32", "url.dll,FileProtocolHandler", page}},
		"Linux with X":       {"linux", page, display, []string{"xdg-open", page}},
		"Linux with Wayland": {"linux", page, environment("WAYLAND_DISPLAY", "wayland-0"), []string{"xdg-open", page}},
		"FreeBSD":            {"freebsd", page, display, []string{"xdg-open", page}},
		"OpenBSD":            {"openbsd", page, display, []string{"xdg-open", page}},
		"Linux, no display":  {"linux", page, environment(), nil},
		"over SSH, Linux":    {"linux", page, environment("DISPLAY", "localhost:10.0", "SSH_CONNECTION", "1"), nil},
		"over SSH, macOS":    {"darwin", page, environment("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"), nil},
		"over SSH, Windows":  {"windows", page, environment("SSH_CONNECTION", "1"), nil},
		"a terminal of SSH":  {"linux", page, environment("DISPLAY", ":0", "SSH_TTY", "/dev/pts/1"), nil},
		"another system":     {"plan9", page, display, nil},
		"no https":           {"darwin", "http://login.mimecast.com", environment(), nil},
		"a file":             {"darwin", "file:///etc/passwd", environment(), nil},
		"an option":          {"darwin", "--help", environment(), nil},
		"nothing":            {"darwin", "", environment(), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := browser.Command(tt.goos, tt.env, tt.page); !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if here := browser.New(tt.goos, tt.env).Here(tt.page); here != (tt.want != nil) {
				t.Errorf("it can be opened: %v", here)
			}
		})
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	b := browser.New("linux", environment("DISPLAY", ":0"))
	if err := b.Open(t.Context(), page); err == nil {
		t.Error("a program that does not exist has opened something")
	}
	for name, want := range map[string]bool{"exit 0": true, "exit 3": false} {
		if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\n"+name+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := b.Open(t.Context(), page); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := browser.New("linux", environment()).Open(t.Context(), page); !errors.Is(err, browser.ErrNone) {
		t.Errorf("without a display: %v", err)
	}
}
