package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// wordNone is the answer that leaves a value out.
const wordNone = "none"

// kept is in the brackets of a secret that was given before.
const kept = "keep the one given before"

// form asks the questions of a step. "<" goes to the one before; from the first one it leaves the step. A step that was come back
// to begins with its last question.
func (s *session) form(build step.Make) error {
	from := ""
	if f := build(s.env, s.a); s.fromEnd && len(f.Questions) > 0 {
		from = f.Questions[len(f.Questions)-1].ID
	}
	s.out.indented(build(s.env, s.a).Intro)
	for _, line := range build(s.env, s.a).Settled {
		s.out.indented(line + ". ! changes it.")
	}
	return s.formFrom(build, from, nil)
}

// formFrom is form from one question on, "" for the first. answered is called after each answer; nil does nothing. What it gives
// may be errDone, or an again for another question.
func (s *session) formFrom(build step.Make, from string, answered func(id string) error) error {
	base := s.label
	defer func() { s.label = base }()
	at := max(0, build(s.env, s.a).Index(from))
	for {
		f := build(s.env, s.a)
		if at >= len(f.Questions) {
			id, err := s.leaveForm(f)
			if err != nil || id == "" {
				return err
			}
			at = max(0, f.Index(id))
			continue
		}
		if only, is := f.Questions[at].Decided(); is && len(f.Questions) > 1 {
			if s.keeps(f.Questions[at], step.Value{Text: only.ID}) {
				s.unusable(f.Questions[at])
				s.out.indented(only.Title + ": nothing else is possible here.")
				at++
				continue
			}
		}
		s.label = formNumber(base, f, at)
		to, err := s.put(f, at)
		if err == nil && answered != nil {
			err = answered(f.Questions[at].ID)
		}
		var redo *again
		switch {
		case errors.Is(err, errDone):
			return nil
		case errors.As(err, &redo):
			at = max(0, build(s.env, s.a).Index(redo.id))
		case errors.Is(err, errBack) && before(f, at) >= 0:
			at = before(f, at)
		case err != nil:
			return err
		default:
			if at = to; to > 0 && build(s.env, s.a).Index(f.Questions[to-1].ID) < 0 {
				at-- // the question that was answered is asked no more
			}
		}
	}
}

// unusable says which options of a question cannot be chosen, and why.
func (s *session) unusable(q step.Question) {
	for _, r := range optionRows(q.Options) {
		if r.problem != "" {
			s.out.indented(r.cannot())
		}
	}
}

// before is the question before one that is asked; -1 where there is none.
func before(f step.Form, at int) int {
	for at--; at >= 0; at-- {
		if _, is := f.Questions[at].Decided(); !is {
			break
		}
	}
	return at
}

// formNumber is the question's number: "7.2" for the second of step 7, "3." in a step that has one question only.
func formNumber(base string, f step.Form, at int) string {
	switch {
	case base == "":
		return ""
	case len(f.Questions) < 2:
		return base + "."
	}
	return fmt.Sprintf("%s.%d", base, at+1)
}

