package plain

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// Options are what Run works with.
type Options struct {
	// Env is what the screens get too. Its Context is not used: Run has its own.
	Env step.Env
	// ASCII is set where the output takes no other characters.
	ASCII bool
	// Answers are where to begin; the steps in Given are not asked.
	Answers flow.Answers
	// In has the answers, a line each. When it is a terminal, nothing beyond the line that was asked for is read.
	In io.Reader
	// Out gets the questions and everything else.
	Out io.Writer
	// Dumb tells that a terminal in Out cannot move its cursor, so that nothing on it can be erased.
	Dumb bool
	// ReadSecret reads one secret and shows none of it. Its line breaks are part of a paste. The prompt has been written
	// to Out already and is only told. io.EOF means that there is no more input. When it is nil, a terminal in In is read
	// with TerminalSecret, and any other In gives a line, which is never repeated on Out; lines that were there with it
	// belong to it only when together they are as long as such a key always is.
	ReadSecret func(prompt string) (string, error)
	// Board is what a secret is copied to that nothing keeps; nil is the terminal's clipboard alone.
	Board Board
}

// ErrQuit means that the person left before the credential was current.
var ErrQuit = errors.New("left before the credential was saved")

// session is one run.
type session struct {
	ctx        context.Context //nolint:containedctx // one run is one call: the context is Run's own
	env        step.Env
	in         *input
	out        *printer
	readSecret func(prompt string) (string, error)
	// stopped are the stops of the program, and what makes the terminal silent before a secret is asked for.
	stopped    *stops
	atTerminal bool
	// shown is what the terminal shows of the question that is being asked; size is that of the terminal.
	shown shown
	size  func() (width, height int, ok bool)
	// waits tells whether the terminal has more lines, or will within a moment.
	waits func() bool
	// tail is what the terminal has of a line that nobody has ended yet.
	tail func() string
	// secretLines is set when secrets are lines of in.
	secretLines bool

	a flow.Answers
	// label is the number of the question that is being asked, and asking the whole of it.
	label, asking string
	// nested is set while the list of profiles is behind the steps.
	nested bool
	// fromEnd is set while a step is entered from the one after it.
	fromEnd bool
	// consoleWay is set while "console" means creating the keys in the console.
	consoleWay bool
	// wanted is the store that was chosen, and lent the one of the existing profile whose name was typed.
	wanted, lent string
	// interrupting is set while something is asked in the middle of a call.
	interrupting atomic.Bool
	// walked is the walk-through that was printed last.
	walked string
	// tries are the sign-ins that Mimecast refused.
	tries lifecycle.SignIns
	// returning is where a step that was jumped to goes back to, and before are the answers at that moment.
	returning flow.Step
	before    flow.Answers
	// opened is that step, and at the one that is being asked.
	opened, at flow.Step
	// pastedEarly is set when the application's values were pasted before they were asked for.
	pastedEarly bool
	// told are the answers of settled steps that were said.
	told map[flow.Step]string
	// board is what a secret is copied to; escapes is where a terminal's own clipboard is written, nil where there is none.
	board   Board
	escapes io.Writer
	// draft is the name that the set-up is kept under for another run; "" before.
	draft string
}

// Run asks until the credential is current and gives the answers as they were then, or when the person left (ErrQuit), the
// input ended (io.ErrUnexpectedEOF), ctx was cancelled or the output failed. An error that is not ErrQuit says what was
// kept. Everything is printed by then, the summary too.
//
// A cancelled ctx ends Run at once, except while Mimecast is creating keys: those are waited for and stored. A reader that
// is still waiting for a line then is left to its own.
func Run(ctx context.Context, o Options) (flow.Answers, error) {
	defer keepTerminal(o.In)()
	fd, atTerminal := terminal(o.In)
	s := &session{
		ctx: ctx, env: o.Env, in: newInput(o.In), out: newPrinter(o.Out, o.ASCII),
		readSecret: o.ReadSecret, stopped: &stops{}, atTerminal: atTerminal, a: o.Answers,
		waits: func() bool { return waits(fd) }, tail: func() string { return tail(fd) }, size: sizeOf(o.Out, o.Dumb),
	}
	s.useClipboards(o)
	s.out.columns = func() int {
		width, _, _ := s.size()
		return width
	}
	if atTerminal && s.readSecret == nil {
		s.stopped = watchStops(ctx, fd)
		defer s.stopped.jobs.Close()
	}
	switch {
	case s.readSecret != nil:
		s.readSecret = func(prompt string) (string, error) {
			if s.in.there() {
				return s.in.line()
			}
			return o.ReadSecret(prompt)
		}
	case atTerminal:
		s.readSecret = terminalSecret(fd, s.stopped, s.in)
	default:
		s.secretLines = true
		s.readSecret = func(string) (string, error) { return s.in.line() }
	}
	defer s.env.Passphrases.By(s.passphrase)()
	s.greet()
	err := s.steps()
	s.a.LeftAt = s.at
	if err == nil {
		err = s.out.failed()
	}
	switch {
	case err == nil:
		return s.a, nil
	case s.a.Purpose == flow.AtHome && !errors.Is(err, errLeave):
		return s.a, err // nothing is under way
	case errors.Is(err, errLeave):
		return s.a, ErrQuit
	default:
		return s.a, s.ended(err)
	}
}

func (s *session) greet() {
	s.out.line("mimecred, one question at a time. < goes back, ? explains the question, ! changes another answer, q quits.")
	s.out.line("An empty answer keeps what is in [brackets]. Secrets are not shown.")
	if s.env.Demo != nil {
		s.out.line("This is the demo: nothing leaves this machine, and = enters the made-up value.")
	}
}

