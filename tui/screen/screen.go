// Package screen has one file per step. A screen shows one step, keeps what is typed, and says what it wants; it knows no
// other step. Rules: Update does no input or output; View changes nothing; commands get values and return messages; every
// message of a command carries the attempt it belongs to, and a stale one is dropped.
package screen

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// Screen is one step on screen.
type Screen interface {
	// Init starts what the screen does by itself when it appears.
	Init() tea.Cmd
	// Update handles a message and tells what the screen wants now.
	Update(msg tea.Msg) (Screen, tea.Cmd, Intent)
	// View draws the step into at most width × height cells, without a frame around it.
	View(width, height int) Frame
	// Keys are the keys that do something now, for the footer and the help.
	Keys() []key.Binding
	// Answers are the answers as typed so far, valid or not.
	Answers() flow.Answers
	// Busy says, in words, what must not be interrupted now because it changes the server ("Mimecast is creating the
	// keys"); "" when nothing.
	Busy() string
	// Close cancels what is running; the screen is not used afterwards.
	Close()
}

// Typist is a screen with text fields. While Typing gives true, '?' is a character and only F1 opens the help. A screen
// without it is taken to be typing whenever its frame has a cursor.
type Typist interface{ Typing() bool }

// Explainer is a screen that says what it is about, in paragraphs: the help begins with them.
type Explainer interface{ Explain() []string }

// Themed is a screen that can change its colours while it is shown. The app learns after the first frame whether the
// background is light. A screen without it is made anew from its answers when that happens, unless it is busy.
type Themed interface{ SetTheme(t theme.Theme) Screen }

// Stopper is a screen whose busy work can be told to stop. Its answer is waited for all the same.
type Stopper interface{ Stop() }

// Finisher is a screen whose work must not be cut off even when the program ends by itself, because nobody is left to take
// messages. Finish waits for the work's answer until ctx ends, and gives the answers with it.
type Finisher interface {
	Finish(ctx context.Context) flow.Answers
}

// Waiter is a screen whose work is waited for before the program is left. Waiting says how long that has been and may be,
// "" when nothing is under way; Ended what it came to when that was not what was wanted, nil otherwise.
type Waiter interface {
	Waiting() string
	Ended() []string
}

// Lettered is a screen with a list in which a letter begins a text: j, k, g and G do not go through that list.
type Lettered interface{ Lettered() }

// Returner is a screen of several pages. Returned is called before it is shown when it is gone back to: its last page is shown.
type Returner interface{ Returned() }

// Titled is a screen that is about no profile in particular. Title is what the frame says in place of one, in a few words.
type Titled interface{ Title() string }

// Mouse messages reach Update with X and Y relative to Body: tea.MouseClickMsg with the left button, and tea.MouseWheelMsg.

// SizeMsg tells a screen how large its body will be drawn from now on. The app sends it after Init and whenever the size
// changes; a screen needs it to find out what a click hit, since View keeps nothing.
type SizeMsg struct{ Width, Height int }

// Frame is one drawn step.
type Frame struct {
	// Body is at most width × height cells.
	Body string
	// Lines stand in place of Body where a screen has made each exactly width cells wide, and height of them: nobody needs
	// to measure them again.
	Lines []string
	// Cursor is where the real cursor belongs, relative to Body; nil hides it.
	Cursor *tea.Cursor
}

// Act is what a screen wants.
type Act int

// The acts.
const (
	Stay Act = iota
	Next
	Back
	Jump
	// Quit asks the app to leave, as ctrl+c does: the app asks first when something would be lost.
	Quit
	// Start begins a path at the list of profiles; the app comes back to the list when it ends.
	Start
	// Ask goes on when the person says so: the app asks with Title and Text.
	Ask
)

// Intent is what a screen wants the app to do. Step is where Jump goes, and where Start begins when that is not the first
// step of its path; Answers is what the path of Start begins with.
type Intent struct {
	Act     Act
	Step    flow.Step
	Answers *flow.Answers
	Title   string
	Text    string
	// Yes is what agreeing to Ask is called, and Do what the screen is told then; "" and nil for going on.
	Yes string
	Do  tea.Msg
}

// Env is what every screen is given. It is shared and never changed by a screen.
type Env struct {
	// Env is what the steps need, however they are shown.
	step.Env
	// Context ends when the program does.
	Context context.Context //nolint:containedctx // the one context that every command derives from
	Theme   theme.Theme
	Keys    theme.KeyMap
	// Clipboard is where values are copied to; nil is the terminal's clipboard alone.
	Clipboard *Clipboard
	// Opener opens the console in the browser; nil where there is none.
	Opener Opener
	// Tick gives a message after a while; nil is tea.Tick. Tests, whose clocks stand still, have their own.
	Tick func(d time.Duration, message func(time.Time) tea.Msg) tea.Cmd
}

// After gives a message after d.
func (e Env) After(d time.Duration, message func(time.Time) tea.Msg) tea.Cmd {
	if e.Tick != nil {
		return e.Tick(d, message)
	}
	return tea.Tick(d, message)
}
