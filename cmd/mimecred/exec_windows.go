package main

import (
	"context"
	"errors"
	"os/exec"
)

// become runs the program and ends with its exit code: Windows cannot replace a process. The console sends ctrl+c and
// ctrl+break to the program as well, and what they do is its own decision; mimecred waits for it in any case, so the
// context, which those keys end, does not end the program.
func become(ctx context.Context, std streams, c child) error {
	cmd := exec.CommandContext(context.WithoutCancel(ctx), c.path, c.args[1:]...) //nolint:gosec // running what the person names is the job
	cmd.Args[0], cmd.Env = c.args[0], c.env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = std.in, std.out, std.err
	err := cmd.Run()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ended):
		return silent(ended.ExitCode())
	default:
		return notStarted(c.args[0], err)
	}
}
