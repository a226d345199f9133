package flow

import (
	"maps"
	"slices"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
)

// rules is every step in its order, with whether it is part of the path that the answers describe.
func rules() []struct {
	step Step
	in   func(Answers) bool
} {
	new := func(a Answers) bool {
		return a.Purpose == lifecycle.SettingUp || a.Purpose == lifecycle.Rotating || a.Purpose == lifecycle.Changing
	}
	legacy := func(a Answers) bool { return new(a) && a.API == client.API10 }
	is := func(p lifecycle.Purpose) func(Answers) bool { return func(a Answers) bool { return a.Purpose == p } }
	return []struct {
		step Step
		in   func(Answers) bool
	}{
		{Home, is(AtHome)},
		{Continue, func(a Answers) bool { return a.Purpose == lifecycle.SettingUp && len(a.Unfinished) > 0 }},
		{Start, func(a Answers) bool { return a.Purpose == lifecycle.SettingUp && a.Welcome && len(a.Unfinished) == 0 }},
		{Rotate, is(lifecycle.Rotating)},
		{Edit, is(lifecycle.Changing)},
		{Rollback, is(lifecycle.RollingBack)},
		{Integration, new},
		{API, new},
		{Region, new},
		{Connection, new},
		{Profile, new},
		{Console, new},
		{Application, new},
		{Wait, func(a Answers) bool { return legacy(a) && a.NewApplication }},
		{Keys, legacy},
		{Check, new},
		{HandOff, hasForm},
		{Retire, func(a Answers) bool {
			return a.Purpose == lifecycle.Rotating && a.Way != lifecycle.Renew && (a.PreviousKept || !a.Activated)
		}},
		{Done, func(a Answers) bool { return a.Purpose != AtHome && !hasForm(a) }},
	}
}

// hasForm tells whether there is a form that takes the credential. "No particular product" has none.
func hasForm(a Answers) bool {
	switch {
	case a.Purpose == AtHome || a.Purpose == lifecycle.Changing:
		return false
	case a.Integration == "": // without opening the catalogue; what uses the credential now needs the other one
		return a.Purpose == lifecycle.Rotating || a.Purpose == lifecycle.RollingBack
	}
	i, ok := catalog.Lookup(a.Integration)
	return ok && len(i.Fields) > 0
}

// Path is every step that the person will see, in order, as far as the answers tell.
func Path(a Answers) []Step {
	var path []Step
	for _, r := range rules() {
		if r.in(a) && !a.Given[r.step] {
			path = append(path, r.step)
		}
	}
	return path
}

// Next is the step that is asked after s, None after the last. Next(None, a) is the first. What is settled is not asked.
func Next(s Step, a Answers) Step {
	for _, step := range Path(a) {
		if step > s && !a.Settled[step] {
			return step
		}
	}
	return None
}

// Previous is the step that is asked before s, None before the first. There is no way back over Check: what was activated is done. Of
// what follows it only the hand-off can be gone back to.
func Previous(s Step, a Answers) Step {
	if (s == Retire || s == Done) && contains(Path(a), HandOff) {
		return HandOff
	}
	if s > Check {
		return None
	}
	previous := None
	for _, step := range Path(a) {
		if step >= s {
			break
		}
		if !a.Settled[step] {
			previous = step
		}
	}
	return previous
}

// Resume is the step after s for someone who came to s from the step to in order to change one value. It goes straight back when
// the change did not move the path and nothing is missing there; another product is walked through in the console first. Otherwise
// it is Next.
func Resume(s, to Step, before, after Answers) Step {
	switch {
	case to == None || before.API != after.API || !contains(Path(after), to) || !ready(to, after):
		return Next(s, after)
	case unsettled(s, to, before, after) != None:
		return unsettled(s, to, before, after)
	case s < Console && to > Console && contains(Path(after), Console) && !sameNeeds(before, after):
		return Console
	}
	return to
}

// unsettled is the first step between two that had its answer without a question, and has no more; None when there is none.
func unsettled(s, to Step, before, after Answers) Step {
	for _, one := range Path(after) {
		if one > s && one < to && before.Settled[one] && !after.Settled[one] {
			return one
		}
	}
	return None
}

// ready tells whether a step has what it works with.
func ready(s Step, a Answers) bool {
	switch {
	case s >= Check:
		return a.Credential() != nil
	case s > Application:
		return a.ApplicationID != "" && !a.ApplicationKey.IsZero()
	}
	return true
}

// sameNeeds tells whether the application needs the same for two answers.
func sameNeeds(a, b Answers) bool {
	return a.Integration == b.Integration && slices.Equal(a.Also, b.Also) &&
		maps.EqualFunc(a.Features, b.Features, slices.Equal[[]string])
}

func contains(path []Step, s Step) bool {
	return slices.Contains(path, s)
}
