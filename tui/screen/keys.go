package screen

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// keysStage is which part of the keys step is on screen.
type keysStage int

const (
	keysChoose   keysStage = iota // which way
	keysSignIn                    // e-mail, type, password
	keysCode                      // one-time code
	keysConsole                   // paste what the console showed
	keysMade                      // Mimecast gave keys, and they are in the store
	keysUnstored                  // Mimecast gave keys, and no store took them yet
)

// keysWork is what is under way.
type keysWork int

const (
	idle      keysWork = iota
	preparing          // looks whether the store works and where the account lives; may be cancelled
	signingIn          // may create keys: never cut off
	keeping            // writes the keys to the store
)

// keysScreen is the step where the access keys of API 1.0 come to be: created here by signing in as the service user, or created
// in the console and pasted. Either way can be left for the other at any moment, and nothing typed is lost.
type keysScreen struct {
	page
	stage keysStage
	work  keysWork
	run   *Attempt

	way       *field.Choice
	email     *field.Text
	kind      *field.Choice
	password  *field.Secret
	code      *field.OTP
	access    *field.Secret
	secretKey *field.Secret

	// lastCode is the code that was sent last: no code is ever sent twice.
	lastCode secret.Value
	resent   bool
	// answer has what Mimecast said to the sign-in that is under way, whoever takes it.
	answer <-chan signedInMsg
	// reply is what Mimecast answered, verbatim; problem and fix are what it means.
	reply, problem, fix string
	// blame is the step that a refusal is to be put right in; None when it is this one.
	blame flow.Step
	// doing is what is under way, in words; waiting that a store is silent.
	doing   string
	waiting *credstore.Waiting
	// since is when the sign-in began.
	since time.Time
	// tries are the sign-ins that Mimecast refused.
	tries lifecycle.SignIns
	// renewed is set when Mimecast renewed the current keys, which stay the same.
	renewed  bool
	swapping swapping
}

// renewing tells whether the current keys are to be made valid again.
func (s *keysScreen) renewing() bool {
	_, legacy := s.answers.Replaced.Credential.(client.Legacy)
	return legacy && s.answers.Purpose == lifecycle.Rotating && s.answers.Way == lifecycle.Renew
}

// NewKeys makes the keys step.
func NewKeys(env Env, a flow.Answers) Screen {
	s := &keysScreen{page: newPage(env, a, "Access keys")}
	way := s.question(flow.KeysUndecided, "keys")
	s.way = field.NewChoice(fieldRows(way.Options...), s.fieldOptions(field.WithLabel(way.Label))...)
	email, kind, password := s.question(flow.CreateHere, step.KeyEmail), s.question(flow.CreateHere, step.KeyType), s.question(flow.CreateHere, step.KeyPassword)
	s.email = field.NewText(s.fieldOptions(field.WithLabel(email.Label), field.WithPlaceholder(email.Placeholder))...)
	s.kind = field.NewChoice(fieldRows(kind.Options...), s.fieldOptions(field.WithLabel(kind.Label))...)
	s.password = field.NewSecret(s.fieldOptions(field.WithLabel(password.Label), field.WithPassword(), field.WithHint(password.Hint))...)
	s.code = field.NewOTP(s.fieldOptions(field.WithLabel(s.askCode(nil).Label))...)
	s.access = field.NewSecret(s.fieldOptions(field.WithLabel(client.FieldTitle(client.FieldAccessKey)), field.WithPlaceholder(strings.ToLower(step.PasteBoth[:1])+strings.TrimSuffix(step.PasteBoth[1:], ".")))...)
	s.secretKey = field.NewSecret(s.fieldOptions(field.WithLabel(client.FieldTitle(client.FieldSecretKey)))...)
	s.email.SetValue(a.Email)
	if a.SignIn != "" {
		s.kind.Select(string(a.SignIn))
	}
	if a.KeysWay != flow.KeysUndecided {
		s.way.Select(string(a.KeysWay))
	}
	s.password.SetValue(a.Password)
	s.access.SetValue(a.AccessKey)
	s.secretKey.SetValue(a.SecretKey)
	s.begin()
	return s
}

// question is one of the step, as it is asked on a way to the keys.
func (s *keysScreen) question(way flow.KeysWay, id string) step.Question {
	a := s.answers
	a.KeysWay = way
	q, _ := step.KeysForm(s.env.Env, a).Find(id)
	return q
}

// askCode is the question for the one-time code; got gets it.
func (s *keysScreen) askCode(got *secret.Value) step.Question {
	return step.Code(s.env.Env, s.lastCode, got)
}

