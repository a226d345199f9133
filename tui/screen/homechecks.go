package screen

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/theme"
)

// atOnce is how many profiles are tested beside each other.
const atOnce = 4

// homeTests are the tests that were made since the list is shown, by profile.
type homeTests struct {
	byName map[string]*profileTest
	// queue waits for its turn, running has it.
	queue, running []*profileTest
	// total is how many were begun since none ran, done how many of them have ended, failed those that were not all right.
	total, done, failed int
	// turning is set while a picture of the spinner is asked for.
	turning bool
}

// profileTest is one test of a profile.
type profileTest struct {
	name string
	run  *attempt
	// over is set when it has ended.
	over    bool
	waiting *credstore.Waiting
	steps   []client.Step
	results []client.Result
	// pending tells that nothing is in force yet, and what waits is tested.
	pending bool
	// problem and fix say why the profile could not be tested; note what else came of it.
	problem, fix, note string
}

// What the work of a test says.
type (
	testBegunMsg struct {
		steps   []client.Step
		pending bool
	}
	notTestedMsg  struct{ problem, fix string }
	checkNotedMsg struct {
		sum   credstore.CheckSummary
		entry credstore.Entry
		known bool
		note  string
	}
)

// of is the test of a profile; nil when there was none.
func (t *homeTests) of(name string) *profileTest { return t.byName[name] }

// still tells whether a profile is not being tested.
func (t *homeTests) still(name string) bool {
	one := t.byName[name]
	return one == nil || one.over
}

// active is how many tests run or wait for their turn.
func (t *homeTests) active() int { return len(t.running) + len(t.queue) }

// stop ends the test of a profile, whether it runs or waits.
func (t *homeTests) stop(name string) {
	one := t.byName[name]
	if one == nil || one.over {
		return
	}
	delete(t.byName, name)
	t.total--
	is := func(other *profileTest) bool { return other == one }
	t.queue = slices.DeleteFunc(t.queue, is)
	t.running = slices.DeleteFunc(t.running, is)
	one.run.stop()
}

// forget ends the test of a profile, and what it came to: the profile is about to be another one.
func (t *homeTests) forget(name string) {
	t.stop(name)
	delete(t.byName, name)
}

// stopAll ends every test.
func (t *homeTests) stopAll() {
	for _, one := range slices.Concat(t.queue, t.running) {
		t.stop(one.name)
	}
}

// test tests profiles, as many at once as may be; those that are being tested already are left alone.
func (h *Home) test(names ...string) tea.Cmd {
	t := &h.tests
	if t.byName == nil {
		t.byName = map[string]*profileTest{}
	}
	if t.active() == 0 {
		t.total, t.done, t.failed = 0, 0, 0
	}
	for _, name := range names {
		if one := t.byName[name]; one != nil && !one.over {
			continue
		}
		one := &profileTest{name: name}
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
		env, name := h.env, one.name
		var cmd tea.Cmd
		one.run, cmd = begin(env.Context, 2*lifecycle.StoreTime+lifecycle.CheckTime, func(ctx context.Context, emit func(any)) {
			emit(testProfile(ctx, env, name, emit))
		})
		cmds = append(cmds, forHome(cmd))
	}
	return tea.Batch(cmds...)
}

// testProfile tests what is in force of a profile, or what waits when nothing is, and notes the outcome in the list.
func testProfile(ctx context.Context, env Env, name string, emit func(any)) any {
	ctx = credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(waitingMsg{w}) })
	record, err := loadFor(ctx, env, name)
	version := record.Active
	if version == nil {
		version = record.Pending
	}
	if err == nil && (version == nil || version.Credential == nil) {
		err = &credstore.Error{Kind: credstore.NotFound, Op: "find a credential of " + name}
	}
	if err != nil {
		sentence, fix := credstore.Explain(err)
		return notTestedMsg{sentence, fix}
	}
	p := record.ProfileOf(version)
	plan, err := env.Plan(lifecycle.Selection(p))
	if err != nil {
		return notTestedMsg{"It is not known what to check for this integration: " + err.Error() + ".", "Choose another integration with e."}
	}
	if entry, known, err := env.Vault.Lookup(name); known && err == nil && version == record.Active {
		plan.History = lifecycle.HistoryOf(entry)
	}
	emit(testBegunMsg{plan.Steps(), record.Active == nil})
	mimecast, err := env.Dial(p.Endpoint)
	if err != nil {
		d := client.Diagnose(err, p.API)
		return notTestedMsg{d.Meaning + " (" + err.Error() + ")", lifecycle.ProfileRemedy(d.Fix, d.Where, name)}
	}
	defer mimecast.Close()
	began := env.Now()
	checking, cancel := context.WithTimeout(ctx, lifecycle.CheckTime)
	defer cancel()
	var results []client.Result
	for r := range mimecast.Check(checking, version.Credential, plan) {
		results = append(results, r)
		emit(resultMsg{r})
	}
	if ctx.Err() != nil { // that says nothing about the credential; nobody listens when it was called off
		return notTestedMsg{"The test was broken off, because it took too long.", "Try again."}
	}
	sum := lifecycle.Summary(results, began)
	sum.Version = version.ID
	return noteTest(ctx, env, name, sum, record.Active == nil)
}

