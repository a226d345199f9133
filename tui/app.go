// Package tui is the wizard on a terminal. The rules of this room:
//
//   - The app routes and nothing else: it shows the screen of one step, hands it messages, and follows its intents.
//   - Update does no input or output; View changes nothing; commands get values and return messages.
//   - A call that changes Mimecast is never cut off: its result arrives before anything else happens.
//   - Leaving asks only when something would be lost.
package tui

import (
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/screen/home"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// builder makes the screen of a step.
type builder func(flow.Step, screen.Env, flow.Answers) screen.Screen

// app is the model of the whole program.
type app struct {
	env    screen.Env
	styles frameStyles
	// options are the person's about colours and signs; colours is what the terminal can show.
	options []theme.Option
	colours colorprofile.Profile
	build   builder

	answers flow.Answers
	step    flow.Step
	screen  screen.Screen
	visited map[flow.Step]bool
	// returnTo is the step that sent the person here to change a value; before is what the answers were then.
	returnTo flow.Step
	before   flow.Answers
	// opened is the step that was gone to for that, whose way back leads there too.
	opened flow.Step

	// byHand is set while what the person did is followed; appeared is when a step came that nobody asked for then.
	byHand   bool
	appeared time.Time

	width, height int
	// size is what the screen was told last.
	size screen.SizeMsg
	help bool
	// reader is how far the help has been read.
	reader field.Reader
	dialog *dialog
	// leaveWhenDone is set when the person, or a signal, asked to leave while something must not be interrupted.
	leaveWhenDone leaveWhen
	// suspendWhenDone is the same for ctrl+z: an answer of Mimecast that comes while the program is stopped would come too late.
	suspendWhenDone bool
	done            bool
	// hurried is set when the program ended although something was under way.
	hurried bool
	// rescuing is set while created keys are stored after a signal.
	rescuing bool
	// givenUp is set when created keys that are stored nowhere are not to be rescued at the end: the person said so, or it
	// was tried.
	givenUp bool
	ascii   *strings.Replacer
	product product
	keeper  *keeper
	// passphrases are the questions of encrypted files for theirs.
	passphrases *passphrases

	// home is the list of profiles, when the program began there; nil otherwise. began are the answers that the path began
	// with, found what its first step has read, and ends what is still to be done after paths that have ended.
	home         screen.Screen
	began, found flow.Answers
	ends         []*pathEnd
}

// product is the integration of the answers by the name that people know it by, and by the one for little room.
type product struct{ id, name, short string }

// productOf looks the name up; "no particular product" has none.
func productOf(id string) product {
	p := product{id: id}
	if id == "" {
		return p // the catalogue is not even opened
	}
	if found, ok := catalog.Lookup(id); ok && !found.Generic {
		p.name, p.short = found.Name, found.Short
	}
	return p
}

func newApp(env screen.Env, answers flow.Answers, options []theme.Option, build builder) *app {
	a := &app{
		env: env, styles: stylesOf(env.Theme), options: options, colours: colorprofile.TrueColor, build: build, answers: answers, visited: map[flow.Step]bool{},
		width: defaultWidth, height: defaultHeight, ascii: asciiSigns(), keeper: newKeeper(env.Unfinished),
		passphrases: &passphrases{asks: make(chan *passphraseAsk)},
	}
	a.product = productOf(answers.Integration)
	a.answers = step.Settle(env.Env, answers)
	answers = a.answers
	a.step = flow.Next(flow.None, answers)
	a.visited[a.step] = true
	a.screen = build(a.step, env, answers)
	if a.atHome() {
		a.home = a.screen
	}
	return a
}

// Init starts the first screen. The question for the background colour is sent along and never waited for.
func (a *app) Init() tea.Cmd {
	cmds := []tea.Cmd{a.screen.Init(), tea.RequestBackgroundColor, a.listen()}
	if a.home != nil && !a.atHome() {
		cmds = append(cmds, a.home.Init())
	}
	return tea.Batch(cmds...)
}

// behind puts the list of profiles behind the first path, so that it is shown when that ends or is left.
func (a *app) behind() {
	if a.home == nil {
		a.home = a.build(flow.Home, a.env, flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome, Store: a.answers.Store}})
		a.began, a.found = a.answers, a.answers
	}
}

