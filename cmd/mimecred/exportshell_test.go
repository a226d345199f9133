package main

import (
	"strings"
	"testing"
)

// TestExportForTheSystemsShell: -f env is what the shell of the system reads; --help and completion tell the same.
func TestExportForTheSystemsShell(t *testing.T) {
	t.Parallel()
	for goos, want := range map[string]string{
		"windows": `$env:MIMECAST_CLIENT_ID = '`, "linux": `export MIMECAST_CLIENT_ID='`, "darwin": `export MIMECAST_CLIENT_ID='`,
	} {
		s := withReady(t, startedSimulator(t), "oauth-ok")
		s.goos = goos
		if err := runExport(t.Context(), s.app, exportOptions{name: "oauth-ok", format: "env"}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(s.out.String(), "\n"+want) {
			t.Errorf("-f env on %s: %q", goos, s.out)
		}
		help := newExportCmd(s.app).Long
		if about := map[bool]string{true: "  env             $env: lines for PowerShell\n", false: "  env             export lines for a POSIX shell\n"}[goos == "windows"]; !strings.Contains(help, about) {
			t.Errorf("--help on %s: %s", goos, help)
		}
	}
}
