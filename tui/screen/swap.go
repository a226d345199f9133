package screen

import (
	"time"

	"mimecred/tui/field"
	"mimecred/tui/step"
)

// swapping is the question about two values that look swapped.
type swapping struct {
	// found is nil while they look right.
	found *step.Swap
	// asked is when enter was pressed on them; zero when it was not, or they were changed since.
	asked time.Time
}

// lines say above the fields that two values look swapped.
func (w *swapping) lines(env Env, width int) []string {
	if w.found == nil {
		return nil
	}
	t := env.Theme
	words := w.found.Words + " " + env.Keys.Other.Help().Key + " swaps them."
	return append(field.Hang(t.Styles.Warn.Render(t.Glyphs.Warning)+" ", words, width, t.Styles.Warn), "")
}

// ask gives what is asked before the values are sent; "" when enter was the answer already.
func (w *swapping) ask(env Env) string {
	switch now := env.Now(); {
	case w.found == nil:
		return ""
	case w.asked.IsZero():
		w.asked = now
	case !Unread(w.asked, now):
		return ""
	}
	return w.found.Anyway(env.Keys.Other.Help().Key)
}
