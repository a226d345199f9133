package main

import (
	"strings"
	"testing"
)

// A run of tests as go test prints it, cut into pieces.
const (
	begun = `echo '{"Action":"start","Package":"p"}'; echo '{"Action":"run","Package":"p","Test":"TestA"}'; `
	aWell = `echo '{"Action":"pass","Package":"p","Test":"TestA"}'; `
	ended = `echo '{"Action":"output","Package":"p","Output":"ok  p 0.1s\n"}'; echo '{"Action":"pass","Package":"p"}'; `
	other = `echo '{"Action":"start","Package":"q"}'; `
	words = `echo '{"Action":"output","Package":"p","Test":"TestA","Output":"about to hang\n"}'; `
)

func TestReport(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		script string
		strict bool
		well   bool
		say    string
	}{
		"all well":               {begun + aWell + ended, true, true, "1 passed, 0 failed, 0 skipped"},
		"a test failed":          {begun + words + `echo '{"Action":"fail","Package":"p","Test":"TestA"}'; exit 1`, false, false, "about to hang"},
		"counted":                {begun + `echo '{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:7: counted: 12 points\\n"}'; ` + aWell + ended, true, true, "p TestA: 12 points"},
		"killed at the end":      {begun + aWell + ended + `kill -9 $$`, false, false, "signal: killed"},
		"killed within":          {begun + aWell + `kill -9 $$`, false, false, "the tests of p have begun and not ended"},
		"killed, and none fails": {begun + aWell + ended + other + `kill -9 $$`, false, false, "the tests of q have begun and not ended"},
		"a package unended":      {begun + aWell, false, false, "the tests of p have begun and not ended"},
		"what was cut off":       {begun + words + `echo '{"Action":"fail","Package":"p"}'`, false, false, "about to hang"},
		"status alone":           {begun + aWell + ended + `exit 1`, false, false, "exit status 1"},
		"tidied up":              {begun + `d=$(mktemp -d); rmdir "$d"; ` + aWell + ended, true, true, "1 passed"},
		"something left":         {begun + `mktemp -d "$TMPDIR/TestKilledXXXXXX" >/dev/null; ` + aWell + ended, false, false, "the tests left TestKilled"},
		"nothing ran":            {begun + ended, false, false, "no test ran"},
		"skipped":                {begun + aWell + `echo '{"Action":"skip","Package":"p","Test":"TestB"}'; ` + ended, false, true, "1 skipped"},
		"skipped, strictly":      {begun + aWell + `echo '{"Action":"skip","Package":"p","Test":"TestB"}'; ` + ended, true, false, "a skipped test is a failure"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			if well := report([]string{"sh", "-c", test.script}, &out, test.strict); well != test.well {
				t.Errorf("well: %v, want %v\n%s", well, test.well, &out)
			}
			if !strings.Contains(out.String(), test.say) {
				t.Errorf("%q is not said in\n%s", test.say, &out)
			}
		})
	}
	both := []string{"sh", "-c", begun + aWell + ended, "then", "sh", "-c", begun + aWell + ended}
	if out := new(strings.Builder); !report(both, out, true) || !strings.Contains(out.String(), "2 passed, 0 failed") {
		t.Errorf("two commands are counted together:\n%s", out)
	}
	both[len(both)-1] = begun + ended
	if out := new(strings.Builder); report(both, out, true) || !strings.Contains(out.String(), "no test ran") {
		t.Errorf("a second command without a test is well:\n%s", out)
	}
	if report([]string{"no-such-program-of-this-name"}, &strings.Builder{}, false) {
		t.Error("a program that cannot be started is well")
	}
}
