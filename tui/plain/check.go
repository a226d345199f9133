package plain

import (
	"errors"
	"strings"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// check stores the credential as pending, checks what the store gives back, and makes it the active one when the person
// agrees.
func (s *session) check() error {
	s.label = number(s.label, nil, 0)
	if s.a.Activated { // by an earlier run, which did not come to confirm it
		return s.confirmCurrent()
	}
	if err := s.staged(); err != nil {
		return err
	}
	return s.checkAndActivate()
}

// checkAndActivate checks what the store gave back and activates it when the person agrees.
func (s *session) checkAndActivate() error {
	for {
		if err := s.runChecks(); err != nil {
			return err
		}
		goOn, err := s.judge()
		if err != nil {
			return err
		}
		if !goOn {
			continue
		}
		for {
			err := s.activate()
			if err == nil {
				break
			}
			if err := s.storeFailed(err); err != nil {
				return err
			}
		}
		if !client.Judge(s.a.Results).Accepted {
			return nil // what was activated untested has nothing to confirm
		}
		return s.confirmCurrent()
	}
}

// staged stores the credential, however often the person wants to try.
func (s *session) staged() error {
	if s.a.Credential() == nil {
		s.out.indented("Something is missing before this can be checked.")
		if s.a.API == client.API10 && (s.a.AccessKey.IsZero() || s.a.SecretKey.IsZero()) {
			return &jump{flow.Keys}
		}
		return &jump{flow.Application}
	}
	if problem := step.NotMimecast(s.a); problem != "" {
		s.out.indented(problem)
		return &jump{flow.Region}
	}
	for {
		err := s.stage(s.ctx)
		if err == nil {
			s.out.indented(step.SavedOnTrial(s.a.Location))
			return nil
		}
		if err := s.storeFailed(err); err != nil {
			return err
		}
	}
}

// runChecks prints one line for each finished check.
func (s *session) runChecks() error {
	s.a.Results, s.a.Anyway = nil, false
	s.out.indented("Checking what the store gave back, live, at " + s.a.BaseURL + ".")
	if moved := s.a.Moved(); moved != "" {
		s.out.indented(moved)
	}
	stop := s.underWay()
	results, err := s.env.Check(s.ctx, s.a.Change, s.tell)
	stop()
	var cannot *lifecycle.CannotCheckError
	switch {
	case s.ctx.Err() != nil:
		return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
	case errors.As(err, &cannot):
		return s.cannotCheck(cannot)
	}
	s.a.Results = results
	return nil
}

// cannotCheck goes to the step that keeps the checks from being made.
func (s *session) cannotCheck(err *lifecycle.CannotCheckError) error {
	to := flow.Connection
	if err.Where == client.WhereIntegration {
		to = flow.Integration
	}
	s.out.indented("mimecred cannot run the checks. " + err.Problem)
	s.out.indented(err.Fix)
	if _, err := s.answer(question{text: "An empty answer goes to " + to.String(), optional: true, empty: "goes to " + to.String()}); err != nil {
		return err
	}
	return &jump{to}
}

// tellResult prints one finished check, and what it may mean that it found no rows.
func (s *session) tellResult(r client.Result) {
	s.out.indented(resultLine(r))
	if words := r.NoData(); words != "" {
		s.out.indented(words)
	}
}

// resultLine is one finished check.
func resultLine(r client.Result) string {
	word := map[client.State]string{
		client.Passed: "ok", client.Warning: "warning", client.Failed: "FAILED", client.Skipped: "skipped",
	}[r.State]
	parts := []string{r.Title}
	if r.Detail != "" {
		parts = append(parts, r.Detail)
	}
	if bad(r) {
		if said := lifecycle.Verbatim(r.HTTPStatus, r.Code, r.Message); said != "" {
			parts = append(parts, said)
		}
	}
	if took := r.Took(); took != "" {
		parts = append(parts, took)
	}
	return word + ": " + strings.Join(parts, ", ")
}

func bad(r client.Result) bool { return r.State == client.Failed || r.State == client.Warning }

// judge asks what to do with the results. goOn means that the credential is to be activated.
func (s *session) judge() (goOn bool, err error) {
	if s.a.Judgement().AllRight() {
		return s.allRight()
	}
	s.whatWasWrong()
	if len(s.a.Results) > 0 {
		s.out.indented(s.a.Judgement().Outcome())
	}
	s.difference()
	rows, steps := s.remedies()
	for {
		id, _, err := s.choose(question{
			text: "What now?", help: append([]string{"The credential is pending in the store. The current version stays current until you activate the new one."}, step.CheckHelp(s.a.Results)...),
		}, rows, rows[0].id, false) // what helps most
		switch {
		case err != nil:
			return false, err
		case id == wrongAgain:
			return false, nil
		case id == wrongAnyway:
			s.a.Anyway = true
			return true, nil
		case id == wrongOther:
			to, err := s.anyStep()
			if err != nil || to != flow.None {
				return false, orJump(err, to)
			}
		case id == wrongQuit:
			if err := s.leave(); err != nil {
				return false, err
			}
		default:
			return false, &jump{steps[id]}
		}
	}
}

// difference says what the version in question loses and gains beside the current one.
func (s *session) difference() {
	lines := s.a.ComparedBack()
	if s.a.Purpose != lifecycle.RollingBack {
		for _, l := range lifecycle.DifferenceLines(s.a.Difference()) {
			lines = append(lines, l.Text+".")
		}
	}
	for _, line := range lines {
		s.out.indented(line)
	}
}

func orJump(err error, to flow.Step) error {
	if err != nil {
		return err
	}
	return &jump{to}
}

// allRight asks whether the account is the right one.
func (s *session) allRight() (goOn bool, err error) {
	q, then := question{text: "Every check passed. Activate the credential?"}, "activates the credential."
	if s.a.Purpose == lifecycle.RollingBack {
		q.text, then = "Every check passed. Make the previous version current again?", "makes the previous version current again."
		s.difference()
	}
	if account := s.a.Account(); account != nil {
		s.out.indented("Every check passed. The account is " + lifecycle.AccountWords(account, ", ") + ".")
		q.text = "Is this your tenant? Yes " + then
	}
	if kept := step.KeptLine(s.env, s.a); kept != "" {
		s.out.indented(kept + " ! changes that.")
	}
	for {
		yes, err := s.confirm(q, true)
		if err != nil || yes {
			return yes, err
		}
		to, err := s.anyStep()
		if err != nil || to != flow.None {
			return false, orJump(err, to)
		}
	}
}

// whatWasWrong says for each check that did not pass what it means and what to do.
func (s *session) whatWasWrong() {
	if len(s.a.Results) == 0 {
		s.out.indented("No check was made.")
	}
	for _, m := range client.Remedies(s.a.Results) {
		s.out.line("%s: %s", lifecycle.TitlesOf(m), m.Meaning)
		if fix := step.FixOf(s.a, m.Checks[0], m); fix != "" {
			s.out.indented("What to do: " + fix)
		}
		for _, r := range m.Checks {
			if r.RequestID != "" {
				s.out.indented("Request id, for Mimecast's support: " + r.RequestID)
			}
		}
	}
}

// remedies are what can be done about the results, and the steps that their ids stand for.
func (s *session) remedies() ([]row, map[string]flow.Step) {
	var rows []row
	if step.RetryHelps(s.a) {
		rows = append(rows, row{id: wrongAgain, title: "Try again", words: []string{"retry"}})
	}
	steps := map[string]flow.Step{}
	add := func(to flow.Step) {
		if _, there := steps["change-"+to.String()]; to == flow.None || there {
			return
		}
		steps["change-"+to.String()] = to
		rows = append(rows, row{id: "change-" + to.String(), title: "Change " + to.String(), words: []string{"change", to.String()}})
	}
	for _, r := range s.a.Results {
		if bad(r) {
			add(flow.FixStep(r.Kind, s.a))
			if r.Kind == client.WrongAPI {
				add(flow.Integration) // the other variant of the product
			}
		}
	}
	verdict := client.Judge(s.a.Results)
	if verdict.Refused && s.a.API == client.API10 {
		add(flow.Keys) // an API 1.0 reply cannot tell the values of the application from the keys
		add(flow.Application)
	}
	rows = append(rows, row{id: wrongOther, title: "Change another answer", words: []string{"other"}})
	if s.a.Judgement().MayContinue() {
		rows = append(rows, row{id: wrongAnyway, title: "Continue anyway", about: "Activates the credential and records that.", words: []string{"continue"}})
	}
	return append(rows, row{id: wrongQuit, title: "Quit"}), steps
}

// anyStep asks which step to go back to; None when none.
func (s *session) anyStep() (flow.Step, error) {
	const none = "none"
	var rows []row
	steps := map[string]flow.Step{}
	for _, to := range step.Changeable(s.at, s.a) {
		steps[to.String()] = to
		rows = append(rows, row{id: to.String(), title: to.String(), aside: step.Short(s.env, to, s.a)})
	}
	rows = append(rows, row{id: none, title: "None of them"})
	id, _, err := s.choose(question{text: "Which answer should be changed?"}, rows, none, false)
	if err != nil {
		return flow.None, err
	}
	return steps[id], nil
}
