package clipboard

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// run starts a program with text as its input, and gives its output and its error output. The error names neither: a
// program could repeat what it was given.
func run(ctx context.Context, text string, line ...string) (out, complaint string, err error) {
	var stdout, stderr bytes.Buffer
	err = runTo(ctx, text, &stdout, &stderr, line...)
	return stdout.String(), stderr.String(), err
}

// feed starts a program with text as its input and drops what it writes.
func feed(ctx context.Context, text string, line ...string) error {
	return runTo(ctx, text, nil, nil, line...)
}

func runTo(ctx context.Context, text string, out, complaint io.Writer, line ...string) error {
	cmd := exec.CommandContext(ctx, line[0], line[1:]...) //nolint:gosec // one of the fixed lines of this package
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), out, complaint
	// The tools stay behind to serve the clipboard; what they keep open must not be waited for.
	cmd.WaitDelay = 100 * time.Millisecond
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", line[0], err)
	}
	return nil
}