// begin picks the part that fits the answers.
func (s *keysScreen) begin() {
	a := s.answers
	switch {
	case s.created() && flow.AtRisk(a).Created:
		s.show(keysUnstored)
	case s.created():
		s.show(keysMade)
	case a.KeysWay == flow.CreateHere, s.renewing():
		s.show(keysSignIn)
	case a.KeysWay == flow.FromConsole:
		s.show(keysConsole)
	default:
		s.show(keysChoose)
	}
}

// created tells whether the keys were made here and no others were pasted over them.
func (s *keysScreen) created() bool {
	a := s.Answers()
	return !a.KeysCreatedAt.IsZero() && !a.AccessKey.IsZero() && !a.SecretKey.IsZero()
}

// Init stores created keys that no store took before.
func (s *keysScreen) Init() tea.Cmd {
	if s.stage == keysUnstored {
		return s.keep()
	}
	return nil
}

// Update implements Screen.
func (s *keysScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case spinner.TickMsg:
		return s, s.spinner.Update(msg, s.work != idle), Intent{}
	case AttemptMsg:
		if msg.of != s.run {
			return s, nil, Intent{}
		}
		cmd, intent := s.apply(msg.msg)
		if msg.of != s.run || intent.Act != Stay {
			return s, cmd, intent
		}
		return s, tea.Batch(cmd, msg.of.Next()), intent
	case tea.KeyPressMsg:
		if s.work != idle {
			return s.keyWhileWorking(msg)
		}
		if s.stage == keysUnstored {
			return s.keyUnstored(msg)
		}
		if s.stage == keysCode && key.Matches(msg, s.env.Keys.Resend) {
			return s, s.resend(), Intent{}
		}
	case tea.PasteMsg:
		if s.work != idle || s.stage == keysUnstored || s.both(msg.Content) {
			return s, nil, Intent{}
		}
		return s.handled(s.withoutLabel(msg))
	}
	return s.handled(msg)
}

// keyWhileWorking lets esc stop what changes nothing at Mimecast.
func (s *keysScreen) keyWhileWorking(msg tea.KeyPressMsg) (Screen, tea.Cmd, Intent) {
	if !key.Matches(msg, s.env.Keys.Back) || s.work == signingIn {
		return s, nil, Intent{}
	}
	was := s.work
	s.run.Stop()
	s.idle()
	if was == keeping {
		s.problem, s.fix = "The keys are not stored yet.", "Try again when the store can be unlocked."
		s.show(keysUnstored)
	}
	return s, nil, Intent{}
}

// keyUnstored handles the part where keys exist and no store has them.
func (s *keysScreen) keyUnstored(msg tea.KeyPressMsg) (Screen, tea.Cmd, Intent) {
	k := s.env.Keys
	switch {
	case key.Matches(msg, k.Retry, k.Next):
		return s, s.keep(), Intent{}
	case key.Matches(msg, k.Change):
		return s, nil, Intent{Act: Jump, Step: flow.Profile}
	case key.Matches(msg, k.Back):
		return s, nil, Intent{Act: Back}
	case key.Matches(msg, k.Reveal, k.NextField, k.PrevField, k.Up, k.Down):
		cmd, _ := s.handle(msg)
		return s, cmd, Intent{}
	}
	for i, c := range s.env.OtherStores(s.answers) {
		if key.Matches(msg, elsewhere(i, c)) {
			s.answers.Store = c.Kind
			return s, s.keep(), Intent{}
		}
	}
	return s, nil, Intent{}
}

// elsewhere is the key that saves created keys in the i-th other store.
func elsewhere(i int, c step.StoreChoice) key.Binding {
	press := strconv.Itoa(i + 1)
	return key.NewBinding(key.WithKeys(press), key.WithHelp(press, strings.ToLower(c.Title)))
}

func (s *keysScreen) goBack(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	switch s.stage {
	case keysCode:
		s.clearWords()
		s.show(keysSignIn)
	case keysSignIn:
		if to := s.blame; to != flow.None {
			s.clearWords()
			return s, cmd, Intent{Act: Jump, Step: to}
		}
		s.clearWords()
		if s.renewing() {
			return s, cmd, Intent{Act: Back}
		}
		s.way.Select(string(flow.CreateHere))
		s.show(keysChoose)
	case keysConsole:
		s.clearWords()
		s.way.Select(string(flow.FromConsole))
		s.show(keysChoose)
		if s.created() {
			s.show(keysMade)
		}
	case keysChoose, keysMade, keysUnstored:
		return s, cmd, Intent{Act: Back}
	}
	return s, cmd, Intent{}
}

