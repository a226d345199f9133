package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui"
	"mimecred/tui/browser"
	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/plain"
	"mimecred/tui/step"
	"mimecred/tui/theme"
	"mimecred/tui/tty"
)

// runWizard leads the person through a set-up.
func (a *app) runWizard(ctx context.Context, name string, allowed []string) error {
	entries, err := a.entries()
	return a.profileWizard(ctx, flow.Answers{
		Change: lifecycle.Change{Name: name, Store: a.flags.store}, Unfinished: flow.WithPending(a.unfinishedOf(name), entries, name), AllowedHosts: allowed,
		Welcome: err == nil && len(entries) == 0, // a list that cannot be read is told where it is needed
	})
}

// profileWizard leads the person through the screens and says afterwards, as plain text, how it ended.
func (a *app) profileWizard(ctx context.Context, answers flow.Answers) error {
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	a.tellSharedKeys()
	s := lifecycle.NewSession(vault, a.now)
	env := step.Env{Service: lifecycle.Service{Vault: s, Profiles: s}, Stores: a.stores(ctx), Look: a.storesHere, Passphrases: &a.passphrases}
	if u, ok := a.openUnfinished(); ok {
		env.Unfinished = u
	}
	err = a.wizard(ctx, env, answers)
	for _, name := range s.Left() {
		a.say("warning: a version of %s is left %s, which was chosen first", name, vault.Location(storeKeyring, name))
		a.say("hint: %s removes it", lifecycle.DiscardPending(name))
	}
	for name, reason := range s.Unlisted() {
		a.unlisted(name, reason)
	}
	return err
}

// wizard runs the screens with everything that does not depend on where the wizard was started from.
func (a *app) wizard(ctx context.Context, env step.Env, answers flow.Answers) error {
	env.Now, env.Plan = a.now, lifecycle.PlanOf
	env.Dial = func(e client.Endpoint) (lifecycle.Mimecast, error) {
		c, err := a.dial(e)
		if err != nil {
			return nil, err
		}
		return c, nil
	}
	if a.plain() {
		return a.questions(ctx, env, answers)
	}
	in, _ := a.std.in.(*os.File)
	out, _ := a.std.out.(*os.File)
	// The demo has everything: what was set up can be tested, rotated and rolled back.
	outcome, err := tui.Run(ctx, tui.Options{Env: env, Clipboard: clipboard.New(a.env), Opener: browser.New(runtime.GOOS, a.env), Answers: answers, Home: env.Demo != nil, Input: in, Output: out, Theme: a.themeOptions(), LastResort: tty.LastResortOf(ctx)})
	if err != nil && ctx.Err() == nil && !errors.Is(err, tui.ErrClosed) {
		return err
	}
	a.lastWords(ctx)
	if failed := a.print(columned(tui.Summary(outcome, env, theme.New(true, a.themeOptions()...).Glyphs.Dot), a.look(a.std.out).width)); failed != nil && !errors.Is(err, tui.ErrClosed) {
		return failed
	}
	switch {
	case outcome.Quit:
		return a.left(env, outcome.Answers)
	case outcome.AtHome && err != nil:
		return &failure{code: exitInterrupted, err: err}
	}
	return nil
}

// left is the end of a wizard that did not set up a profile. Where nothing here could have kept it, and the person did not
// choose to do without, that is why.
func (a *app) left(env step.Env, answers flow.Answers) error {
	switch {
	case answers.WasDiscarded, answers.Purpose == flow.AtHome:
		return nil
	case answers.Purpose != lifecycle.SettingUp:
		return &failure{code: exitInterrupted, err: fmt.Errorf("left before %s was %s", answers.Name, doneTo(answers.Purpose))}
	}
	// On the first screens a store may only be what is marked.
	without := a.flags.store == storeFile || a.flags.store == storeMemory || answers.Staged ||
		answers.Store == storeFile && answers.LeftAt > flow.Profile || answers.Store == storeMemory && answers.API != ""
	for _, store := range env.Stores {
		if without || store.Kind == storeMemory {
			continue
		}
		if store.Problem == "" {
			break
		}
		return &failure{
			code: exitStore, err: errors.New("no profile was set up: " + strings.TrimSuffix(store.Problem, ".")),
			hints: append(hints(store.Fix), sessionTitle+" in the wizard keeps a credential until mimecred ends: long enough to test it and to hand it off"),
		}
	}
	words := "the wizard was left before a profile was set up"
	if env.Vault != nil {
		if e, known, err := env.Vault.Lookup(answers.Name); err == nil && known && !e.CurrentSince.IsZero() {
			words = "the set-up of " + e.Name + " was left; its current version stays current"
		}
	}
	return &failure{code: exitInterrupted, err: errors.New(words)}
}

