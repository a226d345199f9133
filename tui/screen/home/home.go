// Package home is the list of profiles: what is unfinished, every profile with how its last test ended, and what can be done with each.
// Its rules: nothing that takes time is done while a key is handled; only the rows in sight are drawn, and drawn rows are kept; what
// runs goes on while another screen is shown.
package home

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// Home is the list of profiles: what is unfinished first, then every profile with what its last check came to. From here
// everything else begins. The rules of this screen: nothing that takes time is done while a key is handled, only the rows in
// sight are drawn, and what runs goes on while another screen is shown.
type Home struct {
	env     screen.Env
	answers flow.Answers
	size    screen.SizeMsg
	styles  styles
	// look is the theme that the fields share.
	look *theme.Theme

	list  list
	drawn drawnRows
	// states are the set-ups that were left before they were finished.
	states []flow.State
	// filter is what narrows the list; filtering is set while it is typed into.
	filter    *field.Text
	filtering bool

	// loading reads the list; again is set when it must be read once more. want is the profile to select then.
	loading *screen.Attempt
	again   bool
	loaded  bool
	want    string
	// problem and fix say why the list cannot be read; note is the last line, until the next key.
	problem, fix string
	note         string

	tests tests
	// modal is drawn over the list; nil for nothing.
	modal modal
	job   *job
	// trouble is what went wrong with the last job.
	trouble []string
	// titles are those of the checks, by id.
	titles  map[string]string
	changes changeLog
	spinner field.Spinner
}

// Msg is a message of the list's own work. The app gives it to the list, shown or not.
type Msg struct{ msg tea.Msg }

type (
	// minuteMsg tells that a minute has passed: ages have changed, and other programs may have changed the list.
	minuteMsg struct{}
	// returnedMsg tells that a path that began here has ended.
	returnedMsg struct{ Returned }
)

// Returned is what became of a path that began at the list.
type Returned struct {
	// Name is the profile to select, Change what happened to it, "" for nothing.
	Name, Change string
	// Left is the set-up as it can be gone on with, nil for none; Gone are the names of those that cannot any more.
	Left *flow.State
	Gone []string
}

// Msg is the message that tells the list.
func (r Returned) Msg() tea.Msg { return Msg{returnedMsg{r}} }

// forHome makes the message of a command one of the list.
func forHome(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		if msg := cmd(); msg != nil {
			return Msg{msg}
		}
		return nil
	}
}

// New makes the list of profiles; Init reads it.
func New(env screen.Env, a flow.Answers) screen.Screen {
	look := env.Theme
	h := &Home{
		env: env, answers: a, styles: stylesOf(env.Theme), look: &look, states: a.Unfinished,
		filter: field.NewText(field.WithThemeAt(&look)), titles: map[string]string{},
		spinner: field.NewSpinner(env.Theme),
	}
	h.list.names = map[string]productName{}
	return h
}

// Init implements Screen.
func (h *Home) Init() tea.Cmd { return tea.Batch(h.load(), h.minute()) }

func (h *Home) minute() tea.Cmd {
	return forHome(h.env.After(time.Minute, func(time.Time) tea.Msg { return minuteMsg{} }))
}

// Update implements Screen.
func (h *Home) Update(msg tea.Msg) (screen.Screen, tea.Cmd, screen.Intent) {
	cmd, intent := h.handle(msg)
	h.follow()
	h.drawRows()
	return h, tea.Batch(cmd, forHome(h.spinner.Turn(h.working()))), intent
}

func (h *Home) handle(msg tea.Msg) (tea.Cmd, screen.Intent) {
	switch msg := msg.(type) {
	case screen.SizeMsg:
		h.size = msg
	case Msg:
		return h.own(msg.msg)
	case tea.KeyPressMsg:
		h.note = ""
		if h.tests.active() == 0 {
			h.tests.total = 0 // what they came to has been read
		}
		if h.modal != nil {
			return h.modal.press(h, msg)
		}
		if h.filtering {
			return h.typed(msg)
		}
		return h.press(msg)
	case tea.PasteMsg:
		switch {
		case h.modal != nil:
			return h.modal.paste(msg), screen.Intent{}
		case h.filtering:
			return h.typed(msg)
		}
	case tea.MouseClickMsg:
		if h.modal != nil {
			return h.modal.click(h, msg.X, msg.Y)
		}
		return h.click(msg.Y, msg.X)
	case tea.MouseWheelMsg:
		if h.modal != nil {
			h.modal.wheel(h, msg)
		} else {
			h.scroll(3 * field.Wheeled(msg))
		}
	}
	return nil, screen.Intent{}
}

