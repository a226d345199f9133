package step

import (
	"context"
	"errors"
	"sync"

	"mimecred/client/secret"
)

// PassphraseQuestion is what the store of encrypted files asks for.
type PassphraseQuestion struct {
	// New is set when the passphrase is chosen, so that it is typed twice.
	New bool
	// Wrong is set when the last answer did not open the files.
	Wrong bool
	// Change is set when the passphrase is asked for to be changed.
	Change bool
	// Folder is where the encrypted files lie.
	Folder string
}

// AskPassphrase answers the question, or gives an error when nobody does.
type AskPassphrase func(ctx context.Context, q PassphraseQuestion) (secret.Value, error)

// Passphrases leads the question from the store to whoever talks to the person now. The zero Passphrases leads to nobody.
type Passphrases struct {
	mu sync.Mutex
	by AskPassphrase
}

// By has the question asked by somebody until restore is called. A nil Passphrases is never asked.
func (p *Passphrases) By(by AskPassphrase) (restore func()) {
	if p == nil {
		return func() {}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.by
	p.by = by
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.by = before
	}
}

// Asker is who answers now; nil for nobody.
func (p *Passphrases) Asker() AskPassphrase {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.by
}

// ErrNoPassphrase says that the person went back instead of typing a passphrase.
var ErrNoPassphrase = errors.New("no passphrase was typed")

// Intro says what the passphrase is for, a sentence a line.
func (q PassphraseQuestion) Intro() []string {
	switch {
	case q.Wrong:
		return []string{"That passphrase is wrong. Nothing was changed."}
	case q.New && q.Change:
		return []string{"Choose the new passphrase. Nothing is changed until both lines are the same.", "Nobody can open the files without it."}
	case q.New:
		return []string{"The credential goes into an encrypted file. Choose a passphrase for it.", "Nobody can open the files without it."}
	}
	return []string{"The credential lies in an encrypted file."}
}

// Label is the question.
func (q PassphraseQuestion) Label() string {
	switch {
	case q.New:
		return "New passphrase"
	case q.Change:
		return "Passphrase until now"
	}
	return "Passphrase"
}

// Again is the label of the line that repeats a new passphrase.
func (PassphraseQuestion) Again() string { return "The same once more" }

// Help explains the question, a sentence a line.
func (q PassphraseQuestion) Help() []string {
	help := []string{"mimecred asks for it once in each run, and keeps it nowhere.", "The files lie in " + q.Folder + "."}
	if q.New {
		return append([]string{
			"Use several words that nobody can guess. Whoever copies the files can try passphrases without a limit.",
			"Without it nobody can open the files, and mimecred cannot find it out.",
		}, help...)
	}
	return append(help, "mimecred store passphrase changes it.")
}

// shortPassphrase is how many characters a passphrase of one word has at least, not to be guessed.
const shortPassphrase = 12

// WeakPassphrase is what a person is warned of, once, before a new passphrase is used; "" where it is long enough, or of several words.
func (q PassphraseQuestion) WeakPassphrase(v secret.Value) string {
	if !q.New || v.Words() > 1 || v.Characters() >= shortPassphrase {
		return ""
	}
	return "Short passphrases can be guessed: use several words."
}

// JudgePassphrase is what is wrong with a passphrase as typed; again is the second line, the same as first where nothing is chosen.
func JudgePassphrase(first, again secret.Value) error {
	switch {
	case first.IsZero():
		return errors.New("type a passphrase")
	case !first.Equal(again):
		return errors.New("the two lines are not the same")
	}
	return nil
}
