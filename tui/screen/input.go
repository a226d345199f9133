package screen

import (
	"slices"
	"strings"

	"mimecred/tui/field"
	"mimecred/tui/step"
)

// input is the field of a question.
type input struct {
	field.Field
	value func() step.Value
	set   func(step.Value)
	// problem says why the value cannot be used, warn what looks odd, note what was done to it, hint what it is for; "" takes it away.
	problem, warn, note, hint func(string)
	// never tells what is not shown as it is.
	never func(func(text string) bool)
	// options replaces what can be chosen.
	options func([]step.Option)
}

// input makes the field of a question, with the value that the answers have.
func (p *page) input(q step.Question) input {
	var in input
	label := q.Label
	if q.Optional && q.Kind == step.Text && !strings.Contains(label, "(") {
		label += " (optional)"
	}
	options := p.fieldOptions(field.WithLabel(label), field.WithPlaceholder(q.Placeholder), field.WithHint(q.Hint))
	switch q.Kind {
	case step.Secret, step.Password:
		if q.Kind == step.Password {
			options = append(options, field.WithPassword())
		}
		s := field.NewSecret(options...)
		in = input{
			Field: s, value: func() step.Value { return step.Value{Secret: s.Value()} }, set: func(v step.Value) { s.SetValue(v.Secret) },
			problem: s.SetError, warn: s.SetWarning, hint: s.SetHint,
		}
	case step.OneTimeCode:
		o := field.NewOTP(options...)
		in = input{
			Field: o, value: func() step.Value { return step.Value{Secret: o.Value()} }, set: func(v step.Value) { o.SetValue(v.Secret) },
			problem: o.SetError, hint: o.SetHint,
		}
	case step.Choice:
		c := field.NewChoice(fieldRows(q.Options...), options...)
		if len(q.Options) > 0 {
			c.Select(q.Options[0].ID) // where nothing is proposed, not the first that can be chosen either
		}
		in = input{
			Field: c, value: func() step.Value { row, _ := c.Current(); return step.Value{Text: row.ID} }, set: func(v step.Value) { c.Select(v.Text) },
			problem: c.SetError, options: func(o []step.Option) { c.SetRows(fieldRows(o...)) },
		}
	case step.Several:
		c := field.NewChecklist(fieldEntries(q.Options), ticks(q.Value.Many), options...)
		c.Move(0)
		in = input{
			Field: c, value: func() step.Value { return step.Value{Many: ticked(q.Options, c.Ticked())} }, set: func(step.Value) {},
		}
	case step.Text, step.Identifier:
		if q.Kind == step.Identifier {
			options = append(options, field.WithIdentifier())
		}
		if q.MayBeLong() {
			options = append(options, field.WithAnyLength())
		}
		t := field.NewText(options...)
		in = input{
			Field: t, value: func() step.Value { return step.Value{Text: t.Value()} }, set: func(v step.Value) { t.SetValue(v.Text) },
			problem: t.SetError, warn: t.SetWarning, note: t.SetNote, hint: t.SetHint, never: t.SetNever,
		}
	}
	in.complete()
	in.set(q.Value)
	return in
}

// complete gives what a kind of field does not have a function that does nothing.
func (in *input) complete() {
	if in.options == nil {
		in.options = func([]step.Option) {}
	}
	if in.never == nil {
		in.never = func(func(string) bool) {}
	}
	for _, say := range []*func(string){&in.problem, &in.warn, &in.note, &in.hint} {
		if *say == nil {
			*say = func(string) {}
		}
	}
}

// fieldEntries are options as entries of a checklist.
func fieldEntries(options []step.Option) []field.Entry {
	entries := make([]field.Entry, 0, len(options))
	for _, o := range options {
		entries = append(entries, field.Entry{ID: o.ID, Text: o.Title, Why: o.About})
	}
	return entries
}

func ticks(ids []string) map[string]bool {
	ticked := map[string]bool{}
	for _, id := range ids {
		ticked[id] = true
	}
	return ticked
}

// ticked are the IDs of the options that are ticked, in their order.
func ticked(options []step.Option, ticked map[string]bool) []string {
	var ids []string
	for _, o := range options {
		if ticked[o.ID] {
			ids = append(ids, o.ID)
		}
	}
	return slices.Clip(ids)
}
