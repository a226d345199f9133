package screen

import (
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// The steps that are a form and nothing else.

// NewAPI makes the step that asks for the API.
func NewAPI(env Env, a flow.Answers) Screen { return newForm(env, a, "API", step.APIForm) }

// NewConnection makes the step that asks how Mimecast is reached.
func NewConnection(env Env, a flow.Answers) Screen {
	return newForm(env, a, "Connection", step.ConnectionForm)
}

// NewApplication makes the step that asks for the application's ID and secret.
func NewApplication(env Env, a flow.Answers) Screen {
	return newForm(env, a, "Application", step.ApplicationForm)
}