// Update routes one message.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if a.done {
		return a, nil // the outcome is final; what still arrives must not change it
	}
	var cmd tea.Cmd
	a.byHand = isInput(msg)
	if a.unread(msg) {
		return a, nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		msg = saneSize(msg)
		a.width, a.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		cmd = a.recolour(msg.IsDark(), a.colours)
	case tea.ColorProfileMsg:
		cmd = a.recolour(a.env.Theme.Dark, msg.Profile)
	case tea.KeyPressMsg:
		cmd = a.key(msg)
	case tea.MouseClickMsg:
		cmd = a.click(msg)
	case tea.MouseWheelMsg:
		cmd = a.wheel(msg)
	case tea.PasteMsg:
		cmd = a.pasted(msg)
	case leaveMsg:
		cmd = a.leaveOnSignal()
	case hurryMsg:
		cmd = a.hurry()
	case passphraseMsg:
		cmd = a.asked(msg.ask)
	case passphraseOverMsg:
		cmd = a.over(msg.ask)
	case home.Msg:
		cmd = a.tellHome(msg)
	case namedMsg:
		cmd = a.named(msg)
	case pathEndedMsg:
		cmd = a.pathEnded(msg)
	case storedMsg, discardedMsg, rescuedMsg:
		cmd = a.finished(msg)
	default:
		cmd = a.forward(msg)
	}
	return a, tea.Batch(cmd, a.sized(), a.afterwards())
}

// pasted gives a paste to what is asked.
func (a *app) pasted(msg tea.PasteMsg) tea.Cmd {
	switch {
	case a.help:
		return nil
	case a.passphrases.now != nil:
		return a.typed(msg)
	case a.dialog != nil:
		return nil
	}
	return a.forward(msg)
}

// sized tells the screen how large its body is when that changed; the rail's width depends on the path.
func (a *app) sized() tea.Cmd {
	b := a.bodyBox()
	size := screen.SizeMsg{Width: b.width, Height: b.height}
	if size == a.size {
		return nil
	}
	a.size = size
	if a.passphrases.now != nil {
		return tea.Batch(a.typed(size), a.forward(size))
	}
	return a.forward(size)
}

// key handles a key press: ctrl+c first, then what lies on top.
func (a *app) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case matches(msg, a.env.Keys.Quit) && a.passphrases.now != nil:
		return a.replied(screen.PassphraseAnswer{Err: step.ErrNoPassphrase})
	case matches(msg, a.env.Keys.Quit):
		return a.quitKey()
	case matches(msg, a.env.Keys.Suspend):
		a.suspendWhenDone = true // afterwards does it, at once when nothing is under way
		return nil
	case a.dialog != nil && a.passphrases.now == nil:
		return a.ask(msg)
	case a.help:
		a.readHelp(msg)
		return nil
	case a.passphrases.now != nil && !a.helpKey(msg):
		return a.typed(msg)
	case matches(msg, a.env.Keys.Goto):
		a.chooseAnswer()
		return nil
	case a.helpKey(msg):
		a.help, a.reader = true, field.NewReader()
		return nil
	default:
		return a.forward(msg)
	}
}

// forward hands a message to the screen and follows what it wants.
func (a *app) forward(msg tea.Msg) tea.Cmd {
	next, cmd, intent := a.screen.Update(msg)
	a.screen = next
	if a.atHome() {
		a.home = next
	}
	a.answers = next.Answers()
	a.note()
	if a.answers.Integration != a.product.id {
		a.product = productOf(a.answers.Integration)
	}
	switch intent.Act {
	case screen.Stay:
		return cmd
	case screen.Next:
		return tea.Batch(cmd, a.goOn())
	case screen.Ask:
		a.askFirst(intent)
	case screen.Back:
		if a.opened == a.step && a.returnTo != flow.None {
			if a.step < flow.Console { // what was typed is not meant; keys that were created on a later step are kept
				a.answers = a.before
			}
			return tea.Batch(cmd, a.goTo(a.returnTo))
		}
		if to := flow.Previous(a.step, a.answers); to != flow.None {
			return tea.Batch(cmd, a.goBack(to))
		}
		if a.home != nil && a.firstStep() {
			return tea.Batch(cmd, a.leavePath())
		}
	case screen.Start:
		return tea.Batch(cmd, a.setOut(intent))
	case screen.Jump:
		return tea.Batch(cmd, a.change(intent.Step))
	case screen.Quit:
		if a.home != nil && a.answers.WasDiscarded {
			return tea.Batch(cmd, a.goHome())
		}
		return tea.Batch(cmd, a.quitKey())
	}
	return cmd
}

