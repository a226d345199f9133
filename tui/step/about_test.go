package step_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// TestEveryStepExplainsItself: a step says what it is for, or its questions do, on every path.
func TestEveryStepExplainsItself(t *testing.T) {
	env := step.Env{Service: lifecycle.Service{Now: noon, Plan: lifecycle.PlanOf}, Stores: []step.StoreChoice{{Kind: "memory", Title: "This session only", Passing: true}}}
	forms := map[flow.Step]func(step.Env, flow.Answers) step.Form{
		flow.Rotate: step.RotateForm, flow.Edit: step.EditForm, flow.Integration: step.ProductForm, flow.API: step.APIForm, flow.Region: step.RegionForm,
		flow.Connection: step.ConnectionForm, flow.Profile: step.ProfileForm, flow.Application: step.ApplicationForm, flow.Keys: step.KeysForm, flow.Retire: step.RetireForm,
	}
	for _, api := range []client.API{client.API20, client.API10} {
		for _, purpose := range []lifecycle.Purpose{lifecycle.SettingUp, lifecycle.Rotating, lifecycle.Changing} {
			a := flow.Answers{Change: lifecycle.Change{API: api, Purpose: purpose, Way: lifecycle.Another, Name: "acme"}}
			for _, s := range flow.Path(a) {
				said := step.About(s, a)
				if form, ok := forms[s]; ok {
					asked := form(env, a).Questions
					if len(asked) == 0 {
						continue // it is not asked on this path
					}
					for _, q := range asked {
						said = append(said, q.Help...)
					}
				}
				if len(said) == 0 {
					t.Errorf("%s of %v, API %s: nothing is explained", s, purpose, api)
				}
				for _, line := range said {
					if !strings.HasSuffix(line, ".") {
						t.Errorf("%s: %q is no sentence", s, line)
					}
				}
			}
		}
	}
}
