package screen

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// phase is how far the check screen is.
type phase int

const (
	storing phase = iota
	checking
	stopped // something failed that is not a check: the store, or the plan
	finished
	activating
	confirming  // it is current, and being confirmed
	unconfirmed // it is current, and the confirmation failed
)

// Check stores the credential as pending, checks what it reads back, and makes it the active one when the person agrees.
type checkScreen struct {
	env     Env
	answers flow.Answers
	size    SizeMsg

	phase   phase
	run     *Attempt
	waiting *credstore.Waiting
	// stored is the credential as it was read back from the store.
	stored client.Credential
	// activation has the end of the activation, whoever reads it.
	activation <-chan any
	note       string
	// comparing is set while the difference to the current credential fills the screen: continuing anyway is decided there.
	comparing bool
	// refused tells that Mimecast turned down the current version.
	refused bool
	// problem and fix say why it stopped, and culprit is the step that owns the cause.
	problem, fix string
	culprit      flow.Step
	// retry is what "try again" does.
	retry func(*checkScreen) tea.Cmd

	rows    []row
	at      int
	moved   bool // the person chose the row
	open    bool // the details fill the screen
	reader  field.Reader
	spinner field.Spinner
	started time.Time
	ended   time.Time
}

// row is one check, with its result once it has one.
type row struct {
	client.Step
	result *client.Result
}

// ReadTime is how long keys are swallowed after a question came up by itself: they were meant for what was on screen
// before it.
const ReadTime = 400 * time.Millisecond

// Unread tells whether what came up at a moment cannot have been read at another. Whatever swallows keys and clicks asks this.
func Unread(came, now time.Time) bool { return now.Sub(came) < ReadTime }

// NewCheck makes the check screen; Init starts it. It checks the previous version instead when it rolls back.
func NewCheck(env Env, a flow.Answers) Screen {
	a.Results, a.Anyway = nil, false
	return &checkScreen{env: env, answers: a, reader: field.NewReader(), spinner: field.NewSpinner(env.Theme)}
}

// Init implements Screen.
func (c *checkScreen) Init() tea.Cmd {
	switch {
	case c.answers.Purpose == lifecycle.RollingBack:
		return c.begin((*checkScreen).loadAndCheck)
	case c.answers.Activated: // by an earlier run, which did not come to confirm it
		return c.begin((*checkScreen).confirm)
	}
	return c.begin((*checkScreen).storeAndCheck)
}

// begin starts work and remembers it for "try again".
func (c *checkScreen) begin(work func(*checkScreen) tea.Cmd) tea.Cmd {
	c.run.Stop()
	c.waiting, c.problem, c.fix = nil, "", ""
	c.read(false, false)
	c.moved = false
	c.retry = work
	cmd := work(c)
	return tea.Batch(cmd, c.tick())
}

func (c *checkScreen) tick() tea.Cmd { return c.spinner.Turn(c.running()) }

// running tells whether an attempt is under way.
func (c *checkScreen) running() bool {
	return c.phase == storing || c.phase == checking || c.phase == activating || c.phase == confirming
}

// Update implements Screen.
func (c *checkScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if (c.open || c.comparing) && c.reader.Update(msg, c.whole(max(c.size.Width, 1)), c.size.Width, c.size.Height) {
		return c, nil, Intent{}
	}
	switch msg := msg.(type) {
	case SizeMsg:
		c.size = msg
	case spinner.TickMsg:
		return c, c.spinner.Update(msg, c.running()), Intent{}
	case AttemptMsg:
		if msg.of != c.run {
			return c, nil, Intent{}
		}
		intent := c.apply(msg.msg)
		if _, done := msg.msg.(activatedMsg); done {
			if !client.Judge(c.answers.Results).Accepted {
				return c, nil, Intent{Act: Next} // activated untested: there is nothing to confirm
			}
			return c, c.begin((*checkScreen).confirm), intent
		}
		if intent.Act == Stay {
			return c, msg.of.Next(), intent
		}
		return c, nil, intent
	case tea.KeyPressMsg:
		return c.key(msg)
	case tea.MouseClickMsg:
		c.click(msg)
	case tea.MouseWheelMsg:
		c.move(field.Wheeled(msg))
	}
	return c, nil, Intent{}
}

