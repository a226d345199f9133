package step

import (
	"context"
	"slices"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Form is what one step asks, made for the answers as they are. After each answer it is made anew: the question behind the n-th is
// then the n+1st of the new one. Whether a question is asked depends on the answers before it, and on no later one.
type Form struct {
	Step flow.Step
	// Intro says what the step is about, After what is worth knowing below its questions; both may be empty.
	Intro, After string
	// Settled are the answers that nobody was asked for and that have to be right for this step, a line each.
	Settled []string
	// Demo tells the made-up values; "" outside of the demo.
	Demo      string
	Questions []Question
	// Paste handles a text that answers several questions at once; ok is false for any other. Note says what was in it.
	Paste func(a flow.Answers, text string) (after flow.Answers, note string, ok bool)
	// Swap is set while two of the values look exchanged: nothing is sent before that was asked.
	Swap *Swap
	// Judge finds what no value tells by itself, and the question that it belongs to; nil where there is nothing.
	Judge func(a flow.Answers) (id string, err error)
	// Task is what has to be tried before the step is left; nil when nothing does.
	Task *Task
}

// Swap exchanges two values that were pasted into each other's field.
type Swap struct {
	// Words say which two.
	Words string
	// Do exchanges them.
	Do func(a flow.Answers) flow.Answers
}

// Anyway says, after enter, how the values are sent as they are. swaps is the key that exchanges them.
func (s Swap) Anyway(swaps string) string {
	return "Nothing was sent. " + s.Words + " " + swaps + " swaps them; enter sends them as they are."
}

// PasteBoth says that one paste may answer two questions.
const PasteBoth = "Paste both at once if you like."

// swapOf is the Swap for the values of two fields; nil where they look right.
func swapOf(first, second string, a, b secret.Value, do func(*flow.Answers)) *Swap {
	if !client.Swapped(first, a, b) {
		return nil
	}
	return &Swap{
		Words: "The " + client.FieldTitle(first) + " and the " + client.FieldTitle(second) + " look swapped.",
		Do:    func(a flow.Answers) flow.Answers { do(&a); return a },
	}
}

// Task is work of a step that may take a while.
type Task struct {
	// Doing says what is being done.
	Doing string
	// Do does it, within Limit. It gives up when ctx ends. An error belongs to the question ID.
	Do    func(ctx context.Context, tell lifecycle.Tell) error
	Limit time.Duration
	ID    string
}

// Make makes the form of a step.
type Make func(env Env, a flow.Answers) Form

// All are the steps whose values every front asks for, in their order.
func All() []Make {
	return []Make{ProfileForm, ProductForm, APIForm, RegionForm, ConnectionForm, ApplicationForm, KeysForm, EditForm, RotateForm, RetireForm}
}

// Index is the index of the question with an ID; -1 when it is not asked now.
func (f Form) Index(id string) int {
	return slices.IndexFunc(f.Questions, func(q Question) bool { return q.ID == id })
}

// Find is a question of the form; ok is false when it is not asked now.
func (f Form) Find(id string) (Question, bool) {
	if i := f.Index(id); i >= 0 {
		return f.Questions[i], true
	}
	return Question{}, false
}
