// Package screen has one file per step. A screen shows one step, keeps what is typed, and says what it wants; it knows no
// other step. Rules: Update does no input or output; View changes nothing; commands get values and return messages; every
// message of a command carries the attempt it belongs to, and a stale one is dropped.
package screen

import (
	"context"
	"iter"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// Screen is one step on screen.
type Screen interface {
	// Init starts what the screen does by itself when it appears.
	Init() tea.Cmd
	// Update takes a message and tells what the screen wants now.
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

// Themed is a screen that can change its colours while it is shown. The app learns after the first frame whether the
// background is light. A screen without it is made anew from its answers when that happens, unless it is busy.
type Themed interface{ SetTheme(t theme.Theme) Screen }

// Stopper is a screen whose busy work can be told to give up. Its answer is waited for all the same.
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
)

// Intent is what a screen wants the app to do. Step is where Jump goes, and where Start begins when that is not the first
// step of its path; Answers is what the path of Start begins with.
type Intent struct {
	Act     Act
	Step    flow.Step
	Answers *flow.Answers
}

// Env is what every screen is given. It is shared and never changed by a screen.
type Env struct {
	// Context ends when the program does.
	Context context.Context //nolint:containedctx // the one context that every command derives from
	Theme   theme.Theme
	Keys    theme.KeyMap
	// Now is the clock.
	Now func() time.Time
	// Dial makes a client for an endpoint.
	Dial  func(client.Endpoint) (Mimecast, error)
	Vault Vault
	// Profiles is the list of profiles; nil where there is none to go home to.
	Profiles Profiles
	// Stores are the stores to choose from, the recommended one first.
	Stores []StoreChoice
	// Plan gives the checks that the products of a selection need; see PlanOf.
	Plan func(catalog.Selection) (client.Plan, error)
	// EnvironmentProxy is the proxy that the environment sets for a base URL, without credentials, "" for none; when nil,
	// what net/http finds is used.
	EnvironmentProxy func(baseURL string) string
	// Demo has the made-up values of the demo; nil outside of it.
	Demo *Demo
	// Clipboard is where values are copied to; nil is the terminal's clipboard alone.
	Clipboard *Clipboard
	// Unfinished keeps a set-up that is left for another run; nil keeps nothing.
	Unfinished Unfinished
	// Tick gives a message after a while; nil is tea.Tick. Tests, whose clocks stand still, have their own.
	Tick func(d time.Duration, message func(time.Time) tea.Msg) tea.Cmd
}

// PlanOf is the catalogue's plan.
func PlanOf(s catalog.Selection) (client.Plan, error) {
	plan, _, err := catalog.PlanFor(s)
	return plan, err
}

// tick gives a message after d.
func (e Env) tick(d time.Duration, message func(time.Time) tea.Msg) tea.Cmd {
	if e.Tick != nil {
		return e.Tick(d, message)
	}
	return tea.Tick(d, message)
}

// Mimecast is what the screens need of client.Client.
type Mimecast interface {
	Check(ctx context.Context, credential client.Credential, plan client.Plan) iter.Seq[client.Result]
	Discover(ctx context.Context, applicationID, email string) (client.Discovery, error)
	SignIn(ctx context.Context, s client.SignIn) (client.Keys, error)
	SignOut(ctx context.Context, keys client.Legacy, accessKey secret.Value) error
	Close()
}

// Vault is what the steps need of credstore.Vault, which documents each.
type Vault interface {
	// Lookup tells what is known about a profile name without touching the store's secrets.
	Lookup(name string) (credstore.Entry, bool, error)
	// Preflight tells, before anything is created at Mimecast, whether the store works and the record would fit.
	Preflight(ctx context.Context, store string, p credstore.Profile) error
	// Stage writes the credential as the pending version, reads it back and compares. What the same vault staged before
	// under that name in another store is removed, after the new version is safe and never before; a copy that cannot be
	// removed is no error.
	Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, s credstore.Source) (credstore.Record, error)
	// Promote makes the pending version the active one, in one write, and updates the index.
	Promote(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error)
	// Load reads a profile's record from its store.
	Load(ctx context.Context, name string) (credstore.Record, error)
	// Discard removes the pending version, and the item when nothing else is in it.
	Discard(ctx context.Context, name string) error
	// Location is where name's item lies, in words.
	Location(store, name string) string

	Progress
}

