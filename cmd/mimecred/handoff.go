package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui"
	"mimecred/tui/clipboard"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/tty"
)

func newHandOffCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:        "handoff NAME",
		SuggestFor: []string{"form", "fill"},
		Short:      "Fill in the form of a profile's product, field by field",
		Long: `Fill in the form of the product that uses a profile. The fields have its order, its labels and its spelling. Enter copies one value to the clipboard, through the terminal or tmux, and natively. After 45 seconds it is cleared. Secrets stay masked.

A field is ticked when the clipboard was read back. Tick the fields that were only sent to the terminal.

Without a terminal, or with -o json, the fields are listed without secrets. "mimecred get NAME FIELD" prints one.`,
		Example: `  mimecred handoff acme
  mimecred handoff acme -o json`,
		ValidArgsFunction: a.completeName,
		RunE:              func(cmd *cobra.Command, names []string) error { return runHandOff(cmd.Context(), a, names[0]) },
	}
}

func runHandOff(ctx context.Context, a *app, name string) error {
	format, err := a.format("handoff")
	if err != nil {
		return err
	}
	entry, err := a.find(ctx, name)
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	record, err := vault.Load(a.waiting(ctx), name)
	if err != nil {
		return err
	}
	if record.Current == nil {
		return noCurrent(entry)
	}
	answers := flow.Of(lifecycle.Current(record, entry))
	switch {
	case format == "json":
		return a.printJSON(handOffOf(answers.Name, step.Forms(answers)))
	case a.plain():
		return a.print(strings.Join(step.FormLines(answers, false), "\n") + "\n")
	}
	in, _ := a.std.in.(*os.File)
	out, _ := a.std.out.(*os.File)
	return tui.HandOff(ctx, tui.Options{Env: step.Env{Service: lifecycle.Service{Now: a.now}}, Clipboard: clipboard.New(a.env), Answers: answers, Input: in, Output: out, Theme: a.themeOptions(), LastResort: tty.LastResortOf(ctx)})
}

// noCurrent is the failure of a profile whose credential has not passed its checks.
func noCurrent(e credstore.Entry) error {
	advice := lifecycle.Advise(credstore.UnfinishedChange{Name: e.Name, Kind: credstore.SetUp, Phase: credstore.Staged, Listed: &e}, false)
	return &failure{
		code: exitStore, err: errors.New(e.Name + " has no current credential, only a pending one"),
		hints: []string{advice.Command + " " + advice.Does, advice.Discard + " discards it"},
	}
}

// handOffJSON is the form of every product that uses a profile, without secrets.
type handOffJSON struct {
	Schema  int        `json:"schema"`
	Profile string     `json:"profile"`
	Forms   []formJSON `json:"forms"`
}

type formJSON struct {
	Integration string      `json:"integration"`
	Name        string      `json:"name"`
	Form        string      `json:"form,omitempty"`
	Fields      []fieldJSON `json:"fields"`
}

// fieldJSON is one field. A secret has its length in place of a value; field is what "mimecred get" calls the value.
type fieldJSON struct {
	Key      string `json:"key"`
	Label    string `json:"label"`
	Required bool   `json:"required"`
	Secret   bool   `json:"secret"`
	Value    string `json:"value,omitempty"`
	Length   int    `json:"length,omitempty"`
	Field    string `json:"field,omitempty"`
	Advice   string `json:"advice,omitempty"`
}

func handOffOf(name string, forms []step.FilledForm) handOffJSON {
	j := handOffJSON{Schema: 1, Profile: name, Forms: []formJSON{}}
	for _, f := range forms {
		one := formJSON{Integration: f.Integration.ID, Name: f.Integration.Name, Form: f.Integration.Form}
		for _, e := range f.Entries {
			one.Fields = append(one.Fields, fieldJSON{
				Key: e.Key, Label: e.Label, Required: e.Required, Secret: e.Secret, Value: e.Text, Length: e.Value.Len(),
				Field: e.Name(), Advice: e.Advice,
			})
		}
		j.Forms = append(j.Forms, one)
	}
	return j
}