// leaveForm sees that the answers fit together. id is the question to go back to; "" when there is none.
func (s *session) leaveForm(f step.Form) (id string, err error) {
	for _, text := range strings.Split(f.After, "\n") {
		s.out.indented(text)
	}
	if err := s.swap(f.Swap); err != nil {
		return "", err
	}
	if f.Judge != nil {
		if id, err := f.Judge(s.a); err != nil {
			s.out.indented(lifecycle.Sentence(err))
			s.forget(f)
			return id, nil
		}
	}
	if f.Task == nil || f.Task.Do == nil {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(s.ctx, f.Task.Limit)
	defer cancel()
	if err := f.Task.Do(ctx, s.tell); err != nil {
		if s.ctx.Err() != nil {
			return "", s.ctx.Err() //nolint:wrapcheck // a context's error says it all
		}
		s.out.indented(lifecycle.Sentence(err))
		return f.Questions[0].ID, nil
	}
	return "", nil
}

// forget removes the secrets of a form from the answers: an empty answer must not keep what was refused.
func (s *session) forget(f step.Form) {
	for _, q := range f.Questions {
		if q.Kind == step.Secret {
			q.Set(&s.a, step.Value{})
		}
	}
}

// put asks the question of a form at an index, and gives the index of the next one.
func (s *session) put(f step.Form, at int) (next int, err error) {
	q := f.Questions[at]
	switch q.Kind {
	case step.Choice:
		return at + 1, s.putChoice(q)
	case step.Several:
		return at + 1, s.putSeveral(q)
	case step.Secret, step.Password:
		return s.putHidden(f, at)
	case step.Text, step.Identifier, step.OneTimeCode:
	}
	return s.putText(f, at)
}

// asked is the question as line mode asks it.
func (s *session) asked(q step.Question) question {
	out := question{text: q.Label, help: q.Help, suggested: q.Value.Text}
	if len(out.help) == 0 && q.Hint != "" {
		out.help = []string{q.Hint}
	}
	if q.Kind == step.Identifier {
		out.field = q.ID
	}
	if q.Optional && q.Kind == step.Text {
		out.text += ", or " + wordNone
		if out.suggested == "" {
			out.suggested = wordNone
		}
	}
	if !q.Shows(q.Value.Text) {
		out.shown = kept
	}
	if q.Demo != nil {
		out.demo = q.Demo()
	}
	if q.ID == "profile" && out.suggested == "" {
		out.suggested = s.freeName(q)
	}
	return out
}

// putText asks for a value that may be seen.
func (s *session) putText(f step.Form, at int) (next int, err error) {
	q := f.Questions[at]
	for {
		text, err := s.answer(s.asked(q))
		if err != nil {
			return at, err
		}
		if to, ok := s.pastedForm(f, at, text); ok {
			return to, nil
		}
		if q.Optional && strings.EqualFold(text, wordNone) {
			text = ""
		}
		if text, err = s.alone(q, text); err != nil {
			s.out.indented(lifecycle.Sentence(err))
			continue
		}
		if s.keeps(q, step.Value{Text: text}) {
			if text == "" || strings.EqualFold(text, wordNone) {
				s.out.indented(q.Without)
			}
			return at + 1, nil
		}
	}
}

// keeps gives a value to its question and says what that says of it. It is false when the value cannot be used.
func (s *session) keeps(q step.Question, v step.Value) bool {
	a := s.a
	verdict := q.Answer(&a, v)
	switch {
	case verdict.Err != nil && !q.Shows(v.Text):
		s.misplaced()
		return false
	case verdict.Err != nil:
		text := lifecycle.Sentence(verdict.Err)
		if _, foreign := errors.AsType[*client.ForeignValueError](verdict.Err); foreign {
			text += " It was dropped; paste the value alone."
		}
		s.out.indented(text)
		return false
	}
	s.a = a
	if q.Kind == step.Identifier || q.Kind.Hidden() {
		s.length(verdict)
	}
	for _, note := range verdict.Notes {
		s.out.indented("Note: " + note)
	}
	return true
}

// length says how long a value is and what was removed from it.
func (s *session) length(v step.Verdict) {
	text := fmt.Sprintf("%d characters", v.Length)
	if v.Length == 1 {
		text = "1 character"
	}
	if r := v.Removed.String(); r != "" {
		text += ", " + r
	}
	s.out.indented(text + ".")
}

// putHidden asks for a value that is not shown; an empty answer keeps the one given before.
func (s *session) putHidden(f step.Form, at int) (next int, err error) {
	q := f.Questions[at]
	words := ""
	if !q.Value.Secret.IsZero() {
		words = kept
	}
	line := s.asked(q)
	line.optional = q.Optional
	for {
		raw, err := s.hidden(line, words)
		if err == nil && s.secretLines && q.Kind == step.Secret {
			raw, err = s.wholeSecret(raw, q.ID)
		}
		switch {
		case err != nil:
			return at, err
		case raw == "" && words != "":
			return at + 1, nil
		}
		if to, ok := s.pastedForm(f, at, raw); ok {
			return to, nil
		}
		if s.keeps(q, step.Value{Secret: secret.New(raw)}) {
			return at + 1, nil
		}
	}
}

// pastedForm handles an answer that holds those to several questions. next is the first question that it left open.
func (s *session) pastedForm(f step.Form, at int, text string) (next int, ok bool) {
	if f.Paste == nil {
		return 0, false
	}
	a, note, ok := f.Paste(s.a, text)
	if !ok {
		return 0, false
	}
	s.a = a
	s.out.indented(note)
	if !s.shown.erased && !f.Questions[at].Kind.Hidden() {
		s.out.indented("Clear the terminal if it shows them.")
	}
	next = at + 1
	for next < len(f.Questions) && f.Questions[next].Kind == step.Secret {
		next++
	}
	return next, true
}

// optionRows are options as rows.
func optionRows(options []step.Option) []row {
	rows := make([]row, 0, len(options))
	for _, o := range options {
		rows = append(rows, row{id: o.ID, title: o.Title, aside: o.Aside, about: o.About, words: o.Words, problem: o.Problem, fix: o.Fix})
	}
	return rows
}

// putChoice asks for one of the options; an empty answer takes the one that the answers have.
func (s *session) putChoice(q step.Question) error {
	suggested := q.Value.Text
	if o, ok := q.Option(suggested); !ok || o.Problem != "" {
		suggested = ""
	}
	for {
		// What fits no row is the question's to judge.
		id, _, err := s.choose(question{text: q.Label, help: q.Help}, optionRows(q.Options), suggested, true)
		if err != nil || s.keeps(q, step.Value{Text: id}) {
			return err
		}
		if len(q.Options) > mostListed {
			suggested = "" // what was looked for is not that
		}
	}
}

// mostListed is how many options are listed before they are asked for.
const mostListed = 12

// putSeveral asks for any number of the options: each number changes whether its option is in it.
func (s *session) putSeveral(q step.Question) error {
	chosen := slices.Clone(q.Value.Many)
	rows := optionRows(q.Options)
	for {
		list := func() {
			s.out.line("%s", strings.TrimSpace(s.label+" "+q.Label))
			for i, r := range rows {
				mark := "no "
				if slices.Contains(chosen, r.id) {
					mark = "yes"
				}
				s.out.line("    %d) %s  %s", i+1, mark, r.line())
			}
		}
		if len(rows) > mostListed {
			s.out.indented(fmt.Sprintf("%d of %d are chosen. ? lists them.", len(chosen), len(rows)))
		}
		text, err := s.answer(question{
			text: q.Label + " Numbers to change, or nothing to go on", title: q.Label, optional: true, list: list, listed: len(rows) > mostListed,
			empty: "goes on with those that say yes",
			help:  append(slices.Clone(q.Help), "Type a number to change its yes or no, several with commas between them."),
		})
		if err != nil {
			return err
		}
		if text == "" && s.keeps(q, step.Value{Many: chosen}) {
			return nil
		}
		for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
			i := pick(rows, part)
			if i < 0 {
				s.out.indented(fmt.Sprintf("%q is none of them. Type numbers from 1 to %d.", part, len(rows)))
				break
			}
			chosen = toggled(chosen, rows[i].id)
		}
	}
}

// toggled is a list with an ID taken out, or put in.
func toggled(ids []string, id string) []string {
	if i := slices.Index(ids, id); i >= 0 {
		return slices.Delete(slices.Clone(ids), i, i+1)
	}
	return append(slices.Clone(ids), id)
}

// one asks one question of a form.
func (s *session) one(build step.Make, id string) func() error {
	return func() error {
		f := build(s.env, s.a)
		_, err := s.put(f, max(0, f.Index(id)))
		return err
	}
}
