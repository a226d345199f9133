package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/cmd/export"
)

// The exit codes for a program that could not be started, as env, nohup and the shells have them: they cannot be confused with
// one of the program's own small ones.
const (
	exitNotExecutable = 126
	exitNotFound      = 127
)

type execOptions struct {
	name     string
	command  []string
	pristine bool
	prefix   string
	// integration is used in place of the profile's, when it is not empty.
	integration string
}

func newExecCmd(a *app) *cobra.Command {
	var o execOptions
	cmd := &cobra.Command{
		Use:        "exec NAME [flags] -- COMMAND [ARGUMENT...]",
		SuggestFor: []string{"run"},
		Short:      "Run a program with a profile's values in its environment",
		Long: `Run a program with a profile's values, secrets too, in its environment, and in no other place. Variables have the integration's own names where it has any, MIMECAST_* otherwise. "mimecred export NAME -f env" shows them.

On Unix the program replaces mimecred, so its standard streams, signals, job control and exit code are its own. On Windows mimecred waits for it and ends with its exit code.

--pristine gives it only what programs need of this environment, such as PATH, HOME, TERM, LANG and TZ.

Exit codes: that of the program; 127 when it is not found, 126 when it cannot be run.`,
		Example: `  mimecred exec acme -- terraform plan
  mimecred exec acme --pristine -- ./collector --once`,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name, o.command = given[0], given[1:]
			return runExec(cmd.Context(), a, o)
		},
		ValidArgsFunction: a.completeFirst,
	}
	f := cmd.Flags()
	f.BoolVar(&o.pristine, "pristine", false, "start the program with an almost empty environment")
	f.StringVar(&o.prefix, "prefix", "", "begin variables that the integration does not name with this `TEXT` (default "+export.DefaultPrefix+")")
	completes(cmd, "prefix", export.DefaultPrefix)
	a.integrationFlag(cmd, &o.integration)
	return cmd
}

// child is a program that is ready to run.
type child struct {
	path string
	args []string
	env  []string
}

func runExec(ctx context.Context, a *app, o execOptions) error {
	if _, err := a.format("exec"); err != nil {
		return err
	}
	c, err := a.prepare(ctx, o)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return interruption(ctx)
	}
	a.close()
	return become(ctx, a.std, c)
}

// prepare finds the program before the secrets are asked for, so that a misspelt one asks nobody to unlock anything.
func (a *app) prepare(ctx context.Context, o execOptions) (child, error) {
	entry, err := a.find(ctx, o.name)
	if err != nil {
		return child{}, err
	}
	integration, err := integrationFor(entry, o.integration)
	if err != nil {
		return child{}, err
	}
	path, err := exec.LookPath(o.command[0])
	if err != nil {
		return child{}, notStarted(o.command[0], err)
	}
	record, err := a.current(ctx, o.name)
	if err != nil {
		return child{}, err
	}
	added, err := export.Environ(valueSet(integration, record, entry), export.Options{Prefix: o.prefix})
	if err != nil {
		return child{}, exportFailure(err)
	}
	return child{path: path, args: o.command, env: environment(os.Environ(), added, o.pristine)}, nil
}

// notStarted explains why a program cannot be run.
func notStarted(name string, err error) error {
	switch {
	case errors.Is(err, exec.ErrDot):
		return &failure{
			code: exitNotFound, err: fmt.Errorf("%s is in this folder, and mimecred runs nothing from there by its name alone", name),
			hints: []string{"write ./" + name},
		}
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return &failure{code: exitNotFound, err: fmt.Errorf("there is no program %s", name)}
	default:
		return &failure{code: exitNotExecutable, err: fmt.Errorf("run %s: %w", name, err)}
	}
}

// environment is what the child gets: the variables of base, or with pristine only those that programs cannot do without,
// and those that were added, which win.
func environment(base, added []string, pristine bool) []string {
	fold := func(pair string) string {
		// On Windows the names of some variables begin with =.
		name := pair
		if end := strings.Index(pair[min(1, len(pair)):], "="); end >= 0 {
			name = pair[:end+1]
		}
		if runtime.GOOS == "windows" {
			return strings.ToUpper(name)
		}
		return name
	}
	own := map[string]bool{}
	for _, pair := range added {
		own[fold(pair)] = true
	}
	var env []string
	for _, pair := range base {
		if name := fold(pair); !own[name] && (!pristine || needed(name)) {
			env = append(env, pair)
		}
	}
	return append(env, added...)
}

// needed tells which variables a pristine environment keeps: where programs, the home and temporary files are, whose they
// are, and how to write text and time. Windows cannot open sockets or start programs without some of its own.
func needed(name string) bool {
	switch name {
	case "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "COLORTERM", "LANG", "LANGUAGE", "TZ", "TMPDIR":
		return true
	}
	if strings.HasPrefix(name, "LC_") {
		return true
	}
	if runtime.GOOS != "windows" {
		return false
	}
	switch name {
	case "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "USERNAME", "APPDATA",
		"LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES":
		return true
	}
	return strings.HasPrefix(name, "=") // the current folders of drives
}
