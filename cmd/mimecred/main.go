// Command mimecred leads an administrator from "I need API credentials for Mimecast" to "tested, in the OS keyring".
package main

// The rules of this room:
//
//   - main only calls run. run builds the command tree, executes it and turns what came back into an exit code.
//   - One file a command: an options struct, newXCmd(app) that only fills it, runX(ctx, app, options) error that does it.
//   - What was asked for goes to standard output, everything else to standard error. An error is one sentence, then
//     lines that begin with "hint:".
//   - Nothing is opened, read or asked before a command needs it: no keyring, D-Bus, network or terminal query on the
//     way to --version, --help and list.

import (
	"context"
	"io"
	"log"
	"os"
)

func main() {
	log.SetOutput(io.Discard) // libraries write there, and what they write lands in the middle of a screen
	args, std := os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	if versionAlone(args) { // which has ended before a signal comes, and starts nothing
		ignoreReader()
		os.Exit(run(context.Background(), args, std, os.Getenv))
	}
	keepPrivate() // only now: it costs a process that knows no secret a tenth of its time
	ctx, stop := catchSignals()
	outliveReader()
	code := run(ctx, args, std, os.Getenv)
	stop()
	os.Exit(code)
}

// streams are the three standard streams.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// run executes one command line and gives the exit code.
func run(ctx context.Context, args []string, std streams, env func(string) string) int {
	a := newApp(std, env)
	defer a.close()
	if versionAlone(args) {
		return a.report(ctx, a.sayVersion())
	}
	root := newCmdFor(a, args)
	root.SetArgs(args)
	root.SetIn(std.in)
	root.SetErr(std.err)
	return a.report(ctx, root.ExecuteContext(ctx))
}
