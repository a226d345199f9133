// Command report reads "go test -json" and prints what a person needs: one line a package, the output of every failed
// test, the reason of every skipped one, and last "N passed, N failed, N skipped". It fails when a test failed, when
// nothing ran, and, under CI=true, when a test was skipped.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
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
	passed, failed, skipped int
	broken                  bool
	// outputs hold what a test has printed until it is known how it ended.
	outputs map[string]*strings.Builder
}

func main() {
	t := tally{outputs: map[string]*strings.Builder{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Println(lines.Text())
			continue
		}
		t.add(e)
	}
	strict := os.Getenv("CI") == "true"
	if strict && t.skipped > 0 {
		fmt.Println("FAIL: under CI=true a skipped test is a failure")
	}
	if t.passed+t.failed == 0 {
		fmt.Println("FAIL: no test ran")
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped)
	if lines.Err() != nil || t.broken || t.failed > 0 || t.passed == 0 || strict && t.skipped > 0 {
		os.Exit(1)
	}
}

func (t *tally) add(e event) {
	key := e.Package + e.ImportPath + "\x00" + e.Test
	switch e.Action {
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
	case "fail":
		t.failed++
		fmt.Printf("--- %s %s\n", e.Package, e.Test)
		t.print(key)
	case "skip":
		t.skipped++
		fmt.Printf("SKIP %s %s: %s\n", e.Package, e.Test, reason(t.outputs[key]))
	}
}

func (t *tally) endPackage(e event, key string) {
	if e.Action == "fail" {
		t.broken = true
		t.print(key)
		return
	}
	if out := t.outputs[key]; out != nil {
		all := strings.Split(strings.TrimSpace(out.String()), "\n")
		fmt.Println(all[len(all)-1])
	}
}

func (t *tally) print(key string) {
	if out := t.outputs[key]; out != nil {
		fmt.Print(out.String())
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