// change goes to the step that owns a value, and remembers where to come back to.
func (a *app) change(to flow.Step) tea.Cmd {
	if to == flow.None || to == a.step || a.screen.Busy() != "" {
		return nil
	}
	if a.answers.Given[to] {
		// The command line answered this step; now the person wants to see it.
		given := maps.Clone(a.answers.Given)
		given[to] = false
		a.answers.Given = given
	}
	a.answers = step.Settle(a.env.Env, a.answers)
	if to < a.step || a.answers.Settled[to] && a.step >= flow.Integration {
		if a.opened != a.step || a.returnTo == flow.None {
			a.returnTo, a.before = a.step, a.answers
		}
		a.opened = to
	}
	for _, s := range flow.Path(a.answers) {
		if s < to {
			a.visited[s] = true // a set-up that goes on has been there before
		}
	}
	return a.goTo(to)
}

// goTo shows a step.
func (a *app) goTo(to flow.Step) tea.Cmd {
	if !a.atHome() {
		a.screen.Close() // what runs in the list goes on
	}
	if !a.byHand && to != a.step {
		a.appeared = a.env.Now()
	}
	a.step = to
	a.visited[to] = true
	if to == a.returnTo || to > flow.Check {
		a.returnTo, a.opened = flow.None, flow.None
	}
	a.screen = a.build(to, a.env, a.answers)
	a.size = screen.SizeMsg{}
	return tea.Batch(a.screen.Init(), a.sized(), a.keeper.keep(to, a.answers, a.env.Now()))
}

// afterwards does what had to wait for the screen's work to end.
func (a *app) afterwards() tea.Cmd {
	if a.suspendWhenDone && a.screen.Busy() == "" {
		a.suspendWhenDone = false
		return tea.Batch(tea.Suspend, a.afterwards())
	}
	if a.leaveWhenDone == leaveNot || a.screen.Busy() != "" {
		return a.refreshDialog()
	}
	when := a.leaveWhenDone
	a.leaveWhenDone = leaveNot
	if when == leaveOnSignal {
		return a.leaveOnSignal()
	}
	a.dialog = nil
	waiter, ok := a.screen.(screen.Waiter)
	if !ok || len(waiter.Ended()) == 0 {
		return a.quitKey()
	}
	// What was waited for went wrong: that is read before anything is left.
	d := a.leaveDialog()
	d.lines = append(append(waiter.Ended(), ""), d.lines...)
	a.open(d)
	return nil
}

// waitingDialog is the dialog with how long has been waited by now, where the screen tells.
func (a *app) waitingDialog() *dialog {
	waiter, ok := a.screen.(screen.Waiter)
	if !ok || a.dialog.about != aboutBusy || waiter.Waiting() == "" {
		return a.dialog
	}
	d := *a.dialog
	d.working = waiter.Waiting()
	return &d
}

// recolour applies the colours for the background and for the palette that the terminal has. They differ from the first frame's only
// when the guess was wrong.
func (a *app) recolour(dark bool, colours colorprofile.Profile) tea.Cmd {
	if dark == a.env.Theme.Dark && colours == a.colours {
		return nil
	}
	a.colours = colours
	a.env.Theme = theme.New(dark, append(slices.Clone(a.options), theme.WithProfile(colours))...)
	a.styles = stylesOf(a.env.Theme)
	if a.passphrases.now != nil {
		a.passphrases.screen.SetTheme(a.env.Theme)
	}
	if themed, ok := a.home.(screen.Themed); ok && !a.atHome() {
		a.home = themed.SetTheme(a.env.Theme)
	}
	if themed, ok := a.screen.(screen.Themed); ok {
		a.screen = themed.SetTheme(a.env.Theme)
		return nil
	}
	if a.screen.Busy() != "" {
		return nil
	}
	return a.goTo(a.step)
}

func (a *app) quit() tea.Cmd {
	a.done = true
	a.screen.Close()
	return tea.Quit
}
