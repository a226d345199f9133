package screen

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// stepForm draws any step.Form: a field for each question, and everything that they say.
type stepForm struct {
	page
	make step.Make
	// now is the form for what is typed, answered the answers with it, and verdicts what its questions say.
	now      step.Form
	asked    []step.Question
	answered flow.Answers
	verdicts map[string]step.Verdict
	// inputs are the fields by the ID of their question; one that is not asked any more keeps what was typed.
	inputs map[string]input
	trying *Attempt
	// moved are the notes of values that gave parts to other questions, by question: they stay until the field is empty, since
	// typing goes on behind what was moved.
	moved map[string]string
	// notice is what a screen says above the first question, and silent tells that nothing is asked now; nil where a step is a
	// form and nothing else.
	notice   field.Notice
	silent   func() bool
	swapping swapping
	// below is what a screen says below a question, by its ID.
	below map[string]field.Prose
}

// triedMsg is the end of what had to be tried before the step is left.
type triedMsg struct{ err error }

func newForm(env Env, a flow.Answers, title string, build step.Make) *stepForm {
	f := &stepForm{page: newPage(env, a, title), make: build, inputs: map[string]input{}, moved: map[string]string{}}
	f.answer()
	f.layout()
	return f
}

// answer gives the questions what is typed, one after the other: whether one is asked depends on those before it.
func (f *stepForm) answer() {
	a := f.answers
	f.asked, f.verdicts = nil, map[string]step.Verdict{}
	for i := 0; ; i++ {
		f.now = f.make(f.env.Env, a)
		if i >= len(f.now.Questions) {
			break
		}
		q := f.now.Questions[i]
		in, drawn := f.inputs[q.ID]
		if !drawn {
			in = f.input(q)
			f.inputs[q.ID] = in
		}
		in.options(q.Options)
		verdict := q.Answer(&a, in.value())
		f.asked, f.verdicts[q.ID] = append(f.asked, q), verdict
		switch note := f.moved[q.ID]; {
		case verdict.Moved:
			f.moved[q.ID] = strings.Join(verdict.Notes, " ")
			f.show(a, f.moved[q.ID], q.ID)
		case in.value().IsZero():
			delete(f.moved, q.ID)
		case note != "":
			in.note(note)
		}
	}
	f.answered, f.swapping.found = a, f.now.Swap
	for _, q := range f.now.Questions {
		if in, drawn := f.inputs[q.ID]; drawn {
			in.hint(q.Hint)
			in.never(func(text string) bool { return !q.Shows(text) })
			f.again(q, in.value())
		}
	}
}

// again judges a value beside all the others as they are now: the first verdict knew those before it alone.
func (f *stepForm) again(q step.Question, v step.Value) {
	first := f.verdicts[q.ID]
	if a := f.answered; !first.Moved {
		first.Notes = q.Answer(&a, v).Notes
		f.verdicts[q.ID] = first
	}
}

// show puts what the answers have into the fields. note is said below the question's field.
func (f *stepForm) show(a flow.Answers, note, id string) {
	for _, q := range f.make(f.env.Env, a).Questions {
		if in, drawn := f.inputs[q.ID]; drawn {
			in.set(q.Value)
		}
	}
	if in, drawn := f.inputs[id]; drawn {
		in.note(note)
	}
}

// layout puts the questions on the page.
func (f *stepForm) layout() {
	items := []field.Item{f.said(f.now.Intro), f.demo(f.now.Demo)}
	if f.notice != nil {
		items = append(items, f.notice)
	}
	if f.silent != nil && f.silent() {
		f.form.SetItems(items[min(2, len(items)-1):]...)
		return
	}
	items = append(items, field.Notice(func(width int) []string { return f.swapping.lines(f.env, width) }))
	for i, q := range f.asked {
		if only, is := q.Decided(); is && len(f.asked) > 1 {
			items = append(items, f.said(only.Title+": nothing else is possible here."))
			continue
		}
		if i > 0 {
			items = append(items, emptyLine())
		}
		items = append(items, f.inputs[q.ID].Field)
		if words, is := f.below[q.ID]; is {
			items = append(items, words)
		}
	}
	if settled := strings.Join(f.now.Settled, " "+f.env.Theme.Glyphs.Dot+" "); settled != "" {
		items = append(items, emptyLine(), f.said(settled+" "+f.env.Theme.Glyphs.Dot+" "+f.env.Keys.Goto.Help().Key+" changes it"))
	}
	for i, text := range strings.Split(f.now.After, "\n") {
		if i == 0 && text != "" {
			items = append(items, emptyLine())
		}
		items = append(items, f.said(text))
	}
	f.form.SetItems(items...)
}

