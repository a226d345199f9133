package step

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/tui/flow"
)

// Kind is how a value is typed and shown.
type Kind int

// The kinds.
const (
	// Text is one line that may be seen.
	Text Kind = iota
	// Identifier is a pasted ID that may be seen: no white space is part of it.
	Identifier
	// Secret is a pasted key that is never shown: no white space is part of it.
	Secret
	// Password is never shown, and every character of its one line counts.
	Password
	// OneTimeCode has six digits.
	OneTimeCode
	// Choice is one of the question's options.
	Choice
	// Several are any number of the question's options.
	Several
)

// Hidden tells whether a value of this kind is never shown.
func (k Kind) Hidden() bool { return k == Secret || k == Password }

// Value is an answer: a text, a secret, or several options, by the kind of its question.
type Value struct {
	Text   string
	Secret secret.Value
	Many   []string
}

// IsZero tells whether nothing was answered.
func (v Value) IsZero() bool { return v.Text == "" && v.Secret.IsZero() && len(v.Many) == 0 }

// Equal tells whether two values are the same.
func (v Value) Equal(other Value) bool {
	return v.Text == other.Text && v.Secret.Equal(other.Secret) && slices.Equal(v.Many, other.Many)
}

// Verdict is what a question says of a value.
type Verdict struct {
	// Err is why the value cannot be used, nil when it can. It never holds the value of a secret.
	Err error
	// Notes are what looks odd, a sentence each. They never block.
	Notes []string
	// Length is how many characters an ID or a secret has, Removed what cleaning took away.
	Length  int
	Removed secret.Removed
	// Moved is set when parts of the value became the answers to other questions: what was typed is not to be shown any more.
	Moved bool
}

// Option is one row of a choice.
type Option struct {
	ID, Title string
	// Aside is a short word beside the title, About the sentence below it; both may be empty.
	Aside, About string
	// Words are other words for it, which are found and not shown.
	Words []string
	// Always is set for a row that stays under every filter.
	Always bool
	// Problem says why it cannot be chosen now, Fix what would change that; both are empty when it can.
	Problem, Fix string
}

// Question is one value that a person is asked for. The screens draw it, line mode asks it, and a --from file answers it by its
// ID: what the value must be is decided in Set, for all three.
type Question struct {
	// ID is the value's key in a --from file, where it has one.
	ID   string
	Kind Kind
	// Label names the value in a few words, Placeholder is in the empty field, and Hint says what it is for.
	Label, Placeholder, Hint string
	// Help explains it, a sentence each.
	Help []string
	// Optional is set when it may stay empty; otherwise Missing is what is said then.
	Optional bool
	Missing  string
	// Without is what line mode says when it was left empty; "" says nothing.
	Without string
	// Options are what can be chosen.
	Options []Option
	// Value is what the answers have now.
	Value Value
	// Set cleans a value, keeps it in the answers, and judges it. What is kept is what was typed, even when it cannot be used
	// yet: going back and forth loses nothing.
	Set func(a *flow.Answers, v Value) Verdict
	// Demo gives the made-up value; nil outside of the demo, and where there is none.
	Demo func() string
	// never are values that are not shown as an answer, besides what is shaped like a secret.
	never []secret.Value
}

// Answer sets the value, an empty one too: that it is missing is the verdict then. A text that holds a secret is dropped.
func (q Question) Answer(a *flow.Answers, v Value) Verdict {
	if q.Kind == Text && !q.Shows(v.Text) {
		q.Set(a, Value{})
		return Verdict{Err: errHoldsSecret}
	}
	verdict := q.Set(a, v)
	if verdict.Err == nil && !q.Optional && v.IsZero() {
		verdict.Err = errors.New(q.missing())
	}
	return verdict
}

func (q Question) missing() string {
	switch {
	case q.Missing != "":
		return q.Missing
	case q.Kind == Choice:
		return "choose one of them"
	case q.Kind == Secret, q.Kind == Identifier:
		return "paste the " + q.Label
	}
	return "type the " + q.Label
}

// Decided is the option that the answers have, where no other can be chosen; ok is false for a question that has more than one answer.
func (q Question) Decided() (only Option, ok bool) {
	usable := 0
	for _, o := range q.Options {
		if o.Problem == "" {
			only, usable = o, usable+1
		}
	}
	return only, q.Kind == Choice && len(q.Options) > 1 && usable == 1 && q.Value.Text == only.ID
}

// Pasted is the value in a paste that names it among others; the text itself where nothing names it.
func (q Question) Pasted(text string) string {
	value, named := client.NamedValue(q.ID, text)
	if _, _, alone := client.Labelled(text); named && (alone || !client.HoldsSecret(text)) {
		return value
	}
	return text
}

// Option is the option with an id; ok is false when there is none.
func (q Question) Option(id string) (Option, bool) {
	i := slices.IndexFunc(q.Options, func(o Option) bool { return o.ID == id })
	if i < 0 {
		return Option{}, false
	}
	return q.Options[i], true
}

// errHoldsSecret refuses a secret where a value is asked for that is shown.
var errHoldsSecret = errors.New("that contains a secret and was dropped; type only what is asked for")

// MayBeLong tells whether one value as long as a client secret is taken: that client IDs are shorter is known from samples only.
func (q Question) MayBeLong() bool { return q.ID == client.FieldClientID }

