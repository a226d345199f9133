package step

import "mimecred/credstore"

// WaitingWords say which store waits for the person, and until when.
func WaitingWords(w credstore.Waiting) string {
	return "Waiting for " + w.What + " until " + w.Until.Format("15:04:05") + "."
}
