package credstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Explain turns an error of a store into one plain sentence, which says what could not be done and why, and the next thing
// to do. Both are empty for nil. No sentence ever calls a credential wrong: a store cannot know.
func Explain(err error) (sentence, fix string) {
	if err == nil {
		return "", ""
	}
	if Unlisted(err) {
		return explainUnlisted(err)
	}
	var e *Error
	if !errors.As(err, &e) {
		switch {
		case errors.Is(err, context.Canceled):
			e = &Error{Kind: Canceled}
		case errors.Is(err, context.DeadlineExceeded):
			e = &Error{Kind: TimedOut}
		default:
			return fmt.Sprintf("Something went wrong while saving or reading: %v.", err), "Try again; what is stored is read again first."
		}
	}
	if e.Store == IndexStore {
		if sentence, fix := explainIndex(e); sentence != "" {
			return sentence, advice(e, fix)
		}
	}
	why, fix := explainKind(e)
	op := e.Op
	if op == "" {
		op = "finish"
	}
	if used, is := strings.CutPrefix(op, "use "); is && (strings.HasPrefix(why, used+" ") || strings.HasPrefix(why, strings.TrimSuffix(used, "s")+" ")) {
		return strings.ToUpper(why[:1]) + why[1:] + ".", advice(e, fix) // it says itself what cannot be used
	}
	return "Could not " + op + ": " + why + ".", advice(e, fix)
}

// explainKind says why and what to do about every kind.
func explainKind(e *Error) (why, fix string) {
	noun := storeNoun(e.Store)
	if e.Store == "file" {
		if why, fix := explainFile(e); why != "" {
			return why, fix
		}
	}
	switch e.Kind {
	case NotFound:
		why := "there is no such item in " + noun
		if text := innermost(e); text != e.Op && text != noSuchItem {
			why = text
		}
		return why,
			"\"mimecred list\" shows the profiles; \"mimecred setup NAME\" sets one up."
	case Unavailable:
		return noun + " cannot be used here" + cause(e), fixUnavailable(e)
	case Locked:
		return noun + " is locked and was not unlocked",
			"Unlock it (answer its question, or log in to the desktop again), then try again. Nothing was changed."
	case WrongPassphrase:
		return "the passphrase of " + noun + " is wrong", "Try again with the right one. Nothing was changed."
	case Foreign:
		return "the item in " + noun + " is not mimecred's" + cause(e), "Look at it, and move it away or choose another store."
	case NoCollection:
		return noun + " has no default keyring to write to",
			"Create one in the desktop's password manager (\"Passwords and Keys\" or KWallet) and make it the default, then try again."
	case TimedOut:
		if silent := (*NoAnswerError)(nil); errors.As(e, &silent) {
			return silent.Error() + "; if something was being written, it may still arrive",
				"End that process or log in to the desktop again, so that it starts anew. Then try again: what is stored is read again first."
		}
		return noun + " did not answer in time; if something was being written, it may still arrive",
			"Look for a question of the keyring behind other windows, answer it, then try again. What is stored is read again first."
	case TooBig:
		return "it is larger than " + noun + " accepts" + cause(e),
			"Shorten the proxy, the CA file's path or the domain."
	case Mismatch:
		return noun + " did not keep what it was given" + cause(e),
			"Answer the keyring's question with yes when it comes up, and try again."
	case Damaged:
		return "the item in " + noun + " cannot be understood" + cause(e),
			"Update mimecred if a newer one wrote it. Otherwise delete the profile and set it up again; at Mimecast nothing has changed."
	case Conflict:
		return innermost(e), fixConflict
	case Denied:
		return "the system does not let mimecred use " + noun + cause(e),
			"Allow mimecred when the system asks, or check who owns the files named here, then try again."
	case Canceled:
		return "it was cancelled", "Try again when ready; what is stored is read again first."
	case PendingKeys:
		return "it has access keys that were created at Mimecast, and nobody else has them",
			"\"mimecred check " + innermost(e) + "\" tests and activates them; \"mimecred delete " + innermost(e) + " --pending\" discards them."
	case Broken:
		return innermost(e), "Try again; what is stored is read again first."
	default:
		return innermost(e), "Try again; what is stored is read again first."
	}
}

const fixConflict = "Finish or close the other mimecred and try again. If another name or store is in the way, choose another one."

func fixUnavailable(e *Error) string {
	if e.Store == "keyring" {
		return "Start mimecred inside a desktop session with a keyring (GNOME Keyring, KWallet, KeePassXC). " +
			"A new profile can go into an encrypted file (--store file). One that is in the keyring is read there alone. " +
			"There, \"mimecred store move NAME --to file\" takes it out. Nothing is ever kept in plain text."
	}
	return "Choose another store with --store."
}

// noSuchItem is what the stores here say when there is none; the sentence says it with the store's name.
const noSuchItem = "there is no such item"

// explainIndex is for the list of profiles, which is a file and no store; "" leaves it to the kind.
func explainIndex(e *Error) (sentence, fix string) {
	switch e.Kind {
	case Damaged:
		return "The list of profiles could not be read as it was: " + innermost(e) + ".",
			"A profile that is missing from the list is found again by its name: mimecred check NAME. The stored credentials are unharmed."
	case Conflict:
		return "Could not " + e.Op + ": " + innermost(e) + ".", fixConflict
	case Denied, Broken:
		return "Could not " + e.Op + ": " + innermost(e) + ".",
			"Check that the directory of the list can be written (--config DIR chooses another one). The stored credentials are unharmed."
	default:
		return "", ""
	}
}

// storeNoun is a kind of store in words.
func storeNoun(kind string) string {
	switch kind {
	case "keyring":
		return "the keyring"
	case "memory":
		return "the memory of this session"
	case IndexStore:
		return "the list of profiles"
	case "file":
		return "the encrypted file"
	case "openbao":
		return "OpenBao"
	case "":
		return "the store"
	default:
		return "the store " + kind
	}
}

// cause is the innermost reason in brackets, "" when there is none.
func cause(e *Error) string {
	if text := innermost(e); text != "" && text != e.Op {
		return " (" + text + ")"
	}
	return ""
}

// Brief is why a store failed, in a few words and without what to do: "there is no session bus"; "" where it says nothing.
func Brief(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return ""
	}
	if text := innermost(e); text != e.Op {
		first, _, _ := strings.Cut(text, ": ")
		return first
	}
	return ""
}

// innermost is the reason beneath all the operations that were under way.
func innermost(e *Error) string {
	for {
		var next *Error
		if e.Err == nil {
			return e.Op
		}
		if !errors.As(e.Err, &next) {
			return e.Err.Error()
		}
		e = next
	}
}
