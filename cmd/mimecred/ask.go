package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// agreesToLose asks before created keys are deleted that nobody else has. Without somebody to ask, --lose-keys has to say so.
func (a *app) agreesToLose(ctx context.Context, vault *credstore.Vault, e credstore.Entry, o deleteOptions) (bool, error) {
	if !e.Pending || o.loseKeys {
		return true, nil
	}
	record, err := vault.Load(a.waiting(ctx), e.Name)
	waits, ask, err := lifecycle.Loss(record, err)
	if err != nil || !ask {
		return err == nil, err
	}
	words := step.LossWords(waits)
	if o.yes || !isTerminal(a.std.in) {
		return false, usage(errors.New(e.Name+": nothing was deleted: "+oneLine(strings.Join(words, " "))),
			lifecycle.Advise(credstore.UnfinishedChange{Name: e.Name, Kind: credstore.SetUp, Phase: credstore.Staged}, !e.CurrentSince.IsZero()).Command+" tests them first",
			"--lose-keys deletes them all the same")
	}
	for _, line := range words {
		a.say("%s", line)
	}
	agreed, err := a.confirm(ctx, "Lose the keys?", "delete")
	if err == nil && !agreed {
		a.note("nothing was deleted")
	}
	return agreed, err
}

// confirm asks a question that is answered with y or n; anything but yes is no. what is done when it is yes.
func (a *app) confirm(ctx context.Context, question, what string) (bool, error) {
	if !isTerminal(a.std.in) {
		return false, usage(errors.New("there is no terminal to ask whether to "+what), "--yes does it without asking")
	}
	fmt.Fprintf(a.std.err, "%s [y/N] ", question)
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(a.std.in).ReadString('\n')
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case <-ctx.Done():
		a.say("")
		return false, interruption(ctx)
	case line := <-answer:
		return line == "y" || line == "yes", nil
	}
}
