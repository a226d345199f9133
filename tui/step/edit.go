package step

import (
	"errors"
	"strings"

	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// EditSave is the option that tests the change and saves it; the others are the names of steps to go to.
const EditSave = "save"

// EditForm asks for what a profile is around its credential.
func EditForm(env Env, a flow.Answers) Form {
	f := Form{Step: flow.Edit, Intro: "A change is tested with the current credential first, and used when it passes."}
	if wantsDomain(env, a) {
		f.Questions = append(f.Questions, edited(domain(env, a)))
	}
	f.Questions = append(f.Questions, edited(rotateAfter(a)), thenEdit(a))
	return f
}

// edited notes that an answer is not what it was.
func edited(q Question) Question {
	set := q.Set
	q.Set = func(a *flow.Answers, v Value) Verdict {
		domain, after := a.InternalDomain, a.RotateAfter
		verdict := set(a, v)
		a.Edited = a.Edited || verdict.Err != nil || a.InternalDomain != domain || a.RotateAfter != after
		return verdict
	}
	return q
}

func rotateAfter(a flow.Answers) Question {
	q := Question{
		ID: "rotate_after", Label: "Rotate after", Placeholder: credstore.DefaultRotateAfter.String(), Optional: true,
		Hint: "A reminder, such as 90d, 12w or never. Empty is " + credstore.DefaultRotateAfter.Words() + ".",
		Help: []string{"A reminder, such as 90d or 12w, or never: list and show tell when it is due."},
	}
	if a.RotateAfter != 0 {
		q.Value.Text = a.RotateAfter.String()
	}
	q.Set = func(a *flow.Answers, v Value) Verdict {
		text, _ := secret.CleanLine(v.Text)
		span := credstore.DefaultRotateAfter
		if text = strings.TrimSpace(text); text != "" {
			var err error
			if span, err = credstore.ParseSpan(text); err != nil {
				return Verdict{Err: err}
			}
		}
		if span == 0 {
			return Verdict{Err: errors.New("it must be longer than that; never means no reminder")}
		}
		if span == credstore.DefaultRotateAfter {
			span = 0
		}
		a.RotateAfter = span
		return Verdict{}
	}
	return q
}

// thenEdit asks whether something else is to be changed, with what is so now.
func thenEdit(a flow.Answers) Question {
	product := "no particular product"
	if i, ok := catalog.Lookup(a.Integration); ok {
		product = i.Name
	}
	connection := "direct, system certificates"
	if a.Proxy.URL != "" || a.CAFile != "" {
		connection = strings.TrimSpace(a.Proxy.URL + " " + a.CAFile)
	}
	place := a.BaseURL
	if a.Region != "" {
		place = a.Region + " (" + a.BaseURL + ")"
	}
	return optionAt(Question{
		ID: "then", Label: "What now?",
		Options: []Option{
			{ID: EditSave, Title: "Test it and save", About: "The credential stays as it is."},
			{ID: flow.Integration.String(), Title: "Change the product", Aside: product},
			{ID: flow.Region.String(), Title: "Change the region", Aside: place},
			{ID: flow.Connection.String(), Title: "Change the connection", Aside: connection},
		},
	}, EditSave, func(a *flow.Answers, id string) { a.Then = afterEdit(id) })
}

// afterEdit is the step that the answer to thenEdit leads to.
func afterEdit(id string) flow.Step {
	for _, to := range []flow.Step{flow.Integration, flow.Region, flow.Connection} {
		if id == to.String() {
			return to
		}
	}
	return flow.Check
}

// EditOf are the answers of a change around the current version of a record. problem and fix say why there is none.
func EditOf(env Env, name string, r credstore.Record, entry credstore.Entry) (a flow.Answers, problem, fix string) {
	switch {
	case r.Current == nil:
		return a, name + " has no current version yet.", "mimecred setup " + name + " continues it."
	case r.Pending != nil:
		return a, name + " has a pending version.", "Finish it first: mimecred rotate " + name + "."
	}
	a = flow.Of(lifecycle.Current(r, entry))
	a.Activated, a.Replaces, a.Location = false, true, env.Vault.Location(entry.Store, name)
	return flow.ChangeOf(a), "", ""
}
