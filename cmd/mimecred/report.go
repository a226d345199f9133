package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// report prints the checks of one profile as lines of text, each as soon as it is known.
type report struct {
	a     *app
	l     look
	t     target
	on    bool
	begun bool
	// order holds rows back until those before them in the plan are there.
	order *client.InOrder
	// printed are the rows that are there already, by their id.
	printed map[string]client.Result
	width   int // of the column of titles
}

func (a *app) newReport(t target, steps []client.Step, on bool) *report {
	r := &report{a: a, l: a.look(a.std.out), t: t, on: on, printed: map[string]client.Result{}, order: client.NewInOrder(steps)}
	for _, step := range steps {
		r.width = max(r.width, utf8.RuneCountInString(step.Title))
	}
	return r
}

func (r *report) line(format string, args ...any) {
	if r.on {
		_ = r.a.print(columned(fmt.Sprintf(format, args...), r.l.width) + "\n") // the end of the program tells
	}
}

// begin prints whose checks follow.
func (r *report) begin() {
	if r.begun {
		return
	}
	r.begun = true
	p := r.t.profile
	words := []string{r.l.paint(bold, oneLine(p.Name)), "API " + oneLine(string(p.API)), oneLine(p.Endpoint.BaseURL)}
	if p.Integration != "" {
		words = append(words, oneLine(p.Integration))
	}
	r.line("%s", strings.Join(words, " "+r.l.signs.dot+" "))
}

// row prints one result in its place in the plan. One that comes a second time, at the end of the run, is printed again only if it ended
// otherwise.
func (r *report) row(c client.Result) {
	r.begin()
	for _, ready := range r.order.Add(c) {
		r.write(ready)
	}
}

// write prints one result: sign, title, time, and a short fact or what Mimecast said.
func (r *report) write(c client.Result) {
	if before, is := r.printed[c.ID]; is && before.State == c.State && before.Kind == c.Kind {
		return
	}
	r.printed[c.ID] = c
	text := fmt.Sprintf("  %s %s  %8s  %s", r.l.sign(c.State), pad(r.l.text(c.Title), r.width), c.Took(), r.fact(c))
	r.line("%s", strings.TrimRight(text, " "))
	if c.State != client.Failed && c.State != client.Warning {
		r.indented(c.NoData())
		return
	}
	if c.RequestID != "" {
		r.indented("Request id for a support ticket: " + c.RequestID)
	}
}

// remedies prints what to do, once for each cause.
func (r *report) remedies(results []client.Result) {
	for _, m := range client.Remedies(results) {
		r.line("")
		for _, part := range wrap(r.l.text(lifecycle.TitlesOf(m)+": "+m.Meaning), r.l.width-4) {
			r.line("    %s", part)
		}
		r.indented(r.t.remedy(m.Fix, m.Where))
		if m.Kind != "" {
			r.indented("More: mimecred explain " + string(m.Kind))
		}
	}
}

func (r *report) indented(text string) {
	for line := range strings.Lines(text) {
		if line = r.l.text(line); line == "" {
			continue
		}
		for _, part := range wrap(line, r.l.width-6) {
			r.line("      %s", part)
		}
	}
}

// fact is what is at the end of a row.
func (r *report) fact(c client.Result) string {
	var words []string
	switch c.State {
	case client.Failed, client.Warning:
		if c.HTTPStatus != 0 {
			words = append(words, strconv.Itoa(c.HTTPStatus))
		}
		for _, word := range []string{c.Code, c.Message} {
			if word != "" {
				words = append(words, word)
			}
		}
		if len(words) == 0 {
			words = append(words, c.Detail)
		}
	default:
		words = append(words, c.Detail)
	}
	return r.l.text(strings.Join(words, " "))
}

func (l look) sign(s client.State) string {
	switch s {
	case client.Passed:
		return l.paint(green, l.signs.passed)
	case client.Warning:
		return l.paint(yellow, l.signs.warning)
	case client.Failed:
		return l.paint(red, l.signs.failed)
	case client.Skipped:
		return l.signs.skipped
	default:
		return " "
	}
}

// end prints the sum of one profile.
func (r *report) end(o outcome) {
	for _, rest := range r.order.Rest() {
		r.write(rest)
	}
	if o.err != nil && len(o.results) == 0 {
		return
	}
	r.remedies(o.results)
	if v := client.Judge(o.results); v.NothingWorks && v.Failed == 0 {
		r.line("  every call that the product makes failed")
	}
	r.line("  %s in %s\n", lifecycle.Counted(o.summary()), client.Result{Duration: max(o.duration, 1)}.Took())
}

// replay reports an outcome that is complete already.
func (a *app) replay(o outcome, on bool) {
	r := a.newReport(o.target, o.plan.Steps(), on && !a.flags.quiet)
	for _, result := range o.results {
		r.row(result)
	}
	r.end(o)
}