// switchWay goes the other way; every field keeps what it has.
func (s *keysScreen) switchWay() {
	switch s.stage {
	case keysSignIn, keysCode, keysMade:
		if s.renewing() {
			return // keys are renewed by signing in, in no other way
		}
		s.clearWords()
		s.show(keysConsole)
	case keysConsole:
		s.clearWords()
		if s.created() {
			s.show(keysMade)
			return
		}
		s.show(keysSignIn)
	case keysChoose:
		if s.way.Value() == string(flow.CreateHere) {
			s.way.Select(string(flow.FromConsole))
		} else {
			s.way.Select(string(flow.CreateHere))
		}
	case keysUnstored:
	}
}

func (s *keysScreen) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	switch s.stage {
	case keysChoose:
		if s.way.Value() == string(flow.CreateHere) {
			s.tries.Locked = false // chosen anew: the user may have been unlocked
			s.show(keysSignIn)
		} else {
			s.show(keysConsole)
		}
	case keysSignIn:
		return s, tea.Batch(cmd, s.prepare()), Intent{}
	case keysCode:
		return s, tea.Batch(cmd, s.sendCode()), Intent{}
	case keysConsole:
		missing := false
		for _, f := range []*field.Secret{s.secretKey, s.access} {
			if verdict := s.judged(f); verdict.Err != nil {
				f.SetError(lifecycle.Sentence(verdict.Err))
				s.form.Focus(f) // the first that is empty is gone to last
				missing = true
			}
		}
		if missing {
			return s, cmd, Intent{}
		}
		if words := s.Answers().CurrentAgain(); words != "" {
			s.access.SetError(words)
			s.form.Focus(s.access)
			return s, cmd, Intent{}
		}
		if words := s.swapping.ask(s.env); words != "" {
			s.secretKey.SetError(words)
			return s, cmd, Intent{}
		}
		return s, cmd, Intent{Act: Next}
	case keysMade, keysUnstored:
		return s, cmd, Intent{Act: Next}
	}
	return s, cmd, Intent{}
}

// fill fills in the demo's values.
func (s *keysScreen) fill() {
	d := s.env.Demo
	if d == nil {
		return
	}
	switch s.stage {
	case keysSignIn:
		s.email.SetValue(d.Email)
		s.kind.Select(string(client.SignInCloud))
		s.password.SetValue(secret.New(d.Password))
		s.form.Focus(s.password)
	case keysCode:
		if d.Code != nil {
			s.code.SetValue(secret.New(d.Code()))
		}
	case keysConsole:
		s.access.SetValue(secret.New(d.AccessKey))
		s.secretKey.SetValue(secret.New(d.SecretKey))
		s.form.Focus(s.secretKey)
	case keysChoose, keysMade, keysUnstored:
	}
	s.judge()
}

func (s *keysScreen) clearWords() {
	s.reply, s.problem, s.fix, s.resent, s.blame = "", "", "", false, flow.None
}

// began notes what is under way and turns its spinner.
func (s *keysScreen) began(run *Attempt, cmd tea.Cmd) tea.Cmd {
	s.run = run
	return tea.Batch(cmd, s.spinner.Turn(true))
}

func (s *keysScreen) idle() { s.work, s.doing, s.waiting = idle, "", nil }

// Answers implements Screen.
func (s *keysScreen) Answers() flow.Answers {
	a := s.answers
	a.Email, a.SignIn, a.Password = cmp.Or(s.address(), s.email.Value()), client.SignInType(s.kind.Value()), s.password.Value()
	same := a.AccessKey.Equal(s.access.Value()) && a.SecretKey.Equal(s.secretKey.Value())
	a.AccessKey, a.SecretKey = s.access.Value(), s.secretKey.Value()
	if !same {
		a.KeysCreatedAt, a.KeysExpireAt, a.KeysPasted = time.Time{}, time.Time{}, false // others were pasted over them
	}
	return a
}

// Busy implements Screen.
func (s *keysScreen) Busy() string {
	if s.work == signingIn {
		return "Mimecast is creating the keys"
	}
	return ""
}

// Typing implements Typist.
func (s *keysScreen) Typing() bool {
	return s.stage != keysUnstored && s.work == idle && s.form.Typing()
}

// Close implements Screen.
func (s *keysScreen) Close() { s.run.Stop() }