// warn says what looks odd. A value that is being typed is not judged before it is left.
func (f *stepForm) warn(typing bool) {
	for _, q := range f.asked {
		in, notes := f.inputs[q.ID], f.verdicts[q.ID].Notes
		if typing && in.Focused() || f.verdicts[q.ID].Moved || f.swapping.found != nil {
			notes = nil
		}
		in.warn(strings.Join(notes, "\n"))
	}
}

// focused is the question whose field has the focus; ok is false when none has.
func (f *stepForm) focused() (q step.Question, ok bool) {
	i := slices.IndexFunc(f.asked, func(q step.Question) bool { return f.inputs[q.ID].Field == f.form.Focused() })
	if i < 0 {
		return q, false
	}
	return f.asked[i], true
}

// Update implements Screen.
func (f *stepForm) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	cmd, intent := f.update(msg)
	return f, cmd, intent
}

// update is Update for the screens that are a form and something else.
func (f *stepForm) update(msg tea.Msg) (tea.Cmd, Intent) {
	before, at := f.typed(), f.form.Focused()
	switch m := msg.(type) {
	case AttemptMsg:
		return f.tried(m)
	case tea.PasteMsg:
		var ok bool
		if msg, ok = f.pasted(m); ok {
			return nil, Intent{}
		}
	case tea.KeyPressMsg:
		if q, ok := f.focused(); ok && key.Matches(m, f.env.Keys.Next) && f.refused(q) {
			return nil, Intent{}
		}
	}
	cmd, what := f.handle(msg)
	switch what {
	case eventBack:
		return cmd, Intent{Act: Back}
	case eventFill:
		f.fill()
	case eventOther:
		if two := f.swapping.found; two != nil {
			f.show(two.Do(f.answered), "", "")
		}
	case eventSubmit:
		return f.submit(cmd)
	case eventNone:
	}
	_, press := msg.(tea.KeyPressMsg)
	f.answer()
	if !maps.EqualFunc(f.typed(), before, step.Value.Equal) {
		f.stop()
		f.swapping.asked = time.Time{}
		for _, q := range f.asked {
			f.inputs[q.ID].problem("") // it was about values that are no more
		}
		f.layout()
		f.warn(press && what != eventFill)
	} else if press && f.form.Focused() != at { // moving inside of a value is not leaving it
		f.warn(false)
	}
	return cmd, Intent{}
}

// typed is what the fields hold.
func (f *stepForm) typed() map[string]step.Value {
	values := map[string]step.Value{}
	for _, q := range f.asked {
		values[q.ID] = f.inputs[q.ID].value()
	}
	return values
}

// refused says what is wrong with a value, where enter is pressed in its field; an empty one is not wrong yet.
func (f *stepForm) refused(q step.Question) bool {
	in, verdict := f.inputs[q.ID], f.verdicts[q.ID]
	if verdict.Err == nil || in.value().IsZero() || !q.Shows(in.value().Text) {
		return false // a field that shows no secret says so itself
	}
	in.problem(lifecycle.Sentence(verdict.Err))
	return true
}

// pasted handles a paste that answers several questions. Otherwise it gives the paste with the value alone.
func (f *stepForm) pasted(paste tea.PasteMsg) (tea.Msg, bool) {
	if f.now.Paste != nil {
		if a, note, ok := f.now.Paste(f.answered, paste.Content); ok {
			f.answers = a
			f.show(a, note, f.asked[0].ID)
			f.answer()
			f.layout()
			f.warn(false)
			f.form.Focus(f.lastFilled().Field)
			return nil, true
		}
	}
	if q, ok := f.focused(); ok && (q.Kind == step.Identifier || q.Kind == step.Secret) {
		paste.Content = q.Pasted(paste.Content)
	}
	return paste, false
}

