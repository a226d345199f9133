package step

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// SavedWords say that the credential is current, and how long.
func SavedWords(env Env, a flow.Answers) string {
	const passing = "It is kept in this session only: it is gone when mimecred ends."
	switch {
	case env.Passing(a.Store) && a.Works():
		return "The credential works. " + passing
	case env.Passing(a.Store):
		return "The credential is current although not every check passed. " + passing
	}
	if a.Confirmed {
		return "It was tested and confirmed with a live call."
	}
	return "It was read back before it was tested."
}

// KeptLine says how a new profile is called and where it is kept, which nobody was asked; "" for a profile that there is.
func KeptLine(env Env, a flow.Answers) string {
	if a.Purpose != lifecycle.SettingUp {
		return ""
	}
	line := "Name: " + a.Name + "."
	for _, c := range env.Stores {
		if c.Kind == a.Store {
			line += " Kept in: " + c.Title + "."
		}
	}
	if a.Replaces {
		line += " It replaces the current version, which is kept as the previous one."
	}
	return line
}

// SavedBrief says in two lines what was saved and how it was tested, for above the product's form; lost keys must not be missed either.
func SavedBrief(env Env, a flow.Answers) []string {
	if !a.Activated || len(a.Results) == 0 && !a.Confirmed {
		return nil // the form alone was asked for
	}
	saved := a.Name + " is saved"
	if a.Location != "" {
		saved += ": " + a.Location
	}
	return append([]string{saved + ".", SavedWords(env, a) + " Checks: " + CheckWords(a) + "."}, lifecycle.LostLines(a.LostKeys)...)
}

// SavedRest says what else is worth knowing, for below the form: how long keys last, how the previous version comes back, and what
// remains to be done in the console.
func SavedRest(env Env, a flow.Answers) []string {
	if !a.Activated {
		return nil
	}
	var lines []string
	if a.API == client.API10 && !a.KeysExpireAt.IsZero() {
		expires, warning := lifecycle.Expiry(a.KeysExpireAt, env.Now())
		lines = append(lines, "Access key: "+strings.TrimSuffix(expires+". "+warning, ". ")+".")
	}
	if a.PreviousKept && !env.Passing(a.Store) {
		lines = append(lines, "mimecred rollback "+a.Name+" makes the previous version current again.")
	}
	if a.PreviousKept && env.Vault != nil {
		if e, known, err := env.Vault.Lookup(a.Name); known && err == nil {
			for _, c := range e.OldCopies() {
				sentence, fix := e.CopyWords(c)
				lines = append(lines, sentence, fix+".")
			}
		}
	}
	for _, text := range Afterwards(a) {
		lines = append(lines, "In the console: "+text)
	}
	return lines
}

// Fact is one line of a summary: what, and which.
type Fact struct{ Name, Value string }

// SavedFacts are what was stored and where. dot is between the parts of one fact.
func SavedFacts(env Env, a flow.Answers, dot string) []Fact {
	facts := []Fact{{"Profile", a.Name}}
	if a.Location != "" {
		facts = append(facts, Fact{"Where", a.Location})
	}
	if c := a.Credential(); c != nil {
		facts = append(facts, Fact{identifierName(c), c.Identifier()}, Fact{"Secrets", secretNames(c)})
	}
	if account := a.Account(); account != nil {
		facts = append(facts, Fact{"Account", lifecycle.AccountWords(account, " "+dot+" ")})
	}
	facts = append(facts, Fact{"Checks", CheckWords(a)})
	if a.API == client.API10 && !a.KeysExpireAt.IsZero() {
		expires, warning := lifecycle.Expiry(a.KeysExpireAt, env.Now())
		facts = append(facts, Fact{"Access key", strings.TrimSuffix(expires+". "+warning, ". ")})
	}
	if a.PreviousKept {
		kept := "kept: mimecred rollback " + a.Name + " puts it back"
		if env.Passing(a.Store) {
			kept = "kept while this session lasts"
		}
		facts = append(facts, Fact{"Previous", kept})
	}
	return facts
}

func identifierName(c client.Credential) string {
	if c.API() == client.API20 {
		return "Client ID"
	}
	return "Application ID"
}

func secretNames(c client.Credential) string {
	if c.API() == client.API20 {
		return "client secret"
	}
	return "application key, access key, secret key"
}

// CheckWords sum the checks up: "9 passed", "7 passed, 1 warning, 1 failed; continued anyway".
func CheckWords(a flow.Answers) string {
	sum := a.Summary(time.Time{})
	text := cmp.Or(counted(
		count{sum.Passed, "passed", "passed"}, count{sum.Warnings, "warning", "warnings"}, count{sum.Failed, "failed", "failed"},
		count{sum.Skipped, "not applicable", "not applicable"},
	), "none")
	if a.Anyway && text != "none" {
		text += "; continued anyway"
	}
	return text
}

// Tally sums a run of checks up, with what went wrong first: "2 failed, 1 warning, 6 passed".
func Tally(sum credstore.CheckSummary) string {
	return cmp.Or(counted(
		count{sum.Failed, "failed", "failed"}, count{sum.Warnings, "warning", "warnings"}, count{sum.Passed, "passed", "passed"},
	), "nothing was checked")
}

// count is a number of things, and what one and many of them are called.
type count struct {
	n         int
	one, many string
}

// counted names those of which there are any; "" for none.
func counted(list ...count) string {
	var words []string
	for _, c := range list {
		switch {
		case c.n == 1:
			words = append(words, "1 "+c.one)
		case c.n > 1:
			words = append(words, strconv.Itoa(c.n)+" "+c.many)
		}
	}
	return strings.Join(words, ", ")
}