// loadFor reads a profile within the time that a store has.
func loadFor(ctx context.Context, env Env, name string) (credstore.Record, error) {
	ctx, cancel := context.WithTimeout(ctx, lifecycle.StoreTime)
	defer cancel()
	return env.Vault.Load(ctx, name)
}

// noteTest notes the outcome of a test, and forgets a previous version whose time is over. What only waits is reported and
// not noted: the list tells of what is in force.
func noteTest(ctx context.Context, env Env, name string, sum credstore.CheckSummary, pending bool) checkNotedMsg {
	out := checkNotedMsg{sum: sum}
	if !pending {
		out.note = NoteChecked(ctx, env, name, sum)
	}
	entry, known, err := env.Vault.Lookup(name)
	out.entry, out.known = entry, known && err == nil
	return out
}

// NoteChecked notes the outcome of a test of what is in force, which confirms a change that waits for that. When it passed, a
// previous version whose time is over is forgotten. What comes back is what the person should know of it.
func NoteChecked(ctx context.Context, env Env, name string, sum credstore.CheckSummary) string {
	if err := env.Profiles.RecordCheck(name, sum); err != nil {
		return "The outcome could not be noted in the list. " + explained(err)
	}
	if !sum.OK {
		return "" // the previous version may be the one that works
	}
	// What cannot be forgotten now is tried again at the next test.
	if swept, err := env.Profiles.Sweep(ctx, name); err == nil && swept != nil {
		return "The previous version, which was kept until now, is forgotten. At Mimecast it stays valid until it is removed there."
	}
	return ""
}

// tested takes one message of a test.
func (h *Home) tested(m attemptMsg) tea.Cmd {
	i := slices.IndexFunc(h.tests.running, func(t *profileTest) bool { return t.run == m.of })
	if i < 0 {
		return nil // it was stopped
	}
	one := h.tests.running[i]
	switch msg := m.msg.(type) {
	case waitingMsg:
		one.waiting = &msg.waiting
	case testBegunMsg:
		one.waiting, one.steps, one.pending = nil, msg.steps, msg.pending
	case resultMsg:
		one.results = append(one.results, msg.result)
	case notTestedMsg:
		one.problem, one.fix = msg.problem, msg.fix
		h.changes.tested(one.name, "not possible")
		return h.testOver(one, false)
	case checkNotedMsg:
		one.note = msg.note
		if msg.known {
			h.list.put(msg.entry, h.env.Now())
		}
		words := tally(msg.sum)
		if one.pending {
			words += " (what waits, not yet in force)"
		}
		h.changes.tested(one.name, words)
		return h.testOver(one, msg.sum.OK)
	}
	return forHome(m.of.next())
}

// testOver ends a test and lets the next one begin. When the list was being read meanwhile, that may have been before.
func (h *Home) testOver(one *profileTest, ok bool) tea.Cmd {
	t := &h.tests
	one.over, one.waiting = true, nil
	h.forgetDrawn()
	one.run.stop()
	t.running = slices.DeleteFunc(t.running, func(other *profileTest) bool { return other == one })
	t.done++
	if !ok {
		t.failed++
	}
	cmd := h.startTests()
	if t.active() > 0 && h.loading == nil {
		return cmd
	}
	return tea.Batch(cmd, h.load()) // what the tests have confirmed is not unfinished any more
}

// words are what the table says of a test: nothing when the list says it.
func (t *profileTest) words(in *inks, spin int) (sign, words string, style theme.Ink) {
	spinner := in.spinner[spin%len(in.spinner)]
	switch {
	case t.run == nil:
		return in.todo, "waits", in.muted
	case !t.over && t.waiting != nil:
		return spinner, "store waits", in.accent
	case !t.over && t.steps == nil:
		return spinner, "reading", in.accent
	case !t.over:
		return spinner, strconv.Itoa(len(t.results)) + "/" + strconv.Itoa(len(t.steps)), in.accent
	case t.problem != "":
		return in.failed, "not tested", in.bad
	case !t.pending:
		return "", "", theme.Ink{}
	}
	switch v := client.Judge(t.results); {
	case v.Failed > 0:
		return in.failed, "waits, " + strconv.Itoa(v.Failed) + " failed", in.bad
	case v.NothingWorks:
		return in.failed, "waits, every call failed", in.bad
	case v.OK:
		return in.passed, "waits, passed", in.good
	default:
		return in.failed, "waits, not finished", in.bad
	}
}

// progress is the last line while tests run, and after them.
func (h *Home) progress() string {
	t := &h.tests
	if t.total == 0 {
		return ""
	}
	words := fmt.Sprintf("%d of %d tested", t.done, t.total)
	if t.failed > 0 {
		words += fmt.Sprintf(", %d not all right", t.failed)
	}
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
