package home

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// atOnce is how many profiles are tested beside each other.
const atOnce = 4

// namedFailures is how many failed profiles the last line names; more are counted.
const namedFailures = 3

// tests are the tests that were made since the list is shown, by profile.
type tests struct {
	byName map[string]*profileTest
	// queue waits for its turn, running has it.
	queue, running []*profileTest
	// total is how many were begun since none ran, done how many of them have ended, failed the names of those that failed.
	total, done int
	failed      []string
}

// profileTest is one test of a profile.
type profileTest struct {
	name string
	// all is set when every profile is tested.
	all bool
	// begun is when the person asked for it, by the clock of this machine.
	begun time.Time
	run   *screen.Attempt
	// ended is set when the test has.
	ended   bool
	waiting *credstore.Waiting
	steps   []client.Step
	results []client.Result
	// pending tells that the pending version is tested, and is not current. concluding is set once it has passed: what is written
	// then is waited for.
	pending, concluding bool
	// problem and fix say why the profile could not be tested; told what else came of it.
	problem, fix string
	told         lifecycle.Told
}

// What the work of a test says.
type (
	notTestedMsg struct{ problem, fix string }
	testedMsg    struct {
		lifecycle.Tested
		// entry is what the list says of the profile then.
		entry credstore.Entry
		known bool
	}
)

// of is the test of a profile; nil when there was none.
func (t *tests) of(name string) *profileTest { return t.byName[name] }

// still tells whether a profile is not being tested.
func (t *tests) still(name string) bool {
	one := t.byName[name]
	return one == nil || one.ended
}

// concluding tells whether the pending version of a profile has passed, and is being activated.
func (t *tests) concluding(name string) bool {
	one := t.byName[name]
	return one != nil && one.concluding
}

// active is how many tests run or wait for their turn.
func (t *tests) active() int { return len(t.running) + len(t.queue) }

// stop ends the test of a profile, whether it runs or waits.
func (t *tests) stop(name string) {
	one := t.byName[name]
	switch {
	case one == nil || one.ended:
		return
	case one.concluding:
		one.run.Cancel() // its answer is waited for, since the write may have happened
		return
	}
	delete(t.byName, name)
	t.total--
	is := func(other *profileTest) bool { return other == one }
	t.queue = slices.DeleteFunc(t.queue, is)
	t.running = slices.DeleteFunc(t.running, is)
	one.run.Stop()
}

// forget ends the test of a profile, and what it came to: the profile is about to be another one.
func (t *tests) forget(name string) {
	if t.stop(name); t.still(name) {
		delete(t.byName, name)
	}
}

// stopAll ends every test.
func (t *tests) stopAll() {
	for _, one := range slices.Concat(t.queue, t.running) {
		t.stop(one.name)
	}
}

// test tests profiles, as many at once as may be; those that are being tested already are left alone. all is set when every
// profile is tested, see lifecycle.Trial.
func (h *Home) test(all bool, names ...string) tea.Cmd {
	t := &h.tests
	if t.byName == nil {
		t.byName = map[string]*profileTest{}
	}
	if t.active() == 0 {
		t.total, t.done, t.failed = 0, 0, nil
	}
	begun := time.Now()
	for _, name := range names {
		if one := t.byName[name]; one != nil && !one.ended {
			continue
		}
		one := &profileTest{name: name, all: all, begun: begun}
		t.byName[name] = one
		t.queue = append(t.queue, one)
		t.total++
	}
	return h.startTests()
}

// startTests lets as many of the waiting tests begin as may.
func (h *Home) startTests() tea.Cmd {
	t := &h.tests
	var cmds []tea.Cmd
	for len(t.running) < atOnce && len(t.queue) > 0 {
		one := t.queue[0]
		t.queue = t.queue[1:]
		t.running = append(t.running, one)
		env, name, all, begun := h.env, one.name, one.all, one.begun
		var cmd tea.Cmd
		one.run, cmd = screen.Begin(env.Context, lifecycle.TestTime, func(ctx context.Context, emit func(any)) {
			emit(testProfile(credstore.OneTry(ctx, begun), env, name, all, emit))
		})
		cmds = append(cmds, forHome(cmd))
	}
	return tea.Batch(cmds...)
}

// testProfile tests a profile, and does what follows from that.
func testProfile(ctx context.Context, env screen.Env, name string, all bool, emit func(any)) any {
	got, err := env.Test(ctx, name, all, screen.Events(emit))
	if err != nil {
		problem, fix := lifecycle.ExplainTest(got.Trial, err)
		return notTestedMsg{problem, fix}
	}
	entry, known, err := env.Vault.Lookup(name)
	return testedMsg{got, entry, known && err == nil}
}

