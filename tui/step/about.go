package step

import (
	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// About says what a step is for, a sentence or two an element, as F1 and "?" show it. None for a step whose questions say it
// themselves.
func About(s flow.Step, a flow.Answers) []string {
	switch s {
	case flow.Home:
		return []string{
			"A profile is a saved credential with the product, region and connection it belongs to.",
			"A test makes live calls that only read. A rotation replaces the credential and keeps the previous version for a while.",
		}
	case flow.Start:
		return []string{
			"Each step is one question or one page. Steps with one sensible answer are answered for you: you see them ticked on the left.",
			"Enter goes on, esc goes back. You can leave at any time: what is unfinished is named when you come back.",
		}
	case flow.Console:
		if a.Purpose == lifecycle.Rotating && a.API == client.API20 {
			return []string{"In Mimecast's Administration Console you make the new credentials.", "Ticks are for you alone: nothing is checked here."}
		}
		return []string{
			"In Mimecast's Administration Console you make what the product signs in with. Select an item to see where to click, and what to type there.",
			"Items with " + Missable + " are easily missed. Ticks are for you alone: nothing is checked here.",
		}
	case flow.Wait:
		return []string{"Mimecast knows a new application of API 1.0 everywhere after 30 minutes. Keys that are created earlier are refused."}
	case flow.Check:
		return []string{
			"The credential is saved on trial and read back. Then mimecred makes the calls that the product will make; they only read.",
			"Nothing uses the new credential until you activate it.",
		}
	case flow.HandOff:
		return []string{"These are the fields of the product's own form, in its order. Copy each value, paste it there, and tick it."}
	case flow.Done:
		return []string{"The profile is saved. Commands reach it by its name."}
	default:
		return nil
	}
}