// Shows tells whether a text may be shown as an answer: it holds no secret, as far as shapes tell.
func (q Question) Shows(text string) bool {
	value := strings.TrimSpace(text)
	if value != "" && slices.ContainsFunc(q.never, secret.New(value).Equal) {
		return false
	}
	return !client.HoldsSecret(text) || q.MayBeLong() && client.HasLengthOfSecret(strings.TrimSpace(text))
}

// textAt is a question whose answer is a text in the answers. White space around it is not part of it.
func textAt(q Question, a flow.Answers, at func(*flow.Answers) *string, judge func(flow.Answers, string) error) Question {
	q.Value.Text = *at(&a)
	q.Set = func(a *flow.Answers, v Value) Verdict {
		text, removed := secret.CleanLine(v.Text)
		text = strings.TrimSpace(text)
		*at(a) = text
		if judge == nil || text == "" {
			return Verdict{Removed: removed}
		}
		return Verdict{Err: judge(*a, text), Removed: removed}
	}
	return q
}

// idAt is a question for an ID that Mimecast shows, by the name that client.ShapeHints knows it by.
func idAt(q Question, a flow.Answers, at func(*flow.Answers) *string) Question {
	q.Kind, q.Label, q.Placeholder = Identifier, client.FieldTitle(q.ID), "paste it here"
	q.Value.Text = *at(&a)
	if q.ID == client.FieldApplicationID {
		q.never = a.LikelyKeys()
	}
	q.Set = func(a *flow.Answers, v Value) Verdict {
		text, removed, err := client.CleanValue(q.ID, v.Text)
		if err == nil && client.HoldsSecret(text) && !q.Shows(text) {
			text, err = "", errHoldsSecret
		}
		*at(a) = text
		return Verdict{Err: err, Notes: shape(*a, q.ID, secret.New(text)), Length: utf8.RuneCountInString(text), Removed: removed}
	}
	return q
}

// secretAt is idAt for a key, which is never shown.
func secretAt(q Question, a flow.Answers, at func(*flow.Answers) *secret.Value) Question {
	q.Kind, q.Label, q.Placeholder = Secret, client.FieldTitle(q.ID), "paste it here"
	q.Value.Secret = *at(&a)
	q.Set = func(a *flow.Answers, v Value) Verdict {
		value, removed, err := client.CleanSecret(q.ID, v.Secret)
		*at(a) = value
		return Verdict{Err: err, Notes: shape(*a, q.ID, value), Length: value.Characters(), Removed: removed}
	}
	return q
}

// passwordAt is a question for a password.
func passwordAt(q Question, a flow.Answers, at func(*flow.Answers) *secret.Value) Question {
	q.Kind, q.Value.Secret = Password, *at(&a)
	q.Set = func(a *flow.Answers, v Value) Verdict {
		value, removed, err := client.CleanPassword(v.Secret)
		*at(a) = value
		return Verdict{Err: err, Length: value.Characters(), Removed: removed}
	}
	return q
}

// shape says what looks odd about one value of the credential, beside the others.
func shape(a flow.Answers, field string, v secret.Value) []string {
	known := map[string]secret.Value{
		client.FieldClientID: secret.New(a.ClientID), client.FieldClientSecret: a.ClientSecret,
	}
	if a.API == client.API10 {
		known = map[string]secret.Value{
			client.FieldApplicationID: secret.New(a.ApplicationID), client.FieldApplicationKey: a.ApplicationKey,
			client.FieldAccessKey: a.AccessKey, client.FieldSecretKey: a.SecretKey,
		}
	}
	first, second := client.FieldClientID, client.FieldClientSecret
	if a.API == client.API10 {
		first, second = client.FieldAccessKey, client.FieldSecretKey
	}
	if field == second && client.Swapped(first, known[first], v) {
		return nil // the form says so, once
	}
	return client.ShapeHints(field, v, known)
}

// optionAt is a question whose answer is the ID of an option.
func optionAt(q Question, now string, set func(a *flow.Answers, id string)) Question {
	q.Kind, q.Value.Text = Choice, now
	options := q.Options
	q.Set = func(a *flow.Answers, v Value) Verdict {
		if v.Text == "" {
			return Verdict{}
		}
		o, ok := Question{Options: options}.Option(v.Text)
		switch {
		case !ok:
			return Verdict{Err: unknown(v.Text, noOption(q.ID, options, v.Text))}
		case o.Problem != "":
			return Verdict{Err: errors.New(strings.TrimSuffix(o.Title, ".") + " cannot be used now: " + strings.TrimSpace(o.Problem+" "+o.Fix))}
		}
		set(a, v.Text)
		return Verdict{}
	}
	return q
}

// noOption is the error of an answer that is none of the options.
func noOption(id string, options []Option, text string) error {
	if len(options) > 4 {
		return fmt.Errorf("there is no %s %q", id, text)
	}
	var ids []string
	for _, o := range options {
		ids = append(ids, fmt.Sprintf("%q", o.ID))
	}
	return errors.New("it must be " + strings.Join(ids, " or "))
}

// unknown is the error of a text that nothing is called by, which may quote it: not where the text holds a secret.
func unknown(text string, err error) error {
	if client.HoldsSecret(text) {
		return errHoldsSecret
	}
	return err
}

// Typed makes a value of what was typed or given, by the question's kind.
func (q Question) Typed(text string) Value {
	if q.Kind.Hidden() || q.Kind == OneTimeCode {
		return Value{Secret: secret.New(text)}
	}
	return Value{Text: text}
}