func (c *checkScreen) key(msg tea.KeyPressMsg) (Screen, tea.Cmd, Intent) {
	k := c.env.Keys
	to, moves := field.Steer(field.Arrow(msg), c.at, len(c.rows), max(1, c.layout(c.size.Width, c.size.Height).listRows-1))
	switch {
	case key.Matches(msg, k.Back):
		switch {
		case c.open || c.comparing:
			c.read(false, false)
		case c.phase == activating || c.phase == confirming:
			c.Stop() // its answer is waited for, since the write may have happened
		case c.phase == unconfirmed: // the current version stays current
		default:
			return c, nil, Intent{Act: Back}
		}
		return c, nil, Intent{}
	case moves:
		c.move(to - c.at)
	case key.Matches(msg, k.Next, k.Continue) && c.unread():
	case key.Matches(msg, k.Next):
		return c.enter()
	case key.Matches(msg, k.Retry) && c.phase == unconfirmed:
		return c, c.begin((*checkScreen).confirm), Intent{}
	case key.Matches(msg, k.Retry) && c.retryHelps():
		if c.phase == finished || c.stored != nil && c.culprit != flow.Profile {
			return c, c.begin((*checkScreen).checkAgain), Intent{}
		}
		return c, c.begin(c.retry), Intent{}
	case key.Matches(msg, k.Change) && c.fixStep() != flow.None:
		return c, nil, Intent{Act: Jump, Step: c.fixStep()}
	case key.Matches(msg, k.Continue) && c.mayContinue():
		if c.answers.Purpose != lifecycle.RollingBack && c.answers.Difference().Worse() && !c.comparing {
			c.read(false, true)
			return c, nil, Intent{}
		}
		c.answers.Anyway = true
		return c, c.begin((*checkScreen).activate), Intent{}
	}
	return c, nil, Intent{}
}

// unread tells whether the checks ended just now, so that what was pressed cannot have been an answer to them.
func (c *checkScreen) unread() bool {
	return c.phase == finished && Unread(c.ended, c.env.Now())
}

// enter saves when all is right, and opens what is wrong otherwise.
func (c *checkScreen) enter() (Screen, tea.Cmd, Intent) {
	switch {
	case c.phase == unconfirmed:
		return c, nil, Intent{Act: Next}
	case c.allRight():
		return c, c.begin((*checkScreen).activate), Intent{}
	case c.open || c.comparing:
		c.read(false, false)
	case len(c.details(1000)) > 0:
		c.read(true, false)
	}
	return c, nil, Intent{}
}

// read fills the screen with the details of a row, or with the difference to the current credential, or with neither.
func (c *checkScreen) read(open, comparing bool) {
	c.open, c.comparing = open, comparing
	c.reader.Top()
}

func (c *checkScreen) move(by int) {
	if by != 0 {
		c.moved = true
		c.at = max(0, min(c.at+by, len(c.rows)-1))
	}
}

func (c *checkScreen) click(msg tea.MouseClickMsg) {
	if c.open || c.comparing || len(c.rows) == 0 {
		return
	}
	l := c.layout(c.size.Width, c.size.Height)
	if i := msg.Y - l.listFrom + l.first; msg.Y >= l.listFrom && msg.Y < l.listFrom+l.listRows && i < len(c.rows) {
		c.at, c.moved = i, true
	}
}

// allRight tells whether every check passed or did not apply, that of the credential itself among them. One that was cut
// off counts as neither.
func (c *checkScreen) allRight() bool {
	return c.phase == finished && c.answers.Judgement().AllRight()
}

// mayContinue tells whether going on although something is wrong makes sense: never when Mimecast refused the credential.
func (c *checkScreen) mayContinue() bool {
	return c.phase == finished && c.answers.Judgement().MayContinue()
}

