//go:build !darwin && !windows

package clipboard

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// tool is how one program of the desktop handles the clipboard.
type tool struct {
	// needs is the variable that tells that the program can work; "" when nothing tells.
	needs              string
	write, empty, read []string
	// carriage is set when read ends every line as Windows does.
	carriage bool
}

// tools are those that are tried, the best for the session first.
func tools() []tool {
	xclip := []string{"xclip", "-selection", "clipboard", "-in"}
	xsel := []string{"xsel", "--clipboard", "--input"}
	return []tool{
		{
			needs: "WAYLAND_DISPLAY", write: []string{"wl-copy"}, empty: []string{"wl-copy", "--clear"},
			read: []string{"wl-paste", "--no-newline"},
		},
		{needs: "DISPLAY", write: xclip, empty: xclip, read: []string{"xclip", "-selection", "clipboard", "-out"}},
		{needs: "DISPLAY", write: xsel, empty: []string{"xsel", "--clipboard", "--clear"}, read: []string{"xsel", "--clipboard", "--output"}},
		{
			needs: "TERMUX_VERSION", write: []string{"termux-clipboard-set"}, empty: []string{"termux-clipboard-set"},
			read: []string{"termux-clipboard-get"},
		},
		{
			needs: "WSL_DISTRO_NAME", write: []string{"clip.exe"}, empty: []string{"clip.exe"},
			read: []string{"powershell.exe", "-NoProfile", "-Command", "Get-Clipboard -Raw"}, carriage: true,
		},
	}
}

// tool finds the program for this session.
func (n *Native) tool() (tool, error) {
	for _, t := range tools() {
		if n.env(t.needs) == "" {
			continue
		}
		if _, err := exec.LookPath(t.write[0]); err == nil {
			return t, nil
		}
	}
	return tool{}, ErrNone
}

func (n *Native) write(ctx context.Context, text string) error {
	t, err := n.tool()
	if err != nil {
		return err
	}
	if text == "" {
		return run(ctx, t.empty, "", nil)
	}
	return run(ctx, t.write, text, nil)
}

func (n *Native) read(ctx context.Context) (string, error) {
	t, err := n.tool()
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := run(ctx, t.read, "", &out); err != nil {
		return "", err
	}
	if t.carriage {
		return strings.TrimSuffix(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n"), nil
	}
	return out.String(), nil
}

// run starts a program with text as its input; out takes its output, nil drops it. Its error output is dropped: a program
// could repeat what it was given.
func run(ctx context.Context, line []string, text string, out *bytes.Buffer) error {
	cmd := exec.CommandContext(ctx, line[0], line[1:]...) //nolint:gosec // one of the fixed lines above
	cmd.Stdin = strings.NewReader(text)
	// The tools stay behind to serve the clipboard; what they keep open must not be waited for.
	cmd.WaitDelay = 100 * time.Millisecond
	if out != nil {
		cmd.Stdout = out
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", line[0], err)
	}
	return nil
}