// doneTo is what a path does to a profile, as it follows "was".
func doneTo(p lifecycle.Purpose) string {
	switch p {
	case lifecycle.Rotating:
		return "rotated"
	case lifecycle.RollingBack:
		return "rolled back"
	case lifecycle.SettingUp, lifecycle.Changing, flow.AtHome:
	}
	return "changed"
}

// plain tells whether the wizard asks line by line: when it was asked for, and where screens cannot be drawn.
func (a *app) plain() bool {
	return a.flags.plain || a.env("ACCESSIBLE") != "" || a.env("TERM") == "dumb" || !isTerminal(a.std.in) || !isTerminal(a.std.out)
}

// questions is the wizard as numbered questions.
func (a *app) questions(ctx context.Context, env step.Env, answers flow.Answers) error {
	answers, err := plain.Run(ctx, plain.Options{
		Env: env, ASCII: !a.unicode(), Answers: answers, In: a.std.in, Out: a.std.out, Dumb: a.env("TERM") == "" || a.env("TERM") == "dumb",
		Board: clipboard.New(a.env),
	})
	switch {
	case errors.Is(err, plain.ErrQuit):
		return a.left(env, answers)
	case errors.Is(err, context.Canceled):
		// What was kept is part of what it says.
		words := strings.TrimPrefix(err.Error(), context.Canceled.Error())
		return &failure{code: exitInterrupted, err: errors.New("interrupted" + words)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return usage(err, withoutQuestions(answers))
	default:
		return err
	}
}

// withoutQuestions is the command that does what a path does, without a terminal.
func withoutQuestions(a flow.Answers) string {
	switch a.Purpose {
	case lifecycle.Rotating:
		return "mimecred rotate " + a.Name + " --from FILE reads everything from a file"
	case lifecycle.Changing:
		return "mimecred edit " + a.Name + " --rotate-after SPAN asks nothing"
	case lifecycle.RollingBack:
		return "mimecred rollback " + a.Name + " asks nothing"
	case lifecycle.SettingUp, flow.AtHome:
	}
	return "mimecred setup --from FILE reads everything from a file"
}

// themeOptions are what the flags and the environment ask for; the background and the colours of the terminal are found out by the screens.
func (a *app) themeOptions() []theme.Option {
	var opts []theme.Option
	if a.flags.noColor || a.env("NO_COLOR") != "" {
		opts = append(opts, theme.WithoutColour())
	}
	if !a.unicode() {
		opts = append(opts, theme.WithASCII())
	}
	return opts
}

// busLook is how long the wizard's first screen may wait for a word about the keyring. One that lives answers within a
// millisecond.
const busLook = 500 * time.Millisecond

// stores are the rows of "where to keep it", each with the reason when it cannot be used. A keyring that says nothing in
// time is offered: it is given all the time it needs, and explains itself, once it is used.
func (a *app) stores(ctx context.Context) []step.StoreChoice {
	// The wizard asks for the passphrase itself.
	defer a.passphrases.By(func(context.Context, step.PassphraseQuestion) (secret.Value, error) {
		return secret.Value{}, step.ErrNoPassphrase
	})()
	return a.storesHere(ctx)
}

// storesHere are the stores with what a command without the wizard can use of them.
func (a *app) storesHere(ctx context.Context) []step.StoreChoice {
	if a.flags.store == storeMemory {
		return []step.StoreChoice{sessionOnly()} // there is nothing left to choose
	}
	ring := step.StoreChoice{Kind: storeKeyring, Title: "OS keyring"}
	quick, cancel := context.WithTimeout(ctx, busLook)
	defer cancel()
	if err := a.keyring().Available(quick); err != nil && quick.Err() == nil {
		ring.Problem, ring.Fix = credstore.Explain(err)
		ring.Brief = credstore.Brief(err)
	}
	return []step.StoreChoice{ring, a.fileChoice(ctx), sessionOnly()}
}

// fileChoice is the row of the encrypted file.
func (a *app) fileChoice(ctx context.Context) step.StoreChoice {
	row := step.StoreChoice{Kind: storeFile, Title: "Encrypted file", About: step.FileWords}
	sealed, err := a.encrypted()
	if err == nil {
		err = sealed.Available(ctx)
	}
	if err != nil {
		row.Problem, row.Fix = credstore.Explain(err)
	}
	return row
}

const sessionTitle = "This session only"

func sessionOnly() step.StoreChoice {
	return step.StoreChoice{Kind: storeMemory, Title: sessionTitle, Passing: true}
}
