package tui

import (
	"context"
	"fmt"
	"io"
	"time"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// hurryTime is how long an answer is waited for in the end when it has been waited for before.
const hurryTime = 100 * time.Millisecond

// saveKeys is the last thing before the end: keys that Mimecast created and no store has are stored as pending, whatever
// ended the program. It says so first, since it may take a while. What was not stored is told by the summary.
func (a *app) saveKeys(ctx context.Context, out io.Writer) {
	a.answers = a.finish(ctx)
	if a.givenUp || !flow.AtRisk(a.answers).Created {
		return
	}
	_, _ = fmt.Fprintf(out, "Mimecast created keys that are not stored yet. Saving them on trial; this takes %d seconds at most.\n", lifecycle.RescueTime/time.Second)
	ctx, cancel := context.WithTimeout(ctx, lifecycle.RescueTime)
	defer cancel()
	if change, _, err := a.env.Stage(ctx, a.answers.Change, nil); err == nil {
		a.answers.Change = change
	}
}

// finish gives the last answers, those of a call to Mimecast that is still under way among them. A screen that failed has
// none of its own any more.
func (a *app) finish(ctx context.Context) (answers flow.Answers) {
	answers = a.answers
	defer func() { _ = recover() }() // the fault that ended the program may be that screen's
	f, ok := a.screen.(screen.Finisher)
	if !ok || a.done && !a.hurried {
		return answers
	}
	limit := lifecycle.SignInTime
	if a.hurried {
		limit = hurryTime // it has been waited for
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return f.Finish(ctx)
}