// own handles a message of the list's own work.
func (h *Home) own(msg tea.Msg) (tea.Cmd, screen.Intent) {
	switch msg := msg.(type) {
	case screen.AttemptMsg:
		switch {
		case msg.Of() == h.loading:
			h.apply(msg.Said())
			if h.loading == nil && h.again {
				h.again = false
				return h.load(), screen.Intent{}
			}
			return forHome(msg.Of().Next()), screen.Intent{}
		case h.job != nil && msg.Of() == h.job.run:
			return h.worked(msg)
		default:
			return h.tested(msg), screen.Intent{}
		}
	case minuteMsg:
		return tea.Batch(h.load(), h.minute()), screen.Intent{}
	case spinner.TickMsg:
		return forHome(h.spinner.Update(msg, h.working())), screen.Intent{}
	case returnedMsg:
		return h.returned(msg.Returned), screen.Intent{}
	}
	return nil, screen.Intent{}
}

// returned notes what became of a path, and reads the list anew.
func (h *Home) returned(r Returned) tea.Cmd {
	for _, name := range r.Gone {
		h.forgetState(name)
	}
	if r.Left != nil {
		h.forgetState(r.Left.Name)
		h.states = append(h.states, *r.Left)
	}
	if r.Change != "" {
		h.changes.add(r.Name, r.Change)
	}
	h.want = r.Name
	return h.load()
}

func (h *Home) forgetState(name string) {
	var rest []flow.State
	for _, s := range h.states {
		if s.Name != name {
			rest = append(rest, s)
		}
	}
	h.states = rest
}

// working tells whether something runs.
func (h *Home) working() bool { return h.tests.active() > 0 || h.job != nil }

// Keys implements Screen.
func (h *Home) Keys() []key.Binding {
	k := h.env.Keys
	if h.modal != nil {
		return h.modal.keys(h)
	}
	if h.filtering {
		return []key.Binding{theme.Named(k.Next, "to the list"), k.Up, k.Down, theme.Named(k.Back, "no filter")}
	}
	row, l := h.list.current(), &h.list
	known := row != nil && row.known
	current := known && !row.entry.CurrentSince.IsZero()
	testing, filtered := h.tests.active() > 0, h.filter.Value() != ""
	var keys []key.Binding
	add := func(is bool, more ...key.Binding) {
		if is {
			keys = append(keys, more...)
		}
	}
	add(row != nil && row.unfinished, theme.Named(k.Open, "continue"), hidden(k.GoOn))
	add(row != nil && row.unfinished, theme.Named(k.Delete, "discard"))
	add(row != nil && !row.unfinished, k.Open)
	add(row != nil && !row.unfinished && row.change != nil, k.GoOn)
	add(true, k.New)
	add(h.problem != "", k.Retry)
	add(current, k.Rotate)
	add(known, k.Test)
	add(len(l.rows) > 0, k.Filter)
	add(l.profiles() > 0, k.TestAll)
	add(testing, theme.Named(k.Back, "stop the tests"))
	add(!testing && filtered, theme.Named(k.Back, "no filter"))
	add(true, k.Leave)
	add(current, k.HandOff, k.Edit)
	add(known && !row.unfinished, k.Delete)
	add(row != nil && len(l.shown) > 1, k.Up, k.Down, k.PageUp, k.PageDown, k.FirstRow, k.LastRow)
	return keys
}

// hidden is a binding that works, and that neither footer nor help has room for.
func hidden(b key.Binding) key.Binding {
	b.SetHelp("", "")
	return b
}

// Title implements Titled: how many profiles there are.
func (h *Home) Title() string {
	all := len(h.list.rows) - h.list.left
	switch {
	case !h.loaded || h.problem != "":
		return "profiles"
	case h.filter.Value() != "":
		return fmt.Sprintf("%d of %d profiles", h.list.profiles(), all)
	case all == 1:
		return "1 profile"
	default:
		return fmt.Sprintf("%d profiles", all)
	}
}

// Answers implements Screen.
func (h *Home) Answers() flow.Answers { return h.answers }

// Typing implements Typist.
func (h *Home) Typing() bool {
	if h.modal != nil {
		return h.modal.typing()
	}
	return h.filtering
}

// SetTheme implements Themed.
func (h *Home) SetTheme(t theme.Theme) screen.Screen {
	h.env.Theme, *h.look, h.styles = t, t, stylesOf(t)
	h.forgetDrawn()
	return h
}

// Changes are what was changed or tested since the list was shown first.
func (h *Home) Changes() []Change { return h.changes.list() }

// Close implements Screen.
func (h *Home) Close() {
	h.loading.Stop()
	h.tests.stopAll()
	for _, one := range h.tests.running {
		one.run.Stop()
	}
	if h.job != nil {
		h.job.run.Stop()
	}
}
