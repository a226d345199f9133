package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client/catalog"
	"mimecred/cmd/export"
	"mimecred/credstore"
)

type exportOptions struct {
	name   string
	format string
	// integration is used in place of the profile's, when it is not empty.
	integration string
	file        string
	force       bool
	prefix      string
	secretName  string
	namespace   string
}

func newExportCmd(a *app) *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:        "export NAME -f FORMAT",
		SuggestFor: []string{"env"},
		Short:      "Write a profile's values, with its secrets, for another tool",
		Long: `Write a profile's values, with its secrets, in a format that another tool reads.

The formats of every profile:
` + formatLines(export.StandardOn(a.goos).All()) + `
A profile whose integration publishes names of its own also has:
  config          JSON with the keys of the integration's own configuration
  config-...      more of them, such as config-terraform; without -f all are listed

Variables have the integration's own names where it has any, MIMECAST_* otherwise. What is read back is what was in the profile. Where a format cannot do that, nothing is written, and the error says why.

--file makes a file that only you can read, and replaces none without --force. Without it everything goes to standard output.`,
		Example: `  mimecred export acme -f dotenv --file .env
  mimecred export acme -f k8s-secret --namespace siem | kubectl apply -f -
  eval "$(mimecred export acme -f sh)"
  mimecred export acme -f powershell | Out-String | Invoke-Expression`,
		ValidArgsFunction: a.completeName,
		RunE: func(cmd *cobra.Command, names []string) error {
			o.name = names[0]
			return runExport(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.format, "format", "f", "", "write in this `FORMAT`; without it all of them are listed")
	f.StringVar(&o.file, "file", "", "write to this `FILE`, readable and writable by you alone, - for standard output")
	f.BoolVar(&o.force, "force", false, "replace the file when it exists")
	f.StringVar(&o.prefix, "prefix", "", "begin variables that the integration does not name with this `TEXT` (default "+export.DefaultPrefix+")")
	a.integrationFlag(cmd, &o.integration)
	f.StringVar(&o.secretName, "secret-name", "", "call the Kubernetes Secret `NAME` (default made of the profile's name)")
	f.StringVar(&o.namespace, "namespace", "", "put the Kubernetes Secret into this `NAMESPACE`")
	completesWith(cmd, "format", func(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
		return a.formatNames(given), noFiles
	})
	completesFiles(cmd, "file")
	completes(cmd, "prefix", export.DefaultPrefix)
	completesWith(cmd, "secret-name", completeNothing)
	completesWith(cmd, "namespace", completeNothing)
	return cmd
}

// formatLines lists formats for help.
func formatLines(formats []export.Format) string {
	var b strings.Builder
	for _, f := range formats {
		b.WriteString("  " + pad(f.Name, 16) + f.About + "\n")
	}
	return b.String()
}

// formatNames are the formats of the profile that was named, or those of every profile.
func (a *app) formatNames(given []string) []string {
	if len(given) > 0 && a.readFlags() == nil {
		if e, err := a.entry(given[0]); err == nil {
			if i, err := integrationOf(e); err == nil {
				return formatsOf(a.goos, i).Names()
			}
		}
	}
	return export.StandardOn(a.goos).Names()
}

func runExport(ctx context.Context, a *app, o exportOptions) error {
	if _, err := a.format("export"); err != nil {
		return err
	}
	if o.force && o.file == "" {
		return usagef("--force is for --file, which is not given")
	}
	entry, err := a.find(ctx, o.name)
	if err != nil {
		return err
	}
	integration, err := integrationFor(entry, o.integration)
	if err != nil {
		return err
	}
	formats := formatsOf(a.goos, integration)
	if o.format == "" {
		return usage(errors.New("mimecred export needs a FORMAT: mimecred export "+o.name+" -f dotenv"), "-f is one of: "+strings.Join(formats.Names(), ", "))
	}
	format, err := formats.Lookup(o.format)
	if err != nil {
		return usage(err, oneOf(o.format, "the formats are ", formats.Names())...)
	}
	record, err := a.current(ctx, o.name)
	if err != nil {
		return err
	}
	set := a.exported(format, integration, record, entry)
	write := func(w io.Writer) error {
		return export.Write(w, format, set, export.Options{Prefix: o.prefix, SecretName: o.secretName, Namespace: o.namespace})
	}
	if o.file == "" || o.file == "-" {
		if isTerminal(a.std.out) {
			a.note("warning: the secrets of %s are shown on this terminal; --file PATH writes them to a file that only you can read", o.name)
		}
		return exportFailure(write(a.output()))
	}
	if err := export.File(o.file, o.force, write); err != nil {
		return exportFailure(err)
	}
	a.note("%s was written to %s as %s; it holds secrets: delete it when it is no longer needed", o.name, o.file, format.Name)
	return nil
}

// exported is what a format gets: the form as it is filled in, or the values.
func (a *app) exported(format export.Format, i catalog.Integration, r credstore.Record, e credstore.Entry) export.Set {
	if format.Name != export.Form().Name {
		return valueSet(i, r, e)
	}
	set, open := formSet(i, r, e)
	if len(open) > 0 {
		a.note("left out, because you decide: %s", strings.Join(open, ", "))
	}
	return set
}

// exportFailure gives an error of export its exit code: a disk that fails is no matter of usage.
func exportFailure(err error) error {
	var e *export.Error
	if !errors.As(err, &e) {
		return err
	}
	f := &failure{code: exitUsage, err: err, hints: hints(e.Fix)}
	var path *fs.PathError
	if errors.As(e.Err, &path) && !errors.Is(e.Err, fs.ErrNotExist) && !errors.Is(e.Err, fs.ErrExist) && !errors.Is(e.Err, fs.ErrPermission) {
		f.code = exitCheckFailed
	}
	return f
}
