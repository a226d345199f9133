// Package browser opens a page in the person's browser. Which program does that is a pure function of the system and its environment;
// nothing is started where nobody would see it: over SSH, and without a display.
package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"time"
)

// ErrNone means that no browser can be shown here.
var ErrNone = errors.New("no browser can be shown here")

// patience is how long a program that has not failed is watched: some of them end with the browser.
const patience = 2 * time.Second

// Command is the program that opens a page, with its arguments; nil where no browser can be shown, and for what is no https address.
// goos is a runtime.GOOS, env reads a variable of the environment.
func Command(goos string, env func(string) string, page string) []string {
	if u, err := url.Parse(page); err != nil || u.Scheme != "https" || u.Host == "" {
		return nil
	}
	if env("SSH_CONNECTION") != "" || env("SSH_TTY") != "" {
		return nil
	}
	switch goos {
	case "darwin":
		return []string{"open", page}
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler", page}
	case "linux", "freebsd", "openbsd", "netbsd", "dragonfly":
		if env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != "" {
			return []string{"xdg-open", page}
		}
	}
	return nil
}

// Browser opens pages on one computer.
type Browser struct {
	goos string
	env  func(string) string
}

// New makes the Browser of a system and its environment, as for Command.
func New(goos string, env func(string) string) *Browser { return &Browser{goos, env} }

// Here tells whether a page can be opened.
func (b *Browser) Here(page string) bool { return len(Command(b.goos, b.env, page)) > 0 }

// Open opens a page. The error is ErrNone where nothing can be shown, or that of the program. A program that goes on is left alone:
// it may be the browser.
func (b *Browser) Open(ctx context.Context, page string) error {
	argv := Command(b.goos, b.env, page)
	if len(argv) == 0 {
		return ErrNone
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), argv[0], argv[1:]...) //nolint:gosec // one of three programs, an https address
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", argv[0], err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("opening the page with %s: %w", argv[0], err)
		}
	case <-ctx.Done():
	}
	return nil
}
