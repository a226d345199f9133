package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersionCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             "Print the version",
		Long:              "Print the version of mimecred. The flag --version prints it alone.",
		Example:           "  mimecred version",
		ValidArgsFunction: completeNothing,
		RunE:              func(*cobra.Command, []string) error { return runVersion(a) },
	}
}

func runVersion(a *app) error {
	if _, err := a.format("version"); err != nil {
		return err
	}
	return a.print(fmt.Sprintf("mimecred %s\n%s %s/%s\n", versionName(), runtime.Version(), runtime.GOOS, runtime.GOARCH))
}

// versionAlone tells whether a command line asks for the version and for nothing else. That is answered without a command: what
// asks for it, such as the prompt of a shell, asks often.
func versionAlone(args []string) bool {
	return len(args) == 1 && (args[0] == "--version" || args[0] == "-v")
}

// sayVersion is the whole of a command line that versionAlone knows.
func (a *app) sayVersion() error {
	if err := a.begin("mimecred"); err != nil {
		return err
	}
	return a.printVersion()
}

func (a *app) printVersion() error { return a.print("mimecred " + versionName() + "\n") }

// versionName is what the Go tool wrote into the binary: the tag or the commit it was built from.
func versionName() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}