// steps goes from step to step as the flow says.
func (s *session) steps() error {
	s.a = step.Settle(s.env, s.a)
	return s.stepsFrom(flow.Next(flow.None, s.a))
}

// stepsFrom is steps from one step on.
func (s *session) stepsFrom(at flow.Step) error {
	for at != flow.None {
		if err := s.out.failed(); err != nil {
			return err
		}
		s.remember(at)
		s.heading(at)
		s.at = at
		err := s.step(at)
		s.fromEnd = false
		var to *jump
		switch {
		case err == nil:
			at = s.after(at)
		case errors.As(err, &to):
			s.a = step.Settle(s.env, s.a)
			s.comeBack(at, to.to)
			at = to.to
		case errors.Is(err, errBack) && s.nested && (s.opened != at || s.returning == flow.None) && flow.Previous(at, s.a) == flow.None && at <= flow.Check:
			if err := s.leave(); err != nil { // back to the list; it asks when something would be lost
				return err
			}
		case errors.Is(err, errBack):
			at = s.goBack(at)
		default:
			return err
		}
	}
	return nil
}

// after is the step after at: the one that was jumped from, when nothing in between needs an answer now. A set-up's name is looked up
// before the first step that needs it.
func (s *session) after(at flow.Step) flow.Step {
	s.a = step.Settle(s.env, s.a)
	next := s.following(at)
	if s.env.ToName(s.a, at, next) {
		s.a = step.Settle(s.env, s.env.Name(s.a))
		next = s.following(at)
	}
	if next == s.returning && next != flow.None {
		s.changed()
		s.returning = flow.None
	}
	return next
}

func (s *session) following(at flow.Step) flow.Step {
	if s.returning == flow.None {
		return flow.Next(at, s.a)
	}
	return flow.Resume(at, s.returning, s.before, s.a)
}

func (s *session) goBack(at flow.Step) flow.Step {
	if s.opened == at && s.returning != flow.None { // the way back leads to where the person came from
		to := s.returning
		if at < flow.Console {
			s.a = s.before // what was typed is not meant
		}
		s.changed()
		s.returning, s.opened = flow.None, flow.None
		return to
	}
	s.returning = flow.None
	previous := flow.Previous(at, s.a)
	if previous == flow.None {
		s.out.indented("This is the first question; q quits.")
		return at
	}
	s.fromEnd = true
	return previous
}

// comeBack notes that a step is opened for its answer, and from where. A jump ahead is the way on.
func (s *session) comeBack(from, to flow.Step) {
	switch {
	case to > from && (!s.a.Settled[to] || from < flow.Integration):
		s.returning, s.opened = flow.None, flow.None
	case s.opened != from || s.returning == flow.None:
		s.returning, s.before, s.opened = from, s.a, to
	default: // from was opened itself
		s.opened = to
	}
}

// heading says where on the path a step is.
func (s *session) heading(at flow.Step) {
	if at == flow.Home {
		return // it has no number and no other step behind it
	}
	path := flow.Path(step.Expected(s.env, at, s.a))
	s.settled(path, at)
	s.out.end()
	if place := slices.Index(path, at) + 1; place > 0 {
		s.label = strconv.Itoa(place)
		s.out.line("Step %d of %d: %s", place, len(path), at)
		return
	}
	// The command line gave this step's answer: it has no number.
	s.label = ""
	s.out.line("%s", at)
}

// settled says which steps before one are settled without a question, and with what, where that was not said yet.
func (s *session) settled(path []flow.Step, at flow.Step) {
	var said []string
	for _, one := range path {
		words := step.Short(s.env, one, s.a)
		if one >= at || !s.a.Settled[one] || words == "" || s.told[one] == words {
			continue
		}
		if s.told == nil {
			s.told = map[flow.Step]string{}
		}
		s.told[one] = words
		said = append(said, one.String()+": "+words)
	}
	if len(said) > 0 {
		s.out.end()
		s.out.line("Settled: %s. ! changes an answer.", strings.Join(said, ", "))
	}
}

// changed says what a changed answer changed, when the way leads back to where the person came from.
func (s *session) changed() {
	if said := step.Changes(s.env, s.before, s.a); len(said) > 0 {
		s.out.line("Changed: %s.", strings.Join(said, ", "))
		for one := range s.told {
			s.told[one] = step.Short(s.env, one, s.a)
		}
		return
	}
	s.out.line("Nothing was changed.")
}

// step asks what belongs to one step.
func (s *session) step(at flow.Step) error {
	switch at {
	case flow.Continue:
		return s.unfinished()
	case flow.Start:
		return s.start()
	case flow.Profile:
		return s.profile()
	case flow.Integration:
		return s.integration()
	case flow.API:
		return s.form(step.APIForm)
	case flow.Region:
		return s.region()
	case flow.Connection:
		return s.form(step.ConnectionForm)
	case flow.Console:
		return s.console()
	case flow.Application:
		return s.application()
	case flow.Wait:
		return s.wait()
	case flow.Keys:
		return s.keys()
	case flow.Check:
		return s.check()
	case flow.HandOff:
		return s.handOff()
	case flow.Done:
		return s.done()
	case flow.Rotate:
		return s.rotate()
	case flow.Edit:
		return s.edit()
	case flow.Rollback:
		return s.rollback()
	case flow.Retire:
		return s.retire()
	case flow.Home:
		return s.home()
	case flow.None:
	}
	return nil
}
