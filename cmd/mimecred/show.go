package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

func newShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:        "show NAME",
		SuggestFor: []string{"info", "status", "describe"},
		Short:      "Show what is known about a profile, without its secrets",
		Long: `Show what the list knows about a profile: its connection, the last check, the next rotation, and unfinished changes. The list holds no secret. "mimecred get" prints one.

The keyring is asked only for a profile that a lost or damaged list may have lost.`,
		Example: `  mimecred show acme
  mimecred show acme -o json`,
		ValidArgsFunction: a.completeName,
		RunE:              func(cmd *cobra.Command, names []string) error { return runShow(cmd.Context(), a, names[0]) },
	}
}

func runShow(ctx context.Context, a *app, name string) error {
	format, err := a.format("show")
	if err != nil {
		return err
	}
	e, err := a.find(ctx, name)
	if err != nil {
		return err
	}
	if format == "json" {
		return a.printJSON(a.listed(e, a.unfinished()))
	}
	return a.print(columned(a.details(e, a.unfinished()), a.look(a.std.out).width))
}

// details is one profile for people, one fact a line.
func (a *app) details(e credstore.Entry, unfinished map[string]credstore.UnfinishedChange) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	fact := func(label, value string) {
		if value != "" {
			fmt.Fprintf(w, "%s\t%s\n", label, oneLine(value))
		}
	}
	fact("Profile", e.Name)
	fact("Integration", e.Integration)
	fact("API", string(e.API))
	fact("Region", e.Region)
	fact("Base URL", remarked(e.BaseURL))
	fact("Identifier", e.Identifier)
	if e.Account != nil {
		fact("Account", joinFilled(", ", e.Account.Name, e.Account.Code, e.Account.Region))
	}
	fact("Store", e.Store)
	if !e.CurrentSince.IsZero() {
		fact("Current since", lifecycle.Dated(e.CurrentSince, a.ago(e.CurrentSince)))
		fact("Secret since", lifecycle.Dated(e.SecretGiven(), a.ago(e.SecretGiven())))
	}
	if at, is := e.RotationDue(); is {
		fact("Next rotation", lifecycle.Dated(at, a.due(e)))
	} else {
		fact("Next rotation", a.due(e))
	}
	expires, warning := lifecycle.Expiry(e.ExpiresAt, a.now())
	fact("Access key", expires)
	fact("Warning", warning)
	if s, is := unfinished[e.Name]; is && s.Reminds() {
		fact("At Mimecast", lifecycle.ProgressOf(s).Words+": "+a.goOn(s, !e.CurrentSince.IsZero()))
	} else if is {
		fact("Unfinished", a.progress(s)+": "+a.goOn(s, !e.CurrentSince.IsZero()))
	} else if left := a.unfinishedOf(e.Name); len(left) > 0 {
		fact("Unfinished", "a set-up, "+step.WhereLeft(left[0], a.now())+": mimecred setup "+e.Name+" goes on")
	}
	kept := "kept"
	if !e.PreviousUntil.IsZero() {
		kept += " until " + lifecycle.Dated(e.PreviousUntil, lifecycle.In(e.PreviousUntil, a.now()))
	}
	if e.Previous {
		fact("Previous", joinFilled("; ", kept, lifecycle.PreviousRefused(e)))
	}
	if c := e.LastCheck; c != nil && !c.At.IsZero() {
		fact("Last check", fmt.Sprintf("%s: %d passed, %d with a warning, %d failed, %d skipped", c.At.Local().Format(time.DateTime),
			c.Passed, c.Warnings, c.Failed, c.Skipped))
		if at, known := lifecycle.WorkedAt(e); known {
			fact("Worked until", lifecycle.Dated(at, a.ago(at)))
		}
	}
	_ = w.Flush() // into memory
	return b.String()
}

func joinFilled(sep string, words ...string) string {
	var filled []string
	for _, w := range words {
		if w != "" {
			filled = append(filled, w)
		}
	}
	return strings.Join(filled, sep)
}
