package home

import (
	"slices"
	"strconv"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/step"
)

// results are the checks of a profile: those of the test that runs as they come, or else the last ones.
func (h *Home) results(r *row, width int, now time.Time) []segment {
	if !r.known {
		return nil
	}
	if t := h.tests.of(r.name); t != nil && (!t.ended || t.pending || t.problem != "" || len(t.results) > 0) {
		return h.liveResults(t, r, width)
	}
	c := r.entry.LastCheck
	if c == nil {
		return wrapped("Not tested yet; t tests it.", width, h.styles.muted)
	}
	list := wrapped("Tested "+step.Ago(c.At, now)+": "+step.Tally(*c), width, h.styles.label)
	if words := step.WorkedWords(r.entry, now); words != "" {
		list = append(list, wrapped(words, width, h.styles.muted)...)
	}
	if len(c.Checks) > 0 && len(h.titles) == 0 {
		return list // the titles are being looked up
	}
	var lines []segment
	for _, one := range c.Checks {
		lines = append(lines, h.resultLine(one.State, h.titles[one.ID], lifecycle.KindWords(one.Kind), width))
	}
	if len(c.Checks) == 0 {
		lines = wrapped("The single checks are known after the next test.", width, h.styles.muted)
	}
	if !slices.ContainsFunc(c.Checks, func(one credstore.CheckState) bool { return one.State != client.Passed }) {
		return append(list, lines...) // nothing to explain
	}
	recalled := client.Recall(lifecycle.Results(c, client.Plan{}), r.entry.API, lifecycle.HistoryOf(r.entry))
	return append(append(list, h.remedies(recalled, lifecycle.HeldBy(r.entry), width)...), lines...)
}

// remedies say why checks did not pass and what to do, once for each cause, with the key that starts it. Where there are any, an empty
// line is below them.
func (h *Home) remedies(results []client.Result, held lifecycle.Held, width int) []segment {
	k := h.env.Keys
	ways := held.Keys(lifecycle.WayNames{
		Edit: k.Edit.Help().Key, Rotate: k.Rotate.Help().Key, GoOn: k.GoOn.Help().Key, Discard: "Discard what is unfinished", Test: k.Test.Help().Key,
	})
	var list []segment
	for _, c := range step.Causes(results, ways) {
		for _, line := range []string{c.Why, c.Said} {
			if line != "" {
				list = append(list, wrapped(line, width, h.styles.muted)...)
			}
		}
		if c.Fix != "" {
			list = append(list, wrapped(c.Fix, width, h.styles.text)...)
		}
		list = append(list, segment{})
	}
	return list
}

// liveResults are the checks of a test of this session.
func (h *Home) liveResults(t *profileTest, r *row, width int) []segment {
	var list []segment
	switch {
	case t.run == nil:
		return wrapped("Waiting to be tested.", width, h.styles.muted)
	case t.problem != "":
		list = append(list, wrapped("Not tested. "+t.problem, width, h.styles.bad)...)
		return append(list, wrapped(t.fix, width, h.styles.text)...)
	case t.waiting != nil && !t.ended:
		list = append(list, wrapped(waitingWords(t.waiting)+".", width, h.styles.accent)...)
	case !t.ended && t.steps == nil:
		return wrapped("Reading it from the store", width, h.styles.accent)
	case !t.ended:
		list = append(list, segment{}.add("Testing, "+strconv.Itoa(len(t.results))+" of "+strconv.Itoa(len(t.steps)), h.styles.accent))
	default:
		v := client.Judge(t.results)
		words := "Tested just now: "
		if t.pending {
			words = "Pending version tested: "
		}
		sum := credstore.CheckSummary{Failed: v.Failed, Warnings: v.Warnings, Passed: v.Passed}
		list = append(list, wrapped(words+step.Tally(sum), width, h.styles.label)...)
		if v.NothingWorks && v.Failed == 0 {
			list = append(list, wrapped("Every call that the product makes failed.", width, h.styles.bad)...)
		}
		held := lifecycle.HeldBy(r.entry)
		held.Tried = t.pending
		list = append(list, h.remedies(t.results, held, width)...)
	}
	turning := h.spinner.View()
	for _, s := range t.steps {
		line, ended := h.stepLine(t, s, turning, width)
		if list = append(list, line); !ended {
			turning = h.env.Theme.Glyphs.Todo // one turns, which keeps each turn small on a slow line
		}
	}
	if t.ended {
		if words, _ := lifecycle.NoData(t.results); words != "" {
			list = append(list, wrapped(words, width, h.styles.muted)...)
		}
	}
	for _, line := range t.told.Lines() {
		list = append(list, wrapped(line, width, h.styles.warn)...)
	}
	return list
}

// stepLine draws a check that has ended, or one that runs or is still to come behind its sign.
func (h *Home) stepLine(t *profileTest, s client.Step, sign string, width int) (line segment, ended bool) {
	for _, r := range t.results {
		if r.ID != s.ID {
			continue
		}
		title, right := r.Title, lifecycle.KindWords(r.Kind)
		if title == "" {
			title = s.Title
		}
		switch {
		case r.NoData() != "":
			right = r.Detail
		case r.State == client.Passed:
			right = r.Took()
		}
		return h.resultLine(r.State, title, right, width), true
	}
	if t.ended {
		return h.resultLine(client.Skipped, s.Title, "", width), true
	}
	in := &h.styles
	return segment{}.add(sign+" ", in.accent).add(field.Cut(s.Title, width-2, in.more), in.muted), false
}

// resultLine draws one check: sign, title, and at the right what is to be said of it where there is room.
func (h *Home) resultLine(state client.State, title, right string, width int) segment {
	in := &h.styles
	sign, style, text := in.passed, in.good, in.text
	switch state {
	case client.Warning:
		sign, style = in.warning, in.warn
	case client.Failed:
		sign, style = in.failed, in.bad
	case client.Skipped:
		sign, style, text = in.skipped, in.muted, in.muted
	case client.Passed:
	}
	s := segment{}.add(sign, style).add(" ", text)
	room := width - 2
	if right != "" && cells(right)+12 <= room {
		room -= cells(right) + 2
	} else {
		right = ""
	}
	s = s.add(field.Cut(title, room, in.more), text)
	if right == "" {
		return s
	}
	return s.to(width-cells(right)).add(right, in.muted)
}