// blamed is the result that "change this value" is about: the selected one, or the first that failed.
func (c *checkScreen) blamed() *client.Result {
	if c.at < len(c.rows) && wrong(c.rows[c.at].result) {
		return c.rows[c.at].result
	}
	for _, r := range c.rows {
		if wrong(r.result) {
			return r.result
		}
	}
	return nil
}

// retryHelps tells whether trying again may end in another way.
func (c *checkScreen) retryHelps() bool {
	switch {
	case c.running():
		return false
	case c.phase == finished:
		return step.RetryHelps(c.answers)
	}
	return c.phase != stopped || c.culprit != flow.Region && c.culprit != flow.Integration // what was answered there is the cause
}

func wrong(r *client.Result) bool {
	return r != nil && (r.State == client.Failed || r.State == client.Warning)
}

func (c *checkScreen) fixStep() flow.Step {
	switch c.phase {
	case stopped:
		return c.culprit
	case finished:
		if r := c.blamed(); r != nil {
			return flow.FixStep(r.Kind, c.answers)
		}
	case storing, checking, activating, confirming, unconfirmed:
	}
	return flow.None
}

// Keys implements Screen.
func (c *checkScreen) Keys() []key.Binding {
	k := c.env.Keys
	var keys []key.Binding
	add := func(is bool, b key.Binding) {
		if is {
			keys = append(keys, b)
		}
	}
	switch {
	case c.phase == activating || c.phase == confirming:
		return []key.Binding{theme.Named(k.Back, "stop")}
	case c.phase == unconfirmed:
		return []key.Binding{theme.Named(k.Next, "go on"), k.Retry}
	case c.comparing:
		return []key.Binding{theme.Named(k.Continue, "replace it anyway"), k.Up, k.Down, theme.Named(k.Back, "close")}
	case c.running():
		return []key.Binding{theme.Named(k.Back, "stop and go back")}
	case c.open:
		return []key.Binding{theme.Named(k.Next, "close"), k.Up, k.Down, theme.Named(k.Back, "close")}
	}
	yes := "yes, save it"
	if c.answers.Purpose == lifecycle.RollingBack {
		yes = "yes, roll back"
	}
	add(c.allRight(), theme.Named(k.Next, yes))
	change, blamed := theme.Named(k.Change, c.changeWords()), c.fixStep() != flow.None
	add(blamed && c.phase == finished, change) // the first one is in every footer, however narrow
	add(c.retryHelps(), k.Retry)
	add(blamed && c.phase != finished, change)
	add(c.mayContinue(), k.Continue)
	add(c.phase == finished && !c.allRight(), theme.Named(k.Next, "details"))
	add(len(c.rows) > 1, k.Up)
	add(len(c.rows) > 1, k.Down)
	return append(keys, k.Back)
}

// Explain implements Explainer.
func (c *checkScreen) Explain() []string { return step.CheckHelp(c.answers.Results) }

func (c *checkScreen) changeWords() string {
	if c.phase == stopped && c.culprit == flow.Profile {
		return "change the store"
	}
	if c.fixStep() == flow.Console {
		return "see the console's steps" // no value of ours is wrong
	}
	return "change this value"
}

// Typing implements Typist: this screen takes no text.
func (c *checkScreen) Typing() bool { return false }

// SetTheme implements Themed.
func (c *checkScreen) SetTheme(t theme.Theme) Screen {
	c.env.Theme = t
	return c
}

// Answers implements Screen.
func (c *checkScreen) Answers() flow.Answers { return c.answers }

// Busy implements Screen: once the write that activates the credential has begun, only its answer tells which version is current.
func (c *checkScreen) Busy() string {
	if c.phase == activating {
		return "mimecred is activating the credential"
	}
	return ""
}

// Stop implements Stopper: the store is told to stop.
func (c *checkScreen) Stop() { c.run.Cancel() }

// Finish implements Finisher.
func (c *checkScreen) Finish(ctx context.Context) flow.Answers {
	if c.phase != activating {
		return c.answers
	}
	select {
	case msg := <-c.activation:
		c.apply(msg)
	case <-ctx.Done():
	}
	return c.answers
}

// Close implements Screen.
func (c *checkScreen) Close() { c.run.Stop() }
