//go:build !darwin && !windows

package clipboard

import (
	"context"
	"os/exec"
	"slices"
	"strings"
)

// tool is how one program of the desktop handles the clipboard.
type tool struct {
	// needs is the variable that tells that the program can work; "" when nothing tells.
	needs              string
	write, empty, read []string
	// nothing is what read says, and fails, when the clipboard is empty.
	nothing []string
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
			read: []string{"wl-paste", "--no-newline"}, nothing: []string{"Nothing is copied", "No selection"},
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

// Way names what reaches the clipboard of this computer; "" for nothing. Nothing is called.
func (n *Native) Way() string {
	t, err := n.tool()
	if err != nil {
		return ""
	}
	return t.write[0]
}

func (n *Native) write(ctx context.Context, text string) error {
	t, err := n.tool()
	if err != nil {
		return err
	}
	if text == "" {
		return feed(ctx, "", t.empty...)
	}
	return feed(ctx, text, t.write...)
}

func (n *Native) read(ctx context.Context) (string, error) {
	t, err := n.tool()
	if err != nil {
		return "", err
	}
	text, complaint, err := run(ctx, "", t.read...)
	switch {
	case err != nil && t.saysNothing(complaint):
		return "", nil
	case err != nil:
		return "", err
	case t.carriage:
		return strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), nil
	default:
		return text, nil
	}
}

// saysNothing tells whether a complaint of read means that the clipboard is empty.
func (t tool) saysNothing(complaint string) bool {
	return slices.ContainsFunc(t.nothing, func(words string) bool { return strings.Contains(complaint, words) })
}