// lastFilled is the last field that is not empty, before the first that is.
func (f *stepForm) lastFilled() input {
	last := f.inputs[f.asked[0].ID]
	for _, q := range f.asked {
		if f.inputs[q.ID].value().IsZero() {
			break
		}
		last = f.inputs[q.ID]
	}
	return last
}

// fill fills in the demo's values.
func (f *stepForm) fill() {
	for i := 0; i < len(f.asked); i++ {
		if q := f.asked[i]; q.Demo != nil {
			f.inputs[q.ID].set(q.Typed(q.Demo()))
			f.answer()
		}
	}
	if len(f.asked) > 0 {
		f.form.Focus(f.lastFilled().Field) // so that enter goes on
	}
}

// submit leaves the step when every question is answered.
func (f *stepForm) submit(cmd tea.Cmd) (tea.Cmd, Intent) {
	f.answer()
	var first field.Field
	fail := func(id string, err error) {
		in, drawn := f.inputs[id]
		if err == nil || !drawn {
			return
		}
		in.problem(lifecycle.Sentence(err))
		if first == nil {
			first = in.Field
		}
	}
	for _, q := range f.asked {
		fail(q.ID, f.verdicts[q.ID].Err)
	}
	if first == nil && f.now.Judge != nil {
		fail(f.now.Judge(f.answered))
	}
	switch {
	case first != nil:
		return tea.Batch(cmd, f.form.Focus(first)), Intent{}
	case f.asksSwap():
		return cmd, Intent{}
	case f.now.Task == nil:
		return cmd, Intent{Act: Next}
	}
	return tea.Batch(cmd, f.try(*f.now.Task)), Intent{}
}

// asksSwap asks before values are sent that look swapped.
func (f *stepForm) asksSwap() bool {
	words := f.swapping.ask(f.env)
	if q, ok := f.focused(); ok && words != "" {
		f.inputs[q.ID].problem(words)
	}
	return words != ""
}

// try does what has to be done before the step is left.
func (f *stepForm) try(task step.Task) tea.Cmd {
	f.stop()
	run, cmd := Begin(f.env.Context, task.Limit, func(ctx context.Context, emit func(any)) { emit(triedMsg{task.Do(ctx, Events(emit))}) })
	f.trying = run
	return cmd
}

func (f *stepForm) tried(m AttemptMsg) (tea.Cmd, Intent) {
	if m.of != f.trying || f.trying == nil {
		return nil, Intent{}
	}
	tried, ok := m.msg.(triedMsg)
	if !ok {
		return f.trying.Next(), Intent{}
	}
	f.stop()
	if tried.err == nil {
		return nil, Intent{Act: Next}
	}
	in := f.inputs[f.now.Task.ID]
	in.problem(lifecycle.Sentence(tried.err))
	return f.form.Focus(in.Field), Intent{}
}

func (f *stepForm) stop() {
	f.trying.Stop()
	f.trying = nil
}

// SetTheme implements Themed.
func (f *stepForm) SetTheme(t theme.Theme) Screen {
	f.recolour(t)
	return f
}

// Keys implements Screen.
func (f *stepForm) Keys() []key.Binding {
	k := f.env.Keys
	var keys []key.Binding
	if f.swapping.found != nil {
		keys = append(keys, theme.Named(k.Other, "swap them"))
	}
	if len(f.asked) > 1 {
		keys = append(keys, k.NextField)
	}
	switch q, ok := f.focused(); {
	case !ok:
	case q.Kind.Hidden():
		keys = append(keys, k.Reveal, k.Clear)
	case q.Kind == step.Choice:
		keys = append(keys, k.Up, k.Down)
	case q.Kind == step.Several:
		keys = append(keys, theme.Named(k.Toggle, "tick"), k.Up, k.Down)
	case q.Kind == step.Identifier:
		keys = append(keys, k.Clear)
	}
	return f.keys(keys...)
}

// Explain implements Explainer.
func (f *stepForm) Explain() []string {
	if q, ok := f.focused(); ok {
		return q.Help
	}
	return nil
}

// Answers implements Screen.
func (f *stepForm) Answers() flow.Answers { return f.answered }

// Close implements Screen.
func (f *stepForm) Close() { f.stop() }
