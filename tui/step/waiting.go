package step

import "mimecred/credstore"

// WaitingWords say what a store is waiting for, and until when it does.
func WaitingWords(w credstore.Waiting) string {
	return "Waiting for " + w.What + " until " + w.Until.Format("15:04:05") + "."
}
