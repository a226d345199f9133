package screen

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// fact is one line of a summary: what, and which.
type fact struct{ name, value string }

// report is a screen that shows facts and takes no answer.
type report struct {
	env     Env
	answers flow.Answers
	title   string
	intro   string
	facts   func(Env, flow.Answers) []fact
	after   func(Env, flow.Answers) []Command
	next    string
	todo    []string
	back    bool // there is a step to go back to
	scroll  int
	size    SizeMsg
}

// NewSaved makes the screen that tells what was stored and where.
func NewSaved(env Env, a flow.Answers) Screen {
	return &report{
		env: env, answers: a, title: "Saved", next: "next",
		intro: SavedWords(env, a),
		facts: savedFacts, after: func(Env, flow.Answers) []Command { return nil },
	}
}

// NewDone makes the last screen: what to do next.
func NewDone(env Env, a flow.Answers) Screen {
	return &report{
		env: env, answers: a, title: "Done", next: "finish",
		intro: DoneWords(env, a),
		facts: func(Env, flow.Answers) []fact { return nil }, after: NextCommands, todo: Afterwards(a),
		back: flow.Previous(flow.Done, a) != flow.None,
	}
}

// Afterwards is what remains to be done in the console once the credential works, a sentence each.
func Afterwards(a flow.Answers) []string {
	needs, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		return nil
	}
	var todo []string
	for _, item := range console.Of(Walkthrough(a, console.Existing, needs), console.After) {
		text := item.Title
		if item.Path != "" {
			text += " (" + item.Path + ")"
		}
		todo = append(todo, text+". "+item.Reason)
	}
	return todo
}

func savedFacts(env Env, a flow.Answers) []fact {
	facts := []fact{{"Profile", a.Name}}
	if a.Location != "" {
		facts = append(facts, fact{"Where", a.Location})
	}
	if c := a.Credential(); c != nil {
		facts = append(facts, fact{identifierName(c), c.Identifier()}, fact{"Secrets", secretNames(c)})
	}
	if account := a.Account(); account != nil {
		facts = append(facts, fact{"Account", lifecycle.AccountWords(account, " "+env.Theme.Glyphs.Dot+" ")})
	}
	facts = append(facts, fact{"Checks", checkWords(a)})
	if a.API == client.API10 && !a.KeysExpireAt.IsZero() {
		expires, warning := lifecycle.Expiry(a.KeysExpireAt, env.Now())
		facts = append(facts, fact{"Access key", strings.TrimSuffix(expires+". "+warning, ". ")})
	}
	if a.PreviousKept {
		kept := "kept: mimecred rollback " + a.Name + " puts it back"
		if env.Passing(a.Store) {
			kept = "kept while this session lasts"
		}
		facts = append(facts, fact{"Previous", kept})
	}
	return facts
}

// Command is a command to type next, and what it does.
type Command struct{ Line, About string }

// NextCommands are the commands that use the profile of the answers. They are commands that exist.
func NextCommands(env Env, a flow.Answers) []Command {
	if env.Demo != nil {
		return []Command{{"mimecred setup", "the same with your own tenant"}}
	}
	if env.Passing(a.Store) {
		return []Command{{"mimecred setup " + a.Name, "once more, where a keyring works"}}
	}
	value := "client_secret"
	if a.API == client.API10 {
		value = "secret_key"
	}
	commands := []Command{
		{"mimecred check " + a.Name, "test it again"},
		{"mimecred show " + a.Name, "what is known about it"},
		{"mimecred get " + a.Name + " " + value, "one value, for another program"},
	}
	if a.PreviousKept && a.Purpose == lifecycle.Rotating {
		commands = append(commands, Command{"mimecred rollback " + a.Name, "the version before, back in force"})
	}
	if flow.Previous(flow.Done, a) == flow.HandOff {
		commands = append(commands, Command{"mimecred handoff " + a.Name, "the product's form once more"})
	}
	return commands
}

func identifierName(c client.Credential) string {
	if c.API() == client.API20 {
		return "Client ID"
	}
	return "Application ID"
}

func secretNames(c client.Credential) string {
	if c.API() == client.API20 {
		return "client secret"
	}
	return "application key, access key, secret key"
}