// Progress notes how far a change of a profile has come, so that it can go on after anything.
type Progress interface {
	// Begin announces a change and holds the profile; what comes back has what an earlier one left behind at Mimecast.
	Begin(ctx context.Context, s credstore.Swap) (credstore.Swap, error)
	// Creating notes that keys are about to be created. When it fails, nothing must be created.
	Creating(ctx context.Context, s credstore.Swap) error
	// Renewed notes until when the keys in force are valid after they were renewed.
	Renewed(ctx context.Context, name string, until time.Time) error
	// NotCreated and KeysMade note what came of it.
	NotCreated(name string)
	KeysMade(name string)
	// Confirm notes the live call after the new version was put in force; retire says that the old one is still to be retired.
	Confirm(name string, ok, retire bool) error
	// LoggingOut notes that the keys of the old version are about to be logged out; Retire forgets that version, Finish keeps it
	// for its time. Either ends the change.
	LoggingOut(ctx context.Context, name, version string) (credstore.Record, error)
	Retire(ctx context.Context, name, version string) (credstore.Record, error)
	Finish(name string) error
	// Forget removes whatever is noted, sign-ins that may have left keys included: a person has been told of them.
	Forget(name string) error
	// Rollback puts the previous version back in force.
	Rollback(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error)
	// Noted is what is noted of an unfinished change, Resume finds out where it really stands.
	Noted(name string) (credstore.Swap, bool)
	Resume(ctx context.Context, name string) (credstore.Record, credstore.Swap, bool, error)
	// Leave gives the profile up without changing anything.
	Leave(name string)
}

// Profiles is what the list of profiles needs beyond Vault.
type Profiles interface {
	// Entries lists every profile by name, Unfinished every change that is not finished; no store is touched.
	Entries() ([]credstore.Entry, error)
	Unfinished() ([]credstore.Swap, error)
	// Busy tells whether another process changes the profile just now.
	Busy(name string) bool
	// RecordCheck notes the outcome of checks in the list.
	RecordCheck(name string, sum credstore.CheckSummary) error
	// Delete removes a profile from its store and from the list; Rename gives it another name.
	Delete(ctx context.Context, name string) error
	Rename(ctx context.Context, from, to string) (credstore.Record, error)
	// Update changes a profile's reminder.
	Update(ctx context.Context, name string, change func(*credstore.Profile)) (credstore.Record, error)
	// Sweep forgets a previous version whose time is over, and gives it.
	Sweep(ctx context.Context, name string) (*credstore.Version, error)
}

// StoreChoice is one row of "where to keep it".
type StoreChoice struct {
	// Kind is the store's word, such as "keyring".
	Kind  string
	Title string
	// Problem says why it cannot be used now; "" when it can.
	Problem string
	// Fix says what would make it usable.
	Fix string
	// Passing is set when what is kept there is gone when the program ends.
	Passing bool
}

// Demo has the made-up values that the demo tells and fills in.
type Demo struct {
	// API20 and API10 are one working credential each; Email, Password and Code create keys.
	BaseURL        string
	ClientID       string
	ClientSecret   string
	ApplicationID  string
	ApplicationKey string
	Email          string
	Password       string
	// Code gives the one-time code that was "sent" to the phone.
	Code      func() string
	AccessKey string
	SecretKey string
	// Regenerate has a new pair made for the application of API 2.0, as the console does, and puts it in the place of the one
	// before; nil where there is no such thing.
	Regenerate func()
}

// NewPair gives the pair to type: in a rotation one that is not in force yet.
func (d *Demo) NewPair(a flow.Answers) (clientID, clientSecret string) {
	if old := a.Old.Credential; a.Purpose == lifecycle.Rotating && old != nil && old.Identifier() == d.ClientID && d.Regenerate != nil {
		d.Regenerate()
	}
	return d.ClientID, d.ClientSecret
}
