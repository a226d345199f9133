package lifecycle

import (
	"strings"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// Tested is what came of a test of a saved profile.
type Tested struct {
	Trial

	Results []client.Result
	Summary credstore.CheckSummary
	// Noted is what noting the test has led to, Unlisted why the list could not be written.
	Noted    Noted
	Unlisted error
	// Outcome is what came of activating a pending version that passed, nil for any other test; Err is what kept that from going
	// on. Compared is what it was compared with, nil for nothing.
	Outcome  *Outcome
	Err      error
	Compared *Compared
}

// Activated tells whether the pending version is current now.
func (t Tested) Activated() bool { return t.Outcome != nil && t.Outcome.Activated() }

// OK tells whether the checks passed, and nothing was in the way of what follows from that.
func (t Tested) OK() bool {
	return t.Summary.OK && (t.Outcome == nil || t.Outcome.End == Finished)
}

// Told is what there is to say of something that was done, in sentences.
type Told struct {
	// Checks are single checks, Facts what else is to be known.
	Checks, Facts []string
	// Warnings say what was not done beside what was asked for.
	Warnings []string
	// Trouble says what went wrong; "" when nothing did.
	Trouble string
	// Next are what to do and the commands to type, each with what it does.
	Next []string
}

// Lines are all of it, a sentence each.
func (t Told) Lines() []string {
	var lines []string
	for _, list := range [][]string{t.Checks, t.Facts, t.Warnings, {t.Trouble}, t.Next} {
		for _, line := range list {
			if line != "" {
				lines = append(lines, strings.TrimSuffix(line, ".")+".")
			}
		}
	}
	return lines
}

// Told says what came of a test beyond its results: what is current now, or why the pending version is not.
func (t Tested) Told(now time.Time) Told {
	told := Told{}
	switch {
	case t.Outcome != nil:
		told = t.concluded(now)
	case t.Beside != nil:
		told.Facts, told.Warnings = t.Noted.Words()
		words := "a pending version has not passed its checks."
		if tried := pendingOf(t.unfinished(nil)); tried.State != NotTried {
			words = "the pending version " + tried.Words + "."
		}
		told.Facts = append(told.Facts, "The current version was tested; "+words)
		told.Next = t.next(nil)
	case !t.Pending:
		told.Facts, told.Warnings = t.Noted.Words()
	case t.Current:
		told.Facts = []string{"The pending keys did not pass; the current version stays, and was not tested."}
		told.Next = t.next(&t.Summary)
	default:
		told.Facts = []string{"The pending version did not pass, and nothing is current yet."}
		told.Next = t.next(&t.Summary)
	}
	if t.Unlisted != nil {
		problem, fix := credstore.Explain(t.Unlisted)
		told.Warnings, told.Next = append(told.Warnings, "mimecred could not note the outcome in the list. "+problem), append(told.Next, fix)
	}
	return told
}

// unfinished is the change that the pending version is part of, with its last test: sum, or the one on the list.
func (t Tested) unfinished(sum *credstore.CheckSummary) credstore.UnfinishedChange {
	s := credstore.UnfinishedChange{Name: t.Name, Kind: credstore.SetUp, Phase: credstore.Staged}
	if t.Current {
		s.Kind = credstore.Rotation
	}
	listed := t.listed()
	if sum != nil {
		listed.PendingCheck = sum
	}
	s.Listed = &listed
	return s
}

// listed is what the list knows of the profile.
func (t Tested) listed() credstore.Entry {
	if t.Listed != nil {
		return *t.Listed
	}
	return credstore.Entry{Name: t.Name}
}

// next are the commands for a pending version that is not current.
func (t Tested) next(sum *credstore.CheckSummary) []string {
	s := t.unfinished(sum)
	a := Advise(s, t.Current)
	if created := t.Beside != nil && t.Beside.Source == credstore.Created || t.Pending; created && pendingOf(s).State != triedRefused {
		a.Command = "mimecred check " + t.Name
	}
	refused, discards := pendingOf(s).State == triedRefused, a.Discard+" discards it"
	if t.Pending && t.Current {
		discards = a.Discard + " discards the keys"
	}
	switch {
	case refused && !t.Current:
		return []string{a.Command + " " + a.Does, "mimecred check " + t.Name + " tests it again", discards}
	case refused:
		return []string{a.Command + " " + a.Does, discards}
	case t.Beside != nil:
		return []string{a.Command + " tests it and activates it when it passes, " + discards}
	default:
		return []string{a.Command + " tests it again", discards}
	}
}

// concluded is for a pending version that passed.
func (t Tested) concluded(now time.Time) Told {
	told, out := Told{}, t.Outcome
	if t.Compared != nil {
		told.Facts = []string{t.Compared.Words()}
	}
	switch got := out.Confirmation; {
	case t.Err != nil && !out.Activated():
		problem, fix := ExplainTest(t.Trial, t.Err)
		told.Trouble, told.Next = problem, []string{fix}
	case !out.Activated():
		stays := "; the current version stays."
		if !t.Current {
			stays = "; nothing is current yet."
		}
		told.Checks = out.Judgement.Against()
		told.Trouble, told.Next = strings.TrimSuffix(out.Judgement.Sentence(), ".")+stays, Again(t.Name, out.Judgement.MayAnyway())
	default:
		told.Checks = Gains(out.Judgement.Difference)
		told.Facts = append(told.Facts, "The credential passed and is now current.")
		if fact, advice := KeptWords(t.listed(), out.Previous, now); fact != "" {
			told.Facts, told.Next = append(told.Facts, fact), []string{advice}
		}
		if got != nil && !got.OK {
			told.Trouble, told.Next = got.Problem, Reconfirm(t.Name, *got, out.Change.PreviousKept)
		}
	}
	return told
}

// KeptWords say until when the previous version of a profile is kept, and what there is to do with it; nothing when there is none. One that
// Mimecast refused is called that; e is what the list knows.
func KeptWords(e credstore.Entry, previous *credstore.Version, now time.Time) (fact, advice string) {
	if previous == nil {
		return "", ""
	}
	until := "until the next change"
	if at := previous.KeepUntil; !at.IsZero() {
		until = "until " + Dated(at, In(at, now))
	}
	fact, advice = "The previous version is kept "+until+".", "mimecred retire "+e.Name+" retires it"
	if refused := PreviousRefused(e); refused != "" {
		return strings.TrimSuffix(fact, ".") + "; it was " + refused + ".", advice + ", mimecred rollback " + e.Name + " --anyway makes it current again"
	}
	return fact, "mimecred rollback " + e.Name + " makes it current again, " + advice
}

// Reconfirm is what to do about a version that is current and not confirmed.
func Reconfirm(name string, got Confirmation, previousKept bool) []string {
	next := []string{got.Fix, "mimecred check " + name + " tries again"}
	if previousKept {
		next = append(next, "mimecred rollback "+name+" makes the previous version current again")
	}
	return next
}

// Again are the commands for a version that is pending because it was not activated.
func Again(name string, anyway bool) []string {
	next := []string{"mimecred rotate " + name + " --resume tests it again"}
	if anyway {
		next = append(next, "mimecred rotate "+name+" --resume --anyway activates it as it is")
	}
	return append(next, DiscardPending(name)+" discards it")
}

// DiscardPending is the command that discards a pending version.
func DiscardPending(name string) string {
	return Advise(credstore.UnfinishedChange{Name: name, Kind: credstore.Rotation, Phase: credstore.Staged}, true).Discard
}

// Words say what noting a test has led to, and what it has not.
func (n Noted) Words() (facts, warnings []string) {
	if n.Confirmed {
		facts = append(facts, "The current version is confirmed.")
	}
	const over = "The time of the previous version is over, and it "
	switch {
	case n.Unforgotten != nil:
		problem, _ := credstore.Explain(n.Unforgotten)
		warnings = append(warnings, over+"could not be forgotten: "+Clause(problem)+".")
	case n.Forgotten != nil:
		kept := ""
		if _, legacy := n.Forgotten.Credential.(client.Legacy); legacy {
			kept = "; its access key stays valid at Mimecast unless it was logged out there"
		}
		facts = append(facts, over+"is forgotten here"+kept+".")
	}
	return facts, warnings
}