// checkWords sum the checks up: "9 passed", "7 passed, 1 warning, 1 failed; continued anyway".
func checkWords(a flow.Answers) string {
	sum := a.Summary(time.Time{})
	var words []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			words = append(words, "1 "+one)
		case n > 1:
			words = append(words, fmt.Sprintf("%d %s", n, many))
		}
	}
	add(sum.Passed, "passed", "passed")
	add(sum.Warnings, "warning", "warnings")
	add(sum.Failed, "failed", "failed")
	add(sum.Skipped, "not applicable", "not applicable")
	if len(words) == 0 {
		return "none"
	}
	text := strings.Join(words, ", ")
	if a.Anyway {
		text += "; continued anyway"
	}
	return text
}

// Init implements Screen.
func (r *report) Init() tea.Cmd { return nil }

// Update implements Screen.
func (r *report) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	scroll := func(by int) {
		most := len(r.lines(max(r.size.Width, 1))) - r.size.Height
		r.scroll = max(0, min(r.scroll+by, most))
	}
	switch msg := msg.(type) {
	case SizeMsg:
		r.size = msg
	case tea.MouseWheelMsg:
		scroll(wheeled(msg))
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, r.env.Keys.Next):
			return r, nil, Intent{Act: Next}
		case r.back && key.Matches(msg, r.env.Keys.Back):
			return r, nil, Intent{Act: Back}
		case key.Matches(msg, r.env.Keys.Up):
			scroll(-1)
		case key.Matches(msg, r.env.Keys.Down):
			scroll(1)
		}
	}
	return r, nil, Intent{}
}

// wheeled is how many rows a turn of the wheel goes.
func wheeled(msg tea.MouseWheelMsg) int {
	switch msg.Button {
	case tea.MouseWheelUp:
		return -1
	case tea.MouseWheelDown:
		return 1
	default:
		return 0
	}
}

func (r *report) lines(width int) []string {
	s := r.env.Theme.Styles
	lines := []string{s.Title.Render(r.title), ""}
	lines = append(lines, wrapRow("", r.intro, width, s.Text)...)
	lines = append(lines, "")
	label := 0
	facts := r.facts(r.env, r.answers)
	for _, f := range facts {
		label = max(label, len(f.name))
	}
	for _, f := range facts {
		lines = append(lines, wrapRow(s.Label.Render(f.name+strings.Repeat(" ", label-len(f.name)))+"  ", f.value, width, s.Text)...)
	}
	for _, command := range r.after(r.env, r.answers) {
		lines = append(lines, wrapRow("  ", command.Line, width, s.Value)...)
		lines = append(lines, wrapRow("    ", command.About, width, s.Muted)...)
	}
	if r.next == "finish" {
		for _, text := range lifecycle.LostLines(r.answers.Orphans) {
			lines = append(lines, "")
			lines = append(lines, wrapRow(s.Warn.Render(r.env.Theme.Glyphs.Warning)+" ", text, width, s.Text)...)
		}
	}
	for _, text := range r.todo {
		lines = append(lines, "")
		lines = append(lines, wrapRow("", "In the console: "+text, width, s.Text)...)
	}
	return lines
}

// View implements Screen.
func (r *report) View(width, height int) Frame {
	lines := r.lines(width)
	lines = lines[min(r.scroll, max(len(lines)-height, 0)):]
	return Frame{Body: strings.Join(lines[:min(len(lines), height)], "\n")}
}

// Keys implements Screen.
func (r *report) Keys() []key.Binding {
	next := r.env.Keys.Next
	next.SetHelp(next.Help().Key, r.next)
	keys := []key.Binding{next}
	if r.size.Height > 0 && len(r.lines(r.size.Width)) > r.size.Height {
		keys = append(keys, r.env.Keys.Down, r.env.Keys.Up)
	}
	if r.back {
		keys = append(keys, r.env.Keys.Back)
	}
	return keys
}

// Typing implements Typist: there is nothing to type.
func (r *report) Typing() bool { return false }

// SetTheme implements Themed.
func (r *report) SetTheme(t theme.Theme) Screen {
	r.env.Theme = t
	return r
}

// Answers implements Screen.
func (r *report) Answers() flow.Answers { return r.answers }

// Busy implements Screen.
func (r *report) Busy() string { return "" }

// Close implements Screen.
func (r *report) Close() {}

// SavedFacts are the lines of the plain summary, as name and value, without a secret. env may be the zero Env.
func SavedFacts(env Env, a flow.Answers) [][2]string {
	if env.Now == nil {
		env.Now = time.Now
	}
	var out [][2]string
	for _, f := range savedFacts(env, a) {
		out = append(out, [2]string{f.name, f.value})
	}
	return out
}
