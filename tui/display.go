package tui

import (
	"context"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/tty"
)

// How long leaving takes after a signal: what is under way may end by itself within graceTime, and a terminal that accepts
// nothing for stallTime is not waited for any more. Together with putting the terminal back it stays below two seconds.
const (
	graceTime = time.Second
	stallTime = 300 * time.Millisecond
	lastTime  = 100 * time.Millisecond
)

// putBack are the sequences that end what the program may have begun on the terminal.
const putBack = ansi.ResetModifyOtherKeys + "\x1b[<1u" + ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable +
	ansi.ResetModeBracketedPaste + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeUnicodeCore + ansi.ResetModeSynchronizedOutput

// display is where the program is shown: Bubble Tea's program on a terminal that may be closed, may not read, and may be
// withdrawn by the shell for a while.
type display struct {
	ctx  context.Context //nolint:containedctx // one display is one run: the context is Run's own
	file *os.File
	in   io.Reader
	out  *tty.Outlet
	jobs *tty.Jobs
	p    *tea.Program
	// ended is closed when p has put the terminal back.
	ended chan struct{}
}

// openDisplay prepares the terminal. closed is called when it turns out to be closed.
func openDisplay(ctx context.Context, in, out *os.File, closed func()) *display {
	return &display{ctx: ctx, file: out, in: inlet(in, closed), out: tty.NewOutlet(out, closed), ended: make(chan struct{})}
}

// run shows the program until its end.
func (t *display) run(g guard, o Options) error {
	held := tty.Hold(t.file)
	o.LastResort.Set(func() {
		t.out.Last(putBack, lastTime)
		held.Restore()
	})
	defer o.LastResort.Set(nil)
	t.p = tea.NewProgram(g, append(t.options(o), o.extra...)...)
	defer t.watch()()
	stop := context.AfterFunc(t.ctx, t.leave)
	defer stop()
	defer close(t.ended)
	_, err := t.p.Run()
	return err //nolint:wrapcheck // Run says what was being done
}

// options are those of Bubble Tea. At most 120 pictures a second: keys show sooner, and nothing is drawn when nothing
// changes. Signals are the caller's.
func (t *display) options(o Options) []tea.ProgramOption {
	environment := o.Environment
	if environment == nil {
		environment = os.Environ()
	}
	return append([]tea.ProgramOption{
		tea.WithInput(t.in), tea.WithFilter(t.filter), tea.WithFPS(120), tea.WithoutSignalHandler(), tea.WithEnvironment(environment),
	}, t.outputOptions(environment)...)
}

// leave makes the program end after a signal: in order if it can, and soon in any case.
func (t *display) leave() {
	if !tty.Foreground(t.file.Fd()) {
		t.leaveAlone()
	}
	go t.p.Send(leaveMsg{})
	late := time.AfterFunc(graceTime, func() { t.p.Send(hurryMsg{}) })
	defer late.Stop()
	look := time.NewTicker(lastTime)
	defer look.Stop()
	for {
		select {
		case <-t.ended:
			return
		case <-look.C:
			t.out.GiveUpStalled(stallTime)
		}
	}
}

// filter corrects absurd sizes before the renderer sees them, and stops the program where nobody else touches the terminal.
func (t *display) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return saneSize(msg)
	case tea.SuspendMsg:
		return t.suspend()
	case resumedMsg:
		return t.resumed()
	}
	return msg
}
