package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"mimecred/client/catalog"
)

// TestExportToStandardOutput: --file - is standard output in every format, and no file of that name comes to be.
func TestExportToStandardOutput(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.setUp()
	integration, _ := o.from["integration"].(string)
	i, _ := catalog.Lookup(integration)
	for _, format := range formatsOf(runtime.GOOS, i).Names() {
		without := o.wants(exitDone, "", "export", "acme", "-f", format)
		got := o.wants(exitDone, "", "export", "acme", "-f", format, "--file", "-")
		if got.out == "" || got.out != without.out {
			t.Errorf("%s: %q, without --file %q", format, got.out, without.out)
		}
	}
	if _, err := os.Lstat(filepath.Join(o.home, "-")); !os.IsNotExist(err) {
		t.Errorf("a file has come to be: %v", err)
	}
}
