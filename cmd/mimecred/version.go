package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is what a release is called; a build of it is told by -ldflags "-X main.version=v1.2.3". Everything else about a build is
// what the Go tool wrote into the binary.
var version string

func newVersionCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the commit and its date",
		Long:  `Print the version of mimecred, the commit and the date it was built from, and the Go that built it. The flag --version prints the version alone.`,
		Example: `  mimecred version
  mimecred version -o json`,
		ValidArgsFunction: completeNothing,
		RunE:              func(*cobra.Command, []string) error { return runVersion(a) },
	}
}

// buildInfo is what is known of this program.
type buildInfo struct {
	Schema  int    `json:"schema"`
	Version string `json:"version"`
	// Commit and Date, of the commit in RFC 3339, are empty where the program was built outside of its repository.
	Commit string `json:"commit"`
	Date   string `json:"date"`
	// Modified tells that files differed from the commit.
	Modified bool   `json:"modified"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// buildOf reads what the Go tool wrote; info is nil where it wrote nothing.
func buildOf(release string, info *debug.BuildInfo) buildInfo {
	b := buildInfo{Schema: 1, Version: release, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	if info == nil {
		info = &debug.BuildInfo{}
	}
	if b.Version == "" && info.Main.Version != "(devel)" {
		b.Version = info.Main.Version // the tag or the commit it was built from
	}
	if b.Version == "" {
		b.Version = "devel"
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

func thisBuild() buildInfo {
	info, _ := debug.ReadBuildInfo()
	return buildOf(version, info)
}

// text is the build for people.
func (b buildInfo) text() string {
	commit, date := orUnknown(b.Commit), orUnknown(b.Date)
	if b.Modified {
		commit += ", with changes that were not committed"
	}
	return fmt.Sprintf("mimecred %s\ncommit   %s\ndate     %s\ngo       %s %s/%s\n", b.Version, commit, date, b.Go, b.OS, b.Arch)
}

func orUnknown(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}

func runVersion(a *app) error {
	format, err := a.format("version")
	if err != nil {
		return err
	}
	if format == "json" {
		return a.printJSON(thisBuild())
	}
	return a.print(thisBuild().text())
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

func (a *app) printVersion() error { return a.print("mimecred " + thisBuild().Version + "\n") }
