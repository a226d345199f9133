package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/screen/home"
	"mimecred/tui/step"
	"mimecred/tui/theme"
	"mimecred/tui/tty"
)

// ErrNoTerminal means that the wizard was started without a terminal to talk to.
var ErrNoTerminal = errors.New("the wizard needs a terminal on standard input and output; use mimecred setup --from FILE in scripts")

// ErrClosed means that the terminal was closed while the wizard was shown.
var ErrClosed = errors.New("the terminal was closed")

// Options are what Run needs.
type Options struct {
	// Env is given to every screen.
	Env step.Env
	// Clipboard is where values are copied to; nil is the terminal's clipboard alone.
	Clipboard screen.Board
	// Opener opens pages in the person's browser; nil where there is none.
	Opener screen.Opener
	// Answers are what the command line has decided already.
	Answers flow.Answers
	// Home puts the list of profiles behind the first path: it is shown when that ends or is left.
	Home bool
	// Input and Output are the terminal; nil means standard input and output.
	Input, Output *os.File
	// Theme are what the person asked for, of how it looks. Background and colours are those of the terminal.
	Theme []theme.Option
	// Environment replaces the process's environment for Bubble Tea, such as TERM=xterm-256color; nil leaves it.
	Environment []string
	// LastResort is told how the terminal is put back when the program ends at once; nil tells nobody.
	LastResort *tty.LastResort
	// build makes the screens; tests replace it.
	build builder
	// extra are further options of the program; tests use them.
	extra []tea.ProgramOption
}

// Outcome is how the wizard ended.
type Outcome struct {
	// Answers are the last ones. Answers.Activated tells whether a profile was set up.
	Answers flow.Answers
	// Quit is set when the person, or a signal, left before a profile was set up; never when AtHome is.
	Quit bool
	// Kept is set when what was answered was kept, so that the set-up can go on in another run.
	Kept bool
	// AtHome is set when the program began at the list of profiles: leaving that is no failure. Changes are what happened to
	// profiles meanwhile.
	AtHome  bool
	Changes []home.Change
}

// Run shows the wizard until it is done or left. The terminal is always put back, after a panic and after a cancelled ctx
// too. The error is ErrNoTerminal, ErrClosed, that of a cancelled ctx, or a fault of the program itself.
//
// A cancelled ctx leaves within two seconds: what a call to Mimecast brings until then is kept, and what it might bring
// later is noted. The caller catches signals; Bubble Tea must not.
func Run(ctx context.Context, o Options) (Outcome, error) {
	in, out := o.Input, o.Output
	if in == nil {
		in = os.Stdin
	}
	if out == nil {
		out = os.Stdout
	}
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return Outcome{Answers: o.Answers, Quit: true}, ErrNoTerminal
	}
	unsetTraces()
	defer debug.SetGCPercent(debug.SetGCPercent(roomy))
	ctx, closed := context.WithCancelCause(ctx)
	defer closed(nil)
	// The program's own context outlives ctx: what is under way when ctx ends is brought to its end first.
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	a := newApp(o.env(inner), o.Answers, o.Theme, o.builder())
	if o.Home {
		a.behind()
	}
	defer a.env.Passphrases.By(a.passphrases.ask)()
	g := guard{app: a, crash: &crash{}}
	t := openDisplay(ctx, in, out, func() { closed(ErrClosed) })
	err := t.run(g, o)
	if crashed := g.crash.report(os.Stderr); crashed != nil {
		err = crashed
	}
	outcome := a.end(inner, t.out)
	if cause := context.Cause(ctx); cause != nil && !errors.Is(err, tea.ErrProgramPanic) {
		return outcome, fmt.Errorf("the wizard was stopped: %w", cause)
	}
	if err != nil {
		return outcome, fmt.Errorf("running the wizard: %w", err)
	}
	return outcome, nil
}

// end does what is left to do once nothing is shown any more, and tells how the program ended.
func (a *app) end(ctx context.Context, out io.Writer) Outcome {
	a.saveKeys(ctx, out)
	a.screen.Close()
	emptyClipboard(ctx, a.env.Clipboard, out)
	kept := a.keeper.end(a.step, a.answers, a.env.Now())
	a.answers.LeftAt = a.step
	outcome := Outcome{Answers: a.answers, Quit: !a.answers.Activated, Kept: kept}
	if a.home != nil {
		a.finishEnds()
		a.home.Close()
		outcome.Quit, outcome.AtHome, outcome.Changes = false, true, a.changes()
	}
	return outcome
}

// emptyClipboard removes what the program would have removed later, had it gone on.
func emptyClipboard(ctx context.Context, c *screen.Clipboard, out io.Writer) {
	if c.Close(ctx) {
		_, _ = io.WriteString(out, ansi.SetSystemClipboard(clipboard.Blank))
	}
}

// roomy is how far the memory grows between two collections of garbage, in per cent: with Go's 100 the first one, at four
// megabytes, comes while the first picture is drawn.
const roomy = 400

// unsetTraces keeps Bubble Tea from writing every keystroke, secrets included, to a file.
func unsetTraces() {
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG"} {
		_ = os.Unsetenv(name)
	}
}

func (o Options) env(ctx context.Context) screen.Env {
	return screen.Env{
		Env: o.Env, Context: ctx, Theme: theme.New(true, o.Theme...), Keys: theme.DefaultKeyMap(), Clipboard: screen.NewClipboard(o.Clipboard), Opener: o.Opener,
	}
}

func (o Options) builder() builder {
	if o.build != nil {
		return o.build
	}
	return newScreen
}

// newScreen makes the screen of a step.
func newScreen(s flow.Step, env screen.Env, a flow.Answers) screen.Screen {
	switch s {
	case flow.Home:
		return home.New(env, a)
	case flow.Continue:
		return screen.NewContinue(env, a)
	case flow.Start:
		return screen.NewStart(env, a)
	case flow.Rotate:
		return screen.NewRotate(env, a)
	case flow.Edit:
		return screen.NewEdit(env, a)
	case flow.Rollback:
		return screen.NewCheck(env, a)
	case flow.Retire:
		return screen.NewRetire(env, a)
	case flow.Profile:
		return screen.NewProfile(env, a)
	case flow.Integration:
		return screen.NewIntegration(env, a)
	case flow.API:
		return screen.NewAPI(env, a)
	case flow.Region:
		return screen.NewRegion(env, a)
	case flow.Connection:
		return screen.NewConnection(env, a)
	case flow.Console:
		return screen.NewConsole(env, a)
	case flow.Application:
		return screen.NewApplication(env, a)
	case flow.Wait:
		return screen.NewWait(env, a)
	case flow.Keys:
		return screen.NewKeys(env, a)
	case flow.Check:
		return screen.NewCheck(env, a)
	case flow.HandOff:
		return screen.NewHandOff(env, a)
	default:
		return screen.NewDone(env, a)
	}
}
