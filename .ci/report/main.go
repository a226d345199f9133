// Command report runs "go test -json", or whatever it is given that prints the same, and prints what a person needs: one
// line a package, what a test has counted, the output of every failed test, the reason of every skipped one, and last "N
// passed, N failed, N skipped". It fails when a test failed, when the tests could not be run to their end, when nothing
// ran, when something is left in the temporary folder, and, under CI=true, when a test was skipped. It runs the tests itself
// because a pipe would drop how they ended, and in a temporary folder of their own, to see what they leave there.
//
//	report go test -json ./... then go test -run Long -json ./...
//
// Commands parted by "then" run one after the other and are counted together.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// event is one line of "go test -json" (go doc test2json).
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
}

type tally struct {
	out                     io.Writer
	passed, failed, skipped int
	broken                  bool
	// outputs hold what a test has printed until it is known how it ended.
	outputs map[string]*strings.Builder
	// running are the packages that have begun and not ended, in their order.
	running []string
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: report go test -json ./...")
		os.Exit(2)
	}
	if !report(os.Args[1:], os.Stdout, os.Getenv("CI") == "true") {
		os.Exit(1)
	}
}

// report runs the tests and tells whether all is well. With strict set, a skipped test is not.
func report(command []string, out io.Writer, strict bool) bool {
	t := tally{out: out, outputs: map[string]*strings.Builder{}}
	for _, one := range apart(command) {
		before := t.passed + t.failed
		if err := t.tidily(one); err != nil {
			t.say("FAIL: %s: %v", strings.Join(one, " "), err)
			t.broken = true
		}
		if t.passed+t.failed == before {
			t.say("FAIL: no test ran")
			t.broken = true
		}
	}
	for _, name := range t.running {
		t.say("FAIL: the tests of %s have begun and not ended", name)
		t.endPackage(event{Action: "fail", Package: name}, key(event{Package: name}))
	}
	if strict && t.skipped > 0 {
		t.say("FAIL: under CI=true a skipped test is a failure")
	}
	t.say("%d passed, %d failed, %d skipped", t.passed, t.failed, t.skipped)
	return !t.broken && t.failed == 0 && (!strict || t.skipped == 0)
}

// apart splits a command line at each "then".
func apart(command []string) (all [][]string) {
	for {
		n := slices.Index(command, "then")
		if n < 0 {
			return append(all, command)
		}
		all, command = append(all, command[:n]), command[n+1:]
	}
}

// tidily runs the tests in a temporary folder of their own and complains about what is left there.
func (t *tally) tidily(command []string) error {
	dir, err := os.MkdirTemp("", "tests")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := t.watch(command, dir); err != nil {
		return err // a run that was cut off cannot have tidied up
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look into the temporary folder: %w", err)
	}
	for _, one := range left {
		t.broken = true
		t.say("FAIL: the tests left %s in the temporary folder", one.Name())
	}
	return nil
}

// watch runs the tests and counts; an error means that they did not end well.
func (t *tally) watch(command []string, temporary string) error {
	cmd := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // running it is what this is for
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("make a pipe: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.say("%s", lines.Text())
			continue
		}
		t.add(e)
	}
	if err := lines.Err(); err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		return fmt.Errorf("read: %w", err)
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("ended with %w", err)
	}
	return nil
}

func (t *tally) say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

func key(e event) string { return e.Package + e.ImportPath + "\x00" + e.Test }

func (t *tally) add(e event) {
	key := key(e)
	switch e.Action {
	case "start":
		t.running = append(t.running, e.Package)
		return
	case "output", "build-output":
		if t.outputs[key] == nil {
			t.outputs[key] = &strings.Builder{}
		}
		t.outputs[key].WriteString(e.Output)
		return
	case "build-fail":
		t.broken = true
		t.print(key)
	case "pass", "fail", "skip":
		t.end(e, key)
	default:
		return
	}
	delete(t.outputs, key)
}

func (t *tally) end(e event, key string) {
	if e.Test == "" {
		t.endPackage(e, key)
		return
	}
	switch e.Action {
	case "pass":
		t.passed++
		t.counted(e, key)
	case "fail":
		t.failed++
		t.say("--- %s %s", e.Package, e.Test)
		t.print(key)
	case "skip":
		t.skipped++
		t.say("SKIP %s %s: %s", e.Package, e.Test, reason(t.outputs[key]))
	}
}

// counted prints what a test that passed has counted, when it says so: a line of its own that begins with "counted: ".
func (t *tally) counted(e event, key string) {
	out := t.outputs[key]
	if out == nil {
		return
	}
	for line := range strings.Lines(out.String()) {
		if _, said, found := strings.Cut(line, ": counted: "); found {
			t.say("%s %s: %s", e.Package, e.Test, strings.TrimSpace(said))
		}
	}
}

func (t *tally) endPackage(e event, key string) {
	t.running = slices.DeleteFunc(t.running, func(name string) bool { return name == e.Package })
	if e.Action == "fail" {
		t.broken = true
		t.print(key)
		t.unended(e.Package)
		return
	}
	if out := t.outputs[key]; out != nil {
		all := strings.Split(strings.TrimSpace(out.String()), "\n")
		t.say("%s", all[len(all)-1])
	}
}

// unended prints what those tests of a package said that were under way when it ended.
func (t *tally) unended(name string) {
	for _, key := range slices.Sorted(maps.Keys(t.outputs)) {
		test, ok := strings.CutPrefix(key, name+"\x00")
		if !ok || test == "" || strings.HasPrefix(lastMark(t.outputs[key].String()), "=== PAUSE") {
			continue
		}
		t.say("--- cut off: %s %s", name, test)
		t.print(key)
	}
}

// lastMark is the last line that go test itself put into the output of a test.
func lastMark(text string) string {
	mark := ""
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "=== ") {
			mark = line
		}
	}
	return mark
}

func (t *tally) print(key string) {
	if out := t.outputs[key]; out != nil {
		fmt.Fprint(t.out, out.String())
	}
}

// reason is what the test said when it skipped itself, without the lines that go test adds.
func reason(out *strings.Builder) string {
	if out == nil {
		return "no reason given"
	}
	var said []string
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			said = append(said, line)
		}
	}
	return strings.Join(said, " ")
}
