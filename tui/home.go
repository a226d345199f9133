package tui

import (
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/screen/home"
	"mimecred/tui/step"
)

// A program that begins at the list of profiles keeps the list while another path is gone, and comes back to it when that
// path ends or is left. What runs in the list goes on meanwhile.

// atHome tells whether the list is what is shown.
func (a *app) atHome() bool { return a.step == flow.Home }

// tellHome gives the list a message of its own work, shown or not.
func (a *app) tellHome(msg home.Msg) tea.Cmd {
	switch {
	case a.home == nil:
		return nil
	case a.atHome():
		return a.forward(msg)
	default:
		next, cmd, _ := a.home.Update(msg)
		a.home = next
		return cmd
	}
}

// setOut begins a path at the list.
func (a *app) setOut(intent screen.Intent) tea.Cmd {
	if !a.atHome() || intent.Answers == nil {
		return nil
	}
	answers := step.Settle(a.env.Env, *intent.Answers)
	to := intent.Step
	if to == flow.None {
		to = flow.Next(flow.None, answers)
	}
	if to == flow.None {
		return nil
	}
	a.answers, a.began, a.found = answers, answers, answers
	a.product = productOf(answers.Integration)
	a.visited, a.returnTo, a.opened, a.givenUp = map[flow.Step]bool{}, flow.None, flow.None, false
	a.keeper = newKeeper(a.env.Unfinished)
	for _, s := range flow.Path(answers) {
		if s < to {
			a.visited[s] = true // what goes on has been there before
		}
	}
	return a.goTo(to)
}

// firstStep tells whether there is nothing to go back to on this path, and nothing that was done on it.
func (a *app) firstStep() bool {
	path := flow.Path(a.answers)
	return flow.Previous(a.step, a.answers) == flow.None && (a.step <= flow.Check || len(path) > 0 && path[0] == a.step)
}

// leavePath goes back to the list, after a question when something would be lost.
func (a *app) leavePath() tea.Cmd {
	risk := flow.AtRisk(a.answers)
	if risk.Created || risk.Staged || risk.Edited || len(risk.Typed) > 0 && !sameSecrets(a.answers, a.found) {
		a.open(a.leaveDialog())
		return nil
	}
	return a.goHome()
}

// note remembers what the first step of a rotation, a change or a rollback has read from the store: that is not lost by
// leaving, unlike what is typed on the steps after it.
func (a *app) note() {
	if a.step != flow.Home && a.step < flow.Integration && len(a.visited) == 1 {
		a.found = a.answers
	}
}

// sameSecrets tells whether two answers have the same secrets.
func sameSecrets(a, b flow.Answers) bool {
	return a.ClientSecret.Equal(b.ClientSecret) && a.ApplicationKey.Equal(b.ApplicationKey) && a.AccessKey.Equal(b.AccessKey) &&
		a.SecretKey.Equal(b.SecretKey) && a.Password.Equal(b.Password) && a.Proxy.Password.Equal(b.Proxy.Password)
}

// addHome adds the way back to the list to the question before leaving. What Mimecast created is stored first.
func (a *app) addHome(d *dialog, risk flow.Risk) {
	label, do := "Back to the profiles", (*app).goHome
	switch {
	case risk.Created:
		label, do = "Save them on trial, and go back to the profiles", (*app).keepForHome
	case risk.Staged:
		label = "Leave it on trial, and go back to the profiles"
	}
	d.choices = append(d.choices, choice{label, do})
}

// keepForHome stores created keys as pending and goes back to the list when that worked.
func (a *app) keepForHome() tea.Cmd {
	d := *a.dialog
	d.home = true
	a.dialog = &d
	return a.keep()
}

// goHome ends the path and shows the list again.
func (a *app) goHome() tea.Cmd {
	a.screen.Close()
	end := a.endPath()
	a.screen, a.step, a.answers = a.home, flow.Home, a.home.Answers()
	a.product = productOf(a.answers.Integration)
	a.keeper = newKeeper(a.env.Unfinished)
	a.dialog, a.help, a.returnTo, a.opened, a.size = nil, false, flow.None, flow.None, screen.SizeMsg{}
	return end
}

// pathEnd is what is still to be done after a path. Whoever comes first does it: its command, or Run where the program ends.
type pathEnd struct {
	do func() tea.Msg
	// told is set when the list has heard of it.
	told bool
}

// pathEndedMsg tells that it is done.
type pathEndedMsg struct {
	end *pathEnd
	msg tea.Msg
}

// endPath leaves the profiles of the path, and gives the command that writes down where it was left and tells the list.
func (a *app) endPath() tea.Cmd {
	k, at, answers, began, now := a.keeper, a.step, a.answers, a.began, a.env.Now()
	// Before the list can begin another change of the same profile.
	for _, name := range []string{answers.Name, answers.StagedName, began.Name} {
		if name != "" {
			a.env.Leave(name)
		}
	}
	end := &pathEnd{do: sync.OnceValue(func() tea.Msg {
		r := home.Returned{Name: answers.Name, Change: pathChange(began, answers)}
		if r.Name == "" {
			r.Name = began.Name
		}
		k.end(at, answers, now)
		r.Left, r.Gone = k.came()
		return r.Msg()
	})}
	a.ends = append(a.ends, end)
	return func() tea.Msg { return pathEndedMsg{end, end.do()} }
}

// pathEnded tells the list of a path that has ended.
func (a *app) pathEnded(msg pathEndedMsg) tea.Cmd {
	msg.end.told = true
	if of, ok := msg.msg.(home.Msg); ok {
		return a.tellHome(of)
	}
	return nil
}

// finishEnds does, when the program ends, what is still to be done after paths.
func (a *app) finishEnds() {
	for _, end := range a.ends {
		if msg := end.do(); !end.told {
			a.home, _, _ = a.home.Update(msg)
		}
	}
}

// pathChange says what a path did to its profile; "" for nothing.
func pathChange(began, ended flow.Answers) string {
	if !ended.Activated || began.Activated {
		return ""
	}
	switch ended.Purpose {
	case lifecycle.Rotating:
		if ended.Way == lifecycle.Renew {
			return "keys renewed"
		}
		return "rotated"
	case lifecycle.Changing:
		return "changed"
	case lifecycle.RollingBack:
		return "rolled back"
	default:
		return "set up"
	}
}

// changes are what happened to profiles since the list was shown first, on a path that is not at its end too.
func (a *app) changes() []home.Change {
	h, ok := a.home.(interface{ Changes() []home.Change })
	if !ok {
		return nil
	}
	list := h.Changes()
	if a.atHome() {
		return list
	}
	words := pathChange(a.began, a.answers)
	if words == "" {
		return list
	}
	at := slices.IndexFunc(list, func(c home.Change) bool { return c.Name == a.answers.Name })
	if at < 0 {
		return append(list, home.Change{Name: a.answers.Name, Words: words})
	}
	list[at].Words += "; " + words
	return list
}

// homeSummary is what a program that began at the list leaves on the terminal: a line for each profile that was changed or
// tested, and what is left of a path that was broken off.
func homeSummary(o Outcome, env step.Env) string {
	text := ""
	for _, c := range o.Changes {
		text += c.Name + ": " + c.Words + "\n"
	}
	if a := o.Answers; a.Purpose != flow.AtHome && !a.Activated {
		text += whatIsLeft(o, env)
	}
	return text
}