// tested handles one message of a test.
func (h *Home) tested(m screen.AttemptMsg) tea.Cmd {
	i := slices.IndexFunc(h.tests.running, func(t *profileTest) bool { return t.run == m.Of() })
	if i < 0 {
		return nil // it was stopped
	}
	one := h.tests.running[i]
	switch msg := m.Said().(type) {
	case lifecycle.Waiting:
		one.waiting = &msg.Waiting
	case lifecycle.Planned:
		one.waiting, one.steps, one.pending = nil, msg.Steps, msg.Pending
	case lifecycle.Checked:
		one.results = append(one.results, msg.Result)
	case lifecycle.Unfinished:
		one.concluding = true
	case notTestedMsg:
		one.problem, one.fix = msg.problem, msg.fix
		h.changes.tested(one.name, "not possible")
		return h.endTest(one, false)
	case testedMsg:
		one.told, one.pending = msg.Told(h.env.Now()), msg.Pending && !msg.Activated()
		if msg.known {
			h.list.put(msg.entry, h.env.Now())
		}
		words := step.Tally(msg.Summary)
		switch {
		case one.pending:
			words += " (pending, not current yet)"
		case msg.Activated():
			h.forgetState(one.name)
			words += "; it is now current"
		}
		h.changes.tested(one.name, words)
		return h.endTest(one, msg.OK())
	}
	return forHome(m.Of().Next())
}

// endTest ends a test and lets the next one begin. When the list was being read meanwhile, that may have been before.
func (h *Home) endTest(one *profileTest, ok bool) tea.Cmd {
	t := &h.tests
	one.ended, one.concluding, one.waiting = true, false, nil
	h.forgetDrawn()
	one.run.Stop()
	t.running = slices.DeleteFunc(t.running, func(other *profileTest) bool { return other == one })
	t.done++
	if !ok {
		t.failed = append(t.failed, one.name)
	}
	cmd := h.startTests()
	if t.active() > 0 && h.loading == nil {
		return cmd
	}
	return tea.Batch(cmd, h.load()) // what the tests have confirmed is not unfinished any more
}

// words are what the table says of a test: nothing when the list says it.
func (t *profileTest) words(in *styles, spinner string) (sign, words string, style theme.Style) {
	switch {
	case t.run == nil:
		return in.todo, "queued", in.muted
	case !t.ended && t.waiting != nil:
		return spinner, "waiting", in.accent
	case !t.ended && t.steps == nil:
		return spinner, "reading", in.accent
	case !t.ended:
		return spinner, strconv.Itoa(len(t.results)) + "/" + strconv.Itoa(len(t.steps)), in.accent
	case t.problem != "":
		return in.failed, "not tested", in.bad
	case !t.pending:
		return "", "", theme.Style{}
	}
	switch v := client.Judge(t.results); {
	case v.Failed > 0:
		return in.failed, "pending, " + strconv.Itoa(v.Failed) + " failed", in.bad
	case v.NothingWorks:
		return in.failed, "pending, every call failed", in.bad
	case v.OK:
		return in.failed, "not activated", in.bad
	default:
		return in.failed, "pending, not finished", in.bad
	}
}

// tally counts the tests that have ended: "3 tested: 2 passed, acme failed".
func (t *tests) tally() string {
	words := strconv.Itoa(t.total) + " tested"
	if t.active() > 0 {
		words = fmt.Sprintf("%d of %d tested", t.done, t.total)
	}
	var ended []string
	if passed := t.done - len(t.failed); passed > 0 {
		ended = append(ended, strconv.Itoa(passed)+" passed")
	}
	switch n := len(t.failed); {
	case n > namedFailures:
		ended = append(ended, strconv.Itoa(n)+" failed")
	case n > 0:
		ended = append(ended, strings.Join(t.failed, ", ")+" failed")
	}
	if len(ended) == 0 {
		return words
	}
	return words + ": " + strings.Join(ended, ", ")
}

// progress is the last line while tests run, and after them.
func (h *Home) progress() string {
	t := &h.tests
	if t.total == 0 {
		return ""
	}
	words := t.tally()
	if t.active() == 0 {
		return words + "."
	}
	for _, one := range t.running {
		if w := one.waiting; w != nil {
			return fmt.Sprintf("Waiting for %s until %s; esc stops. %s.", w.What, w.Until.Format("15:04:05"), words)
		}
	}
	return words + "; esc stops."
}
